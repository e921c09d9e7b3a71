"""Nobody is late, or told a day, for what is not asked of them: handed in, left, or an omgång that is over."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from assessments.turns import Turn
from cohorts.enums import Function, Status
from cohorts.models import Participation
from follow_up.overview import overview_of
from follow_up.records import read_records
from overview.due import next_due
from planning.setup.plan import Plan
from planning.setup.standing import standing
from planning.setup.warnings import Warned, still_ahead
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    MeetingFactory,
    ParticipationFactory,
    ReportFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
BEFORE, SOON = date(2026, 9, 1), date(2026, 12, 3)
# Words that say that something is waited for.
WAITS = ("Ni kan fortfarande", "inlämnad än", "Inte påbörjad än", "senast", "Skulle ha", "skulle ha", "har inte lämnat")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def leader():
    return UserFactory(skr_role="process_leader")


@pytest.fixture
def cohort():
    return CohortFactory(slug="omgangen", starts_on=date(2026, 2, 1), ends_on=date(2027, 3, 1))


@pytest.fixture
def group(cohort):
    return GroupFactory(cohort=cohort)


@pytest.fixture
def strategist(cohort, group):
    own = ParticipationFactory(cohort=cohort, group=group, organisation__name="Almby kommun")
    return DelegateFactory(participation=own, starts_on=date(2026, 2, 1))


@pytest.fixture
def meeting(cohort):
    """It is in eleven days, and its self-assessment was due a week ago."""
    return MeetingFactory(cohort=cohort, name="Lärandeträff 1", starts_on=SOON, due_before=18)


def page_text(client, name, participation):
    return " ".join(client.get(reverse(name, args=[participation.cohort.slug, participation.code])).text.split())


class TestAnOmgangThatIsOver:
    def test_the_own_page_waits_for_nothing(self, client, cohort, strategist, meeting, today):
        client.force_login(strategist.user)
        assert "Ni kan fortfarande lämna in" in page_text(client, "assessments:own", strategist.participation)
        today.move_to(cohort.ends_on + timedelta(days=1))
        client.force_login(strategist.user)
        text = page_text(client, "assessments:own", strategist.participation)
        assert [words for words in WAITS if words in text.partition("Inför träffarna")[2]] == []
        assert "Ingen är inlagd" in text

    @pytest.mark.parametrize(("days", "late"), [(0, True), (1, False)])
    def test_a_turn_is_late_to_the_last_day(self, cohort, strategist, days, late):
        row, day = strategist.participation, cohort.ends_on + timedelta(days=days)
        turn = Turn(MeetingFactory(cohort=cohort, starts_on=BEFORE), None, 10, day, row.is_asked(day))
        assert turn.is_late is late

    def test_the_start_page_has_nothing_due(self, cohort, strategist, meeting):
        row = strategist.participation
        assert next_due(row, [meeting], TODAY)
        assert next_due(row, [meeting], cohort.ends_on + timedelta(days=1)) is None

    def test_the_set_up_has_nothing_left(self, client, cohort, strategist, meeting, leader, today):
        assert standing(cohort, [meeting], 0, TODAY).left
        today.move_to(cohort.ends_on + timedelta(days=1))
        client.force_login(leader)
        page = client.get(reverse("planning:setup", args=[cohort.slug]))
        assert page.context["standing"].left == []
        assert "Omgången är slut" in page.text
        assert " än." not in page.text.partition("<ol")[2].partition("</ol>")[0]
        assert "Se läget inför nästa träff" not in page.text

    def test_its_days_warn_of_nothing(self):
        finished = Plan(BEFORE, TODAY, (), report_due_on=None)
        warned = [Warned("", "Omgången har ingen resultatkonferens.")]
        assert still_ahead(warned, finished, TODAY) == warned
        assert still_ahead(warned, finished, TODAY + timedelta(days=1)) == []


class TestOneThatHasLeft:
    @pytest.fixture
    def left(self, cohort, group):
        row = ParticipationFactory(cohort=cohort, group=group, organisation__name="Borta kommun")
        Participation.objects.filter(pk=row.pk).update(status=Status.WITHDRAWN, withdrawn_on=BEFORE)
        row.refresh_from_db()
        return row

    def test_the_group_does_not_wait_for_it(self, client, strategist, left, meeting):
        AssessmentFactory(participation=strategist.participation, meeting=meeting, submitted=True, values=[2] * 10)
        mate = ParticipationFactory(cohort=left.cohort, group=left.group, organisation__name="Granby kommun")
        client.force_login(strategist.user)
        text = page_text(client, "assessments:group", strategist.participation)
        assert f"{mate} har inte lämnat in till Lärandeträff 1 än." in text
        assert "Borta kommun har inte" not in text

    def test_nor_for_anyone_once_the_omgang_is_over(self, client, strategist, left, meeting, today):
        AssessmentFactory(participation=strategist.participation, meeting=meeting, submitted=True, values=[2] * 10)
        ParticipationFactory(cohort=left.cohort, group=left.group)
        last = left.cohort.ends_on
        for day, waits in ((last, True), (last + timedelta(days=1), False)):
            today.move_to(day)
            client.force_login(strategist.user)
            text = page_text(client, "assessments:group", strategist.participation)
            assert ("har inte lämnat in" in text, "inte inlämnad än" in text) == (waits, waits)

    def test_it_is_asked_for_nothing_also_while_it_is_leaving(self, strategist, meeting):
        row = strategist.participation
        Participation.objects.filter(pk=row.pk).update(status=Status.WITHDRAWN, withdrawn_on=date(2026, 12, 31))
        row.refresh_from_db()
        assert not row.is_asked(TODAY)
        assert next_due(row, [meeting], TODAY) is None
        records = read_records(row.cohort.participations.all(), TODAY)
        assert overview_of(records.meetings.meetings[row.cohort_id][0], records, 10).rows == ()


class TestWhoeverHasHandedIn:
    @pytest.mark.parametrize(("due_before", "is_told"), [(11, True), (12, False)])
    def test_no_last_day_on_the_brief(self, client, cohort, strategist, due_before, is_told):
        meeting = MeetingFactory(cohort=cohort, starts_on=SOON, due_before=due_before)
        politician = DelegateFactory(participation=strategist.participation, function=Function.POLITICIAN)
        client.force_login(politician.user)
        place = ("overview:brief", politician.participation)
        assert ("Lämna in självskattningen senast" in page_text(client, *place)) is is_told
        AssessmentFactory(participation=politician.participation, meeting=meeting, submitted=True, values=[2] * 10)
        assert "Lämna in självskattningen senast" not in page_text(client, *place)

    def test_nor_on_the_list_of_turns(self, client, strategist, meeting):
        client.force_login(strategist.user)
        assert "Lämnas in senast" in page_text(client, "assessments:own", strategist.participation)
        AssessmentFactory(participation=strategist.participation, meeting=meeting, submitted=True, values=[2] * 10)
        assert "Lämnas in senast" not in page_text(client, "assessments:own", strategist.participation)


class TestWhatWasNeverEntered:
    def test_history_does_not_say_that_anyone_failed(self, client, cohort, strategist, leader, today):
        MeetingFactory(cohort=cohort, name="Lärandeträff 1", starts_on=BEFORE)
        today.move_to(cohort.ends_on + timedelta(days=1))
        client.force_login(leader)
        text = " ".join(client.get(cohort.get_absolute_url()).text.split())
        assert "Omgången är avslutad." in text
        assert "påbörjad" not in text
        assert "lämnat in" not in text

    def test_reports_that_came_in_are_in(self, client, cohort, strategist, leader):
        Participation.objects.update(reported=True)
        late = ParticipationFactory(cohort=cohort, organisation__name="Sent kommun")
        ReportFactory(participation=late)
        client.force_login(leader)
        text = client.get(reverse("reports:joint_release", args=[cohort.slug])).text
        waiting = text.partition("inte är inlämnade än")[2].partition("</details>")[0]
        assert "Sent kommun" in waiting
        assert "Almby kommun" not in waiting
        assert "Almby kommun" in text.partition("är inlämnade men inte finns här")[2].partition("</details>")[0]


class TestAllOfNone:
    def test_nobody_has_not_all_signed_in(self, client, cohort, leader):
        row = ParticipationFactory(cohort=cohort)
        client.force_login(leader)
        place = reverse("people:participation", args=[cohort.slug, row.code])
        everyone = reverse("people:directory_invite", args=[cohort.slug])
        for page in (place, everyone):
            assert "Ingen är registrerad än." in client.get(page).text
        DelegateFactory(participation=row, user__last_login="2026-11-01T10:00:00Z")
        assert "Alla som är registrerade har loggat in." in client.get(place).text
        assert "Alla har loggat in." in client.get(everyone).text

    def test_a_letter_to_nobody_has_not_reached_all(self, client, cohort, leader):
        ParticipationFactory(cohort=cohort)
        client.force_login(leader)
        place = reverse("admission:letter_send", args=[cohort.slug])
        assert "Brevet har ingen mottagare än." in client.get(f"{place}?sett=x").text
