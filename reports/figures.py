"""The omgång's figures as each reader may see them (docs/architecture.md, "Numbers"), as `reports.figure_values`.

Nothing here computes a mean; it decides which of `checklist.statistics`' results a reader is shown, and in what words.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import timezone

from checklist.models import AssessmentPlan
from checklist.panels import (
    Among,
    answered_meetings,
    is_enough,
    kinds_of,
    live_panels,
    participants_of,
    released_panels,
)
from checklist.statistics import Movement, Panel, movement, result_of
from cohorts.models import Cohort, Participation
from cohorts.roles import Roles
from meetings.models import Meeting
from modell.templatetags.swedish import day, in_words, sentence
from reports.figure_values import PLURAL, KindFigures, Named

Panels = Mapping[str, Panel]


def figures_for(roles: Roles, cohort: Cohort, meeting: Meeting, since: Meeting | None) -> list[KindFigures]:
    """What this person may see of the meeting: SKR's process leader and the evaluator all that is submitted, the
    others what the omgång has been shown, and the values of those whose work they may read."""
    among = participants_of(cohort.pk)
    if reads_all(roles, cohort):
        occasions = _occasions(cohort, meeting, since, live_panels, among)
        return [_for_all(each, _named(among, roles, each.live)) for each in occasions]
    mine = Participation.objects.whose_work_is_read_by(roles).participants().filter(cohort=cohort)
    known = frozenset(mine.values_list("pk", flat=True))
    readable = [participation for participation in among if participation.pk in known]
    occasions = _occasions(cohort, meeting, since, released_panels, among)
    return [_for_some(each, known, _named(readable, roles, each.live)) for each in occasions]


def reads_all(roles: Roles, cohort: Cohort) -> bool:
    """Who reads every submitted value of the omgång, and so its live figures."""
    return roles.is_process_leader or cohort.pk in roles.evaluated_cohort_ids


def joint_figures(cohort: Cohort, meeting: Meeting | None, since: Meeting | None) -> list[KindFigures]:
    """What the joint report may print, for a reader outside the omgång: one `KindFigures` per kind, never pooled.

    * Aggregates only: `named` is empty. They are the released ones (opened, n at least MIN_GROUP); else `result` is
      None and `withheld` is the sentence to print instead.
    * Two occasions stand side by side: `result` (meeting) and `before` (since), each with its own n; `before` is None
      where it may not be shown. `rows` gives both per moment, strongest first (`row.now`, `row.before`: ItemResult).
    * `moved` (and `row.moved.change`) only where the same organisations answered both times; else None, and
      `moved_words` says in words what has moved, or why that is not told. Print `moved_words` in either case.
    * Without a meeting the list is empty: nobody has submitted anything yet.
    """
    if meeting is None:
        return []
    occasions = _occasions(cohort, meeting, since, released_panels, participants_of(cohort.pk))
    return [_for_some(each, known=frozenset(), named=()) for each in occasions]


def joint_occasions(
    cohort: Cohort, meeting: Meeting | None = None, since: Meeting | None = None
) -> tuple[Meeting | None, Meeting | None]:
    """(meeting, since) of the joint report: the last answered meetings of the two latest calendar years that have
    any, unless named. `since` is None where there is no earlier year."""
    last_of_year = {found.starts_on.year: found for found in answered_meetings(cohort).filter(group=None)}
    years = sorted(last_of_year)
    now = meeting or (last_of_year[years[-1]] if years else None)
    if now is None or since:
        return now, since
    earlier = [year for year in years if year < now.starts_on.year]
    return now, last_of_year[earlier[-1]] if earlier else None


@dataclass(frozen=True)
class _Occasions:
    """One kind's panels: what is submitted, what the reader is shown of it, and of the meeting before."""

    cohort: Cohort
    meeting: Meeting
    since: Meeting | None
    kind: str
    live: Panel
    shown: Panel
    earlier: Panel | None

    @property
    def plural(self) -> str:
        return PLURAL[self.kind]

    def figures(self, **told: Any) -> KindFigures:
        return KindFigures(
            kind=self.kind,
            meeting=self.meeting,
            since=self.since,
            items=self.live.items,
            steps=tuple(self.cohort.plan.steps),
            n_submitted=self.live.n,
            n_expected=self.live.n_expected,
            **told,
        )


def _occasions(
    cohort: Cohort,
    meeting: Meeting,
    since: Meeting | None,
    shown: Callable[[Meeting, AssessmentPlan, Among], Panels],
    among: list[Participation],
) -> list[_Occasions]:
    """By kind; `shown` is `live_panels` or `released_panels`."""
    plan = cohort.plan
    if shown is released_panels:
        prefetch_related_objects([each for each in (meeting, since) if each], "releases")
    live, earlier = live_panels(meeting, plan, among), shown(since, plan, among) if since else {}
    now = live if shown is live_panels else shown(meeting, plan, among)
    return [
        _Occasions(cohort, meeting, since, kind, live[kind], now[kind], earlier.get(kind)) for kind in kinds_of(cohort)
    ]


def _for_all(of: _Occasions, named: tuple[Named, ...]) -> KindFigures:
    """Everything submitted, the movement on those who have answered both times."""
    moved = movement(of.earlier, of.shown) if of.earlier else None
    return of.figures(
        result=result_of(of.shown) if of.shown.n else None,
        before=result_of(of.earlier) if of.earlier and of.earlier.n else None,
        withheld="" if of.shown.n else f"Inga {of.plural} har lämnat in till {of.meeting.name} än.",
        moved=moved,
        moved_words=_in_words(of, moved) if moved else _nothing_matched(of),
        named=named,
    )


def _for_some(of: _Occasions, known: frozenset[int], named: tuple[Named, ...]) -> KindFigures:
    """What has been opened, unless so few stand behind it that the reader could work out one of them."""
    result = result_of(of.shown) if _may_be_shown(of.shown, known) else None
    before = result_of(of.earlier) if of.earlier and _may_be_shown(of.earlier, known) else None
    moved, words = _movement_for_some(of, known) if result and before else (None, "")
    if result and of.since and not before:
        words = f"Förflyttningen visas inte, eftersom siffrorna från {of.since} inte är öppna."
    return of.figures(
        result=result,
        before=before,
        withheld="" if result else _why_withheld(of),
        moved=moved,
        moved_words=words,
        named=named,
    )


def _may_be_shown(panel: Panel, known: frozenset[int]) -> bool:
    return is_enough(panel.n, len(panel.answers.keys() & known))


def _movement_for_some(of: _Occasions, known: frozenset[int]) -> tuple[Movement | None, str]:
    """Figures where the panels are the same; else words, and those only about enough organisations."""
    assert of.earlier is not None
    moved = movement(of.earlier, of.shown)
    if moved is None or not _may_be_shown(of.shown.only(of.earlier.answers), known):
        return None, f"Förflyttningen visas inte, eftersom för få {of.plural} har svarat både då och nu."
    if moved.same_panel:
        return moved, _in_words(of, moved)
    why = f"Skillnaden visas inte i siffror, eftersom det inte är samma {of.plural} som har svarat båda gångerna."
    return None, f"{_in_words(of, moved)} {why}"


def _in_words(of: _Occasions, moved: Movement) -> str:
    """Sex moment har gått framåt sedan Lärandeträff 1. Tre står stilla och ett har gått bakåt."""
    forward, still, back = (len(rows) for rows in (moved.forward, moved.still, moved.back))
    who = "" if moved.same_panel else f" för de {in_words(moved.n_matched)} {of.plural} som har svarat båda gångerna"
    first = f"{sentence(count_of(forward))} moment har gått framåt sedan {of.since}{who}."
    return f"{first} {sentence(count_of(still))} står stilla och {count_of(back)} har gått bakåt."


def _nothing_matched(of: _Occasions) -> str:
    return f"Inga {of.plural} har svarat både då och nu." if of.since and of.shown.n else ""


def _why_withheld(of: _Occasions) -> str:
    fewest = in_words(settings.MIN_GROUP)
    if of.live.n_expected < settings.MIN_GROUP:
        there = {0: "ingen", 1: "en"}.get(of.live.n_expected) or in_words(of.live.n_expected)
        return f"Siffror för färre än {fewest} organisationer visas inte, och här finns {there}."
    if not of.meeting.has_begun(timezone.localdate()):
        return f"Siffrorna öppnar på träffens dag, {day(of.meeting.starts_on)}."
    if of.shown.n >= settings.MIN_GROUP:
        return "Siffrorna visas inte: den som redan ser nästan alla värden skulle kunna räkna ut de övriga."
    return f"Siffrorna visas när minst {fewest} organisationer har lämnat in."


def _named(readable: Iterable[Participation], roles: Roles, live: Panel) -> tuple[Named, ...]:
    """The submitted values of those the person may read, their own organisation first."""
    rows = [
        Named(participation, live.answers[participation.pk], participation.organisation_id in roles.organisation_ids)
        for participation in readable
        if participation.pk in live.answers
    ]
    return tuple(sorted(rows, key=lambda values: not values.own))


def count_of(number: int) -> str:
    """Of moment, a neuter: ett, and inget for none."""
    return "inget" if number == 0 else in_words(number)
