"""Who could work out more than they read, once something is published. Confirm pages tell it before it happens."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from assessments.figures.disclosure import PastPanel, Shown, View, items_of, remembered
from assessments.figures.panels import Among, entries_of, panels_kept, participants_of, standing_at
from assessments.figures.sights import ANYONE, Rights, figures_at
from assessments.figures.statistics import Answers
from cohorts.models import Cohort, GroupMentor, Participation
from meetings.models import Meeting


@dataclass(frozen=True)
class Circle:
    """People who read the entries of the same organisations: a group, an organisation without one, or a mentor."""

    name: str
    rights: Rights


def circles_of(cohort: Cohort, among: Iterable[Participation]) -> list[Circle]:
    named = dict(cohort.groups.values_list("pk", "name"))
    groups: dict[str, set[int]] = {}
    members: dict[int, set[int]] = {}
    for row in sorted(among, key=lambda row: (row.position, row.pk)):
        groups.setdefault(named[row.group_id] if row.group_id else row.organisation.name, set()).add(row.pk)
        if row.group_id:
            members.setdefault(row.group_id, set()).add(row.pk)
    mentored: dict[str, set[int]] = {}
    tasks = GroupMentor.objects.filter(group__cohort=cohort).select_related("participation__organisation")
    for task in tasks:
        mentored.setdefault(task.participation.organisation.name, set()).update(members.get(task.group_id, ()))
    return [Circle(name, frozenset(rights)) for name, rights in (*groups.items(), *mentored.items())]


def who_can_work_out(cohort: Cohort, meetings: Iterable[Meeting], among: Among = None) -> list[Circle]:
    """Return those who, with the joint report's figures beside what they read, come close to a single organisation."""
    among = participants_of(cohort.pk) if among is None else among
    circles, near = circles_of(cohort, among), set[Circle]()
    for meeting in meetings:
        for kind, printed in figures_at(meeting, cohort.plan, ANYONE, among).items():
            if printed.shown != Shown.FIGURES:
                continue
            view, known = printed.sight.answers, printed.sight.known
            past = list(panels_kept(meeting, kind))
            steady, items = _steady(past), {key for panel in past for key in items_of(panel.answers)}
            for circle in circles:
                if not _is_like_anyone(circle.rights, steady, items):
                    memory, _ = remembered(circle.rights, past)
                    memory.hear(known.disclosed)
                    before = set(memory.exposed())
                    memory.see(view, known.items_shown(view))
                    near |= {circle} if set(memory.exposed()) - before else set()
    return [circle for circle in circles if circle in near]


def brought_within_reach(participation: Participation, values: Mapping[int, Answers]) -> list[Participation]:
    """Return the others whose values come within someone's reach when the organisation publishes these of its own."""
    cohort, exposed = participation.cohort, set[int]()
    among = participants_of(cohort.pk)
    readers = {circle.rights for circle in circles_of(cohort, among)}
    for meeting in cohort.meetings.filter(pk__in=values):
        own = entries_of({participation.pk: values[meeting.pk]})
        for kind, standing in standing_at(meeting, cohort.plan, among).items():
            past = list(panels_kept(meeting, kind))
            steady, items = _steady(past), {key for panel in past for key in items_of(panel.answers)}
            odd = [rights for rights in readers if not _is_like_anyone(rights | {participation.pk}, steady, items)]
            for rights in (ANYONE, *odd):
                memory, _ = remembered(rights, past)
                memory.hear(standing.disclosed)
                before = set(memory.exposed())
                memory.hear(own)
                exposed |= {member for _, few in set(memory.exposed()) - before for member in few}
    others = cohort.participations.filter(pk__in=exposed - {participation.pk})
    return list(others.with_organisation().order_by("position", "pk"))


def _steady(past: Sequence[PastPanel]) -> View:
    """Return those who have been in every panel with the same answers, none of which anyone else may read."""
    disclosing = {member for panel in past for member, _, _ in panel.disclosed}
    first: View = past[0].answers if past else {}
    return {
        member: answers
        for member, answers in first.items()
        if member not in disclosing and all(panel.answers.get(member) == answers for panel in past)
    }


def _is_like_anyone(rights: Rights, steady: View, items: Iterable[str]) -> bool:
    """True if reading these changes nothing, since they stand among many others who are as steady.

    In an omgång of three hundred that is nearly everyone, so the others alone are followed day by day.
    """
    left = [answers for member, answers in steady.items() if member not in rights]
    return rights <= steady.keys() and all(sum(key in a for a in left) >= settings.MIN_UNREAD for key in items)
