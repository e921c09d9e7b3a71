"""Every write to an omgång's groups and their mentors. The omgång's row is held, so that they come one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from cohorts.enums import MentorModel, Role, Status
from cohorts.grouping import GroupWanted, is_named_by, name_of, seen_of, taking_part
from cohorts.models import Cohort, Group, GroupMentor, GroupMove, Participation
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.templatetags.swedish import in_words

ALONE = "ingen grupp"
CHANGED_SINCE = (
    "Grupperna har ändrats sedan förslaget gjordes, så det gäller inte längre. Inget är ändrat. Gör ett nytt förslag."
)


@transaction.atomic
def move_to_group(*, participation: Participation, group: Group | None, by: User, reason: str = "") -> bool:
    """Move an organisation; None takes it out of its group. Meetings stay with the group, values with the organisation.

    Returns whether it moved: where it is already, nothing changes.
    """
    cohort = _held(participation.cohort_id)
    member = _member(participation.pk)
    target = _group(cohort, group.pk) if group else None
    if member.group_id == (target.pk if target else None):
        return False
    if target and target.mentorships.filter(participation=member).exists():
        raise ActionRefused(f"{member} är mentor i {target}, och kan inte vara deltagare i samma grupp.")
    _placed(cohort, [(member, target)], by, reason)
    audit.record(
        Kind.GROUP_MEMBER_MOVED,
        target=member,
        by=by,
        organisation=member.organisation.code,
        what=_from_to(member.moves.last()),
        reason=reason,
        cohort=cohort.name,
    )
    return True


@transaction.atomic
def take_proposal(*, cohort: Cohort, wanted: Sequence[GroupWanted], seen: str, by: User, reason: str = "") -> int:
    """Group the omgång as proposed, in one go, and say how many moved. Refused where the groups are others by now."""
    cohort = _held(cohort.pk)
    if seen != seen_of(cohort):
        raise ActionRefused(CHANGED_SINCE)
    members = {member.pk: member for member in taking_part(cohort).select_related("organisation", "group")}
    if Counter(pk for want in wanted for pk in want.members) != Counter(members.keys()):
        raise ActionRefused("Förslaget rymmer inte varje deltagande organisation just en gång. Gör ett nytt förslag.")
    groups = [_group(cohort, want.group) if want.group else _new_group(cohort, want.name) for want in wanted]
    moves = [
        (members[pk], group)
        for want, group in zip(wanted, groups, strict=True)
        for pk in want.members
        if members[pk].group_id != group.pk
    ]
    told = _of_moves([member for member, _ in moves])
    _placed(cohort, moves, by, reason)
    if cohort.mentor_model == MentorModel.PER_GROUP:
        _lead(cohort, {group.pk: want.mentors for want, group in zip(wanted, groups, strict=True)})
    audit.record(Kind.GROUPS_PROPOSED, target=cohort, by=by, what=told, reason=reason)
    return len(moves)


@transaction.atomic
def save_group(*, cohort: Cohort, name: str, by: User, track: str = "", group: Group | None = None) -> Group:
    """Make a group or change its name and track. Two groups of one omgång have two names."""
    cohort = _held(cohort.pk)
    saved = _group(cohort, group.pk) if group else None
    namesakes = cohort.groups.filter(name__iexact=name)
    if (namesakes.exclude(pk=saved.pk) if saved else namesakes).exists():
        raise ActionRefused("Det finns redan en grupp som heter så.", field="name")
    if saved and (saved.name, saved.track) == (name, track):
        return saved
    before = saved.name if saved else ""
    saved = saved or _new_group(cohort, name)
    saved.name, saved.track = name, track
    saved.save()
    what = (
        {"before": before, "after": name} if before and before != name else {"what": "ny grupp"} if not before else {}
    )
    audit.record(Kind.GROUP_SAVED, target=saved, by=by, cohort=cohort.name, **what)
    return saved


@transaction.atomic
def remove_group(*, group: Group, by: User) -> None:
    """Only an empty one: its meetings, and the members that have left, would else lose their place."""
    cohort = _held(group.cohort_id)
    found = cohort.groups.filter(pk=group.pk).first()
    if found is None:
        return
    if found.participations.exists():
        raise ActionRefused(
            "Gruppen har organisationer. Flytta dem först. De som har lämnat omgången står kvar i sin grupp."
        )
    if found.meetings.exists():
        raise ActionRefused("Gruppen har träffar. Ta bort eller flytta träffarna först.")
    found.delete()
    audit.record(Kind.GROUP_SAVED, target=found, by=by, cohort=cohort.name, what="gruppen är borttagen")


@transaction.atomic
def assign_mentor(
    *, group: Group, participation: Participation, by: User, theme: str = "", supporting: bool = False
) -> GroupMentor:
    """Give a group a mentor, or change its theme; the group's work is open to the mentor's persons at once."""
    cohort = _held(group.cohort_id)
    group = _group(cohort, group.pk)
    mentor = cohort.participations.select_related("organisation").filter(pk=participation.pk).first()
    if mentor is None or mentor.role == Role.PARTICIPANT or mentor.status == Status.WITHDRAWN:
        raise ActionRefused("Välj en organisation som är mentor i omgången.", field="mentor")
    supporting = supporting or mentor.role == Role.SUPPORTING_MENTOR
    _refuse_unfit(cohort, group, mentor, supporting=supporting)
    there = group.mentorships.filter(participation=mentor).first()
    if there and (there.theme, there.supporting) == (theme, supporting):
        return there
    mentorship = there or GroupMentor(group=group, participation=mentor, position=_next(group.mentorships))
    mentorship.theme, mentorship.supporting = theme, supporting
    mentorship.save()
    kind = "stödjande mentor" if supporting else "mentor"
    told = f"{mentor} är {kind}" + (f" för {theme}" if theme else "")
    audit.record(Kind.MENTOR_ASSIGNED, target=group, by=by, cohort=cohort.name, what=told)
    return mentorship


@transaction.atomic
def remove_mentor(*, group: Group, participation: Participation, by: User) -> None:
    """The mentor's persons stop reading the group's work at once. Removed twice is removed once."""
    cohort = _held(group.cohort_id)
    removed, _ = GroupMentor.objects.filter(group=group, participation=participation).delete()
    if removed:
        told = f"{participation} är inte mentor längre"
        audit.record(Kind.MENTOR_ASSIGNED, target=group, by=by, cohort=cohort.name, what=told)


def _refuse_unfit(cohort: Cohort, group: Group, mentor: Participation, *, supporting: bool) -> None:
    if not cohort.has_mentors:
        raise ActionRefused("Omgången är utan mentorer. Ändra omgångens upplägg om den ska ha dem.", field="mentor")
    if mentor.group_id == group.pk:
        raise ActionRefused(f"{mentor} är med i gruppen, och kan inte vara sin egen mentor.", field="mentor")
    if supporting or mentor.capacity is None:
        return
    others = mentor.mentorships.filter(supporting=False).exclude(group=group).count()
    if others >= mentor.capacity:
        takes = "ingen grupp" if mentor.capacity == 0 else f"högst {mentor.capacity}"
        raise ActionRefused(
            f"{mentor} har sagt att det blir {takes}, och har {others} redan. Som stödjande mentor går det.",
            field="mentor",
        )


def _held(pk: int) -> Cohort:
    return Cohort.objects.select_for_update(of=("self",)).get(pk=pk)


def _member(pk: int) -> Participation:
    member = Participation.objects.select_related("organisation", "group").get(pk=pk)
    if member.role != Role.PARTICIPANT:
        raise ActionRefused(f"{member} är mentor i omgången. Bara deltagare är med i en grupp.")
    if member.status == Status.WITHDRAWN:
        raise ActionRefused(f"{member} har lämnat omgången, och flyttas inte.")
    return member


def _group(cohort: Cohort, pk: int) -> Group:
    found = cohort.groups.filter(pk=pk).first()
    if found is None:
        raise ActionRefused("Gruppen finns inte längre i omgången.")
    return found


def _new_group(cohort: Cohort, name: str) -> Group:
    keys = set(cohort.groups.values_list("key", flat=True))
    number = next(number for number in range(1, len(keys) + 2) if f"grupp-{number}" not in keys)
    return Group.objects.create(
        cohort=cohort, key=f"grupp-{number}", name=name or f"Grupp {number}", position=_next(cohort.groups)
    )


def _next(rows: object) -> int:
    last = rows.aggregate(last=Max("position"))["last"]  # type: ignore[attr-defined]
    return 0 if last is None else last + 1


def _of_moves(members: Iterable[Participation]) -> str:
    """Before they are moved: a first group is not a change of groups."""
    had = [member.group_id is not None for member in members]
    counts = ((had.count(False), "fick sin grupp"), (had.count(True), "bytte grupp"))
    told = [
        f"{'en organisation' if number == 1 else f'{in_words(number)} organisationer'} {what}"
        for number, what in counts
        if number
    ]
    return " och ".join(told) or "ingen bytte grupp"


def _placed(cohort: Cohort, moves: Iterable[tuple[Participation, Group | None]], by: User, reason: str) -> None:
    """Move them and keep a row of each. A group that is named by its members is named by its new ones."""
    follows = [group.pk for group, members in _members(cohort) if is_named_by(group, members)]
    today = timezone.localdate()
    for member, group in moves:
        GroupMove.objects.create(
            participation=member,
            from_name=member.group.name if member.group else "",
            to_name=group.name if group else "",
            moved_on=today,
            reason=reason,
            by=by,
        )
        member.group = group
        member.save(update_fields=["group"])
    for group, members in _members(cohort):
        name = name_of(member.organisation.short_name for member in members) or f"Grupp {group.position + 1}"
        if group.pk in follows and not is_named_by(group, members) and not cohort.groups.filter(name=name).exists():
            Group.objects.filter(pk=group.pk).update(name=name)


def _members(cohort: Cohort) -> list[tuple[Group, list[Participation]]]:
    rows = list(taking_part(cohort).select_related("organisation"))
    return [(group, [row for row in rows if row.group_id == group.pk]) for group in cohort.groups.all()]


def _lead(cohort: Cohort, wanted: dict[int, tuple[int, ...]]) -> None:
    """Who leads each group, as proposed. Supporting mentors stay, and themes with the mentor that stays."""
    mentors = cohort.participations.exclude(role=Role.PARTICIPANT).exclude(status=Status.WITHDRAWN)
    capacity = dict(mentors.values_list("pk", "capacity"))
    for pk, number in Counter(pk for leaders in wanted.values() for pk in leaders).items():
        most = capacity.get(pk, 0)
        if most is not None and number > most:
            raise ActionRefused("En mentor har sagt att det blir färre grupper än förslaget har. Gör ett nytt förslag.")
    for group, leaders in wanted.items():
        rows = GroupMentor.objects.filter(group=group)
        rows.filter(supporting=False).exclude(participation__in=leaders).delete()
        there = set(rows.values_list("participation", flat=True))
        for pk in leaders:
            if pk not in there:
                GroupMentor.objects.create(group_id=group, participation_id=pk, position=_next(rows))


def _from_to(move: GroupMove | None) -> str:
    if move is None:
        return ""
    return f"från {move.from_name or ALONE} till {move.to_name or ALONE}"
