"""Sections of an interest form, with their fields, requirements and facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from admission.models import Interest, InterestPerson
from cohorts.enums import Function
from kit.staleness import content_of
from kit.templatetags.swedish import day, enumerated

YES_NO = {True: "Ja", False: "Nej", None: ""}
MENTOR_LATER = {"yes": "Ja", "maybe": "Kanske", "no": "Nej", "": ""}
# The programme asks for at least one person of each function who is not a deputy.
NEEDED = {
    Function.POLITICIAN: "En ledande politiker",
    Function.MANAGER: "En chef på hög nivå",
    Function.STRATEGIST: "En strateg som leder arbetet",
}


@dataclass(frozen=True)
class InterestSection:
    """`key` stands in the address; `names` are the model fields that the section's form saves."""

    key: str
    title: str
    lead: str
    names: tuple[str, ...]


DECISION = InterestSection(
    "beslut",
    "Politiskt beslut",
    "Det ska finnas ett politiskt beslut om att arbeta med jämställdhetsintegrering.",
    ("body", "decided_on", "paragraph", "diary_number", "decision_text", "cemr"),
)
PEOPLE = InterestSection(
    "personer",
    "Personer",
    "Programmet bygger på att politiker, chefer och strateger deltar tillsammans. Namnge minst en av varje, gärna två "
    "och med ersättare.",
    ("both_sides",),
)
FOCUS = InterestSection("inriktning", "Inriktning", "Varför vill ni vara med, och vad vill ni arbeta med?", ("focus",))
GOALS = InterestSection(
    "mal",
    "Era mål",
    "Vad vill ni själva ha uppnått när omgången är slut? SKR förväntar sig vissa resultat av alla. Målen här är era "
    "egna, och ni kan ändra dem när ni är med.",
    ("goals",),
)
WISHES = InterestSection(
    "onskemal",
    "Önskemål",
    "SKR försöker ta hänsyn till önskemålen när grupper bildas, men kan inte lova något.",
    ("wish", "theme", "partners", "mentor_later"),
)
PRACTICAL = InterestSection("praktiskt", "Faktura och kommunalförbund", "", ("invoice_reference", "through"))
SECTIONS = (DECISION, PEOPLE, FOCUS, GOALS, WISHES, PRACTICAL)


def section_of(key: str) -> InterestSection | None:
    return next((section for section in SECTIONS if section.key == key), None)


def after(section: InterestSection) -> InterestSection | None:
    place = SECTIONS.index(section) + 1
    return SECTIONS[place] if place < len(SECTIONS) else None


def stored_content(interest: Interest, section: InterestSection) -> dict[str, Any]:
    content = content_of(interest, *(name for name in section.names if name != "partners"))
    if "partners" in section.names:
        content["partners"] = tuple(sorted(partner.code for partner in interest.partners.all()))
    return content


@dataclass(frozen=True)
class Missing:
    """`field` is the id of the input where it is filled in."""

    section: str
    field: str
    text: str


def missing(interest: Interest) -> tuple[Missing, ...]:
    """Return what is still required to send the form in; callers prefetch `people`."""
    items = [
        Missing(DECISION.key, "id_body", "Vilket organ som har beslutat") if not interest.body else None,
        Missing(DECISION.key, "id_decided_on", "Dag för beslutet") if not interest.decided_on else None,
        Missing(DECISION.key, "id_paragraph", "Beslutets paragraf eller diarienummer")
        if not (interest.paragraph or interest.diary_number)
        else None,
        Missing(DECISION.key, "id_cemr_0", "Om CEMR-deklarationen är undertecknad") if interest.cemr is None else None,
        *_missing_people(interest.people.all()),
        Missing(FOCUS.key, "id_focus", "Er inriktning") if not interest.focus else None,
        Missing(WISHES.key, "id_wish_0", "Vad som är viktigast när grupper bildas") if not interest.wish else None,
    ]
    return tuple(item for item in items if item)


def _missing_people(people: Iterable[InterestPerson]) -> list[Missing]:
    there = {person.function for person in people if not person.deputy}
    return [Missing(PEOPLE.key, "personer", text) for function, text in NEEDED.items() if function not in there]


@dataclass(frozen=True)
class InterestFact:
    label: str
    text: str


@dataclass(frozen=True)
class SectionAsRead:
    section: InterestSection
    facts: tuple[InterestFact, ...]
    people: tuple[InterestPerson, ...]
    missing: tuple[Missing, ...]

    @property
    def is_empty(self) -> bool:
        return not self.people and not any(fact.text for fact in self.facts)


def sections_as_read(interest: Interest) -> tuple[SectionAsRead, ...]:
    """Return each section with its facts; callers prefetch `people` and `partners`."""
    facts = {
        DECISION: _decision(interest),
        PEOPLE: (InterestFact("Båda sidor företrädda", YES_NO[interest.both_sides]),),
        FOCUS: (InterestFact("Inriktning", interest.focus),),
        GOALS: (InterestFact("Egna mål", interest.goals),),
        WISHES: _wishes(interest),
        PRACTICAL: (
            InterestFact("Fakturareferens", interest.invoice_reference),
            InterestFact("Deltar genom kommunalförbund", interest.through),
        ),
    }
    lacking = missing(interest)
    people = in_order(interest.people.all())
    return tuple(
        SectionAsRead(
            section,
            facts[section],
            people if section is PEOPLE else (),
            tuple(item for item in lacking if item.section == section.key),
        )
        for section in SECTIONS
    )


def in_order(people: Iterable[InterestPerson]) -> tuple[InterestPerson, ...]:
    functions = list(Function)
    return tuple(sorted(people, key=lambda person: (functions.index(Function(person.function)), person.deputy)))


def _decision(interest: Interest) -> tuple[InterestFact, ...]:
    return (
        InterestFact("Beslutande organ", interest.body),
        InterestFact("Beslutat", day(interest.decided_on)),
        InterestFact("Paragraf", interest.paragraph),
        InterestFact("Diarienummer", interest.diary_number),
        InterestFact("Vad som beslutades", interest.decision_text),
        InterestFact("CEMR-deklarationen undertecknad", YES_NO[interest.cemr]),
    )


def _wishes(interest: Interest) -> tuple[InterestFact, ...]:
    partners = [partner.name for partner in interest.partners.all()]
    return (
        InterestFact("Viktigast när grupper bildas", interest.get_wish_display() if interest.wish else ""),
        InterestFact("Önskat tema", interest.theme),
        InterestFact("Önskade partner", enumerated(partners) if partners else ""),
        InterestFact("Kan tänka sig att bli mentor", MENTOR_LATER[interest.mentor_later]),
    )
