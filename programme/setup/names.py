"""Keys and numbers of an omgång's meetings, and its address."""

from collections import Counter

from django.utils.text import slugify

from cohorts.models import Cohort
from meetings.enums import MeetingKind

# How a meeting of each kind is named in addresses and packages: learning-2.
KEYS = {
    MeetingKind.KICKOFF: "kickoff",
    MeetingKind.MENTOR_MEETING: "mentor",
    MeetingKind.STRATEGIST_MEETING: "strategist",
    MeetingKind.LEARNING_MEETING: "learning",
    MeetingKind.DEEP_DIVE: "deep-dive",
    MeetingKind.RESULTS_CONFERENCE: "conference",
}
LONGEST = 80
# Words that stand where a slug stands in an address.
TAKEN = frozenset({"ny"})


def free_slug(name: str) -> str:
    """The name as an address, with a number after it where another omgång has that one."""
    stem = slugify(name.replace("–", "-"))[: LONGEST - 4].strip("-_") or "omgang"
    known = set(Cohort.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | TAKEN
    if stem not in known:
        return stem
    return next(slug for number in range(2, 10_000) if (slug := f"{stem}-{number}") not in known)


class Numbers:
    """Gives each meeting its number within its kind, in the order it is asked."""

    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()

    def next(self, kind: MeetingKind) -> tuple[int, str]:
        self.counted[kind] += 1
        number = self.counted[kind]
        return number, f"{KEYS[kind]}-{number}"
