"""Rows that a package refers to and that every site already has: the register and the checklist versions."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from checklist.models import Checklist, Item
from checklist.models.version import scale_values
from cohorts.models import Organisation
from kolada.models import KeyFigure
from policy.carried import name_of
from policy.models import Article


@dataclass(frozen=True)
class KnownVersion:
    """A checklist version, with the items and the steps of the scale that scores are checked against."""

    checklist: Checklist
    items: dict[str, Item]

    @classmethod
    def of(cls, checklist: Checklist) -> "KnownVersion":
        return cls(checklist, {item.key: item for item in checklist.items.all()})

    @cached_property
    def steps(self) -> list[Decimal]:
        return scale_values(list(self.checklist.steps.all()), half_steps=False)

    def values(self, *, half_steps: bool) -> frozenset[Decimal]:
        return frozenset(scale_values(list(self.checklist.steps.all()), half_steps=half_steps))


@dataclass(frozen=True)
class References:
    organisations: dict[str, Organisation]
    versions: dict[str, KnownVersion]
    articles: frozenset[str]

    @classmethod
    def read(cls) -> "References":
        organisations = {}
        for organisation in Organisation.objects.filter(rehearsal=None):
            organisations[organisation.code] = organisation
            if organisation.second_code:
                organisations[organisation.second_code] = organisation
        checklists = Checklist.objects.prefetch_related("items", "steps")
        versions = {checklist.key: KnownVersion.of(checklist) for checklist in checklists}
        return cls(organisations, versions, frozenset(name_of(article) for article in Article.objects.all()))


def key_figures(codes: Iterable[str | None]) -> dict[str, KeyFigure]:
    wanted = {code for code in codes if code}
    return {row.code: row for row in KeyFigure.objects.filter(code__in=wanted)} if wanted else {}
