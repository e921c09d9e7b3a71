"""Whom an omgång may ask at SKR: chosen on its set-up page, shown where one asks."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from admission.models import Letter
from cohorts.models import CohortContact
from kit.models import AuditEvent
from kit.staleness import Stale
from planning.actions.contacts import choose_contacts
from tests.factories import CohortFactory, DelegateFactory, UserFactory

pytestmark = pytest.mark.django_db
KAJSA = ("Kajsa Kommunikatör", "kajsa@skr.invalid")


@pytest.fixture
def petra(client):
    user = UserFactory(name="Petra Process", email="petra@skr.invalid", skr_role="process_leader")
    client.force_login(user)
    return user


@pytest.fixture
def ada():
    return UserFactory(name="Ada Admin", email="ada@skr.invalid", skr_role="administrator")


@pytest.fixture
def kajsa():
    return UserFactory(name=KAJSA[0], email=KAJSA[1], skr_role="administrator")


@pytest.fixture
def cohort(petra):
    return CohortFactory(contact=petra, name="Omgång 1")


def page(cohort, name="setup_contacts"):
    return reverse(f"planning:{name}", args=[cohort.slug])


def tasks(cohort):
    return [(row.task, row.user.name) for row in cohort.colleagues]


def test_they_are_chosen_on_the_page_and_shown_on_the_set_up(client, petra, ada, kajsa, cohort):
    seen = client.get(page(cohort)).context["form"]["seen"].value()
    posted = {"contact": ada.pk, "support": [ada.pk, petra.pk], "communication": [kajsa.pk], "seen": seen}
    assert client.post(page(cohort), posted).status_code == 302
    cohort.refresh_from_db()
    assert cohort.contact == ada
    assert tasks(cohort) == [
        ("support", "Ada Admin"),
        ("support", "Petra Process"),
        ("communication", "Kajsa Kommunikatör"),
    ]
    [event] = AuditEvent.objects.all()
    assert (event.kind, event.data) == ("cohort_changed", {"what": "kontaktpersonerna på SKR"})
    assert "Kajsa Kommunikatör, kommunikationsstrateg" in client.get(page(cohort, "setup")).text
    assert client.get(page(cohort)).context["form"]["support"].value() == (petra.pk, ada.pk)


def test_only_those_with_a_role_at_skr_can_be_chosen(client, petra, cohort):
    outsider = DelegateFactory().user
    answer = client.post(page(cohort), {"contact": outsider.pk, "support": [outsider.pk]})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"contact", "support"}


def test_the_same_again_changes_nothing_and_a_stale_page_is_refused(petra, ada, kajsa, cohort):
    chosen = {"contact": petra, "support": (ada.pk,), "communication": ()}
    for _ in range(2):
        choose_contacts(cohort=cohort, seen=None, by=petra, **chosen)
    assert AuditEvent.objects.count() == 1
    with pytest.raises(Stale):
        choose_contacts(cohort=cohort, seen="annat", by=petra, **{**chosen, "communication": (kajsa.pk,)})


def test_a_stale_page_shows_what_the_other_has_chosen(client, petra, ada, cohort):
    CohortContact.objects.create(cohort=cohort, user=ada, task="support")
    answer = client.post(page(cohort), {"contact": petra.pk, "communication": [ada.pk], "seen": "gammalt"})
    assert [(theirs.label, theirs.text) for theirs in answer.context["form"].theirs] == [
        ("Administrativt stöd", "Ada Admin"),
        ("Kommunikationsstrateg", "–"),
    ]


def test_a_participant_is_told_of_each_with_their_task(client, petra, ada, kajsa, cohort):
    for user, task in ((kajsa, "communication"), (ada, "support")):
        CohortContact.objects.create(cohort=cohort, user=user, task=task)
    seat = DelegateFactory(participation__cohort=cohort)
    client.force_login(seat.user)
    place = [cohort.slug, seat.participation.code]
    text = " ".join(client.get(reverse("people:people", args=place)).text.split())
    assert "Kontaktperson på SKR: <b>Petra Process</b>, projektledare," in text
    assert "Administrativt stöd: <b>Ada Admin</b>" in text
    assert "Har du frågor om Omgång 1?" in text
    refused = client.get(page(cohort))
    assert refused.status_code == 403
    assert "Kommunikationsstrateg: <b>Kajsa Kommunikatör</b>" in " ".join(refused.text.split())


class TestMovingWhatTheLetterHad:
    """The letter listed each administrator by itself, and had lines for more."""

    migration = import_module("admission.migrations.0004_contacts")

    def test_lines_of_staff_with_a_known_task_become_rows_and_the_others_stay(self, petra, ada, kajsa, cohort):
        lines = f"{KAJSA[0]}, Kommunikationsstrateg, KAJSA@skr.invalid\nOla, Konsult, ola@byra.invalid\nPia"
        letter = Letter.objects.create(cohort=cohort, contacts=lines)
        self.migration.to_the_omgang(apps, None)
        letter.refresh_from_db()
        assert letter.contacts == "Ola, Konsult, ola@byra.invalid\nPia"
        assert tasks(cohort) == [
            ("support", "Ada Admin"),
            ("support", "Kajsa Kommunikatör"),
            ("communication", "Kajsa Kommunikatör"),
        ]

    def test_back_again_the_lines_are_the_letters(self, petra, ada, kajsa, cohort):
        Letter.objects.create(cohort=cohort, contacts="Ola, Konsult, ola@byra.invalid")
        CohortContact.objects.create(cohort=cohort, user=ada, task="support")
        CohortContact.objects.create(cohort=cohort, user=kajsa, task="communication")
        CohortContact.objects.create(cohort=CohortFactory(), user=petra, task="support")
        self.migration.to_the_letter(apps, None)
        assert CohortContact.objects.count() == 0
        assert [letter.contacts for letter in Letter.objects.order_by("pk")] == [
            "Ola, Konsult, ola@byra.invalid\nKajsa Kommunikatör, Kommunikationsstrateg, kajsa@skr.invalid",
            "Petra Process, Administrativt stöd, petra@skr.invalid",
        ]

    def test_there_and_back_loses_nobody(self, petra, ada, kajsa, cohort):
        lines = f"{KAJSA[0]}, Kommunikationsstrateg, {KAJSA[1]}"
        letter = Letter.objects.create(cohort=cohort, contacts=lines)
        self.migration.to_the_omgang(apps, None)
        self.migration.to_the_letter(apps, None)
        letter.refresh_from_db()
        assert letter.contacts == lines
