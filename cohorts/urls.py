from django.urls import path

from cohorts.views import (
    admission,
    decisions,
    directory,
    interest,
    interest_people,
    listing,
    mentoring,
    participation,
    people,
)

app_name = "cohorts"

urlpatterns = [
    path("omgangar/<slug:slug>/personer/", directory.directory, name="directory"),
    path("omgangar/<slug:slug>/personer/excel/", directory.directory_file, name="directory_file"),
    path("omgangar/<slug:slug>/personer/lista/", listing.cohort_list, name="cohort_people_list"),
    path("omgangar/<slug:slug>/personer/bjud-in/", directory.directory_invite, name="directory_invite"),
    path("omgangar/<slug:slug>/deltagare/ny/", participation.participation_add, name="participation_add"),
    path("omgangar/<slug:slug>/forlang/", participation.extend, name="extend"),
    path("omgangar/<slug:slug>/<code:code>/mentor/", mentoring.mentor, name="mentor"),
    path("omgangar/<slug:slug>/<code:code>/mentor/ja/", mentoring.agreement, name="mentor_agreement"),
    path("omgangar/<slug:slug>/<code:code>/mentor/underlag/", mentoring.paper, name="mentor_paper"),
    path("omgangar/<slug:slug>/intresseanmalningar/", admission.interests, name="interests"),
    path("omgangar/<slug:slug>/intresseanmalningar/svara/", admission.interests_answer, name="interests_answer"),
    path("omgangar/<slug:slug>/intresseanmalningar/<int:pk>/", admission.interest_read, name="interest_read"),
    # Open to all; the key in the address is what lets one in.
    path("intresse/", interest.interest_start, name="interest_start"),
    path("intresse/omgang/<slug:slug>/", interest.interest_new, name="interest_new"),
    path("intresse/omgang/<slug:slug>/skickat/", interest.interest_sent, name="interest_sent"),
    path("intresse/<str:key>/", interest.interest, name="interest"),
    path("intresse/<str:key>/skicka-in/", interest.interest_submit, name="interest_submit"),
    path("intresse/<str:key>/ta-tillbaka/", interest.interest_withdraw, name="interest_withdraw"),
    path("intresse/<str:key>/skribenter/", interest.interest_writers, name="interest_writers"),
    path(
        "intresse/<str:key>/skribenter/<int:pk>/ta-bort/",
        interest.interest_writer_remove,
        name="interest_writer_remove",
    ),
    path("intresse/<str:key>/personer/ny/", interest_people.interest_person_add, name="interest_person_add"),
    path("intresse/<str:key>/personer/<int:pk>/", interest_people.interest_person, name="interest_person"),
    path(
        "intresse/<str:key>/personer/<int:pk>/ta-bort/",
        interest_people.interest_person_remove,
        name="interest_person_remove",
    ),
    path("intresse/<str:key>/<slug:part>/", interest.interest_section, name="interest_section"),
    path("omgangar/<slug:slug>/<code:code>/personer/", people.people, name="people"),
    path("omgangar/<slug:slug>/<code:code>/personer/ny/", people.person_add, name="person_add"),
    path("omgangar/<slug:slug>/<code:code>/personer/lista/", listing.people_list, name="people_list"),
    path("omgangar/<slug:slug>/<code:code>/personer/<int:pk>/", people.person_edit, name="person_edit"),
    path("omgangar/<slug:slug>/<code:code>/personer/<int:pk>/bjud-in/", people.person_invite, name="person_invite"),
    path("omgangar/<slug:slug>/<code:code>/beslut/", decisions.decisions, name="decisions"),
    path("omgangar/<slug:slug>/<code:code>/beslut/nytt/", decisions.decision_add, name="decision_add"),
    path("omgangar/<slug:slug>/<code:code>/beslut/<int:pk>/", decisions.decision_edit, name="decision_edit"),
    path("omgangar/<slug:slug>/<code:code>/beslut/<int:pk>/bort/", decisions.decision_remove, name="decision_remove"),
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
