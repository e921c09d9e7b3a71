"""How the mentors share the lärandeträffar by theme, in the whole omgång and group by group."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cohorts.enums import MentorModel, Role, Status
from cohorts.models import Cohort, Group, GroupMentor, Participation
from kit.templatetags.swedish import enumerated
from meetings.models import Meeting
from meetings.whom import is_of_group, label_of, supports

# A theme, and the key of the mentor that has it.
Share = tuple[str, int]


@dataclass(frozen=True)
class GroupShares:
    """One group's lärandeträffar, its mentors, and which of them has which theme there."""

    group: Group
    meetings: tuple[Meeting, ...]
    mentorships: tuple[GroupMentor, ...]
    shares: frozenset[Share]

    @property
    def themes(self) -> list[str]:
        return list(dict.fromkeys(map(label_of, self.meetings)))

    def bare(self, today: date) -> list[str]:
        taken = {theme for theme, _ in self.shares}
        coming = {label_of(meeting) for meeting in self.meetings if meeting.ends_on >= today}
        return [theme for theme in self.themes if theme in coming - taken]

    def of(self, shares: frozenset[Share]) -> frozenset[Share]:
        return frozenset(share for share in shares if share[0] in self.themes)


@dataclass(frozen=True)
class ThemeShares:
    mentors: tuple[Participation, ...]
    groups: tuple[GroupShares, ...]

    @property
    def themes(self) -> list[str]:
        return list(dict.fromkeys(theme for group in self.groups for theme in group.themes))

    @property
    def common(self) -> frozenset[Share]:
        counted = Counter(group.shares for group in self.groups if group.shares)
        return counted.most_common(1)[0][0] if counted else frozenset()

    @property
    def exceptions(self) -> list[GroupShares]:
        return [group for group in self.groups if group.shares and group.shares != group.of(self.common)]

    def bare(self, today: date) -> list[str]:
        """Return a sentence for each theme that has no mentor anywhere, then for each group that lacks one."""
        bare = {group.group: group.bare(today) for group in self.groups}
        everywhere = [
            theme
            for theme in self.themes
            if all(theme in bare[group.group] for group in self.groups if theme in group.themes)
        ]
        return [
            *(f"Ingen är mentor för {theme}." for theme in everywhere),
            *(
                f"{group} saknar mentor för {enumerated(there)}."
                for group, themes in bare.items()
                if (there := [f"”{theme}”" for theme in themes if theme not in everywhere])
            ),
        ]


def theme_shares(cohort: Cohort) -> ThemeShares:
    mentors = cohort.participations.exclude(role=Role.PARTICIPANT).exclude(status=Status.WITHDRAWN)
    there = tuple(mentors.with_organisation())
    mentorships = GroupMentor.objects.filter(participation__in=there).prefetch_related("meetings")
    meetings = list(Meeting.objects.learning().filter(cohort=cohort).order_by("starts_on", "pk"))
    return shares_from(there, list(mentorships), meetings, cohort.groups.all())


def shares_from(
    mentors: Sequence[Participation],
    mentorships: Sequence[GroupMentor],
    meetings: Sequence[Meeting],
    groups: Iterable[Group],
) -> ThemeShares:
    """Return the shares from rows that are read already: the mentorships with their meetings, and lärandeträffar."""
    return ThemeShares(tuple(mentors), tuple(_shares(group, meetings, mentorships) for group in groups))


def _shares(group: Group, meetings: Sequence[Meeting], mentorships: Sequence[GroupMentor]) -> GroupShares:
    own = tuple(meeting for meeting in meetings if is_of_group(meeting, group.pk))
    theirs = tuple(mentorship for mentorship in mentorships if mentorship.group_id == group.pk)
    return GroupShares(group, own, theirs, frozenset(_pairs(own, theirs)))


def _pairs(meetings: tuple[Meeting, ...], mentorships: tuple[GroupMentor, ...]) -> Iterator[Share]:
    for mentorship in mentorships:
        for meeting in meetings:
            if supports(mentorship, meeting):
                yield label_of(meeting), mentorship.participation_id


def bare_themes(cohort: Cohort, today: date) -> list[str]:
    """Return the sentences of `ThemeShares.bare` where the mentors share by theme, and none elsewhere."""
    return theme_shares(cohort).bare(today) if cohort.mentor_model == MentorModel.BY_THEME else []
