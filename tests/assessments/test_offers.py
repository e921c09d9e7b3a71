"""The organisation's own statistics and analyses, offered as underlag at the moments they are about."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from assessments.models import Evidence
from assessments.offers import ANALYSES_AT, STATISTICS_AT
from checklist.models import Checklist, Item
from cohorts.enums import Function
from kit.models import AuditEvent
from tests.cast import make_cast
from tests.factories import AssessmentFactory, DelegateFactory, MeetingFactory
from tests.indicators.analysis_pages import signed, stated

pytestmark = [
    pytest.mark.django_db,
    # WeasyPrint leaves its own colour profile to the garbage collector to close.
    pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014.icc:ResourceWarning"),
]
SHARE = "Ni har könsuppdelad statistik i fyra av nio verksamheter."
TITLE = "Könsuppdelad statistik i fyra av nio verksamheter, 20 september 2026"


@pytest.fixture(autouse=True)
def before_the_meeting():
    with time_machine.travel(date(2026, 9, 20)):
        yield


@pytest.fixture
def cast():
    cast = make_cast()
    for number in range(9):
        split = "yes" if number < 4 else "partly" if number == 4 else "no"
        stated(cast.own, f"Verksamhet {number}", split=split, analysed=None, in_report=number < 2)
    return cast


@pytest.fixture
def draft(cast):
    return AssessmentFactory(participation=cast.own)


def press(client, draft, key, offer="statistik"):
    item = draft.checklist.items.get(key=key)
    return client.post(reverse("assessments:evidence_offered", args=[draft.pk, item.number, offer]), follow=True)


def content():
    with Evidence.objects.get().file.open() as file:
        return file.read()


def test_every_moment_that_is_named_stands_in_a_version():
    keys = set(Item.objects.values_list("key", flat=True))
    assert {*STATISTICS_AT, *ANALYSES_AT} <= keys
    for checklist in Checklist.objects.all():
        items = set(checklist.items.values_list("key", flat=True))
        assert items & STATISTICS_AT.keys(), checklist
        assert items & ANALYSES_AT, checklist


class TestStatistics:
    def test_one_press_adds_the_list_as_it_is_today(self, client, cast, draft):
        client.force_login(cast.anna)
        page = client.get(draft.get_absolute_url()).text
        assert SHARE in page
        assert "Ni har använt statistiken i delårsrapporten i två av nio verksamheter." in page
        response = press(client, draft, "sex_disaggregated_statistics")
        assert f"”{TITLE}” är tillagt som underlag" in response.text
        assert SHARE not in response.text
        kept = Evidence.objects.get()
        assert (kept.title, kept.shared, kept.media_type) == (TITLE, False, "text/csv")
        assert "Verksamhet 8;Nej" in content().decode()
        assert AuditEvent.objects.filter(kind="evidence_added").count() == 1

    def test_a_second_click_adds_no_second(self, client, cast, draft):
        client.force_login(cast.anna)
        for _ in range(2):
            response = press(client, draft, "sex_disaggregated_statistics")
        assert "Underlaget finns redan vid momentet." in response.text
        assert Evidence.objects.count() == 1

    def test_a_new_share_is_offered_anew_and_an_old_file_stays(self, client, cast, draft):
        client.force_login(cast.anna)
        press(client, draft, "sex_disaggregated_statistics")
        cast.own.statistics_held.filter(name="Verksamhet 8").update(split="yes")
        response = client.get(draft.get_absolute_url())
        assert "Ni har könsuppdelad statistik i fem av nio verksamheter." in response.text
        assert "Verksamhet 8;Nej" in content().decode()

    def test_nothing_is_offered_of_none(self, client, cast, draft):
        cast.own.statistics_held.update(split="no", in_report=None)
        client.force_login(cast.anna)
        assert "Lägg till som underlag" not in client.get(draft.get_absolute_url()).text

    def test_a_namnd_shows_its_own(self, client, cast):
        part = cast.own.organisation.parts.create(name="Socialnämnden")
        stated(cast.own, "Hemtjänst", part=part, analysed=False)
        theirs = AssessmentFactory(participation=cast.own, meeting=None, part=part)
        client.force_login(cast.anna)
        text = client.get(theirs.get_absolute_url()).text
        assert "Ni har könsuppdelad statistik i en verksamhet." in text
        assert SHARE not in text

    def test_only_editors_see_it(self, client, cast, draft):
        client.force_login(DelegateFactory(participation=cast.own, function=Function.POLITICIAN).user)
        assert "fyra av nio" not in client.get(draft.get_absolute_url()).text
        for reader in (cast.cia, cast.gun, cast.bo):
            client.force_login(reader)
            assert client.get(draft.get_absolute_url()).status_code == 404

    def test_not_in_what_is_handed_in(self, client, cast):
        meeting = MeetingFactory(cohort=cast.cohort, starts_on=date(2026, 12, 1))
        done = AssessmentFactory(participation=cast.own, meeting=meeting, submitted=True, values=[2] * 10)
        client.force_login(cast.anna)
        assert SHARE not in client.get(done.get_absolute_url()).text
        response = press(client, done, "sex_disaggregated_statistics")
        assert "Självskattningen är inlämnad, så underlagen ändras inte." in response.text
        assert not Evidence.objects.exists()


class TestAnalyses:
    def test_a_signed_one_is_added_as_pdf_and_shared_as_it_is(self, client, cast, draft):
        analysis = signed(cast.own, shared=True)
        client.force_login(cast.anna)
        offered = "Ni har en undertecknad jämställdhetsanalys: ”Undertecknad analys”."
        assert offered in client.get(draft.get_absolute_url()).text
        response = press(client, draft, "sex_disaggregated_statistics", f"analys-{analysis.pk}")
        assert offered not in response.text
        kept = Evidence.objects.get()
        assert kept.title == "Jämställdhetsanalys 1 september 2026: Undertecknad analys"
        assert (kept.shared, content()[:4]) == (True, b"%PDF")

    def test_a_draft_is_not_offered(self, client, cast, draft):
        analysis = signed(cast.own)
        type(analysis).objects.update(signed_function="", signed_on=None)
        client.force_login(cast.anna)
        assert "undertecknad jämställdhetsanalys" not in client.get(draft.get_absolute_url()).text

    def test_costs_the_same_for_one_and_for_three(self, client, cast, draft, django_assert_max_num_queries):
        for number in range(3):
            analysis = signed(cast.own)
            type(analysis).objects.filter(pk=analysis.pk).update(title=f"Analys {number}")
        client.force_login(cast.anna)
        with django_assert_max_num_queries(25):
            client.get(draft.get_absolute_url())
