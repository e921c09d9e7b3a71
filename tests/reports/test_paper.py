"""The paper form: any version, empty or filled, accessible, and with no more on it than its reader may read."""

from datetime import date
from html import unescape

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import strip_tags

from assessments.occasions import occasion_of
from checklist.models import Checklist
from cohorts.roles import roles_of
from kit.pdf import render_pdf
from reports.content.paper import empty_paper, filled_paper
from reports.printers import pdf
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.pdf_checks import assert_accessible_pdf, page_texts, pdf_text

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
VERSIONS = ("skr-2017", "skr-2018", "skr-2020", "skr-2023-overgripande", "skr-2023-namnd")
LONG = "Vi har gått igenom underlagen tillsammans och är överens. " * 12


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(date(2026, 11, 22)):
        yield


@pytest.fixture
def anna():
    """Strateg i en omgång med halva steg."""
    cohort = CohortFactory(plan__half_steps=True)
    return DelegateFactory(participation=ParticipationFactory(cohort=cohort, group=GroupFactory(cohort=cohort)))


def draft_of(anna, values, **rest):
    meeting = MeetingFactory(cohort=anna.participation.cohort, name="Lärandeträff 2", starts_on=date(2026, 12, 10))
    return AssessmentFactory(participation=anna.participation, meeting=meeting, values=values, **rest)


def fetched(client, user, name, *args):
    client.force_login(user)
    response = client.get(reverse(name, args=args))
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    return b"".join(response.streaming_content)


@pytest.fixture
def as_text(monkeypatch):
    """For what is printed, not how: the words without the building of a file."""
    monkeypatch.setattr(
        "reports.printers.pdf.render_pdf", lambda html, progress=None: " ".join(strip_tags(html).split()).encode()
    )
    return lambda client, user, assessment: unescape(paper(client, user, assessment).decode())


def paper(client, user, assessment):
    return fetched(client, user, "reports:paper", assessment.pk)


@pytest.mark.parametrize("key", VERSIONS)
class TestEveryVersion:
    def test_empty(self, client, key):
        version = Checklist.objects.get(key=key)
        data = fetched(client, UserFactory(), "reports:empty_form", key)
        assert_accessible_pdf(data)
        text = " ".join(pdf_text(data).split())
        assert all(f"{item.number}. {item.text}" in text for item in version.items.all())
        assert all(f"{step.value} {step.label}" in text for step in version.steps.all())
        for to_fill_in in ("Organisation, nämnd eller förvaltning", "Datum", "Deltagare", "Vems bedömning?", "Summa"):
            assert to_fill_in in text
        assert ("halva steg" in text, "preliminära" in text) == (
            version.half_steps,
            version.is_working_wording,
        )
        assert "Arbetsmaterial" not in text

    def test_filled(self, client, key):
        cohort = CohortFactory(plan__checklist=key)
        seat = DelegateFactory(participation=ParticipationFactory(cohort=cohort))
        assessment = draft_of(seat, [2, None, 3, 1])
        assessment.scores.filter(item__number=1).update(comment=LONG, next_step=LONG, shared=True)
        data = paper(client, seat.user, assessment)
        assert_accessible_pdf(data)


class TestTheEmptyForm:
    def test_the_blocks_of_a_version_head_their_moment(self):
        moments = empty_paper(Checklist.objects.get(key="skr-2023-overgripande")).items
        assert [moment.block for moment in moments if moment.block] == [
            "Styrning och ledning",
            "Statistik och analyser",
            "Förbättringsarbete",
        ]

    def test_boxes_for_half_steps_only_where_they_are_allowed(self):
        papers = {key: empty_paper(Checklist.objects.get(key=key)) for key in VERSIONS}
        boxes = {key: [box.number for box in content.items[0].boxes] for key, content in papers.items()}
        assert boxes["skr-2018"] == ["1", "1,5", "2", "2,5", "3"]
        assert boxes["skr-2020"] == ["1", "2", "3", "4"]

    def test_it_is_built_once_and_anew_when_a_wording_changes(self, client, monkeypatch):
        built = []
        monkeypatch.setattr(
            "reports.printers.pdf.render_pdf", lambda html, progress=None: built.append(html) or b"%PDF"
        )
        user = UserFactory()
        for _ in range(2):
            fetched(client, user, "reports:empty_form", "skr-2018")
        assert len(built) == 1
        Checklist.objects.get(key="skr-2018").items.filter(number=1).update(text="Ny formulering")
        fetched(client, user, "reports:empty_form", "skr-2018")
        assert "Ny formulering" in built[1]

    def test_an_unknown_version_is_not_found(self, client):
        client.force_login(UserFactory())
        assert client.get(reverse("reports:empty_form", args=["finns-inte"])).status_code == 404


class TestTheFilledForm:
    def test_what_is_entered_stands_on_it(self, client, anna, as_text):
        draft = draft_of(anna, [1.5, None, *[2] * 8])
        draft.scores.filter(item__number=1).update(comment="Beslutet togs i mars.", aim=2, reasoning="Alla var eniga.")
        text = as_text(client, anna.user, draft)
        assert "Värde 1,5, mål till nästa gång 2." in text
        assert "Inte skattad än." in text
        assert "Beslutet togs i mars." in text
        assert "Alla var eniga." in text
        assert f"Självskattning – {anna.participation.organisation.name}" in text
        assert "Inför Lärandeträff 2, 10 december 2026" in text
        assert "Summa 17,5 på en skala från 10 till 30" in text

    def test_working_material_on_every_page_until_it_is_handed_in(self, client, anna):
        draft = draft_of(anna, [2] * 10)
        assert all("Arbetsmaterial" in page for page in page_texts(paper(client, anna.user, draft)))
        draft.state, draft.submitted_on, draft.assessors = "submitted", date(2026, 11, 20), 4
        draft.save()
        text = pdf_text(paper(client, anna.user, draft))
        assert "Arbetsmaterial" not in text
        assert "20 november 2026" in text
        assert "Fyra bedömare har skattat." in text

    def test_others_get_what_is_shared_and_no_draft(self, client, anna, as_text):
        participation = anna.participation
        mate = DelegateFactory(
            participation=ParticipationFactory(cohort=participation.cohort, group=participation.group)
        ).user
        mine = draft_of(anna, [2] * 10)
        client.force_login(mate)
        assert client.get(reverse("reports:paper", args=[mine.pk])).status_code == 404
        mine.scores.filter(item__number=1).update(comment="Delas gärna.", shared=True, reasoning="Bara vi.", aim=3)
        mine.scores.filter(item__number=2).update(comment="Hemligt.", since_last="Också hemligt.")
        mine.state, mine.submitted_on = "submitted", date(2026, 11, 20)
        mine.save()
        text = as_text(client, mate, mine)
        assert "Delas gärna." in text
        assert not [word for word in ("Bara vi.", "emligt", "mål till") if word in text]

    def test_invented_data_says_so_on_every_page(self, client, anna):
        pages = page_texts(paper(client, anna.user, draft_of(anna, [2] * 10)))
        assert "Konstruerade demonstrationsuppgifter." in pages[0]
        assert all("Påhittade organisationer, värden och texter" in page for page in pages)

    def test_a_part_is_named(self, client, anna, as_text):
        part = anna.participation.organisation.parts.create(name="Kulturnämnden")
        draft = AssessmentFactory(participation=anna.participation, part=part, meeting=None)
        text = as_text(client, anna.user, draft)
        assert "Kulturnämnden" in text
        assert "Utanför träffarna" in text

    def test_the_same_content_gives_the_same_file(self, anna):
        occasion = occasion_of(draft_of(anna, [2] * 10), roles_of(anna.user))
        first, second = (render_pdf(pdf.html_of(filled_paper(occasion, own=True))) for _ in range(2))
        assert first == second

    def test_queries(self, client, anna, as_text, django_assert_max_num_queries):
        for month in (2, 4, 6):
            meeting = MeetingFactory(cohort=anna.participation.cohort, starts_on=date(2026, month, 1))
            AssessmentFactory(participation=anna.participation, meeting=meeting, submitted=True, values=[2] * 10)
        draft = draft_of(anna, [2] * 10)
        client.force_login(anna.user)
        with django_assert_max_num_queries(25):
            client.get(reverse("reports:paper", args=[draft.pk]))
