"""Moving a meeting moves what hangs on it and tells those concerned, once; calling off, adding, removing, splitting."""

from datetime import date, time, timedelta

import icalendar
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from accounts.enums import SkrRole
from cohorts.enums import Function, MentorModel, Role, Status
from cohorts.models import Cohort, GroupMentor
from kit.days import FAR
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import Stale, content_of, digest
from kit.templatetags.swedish import day_span
from mailings.models import Attachment, Mail
from meetings.actions.editing import save_meeting
from meetings.kinds import MeetingKind
from meetings.models import Meeting
from meetings.trail import MeetingEvent
from planning.actions import dates as actions
from planning.actions.dates import DAYS, FACTS, PERIOD
from planning.setup.resting import rests_on
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
    share_by_theme,
)
from tests.process_factories import (
    AgendaItemFactory,
    AgreementFactory,
    AttendanceFactory,
    HostTaskFactory,
    MaterialFactory,
    PeriodFactory,
    PreparationFactory,
)
from tests.refusing import refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
OLD, NEW = date(2027, 3, 2), date(2027, 3, 16)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def leader():
    return UserFactory(skr_role=SkrRole.PROCESS_LEADER)


@pytest.fixture
def cohort(leader):
    return CohortFactory(contact=leader, mentor_model=MentorModel.BY_THEME)


@pytest.fixture
def learning(cohort):
    return MeetingFactory(cohort=cohort, number=1, starts_on=OLD, ends_on=OLD + timedelta(days=1))


@pytest.fixture
def preparing(cohort, learning):
    return MeetingFactory(
        cohort=cohort,
        kind=MeetingKind.STRATEGIST_MEETING,
        number=1,
        key="strategist-1",
        name="Strategträff 1",
        theme="",
        starts_on=date(2027, 2, 9),
        hangs_on=learning,
    )


@pytest.fixture
def people(cohort):
    """A participant with all functions, one that has left, and mentors of two themes."""
    group = GroupFactory(cohort=cohort)
    member = ParticipationFactory(cohort=cohort, group=group, organisation__name="Region Solby")
    users = {
        function.value: DelegateFactory(participation=member, function=function).user
        for function in (Function.POLITICIAN, Function.MANAGER, Function.STRATEGIST)
    }
    users["deputy"] = DelegateFactory(participation=member, function=Function.MANAGER, deputy=True).user
    users["over"] = DelegateFactory(participation=member, ends_on=date(2026, 11, 1)).user
    left = ParticipationFactory(cohort=cohort, status=Status.WITHDRAWN, withdrawn_on=date(2026, 11, 1))
    users["left"] = DelegateFactory(participation=left).user
    for theme in ("Ledning och styrning", "Analys"):
        mentor = ParticipationFactory(cohort=cohort, role=Role.MENTOR)
        GroupMentorFactory(group=group, participation=mentor, theme=theme)
        users[theme] = DelegateFactory(participation=mentor).user
    users["elsewhere"] = DelegateFactory().user
    return users


def test_no_meeting_ends_up_beyond_the_years_there_are(leader):
    meeting = MeetingFactory(starts_on=date(2100, 12, 1), cohort__ends_on=date(2100, 12, 31))
    with refused(FAR):
        move(meeting, date(2100, 12, 31), leader)
    assert move(meeting, date(2100, 12, 30), leader)


def move(meeting, to, leader, *, days=2, **more):
    seen = more.pop("seen", None) or digest(content_of(meeting, *DAYS))
    return actions.move_meeting(meeting=meeting, starts_on=to, days=days, seen=seen, by=leader, **more)


def names_mailed(people):
    """Who has mail, by the names above."""
    names = {user.pk: name for name, user in people.items()}
    return sorted(names[mail.recipient_id] for mail in Mail.objects.all())


# What moves


def test_what_hangs_on_it_moves_as_much_and_what_is_counted_follows(leader, learning, preparing):
    due = learning.assessment_due_on
    moved = move(learning, NEW, leader)
    learning.refresh_from_db()
    preparing.refresh_from_db()
    assert (learning.starts_on, learning.ends_on, learning.sequence) == (NEW, NEW + timedelta(days=1), 1)
    assert (preparing.starts_on, preparing.sequence) == (date(2027, 2, 23), 1)
    assert learning.assessment_due_on == due + timedelta(days=14)
    assert [follower.meeting for follower in moved.moving.followers] == [preparing]
    [event] = AuditEvent.objects.all()
    assert (event.kind, event.data["before"], event.data["after"]) == (
        MeetingEvent.MEETING_MOVED,
        "2–3 mars 2027",
        "16–17 mars 2027",
    )
    assert event.data["what"] == "Strategträff 1 följde med till 23 februari 2027"


def test_what_has_been_stays_and_so_does_what_would_land_in_the_past(leader, cohort, learning, preparing):
    Meeting.objects.filter(pk=preparing.pk).update(starts_on=date(2026, 11, 10), ends_on=date(2026, 11, 10))
    moved = move(learning, NEW, leader)
    assert moved.moving.stays == (preparing,)
    Meeting.objects.filter(pk=preparing.pk).update(starts_on=date(2026, 11, 30), ends_on=date(2026, 11, 30))
    learning.refresh_from_db()
    assert move(learning, NEW - timedelta(days=14), leader).moving.stays == (preparing,)


@pytest.mark.parametrize(
    ("day", "moves"), [(TODAY, False), (TODAY + timedelta(days=1), True)], ids=["today", "tomorrow"]
)
def test_a_follower_moves_from_tomorrow_on(leader, learning, preparing, day, moves):
    Meeting.objects.filter(pk=preparing.pk).update(starts_on=day, ends_on=day)
    moved = move(learning, NEW, leader)
    preparing.refresh_from_db()
    assert (len(moved.moving.followers), moved.moving.stays) == ((1, ()) if moves else (0, (preparing,)))
    assert preparing.starts_on == (day + timedelta(days=14) if moves else day)


@pytest.mark.parametrize(("lands", "moves"), [(TODAY, False), (TODAY + timedelta(days=1), True)])
def test_a_follower_lands_tomorrow_at_the_earliest(leader, learning, preparing, lands, moves):
    day = lands + timedelta(days=14)
    Meeting.objects.filter(pk=preparing.pk).update(starts_on=day, ends_on=day)
    move(learning, OLD - timedelta(days=14), leader)
    preparing.refresh_from_db()
    assert preparing.starts_on == (lands if moves else day)


def test_two_days_become_one_when_the_hours_do(leader, learning):
    Meeting.objects.filter(pk=learning.pk).update(starts_at=time(13), ends_at=time(12))
    learning.refresh_from_db()
    with pytest.raises(ActionRefused) as refusal:
        move(learning, NEW, leader, days=1)
    assert (refusal.value.field, refusal.value.sentence) == (
        "days",
        "Träffen slutar 12.00 men börjar 13.00. Ändra tiderna innan den blir en dag.",
    )
    Meeting.objects.filter(pk=learning.pk).update(ends_at=time(16))
    learning.refresh_from_db()
    assert move(learning, NEW, leader, days=1)


def test_two_that_hang_on_each_other_do_not_go_round_for_ever(leader, learning, preparing):
    learning.hangs_on = preparing
    learning.save()
    move(learning, NEW, leader)
    preparing.refresh_from_db()
    assert preparing.starts_on == date(2027, 2, 23)


def test_the_same_day_again_is_no_change(leader, learning, people):
    seen = digest(content_of(learning, *DAYS))
    move(learning, NEW, leader, seen=seen)
    mails = Mail.objects.count()
    assert move(learning, NEW, leader, seen=seen) is None
    learning.refresh_from_db()
    assert (learning.sequence, Mail.objects.count(), AuditEvent.objects.count()) == (1, mails, 1)


def test_two_who_move_it_to_different_days(leader, learning):
    seen = digest(content_of(learning, *DAYS))
    move(learning, NEW, leader, seen=seen)
    with pytest.raises(Stale):
        move(learning, NEW + timedelta(days=7), leader, seen=seen)


def test_the_omgang_grows_with_a_meeting_that_is_moved_beyond_it(leader, cohort, learning):
    move(learning, date(2027, 10, 5), leader)
    assert Cohort.objects.get(pk=cohort.pk).ends_on == date(2027, 10, 6)


def test_one_that_was_called_off_is_held_again_on_its_new_day(leader, learning, people):
    actions.cancel_meeting(meeting=learning, by=leader)
    learning.refresh_from_db()
    move(learning, NEW, leader)
    learning.refresh_from_db()
    assert (learning.cancelled_on, learning.sequence) == (None, 2)


# Who is told


def test_those_concerned_are_told_once_each(leader, learning, preparing, people):
    """All functions of who takes part, and the mentors' strategists; neither who has left nor who was."""
    move(learning, NEW, leader)
    assert names_mailed(people) == sorted(
        ["politician", "manager", "strategist", "deputy", "Ledning och styrning", "Analys"]
    )
    texts = {mail.recipient_id: mail.text for mail in Mail.objects.all()}
    politician, strategist = (texts[people[who].pk] for who in ("politician", "strategist"))
    assert "Förut: 2–3 mars 2027" in politician
    assert "Nu: 16–17 mars 2027" in politician
    assert "Strategträff 1" not in politician
    assert "Strategträff 1, förut 9 februari 2027, är nu 23 februari 2027." in strategist


def events_in(mail):
    """What the calendar files of a mail say: name, number of the day, sequence and state of each event."""
    event_facts = []
    for file in mail.files.order_by("name"):
        with file.file.open("rb") as stored:
            events = icalendar.Calendar.from_ical(stored.read()).walk("VEVENT")
        event_facts += [(file.name, event["SEQUENCE"], event["STATUS"], event.decoded("DTSTART")) for event in events]
    return event_facts


def test_each_gets_the_calendar_files_of_their_own_meetings(leader, learning, preparing, people):
    """The lärandeträff of two days becomes one: its second day is taken away."""
    Meeting.objects.update(changed_at=timezone.now() - timedelta(days=1))
    move(learning, NEW, leader, days=1)
    learning.refresh_from_db()
    assert learning.changed_at == timezone.now()
    name = f"{slugify(learning.name, allow_unicode=True)}-2027-03-16.ics"
    own = [(name, 1, "CONFIRMED", NEW), (name, 1, "CANCELLED", NEW + timedelta(days=1))]
    prepares = [("strategträff-1-2027-02-23.ics", 1, "CONFIRMED", date(2027, 2, 23))]
    assert events_in(Mail.objects.get(recipient=people["politician"])) == own
    assert events_in(Mail.objects.get(recipient=people["strategist"])) == [*own, *prepares]
    assert Attachment.objects.count() == 2


def test_of_a_mentor_of_another_theme_only_the_strategist_is_told_of_the_larandetraff(leader, learning, people):
    for theme in ("Ledning och styrning", "Analys"):
        seat = people[theme].seats.get()
        of_theme = DelegateFactory(participation=seat.participation, function=Function.POLITICIAN)
        people[f"{theme}, politician"] = of_theme.user
    move(learning, NEW, leader)
    assert names_mailed(people) == sorted(people.keys() - {"Analys, politician", "over", "left", "elsewhere"})


@pytest.mark.parametrize("model", [MentorModel.PER_GROUP, MentorModel.BY_THEME])
def test_where_no_mentor_has_chosen_a_meeting_all_of_them_are_told(leader, cohort, learning, people, model):
    Cohort.objects.update(mentor_model=model)
    for mentorship in GroupMentor.objects.all():
        share_by_theme(mentorship, "")
    learning.refresh_from_db()
    move(learning, NEW, leader)
    assert {"Analys", "Ledning och styrning"} <= set(names_mailed(people))


def test_a_groups_meeting_concerns_the_group_alone(leader, cohort, learning, people):
    other = GroupFactory(cohort=cohort)
    Meeting.objects.filter(pk=learning.pk).update(group=other)
    learning.refresh_from_db()
    outside = DelegateFactory(participation=ParticipationFactory(cohort=cohort, group=other)).user
    move(learning, NEW, leader)
    assert [mail.recipient for mail in Mail.objects.all()] == [outside]


def test_the_mail_says_why_and_answers_reach_the_contact(leader, learning, people):
    move(learning, NEW, leader, why="Lokalen är upptagen.")
    mail = Mail.objects.get(recipient=people["deputy"])
    assert mail.reason.startswith("Du får mejlet för att du är chef (ersättare) för Region Solby i Provomgång")
    assert (mail.reply_to, mail.path) == (leader.email, learning.get_absolute_url())
    assert mail.about == learning.cohort.slug
    assert "Lokalen är upptagen." in mail.text
    assert "16–17 mars 2027" in mail.subject


def test_moved_twice_is_told_twice_and_never_more(leader, learning, people):
    move(learning, NEW, leader)
    once = Mail.objects.count()
    learning.refresh_from_db()
    move(learning, NEW + timedelta(days=7), leader)
    assert Mail.objects.count() == 2 * once
    assert len(set(Mail.objects.values_list("key", flat=True))) == 2 * once


def test_one_person_with_two_seats_gets_one_mail(leader, cohort, learning, people):
    DelegateFactory(participation=ParticipationFactory(cohort=cohort), user=people["manager"])
    move(learning, NEW, leader)
    assert Mail.objects.filter(recipient=people["manager"]).count() == 1


# What has been, and what is locked


def test_a_meeting_that_has_been_is_moved_with_a_reason_alone(leader, cohort, people):
    past_meeting = MeetingFactory(cohort=cohort, number=9, starts_on=date(2026, 10, 6))
    member = cohort.participations.filter(role=Role.PARTICIPANT).first()
    assessment = AssessmentFactory(participation=member, meeting=past_meeting, submitted=True, values=[2] * 10)
    assert assessment.is_locked(TODAY)
    with pytest.raises(ActionRefused, match="Skriv varför"):
        move(past_meeting, NEW, leader)
    moved = move(past_meeting, NEW, leader, why="Fel dag i listan.")
    assert "En inlämnad självskattning låstes den 6 oktober 2026" in " ".join(moved.moving.consequences)
    assessment.refresh_from_db()
    assert not assessment.is_locked(TODAY)
    assert AuditEvent.objects.get(kind=MeetingEvent.MEETING_MOVED).data["why"] == "Fel dag i listan."


def test_a_move_into_the_past_locks_and_says_so(leader, cohort, learning):
    AssessmentFactory(participation__cohort=cohort, meeting=learning, submitted=True, values=[2] * 10)
    with pytest.raises(ActionRefused):
        move(learning, date(2026, 11, 20), leader)
    moved = move(learning, date(2026, 11, 20), leader, why="Den hölls då.")
    assert "låses genast" in " ".join(moved.moving.consequences)


def test_a_correction_of_what_has_been_tells_nobody(leader, cohort, people):
    past_meeting = MeetingFactory(cohort=cohort, number=9, starts_on=date(2026, 10, 6))
    move(past_meeting, date(2026, 10, 7), leader, days=1, why="Rättat.")
    assert names_mailed(people) == []


# Calling off


def test_called_off_once_and_told_once(leader, learning, people):
    n = actions.cancel_meeting(meeting=learning, by=leader, why="För få anmälda.")
    assert n == len(names_mailed(people)) == 6
    assert actions.cancel_meeting(meeting=learning, by=leader) is None
    learning.refresh_from_db()
    assert (learning.cancelled_on, learning.sequence, Mail.objects.count()) == (TODAY, 1, 6)
    mail = Mail.objects.first()
    assert (mail.kind, mail.subject) == (
        "meeting_cancelled",
        f"Inställd träff: {learning.name} i {learning.cohort} den {day_span(learning.starts_on, learning.ends_on)}",
    )
    assert "För få anmälda." in mail.text
    name = f"{slugify(learning.name, allow_unicode=True)}-2027-03-02.ics"
    days = [(name, 1, "CANCELLED", OLD), (name, 1, "CANCELLED", OLD + timedelta(days=1))]
    assert [events_in(mail) for mail in Mail.objects.all()] == [days] * 6
    assert Attachment.objects.get().media_type == "text/calendar; method=CANCEL; charset=utf-8"


# Adding, changing, removing


def facts(meeting=None, **new):
    return {
        **content_of(meeting or Meeting(form="digital", name="Extra"), *FACTS[:8], *FACTS[9:]),
        "hangs_on": None,
        **new,
    }


def test_an_added_meeting_gets_the_next_number_and_two_clicks_give_one(leader, cohort, learning):
    new = {"kind": "learning_meeting", "starts_on": date(2027, 10, 5), "days": 2, "group": None}
    made = [
        actions.add_meeting(cohort=cohort, by=leader, **new, **facts(name="Extra", theme="Budget")) for _ in range(2)
    ]
    assert made[0] == made[1]
    assert (made[0].number, made[0].key, made[0].ends_on) == (2, "learning-2", date(2027, 10, 6))
    assert Cohort.objects.get(pk=cohort.pk).ends_on == date(2027, 10, 6)


def test_another_place_is_no_other_time_and_a_stale_page_loses_nothing(leader, learning):
    before = content_of(learning, *FACTS)
    save_meeting(meeting=learning, seen=digest(before), by=leader, **{**before, "goals": "Idéer"})
    learning.refresh_from_db()
    assert learning.sequence == 0
    before = content_of(learning, *FACTS)
    save_meeting(meeting=learning, seen=digest(before), by=leader, **{**before, "place": "Lund"})
    learning.refresh_from_db()
    assert (learning.sequence, learning.place) == (0, "Lund")
    with pytest.raises(Stale):
        save_meeting(meeting=learning, seen=digest(before), by=leader, **{**before, "place": "Malmö"})


def test_whoever_comes_is_told_of_other_hours_also_from_the_page_of_days(leader, cohort, learning):
    coming = DelegateFactory(participation=ParticipationFactory(cohort=cohort))
    AttendanceFactory(meeting=learning, delegate=coming, answer="yes")
    for change in ({"place": "Lund"}, {"starts_at": time(13), "ends_at": time(15)}):
        learning.refresh_from_db()
        before = content_of(learning, *FACTS)
        save_meeting(meeting=learning, seen=digest(before), by=leader, **{**before, **change})
    assert list(Mail.objects.values_list("kind", "recipient")) == [("meeting_hours", coming.user_id)]


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda m: AssessmentFactory(meeting=m, participation__cohort=m.cohort), "självskattningar"),
        (lambda m: AttendanceFactory(meeting=m), "svar eller närvaro"),
        (lambda m: MaterialFactory(meeting=m), "material"),
        (lambda m: AgreementFactory(meeting=m), "anteckningar från deltagarna"),
        (lambda m: HostTaskFactory(meeting=m, done_on=TODAY), "avbockade arrangörsuppgifter"),
    ],
)
def test_what_something_rests_on_is_not_removed(leader, learning, make, word):
    HostTaskFactory(meeting=learning)
    PreparationFactory(meeting=learning)
    assert rests_on(learning) == ""
    make(learning)
    assert rests_on(learning) == word
    with pytest.raises(ActionRefused, match=word):
        actions.remove_meeting(meeting=learning, by=leader)
    assert Meeting.objects.filter(pk=learning.pk).exists()


def test_removed_once(leader, learning, preparing):
    for _ in range(2):
        actions.remove_meeting(meeting=learning, by=leader)
    preparing.refresh_from_db()
    assert preparing.hangs_on is None
    assert AuditEvent.objects.filter(kind=MeetingEvent.MEETING_DELETED).count() == 1


def test_one_for_each_group_with_all_that_belongs_to_it(leader, cohort, learning, preparing):
    AgendaItemFactory(meeting=learning, title="Utbyte", day=2, starts_at=time(8, 30), text="I par.")
    PreparationFactory(meeting=learning, text="Se filmen")
    HostTaskFactory(meeting=learning)
    period = PeriodFactory(cohort=cohort, after=learning)
    groups = [GroupFactory(cohort=cohort, key=f"grupp-{n}", name=f"Grupp {n}", position=n) for n in (1, 2)]
    made = actions.one_for_each_group(meeting=learning, by=leader)
    assert [
        (group_meeting.key, group_meeting.group, group_meeting.number, group_meeting.starts_on)
        for group_meeting in made
    ] == [
        ("learning-1-grupp-1", groups[0], 1, OLD),
        ("learning-1-grupp-2", groups[1], 1, OLD),
    ]
    for group_meeting in made:
        [item] = group_meeting.agenda.all()
        assert (item.title, item.day, item.starts_at, item.text) == ("Utbyte", 2, time(8, 30), "I par.")
        assert [item.text for item in group_meeting.preparations.all()] == ["Se filmen"]
        assert group_meeting.host_tasks.count() == 1
    preparing.refresh_from_db()
    period.refresh_from_db()
    assert (preparing.hangs_on, period.after) == (made[0], made[0])
    with refused("Varje grupp har redan en egen träff."):
        actions.one_for_each_group(meeting=learning, by=leader)


def test_without_groups_there_is_nothing_to_split(leader, learning):
    with refused("Gör grupperna först."):
        actions.one_for_each_group(meeting=learning, by=leader)


def test_one_reporting_period_in_the_right_order(leader, cohort, learning, preparing):
    base = {"goals": "", "after": None, "before": None, "is_reporting": True, "due_before": 7}
    period = actions.save_period(cohort=cohort, period=None, seen="", by=leader, name="Rapporten", **base)
    with pytest.raises(ActionRefused, match="redan en period"):
        actions.save_period(cohort=cohort, period=None, seen="", by=leader, name="En till", **base)
    stored = content_of(period, *PERIOD)
    backwards = {**stored, "after": learning, "before": preparing}
    with pytest.raises(ActionRefused, match="slutar innan den börjar"):
        actions.save_period(cohort=cohort, period=period, seen=digest(stored), by=leader, **backwards)


# The pages


def test_the_move_is_shown_before_it_is_made(client, leader, cohort, learning, preparing, people):
    client.force_login(leader)
    url = reverse("planning:date_move", args=[cohort.slug, learning.key])
    seen = client.get(url).context["form"].initial["seen"]
    typed = {"starts_on": NEW, "days": 2, "why": "", "seen": seen}
    page = client.post(url, typed)
    assert "<b>Strategträff 1</b> följer med från 9 februari 2027 till 23 februari 2027." in " ".join(page.text.split())
    assert "6 personer får var sitt mejl." in page.text
    assert Meeting.objects.get(pk=learning.pk).starts_on == OLD
    shown = page.context["shown"]["which"]
    another = client.post(url, {**typed, "starts_on": NEW + timedelta(days=1), "move": shown})
    assert (another.status_code, Meeting.objects.get(pk=learning.pk).starts_on) == (200, OLD)
    assert client.post(url, {**typed, "move": shown}).status_code == 302
    assert client.post(url, {**typed, "move": shown}).status_code == 302  # a second click
    assert Mail.objects.count() == 6


def test_what_was_typed_stays_when_another_has_moved_it(client, leader, cohort, learning):
    client.force_login(leader)
    url = reverse("planning:date_move", args=[cohort.slug, learning.key])
    seen = client.get(url).context["form"].initial["seen"]
    move(learning, NEW, leader)
    typed = {"starts_on": "2027-04-06", "days": 2, "why": "Mitt skäl", "seen": seen, "move": "2027-04-06/2027-04-07"}
    page = client.post(url, typed)
    assert page.status_code == 422
    assert "Mitt skäl" in page.text
    assert "Så står det sparat nu" in page.text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Skriv vad träffen heter."),
        ("theme", "", "En lärandeträff har ett tema. Skriv det."),
        ("starts_on", "", "Ange dagen."),
        ("days", "0", "Talet är minst 1."),
        ("ends_at", "08:00", "Sluttiden ligger inte efter starttiden."),
        ("link", "inte en länk", "Länken ska börja med https:"),
    ],
)
def test_each_error_of_a_new_meeting(client, leader, cohort, field, value, sentence):
    client.force_login(leader)
    typed = {"kind": "learning_meeting", "name": "Extra", "theme": "Budget", "form": "digital", "days": "1"}
    typed |= {"starts_on": "2027-05-11", "starts_at": "09:00", "ends_at": "15:00"}
    typed |= {"opens_before": "42", "due_before": "7", "present_before": "7", "invite_before": "14", field: value}
    page = client.post(reverse("planning:date_add", args=[cohort.slug]), typed)
    assert page.status_code == 422
    assert sentence in page.text
    assert not cohort.meetings.exists()


def test_a_new_meeting_through_its_page(client, leader, cohort):
    client.force_login(leader)
    typed = {"kind": "deep_dive", "name": "Fördjupning", "theme": "Budget", "form": "digital", "days": "1"}
    typed |= {"starts_on": "2027-05-11", "starts_at": "09:00", "ends_at": "15:00"}
    typed |= {"opens_before": "42", "due_before": "7", "present_before": "7", "invite_before": "14"}
    assert client.post(reverse("planning:date_add", args=[cohort.slug]), typed).status_code == 302
    assert cohort.meetings.get().key == "deep-dive-1"


def test_a_second_click_on_a_button_that_removes_leads_back(client, leader, cohort, learning):
    client.force_login(leader)
    url = reverse("planning:date_remove", args=[cohort.slug, learning.key])
    for _ in range(2):
        assert client.post(url).url == reverse("planning:dates", args=[cohort.slug])
