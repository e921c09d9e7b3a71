"""What an organisation has to do about mentorship: say yes to the task, or answer whether it wants one."""

from collections.abc import Iterator

from django.urls import reverse

from cohorts.enums import Function
from programme.enums import Matter
from programme.following.seat import Seat, whose
from programme.following.task import Task


def mentor_agreements(seat: Seat) -> Iterator[Task]:
    """Only one that has a group to mentor is asked to agree to the task."""
    if not (seat.participation.cohort.has_mentors and seat.answers_for(Function.STRATEGIST)):
        return
    if seat.facts.marks.mentorships.get(seat.participation.pk) and seat.participation.pk not in seat.facts.marks.agreed:
        why = f"Du är {whose(seat)}, som är mentor i {seat.participation.cohort}."
        url = reverse("cohorts:mentor", args=seat.place)
        yield seat.task(Matter.MENTOR, "agreement", "Läs vad mentorn gör och säg ja till uppdraget", why, url)


def mentor_questions(seat: Seat) -> Iterator[Task]:
    """SKR's question waits where the organisation answers it: in the omgång that it has been through itself."""
    if not seat.answers_for(Function.STRATEGIST):
        return
    for cohort, name in seat.facts.marks.asked_to_mentor.get(seat.participation.pk, ()):
        title = f"Svara SKR om {seat.participation.organisation.name} vill vara mentor i {name}"
        why = f"Du är {whose(seat)}. Att vara mentor är frivilligt, och ett nej är också ett svar."
        yield seat.task(Matter.MENTOR, f"question.{cohort}", title, why, reverse("cohorts:mentor", args=seat.place))
