"""The omgång's figures as each reader may see them (docs/architecture.md, "Numbers").

Nothing here computes a mean or decides who sees it: `assessments.figures.sights` does. The values are in
`reports.figure_values`.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings

from assessments.figures.disclosure import Shown
from assessments.figures.panels import answered_meetings, expected_at, participants_of
from assessments.figures.sights import ANYONE, Rights, SeenKind, figures_at, rights_of, why_own
from assessments.figures.statistics import Movement
from cohorts.kinds import DEFINITE, SEVERAL, is_counted_in
from cohorts.models import Cohort, Participation
from cohorts.roles import Roles
from kit.templatetags.swedish import enumerated, in_words, sentence
from meetings.models import Meeting
from reports.figure_values import KindFigures, NamedValues


def figures_for(roles: Roles, cohort: Cohort, meeting: Meeting, since: Meeting | None) -> list[KindFigures]:
    """Return the figures that this person may see of the meeting, for each kind that has a participant."""
    among = participants_of(cohort.pk)
    figures = _figures(cohort, meeting, since, rights_of(roles, cohort), among)
    return [_with_names(of_kind, seen, earlier, among, roles) for of_kind, seen, earlier in figures]


def reads_all(roles: Roles, cohort: Cohort) -> bool:
    """True if the person reads every submitted value of the omgång by their role."""
    return roles.is_process_leader or cohort.pk in roles.evaluated_cohort_ids


def joint_figures(
    cohort: Cohort, meeting: Meeting | None, since: Meeting | None, *, words_only: bool = False
) -> list[KindFigures]:
    """Return the figures that the joint report may print, for each kind; none without a meeting.

    * They are those that someone without a seat may see, by nobody's name: `named` is empty. Else `result` is None and
      `withheld` is the sentence to print instead, also where SKR has chosen words.
    * Two meetings stand side by side: `result` (meeting) and `before` (since), each with its own n; `before` is None
      where it may not be shown. `rows` gives both for each item, strongest first (`row.now`, `row.before`).
    * `moved` (and `row.moved.change`) is None where it would tell more than the two do. Print `moved_words` in either
      case: it says what has moved, or why that is not shown.
    """
    if meeting is None:
        return []
    figures = _figures(cohort, meeting, since, ANYONE, participants_of(cohort.pk))
    return [_for_print(of_kind, words_only=words_only) for of_kind, _, _ in figures]


def joint_occasions(
    cohort: Cohort, meeting: Meeting | None = None, since: Meeting | None = None
) -> tuple[Meeting | None, Meeting | None]:
    """Return the meeting of the joint report and the one it is compared with: the last and the first, unless given.

    Only the whole omgång's answered meetings are chosen, and the first is None if nothing came before the other.
    """
    if meeting and since:
        return meeting, since
    answered = list(answered_meetings(cohort).filter(group=None))
    now = meeting or (answered[-1] if answered else None)
    if now is None or since:
        return now, since
    first = answered[0] if answered and answered[0].starts_on < now.starts_on else None
    return now, first


def _figures(
    cohort: Cohort, meeting: Meeting, since: Meeting | None, rights: Rights, among: list[Participation]
) -> list[tuple[KindFigures, SeenKind, SeenKind | None]]:
    now, expected = figures_at(meeting, cohort.plan, rights, among), expected_at(meeting, among)
    earlier = figures_at(since, cohort.plan, rights, among) if since else {}
    return [
        (
            replace(_of_kind(cohort, meeting, since, seen, earlier.get(kind)), counted_in=_counted_in(kind, expected)),
            seen,
            earlier.get(kind),
        )
        for kind, seen in now.items()
        if seen.has_participants
    ]


def _of_kind(
    cohort: Cohort, meeting: Meeting, since: Meeting | None, seen: SeenKind, before: SeenKind | None
) -> KindFigures:
    moved = seen.movement_since(before) if before else None
    return KindFigures(
        kind=seen.kind,
        meeting=meeting,
        since=since,
        items=tuple(cohort.plan.items),
        steps=tuple(cohort.plan.steps),
        shown=seen.shown,
        n=seen.n,
        n_unread=seen.n_unread,
        n_submitted=seen.n_submitted,
        n_expected=seen.n_expected,
        result=seen.result,
        before=before.result if before and before.shown != Shown.OWN else None,
        withheld=_why_withheld(meeting, seen),
        moved=moved,
        moved_words=_moved_in_words(seen, before, moved, since) if before and since else "",
    )


def _counted_in(kind: str, expected: Iterable[Participation]) -> str:
    """Return which organisations are neither kommun nor region but counted as one, or "" if there is none."""
    others = [row.organisation.name for row in expected if row.kind == kind and is_counted_in(row.organisation.kind)]
    return f"{enumerated(others)} räknas bland {DEFINITE[kind]}." if others else ""


def _with_names(
    figures: KindFigures, seen: SeenKind, before: SeenKind | None, among: Iterable[Participation], roles: Roles
) -> KindFigures:
    rows = [
        NamedValues(
            participation, seen.named[participation.pk], participation.organisation_id in roles.organisation_ids
        )
        for participation in among
        if participation.pk in seen.named and participation.kind == seen.kind
    ]
    named = tuple(sorted(rows, key=lambda values: not values.own))
    return replace(figures, named=named, named_before=before.named if before else {})


def _for_print(figures: KindFigures, *, words_only: bool) -> KindFigures:
    if not figures.is_whole:
        return replace(
            figures, result=None, before=None, moved=None, moved_words="", withheld=_why_not_printed(figures)
        )
    if words_only:
        words = f"Siffror för {figures.plural} skrivs inte ut. {figures.in_a_sentence}".strip()
        return replace(figures, result=None, before=None, moved=None, withheld=words)
    return figures


def _moved_in_words(seen: SeenKind, before: SeenKind, moved: Movement | None, since: Meeting) -> str:
    """Return how many items have moved, "Sex moment har gått framåt sedan Lärandeträff 1", or why it is not shown."""
    plural = SEVERAL[seen.kind]
    if moved is None and seen.shown != Shown.FIGURES:
        return f"Inga {plural} har svarat både då och nu." if seen.shown == Shown.ALL and seen.n else ""
    if moved is None and before.shown == Shown.OWN:
        return f"Förflyttningen visas inte, eftersom siffrorna från {since} inte visas."
    if moved is None:
        return f"Förflyttningen visas inte, eftersom det inte är samma {plural} som har svarat båda gångerna."
    forward, still, back = (len(rows) for rows in (moved.forward, moved.still, moved.back))
    who = "" if moved.same_panel else f" för {_those(moved.n_matched, seen)} som har svarat båda gångerna"
    who = f" för {_those(moved.n_matched, seen)} du läser" if seen.shown == Shown.OWN else who
    first = f"{sentence(count_of(forward))} moment har gått framåt sedan {since}{who}."
    return f"{first} {sentence(count_of(still))} står stilla och {count_of(back)} har gått bakåt."


def _those(number: int, seen: SeenKind) -> str:
    return f"den enda {seen.kind}" if number == 1 else f"de {in_words(number)} {SEVERAL[seen.kind]}"


def _why_withheld(meeting: Meeting, seen: SeenKind) -> str:
    """Return why others are not counted in, if it is not the rule's numbers, which the page itself prints."""
    if seen.shown == Shown.ALL and not seen.n:
        return f"Inga {SEVERAL[seen.kind]} har lämnat in till {meeting.name} än."
    return why_own(seen, meeting) if seen.shown == Shown.OWN else ""


def _why_not_printed(figures: KindFigures) -> str:
    if figures.withheld:
        return figures.withheld
    group, unread = in_words(settings.MIN_GROUP), in_words(settings.MIN_UNREAD)
    return (
        f"Siffror för {figures.plural} skrivs ut när minst {group} organisationer ligger bakom dem, och antingen alla "
        f"har publicerat sina värden eller minst {unread} inte har det."
    )


def count_of(number: int) -> str:
    """Return the number before the neuter noun moment: "ett", and "inget" for none."""
    return "inget" if number == 0 else in_words(number)
