from django.urls import path

from people.views import (
    accounts,
    address,
    directory,
    evaluators,
    introduction,
    leaving,
    offers,
    organisation_list,
    participation,
    people,
    people_list,
    staff,
)

app_name = "people"

urlpatterns = [
    path("skr/personer/", staff.staff, name="staff"),
    path("skr/personer/ny/", staff.staff_add, name="staff_add"),
    path("skr/personer/<int:pk>/", staff.staff_edit, name="staff_edit"),
    path("skr/personer/<int:pk>/avsluta/", staff.staff_end, name="staff_end"),
    path("skr/konton/<int:pk>/avsluta/", accounts.account_close, name="account_close"),
    path("skr/konton/<int:pk>/oppna/", accounts.account_open, name="account_open"),
    path("adress/<slug:key>/", address.address_change, name="address_change"),
    path("uppdrag/<int:pk>/", offers.seat_offer, name="seat_offer"),
    path(
        "omgangar/<slug:slug>/<code:code>/personer/fragor/<int:pk>/igen/",
        offers.seat_offer_again,
        name="seat_offer_again",
    ),
    path(
        "omgangar/<slug:slug>/<code:code>/personer/fragor/<int:pk>/ta-tillbaka/",
        offers.seat_offer_withdraw,
        name="seat_offer_withdraw",
    ),
    path("omgangar/<slug:slug>/<code:code>/personer/<int:pk>/lamnar/", leaving.person_leaves, name="person_leaves"),
    path("omgangar/<slug:slug>/<code:code>/personer/efter-valet/", leaving.election, name="election"),
    path("omgangar/<slug:slug>/<code:code>/introduktion/", introduction.introduction, name="introduction"),
    path("omgangar/<slug:slug>/personer/", directory.directory, name="directory"),
    path("omgangar/<slug:slug>/personer/excel/", directory.directory_file, name="directory_file"),
    path("omgangar/<slug:slug>/personer/lista/", people_list.cohort_list, name="cohort_people_list"),
    path("omgangar/<slug:slug>/personer/utvarderare/", evaluators.evaluators, name="evaluators"),
    path("omgangar/<slug:slug>/personer/utvarderare/ny/", evaluators.evaluator_add, name="evaluator_add"),
    path("omgangar/<slug:slug>/personer/utvarderare/<int:pk>/", evaluators.evaluator_edit, name="evaluator_edit"),
    path("omgangar/<slug:slug>/personer/utvarderare/<int:pk>/avsluta/", evaluators.evaluator_end, name="evaluator_end"),
    path("omgangar/<slug:slug>/personer/bjud-in/", directory.directory_invite, name="directory_invite"),
    path("omgangar/<slug:slug>/deltagare/ny/", participation.participation_add, name="participation_add"),
    path("omgangar/<slug:slug>/deltagare/lista/", organisation_list.organisation_list, name="organisation_list"),
    path("omgangar/<slug:slug>/forlang/", participation.extend, name="extend"),
    path("omgangar/<slug:slug>/<code:code>/personer/", people.people, name="people"),
    path("omgangar/<slug:slug>/<code:code>/personer/ny/", people.person_add, name="person_add"),
    path("omgangar/<slug:slug>/<code:code>/personer/lista/", people_list.people_list, name="people_list"),
    path("omgangar/<slug:slug>/<code:code>/personer/<int:pk>/", people.person_edit, name="person_edit"),
    path("omgangar/<slug:slug>/<code:code>/personer/<int:pk>/bjud-in/", people.person_invite, name="person_invite"),
    path("omgangar/<slug:slug>/<code:code>/deltagande/", participation.participation, name="participation"),
    path(
        "omgangar/<slug:slug>/<code:code>/deltagande/andra/",
        participation.participation_edit,
        name="participation_edit",
    ),
    path(
        "omgangar/<slug:slug>/<code:code>/deltagande/lamnar/",
        participation.participation_withdraw,
        name="participation_withdraw",
    ),
    path(
        "omgangar/<slug:slug>/<code:code>/deltagande/bort/",
        participation.participation_remove,
        name="participation_remove",
    ),
    path(
        "omgangar/<slug:slug>/<code:code>/deltagande/med-igen/",
        participation.participation_rejoin,
        name="participation_rejoin",
    ),
]
