"""Keys and numbers of an omgång's meetings, and its address."""

from collections import Counter

from django.utils.text import slugify

from cohorts.models import Cohort
from meetings.kinds import MeetingKind

LONGEST = 80
# Words that an address has in the place of a slug.
TAKEN = frozenset({"ny"})


def free_slug(name: str) -> str:
    stem = slugify(name.replace("–", "-"))[: LONGEST - 4].strip("-_") or "omgang"
    known = set(Cohort.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | TAKEN
    if stem not in known:
        return stem
    return next(slug for number in range(2, 10_000) if (slug := f"{stem}-{number}") not in known)


class Numbers:
    """A counter that gives each meeting the next number within its kind."""

    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()

    def next(self, kind: MeetingKind) -> tuple[int, str]:
        self.counted[kind] += 1
        number = self.counted[kind]
        return number, f"{kind.facts.stem}-{number}"
