"""Action that gives the themes of the whole omgång their mentors at once."""

from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from cohorts.models import Cohort
from grouping.actions.groups import assign_mentor, remove_mentor
from kit.editing import refuse_stale
from kit.refusals import ActionRefused
from meetings.models import Meeting
from meetings.whom import label_of
from mentoring.themes import GroupShares, Share, ThemeShares, theme_shares


def stored_shares(board: ThemeShares) -> dict[str, object]:
    """Return what the page shows: the mentors of each theme under its field's name, and how each group has it."""
    common = board.common
    fields: dict[str, object] = {
        f"theme_{at}": sorted(str(pk) for label, pk in common if label == theme)
        for at, theme in enumerate(board.themes)
    }
    return fields | {group.group.key: sorted(group.shares) for group in board.groups}


@transaction.atomic
def assign_by_theme(
    *, cohort: Cohort, shares: frozenset[Share], also: Collection[int] = (), seen: str, by: User
) -> int:
    """Give every group these mentors, and return how many groups changed.

    A group with mentors of its own keeps them, unless its key is in `also`.
    """
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    board = theme_shares(cohort)
    own = {group.group.pk for group in board.exceptions} - set(also)
    changing = [group for group in board.groups if group.group.pk not in own and group.shares != group.of(shares)]
    if not changing:
        return 0
    refuse_stale(stored_shares(board), seen=seen)
    for group in changing:
        _share(group, board, shares, by)
    return len(changing)


def _share(group: GroupShares, board: ThemeShares, shares: frozenset[Share], by: User) -> None:
    there = {mentorship.participation_id: mentorship for mentorship in group.mentorships}
    # Those that go make room first: a mentor may have said that it takes no more groups.
    for mentor in board.mentors:
        mentorship = there.get(mentor.pk)
        if mentorship and not mentorship.wished_theme and not _meetings(group, shares, mentor.pk):
            remove_mentor(group=group.group, participation=mentor, by=by)
    for mentor in board.mentors:
        meetings = _meetings(group, shares, mentor.pk)
        if not meetings:
            continue
        supporting = there[mentor.pk].supporting if mentor.pk in there else False
        try:
            assign_mentor(group=group.group, participation=mentor, meetings=meetings, supporting=supporting, by=by)
        except ActionRefused as refusal:
            raise ActionRefused(f"{group.group}: {refusal.sentence}") from refusal


def _meetings(group: GroupShares, shares: frozenset[Share], mentor: int) -> list[Meeting]:
    return [meeting for meeting in group.meetings if (label_of(meeting), mentor) in shares]
