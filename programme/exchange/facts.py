"""What a package is read against: the register and the checklist versions."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from checklist.models import Checklist, Item
from checklist.models.version import scale_values
from cohorts.models import Organisation

DEFAULT_SECTIONS = (
    "purpose",
    "organisation_of_work",
    "results",
    "process_lessons",
    "work_lessons",
    "what_helped",
    "what_hindered",
    "advice_to_others",
    "advice_to_skr",
    "next_steps",
    "mentorship",
)


@dataclass(frozen=True)
class Version:
    """A checklist version with what its scores are held against."""

    checklist: Checklist
    items: dict[str, Item]

    @classmethod
    def of(cls, checklist: Checklist) -> "Version":
        return cls(checklist, {item.key: item for item in checklist.items.all()})

    @cached_property
    def steps(self) -> list[Decimal]:
        return scale_values(list(self.checklist.steps.all()), half_steps=False)

    def values(self, *, half_steps: bool) -> frozenset[Decimal]:
        return frozenset(scale_values(list(self.checklist.steps.all()), half_steps=half_steps))


@dataclass(frozen=True)
class Facts:
    organisations: dict[str, Organisation]
    versions: dict[str, Version]

    @classmethod
    def read(cls) -> "Facts":
        organisations = {}
        for organisation in Organisation.objects.all():
            organisations[organisation.code] = organisation
            if organisation.second_code:
                organisations[organisation.second_code] = organisation
        checklists = Checklist.objects.prefetch_related("items", "steps")
        return cls(organisations, {checklist.key: Version.of(checklist) for checklist in checklists})
