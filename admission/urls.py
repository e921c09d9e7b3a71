from django.urls import path

from admission.views import admission, holders, interest, interest_people, letter

app_name = "admission"

urlpatterns = [
    path("omgangar/<slug:slug>/antagningsbrev/", letter.letter, name="letter"),
    path("omgangar/<slug:slug>/antagningsbrev/texter/", letter.letter_words, name="letter_words"),
    path("omgangar/<slug:slug>/antagningsbrev/skicka/", letter.letter_send, name="letter_send"),
    path("omgangar/<slug:slug>/antagningsbrev/brev.pdf", letter.letter_pdf, name="letter_pdf"),
    path("omgangar/<slug:slug>/antagningsbrev/<int:number>/", letter.letter_version, name="letter_version"),
    path("omgangar/<slug:slug>/antagningsbrev/<int:number>/brev.pdf", letter.letter_issue, name="letter_issue"),
    path("omgangar/<slug:slug>/intresseanmalningar/", admission.interests, name="interests"),
    path("omgangar/<slug:slug>/intresseanmalningar/svara/", admission.interests_answer, name="interests_answer"),
    path("omgangar/<slug:slug>/intresseanmalningar/<int:pk>/", admission.interest_read, name="interest_read"),
    path(
        "omgangar/<slug:slug>/intresseanmalningar/<int:pk>/skribenter/<int:writer>/ta-bort/",
        holders.interest_let_go,
        name="interest_let_go",
    ),
    path(
        "omgangar/<slug:slug>/intresseanmalningar/fragor/<int:pk>/slapp-in/",
        holders.interest_let_in,
        name="interest_let_in",
    ),
    path(
        "omgangar/<slug:slug>/intresseanmalningar/fragor/<int:pk>/avvisa/",
        holders.interest_turn_away,
        name="interest_turn_away",
    ),
    path("intresse/", interest.interest_start, name="interest_start"),
    path("intresse/omgang/<slug:slug>/", interest.interest_new, name="interest_new"),
    path("intresse/omgang/<slug:slug>/skickat/", interest.interest_sent, name="interest_sent"),
    path("intresse/<slug:key>/", interest.interest, name="interest"),
    path("intresse/<slug:key>/skicka-in/", interest.interest_submit, name="interest_submit"),
    path("intresse/<slug:key>/ta-tillbaka/", interest.interest_withdraw, name="interest_withdraw"),
    path("intresse/<slug:key>/skribenter/", interest.interest_writers, name="interest_writers"),
    path(
        "intresse/<slug:key>/skribenter/<int:pk>/ta-bort/",
        interest.interest_writer_remove,
        name="interest_writer_remove",
    ),
    path("intresse/<slug:key>/personer/ny/", interest_people.interest_person_add, name="interest_person_add"),
    path("intresse/<slug:key>/personer/<int:pk>/", interest_people.interest_person, name="interest_person"),
    path(
        "intresse/<slug:key>/personer/<int:pk>/ta-bort/",
        interest_people.interest_person_remove,
        name="interest_person_remove",
    ),
    path("intresse/<slug:key>/<slug:part>/", interest.interest_section, name="interest_section"),
]
