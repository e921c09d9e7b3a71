"""A list of organisations, a line each: which organisation of the register a line means, and in which role."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cohorts.enums import CohortKind, Role
from cohorts.models import Cohort, Organisation, Participation
from kit.canonical import canonical_line, folded
from kit.templatetags.swedish import enumerated
from people.actions.participation import why_not_taken
from people.organisation_names import Names

ROLES = {"deltagare": Role.PARTICIPANT, "deltar": Role.PARTICIPANT, "mentor": Role.MENTOR}
ROLES |= {"stödjande": Role.SUPPORTING_MENTOR, "stödjande mentor": Role.SUPPORTING_MENTOR}
HEADINGS = frozenset(("organisation", "organisationer", "kommun", "region", "namn", "kod", "kommunkod", "roll"))
MOST_LINES = 400


@dataclass(frozen=True)
class OrganisationLine:
    """A line that is no heading. `wrong` says why the organisation is not added, `already` why it need not be."""

    at: int
    text: str
    name: str = ""
    code: str = ""
    role: str = ""
    wrong: str = ""
    already: str = ""

    @property
    def is_new(self) -> bool:
        return not (self.wrong or self.already)

    @property
    def role_label(self) -> str:
        return Role(self.role).label if self.role else ""


@dataclass(frozen=True)
class OrganisationList:
    lines: tuple[OrganisationLine, ...]

    @property
    def new(self) -> list[OrganisationLine]:
        return [line for line in self.lines if line.is_new]

    @property
    def wrong(self) -> list[OrganisationLine]:
        return [line for line in self.lines if line.wrong]

    @property
    def left(self) -> str:
        return "\n".join(line.text for line in self.wrong)


def read_organisations(text: str, cohort: Cohort, role: str) -> OrganisationList:
    """Read the list; `role` is that of lines without a word for it."""
    return OrganisationList(tuple(_Register(cohort).lines(text.splitlines(), role)))


class _Register:
    """The register's organisations, read once, and those that the omgång has already."""

    def __init__(self, cohort: Cohort) -> None:
        self.cohort = cohort
        register = Organisation.objects.known_in(cohort).filter(invented=cohort.constructed)
        # Not saved: the names are looked up as those of an omgång with everyone in it.
        self.names = Names(Participation(cohort=cohort, organisation=row, code=row.code) for row in register)
        self.there = set(cohort.participations.values_list("organisation", flat=True))

    def lines(self, texts: Iterable[str], role: str) -> Iterator[OrganisationLine]:
        listed: set[int] = set()
        for at, text in enumerate(texts, start=1):
            cells = [cell for part in re.split(r"[\t;,]", text) if (cell := canonical_line(part).strip('"” '))]
            if not cells or {folded(cell) for cell in cells} <= HEADINGS:
                continue
            roles = [ROLES[folded(cell)] for cell in cells if folded(cell) in ROLES]
            line = OrganisationLine(at, canonical_line(text), role=str(roles[0]) if roles else role)
            yield self._read(line, [cell for cell in cells if folded(cell) not in ROLES], listed)

    def _read(self, line: OrganisationLine, cells: list[str], listed: set[int]) -> OrganisationLine:
        meant = {cell: self.names.meant_by(cell) for cell in cells}
        # Of a code and a name beside it, the one that is certain decides.
        certain = {
            rows[0].organisation_id: (cell, rows[0].organisation) for cell, rows in meant.items() if len(rows) == 1
        }
        if len(certain) != 1:
            return replace(line, wrong=_unclear(line.text, meant, list(certain.values())))
        if unknown := [cell for cell, rows in meant.items() if not rows]:
            return replace(
                line, wrong=f"”{unknown[0]}” gick inte att förstå. Skriv organisationen och, om den är det, mentor."
            )
        [(cell, organisation)] = certain.values()
        line = replace(line, name=organisation.name, code=self._code(organisation, cell))
        if organisation.pk in self.there:
            return replace(line, already="Är redan med i omgången.")
        if organisation.pk in listed:
            return replace(line, already="Står redan högre upp i listan.")
        listed.add(organisation.pk)
        return replace(line, wrong=why_not_taken(self.cohort, organisation, line.code, line.role))

    def _code(self, organisation: Organisation, cell: str) -> str:
        """Return the code the line means: Gotland has one as a region and one as a kommun."""
        second = organisation.second_code
        as_kommun = self.cohort.kind == CohortKind.KOMMUNER or "kommun" in folded(cell) or cell == second
        return second if second and as_kommun else organisation.code


def _unclear(text: str, meant: dict[str, list[Participation]], certain: list[tuple[str, Organisation]]) -> str:
    if len(certain) > 1:
        names = enumerated(organisation.name for _, organisation in certain)
        return f"Raden nämner {names}. Skriv en organisation på varje rad."
    several = next((rows for rows in meant.values() if len(rows) > 1), None)
    if several:
        return f"”{text}” kan vara {' eller '.join(str(row) for row in several)}. Skriv hela namnet."
    return f"”{text}” finns inte i registret."
