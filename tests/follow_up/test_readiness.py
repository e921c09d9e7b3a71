"""Läget inför träffen, for SKR: what each organisation lacks, and a reminder to just those."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse

from cohorts.enums import Function, Status
from cohorts.models import Participation
from follow_up.overview import overview_of
from follow_up.records import read_records
from follow_up.views import readiness
from kit.models import AuditEvent
from mailings.models import Mail
from meetings.enums import MaterialKind, Rsvp
from meetings.models import Meeting
from meetings.trail import MeetingEvent
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    MeetingFactory,
    ParticipationFactory,
    ReportFactory,
    UserFactory,
    frozen,
)
from tests.process_factories import (
    AgreementFactory,
    AttendanceFactory,
    MaterialFactory,
    PeriodFactory,
    PreparationFactory,
)

pytestmark = pytest.mark.django_db
TODAY, MEETS = date(2026, 11, 22), date(2026, 12, 3)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def world(client):
    cohort = CohortFactory(name="Modellkommuner 2026", ends_on=date(2027, 8, 31))
    meeting = MeetingFactory(cohort=cohort, name="Lärandeträff 1", key="larande-1", starts_on=MEETS)
    ready, late = (
        ParticipationFactory(cohort=cohort, organisation__name=name) for name in ("Almby kommun", "Bolby kommun")
    )
    people = {
        participation: [
            DelegateFactory(participation=participation, function=function, user__name=f"{function.label} i {letter}")
            for function in (Function.POLITICIAN, Function.MANAGER, Function.STRATEGIST)
        ]
        for letter, participation in (("A", ready), ("B", late))
    }
    AssessmentFactory(participation=ready, meeting=meeting, submitted=True)
    for delegate in people[ready]:
        AttendanceFactory(meeting=meeting, delegate=delegate, answer=Rsvp.YES)
    leader = UserFactory(skr_role="process_leader")
    client.force_login(leader)
    return SimpleNamespace(
        cohort=cohort, meeting=meeting, ready=ready, late=late, people=people, leader=leader, client=client
    )


def cells_of(world, participation, today=TODAY):
    """The cells of an organisation: matter, sign and words."""
    records = read_records(world.cohort.participations.all(), today, only=Meeting.objects.get(pk=world.meeting.pk))
    overview = overview_of(records.meetings.meetings[world.cohort.pk][0], records, 10)
    row = next(row for row in overview.rows if row.participation == participation)
    return {cell.matter.value: (cell.sign, *cell.words) for cell in row.cells}


def page(world, query=""):
    response = world.client.get(reverse("follow_up:readiness", args=[world.cohort.slug]) + query)
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("&nbsp;", " ").split())


class TestTold:
    def test_all_of_it_in_words(self, world):
        assert cells_of(world, world.ready) == {
            "assessment": ("done", "inlämnad 20 sept."),
            "answer": ("done", "politiker kommer", "chef kommer", "strateg kommer"),
            "composition": ("done", "alla tre funktioner"),
            "preparation": ("none", "inga"),
            "agreement": ("done", "inga öppna"),
        }
        cells = cells_of(world, world.late)
        assert cells["assessment"] == ("lacking", "inte påbörjad än")
        assert cells["answer"] == ("lacking", "politiker inget svar", "chef inget svar", "strateg inget svar")

    def test_of_a_draft_only_how_many_moment(self, world):
        AssessmentFactory(participation=world.late, meeting=world.meeting, values=[2, 3, 1])
        assert cells_of(world, world.late)["assessment"] == ("lacking", "påbörjad, 3 av 10 moment")

    def test_late_when_its_day_has_passed(self, world):
        assert cells_of(world, world.late, today=MEETS - timedelta(days=6))["assessment"][0] == "late"

    def test_two_of_a_function_are_told_apart(self, world):
        for number, answer in enumerate((Rsvp.YES, Rsvp.NO)):
            AttendanceFactory(meeting=world.meeting, delegate=world.people[world.late][number], answer=answer)
        DelegateFactory(participation=world.late, function=Function.POLITICIAN)
        words = cells_of(world, world.late)["answer"]
        assert words[1:3] == ("politiker 1 kommer och 1 inget svar", "chef kommer inte")

    def test_presentation_composition_preparations_agreements(self, world):
        Meeting.objects.update(has_presentations=True)
        MaterialFactory(meeting=world.meeting, participation=world.ready, kind=MaterialKind.PRESENTATION)
        line = PreparationFactory(meeting=world.meeting)
        line.ticks.create(delegate=world.people[world.late][0])
        AgreementFactory(meeting=world.meeting, owner=world.people[world.late][0], due_on=TODAY - timedelta(days=1))
        AgreementFactory(meeting=world.meeting, owner=world.people[world.late][2], due_on=TODAY)
        world.people[world.late][1].delete()
        cells = cells_of(world, world.late)
        assert cells_of(world, world.ready)["presentation"] == ("done", "finns")
        assert cells["presentation"] == ("lacking", "inte upplagd än")
        assert cells["composition"] == ("lacking", "ingen chef")
        assert cells["preparation"] == ("lacking", "1 av 2 avbockade")
        assert cells["agreement"] == ("late", "1 av 2 öppna är försenade")

    def test_the_report_when_it_is_time(self, world):
        PeriodFactory(cohort=world.cohort, is_reporting=True, before=world.meeting, due_before=20)
        frozen(ReportFactory(participation=world.ready))
        assert cells_of(world, world.ready)["report"] == ("done", "inlämnad 22 nov.")
        assert cells_of(world, world.late)["report"] == ("late", "inte inlämnad än")


class TestPage:
    def test_headline_table_and_who_lacks_most_first(self, world):
        text = page(world)
        assert "En av två har inte lämnat in sin självskattning än." in text
        assert text.index("Bolby kommun") < text.index("Almby kommun")
        assert "○ Saknas: Inte påbörjad än" in text
        assert "✓ Klart: Inlämnad 20 sept." in text

    def test_only_those_that_lack_something_and_as_a_list(self, world):
        text = page(world, "?visa=saknar&som=lista")
        assert "Almby kommun" not in text
        assert "Saknas: självskattning (inte påbörjad än)" in text

    def test_those_that_left_and_other_groups_are_not_expected(self, world):
        Participation.objects.filter(pk=world.late.pk).update(status=Status.WITHDRAWN, withdrawn_on=TODAY)
        assert "Bolby kommun" not in page(world)
        assert "Inget saknas inför Lärandeträff 1." in page(world)
        Meeting.objects.update(group=GroupFactory(cohort=world.cohort))
        assert "Ingen organisation ska vara med på Lärandeträff 1 än." in page(world)

    def test_another_coming_meeting_is_chosen(self, world):
        MeetingFactory(cohort=world.cohort, name="Lärandeträff 2", key="larande-2", starts_on=date(2027, 3, 9))
        assert "Läget inför Lärandeträff 2" in page(world, "?traff=larande-2")
        assert "Läget inför Lärandeträff 1" in page(world, "?traff=finns-inte")

    def test_when_all_meetings_have_been(self, world):
        Meeting.objects.update(starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 1))
        assert "Det finns ingen kommande träff att följa." in page(world)

    def test_a_long_list_is_paged_and_the_headline_is_of_all(self, world, monkeypatch):
        assert "Sida 1" not in page(world)
        monkeypatch.setattr(readiness, "PER_PAGE", 1)
        pages = [page(world, f"?som=lista&sida={number}") for number in ("1", "2", "9", "x")]
        names = ("Bolby kommun", "Almby kommun", "Almby kommun", "Bolby kommun")
        names_by_page = [[name for name in ("Almby kommun", "Bolby kommun") if name in text] for text in pages]
        assert names_by_page == [[name] for name in names]
        assert all("En av två har inte lämnat in sin självskattning än." in text for text in pages)
        address = reverse("follow_up:readiness", args=[world.cohort.slug])
        assert 'href="?som=lista&amp;sida=2"' in world.client.get(address, {"som": "lista"}).text


class TestReminding:
    def address(self, world, *matters):
        return (
            reverse("follow_up:remind", args=[world.cohort.slug])
            + "?"
            + "&".join(f"sak={matter}" for matter in matters)
        )

    def shown(self, world, *matters):
        response = world.client.get(self.address(world, *matters))
        return [planned.recipient.name for planned in response.context["reminded"].planned]

    def send(self, world, *matters, to=None):
        response = world.client.get(self.address(world, *matters))
        people = to or [planned.recipient for planned in response.context["reminded"].planned]
        posted = {"sak": matters, "traff": "larande-1", "till": ",".join(str(person.pk) for person in people)}
        return world.client.post(reverse("follow_up:remind", args=[world.cohort.slug]), posted, follow=True)

    def test_just_those_who_lack_it_are_named(self, world):
        assert self.shown(world, "assessment") == ["Strateg i B"]
        assert self.shown(world, "answer") == ["Politiker i B", "Chef i B", "Strateg i B"]

    def test_all_are_reminded_and_not_only_those_of_a_page(self, world, monkeypatch):
        monkeypatch.setattr(readiness, "PER_PAGE", 1)
        third = ParticipationFactory(cohort=world.cohort, organisation__name="Cedby kommun")
        DelegateFactory(participation=third, function=Function.STRATEGIST, user__name="Cilla")
        self.send(world, "assessment")
        assert {mail.recipient.name for mail in Mail.objects.all()} == {"Strateg i B", "Cilla"}

    def test_nothing_is_sent_by_looking(self, world):
        self.shown(world, "assessment", "answer")
        assert not Mail.objects.exists()

    def test_each_reads_of_ones_own_only(self, world):
        answer = self.send(world, "assessment", "answer")
        assert "Påminnelsen är på väg till 3 personer." in answer.content.decode()
        texts = dict(Mail.objects.filter(kind="skr_reminder").values_list("recipient__name", "text"))
        assert set(texts) == {"Politiker i B", "Chef i B", "Strateg i B"}
        assert all("Du har det här kvar att göra i" in text for text in texts.values())
        assert "självskattningen" in texts["Strateg i B"]
        assert "självskattningen" not in texts["Chef i B"]

    def test_the_trail_tells_what_and_how_many_and_no_names(self, world):
        self.send(world, "assessment")
        event = AuditEvent.objects.get(kind=MeetingEvent.REMINDER_SENT)
        assert (event.actor, event.organisation) == (world.leader.name, "")
        assert event.data == {"what": "Självskattning, till en person"}

    def test_once_for_each_person_matter_and_day(self, world):
        self.send(world, "assessment")
        assert self.shown(world, "assessment") == []
        assert self.shown(world, "assessment", "answer") == ["Politiker i B", "Chef i B", "Strateg i B"]
        self.send(world, "assessment", "answer")
        strategist = Mail.objects.filter(recipient__name="Strateg i B").order_by("pk")
        assert ["självskattningen" in mail.text for mail in strategist] == [True, False]
        with time_machine.travel(TODAY + timedelta(days=1), tick=False):
            world.client.force_login(world.leader)
            assert self.shown(world, "assessment") == ["Strateg i B"]

    def test_a_double_click_sends_once(self, world):
        people = [world.people[world.late][2].user]
        first, second = (self.send(world, "assessment", to=people) for _ in range(2))
        assert "på väg till en person" in first.content.decode()
        assert "Alla har redan fått en påminnelse" in second.content.decode()
        assert Mail.objects.count() == 1

    def test_nobody_that_the_page_had_not_shown_gets_it(self, world):
        """And who has done it since is left alone."""
        politician, _, strategist = world.people[world.late]
        AssessmentFactory(participation=world.late, meeting=world.meeting, submitted=True)
        self.send(world, "assessment", "answer", to=[strategist.user, world.people[world.ready][0].user])
        assert [mail.recipient for mail in Mail.objects.all()] == [strategist.user]
        assert "självskattningen" not in Mail.objects.get().text
        assert politician.user.mails.count() == 0

    def test_what_is_not_yet_late_of_agreements_is_not_reminded_of(self, world):
        owner = world.people[world.late][0]
        AgreementFactory(meeting=world.meeting, owner=owner, due_on=TODAY - timedelta(days=1), text="Sent löfte")
        AgreementFactory(
            meeting=world.meeting, owner=owner, due_on=TODAY + timedelta(days=9), text="Löfte med tid kvar"
        )
        self.send(world, "agreement")
        assert "Sent löfte" in Mail.objects.get().text
        assert "Löfte med tid kvar" not in Mail.objects.get().text

    def test_an_organisation_with_nobody_to_remind_is_named(self, world):
        world.people[world.late][2].delete()
        response = world.client.get(self.address(world, "assessment"))
        assert "Det finns ingen att påminna i Bolby kommun." in response.content.decode()

    def test_nothing_chosen_is_refused_with_what_to_do(self, world):
        response = world.client.post(reverse("follow_up:remind", args=[world.cohort.slug]), {"traff": "larande-1"})
        assert response.status_code == 422
        assert "Välj minst en sak att påminna om." in response.content.decode()

    def test_nobody_left_is_refused(self, world):
        posted = {"traff": "larande-1", "sak": ["assessment"], "till": ""}
        response = world.client.post(reverse("follow_up:remind", args=[world.cohort.slug]), posted)
        assert response.status_code == 422
        assert "Ingen har något kvar att göra av det du har valt." in response.content.decode()
