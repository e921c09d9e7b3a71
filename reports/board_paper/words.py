"""What an organisation has entered, in its own voice, for the papers to its board.

What is not known is said to be so, in brackets with what to write.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from assessments.figures.statistics import ItemMovement
from checklist.models import Item
from decisions.enums import DecisionKind
from decisions.models import PoliticalDecision
from improvements.enums import Stage, State
from improvements.models import Effort, EffortStep, Improvement
from improvements.movement import movement_of as chain_movement_of
from indicators.gap import headline_of, lead_of
from indicators.movement import movement_of
from indicators.periods import in_words as period_in_words
from indicators.series import Series
from indicators.sheet import INVENTED, source_of
from kit.figures import printed
from kit.prose import split_in_paragraphs
from kit.templatetags.swedish import counted, day, enumerated, in_words, sentence
from papers.paper import Block, Points
from reports.board_paper.ground import FOR_PEOPLE, Ground
from reports.content.organisation import moved_in_words
from reports.figures import count_of

MOST_SIGNS = 240
MOST_TITLES = 3
NOT_RATED = "[Hur självskattningen har förändrats. Ingen självskattning är inlämnad i omgången.]"
NOT_KNOWN_FOR_PEOPLE = (
    "[Vad arbetet har betytt för kvinnor och män, flickor och pojkar. Inget nyckeltal som delas visar hur en skillnad "
    "har förändrats, och ingen insats har nått ett utfall, så det går inte att läsa ut av det som är registrerat.]"
)
RESTS_ON = {
    DecisionKind.ENTRY: "beslutade om jämställdhetsintegrering",
    DecisionKind.REAFFIRMED: "bekräftade efter valet beslutet om jämställdhetsintegrering",
}
_SENTENCE_ENDS = re.compile(r"[.!?](?=\s|$)")


def in_short(text: str) -> str:
    """Return the first sentences of a typed text, as many as fit in a few lines."""
    paragraphs = split_in_paragraphs(text)
    line = " ".join(paragraphs[0].split()) if paragraphs else ""
    if len(line) <= MOST_SIGNS:
        return line
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(line, 0, MOST_SIGNS)]
    return line[: ends[-1]] if ends else f"{line[:MOST_SIGNS].rsplit(' ', 1)[0]} …"


def finished(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?", "…", "”")) else f"{text}."


def moved_in_short(ground: Ground) -> str:
    """Return the movement in a sentence or two; empty where nothing is rated."""
    if ground.first is None or ground.last is None:
        return ""
    if ground.moved is None:
        return f"Självskattningen är gjord en gång, {day(ground.last.assessment.dated_on)}."
    return moved_in_words(ground.moved, ground.first, ground.last)


def rated_words(ground: Ground) -> Iterator[Block]:
    """Yield the self-assessment then and now: each moment that has moved, what stands still, and who judged."""
    if ground.first is None or ground.last is None:
        yield NOT_RATED
        return
    if ground.moved is None:
        yield f"{moved_in_short(ground)} En förflyttning går att se först när den görs en gång till."
    else:
        days = enumerated(day(each.assessment.dated_on) for each in (ground.first, ground.last))
        yield f"{moved_in_short(ground)} Självskattningen gjordes {days}."
        yield from _rows("Det här har gått framåt:", ground, ground.moved.forward)
        yield from _rows("Det här har gått bakåt:", ground, ground.moved.back)
        if not (ground.moved.forward or ground.moved.back):
            yield "Alla moment har samma värde som då."
    if lowest := lowest_items(ground):
        yield f"Lägst värde har {quoted(item.short for item in lowest)}: {_value(ground, _lowest_value(ground))}."
    yield ground.raters


def lowest_items(ground: Ground) -> list[Item]:
    """Return the moment with the lowest value now, if they are few enough to stand out."""
    if ground.last is None or not ground.last.answers:
        return []
    lowest = _lowest_value(ground)
    items = [item for item in ground.last.checklist_items if ground.last.answers.get(item.key) == lowest]
    return items if len(items) <= MOST_TITLES else []


def improved_words(ground: Ground) -> Iterator[Block]:
    adopted = ground.in_state(State.ADOPTED)
    if adopted:
        n = counted(len(adopted), "ett förbättringsarbete är infört", "förbättringsarbeten är införda")
        yield f"{sentence(n)}:"
        yield Points(tuple(f"”{work.title}”: {led_to(work)}" for work in adopted))
    elif ground.improvements:
        yield "Inget förbättringsarbete är infört än."
    else:
        yield "[Förbättringar som har gjorts. Inget förbättringsarbete är registrerat.]"
    if others := _not_adopted(ground):
        yield others


def led_to(work: Improvement) -> str:
    """Return what an improvement led to: what its furthest step says, else what the last cycle showed."""
    effort: Effort | None = getattr(work, "effort", None)
    steps = [step for step in effort.steps.all() if step.is_got and step.stage != Stage.ACTIVITY] if effort else []
    furthest = max(steps, key=lambda step: step.order, default=None)
    studied = [cycle.study for cycle in work.cycles.all() if cycle.study]
    said = next(filter(None, (furthest.text if furthest else "", *reversed(studied), work.learnt)), "")
    return finished(in_short(said)) or "[Vad det har lett till.]"


def chain_words(ground: Ground) -> Iterator[Block]:
    """Yield the stages of the result chain that efforts have reached, and how many have moved since the beginning."""
    if not ground.efforts:
        yield "Ingen insats är registrerad längs resultatkedjan."
        return
    lines = [line for stage in Stage if (line := _on_stage(ground, stage))]
    if lines:
        several = len(ground.efforts) > 1
        n = f"{sentence(in_words(len(ground.efforts)))} insatser" if several else "En insats"
        who = "De" if several else "Den"
        yield f"{n} är registrerad{'e' if several else ''} längs resultatkedjan. {who} har nått så här långt:"
        yield Points(tuple(lines))
    else:
        yield "Ingen insats har nått något steg i resultatkedjan än."
        return
    cohort = ground.participation.cohort
    end = min(ground.today, cohort.ends_on)
    yield chain_movement_of(ground.efforts, cohort.starts_on, end, ground.today).in_words


def followed_words(ground: Ground) -> Iterator[Block]:
    """Yield the gap now of each indicator that is shared; of the others only how many they are."""
    if ground.compared:
        yield Points(tuple(map(_gap_now, ground.compared)))
    if without := len(ground.series) - len(ground.compared):
        yield f"{sentence(counted(without, 'ett nyckeltal', 'nyckeltal'))} har inga värden att jämföra än."
    if ground.n_kept:
        follows = counted(ground.n_kept, "ett nyckeltal", "nyckeltal")
        yield f"[Ni följer {follows} som ni inte delar och som därför inte står här. Ta med det ni vill.]"
    if not (ground.series or ground.n_kept):
        yield "[Siffror för kvinnor och män som visar hur det går. Inget nyckeltal är registrerat.]"


def decided_words(ground: Ground) -> Iterator[Block]:
    if ground.decisions:
        yield Points(tuple(map(decision_line, ground.decisions)))
    else:
        yield "[Beslut under omgången, med dag, paragraf och diarienummer. Inget är antecknat.]"


def decision_line(row: PoliticalDecision) -> str:
    what = finished(in_short(row.text)) or f"{row.get_kind_display()}."
    return f"{sentence(row.body)} {_when_decided(row)}: {what}"


def _when_decided(row: PoliticalDecision) -> str:
    numbers = [f"§ {row.paragraph.removeprefix('§').strip()}"] if row.paragraph else []
    numbers += [f"diarienummer {row.diary_number}"] if row.diary_number else []
    where = f" ({', '.join(numbers)})" if numbers else ""
    return f"{day(row.decided_on)}{where}"


def ground_decision(ground: Ground) -> str:
    """Return the decision that the work rests on, in a sentence; empty where none is entered."""
    rows = [row for row in ground.decisions if row.kind in RESTS_ON]
    if not rows:
        return ""
    row = rows[-1]
    said = f"{sentence(row.body)} {RESTS_ON[DecisionKind(row.kind)]} {_when_decided(row)}."
    return f"{said} {finished(in_short(row.text))}".strip()


def effect_words(ground: Ground) -> Iterator[Block]:
    """Yield what has changed for women and men, girls and boys, as far as it is known, and for the steering."""
    moved = [line for series in ground.compared if (line := _gap_moved(series))]
    if moved:
        yield "Så har skillnaderna mellan kvinnor och män förändrats:"
        yield Points(tuple(moved))
    noticed = [_noticed(effort, step) for effort, step in _steps(ground, *FOR_PEOPLE)]
    if noticed:
        yield "Det här har insatserna lett till för dem som de är till för:"
        yield Points(tuple(noticed))
    if not (moved or noticed):
        yield NOT_KNOWN_FOR_PEOPLE
    if ground.moved:
        forward, back = len(ground.moved.forward), len(ground.moved.back)
        yield (
            "Självskattningen visar hur arbetet styrs och följs upp, och inte hur det har gått för invånarna. Där har "
            f"{count_of(forward)} av {in_words(len(ground.moved.items))} moment gått framåt och {count_of(back)} bakåt."
        )


def enclosed(ground: Ground) -> str:
    """Return the edition of the result report that can be enclosed; empty where it is not handed in."""
    edition = ground.edition
    if edition is None:
        return ""
    handed_in = f"{'' if edition.adopted else 'inlämnad '}{day(edition.frozen_on)}"
    approved = f", godkänd {day(edition.approved_on)}" if edition.approved_on else ""
    return f"Resultatrapport – {ground.name}, utgåva {edition.number}, {handed_in}{approved}"


def biggest_move(ground: Ground) -> str:
    """Return how the gap of the first indicator that has moved changed, in a sentence; empty where none is known."""
    return next((line for series in ground.compared if (line := _gap_moved(series))), "")


def quoted(titles: Iterable[str]) -> str:
    return enumerated(f"”{title}”" for title in titles)


def _rows(lead: str, ground: Ground, rows: tuple[ItemMovement, ...]) -> Iterator[Block]:
    if rows:
        yield lead
        yield Points(
            tuple(
                f"{row.item.number}. {row.item.short}: från {_value(ground, row.before)} till {_value(ground, row.now)}"
                for row in rows
            )
        )


def _value(ground: Ground, value: object) -> str:
    assert isinstance(value, Decimal)
    assert ground.last is not None
    labels = {Decimal(step.value): step.label for step in ground.last.assessment.steps}
    label = labels.get(value, "")
    return f"{printed(value, 1)} ({label})" if label else printed(value, 1)


def _lowest_value(ground: Ground) -> Decimal:
    assert ground.last is not None
    return min(ground.last.answers.values())


def _not_adopted(ground: Ground) -> str:
    counts = (
        (len(ground.in_state(State.TRIED)), "ett prövas fortfarande", "prövas fortfarande"),
        (len(ground.in_state(State.IDEA, State.PLANNED)), "ett är en idé eller en plan", "är idéer eller planer"),
        (len(ground.in_state(State.ENDED)), "ett avslutades utan resultat", "avslutades utan resultat"),
    )
    said = [counted(number, singular, plural) for number, singular, plural in counts if number]
    return f"{sentence(enumerated(said))}." if said else ""


def _steps(ground: Ground, *stages: Stage) -> list[tuple[Effort, EffortStep]]:
    return [
        (effort, step)
        for effort in ground.efforts
        for step in effort.steps.all()
        if step.is_got and Stage(step.stage) in stages
    ]


def _on_stage(ground: Ground, stage: Stage) -> str:
    steps = _steps(ground, stage)
    if not steps:
        return ""
    named = [f"”{effort.title}”{f' ({step.part})' if step.part else ''}" for effort, step in steps]
    if len(named) > MOST_TITLES + 1:
        named = [*named[:MOST_TITLES], f"{in_words(len(named) - MOST_TITLES)} andra"]
    return f"{stage.label}: {enumerated(named)}"


def _gap_now(series: Series) -> str:
    assert series.latest is not None
    period = period_in_words(series.latest.period)
    invented = f" {INVENTED}" if series.invented else ""
    return f"{series.indicator.title}, {period}. {headline_of(series)} {source_of(series.indicator)}{invented}"


def _gap_moved(series: Series) -> str:
    moved = movement_of(series)
    return f"{series.indicator.title}. {lead_of(series, moved)}" if moved else ""


def _noticed(effort: Effort, step: EffortStep) -> str:
    whom = f" ({step.for_whom[:1].lower()}{step.for_whom[1:]})" if step.for_whom else ""
    said = finished(in_short(step.noticed_how or step.text))
    return f"”{effort.title}”{whom}, {step.when.in_a_sentence}: {said}"
