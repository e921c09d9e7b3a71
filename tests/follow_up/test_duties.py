"""Mina uppgifter: derived from how things stand, told in words, and following the function and not the person."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse

from admission.enums import InterestState
from assessments.models import Query, Reopening
from cohorts.duty import when
from cohorts.enums import Function, MentorModel, Role, Status
from cohorts.models import Cohort, Participation
from cohorts.roles import roles_of
from follow_up.card import card_of
from follow_up.duties import skr_tasks, tasks_of
from follow_up.records import read_records
from mailings.enums import MailState
from meetings.enums import HostPhase, MaterialKind, Rsvp
from meetings.models import Meeting
from reports.actions import approve_report, submit_report
from reports.models import ReportReopening, SectionQuery
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    ParticipationFactory,
    RaterFactory,
    ReportFactory,
    UserFactory,
    frozen,
)
from tests.process_factories import (
    AgreementFactory,
    AttendanceFactory,
    HostTaskFactory,
    InterestFactory,
    MailFactory,
    MaterialFactory,
    MentorAgreementFactory,
    MentorOfferFactory,
    MentorQuestionFactory,
    PeriodFactory,
    PreparationFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
SOON = date(2026, 12, 3)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def world():
    """An organisation with all functions, and a lärandeträff in eleven days."""
    cohort = CohortFactory(name="Modellkommuner 2026", ends_on=date(2027, 8, 31))
    own = ParticipationFactory(cohort=cohort, organisation__name="Almby kommun")
    own.own_goals.create(goal="Alla frågar om kön", origin="interest")
    seats = {
        function: DelegateFactory(participation=own, function=function, user__name=function.label)
        for function in Function
    }
    meeting = MeetingFactory(cohort=cohort, name="Lärandeträff 1", starts_on=SOON)
    return SimpleNamespace(cohort=cohort, own=own, meeting=meeting, **{key.value: seat for key, seat in seats.items()})


def tasks(delegate, *, done=False, today=TODAY):
    """The titles of what is left for the person, or of what is done."""
    rows = Participation.objects.filter(pk=delegate.participation_id)
    records = read_records(rows, today, user=delegate.user)
    holders = records.holders(delegate.user_id)
    return [task.title for holder in holders for task in tasks_of(holder, records) if task.done is done]


ANSWER = "Svara om du kommer till Lärandeträff 1"
BEGIN = "Börja med självskattningen inför Lärandeträff 1"


def test_a_day_is_told_with_how_far_off_it_is():
    assert when(date(2026, 12, 3), TODAY) == "senast torsdag 3 december, om elva dagar"
    assert when(TODAY, TODAY) == "senast söndag 22 november, i dag"
    assert when(TODAY + timedelta(days=1), TODAY) == "senast måndag 23 november, i morgon"
    assert when(date(2026, 11, 3), TODAY) == "försenat, sista dag var tisdag 3 november"
    assert when(date(2027, 1, 4), TODAY) == "senast måndag 4 januari 2027, om 43 dagar"
    assert when(None, TODAY) == "så snart det går"


class TestMeetings:
    def test_each_answers_for_oneself(self, world):
        assert tasks(world.politician) == [ANSWER]
        AttendanceFactory(meeting=world.meeting, delegate=world.politician, answer=Rsvp.YES)
        assert tasks(world.politician) == []
        assert tasks(world.politician, done=True) == ["Du kommer till Lärandeträff 1"]
        assert tasks(world.manager) == [ANSWER]

    def test_an_answer_to_a_day_that_has_been_moved_is_asked_for_again(self, world):
        AttendanceFactory(meeting=world.meeting, delegate=world.politician, answer=Rsvp.YES, answered_to=0)
        Meeting.objects.update(sequence=1)
        assert tasks(world.politician) == [ANSWER]

    def test_nobody_is_asked_before_the_invitation_nor_to_what_is_called_off(self, world):
        assert tasks(world.politician, today=date(2026, 11, 18)) == []
        Meeting.objects.update(cancelled_on=TODAY)
        assert tasks(world.politician) == []

    def test_a_deputy_is_asked_when_the_ordinary_one_cannot_come(self, world):
        deputy = DelegateFactory(participation=world.own, function=Function.POLITICIAN, deputy=True)
        assert tasks(deputy) == []
        AttendanceFactory(meeting=world.meeting, delegate=world.politician, answer=Rsvp.NO)
        assert tasks(deputy) == [ANSWER]

    def test_a_mentor_has_no_homework_but_that_of_the_mentors_own_meetings(self, world):
        mentor = DelegateFactory(participation__cohort=world.cohort, participation__role=Role.MENTOR)
        PreparationFactory(meeting=world.meeting, text="Gör presentationen", days_before=5)
        own = MeetingFactory(cohort=world.cohort, name="Mentorträff", kind="mentor_meeting", starts_on=SOON)
        PreparationFactory(meeting=own, text="Läs uppdraget", days_before=5)
        assert "Gör presentationen" in tasks(world.strategist)
        assert set(tasks(mentor)) == {ANSWER, "Svara om du kommer till Mentorträff", "Läs uppdraget"}

    def test_a_strategtraff_is_the_strategists(self, world):
        Meeting.objects.update(kind="strategist_meeting")
        assert tasks(world.strategist) == [ANSWER]
        assert tasks(world.politician) == []

    def test_a_groups_own_meeting_is_the_groups(self, world):
        Meeting.objects.update(group=GroupFactory(cohort=world.cohort))
        assert tasks(world.politician) == []

    def test_what_was_before_one_joined_is_not_asked_for(self, world):
        Participation.objects.update(joined_on=SOON + timedelta(days=1))
        assert tasks(world.strategist) == []

    def test_preparations_are_by_function_and_ticked_by_each(self, world):
        everyone = PreparationFactory(meeting=world.meeting, text="Läs målbilden", days_before=3)
        PreparationFactory(meeting=world.meeting, text="Ta med budgeten", function=Function.MANAGER, days_before=2)
        assert tasks(world.politician) == [ANSWER, "Läs målbilden"]
        assert tasks(world.manager) == [ANSWER, "Läs målbilden", "Ta med budgeten"]
        everyone.ticks.create(delegate=world.politician)
        assert tasks(world.politician) == [ANSWER]
        assert "Läs målbilden" in tasks(world.manager)

    def test_who_does_not_come_prepares_nothing(self, world):
        PreparationFactory(meeting=world.meeting, text="Läs målbilden", days_before=3)
        AttendanceFactory(meeting=world.meeting, delegate=world.politician, answer=Rsvp.NO)
        assert tasks(world.politician) == []

    def test_workers_present_where_each_does(self, world):
        Meeting.objects.update(has_presentations=True)
        assert "Lägg upp er presentation inför Lärandeträff 1" in tasks(world.contributor)
        assert "Lägg upp er presentation inför Lärandeträff 1" not in tasks(world.politician)
        MaterialFactory(meeting=world.meeting, participation=world.own, kind=MaterialKind.PRESENTATION)
        assert "Lägg upp er presentation inför Lärandeträff 1" not in tasks(world.contributor)

    def test_the_host_has_a_checklist_and_notes_who_came(self, world):
        Meeting.objects.update(host=world.own)
        HostTaskFactory.create_batch(2, meeting=world.meeting, phase=HostPhase.BEFORE)
        title = "Gå igenom arrangörens checklista före Lärandeträff 1: två punkter kvar"
        assert title in tasks(world.strategist)
        assert title not in tasks(world.politician)
        noted = "Anteckna vilka som var med på Lärandeträff 1"
        assert noted in tasks(world.strategist, today=SOON)
        AttendanceFactory(meeting=world.meeting, delegate=world.politician, attended=True)
        assert noted not in tasks(world.strategist, today=SOON)


class TestDays:
    """What is shown from a day, or until one: that day and the day beside it."""

    def shows(self, delegate, title, day):
        return any(task.startswith(title) for task in tasks(delegate, today=day))

    def first_day(self, delegate, title, day):
        return self.shows(delegate, title, day) and not self.shows(delegate, title, day - timedelta(days=1))

    def last_day(self, delegate, title, day):
        return self.shows(delegate, title, day) and not self.shows(delegate, title, day + timedelta(days=1))

    def due_on(self, delegate, matter, today):
        records = read_records(Participation.objects.all(), today)
        holders = records.holders(delegate.user_id)
        return next(task.due_on for holder in holders for task in tasks_of(holder, records) if task.matter == matter)

    def test_a_late_assessment_stays_for_thirty_days(self, world):
        assert self.last_day(world.strategist, BEGIN, SOON + timedelta(days=30))

    def test_one_is_asked_to_come_from_the_invitation_until_the_day(self, world):
        assert self.first_day(world.politician, ANSWER, SOON - timedelta(days=14))
        assert self.last_day(world.politician, ANSWER, SOON)

    @pytest.mark.parametrize(("invite_before", "due_before"), [(14, 7), (8, 7), (7, 7), (6, 6)])
    def test_an_answer_is_due_a_week_before_but_not_before_the_invitation(self, world, invite_before, due_before):
        Meeting.objects.update(invite_before=invite_before)
        assert self.due_on(world.politician, "answer", SOON) == SOON - timedelta(days=due_before)

    def test_a_preparation_is_shown_two_weeks_before_its_day(self, world):
        PreparationFactory(meeting=world.meeting, text="Läs målbilden", days_before=10)
        assert self.first_day(world.politician, "Läs målbilden", SOON - timedelta(days=24))
        assert self.last_day(world.politician, "Läs målbilden", SOON)

    def test_hosting_begins_thirty_days_before_and_what_is_late_stays_for_thirty(self, world):
        Meeting.objects.update(host=world.own)
        for phase in HostPhase:
            HostTaskFactory(meeting=world.meeting, phase=phase)
        checklist = "Gå igenom arrangörens checklista"
        assert self.first_day(world.strategist, f"{checklist} före", SOON - timedelta(days=30))
        assert self.first_day(world.strategist, f"{checklist} under", SOON)
        assert self.first_day(world.strategist, f"{checklist} efter", SOON)
        assert self.last_day(world.strategist, checklist, SOON + timedelta(days=30))
        assert self.last_day(world.strategist, "Anteckna vilka", SOON + timedelta(days=30))

    def test_who_came_is_noted_within_a_week_and_the_rest_done_within_two(self, world):
        Meeting.objects.update(host=world.own)
        HostTaskFactory(meeting=world.meeting, phase=HostPhase.AFTER)
        assert self.due_on(world.strategist, "attendance", SOON) == SOON + timedelta(days=7)
        assert self.due_on(world.strategist, "host", SOON) == SOON + timedelta(days=14)

    @pytest.mark.parametrize(("days", "is_told"), [(-1, False), (0, True), (21, True), (22, False)])
    def test_skr_is_told_of_a_bare_meeting_three_weeks_before(self, world, days, is_told):
        leader = roles_of(UserFactory(skr_role="process_leader"))
        bare = [task.title for task in skr_tasks(leader, SOON - timedelta(days=days)) if task.matter == "meeting"]
        assert bare == (["Lärandeträff 1 saknar tid och plats"] if is_told else [])

    @pytest.mark.parametrize(("days", "is_read"), [(60, True), (61, False)])
    def test_what_was_at_a_meeting_is_read_for_sixty_days(self, world, days, is_read):
        AttendanceFactory(meeting=world.meeting, delegate=world.politician, answer=Rsvp.YES)
        records = read_records(Participation.objects.all(), SOON + timedelta(days=days))
        assert bool(records.meetings.presence) is is_read


class TestAssessments:
    def test_begin_finish_done(self, world):
        assert BEGIN in tasks(world.strategist)
        begun = AssessmentFactory(participation=world.own, meeting=world.meeting, values=[2])
        assert "Gör klart självskattningen inför Lärandeträff 1" in tasks(world.strategist)
        begun.state, begun.submitted_on = "submitted", TODAY
        begun.save()
        assert "Lämna in självskattningen inför Lärandeträff 1" in tasks(world.strategist, done=True)

    def test_it_is_no_task_before_it_opens_nor_anyone_elses(self, world):
        assert BEGIN not in tasks(world.strategist, today=date(2026, 10, 21))
        assert BEGIN in tasks(world.strategist, today=date(2026, 10, 22))
        for other in (world.politician, world.manager, world.contributor):
            assert BEGIN not in tasks(other)

    def test_a_hand_over_loses_nothing(self, world):
        """The strateg leaves: what waited is the next one's from the first day, what was promised too."""
        AgreementFactory(meeting=world.meeting, owner=world.strategist, text="Ta med till nämnden")
        world.strategist.ends_on = TODAY - timedelta(days=1)
        world.strategist.save()
        heir = DelegateFactory(participation=world.own, starts_on=TODAY)
        assert set(tasks(heir)) == {ANSWER, BEGIN, "Ta med till nämnden"}
        assert tasks(world.strategist) == []

    def test_a_deputy_answers_for_it_where_there_is_no_strateg(self, world):
        deputy = DelegateFactory(participation=world.own, deputy=True)
        assert BEGIN not in tasks(deputy)
        world.strategist.delete()
        assert BEGIN in tasks(deputy)

    def test_ones_own_rating_is_ones_own(self, world):
        draft = AssessmentFactory(participation=world.own, meeting=world.meeting)
        RaterFactory(round__assessment=draft, user=world.politician.user)
        assert "Gör din enskilda skattning inför Lärandeträff 1" in tasks(world.politician)
        assert "Gör din enskilda skattning inför Lärandeträff 1" not in tasks(world.manager)

    def test_what_skr_asks(self, world):
        handed_in = AssessmentFactory(participation=world.own, meeting=world.meeting, submitted=True)
        for item in handed_in.items[:2]:
            Query.objects.create(assessment=handed_in, item=item, text="Vad gör nämnden?")
        Reopening.objects.create(assessment=handed_in, reason="Ofullständig.")
        assert "Svara på två frågor från SKR om självskattningen" in tasks(world.contributor)
        assert "Svara på om självskattningen får öppnas igen" in tasks(world.strategist)
        assert "Svara på om självskattningen får öppnas igen" not in tasks(world.contributor)
        assert "Svara på två frågor från SKR om självskattningen" not in tasks(world.politician)


class TestReports:
    @pytest.fixture
    def due(self, world):
        return PeriodFactory(cohort=world.cohort, is_reporting=True).due_on

    def test_written_by_workers_and_approved_by_the_leaders(self, world, due):
        write, approve = "Skriv och lämna in resultatrapporten", "Läs och godkänn er resultatrapport"
        assert write in tasks(world.contributor, today=due)
        assert approve not in tasks(world.politician, today=due)
        report = ReportFactory(participation=world.own)
        report.texts.create(key="purpose", text="Vi ville se vem som frågar.")
        submit_report(report=report, by=world.strategist.user)
        world.own.refresh_from_db()
        assert write not in tasks(world.contributor, today=due)
        assert approve in tasks(world.politician, today=due)
        assert approve in tasks(world.politician, today=due - timedelta(days=300)), "however early it is handed in"
        approve_report(report=report, number=1, by=world.politician.user)
        assert approve not in tasks(world.politician, today=due)

    def test_a_new_edition_is_approved_again(self, world):
        report = ReportFactory(participation=world.own)
        frozen(report, approved_on=TODAY)
        report.texts.create(key="purpose", text="Ny text.")
        frozen(report)
        assert "Läs och godkänn er resultatrapport, utgåva 2" in tasks(world.politician)

    def test_what_skr_asks_waits_for_an_answer(self, world):
        report = ReportFactory(participation=world.own)
        frozen(report)
        question, opening = (
            "Svara på en fråga från SKR om resultatrapporten",
            "Svara på om resultatrapporten får öppnas",
        )
        assert not any(title.startswith((question, opening)) for title in tasks(world.strategist))
        SectionQuery.objects.create(report=report, key="results", text="Hur många?")
        ReportReopening.objects.create(report=report, reason="Ett tal är fel.")
        assert question in tasks(world.contributor)
        assert f"{opening} igen" in tasks(world.strategist)
        assert f"{opening} igen" not in tasks(world.contributor)

    def test_it_is_all_that_is_left_when_the_omgang_is_over(self, world, due):
        assert due == world.cohort.ends_on
        assert tasks(world.strategist, today=due + timedelta(days=1)) == ["Skriv och lämna in resultatrapporten"]

    def test_two_months_before_and_not_earlier(self, world, due):
        assert "Skriv och lämna in resultatrapporten" not in tasks(world.strategist, today=due - timedelta(days=61))
        assert "Skriv och lämna in resultatrapporten" in tasks(world.strategist, today=due - timedelta(days=60))


class TestOrganisations:
    def test_one_that_has_left_has_nothing_to_do(self, world):
        Participation.objects.update(status=Status.WITHDRAWN, withdrawn_on=TODAY)
        for delegate in (world.strategist, world.politician, world.contributor):
            assert tasks(delegate) == []

    def test_a_function_that_nobody_holds(self, world):
        assert not any(title.startswith("Lägg till") for title in tasks(world.strategist))
        world.manager.delete()
        assert "Lägg till chef för er organisation" in tasks(world.strategist)

    def test_a_mentor_with_a_group_agrees_to_the_task(self, world):
        mentor = GroupMentorFactory(group__cohort=world.cohort).participation
        strategist = DelegateFactory(participation=mentor)
        title = "Läs vad mentorn gör och säg ja till uppdraget"
        assert title in tasks(strategist)
        MentorAgreementFactory(participation=mentor)
        assert title not in tasks(strategist)

    def test_without_mentors_nobody_is_asked_to_be_one(self, world):
        strategist = DelegateFactory(participation=GroupMentorFactory(group__cohort=world.cohort).participation)
        Cohort.objects.update(mentor_model=MentorModel.NONE)
        assert "Läs vad mentorn gör och säg ja till uppdraget" not in tasks(strategist)

    @pytest.fixture
    def question(self):
        """Asked by SKR, of an organisation whose own omgång is over."""
        over = CohortFactory(starts_on=date(2024, 1, 1), ends_on=date(2025, 12, 31))
        next_one = CohortFactory(name="Modellkommuner 2027", starts_on=SOON, ends_on=date(2028, 6, 30))
        organisation = ParticipationFactory(cohort=over, organisation__name="Almby kommun")
        return MentorQuestionFactory(cohort=next_one, participation=organisation, asked_on=TODAY - timedelta(days=3))

    ASKED = "Svara SKR om Almby kommun vill vara mentor i Modellkommuner 2027"

    def test_the_strategist_is_asked_until_the_organisation_has_answered(self, question):
        strategist, politician = (
            DelegateFactory(participation=question.participation, function=function)
            for function in (Function.STRATEGIST, Function.POLITICIAN)
        )
        assert tasks(strategist) == [self.ASKED]
        assert tasks(politician) == []
        offer = MentorOfferFactory(participation=question.participation, said_on=question.asked_on - timedelta(days=1))
        assert tasks(strategist) == [self.ASKED], "an answer from before the question is none"
        offer.said_on = question.asked_on
        offer.save()
        assert tasks(strategist) == []

    @pytest.mark.parametrize("why", ["without mentors", "over", "a mentor there already"])
    def test_a_question_that_has_fallen_waits_no_longer(self, question, why):
        strategist = DelegateFactory(participation=question.participation)
        if why == "without mentors":
            Cohort.objects.filter(pk=question.cohort_id).update(mentor_model=MentorModel.NONE)
        elif why == "over":
            Cohort.objects.filter(pk=question.cohort_id).update(
                starts_on=date(2026, 1, 1), ends_on=TODAY - timedelta(1)
            )
        else:
            ParticipationFactory(
                cohort=question.cohort, organisation=question.participation.organisation, role=Role.MENTOR
            )
        assert tasks(strategist) == []

    def test_a_mentor_by_theme_comes_to_the_meeting_of_its_theme_and_its_strategist_to_all(self, world):
        Cohort.objects.update(mentor_model=MentorModel.BY_THEME)
        of_it, of_another = (
            GroupMentorFactory(group__cohort=world.cohort, theme=theme).participation
            for theme in (world.meeting.theme, "Spridning")
        )
        for mentor, function, comes in (
            (of_it, Function.POLITICIAN, True),
            (of_it, Function.STRATEGIST, True),
            (of_another, Function.POLITICIAN, False),
            (of_another, Function.STRATEGIST, True),
        ):
            assert (ANSWER in tasks(DelegateFactory(participation=mentor, function=function))) == comes

    def test_a_mentors_strategist_is_told_why_where_another_mentor_supports(self, world, client):
        mentor = GroupMentorFactory(group__cohort=world.cohort, theme="Spridning").participation
        client.force_login(DelegateFactory(participation=mentor).user)
        sentence = "Ni stödjer inte den här träffen, men mentorernas strateger är med på alla."
        assert sentence in client.get(reverse("follow_up:tasks")).text
        GroupMentorFactory(group__cohort=world.cohort, participation=mentor)
        assert sentence not in client.get(reverse("follow_up:tasks")).text


class TestThePage:
    def text(self, response):
        return " ".join(response.content.decode().replace("&nbsp;", " ").split())

    def test_it_tells_what_by_when_and_why(self, client, world):
        client.force_login(world.strategist.user)
        page = self.text(client.get(reverse("follow_up:tasks")))
        assert "Två uppgifter väntar på dig." in page
        assert "Senast torsdag 26 november, om fyra dagar" in page
        assert "Du är strateg i Almby kommun och lämnar in den." in page

    def test_the_card_on_the_start_page_has_the_first_few(self, client, world):
        for number in range(5):
            PreparationFactory(meeting=world.meeting, text=f"Förberedelse {number}", days_before=3)
        card = card_of(world.strategist.user)
        assert (len(card.lines), card.n_more) == (4, 3)
        assert [line.task.title for line in card.first] == [card.lines[0].task.title]
        assert card.n_after_first == 6
        client.force_login(world.strategist.user)
        page = self.text(client.get(reverse("home")))
        assert "tasks__one" in page
        assert "uppgifter till" in page

    def test_what_has_a_card_of_its_own_is_left_out(self, world):
        everything = card_of(world.strategist.user)
        card = card_of(world.strategist.user, [everything.lines[0].task.key])
        assert card.elsewhere
        assert everything.lines[0] not in card.lines

    @pytest.mark.parametrize("function", ["strategist", "contributor"])
    def test_the_start_page_leads_there(self, client, world, function):
        PreparationFactory(meeting=world.meeting, text="Läs.", days_before=3)
        client.force_login(getattr(world, function).user)
        assert f'href="{reverse("follow_up:tasks")}"' in client.get(reverse("home")).content.decode()

    def test_the_one_page_of_who_leads_has_the_first_but_not_another_organisations(self, client, world):
        PreparationFactory(meeting=world.meeting, text="Läs.", days_before=3)
        address = reverse("overview:brief", args=[world.cohort.slug, world.own.code])
        client.force_login(world.politician.user)
        assert "Det här väntar på dig" in client.get(address).content.decode()
        client.force_login(UserFactory(skr_role="process_leader"))
        assert "väntar på dig" not in client.get(address).content.decode()

    def test_the_tasks_of_two_seats_say_whose_they_are(self, client, world):
        other = ParticipationFactory(cohort=world.cohort, organisation__name="Region Granvik", role=Role.MENTOR)
        DelegateFactory(participation=other, user=world.politician.user)
        client.force_login(world.politician.user)
        page = self.text(client.get(reverse("follow_up:tasks")))
        assert "Almby kommun: Du är politiker" in page
        assert "Region Granvik: Du är strateg" in page

    def test_skr_sees_what_waits_in_the_omgangar_that_run(self, client, world):
        InterestFactory(cohort=world.cohort, state=InterestState.SUBMITTED)
        InterestFactory(cohort=world.cohort, state=InterestState.ADMITTED)
        MailFactory(about=world.cohort.slug, state=MailState.UNCERTAIN)
        client.force_login(UserFactory(skr_role="process_leader"))
        page = self.text(client.get(reverse("follow_up:tasks")))
        for title in (
            "En intresseanmälan väntar på svar",
            "Skicka antagningsbrevet",
            "Ett mejl kan ha gått förlorat",
            "Lärandeträff 1 saknar tid och plats",
        ):
            assert title in page
        MailFactory(about=world.cohort.slug, kind="admission_letter", state=MailState.SENT)
        assert "Skicka antagningsbrevet" not in self.text(client.get(reverse("follow_up:tasks")))
        Cohort.objects.update(ends_on=TODAY - timedelta(days=1))
        assert "Inget väntar på dig just nu." in self.text(client.get(reverse("follow_up:tasks")))
