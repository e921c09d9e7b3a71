"""Tasks that seats and people give: find people, answer an offered seat, and answer who wants to be erased."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from cohorts.duty import Matter, Task, key_of
from cohorts.enums import Function
from cohorts.holders import Holder
from cohorts.roles import Roles
from kit.templatetags.swedish import enumerated, sentence
from people.composition import REQUIRED, composition
from people.invitations import called
from people.models import ErasureRequest, SeatOffer

ANSWER_WITHIN = timedelta(days=30)


def duties(holder: Holder) -> Iterator[Task]:
    if not (holder.participation.is_participant and holder.answers_for(Function.STRATEGIST)):
        return
    missing = composition(holder.colleagues, holder.participation.both_sides, holder.today).missing
    if missing:
        names = enumerated(function.label.lower() for function in missing)
        why = f"{sentence(enumerated(function.label.lower() for function in REQUIRED))} ska vara med på varje träff."
        url = reverse("people:people", args=holder.place)
        yield holder.task(Matter.COMPOSITION, "functions", f"Lägg till {names} för er organisation", why, url)


def offers_to(roles: Roles) -> Iterator[Task]:
    """Yield the seats that the person is asked to take; they belong to no seat of theirs."""
    offers = SeatOffer.objects.visible_to(roles).select_related("participation__organisation", "asked_by")
    for offer in offers:
        organisation = offer.participation.organisation.name
        who = offer.asked_by.name if offer.asked_by else "SKR"
        yield Task(
            key=key_of(Matter.SEAT, offer.participation_id, offer.pk),
            matter=Matter.SEAT,
            title=f"Svara på om du vill vara {called(offer)} för {organisation}",
            why=f"{who} frågar. Uppdraget börjar först när du har tackat ja.",
            url=reverse("people:seat_offer", args=[offer.pk]),
            organisation=organisation,
        )


def skr_duties() -> Iterator[Task]:
    for request in ErasureRequest.objects.select_related("user"):
        yield Task(
            key=key_of(Matter.ERASURE, 0, request.pk),
            matter=Matter.ERASURE,
            title=f"Svara {request.user.name}, som vill få sina uppgifter raderade",
            why="Den som ber om radering ska få svar inom en månad.",
            url=reverse("privacy:requests"),
            due_on=request.asked_on + ANSWER_WITHIN,
        )
