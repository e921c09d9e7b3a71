"""Tables and pictures that the joint report fills in by itself, of the omgång's figures and its plan."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from operator import attrgetter

from django.utils import timezone
from django.utils.text import slugify

from cohorts.kinds import SEVERAL
from cohorts.models import Cohort
from cohorts.roles import Roles
from improvements.cohort_movement import StageMovement, days_of, movement_in
from improvements.enums import HowFar, Stage
from improvements.expected import ResultCount, result_counts
from improvements.stages import meanings
from improvements.statistics import ChainShare, OfferedExample
from kit.figures import EXACT
from kit.pictures import ChainStage, Chevrons, Dumbbell, DumbbellRow, PictureTable, ScaleStep
from kit.pictures.timetable import spanned
from kit.templatetags.swedish import change, in_words, mean, overall, sentence
from meetings.goals import goals_of
from meetings.kinds import MeetingKind
from meetings.models import Meeting, Period
from reports.content.base import columns_of, month
from reports.enums import RowOrder
from reports.figure_values import FigureRow, KindFigures

STRONGEST: Mapping[str, str] = {RowOrder.NOW: ", starkast först", RowOrder.THEN: ", starkast vid {since} först"}
EXAMPLE_OF: Mapping[str, str] = {"kommun": "Exempel från en kommun", "region": "Exempel från en region"}


def in_order(figures: KindFigures, order: str) -> KindFigures:
    """Return the figures with their rows in that order, which SKR chooses for the report."""
    if order == RowOrder.CHECKLIST:
        rows = sorted(figures.rows, key=attrgetter("item.number"))
    elif order == RowOrder.THEN and figures.is_compared:
        rows = sorted(figures.rows, key=_strongest_then)
    else:
        return figures
    ordered = replace(figures)
    ordered.__dict__["rows"] = tuple(rows)
    return ordered


def _strongest_then(row: FigureRow) -> tuple[bool, object, int]:
    before = row.before.mean if row.before else None
    return before is None, -before if before is not None else 0, row.item.number


def strength_table(figures: KindFigures, order: str) -> PictureTable:
    assert figures.result is not None
    # Each mean is printed with the number of values behind it.
    rows = [
        (f"{row.item.number}. {row.item.text}", mean(row.now.mean), str(row.now.n or "–"))
        for row in figures.rows
        if row.now is not None
    ]
    rows.append(("Medelvärde av momenten", overall(figures.result.overall_mean), str(figures.result.n)))
    caption = f"{sentence(figures.plural)}: medelvärde per moment vid {figures.meeting.name}"
    caption += STRONGEST.get(order, "").format(since=figures.since) if figures.is_compared else ""
    return PictureTable(caption, ("Moment", "Medelvärde", "Antal (n)"), tuple(rows))


def beside_table(figures: KindFigures) -> PictureTable:
    assert figures.result is not None
    assert figures.before is not None
    assert figures.since is not None
    then, now = columns_of((figures.since, figures.meeting))
    heads = ["Moment", f"{then}, {figures.before.n} svar", f"{now}, {figures.result.n} svar"]
    rows = [
        [
            f"{row.item.number}. {row.item.text}",
            mean(row.before.mean if row.before else None),
            mean(row.now.mean if row.now else None),
            *([change(row.moved.change if row.moved else None)] if figures.moved else []),
        ]
        for row in figures.rows
    ]
    ends = ["Medelvärde av momenten", overall(figures.before.overall_mean), overall(figures.result.overall_mean)]
    rows.append([*ends, *([""] if figures.moved else [])])
    caption = f"{sentence(figures.plural)}: medelvärde per moment vid {figures.since.name} och {figures.meeting.name}"
    caption += f". {EXACT}" if figures.moved else ""
    return PictureTable(caption, (*heads, *(["Förändring"] if figures.moved else [])), tuple(map(tuple, rows)))


def means_drawn(figures: KindFigures) -> Dumbbell | None:
    """Return the means then and now; only now, where the same participants have not answered both times."""
    if not figures.is_compared:
        return None
    both = figures.before is not None and figures.moved is not None and figures.moved.same_panel
    rows = [
        DumbbellRow(
            row.item.number,
            row.item.short,
            row.before.mean if both and row.before else None,
            row.now.mean if row.now else None,
        )
        for row in figures.rows
    ]
    return Dumbbell(
        key=f"medelvarden-{slugify(figures.plural)}",
        title=f"{sentence(figures.plural)}: medelvärde per moment",
        rows=tuple(rows),
        steps=tuple(ScaleStep(step.value, step.label) for step in figures.steps),
        before_label=month(figures.since) if figures.since else "",
        now_label=month(figures.meeting),
    )


def drawn_chains(chain: Mapping[str, Iterable[ChainShare]]) -> tuple[Chevrons, ...]:
    """Return how many of each kind have reached each stage, where all the numbers are printed."""
    return tuple(
        Chevrons(
            key=f"kedjan-{place}",
            title=f"{sentence(SEVERAL[kind])} med en insats som nått steget, av {_participants(shares)}",
            stages=tuple(ChainStage(share.label, share.n_reached) for share in shares),
        )
        for place, (kind, shares) in enumerate(chain.items(), start=1)
        if all(share.n_reached is not None for share in shares)
    )


def _participants(shares: Iterable[ChainShare]) -> str:
    return in_words(next(share.n_participants for share in shares if share.n_participants is not None))


def stages_of(chain: Mapping[str, Iterable[ChainShare]]) -> PictureTable:
    """Return what each stage means, with one example of each kind that is offered and may be published."""
    examples = {kind: {share.stage: _example(share.examples) for share in shares} for kind, shares in chain.items()}
    kinds = [kind for kind, by_stage in examples.items() if any(by_stage.values())]
    rows = tuple(
        (str(stage.label), meanings()[stage].means, *(examples[kind][stage] or "–" for kind in kinds))
        for stage in Stage
    )
    heads = ("Steg", "Det betyder", *(EXAMPLE_OF[kind] for kind in kinds))
    return PictureTable("Resultatkedjans steg", heads, rows)


def _example(examples: Iterable[OfferedExample]) -> str:
    public = [example for example in examples if example.public]
    return f"{public[0].organisation}: {public[0].text or public[0].title}" if public else ""


def movement_of(
    cohort: Cohort, before: Meeting | None, chain: Mapping[str, tuple[ChainShare, ...]]
) -> tuple[PictureTable, ...]:
    """Return for each kind how many had reached each stage then, beside what `chain` shows of now."""
    today = timezone.localdate()
    start = before.starts_on if before else cohort.starts_on
    if before is None or start not in days_of(cohort, today):
        return ()
    return tuple(
        PictureTable(
            f"Hur många av {in_words(row.n)} {SEVERAL[row.kind]} som hade delat en insats som nått steget",
            ("Steg", sentence(month(before)), "Nu"),
            tuple(_moved(*pair) for pair in zip(row.stages, chain[row.kind], strict=True)),
        )
        for row in movement_in(cohort, Roles(), start, today, today)
        if any(stage.before is not None for stage in row.stages) and row.kind in chain
    )


def _moved(stage: StageMovement, share: ChainShare) -> tuple[str, str, str]:
    before = None if share.n_reached is None else stage.before
    return stage.label, _number(before), _number(share.n_reached)


def answers_of(cohort: Cohort) -> tuple[PictureTable, ...]:
    """Return for each kind how many have come how far with each expected result."""
    return tuple(
        PictureTable(
            f"{sentence(SEVERAL[of_kind.kind])}: så långt har de kommit med resultaten",
            ("Resultat", *(str(judgement.label) for judgement in HowFar)),
            tuple(_answers(row) for row in of_kind.results),
        )
        for of_kind in result_counts(cohort)
        if any(row.judgements and row.judgements.n_said for row in of_kind.results)
    )


def _answers(row: ResultCount) -> tuple[str, ...]:
    if row.judgements is None:
        return (row.text, *[_number(None)] * len(HowFar))
    return (row.text, *(_number(number) for _, number in row.judgements.said))


def _number(number: int | None) -> str:
    return "–" if number is None else str(number)


def steps_of(cohort: Cohort) -> PictureTable | None:
    """Return the omgång's main meetings and periods in order, with their days and goals."""
    firsts: dict[tuple[str, int], list[Meeting]] = {}
    for meeting in cohort.meetings.taking_place().order_by("starts_on", "pk"):
        if MeetingKind(meeting.kind).facts.is_main:
            firsts.setdefault((meeting.kind, meeting.number), []).append(meeting)
    rows = [_meetings_row(meetings) for meetings in firsts.values()]
    periods = list(cohort.periods.select_related("before", "after"))
    for period in periods:
        period.cohort = cohort
    rows += [_period_row(period) for period in periods if period.starts_on <= period.ends_on]
    ordered = tuple((name, when, goals) for _, name, when, goals in sorted(rows, key=lambda row: row[0]))
    table = PictureTable("Omgångens steg", ("Steg", "När", "Vad steget skulle ge"), ordered)
    return without_empty_end(table) if ordered else None


def without_empty_end(table: PictureTable) -> PictureTable:
    if any(row[-1] not in ("", "–") for row in table.rows):
        return table
    return PictureTable(table.caption, table.headers[:-1], tuple(row[:-1] for row in table.rows))


def _meetings_row(meetings: list[Meeting]) -> tuple[date, str, str, str]:
    first, last = meetings[0].starts_on, max(meeting.ends_on for meeting in meetings)
    return first, meetings[0].name, spanned(first, last), _goals(meetings[0])


def _period_row(period: Period) -> tuple[date, str, str, str]:
    return period.starts_on, period.name, spanned(period.starts_on, period.ends_on), _goals(period)


def _goals(row: Meeting | Period) -> str:
    return "\n".join(goals_of(row)) or "–"
