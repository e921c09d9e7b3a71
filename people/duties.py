"""Tasks that seats give: to find people for them, and to answer when one is offered."""

from collections.abc import Iterator

from django.urls import reverse

from cohorts.duty import Matter, Task, key_of
from cohorts.enums import Function
from cohorts.holders import Holder
from cohorts.roles import Roles
from kit.templatetags.swedish import enumerated, sentence
from people.composition import REQUIRED, composition
from people.invitations import called
from people.models import SeatOffer


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
