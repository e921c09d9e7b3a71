"""Börja här: what someone new in the programme does first, by what they do there."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from cohorts.enums import Function
from cohorts.roles import Seat

# So long after a seat begins, the first pages lead to "Börja här"; after that the link stands at the foot only.
NEW_FOR = timedelta(days=60)


@dataclass(frozen=True)
class First:
    """One thing to do first: its link, and why in a sentence."""

    label: str
    url: str
    why: str


@dataclass(frozen=True)
class Beginning:
    role: str
    what: str
    first: tuple[First, ...]


def is_new(seat: Seat | None, today: date) -> bool:
    return seat is not None and seat.starts_on is not None and today <= seat.starts_on + NEW_FOR


def beginning_of(seat: Seat) -> Beginning:
    """Return the first things for a mentor, a politician or manager, or for those who do the work."""
    if seat.is_mentoring:
        return _mentor(seat)
    if seat.function in (Function.POLITICIAN, Function.MANAGER):
        return _leader(seat)
    return _worker(seat)


def _mentor(seat: Seat) -> Beginning:
    place = [seat.cohort_slug, seat.code]
    return Beginning(
        "mentor",
        "Ni har redan gått programmet. Nu stödjer ni en eller flera grupper på deras träffar.",
        (
            First("Läs vad uppdraget innebär", reverse("mentoring:mentor", args=place), "Där står vad SKR räknar med."),
            First("Se de grupper som ni stödjer", reverse("home"), "Där läser du deras självskattningar före träffen."),
            _meetings(seat),
            _words(),
        ),
    )


def _leader(seat: Seat) -> Beginning:
    place = [seat.cohort_slug, seat.code]
    return Beginning(
        "politiker" if seat.function == Function.POLITICIAN else "chef",
        "Du efterfrågar resultat och ger arbetet förutsättningar. Det räcker med två minuter i taget.",
        (
            First("Läs läget", reverse("overview:brief", args=place), "Där står vad som har ändrats och tre frågor."),
            First(
                "Se hur ni ligger till",
                reverse("overview:overview", args=[seat.cohort_slug]),
                "Översikten visar er bredvid de andra, så långt du får se dem.",
            ),
            _steps(seat),
            _meetings(seat),
            _words(),
        ),
    )


def _worker(seat: Seat) -> Beginning:
    place = [seat.cohort_slug, seat.code]
    return Beginning(
        "strateg" if seat.function == Function.STRATEGIST else "medverkande",
        "Du håller ihop arbetet hemma: självskattningen före varje träff, och förbättringarna mellan träffarna.",
        (
            _steps(seat),
            First(
                "Se vilka ni är", reverse("people:people", args=place), "Politiker, chef och strateg behövs alla tre."
            ),
            First(
                "Öppna självskattningen",
                reverse("assessments:own", args=place),
                "Där står momenten, och när den ska vara inlämnad.",
            ),
            First(
                "Läs vad andra har gjort",
                reverse("improvements:library"),
                "Exempel från alla omgångar, så att ni slipper börja från början.",
            ),
            _meetings(seat),
            _words(),
        ),
    )


def _steps(seat: Seat) -> First:
    url = reverse("improvements:steps", args=[seat.cohort_slug, seat.code])
    return First("Läs om stegen i programmet", url, "Där står vad varje träff ska ge och vad ni förbereder.")


def _meetings(seat: Seat) -> First:
    return First("Svara om du kommer", reverse("meetings:meetings", args=[seat.cohort_slug]), "Alla träffar står där.")


def _words() -> First:
    return First("Slå upp orden", reverse("overview:words"), "Programmet har sina egna ord. Ordlistan förklarar dem.")
