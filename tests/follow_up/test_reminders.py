"""The rules of reminders one by one; tests/follow_up/test_a_whole_round.py runs them all through eighteen months."""

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
import time_machine

from cohorts.enums import Function, Status
from cohorts.models import Participation
from follow_up import tasks
from follow_up.actions import reminding
from follow_up.mails import KINDS
from follow_up.reminders import days_of
from mailings.models import Attachment, Mail
from meetings.enums import Rsvp
from meetings.models import Meeting
from modell.celery import app
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.process_factories import AgreementFactory, AttendanceFactory, PeriodFactory, PreparationFactory

pytestmark = pytest.mark.django_db
MEETS = date(2026, 12, 15)
INVITED = MEETS - timedelta(days=14)


@pytest.fixture
def world():
    contact = UserFactory(email="processledaren@exempel.invalid")
    cohort = CohortFactory(name="Modellkommuner 2026", contact=contact, ends_on=date(2027, 8, 31))
    own = ParticipationFactory(cohort=cohort, organisation__name="Almby kommun")
    own.own_goals.create(goal="Alla frågar om kön", origin="interest")
    seats = {
        function.value: DelegateFactory(participation=own, function=function, user__name=function.label)
        for function in (Function.POLITICIAN, Function.STRATEGIST)
    }
    meeting = MeetingFactory(cohort=cohort, name="Lärandeträff 1", starts_on=MEETS, place="Folkets hus, Almby")
    return SimpleNamespace(cohort=cohort, own=own, meeting=meeting, **seats)


def made_on(day, cohort=None):
    """What a run that day makes: (kind, to whom)."""
    before = set(Mail.objects.values_list("pk", flat=True))
    with time_machine.travel(day, tick=False):
        tasks.remind()
    mails = Mail.objects.exclude(pk__in=before).order_by("pk").select_related("recipient")
    return [(mail.kind, mail.recipient.name) for mail in mails]


def mail_to(delegate, kind):
    """With its text on one line: where a line is broken is the mail's own matter."""
    mail = Mail.objects.get(recipient=delegate.user, kind=kind)
    mail.text = " ".join(mail.text.split())
    return mail


def test_everything_about_a_meeting_on_one_day_is_one_mail(world):
    """The day of the invitation is also the day a week before the self-assessment is due."""
    PreparationFactory(meeting=world.meeting, text="Läs målbilden", days_before=5)
    made_on(world.meeting.assessment_opens_on)
    assert sorted(made_on(INVITED)) == [("meeting_invitation", "Politiker"), ("meeting_invitation", "Strateg")]
    mail = mail_to(world.strategist, "meeting_invitation")
    assert mail.key.endswith(":invitation+assessment_due")
    assert "– Börja med självskattningen inför Lärandeträff 1, senast tisdag 8 december 2026" in " ".join(
        mail.text.split()
    )
    assert "– Läs målbilden, senast torsdag 10 december 2026" in mail.text
    assert "självskattningen" not in mail_to(world.politician, "meeting_invitation").text


def test_it_says_when_where_and_why_and_an_answer_reaches_skr(world):
    made_on(INVITED)
    mail = mail_to(world.politician, "meeting_invitation")
    assert mail.subject == "Inbjudan: Lärandeträff 1, tisdag 15 december 2026"
    assert "Plats: Folkets hus, Almby." in mail.text
    assert mail.reason == "Du får mejlet för att du är politiker i Almby kommun."
    assert (mail.reply_to, mail.about) == ("processledaren@exempel.invalid", world.cohort.slug)
    assert mail.path == world.meeting.get_absolute_url()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"starts_at": time(9, 30)}, "Den börjar klockan 09.30. Plats:"),
        ({"starts_at": time(9), "ends_at": time(16)}, "Den börjar klockan 09.00 och slutar klockan 16.00. Plats:"),
        (
            {"starts_at": time(13), "ends_at": time(12), "ends_on": MEETS + timedelta(days=1)},
            "Den börjar klockan 13.00 första dagen och slutar klockan 12.00 sista dagen. Plats:",
        ),
    ],
)
def test_it_says_the_hours_and_carries_the_calendar_file_that_is_stored_once(world, facts, said):
    Meeting.objects.update(**facts)
    made_on(INVITED)
    mails = [mail_to(delegate, "meeting_invitation") for delegate in (world.politician, world.strategist)]
    assert said in mails[0].text
    [file] = Attachment.objects.all()
    assert [list(mail.files.all()) for mail in mails] == [[file], [file]]
    assert file.name == "lärandeträff-1-2026-12-15.ics"
    with file.file.open("rb") as stored:
        assert stored.read().count(b"BEGIN:VEVENT") == (2 if "ends_on" in facts else 1)


def test_no_other_reminder_carries_it(world):
    made_on(INVITED)
    for _, name in made_on(MEETS - timedelta(days=10)):
        assert not Mail.objects.get(recipient__name=name, kind="meeting_reminder").files.exists()


def test_the_one_thing_that_is_left_is_the_page_it_opens(world):
    made_on(INVITED)
    AttendanceFactory(meeting=world.meeting, delegate=world.politician, answer=Rsvp.YES)
    AttendanceFactory(meeting=world.meeting, delegate=world.strategist, answer=Rsvp.YES)
    draft = AssessmentFactory(participation=world.own, meeting=world.meeting)
    assert made_on(MEETS - timedelta(days=10)) == [("meeting_reminder", "Strateg")]
    assert mail_to(world.strategist, "meeting_reminder").path == draft.get_absolute_url()


def test_a_run_that_was_missed_says_only_what_is_still_true(world):
    assert made_on(MEETS - timedelta(days=1)) == [
        ("meeting_invitation", "Politiker"),
        ("meeting_invitation", "Strateg"),
    ]
    assert made_on(MEETS) == []
    Mail.objects.all().delete()
    assert made_on(MEETS) == []


def test_a_run_twice_makes_nothing_twice(world):
    assert len(made_on(INVITED)) == 2
    assert made_on(INVITED) == []


def test_what_one_mail_has_said_another_does_not_say_again(world):
    """The strateg was sent the reminder about the assessment; the invitation comes alone when the meeting is nearer."""
    Meeting.objects.update(invite_before=12)
    assert made_on(INVITED) == [("meeting_reminder", "Strateg")]
    assert len(made_on(INVITED + timedelta(days=2))) == 2
    assert mail_to(world.strategist, "meeting_invitation").key.endswith(":invitation")


def test_who_has_said_no_is_left_alone_and_the_deputy_is_asked(world):
    deputy = DelegateFactory(participation=world.own, function=Function.POLITICIAN, deputy=True, user__name="Ersättare")
    made_on(INVITED)
    AttendanceFactory(meeting=world.meeting, delegate=world.politician, answer=Rsvp.NO)
    assert made_on(INVITED + timedelta(days=1)) == [("meeting_invitation", "Ersättare")]
    assert mail_to(deputy, "meeting_invitation").reason == (
        "Du får mejlet för att du är ersättare för Politiker i Almby kommun."
    )


def test_one_with_two_seats_gets_one_mail(world):
    other = ParticipationFactory(cohort=world.cohort, organisation__name="Region Granvik")
    DelegateFactory(participation=other, function=Function.POLITICIAN, user=world.politician.user)
    assert [name for _, name in made_on(INVITED)].count("Politiker") == 1


@pytest.mark.parametrize("left", ["withdrawn", "inactive"])
def test_who_has_left_is_sent_nothing(world, left):
    if left == "withdrawn":
        Participation.objects.update(status=Status.WITHDRAWN, withdrawn_on=INVITED)
    else:
        for delegate in (world.politician, world.strategist):
            delegate.user.is_active = False
            delegate.user.save()
    assert made_on(INVITED) == []


def test_a_meeting_that_is_called_off_is_silent(world):
    Meeting.objects.update(cancelled_on=INVITED)
    assert made_on(INVITED) == []


class TestAfterwards:
    DAY_AFTER = MEETS + timedelta(days=1)

    def test_to_those_who_said_yes_while_nobody_has_noted_who_came(self, world):
        AttendanceFactory(meeting=world.meeting, delegate=world.politician, answer=Rsvp.YES)
        AttendanceFactory(meeting=world.meeting, delegate=world.strategist, answer=Rsvp.NO)
        assert made_on(self.DAY_AFTER) == [("meeting_wrap_up", "Politiker")]

    def test_to_those_who_came_once_it_is_noted(self, world):
        AttendanceFactory(meeting=world.meeting, delegate=world.politician, answer=Rsvp.YES, attended=False)
        AttendanceFactory(meeting=world.meeting, delegate=world.strategist, answer=Rsvp.NO, attended=True)
        assert made_on(self.DAY_AFTER) == [("meeting_wrap_up", "Strateg")]

    def test_it_tells_what_one_has_taken_on_and_when_one_meets_next(self, world):
        MeetingFactory(cohort=world.cohort, name="Lärandeträff 2", starts_on=date(2027, 3, 9))
        AttendanceFactory(meeting=world.meeting, delegate=world.politician, attended=True)
        AgreementFactory(meeting=world.meeting, owner=world.politician, text="Ta upp det i nämnden")
        made_on(self.DAY_AFTER)
        text = mail_to(world.politician, "meeting_wrap_up").text
        assert "Nästa träff är tisdag 9 mars 2027: Lärandeträff 2." in text
        assert "– Ta upp det i nämnden" in text

    def test_not_later_than_a_week(self, world):
        AttendanceFactory(meeting=world.meeting, delegate=world.politician, attended=True)
        assert made_on(MEETS + timedelta(days=8)) == []


def test_all_that_one_has_promised_until_a_day_is_one_mail(world):
    for text in ("Ta upp det i nämnden", "Skicka mallen"):
        AgreementFactory(meeting=world.meeting, owner=world.politician, text=text, due_on=date(2027, 2, 1))
    assert made_on(date(2027, 1, 25)) == [("agreement_reminder", "Politiker")]
    text = mail_to(world.politician, "agreement_reminder").text
    assert "– Ta upp det i nämnden, senast måndag 1 februari 2027" in text
    assert "– Skicka mallen, senast måndag 1 februari 2027" in text


def test_of_an_omgang_that_is_over_only_the_report_is_asked_for(world):
    PeriodFactory(cohort=world.cohort, is_reporting=True)
    after = MeetingFactory(cohort=world.cohort, starts_on=world.cohort.ends_on + timedelta(days=10))
    AgreementFactory(meeting=after, owner=world.politician, due_on=world.cohort.ends_on + timedelta(days=3))
    assert made_on(world.cohort.ends_on + timedelta(days=1)) == [("report_late", "Strateg")]
    assert made_on(world.cohort.ends_on + timedelta(days=20)) == []


def test_one_omgang_that_goes_wrong_does_not_silence_the_others(world, monkeypatch, caplog):
    real, broken = reminding.remind, CohortFactory(starts_on=date(2026, 1, 1))

    def remind(*, cohort, today):
        if cohort == broken:
            raise RuntimeError
        return real(cohort=cohort, today=today)

    monkeypatch.setattr(reminding, "remind", remind)
    assert len(made_on(INVITED)) == 2
    assert f"The reminders of {broken.slug} stopped halfway." in caplog.text


def test_long_before_and_long_after_nothing_is_read(world, django_assert_num_queries):
    for day in (world.cohort.starts_on - timedelta(days=61), world.cohort.ends_on + timedelta(days=31)):
        # The other query leaves the time of the run.
        with time_machine.travel(day, tick=False), django_assert_num_queries(2):
            tasks.remind()


def test_from_two_months_before_until_a_month_after_it_is(world, django_assert_max_num_queries):
    for day in (world.cohort.starts_on - timedelta(days=60), world.cohort.ends_on + timedelta(days=30)):
        with time_machine.travel(day, tick=False), django_assert_max_num_queries(25) as queries:
            tasks.remind()
        assert len(queries) > 2


def test_reminding_asks_no_more_for_more_organisations(world, django_assert_max_num_queries):
    asked = []
    with time_machine.travel(date(2026, 9, 1), tick=False):
        # At first everyone has set goals, so nothing is asked about a kickoff.
        for _ in range(3):
            with django_assert_max_num_queries(25) as queries:
                reminding.remind(cohort=world.cohort, today=date(2026, 9, 1))
            asked.append(len(queries))
            for participation in ParticipationFactory.create_batch(8, cohort=world.cohort):
                DelegateFactory(participation=participation)
    assert asked[1] == asked[2] <= asked[0] + 1


def test_the_worker_runs_it_by_day():
    entry = app.conf.beat_schedule["remind"]
    assert entry["task"] == tasks.remind.name
    assert set(entry["schedule"].hour) == set(range(7, 19))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_the_words_use_only_the_fields_they_have(kind):
    filled = dict.fromkeys(kind.fills(), "x")
    assert "{" not in kind.subject.format(**filled) + kind.body.format(**filled)


def test_days_in_words():
    meeting = Meeting(starts_on=date(2021, 9, 13), ends_on=date(2021, 9, 14))
    assert days_of(meeting) == "13–14 september 2021"
    meeting.ends_on = date(2021, 10, 1)
    assert days_of(meeting) == "13 september 2021 – 1 oktober 2021"


class TestWhichOmgangarAreRead:
    """From sixty days before the first day until thirty after the last."""

    def reads(self, monkeypatch, today):
        read = []
        monkeypatch.setattr(reminding, "remind", lambda *, cohort, today: read.append(cohort))
        with time_machine.travel(today, tick=False):
            tasks.remind()
        return read

    @pytest.mark.parametrize(("days", "is_read"), [(60, True), (61, False)])
    def test_before_the_first_day(self, monkeypatch, days, is_read):
        cohort = CohortFactory()
        assert self.reads(monkeypatch, cohort.starts_on - timedelta(days=days)) == ([cohort] if is_read else [])

    @pytest.mark.parametrize(("days", "is_read"), [(30, True), (31, False)])
    def test_after_the_last_day(self, monkeypatch, days, is_read):
        cohort = CohortFactory()
        assert self.reads(monkeypatch, cohort.ends_on + timedelta(days=days)) == ([cohort] if is_read else [])
