"""Actions that write an omgång's groups and their mentors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from cohorts.enums import MentorModel, Role, Status
from cohorts.models import Cohort, Group, GroupMentor, GroupMove, Participation
from grouping.membership import GroupWanted, is_named_by, name_of, seen_of, taking_part
from grouping.trail import GroupingEvent
from kit import audit
from kit.canonical import folded
from kit.refusals import ActionRefused
from kit.templatetags.swedish import counted, in_words, some
from meetings.models import Meeting
from meetings.whom import learning_of, theme_of

ALONE = "ingen grupp"
CHANGED_SINCE = (
    "Grupperna har ändrats sedan förslaget gjordes, så det gäller inte längre. Inget är ändrat. Gör ett nytt förslag."
)


@transaction.atomic
def move_to_group(*, participation: Participation, group: Group | None, by: User, reason: str = "") -> bool:
    """Move an organisation, or with None take it out of its group; return True if it moved.

    Its values go with it, while the meetings stay with the group.
    """
    cohort = _lock_cohort(participation.cohort_id)
    member = _member(participation.pk)
    target = _group(cohort, group.pk) if group else None
    if member.group_id == (target.pk if target else None):
        return False
    if target and target.mentorships.filter(participation=member).exists():
        raise ActionRefused(f"{member} är mentor i {target}, och kan inte vara deltagare i samma grupp.")
    _place(cohort, [(member, target)], by, reason)
    audit.record(
        GroupingEvent.GROUP_MEMBER_MOVED,
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
    """Group the omgång as proposed and return how many moved; refuse if the groups have changed since."""
    cohort = _lock_cohort(cohort.pk)
    if seen != seen_of(cohort):
        raise ActionRefused(CHANGED_SINCE)
    members = {member.pk: member for member in taking_part(cohort).select_related("organisation", "group")}
    if Counter(pk for want in wanted for pk in want.members) != Counter(members.keys()):
        raise ActionRefused("Någon organisation saknas eller finns med två gånger i förslaget. Gör ett nytt förslag.")
    groups = [_group(cohort, want.group) if want.group else _new_group(cohort, want.name) for want in wanted]
    moves = [
        (members[pk], group)
        for want, group in zip(wanted, groups, strict=True)
        for pk in want.members
        if members[pk].group_id != group.pk
    ]
    summary = _moves_in_words([member for member, _ in moves])
    _place(cohort, moves, by, reason)
    if cohort.mentor_model == MentorModel.PER_GROUP:
        _assign_leaders(cohort, {group.pk: want.mentors for want, group in zip(wanted, groups, strict=True)})
    audit.record(GroupingEvent.GROUPS_PROPOSED, target=cohort, by=by, what=summary, reason=reason)
    return len(moves)


@transaction.atomic
def save_group(*, cohort: Cohort, name: str, by: User, track: str = "", group: Group | None = None) -> Group:
    """Create a group or change its name and track; refuse a name that another group has."""
    cohort = _lock_cohort(cohort.pk)
    saved = _group(cohort, group.pk) if group else None
    if any(folded(other.name) == folded(name) for other in cohort.groups.all() if other != saved):
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
    audit.record(GroupingEvent.GROUP_SAVED, target=saved, by=by, cohort=cohort.name, **what)
    return saved


@transaction.atomic
def remove_group(*, group: Group, by: User) -> None:
    """Delete an empty group; refuse one with meetings, members or members that have left the omgång."""
    cohort = _lock_cohort(group.cohort_id)
    stored = cohort.groups.filter(pk=group.pk).first()
    if stored is None:
        return
    if stored.participations.exists():
        raise ActionRefused(
            "Gruppen har organisationer. Flytta dem först. De som har lämnat omgången står kvar i sin grupp."
        )
    if stored.meetings.exists():
        raise ActionRefused("Gruppen har träffar. Ta bort eller flytta träffarna först.")
    stored.delete()
    audit.record(GroupingEvent.GROUP_SAVED, target=stored, by=by, cohort=cohort.name, what="gruppen är borttagen")


@transaction.atomic
def assign_mentor(
    *,
    group: Group,
    participation: Participation,
    by: User,
    meetings: Collection[Meeting] = (),
    supporting: bool = False,
) -> GroupMentor:
    """Give a group a mentor, or change which of its lärandeträffar the mentor supports; none chosen means all.

    The mentor's persons can read the group's work at once.
    """
    cohort = _lock_cohort(group.cohort_id)
    group = _group(cohort, group.pk)
    mentor = cohort.participations.select_related("organisation").filter(pk=participation.pk).first()
    if mentor is None or mentor.role == Role.PARTICIPANT or mentor.status == Status.WITHDRAWN:
        raise ActionRefused("Välj en organisation som är mentor i omgången.", field="mentor")
    supporting = supporting or mentor.role == Role.SUPPORTING_MENTOR
    _refuse_unfit(cohort, group, mentor, supporting=supporting)
    if any(meeting not in learning_of(group) for meeting in meetings):
        raise ActionRefused("Välj bland gruppens lärandeträffar.", field="theme")
    there = group.mentorships.filter(participation=mentor).first()
    wanted = (supporting, "", set(meetings))
    if there and (there.supporting, there.wished_theme, set(there.meetings.all())) == wanted:
        return there
    mentorship = there or GroupMentor(group=group, participation=mentor, position=_next(group.mentorships))
    mentorship.wished_theme, mentorship.supporting = "", supporting
    mentorship.save()
    mentorship.meetings.set(meetings)
    kind, theme = "stödjande mentor" if supporting else "mentor", theme_of(mentorship)
    sentence = f"{mentor} är {kind}" + (f" för {theme}" if theme else "")
    audit.record(GroupingEvent.MENTOR_ASSIGNED, target=group, by=by, cohort=cohort.name, what=sentence)
    return mentorship


@transaction.atomic
def remove_mentor(*, group: Group, participation: Participation, by: User) -> None:
    """Remove a mentor, whose persons lose access to the group's work at once."""
    cohort = _lock_cohort(group.cohort_id)
    removed, _ = GroupMentor.objects.filter(group=group, participation=participation).delete()
    if removed:
        sentence = f"{participation} är inte mentor längre"
        audit.record(GroupingEvent.MENTOR_ASSIGNED, target=group, by=by, cohort=cohort.name, what=sentence)


def _refuse_unfit(cohort: Cohort, group: Group, mentor: Participation, *, supporting: bool) -> None:
    if not cohort.has_mentors:
        raise ActionRefused("Omgången är utan mentorer. Ändra omgångens upplägg om den ska ha dem.", field="mentor")
    if mentor.group_id == group.pk:
        raise ActionRefused(f"{mentor} är med i gruppen, och kan inte vara sin egen mentor.", field="mentor")
    if supporting or mentor.capacity is None:
        return
    others = mentor.mentorships.filter(supporting=False).exclude(group=group).count()
    if others >= mentor.capacity:
        takes = f"har tackat ja till {counted(mentor.capacity, 'en grupp', 'grupper')} och har redan {some(others)}"
        raise ActionRefused(
            f"{mentor} {takes if mentor.capacity else 'tar ingen grupp'}. {mentor} kan vara stödjande mentor.",
            field="mentor",
        )


# Every action locks the omgång's row first, so that writes to its groups run one at a time.
def _lock_cohort(pk: int) -> Cohort:
    return Cohort.objects.select_for_update(of=("self",)).get(pk=pk)


def _member(pk: int) -> Participation:
    member = Participation.objects.select_related("organisation", "group").get(pk=pk)
    if member.role != Role.PARTICIPANT:
        raise ActionRefused(f"{member} är mentor i omgången. Bara deltagare är med i en grupp.")
    if member.status == Status.WITHDRAWN:
        raise ActionRefused(f"{member} har lämnat omgången, och flyttas inte.")
    return member


def _group(cohort: Cohort, pk: int) -> Group:
    group = cohort.groups.filter(pk=pk).first()
    if group is None:
        raise ActionRefused("Gruppen finns inte längre i omgången.")
    return group


def _new_group(cohort: Cohort, name: str) -> Group:
    keys = set(cohort.groups.values_list("key", flat=True))
    number = next(number for number in range(1, len(keys) + 2) if f"grupp-{number}" not in keys)
    return Group.objects.create(
        cohort=cohort, key=f"grupp-{number}", name=name or f"Grupp {number}", position=_next(cohort.groups)
    )


def _next(rows: object) -> int:
    last = rows.aggregate(last=Max("position"))["last"]  # type: ignore[attr-defined]
    return 0 if last is None else last + 1


def _moves_in_words(members: Iterable[Participation]) -> str:
    # Read before the members move: a first group is not a change of group.
    had = [member.group_id is not None for member in members]
    counts = ((had.count(False), "fick sin grupp"), (had.count(True), "bytte grupp"))
    parts = [
        f"{'en organisation' if number == 1 else f'{in_words(number)} organisationer'} {what}"
        for number, what in counts
        if number
    ]
    return " och ".join(parts) or "ingen bytte grupp"


def _place(cohort: Cohort, moves: Iterable[tuple[Participation, Group | None]], by: User, reason: str) -> None:
    """Move the members and store a GroupMove for each; rename groups that are named by their members."""
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


def _assign_leaders(cohort: Cohort, wanted: dict[int, tuple[int, ...]]) -> None:
    mentors = cohort.participations.exclude(role=Role.PARTICIPANT).exclude(status=Status.WITHDRAWN)
    capacity = dict(mentors.values_list("pk", "capacity"))
    for pk, number in Counter(pk for leaders in wanted.values() for pk in leaders).items():
        most = capacity.get(pk, 0)
        if most is not None and number > most:
            raise ActionRefused("En mentor har tackat ja till färre grupper än förslaget har. Gör ett nytt förslag.")
    for group, leaders in wanted.items():
        rows = GroupMentor.objects.filter(group=group)
        # Supporting mentors stay, and a mentor that stays keeps its chosen lärandeträffar.
        rows.filter(supporting=False).exclude(participation__in=leaders).delete()
        there = set(rows.values_list("participation", flat=True))
        for pk in leaders:
            if pk not in there:
                GroupMentor.objects.create(group_id=group, participation_id=pk, position=_next(rows))


def _from_to(move: GroupMove | None) -> str:
    if move is None:
        return ""
    return f"från {move.from_name or ALONE} till {move.to_name or ALONE}"
