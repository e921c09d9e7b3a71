"""The sections of an interest form: their fields, what must be there before it is sent in, and how each is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cohorts.enums import Function
from cohorts.models import Interest, InterestPerson
from modell.staleness import content_of
from modell.templatetags.swedish import day, enumerated

YES_NO = {True: "Ja", False: "Nej", None: ""}
MENTOR_LATER = {"yes": "Ja", "maybe": "Kanske", "no": "Nej", "": ""}
# What the programme asks for: each function with at least one who is no deputy.
NEEDED = {
    Function.POLITICIAN: "En ledande politiker",
    Function.MANAGER: "En chef på hög nivå",
    Function.STRATEGIST: "En strateg som leder arbetet",
}


@dataclass(frozen=True)
class Section:
    """`key` stands in the address; `names` are the fields of the interest that the section's own form saves."""

    key: str
    title: str
    lead: str
    names: tuple[str, ...]


DECISION = Section(
    "beslut",
    "Politiskt beslut",
    "Det ska finnas ett politiskt beslut om att arbeta med jämställdhetsintegrering.",
    ("body", "decided_on", "paragraph", "diary_number", "decision_text", "cemr"),
)
PEOPLE = Section(
    "personer",
    "Personer",
    "Programmet bygger på att politiker, chefer och strateger deltar tillsammans. Namnge minst en av varje, gärna två "
    "och med ersättare.",
    ("both_sides",),
)
FOCUS = Section("inriktning", "Inriktning", "Varför vill ni vara med, och vad vill ni arbeta med?", ("focus",))
WISHES = Section(
    "onskemal",
    "Önskemål",
    "SKR försöker ta hänsyn till önskemålen när grupper bildas, men kan inte lova något.",
    ("wish", "theme", "partners", "mentor_later"),
)
PRACTICAL = Section("praktiskt", "Faktura och kommunalförbund", "", ("invoice_reference", "through"))
SECTIONS = (DECISION, PEOPLE, FOCUS, WISHES, PRACTICAL)


def section_of(key: str) -> Section | None:
    return next((section for section in SECTIONS if section.key == key), None)


def after(section: Section) -> Section | None:
    place = SECTIONS.index(section) + 1
    return SECTIONS[place] if place < len(SECTIONS) else None


def stored_content(interest: Interest, section: Section) -> dict[str, Any]:
    """As it is compared and shown: partners by their codes."""
    content = content_of(interest, *(name for name in section.names if name != "partners"))
    if "partners" in section.names:
        content["partners"] = tuple(sorted(partner.code for partner in interest.partners.all()))
    return content


@dataclass(frozen=True)
class Missing:
    """What must be there before the form can be sent in; `field` is where one fills it in."""

    section: str
    field: str
    text: str


def missing(interest: Interest) -> tuple[Missing, ...]:
    """With `people` at hand."""
    found = [
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
    return tuple(one for one in found if one)


def _missing_people(people: Iterable[InterestPerson]) -> list[Missing]:
    there = {person.function for person in people if not person.deputy}
    return [Missing(PEOPLE.key, "personer", text) for function, text in NEEDED.items() if function not in there]


@dataclass(frozen=True)
class Fact:
    label: str
    text: str


@dataclass(frozen=True)
class Told:
    """A section as it is read: by those who write it, and by SKR."""

    section: Section
    facts: tuple[Fact, ...]
    people: tuple[InterestPerson, ...]
    missing: tuple[Missing, ...]

    @property
    def is_empty(self) -> bool:
        return not self.people and not any(fact.text for fact in self.facts)


def told(interest: Interest) -> tuple[Told, ...]:
    """With `people` and `partners` at hand."""
    facts = {
        DECISION: _decision(interest),
        PEOPLE: (Fact("Båda sidor företrädda", YES_NO[interest.both_sides]),),
        FOCUS: (Fact("Inriktning", interest.focus),),
        WISHES: _wishes(interest),
        PRACTICAL: (
            Fact("Fakturareferens", interest.invoice_reference),
            Fact("Deltar genom kommunalförbund", interest.through),
        ),
    }
    lacking = missing(interest)
    people = in_order(interest.people.all())
    return tuple(
        Told(
            section,
            facts[section],
            people if section is PEOPLE else (),
            tuple(one for one in lacking if one.section == section.key),
        )
        for section in SECTIONS
    )


def in_order(people: Iterable[InterestPerson]) -> tuple[InterestPerson, ...]:
    """By function as the programme lists them, deputies after the others."""
    functions = list(Function)
    return tuple(sorted(people, key=lambda person: (functions.index(Function(person.function)), person.deputy)))


def _decision(interest: Interest) -> tuple[Fact, ...]:
    return (
        Fact("Beslutande organ", interest.body),
        Fact("Beslutat", day(interest.decided_on)),
        Fact("Paragraf", interest.paragraph),
        Fact("Diarienummer", interest.diary_number),
        Fact("Vad som beslutades", interest.decision_text),
        Fact("CEMR-deklarationen undertecknad", YES_NO[interest.cemr]),
    )


def _wishes(interest: Interest) -> tuple[Fact, ...]:
    partners = [partner.name for partner in interest.partners.all()]
    return (
        Fact("Viktigast när grupper bildas", interest.get_wish_display() if interest.wish else ""),
        Fact("Önskat tema", interest.theme),
        Fact("Önskade partner", enumerated(partners) if partners else ""),
        Fact("Kan tänka sig att bli mentor", MENTOR_LATER[interest.mentor_later]),
    )
