"""A meeting before, on and after its day: who is asked what, what is shown to whom, and that nothing is lost."""

import re
from datetime import date, time, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.enums import SkrRole
from cohorts.enums import Function, Role, Status
from cohorts.roles import roles_of
from improvements.models import Improvement
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import Stale, content_of, digest
from mailings.models import Mail
from meetings.actions.agreeing import save_agreement, tick_agreement
from meetings.actions.answering import answer_meeting, ask_deputy, record_attendance
from meetings.actions.editing import save_documentation, save_meeting
from meetings.actions.preparing import copy_from, tick_preparation
from meetings.actions.speaking import note_idea, save_impression
from meetings.agenda import agenda_of, days_of, length
from meetings.composition import composition_of
from meetings.enums import Rsvp, Whose
from meetings.invitees import counts_of, deputies_for, people_at
from meetings.kinds import MeetingKind
from meetings.models import Agreement, Attendance, Impression, Material, PreparationTick, Takeaway
from meetings.own_seats import own_delegates
from meetings.page import Phase, page_of, when_of
from meetings.whom import organisations_at
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.process_factories import (
    AgendaItemFactory,
    AgreementFactory,
    AttendanceFactory,
    HostTaskFactory,
    ImpressionFactory,
    PreparationFactory,
    TakeawayFactory,
)

pytestmark = pytest.mark.django_db
BEFORE, DAY, AFTER = date(2026, 9, 20), date(2026, 10, 1), date(2026, 10, 2)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(BEFORE) as traveller:
        yield traveller


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def group(cohort):
    return GroupFactory(cohort=cohort)


@pytest.fixture
def own(cohort, group):
    return ParticipationFactory(cohort=cohort, group=group)


@pytest.fixture
def mate(cohort, group):
    return ParticipationFactory(cohort=cohort, group=group)


@pytest.fixture
def stranger(cohort):
    return ParticipationFactory(cohort=cohort, group=GroupFactory(cohort=cohort))


@pytest.fixture
def meeting(cohort):
    return MeetingFactory(cohort=cohort, starts_on=DAY, starts_at=time(9), ends_at=time(12))


@pytest.fixture
def anna(own):
    return DelegateFactory(participation=own, user__name="Anna Ek", function=Function.POLITICIAN)


@pytest.fixture
def deputy(own):
    return DelegateFactory(participation=own, user__name="Eva Al", function=Function.POLITICIAN, deputy=True)


@pytest.fixture
def strategist(own):
    return DelegateFactory(participation=own, user__name="Sten Ask")


@pytest.fixture
def leader():
    return UserFactory(name="Lena Lind", skr_role=SkrRole.PROCESS_LEADER)


def at(meeting, name, *more):
    return reverse(f"meetings:{name}", args=[meeting.cohort.slug, meeting.key, *more])


def flat(answer):
    return " ".join(answer.text.split())


def people(meeting, user, day=BEFORE):
    return people_at(meeting, day, roles_of(user))


def person(meeting, delegate, day=BEFORE):
    return next(invitee for invitee in people(meeting, delegate.user, day) if invitee.pk == delegate.pk)


class TestWhomItIsFor:
    def test_one_that_has_left_before_it_is_asked_nothing(self, client, meeting, own, anna):
        type(own).objects.filter(pk=own.pk).update(status=Status.WITHDRAWN, withdrawn_on=BEFORE)
        assert people(meeting, anna.user) == []
        assert own_delegates(roles_of(anna.user), meeting) == []
        client.force_login(anna.user)
        client.post(at(meeting, "answer"), {"answer": "yes"})
        assert not Attendance.objects.exists()

    def test_one_that_leaves_after_it_was_there(self, meeting, own, anna):
        type(own).objects.filter(pk=own.pk).update(status=Status.WITHDRAWN, withdrawn_on=AFTER)
        assert list(organisations_at(meeting)) == [own]

    def test_a_groups_own_is_for_its_members_and_mentors(self, cohort, group, own, mate, stranger):
        mentor = GroupMentorFactory(group=group).participation
        GroupMentorFactory(group=stranger.group)
        assert set(organisations_at(MeetingFactory(cohort=cohort, group=group))) == {own, mate, mentor}

    def test_a_mentors_meeting_is_for_mentors(self, cohort, group, own):
        mentor = GroupMentorFactory(group=group).participation
        assert list(organisations_at(MeetingFactory(cohort=cohort, kind=MeetingKind.MENTOR_MEETING))) == [mentor]

    def test_a_strategists_meeting_asks_strategists(self, client, cohort, anna, strategist):
        meeting = MeetingFactory(cohort=cohort, kind=MeetingKind.STRATEGIST_MEETING, starts_on=DAY)
        assert [invitee.pk for invitee in people(meeting, anna.user)] == [strategist.pk]
        client.force_login(anna.user)
        assert client.post(at(meeting, "answer"), {"answer": "yes"}).status_code == 403

    def test_afterwards_it_was_for_those_who_were_representatives_then(self, meeting, anna):
        DelegateFactory(participation=anna.participation, starts_on=date(2026, 11, 1))
        assert [invitee.pk for invitee in people(meeting, anna.user, date(2026, 12, 1))] == [anna.pk]

    def test_names_of_other_groups_are_not_told_but_their_number_is(self, client, meeting, anna, mate, stranger):
        DelegateFactory(participation=mate, user__name="Mats Nära")
        DelegateFactory(participation=stranger, user__name="Frida Fjärran")
        client.force_login(anna.user)
        page = flat(client.get(at(meeting, "meeting")))
        assert "Mats Nära" in page
        assert "Frida Fjärran" not in page
        counts = {count.label: count.silent for count in counts_of(people(meeting, anna.user), meeting)}
        assert counts == {"Politiker": 1, "Chef": 0, "Strateg": 2, "Medverkande": 0}


class TestAnswering:
    def test_opening_the_page_from_a_mail_writes_nothing(self, client, meeting, anna):
        client.force_login(anna.user)
        page = client.get(at(meeting, "meeting") + "?svar=nej")
        assert page.context["form"]["answer"].value() == "no"
        assert "I mejlet valde du att inte komma." in flat(page)
        assert not Attendance.objects.exists()

    def test_an_answer_stands_once_however_often_it_is_sent(self, client, meeting, anna):
        client.force_login(anna.user)
        for _ in range(2):
            client.post(at(meeting, "answer"), {"answer": "yes"})
        assert [(row.delegate, row.answer) for row in Attendance.objects.all()] == [(anna, "yes")]
        assert AuditEvent.objects.filter(kind="meeting_answered").count() == 1

    def test_an_answer_is_to_the_day_that_the_page_showed(self, client, meeting, anna):
        client.force_login(anna.user)
        drawn = client.get(at(meeting, "meeting")).context["form"]["to"].value()
        meeting.sequence += 1
        meeting.save()
        answer = client.post(at(meeting, "answer"), {"answer": "yes", "to": drawn}, follow=True)
        assert "Träffen har ändrats sedan du öppnade sidan." in answer.text
        assert not Attendance.objects.exists()
        client.post(at(meeting, "answer"), {"answer": "yes", "to": answer.context["form"]["to"].value()})
        assert Attendance.objects.get().answered_to == drawn + 1

    def test_one_who_represents_two_answers_for_both(self, meeting, anna, mate):
        other = DelegateFactory(participation=mate, user=anna.user, function=Function.STRATEGIST)
        own = own_delegates(roles_of(anna.user), meeting)
        answer_meeting(meeting=meeting, delegates=own, answer=Rsvp.YES, to=0, by=anna.user)
        assert {row.delegate for row in Attendance.objects.all()} == {anna, other}

    def test_two_buttons_turn_into_the_answer_and_a_way_to_change_it(self, client, meeting, anna):
        client.force_login(anna.user)
        page = flat(client.get(at(meeting, "meeting")))
        assert (page.count('value="yes"'), page.count('value="no"')) == (1, 1)
        assert "Ändra<span" not in page
        for answer, other, words in (("yes", "no", "Du kommer"), ("no", "yes", "Du kommer inte")):
            client.post(at(meeting, "answer"), {"answer": answer})
            page = flat(client.get(at(meeting, "meeting")))
            assert f"<b>{words}</b>" in page
            assert (f'value="{answer}"' in page, f'value="{other}"' in page) == (False, True)

    def test_a_link_in_a_mail_to_another_answer_opens_the_change(self, client, meeting, anna):
        AttendanceFactory(meeting=meeting, delegate=anna, answer="yes")
        client.force_login(anna.user)
        page = flat(client.get(at(meeting, "meeting") + "?svar=nej"))
        assert '<details class="meeting-band__change" open>' in page
        assert "I mejlet valde du att inte komma. Tryck på ”Jag kommer inte” så sparas svaret." in page

    def test_a_deputy_is_asked_to_come_instead(self, client, meeting, deputy):
        client.force_login(deputy.user)
        assert "Svara om du kommer i någon annans ställe." in flat(client.get(at(meeting, "meeting")))

    def test_an_empty_answer_is_refused_and_says_so(self, client, meeting, anna):
        client.force_login(anna.user)
        answer = client.post(at(meeting, "answer"))
        assert answer.status_code == 422
        assert "Välj om du kommer eller inte." in flat(answer)

    def test_an_answer_to_the_old_hours_is_asked_for_again(self, client, meeting, anna, leader):
        AttendanceFactory(meeting=meeting, delegate=anna, answer="yes")
        seen = digest(content_of(meeting, "goals", "place", "link", "starts_at", "ends_at"))
        new = {"goals": "", "place": "", "link": "", "starts_at": time(13), "ends_at": time(16)}
        save_meeting(meeting=meeting, **new, seen=seen, by=leader)
        client.force_login(anna.user)
        assert "Svaret gällde den gamla dagen eller tiden." in flat(client.get(at(meeting, "meeting")))
        meeting.refresh_from_db()
        assert counts_of(people(meeting, anna.user), meeting)[0].silent == 1

    def at_one(self, meeting, leader, **more):
        meeting.refresh_from_db()
        seen = digest(content_of(meeting, "goals", "place", "link", "starts_at", "ends_at"))
        new = {"goals": "", "place": "", "link": "", "starts_at": time(13), "ends_at": time(16), **more}
        return save_meeting(meeting=meeting, **new, seen=seen, by=leader)

    def test_whoever_comes_is_told_of_the_new_hours_and_nobody_else(self, meeting, own, anna, mate, leader):
        AttendanceFactory(meeting=meeting, delegate=anna, answer="yes")
        # Who represents two is told once; who is no longer there, stays at home or has not answered is not told.
        twice = DelegateFactory(participation=mate, user=anna.user)
        gone = DelegateFactory(participation=own, ends_on=BEFORE - timedelta(days=1))
        absent, _silent = (DelegateFactory(participation=own) for _ in range(2))
        for delegate, answer in ((twice, "yes"), (gone, "yes"), (absent, "no")):
            AttendanceFactory(meeting=meeting, delegate=delegate, answer=answer)
        self.at_one(meeting, leader)
        [mail] = Mail.objects.all()
        assert (mail.kind, mail.recipient, mail.path) == ("meeting_hours", anna.user, meeting.get_absolute_url())
        with mail.files.get().file.open("rb") as stored:
            assert b"SEQUENCE:1\r\n" in stored.read()
        days = [line for line in mail.text.splitlines() if line.startswith(("Förut:", "Nu:"))]
        assert [line.partition(" kl. ")[2] for line in days] == ["9.00–12.00", "13.00–16.00"]

    def test_twice_changed_is_told_twice_and_the_same_hours_again_never(self, meeting, anna, leader):
        AttendanceFactory(meeting=meeting, delegate=anna, answer="yes")
        for hour in (13, 13, 14):
            self.at_one(meeting, leader, starts_at=time(hour))
        assert Mail.objects.count() == 2

    def test_a_meeting_that_has_been_or_is_called_off_tells_nobody(self, now, meeting, anna, leader):
        AttendanceFactory(meeting=meeting, delegate=anna, answer="yes")
        type(meeting).objects.update(cancelled_on=BEFORE)
        self.at_one(meeting, leader)
        type(meeting).objects.update(cancelled_on=None)
        now.move_to(AFTER)
        self.at_one(meeting, leader, starts_at=time(14))
        assert not Mail.objects.exists()

    def test_another_place_is_no_other_time(self, meeting, leader):
        seen = digest(content_of(meeting, "goals", "place", "link", "starts_at", "ends_at"))
        new = {"goals": "", "place": "Stadshuset", "link": "", "starts_at": time(9), "ends_at": time(12)}
        assert save_meeting(meeting=meeting, **new, seen=seen, by=leader).sequence == 0

    def test_nothing_is_answered_after_the_day_or_to_what_is_called_off(self, client, now, meeting, anna):
        client.force_login(anna.user)
        now.move_to(AFTER)
        assert client.post(at(meeting, "answer"), {"answer": "yes"}).status_code == 403
        now.move_to(BEFORE)
        type(meeting).objects.update(cancelled_on=BEFORE)
        assert client.post(at(meeting, "answer"), {"answer": "yes"}).status_code == 403
        assert "är inställd." in flat(client.get(at(meeting, "meeting")))


class TestDeputies:
    @pytest.fixture
    def said_no(self, meeting, anna, deputy):
        AttendanceFactory(meeting=meeting, delegate=anna, answer="no")

    def test_they_are_of_the_same_function_in_the_same_organisation(self, meeting, anna, deputy, mate):
        DelegateFactory(participation=anna.participation, function=Function.MANAGER, deputy=True)
        DelegateFactory(participation=mate, function=Function.POLITICIAN, deputy=True)
        deputies = deputies_for(person(meeting, anna), people(meeting, anna.user))
        assert [invitee.pk for invitee in deputies] == [deputy.pk]

    def test_one_mail_however_often_it_is_asked(self, client, meeting, anna, deputy, said_no):
        client.force_login(anna.user)
        for _ in range(2):
            client.post(at(meeting, "deputy", deputy.pk))
        [mail] = Mail.objects.all()
        assert (mail.kind, mail.recipient) == ("deputy_asked", deputy.user)
        assert mail.subject == f"Kan du komma till {meeting} i stället för Anna Ek?"
        assert mail.reason == f"Du får mejlet för att du är ersättare för Anna Ek i {anna.participation}."
        assert mail.path == f"{at(meeting, 'meeting')}?svar=ja"
        assert mail.files.get().media_type.startswith("text/calendar; method=PUBLISH")
        assert "Frågad" in flat(client.get(at(meeting, "meeting")))

    def test_a_moved_meeting_may_ask_anew(self, meeting, anna, deputy, said_no):
        for sequence in (0, 1):
            type(meeting).objects.update(sequence=sequence)
            Attendance.objects.update(answered_to=sequence)
            meeting.refresh_from_db()
            absent, other = person(meeting, anna), person(meeting, deputy)
            assert ask_deputy(meeting=meeting, absent=absent, deputy=other, by=anna.user)
        assert Mail.objects.count() == 2

    def test_first_one_says_no(self, meeting, anna, deputy):
        absent, other = person(meeting, anna), person(meeting, deputy)
        with pytest.raises(ActionRefused):
            ask_deputy(meeting=meeting, absent=absent, deputy=other, by=anna.user)
        assert not Mail.objects.exists()

    def test_nobody_elses_deputy_can_be_asked(self, client, meeting, mate, deputy, said_no):
        other = DelegateFactory(participation=mate, function=Function.POLITICIAN)
        AttendanceFactory(meeting=meeting, delegate=other, answer="no")
        client.force_login(other.user)
        answer = client.post(at(meeting, "deputy", deputy.pk), follow=True)
        assert "Personen är inte längre ersättare. Ingen fråga är skickad." in answer.text
        assert not Mail.objects.exists()

    def test_a_deputy_counts_when_they_come_and_is_not_awaited(self, meeting, anna, deputy):
        count = counts_of(people(meeting, anna.user), meeting)[0]
        assert (count.yes, count.silent) == (0, 1)
        AttendanceFactory(meeting=meeting, delegate=deputy, answer="yes")
        count = counts_of(people(meeting, anna.user), meeting)[0]
        assert (count.yes, count.silent) == (1, 1)


class TestPreparing:
    def test_each_sees_their_own_and_what_is_for_all(self, client, meeting, anna):
        for function, text in (("", "För alla"), ("politician", "För politiker"), ("manager", "För chefer")):
            PreparationFactory(meeting=meeting, function=function, text=text)
        client.force_login(anna.user)
        page = flat(client.get(at(meeting, "meeting")))
        assert "För alla" in page
        assert "För politiker" in page
        assert "För chefer" not in page
        assert "Två saker kvar att förbereda" in page

    def test_its_day_follows_the_meetings(self, meeting, anna):
        PreparationFactory(meeting=meeting, days_before=14)
        PreparationFactory(meeting=meeting, days_before=7)
        todos = page_of(meeting, anna.user, BEFORE).todos
        assert [(todo.due_on, todo.late) for todo in todos] == [(date(2026, 9, 17), True), (date(2026, 9, 24), False)]

    def test_a_tick_is_ones_own_and_can_be_taken_back(self, client, meeting, anna, strategist):
        preparation = PreparationFactory(meeting=meeting)
        client.force_login(anna.user)
        for _ in range(2):
            client.post(at(meeting, "tick", preparation.pk), {"done": "ja"})
        assert [tick.delegate for tick in preparation.ticks.all()] == [anna]
        assert not page_of(meeting, strategist.user, BEFORE).todos[0].done
        client.post(at(meeting, "tick", preparation.pk), {"done": "nej"})
        assert not preparation.ticks.exists()

    def test_nobody_ticks_what_is_for_others(self, client, meeting, anna):
        preparation = PreparationFactory(meeting=meeting, function=Function.MANAGER)
        client.force_login(anna.user)
        client.post(at(meeting, "tick", preparation.pk), {"done": "ja"})
        assert not preparation.ticks.exists()

    def test_the_headline_says_when_all_is_done(self, meeting, anna):
        preparation = PreparationFactory(meeting=meeting)
        tick_preparation(preparation=preparation, delegates=[anna], done=True, by=anna.user)
        AttendanceFactory(meeting=meeting, delegate=anna, answer="yes")
        assert page_of(meeting, anna.user, BEFORE).headline == "Torsdag 1 oktober kl. 9.00. Du är förberedd."

    def test_a_mentor_is_not_told_to_do_the_participants_homework(self, client, cohort, meeting):
        mentor = DelegateFactory(participation__cohort=cohort, participation__role=Role.MENTOR)
        theirs = PreparationFactory(meeting=meeting, text="Gör er presentation")
        client.force_login(mentor.user)
        page = client.get(at(meeting, "meeting"))
        assert page.context["page"].mine
        assert "Gör er presentation" not in page.text
        client.post(at(meeting, "tick", theirs.pk), {"done": "ja"})
        assert not PreparationTick.objects.exists()


class TestAgenda:
    def test_clock_times_follow_the_hour_it_starts(self, meeting):
        for position, minutes in ((1, 20), (2, 60), (3, 15)):
            AgendaItemFactory(meeting=meeting, position=position, minutes=minutes)
        [day] = agenda_of(meeting, meeting.agenda.all()).days
        assert [block.clock for block in day.blocks] == ["9.00–9.20", "9.20–10.20", "10.20–10.35"]

    def test_side_by_side_takes_as_long_as_the_longest(self, meeting):
        AgendaItemFactory(meeting=meeting, position=1, minutes=30, part="politician")
        AgendaItemFactory(meeting=meeting, position=1, minutes=60, part="manager", whose=Whose.SKR)
        agenda = agenda_of(meeting, meeting.agenda.all())
        assert agenda.minutes == 60
        # For half of those there it is SKR's hour; for the others half an hour of exchange and as long a break.
        assert (agenda.skr, agenda.exchange) == (30, 15)
        assert sum(share.minutes for share in agenda.shares) == 60

    def test_whose_time_it_is_in_words(self, meeting):
        AgendaItemFactory(meeting=meeting, position=1, minutes=90, whose=Whose.SKR)
        AgendaItemFactory(meeting=meeting, position=2, minutes=150)
        agenda = agenda_of(meeting, meeting.agenda.all())
        assert (
            agenda.words
            == "Deltagarnas utbyte tar 2\N{NO-BREAK SPACE}tim 30\N{NO-BREAK SPACE}min av 4\N{NO-BREAK SPACE}tim."
        )
        assert not agenda.skr_speaks_most
        assert agenda.over == 60

    def test_the_editor_is_warned_when_skr_speaks_most(self, client, meeting, leader):
        AgendaItemFactory(meeting=meeting, position=1, minutes=60, whose=Whose.SKR)
        client.force_login(leader)
        assert "SKR talar mer än deltagarna" in flat(client.get(at(meeting, "agenda")))
        AgendaItemFactory(meeting=meeting, position=2, minutes=60)
        assert "SKR talar mer än deltagarna" not in flat(client.get(at(meeting, "agenda")))

    def test_a_second_day_starts_when_its_first_item_says(self, meeting):
        meeting.ends_on = AFTER
        AgendaItemFactory(meeting=meeting, position=1, minutes=60)
        AgendaItemFactory(meeting=meeting, position=2, minutes=60, day=2)
        AgendaItemFactory(meeting=meeting, position=3, minutes=60, day=2, starts_at=time(8, 30))
        agenda = agenda_of(meeting, meeting.agenda.all())
        assert [[block.clock for block in day.blocks] for day in agenda.days] == [["9.00–10.00"], ["", "8.30–9.30"]]
        assert agenda.length is None

    def test_an_agenda_past_midnight_shows_no_wrong_hours(self, meeting):
        AgendaItemFactory(meeting=meeting, position=1, minutes=901)
        assert agenda_of(meeting, meeting.agenda.all()).days[0].blocks[0].clock == ""

    def test_ones_own_part_is_marked_and_no_other(self, client, meeting, anna, leader):
        for part in ("politician", "manager", "strategist"):
            AgendaItemFactory(meeting=meeting, position=1, part=part, title=f"För {part}")
        client.force_login(anna.user)
        page = flat(client.get(at(meeting, "meeting")))
        assert page.count("data-own") == page.count("din del") == 1
        assert page.index("För politician") < page.index("din del") < page.index("För manager")
        client.force_login(leader)
        assert "data-own" not in client.get(at(meeting, "meeting")).text

    def test_nothing_is_ones_own_where_everything_is(self, meeting, strategist):
        AttendanceFactory(meeting=meeting, delegate=strategist, answer="yes")
        for position in (1, 2):
            AgendaItemFactory(meeting=meeting, position=position, part="strategist")
        page = page_of(meeting, strategist.user, BEFORE)
        assert not any(block.own for of_day in page.agenda.days for block in of_day.blocks)
        assert page.own_time == ""

    def test_a_mentor_is_at_the_mentors_part_where_there_is_one(self, cohort, meeting):
        mentor = DelegateFactory(participation__cohort=cohort, participation__role=Role.MENTOR)
        for position, parts in ((1, (mentor.function, "manager")), (2, (mentor.function, "mentor"))):
            for part in parts:
                AgendaItemFactory(meeting=meeting, position=position, part=part)
        [of_day] = page_of(meeting, mentor.user, BEFORE).agenda.days
        assert [[item.part for item in block.own] for block in of_day.blocks] == [[mentor.function], ["mentor"]]

    @pytest.mark.parametrize(
        ("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 tim"), (375, "6 tim 15 min"), (1440, "24 tim")]
    )
    def test_a_length_is_told_in_hours_and_minutes(self, minutes, words):
        assert length(minutes).replace("\N{NO-BREAK SPACE}", " ") == words

    @pytest.fixture
    def three(self, meeting):
        return [AgendaItemFactory(meeting=meeting, position=n, title=title) for n, title in enumerate("ABC", 1)]

    def order(self, meeting):
        return [item.title for item in meeting.agenda.all()]

    def move(self, client, item, way, seen):
        client.post(at(item.meeting, "agenda_move", item.pk), {"way": way, "seen": seen})

    def test_two_clicks_on_earlier_are_one(self, client, meeting, three, leader):
        client.force_login(leader)
        for _ in range(2):
            self.move(client, three[2], "upp", 3)
        assert self.order(meeting) == ["A", "C", "B"]

    def test_the_first_goes_no_earlier_and_the_last_no_later(self, client, meeting, three, leader):
        client.force_login(leader)
        self.move(client, three[0], "upp", 1)
        self.move(client, three[2], "ner", 3)
        self.move(client, three[2], "ner", "x")
        assert self.order(meeting) == ["A", "B", "C"]

    def test_what_runs_side_by_side_moves_together(self, client, meeting, three, leader):
        AgendaItemFactory(meeting=meeting, position=2, title="B2")
        client.force_login(leader)
        self.move(client, three[1], "upp", 2)
        assert self.order(meeting) == ["B", "B2", "A", "C"]

    FORM = {"title": "Samtal", "minutes": "45", "part": "politician", "whose": "exchange", "beside": "0", "text": ""}

    def test_two_clicks_add_one(self, client, meeting, three, leader):
        client.force_login(leader)
        for _ in range(2):
            client.post(at(meeting, "agenda"), self.FORM)
        assert self.order(meeting) == ["A", "B", "C", "Samtal"]

    def test_the_second_of_two_clicks_adds_nothing_and_is_told_nothing_else(self, client, meeting, three, leader):
        AgendaItemFactory(meeting=meeting, position=4, part="manager")
        client.force_login(leader)
        for beside in ("4", "0"):
            form = {**self.FORM, "title": f"Vid {beside}", "beside": beside}
            assert [client.post(at(meeting, "agenda"), form).status_code for _ in range(2)] == [302, 302]
            assert meeting.agenda.filter(title=form["title"]).count() == 1

    def test_parts_for_all_are_never_beside_another(self, client, meeting, three, leader):
        item = AgendaItemFactory(meeting=meeting, position=4, part="manager")
        client.force_login(leader)
        assert client.post(at(meeting, "agenda"), {**self.FORM, "beside": "4"}).status_code == 302
        refused = client.post(at(meeting, "agenda"), {**self.FORM, "part": "joint", "beside": "4"})
        assert refused.status_code == 422
        assert "Samtal" in flat(refused)  # what was typed stays
        again = client.post(at(meeting, "agenda"), {**self.FORM, "title": "Ett till", "beside": "4"})
        assert "Samma deltagare har redan en annan punkt samtidigt." in flat(again)
        assert [part.title for part in meeting.agenda.filter(position=4)] == [item.title, "Samtal"]

    def test_of_two_who_change_the_same_item_nobodys_words_are_lost(self, client, meeting, three, leader):
        client.force_login(leader)
        address = at(meeting, "agenda_item", three[0].pk)
        seen = client.get(address).context["form"]["seen"].value()
        mine = {**self.FORM, "part": "joint", "beside": "", "seen": seen}
        type(three[0]).objects.filter(pk=three[0].pk).update(title="Den andras")
        answer = client.post(address, mine)
        assert answer.status_code == 422
        assert "Den andras" in flat(answer)
        assert 'value="Samtal"' in flat(answer)
        client.post(address, {**mine, "seen": answer.context["form"]["seen"].value()})
        assert self.order(meeting) == ["Samtal", "B", "C"]

    def test_a_copy_adds_what_is_lacking_and_the_same_again_adds_nothing(self, meeting, leader):
        source = MeetingFactory(cohort=meeting.cohort, starts_on=date(2026, 12, 1))
        for title, part in (("Samling", "joint"), ("Hur leder vi?", "politician")):
            AgendaItemFactory(meeting=source, position=1, title=title, part=part)
        PreparationFactory(meeting=source, text="Läs")
        HostTaskFactory(meeting=source, text="Boka", done_on=BEFORE, done_by="Lena")
        AgendaItemFactory(meeting=meeting, position=1, title="Samling", part="joint")
        everything = {"agenda": True, "preparations": True, "tasks": True}
        assert copy_from(meeting=meeting, source=source, by=leader, **everything) == 3
        assert copy_from(meeting=meeting, source=source, by=leader, **everything) == 0
        assert self.order(meeting) == ["Samling", "Hur leder vi?"]
        assert meeting.host_tasks.get().done_on is None
        assert source.agenda.count() == 2


class TestEditing:
    def test_the_hosts_strategist_writes_but_gives_nobody_the_task(self, client, meeting, own, strategist):
        type(meeting).objects.update(host=own)
        client.force_login(strategist.user)
        page = client.get(at(meeting, "edit"))
        assert "Vem är värd?" not in flat(page)
        seen = page.context["form"]["seen"].value()
        client.post(
            at(meeting, "edit"), {"place": "Stadshuset", "starts_at": "09:00", "ends_at": "12:00", "seen": seen}
        )
        meeting.refresh_from_db()
        assert (meeting.place, meeting.sequence) == ("Stadshuset", 0)
        event = AuditEvent.objects.get(kind="meeting_saved")
        assert (event.organisation, event.data["what"]) == (own.organisation.code, "plats")

    def test_skrs_doings_are_in_skrs_trail(self, meeting, own, leader):
        type(meeting).objects.update(host=own)
        save_documentation(meeting=meeting, documentation="Så blev det.", seen=digest({"documentation": ""}), by=leader)
        assert AuditEvent.objects.get(kind="meeting_saved").organisation == ""

    def test_of_two_who_document_nobodys_words_are_lost(self, meeting, leader):
        seen = digest({"documentation": ""})
        save_documentation(meeting=meeting, documentation="Mitt.", seen=seen, by=leader)
        with pytest.raises(Stale) as stale:
            save_documentation(meeting=meeting, documentation="Ditt.", seen=seen, by=leader)
        assert stale.value.stored == {"documentation": "Mitt."}

    def test_a_ticked_task_tells_who_and_when(self, client, meeting, leader):
        task = HostTaskFactory(meeting=meeting)
        client.force_login(leader)
        for _ in range(2):
            client.post(at(meeting, "host_task_tick", task.pk), {"done": "ja"})
        task.refresh_from_db()
        assert (task.done_on, task.done_by) == (BEFORE, "Lena Lind")
        assert AuditEvent.objects.filter(kind="host_task_ticked").count() == 1


class TestAttendance:
    @pytest.fixture
    def all_three(self, own, anna, strategist):
        return [anna, strategist, DelegateFactory(participation=own, function=Function.MANAGER)]

    def record(self, client, meeting, *present):
        seen = client.get(at(meeting, "attendance")).context["form"]["seen"].value()
        return client.post(at(meeting, "attendance"), {"present": [delegate.pk for delegate in present], "seen": seen})

    def test_all_in_one_go_and_of_a_deputy_who_did_not_come_nothing(
        self, client, now, meeting, all_three, deputy, leader
    ):
        now.move_to(DAY)
        client.force_login(leader)
        self.record(client, meeting, *all_three[:2])
        stored = dict(Attendance.objects.values_list("delegate", "attended"))
        assert stored == {all_three[0].pk: True, all_three[1].pk: True, all_three[2].pk: False}

    def test_nobody_was_there_is_recorded_too(self, client, now, meeting, anna, leader):
        now.move_to(DAY)
        client.force_login(leader)
        self.record(client, meeting)
        assert Attendance.objects.get().attended is False

    def test_an_answer_is_kept_beside_who_came(self, client, now, meeting, anna, leader):
        AttendanceFactory(meeting=meeting, delegate=anna, answer="no")
        now.move_to(DAY)
        client.force_login(leader)
        self.record(client, meeting, anna)
        row = Attendance.objects.get()
        assert (row.answer, row.attended) == ("no", True)

    def test_those_who_said_yes_are_suggested_and_nothing_is_stored(self, client, now, meeting, anna, leader):
        AttendanceFactory(meeting=meeting, delegate=anna, answer="yes")
        now.move_to(DAY)
        client.force_login(leader)
        page = client.get(at(meeting, "attendance"))
        assert page.context["checked"] == {str(anna.pk)}
        assert Attendance.objects.get().attended is None

    def test_it_is_not_recorded_before_the_day(self, client, meeting, anna, leader):
        client.force_login(leader)
        assert self.record(client, meeting, anna).status_code == 422

    def test_of_two_who_record_nobodys_is_lost(self, now, meeting, all_three, leader):
        now.move_to(DAY)
        there, seen = people(meeting, leader, DAY), digest({"present": []})
        record_attendance(meeting=meeting, people=there, present=[str(all_three[0].pk)], seen=seen, by=leader)
        with pytest.raises(Stale):
            record_attendance(meeting=meeting, people=there, present=[str(all_three[1].pk)], seen=seen, by=leader)

    def composition(self, meeting, leader):
        return composition_of(meeting, organisations_at(meeting), people(meeting, leader, DAY))

    def test_the_composition_in_words(self, meeting, all_three, mate, leader):
        assert self.composition(meeting, leader).words == ""
        for delegate in all_three:
            AttendanceFactory(meeting=meeting, delegate=delegate, attended=True)
        composition = self.composition(meeting, leader)
        assert composition.words == "En av två organisationer deltog med alla tre funktioner."
        assert [lack.words for lack in composition.lacks] == [f"{mate} saknar politiker, chef och strateg."]
        for function in (Function.POLITICIAN, Function.MANAGER, Function.STRATEGIST):
            seat = DelegateFactory(participation=mate, function=function)
            AttendanceFactory(meeting=meeting, delegate=seat, attended=True)
        assert self.composition(meeting, leader).words == "Båda organisationerna deltog med alla tre funktioner."

    def test_mentors_are_not_counted(self, meeting, all_three, group, leader):
        DelegateFactory(participation=GroupMentorFactory(group=group).participation)
        for delegate in all_three:
            AttendanceFactory(meeting=meeting, delegate=delegate, attended=True)
        assert self.composition(meeting, leader).organisations == 1


class TestWhatIsSaid:
    @pytest.fixture(autouse=True)
    def on_the_day(self, now):
        now.move_to(DAY)

    def readers(self, model, *participations):
        readable = {}
        for participation in participations:
            user = DelegateFactory(participation=participation).user
            readable[participation.pk] = list(model.objects.visible_to(roles_of(user)))
        return list(readable.values())

    @pytest.mark.parametrize("factory", [AgreementFactory, ImpressionFactory])
    def test_ones_group_and_its_mentors_read_it_and_others_do_not(self, meeting, own, mate, group, stranger, factory):
        mentor = GroupMentorFactory(group=group).participation
        row = factory(meeting=meeting, participation=own)
        near, mentors, far = self.readers(type(row), mate, mentor, stranger)
        assert (near, mentors, far) == ([row], [row], [])

    def test_what_a_mentor_writes_is_read_by_its_group(self, meeting, own, group, stranger):
        mentor = GroupMentorFactory(group=group).participation
        row = ImpressionFactory(meeting=meeting, participation=mentor)
        assert self.readers(Impression, own, stranger) == [[row], []]

    def test_in_an_omgang_without_groups_all_read_it(self, meeting):
        first, second = (ParticipationFactory(cohort=meeting.cohort) for _ in range(2))
        row = AgreementFactory(meeting=meeting, participation=first)
        assert self.readers(Agreement, second, ParticipationFactory()) == [[row], []]

    def test_what_is_for_all_at_a_groups_own_meeting_is_the_groups(self, cohort, group, own, stranger):
        row = AgreementFactory(meeting=MeetingFactory(cohort=cohort, group=group))
        assert self.readers(Agreement, own, stranger) == [[row], []]

    def test_an_impression_has_its_organisation_and_nobodys_name(self, client, meeting, own, anna, strategist):
        client.force_login(anna.user)
        client.post(at(meeting, "impressions"), {"kind": "minus", "text": "För lite tid."})
        client.force_login(strategist.user)
        page = flat(client.get(at(meeting, "impressions")))
        assert "För lite tid." in page
        assert own.organisation.name in page
        assert "Anna Ek" not in page
        assert "Ändra eller ta bort" not in page
        assert not AuditEvent.objects.filter(actor="Anna Ek").exists()

    def test_one_changes_and_takes_back_ones_own_alone(self, client, meeting, own, anna, strategist):
        row = ImpressionFactory(meeting=meeting, participation=own, written_by=anna.user)
        client.force_login(strategist.user)
        assert client.post(reverse("meetings:impression_remove", args=[row.pk])).status_code == 403
        client.force_login(anna.user)
        assert "Ändra eller ta bort" in flat(client.get(at(meeting, "impressions")))
        client.post(reverse("meetings:impression_remove", args=[row.pk]))
        assert not Impression.objects.exists()

    def test_nothing_is_written_before_the_meeting(self, now, client, meeting, strategist, own, mate):
        now.move_to(BEFORE)
        client.force_login(strategist.user)
        for name, data in (
            ("agreements", {"text": "Pröva"}),
            ("impressions", {"kind": "plus", "text": "Bra"}),
            ("ideas", {"text": "En mall", "source": mate.pk}),
        ):
            answer = client.post(at(meeting, name), data)
            assert answer.status_code == 422
            assert "när träffen har börjat" in flat(answer)
        assert [model.objects.count() for model in (Agreement, Impression, Takeaway)] == [0, 0, 0]

    def test_one_that_has_left_writes_nothing_more(self, client, meeting, own, anna):
        type(own).objects.filter(pk=own.pk).update(status=Status.WITHDRAWN, withdrawn_on=BEFORE)
        client.force_login(anna.user)
        for name in ("impressions", "ideas", "agreements", "material"):
            assert client.post(at(meeting, name), {"kind": "plus", "text": "Bra"}).status_code == 403

    def test_one_that_was_not_in_the_omgang_then_has_nothing_to_say(self, client, meeting, own, anna):
        type(own).objects.filter(pk=own.pk).update(joined_on=meeting.starts_on + timedelta(days=1))
        client.force_login(anna.user)
        answer = client.post(at(meeting, "impressions"), {"kind": "plus", "text": "Bra"})
        assert answer.status_code == 422
        assert "Er organisation var inte med i omgången den dagen" in flat(answer)

    def test_two_clicks_write_once(self, meeting, own, anna, strategist, mate):
        for _ in range(2):
            save_impression(
                impression=Impression(meeting=meeting),
                participation=own,
                kind="plus",
                text="Bra",
                seen="",
                by=anna.user,
            )
            note_idea(meeting=meeting, participation=own, source=mate, text="En mall", by=strategist.user)
            save_agreement(
                agreement=Agreement(meeting=meeting),
                participation=own,
                function="",
                text="Pröva",
                owner=None,
                due_on=None,
                seen="",
                by=strategist.user,
            )
        assert (Impression.objects.count(), Takeaway.objects.count(), Agreement.objects.count()) == (1, 1, 1)


class TestAgreements:
    @pytest.fixture(autouse=True)
    def afterwards(self, now):
        now.move_to(AFTER)

    def test_the_owner_is_of_the_same_organisation(self, client, meeting, own, anna, mate, leader):
        client.force_login(leader)
        answer = client.post(at(meeting, "agreements"), {"text": "Pröva", "participation": mate.pk, "owner": anna.pk})
        assert answer.status_code == 422
        assert "Den ansvariga ska vara från samma organisation." in flat(answer)

    def test_a_strategist_writes_for_the_own_organisation_and_for_all(self, client, meeting, strategist, own, mate):
        client.force_login(strategist.user)
        assert client.post(at(meeting, "agreements"), {"text": "Vi", "participation": own.pk}).status_code == 302
        assert client.post(at(meeting, "agreements"), {"text": "Alla"}).status_code == 302
        assert client.post(at(meeting, "agreements"), {"text": "Ni", "participation": mate.pk}).status_code == 422
        assert {row.text for row in Agreement.objects.all()} == {"Vi", "Alla"}

    def test_its_owner_marks_it_done_and_two_clicks_are_one(self, client, meeting, own, anna):
        row = AgreementFactory(meeting=meeting, participation=own, owner=anna)
        client.force_login(anna.user)
        for _ in range(2):
            client.post(reverse("meetings:agreement_tick", args=[row.pk]), {"done": "ja"})
        row.refresh_from_db()
        assert row.done_on == AFTER
        assert AuditEvent.objects.filter(kind="agreement_done").count() == 1
        assert client.get(reverse("meetings:agreement", args=[row.pk])).status_code == 403

    def test_next_time_begins_with_what_was_agreed_last_time(self, cohort, meeting, own, anna):
        older = MeetingFactory(cohort=cohort, starts_on=date(2026, 5, 1))
        done = AgreementFactory(meeting=older, participation=own, done_on=date(2026, 6, 1))
        left = AgreementFactory(meeting=older, participation=own)
        last = AgreementFactory(meeting=meeting, participation=own, done_on=AFTER)
        following = MeetingFactory(cohort=cohort, starts_on=date(2026, 12, 1))
        page = page_of(following, anna.user, AFTER)
        assert [row.agreement for row in page.earlier] == [last, left]
        assert done not in [row.agreement for row in page.earlier]

    def test_each_that_one_may_change_has_its_way_there_in_its_own_row(self, client, cohort, meeting, strategist, own):
        """Agreed again in the same words, also at the meeting before: the names of the ways differ."""
        older = MeetingFactory(cohort=cohort, starts_on=date(2026, 5, 1), name="Uppstarten")
        rows = [
            AgreementFactory(meeting=then, participation=whose, text="Pröva mallen")
            for then in (older, meeting)
            for whose in (own, None)
        ]
        other = AgreementFactory(meeting=meeting, participation=ParticipationFactory(cohort=cohort))
        client.force_login(strategist.user)
        list_rows = re.findall(r"<li.*?</li>", flat(client.get(at(meeting, "agreements"))))
        names = {}
        for row in rows:
            way = f'href="{reverse("meetings:agreement", args=[row.pk])}">'
            [listed] = [list_row for list_row in list_rows if way in list_row]
            assert row.text in listed
            names[row.pk] = re.sub("<[^>]+>", "", listed.split(way)[1].split("</a>")[0])
        assert len(set(names.values())) == len(rows), names
        assert not any(reverse("meetings:agreement", args=[other.pk]) in list_row for list_row in list_rows)

    def test_late_is_told_and_what_is_done_is_not_late(self, meeting, own, anna):
        row = AgreementFactory(meeting=meeting, participation=own, due_on=DAY)
        assert page_of(meeting, anna.user, AFTER).outcome.agreements[0].late
        tick_agreement(agreement=row, done=True, by=anna.user)
        assert not page_of(meeting, anna.user, AFTER).outcome.agreements[0].late


class TestMaterial:
    def send(self, client, meeting, user, content=PDF, name="bilder.pdf", **more):
        client.force_login(user)
        file = SimpleUploadedFile(name, content)
        return client.post(at(meeting, "material"), {"what": "file", "file": file, **more})

    def test_a_participants_file_is_its_presentation_and_is_given_back_to_save(self, client, meeting, own, strategist):
        assert self.send(client, meeting, strategist.user).status_code == 302
        row = Material.objects.get()
        assert (row.participation, row.kind, row.title) == (own, "presentation", "bilder")
        answer = client.get(reverse("meetings:material_file", args=[row.pk]))
        assert answer["Content-Disposition"] == 'attachment; filename="bilder.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert b"".join(answer.streaming_content) == PDF

    def test_one_that_is_gone_is_told_on_the_page_and_at_its_address(self, client, meeting, strategist):
        self.send(client, meeting, strategist.user)
        said = "Filen finns inte kvar. Ta bort den här raden och lägg till filen igen."
        assert said not in client.get(at(meeting, "material")).text
        row = Material.objects.get()
        row.file.storage.delete(row.file.name)
        assert said in client.get(at(meeting, "material")).text
        answer = client.get(reverse("meetings:material_file", args=[row.pk]))
        assert answer.status_code == 404
        assert "Be den som lade upp filen att lägga upp den igen." in answer.text

    def test_skrs_belongs_to_no_organisation(self, client, meeting, leader):
        assert self.send(client, meeting, leader, kind="documentation").status_code == 302
        row = Material.objects.get()
        assert (row.participation, row.kind) == (None, "documentation")

    @pytest.mark.parametrize(("name", "content"), [("sida.pdf", b"<html>"), ("bilder.exe", b"MZ"), ("b.png", PDF)])
    def test_what_it_is_not_is_refused(self, client, meeting, strategist, name, content):
        assert self.send(client, meeting, strategist.user, content, name).status_code == 422
        assert not Material.objects.exists()

    def test_the_same_file_twice_is_one(self, client, meeting, strategist):
        assert self.send(client, meeting, strategist.user).status_code == 302
        assert self.send(client, meeting, strategist.user).status_code == 422
        assert Material.objects.count() == 1

    def test_a_link_must_lead_to_the_web(self, client, meeting, strategist):
        client.force_login(strategist.user)
        answer = client.post(at(meeting, "material"), {"what": "link", "url": "javascript:alert(1)"})
        assert answer.status_code == 422
        assert not Material.objects.exists()

    def test_a_host_takes_away_no_others_presentation(self, client, meeting, own, strategist, mate):
        type(meeting).objects.update(host=mate)
        self.send(client, meeting, strategist.user)
        row = Material.objects.get()
        client.force_login(DelegateFactory(participation=mate).user)
        assert client.post(reverse("meetings:material_remove", args=[row.pk])).status_code == 403
        client.force_login(strategist.user)
        client.post(reverse("meetings:material_remove", args=[row.pk]))
        assert not Material.objects.exists()

    def test_a_missing_presentation_is_told(self, client, meeting, strategist):
        type(meeting).objects.update(has_presentations=True)
        client.force_login(strategist.user)
        assert "Er presentation är inte tillagd än" in flat(client.get(at(meeting, "meeting")))
        self.send(client, meeting, strategist.user)
        assert "Er presentation är inte tillagd än" not in flat(client.get(at(meeting, "meeting")))


class TestIdeas:
    @pytest.fixture
    def idea(self, now, meeting, own, mate):
        now.move_to(AFTER)
        return TakeawayFactory(meeting=meeting, participation=own, source=mate, text="En mall för beslut")

    def work(self, client, participation):
        return flat(client.get(reverse("improvements:work", args=[participation.cohort.slug, participation.code])))

    def test_it_becomes_one_improvement_with_credit(self, client, idea, strategist, mate):
        client.force_login(strategist.user)
        address = reverse("improvements:from_idea", args=[idea.pk])
        form = client.get(address).context["form"]
        assert (form["title"].value(), form["borrowed_from"].value()) == ("En mall för beslut", mate.organisation_id)
        data = {
            "title": "En mall för beslut",
            "aim": "Beslut med mål.",
            "borrowed_from": mate.organisation_id,
            "readers": "us",
        }
        for _ in range(2):
            client.post(address, data)
        made = Improvement.objects.get()
        assert (made.takeaway, made.borrowed_from) == (idea, mate.organisation)
        assert client.get(address).url == reverse("improvements:improvement", args=[made.pk])
        refused = client.post(address, {**data, "title": "En annan rubrik"})
        assert "Idén är redan ett förbättringsarbete." in flat(refused)
        assert "Blev förbättringsarbetet" in self.work(client, idea.participation)

    def test_an_idea_from_another_group_is_credited_too(self, client, meeting, own, stranger, strategist):
        idea = TakeawayFactory(meeting=meeting, participation=own, source=stranger)
        client.force_login(strategist.user)
        data = {
            "title": "En mall",
            "aim": "Beslut med mål.",
            "borrowed_from": stranger.organisation_id,
            "readers": "us",
        }
        client.post(reverse("improvements:from_idea", args=[idea.pk]), data)
        assert Improvement.objects.get().borrowed_from == stranger.organisation

    def test_whose_it_was_sees_that_it_was_taken_and_others_do_not(self, client, idea, own, mate, stranger):
        for participation, sees in ((mate, True), (stranger, False)):
            client.force_login(DelegateFactory(participation=participation).user)
            sentence = f"{own.organisation.name} har tagit med sig en idé från er: En mall för beslut"
            assert (sentence in self.work(client, participation)) is sees

    def test_it_comes_from_another(self, client, idea, own, strategist):
        client.force_login(strategist.user)
        answer = client.post(at(idea.meeting, "ideas"), {"text": "Vår egen", "source": own.pk})
        assert answer.status_code == 422
        assert "Välj en annan organisation än er egen." in flat(answer)

    def test_the_improvement_outlives_the_note(self, client, idea, own, strategist):
        made = Improvement.objects.create(participation=own, title="Mallen", takeaway=idea)
        client.force_login(strategist.user)
        client.post(reverse("meetings:idea_remove", args=[idea.pk]))
        made.refresh_from_db()
        assert made.takeaway is None


class TestThePage:
    @pytest.mark.parametrize(
        ("day", "phase", "says"),
        [
            (date(2026, 9, 3), Phase.BEFORE, "Torsdag 1 oktober kl. 9.00, om fyra veckor."),
            (date(2026, 9, 26), Phase.BEFORE, "Torsdag 1 oktober kl. 9.00. Kommer du?"),
            (DAY, Phase.DURING, "I dag är det {}."),
            (AFTER, Phase.AFTER, "{}: resultat och överenskommelser."),
        ],
    )
    def test_each_state_has_its_sentence(self, now, meeting, anna, day, phase, says):
        now.move_to(day)
        page = page_of(meeting, anna.user, day)
        assert page.phase == phase
        assert page.headline == says.format(meeting.name)

    @pytest.mark.parametrize(
        ("days", "says"),
        [
            (1, ", i morgon."),
            (2, ", om två dagar."),
            (14, ", om 14 dagar."),
            (15, ", om två veckor."),
            (20, ", om två veckor."),
            (21, ", om tre veckor."),
            (12 * 7 + 6, ", om tolv veckor."),
            (13 * 7, "."),
        ],
    )
    def test_how_far_ahead_it_is(self, now, meeting, days, says):
        day = DAY - timedelta(days=days)
        now.move_to(day)
        assert page_of(meeting, UserFactory(), day).headline == f"Torsdag 1 oktober kl. 9.00{says}"

    def test_the_year_is_told_where_it_is_another(self, meeting):
        assert page_of(meeting, UserFactory(), date(2025, 12, 1)).headline == "Torsdag 1 oktober 2026 kl. 9.00."

    def test_the_headline_tells_what_is_late_before_ones_own_time(self, meeting, anna):
        AttendanceFactory(meeting=meeting, delegate=anna, answer="yes")
        AgendaItemFactory(meeting=meeting, position=1, minutes=60)
        AgendaItemFactory(meeting=meeting, position=2, minutes=60, part="politician")
        assert (
            page_of(meeting, anna.user, BEFORE).headline == "Torsdag 1 oktober kl. 9.00. Politikerna träffas kl. 10.00."
        )
        for _ in range(2):
            PreparationFactory(meeting=meeting, days_before=14)
        assert page_of(meeting, anna.user, BEFORE).headline.endswith(" Två förberedelser är försenade.")

    def test_the_headline_tells_a_mentor_when_the_mentor_speaks(self, cohort, meeting):
        mentor = DelegateFactory(participation__cohort=cohort, participation__role=Role.MENTOR)
        AttendanceFactory(meeting=meeting, delegate=mentor, answer="yes")
        AgendaItemFactory(meeting=meeting, position=1, minutes=60)
        AgendaItemFactory(meeting=meeting, position=2, minutes=60, part=mentor.function)
        AgendaItemFactory(meeting=meeting, position=3, minutes=30, whose=Whose.MENTOR)
        assert page_of(meeting, mentor.user, BEFORE).headline.endswith(" Mentorn berättar kl. 11.00.")

    def test_the_headline_tells_ones_own_day_where_it_is_the_second(self, meeting, anna):
        type(meeting).objects.update(ends_on=AFTER)
        meeting.refresh_from_db()
        AttendanceFactory(meeting=meeting, delegate=anna, answer="no")
        AgendaItemFactory(meeting=meeting, position=1, minutes=60)
        AgendaItemFactory(meeting=meeting, position=2, day=2, minutes=60, part="politician", starts_at=time(8, 30))
        assert page_of(meeting, anna.user, BEFORE).headline.endswith(" Politikerna träffas fredag kl. 8.30.")

    def test_the_headline_tells_skr_who_has_not_answered(self, meeting, anna, strategist, leader):
        assert page_of(meeting, leader, BEFORE).headline == "Torsdag 1 oktober kl. 9.00. Två har inte svarat än."
        for delegate in (anna, strategist):
            AttendanceFactory(meeting=meeting, delegate=delegate, answer="yes")
        page = page_of(meeting, leader, BEFORE)
        assert page.headline == "Torsdag 1 oktober kl. 9.00, om elva dagar."
        assert page.coming.words == "Två kommer och alla har svarat."
        Attendance.objects.filter(delegate=anna).update(answer="no")
        assert page_of(meeting, leader, BEFORE).coming.words == "En kommer, en kommer inte och alla har svarat."

    def test_the_headline_tells_afterwards_what_is_still_open(self, now, meeting, anna, leader):
        AgreementFactory(meeting=meeting)
        AgreementFactory(meeting=meeting, done_on=DAY)
        now.move_to(AFTER)
        assert page_of(meeting, leader, AFTER).headline == f"{meeting.name}: en överenskommelse är inte klar än."
        assert page_of(meeting, anna.user, AFTER).headline == f"{meeting.name}: resultat och överenskommelser."

    def test_what_is_late_stands_before_the_agenda(self, client, now, meeting, anna):
        AgendaItemFactory(meeting=meeting, position=1, title="Välkomna")
        PreparationFactory(meeting=meeting, days_before=7)
        client.force_login(anna.user)
        for day, is_first in ((BEFORE, False), (date(2026, 9, 25), True)):
            now.move_to(day)
            text = client.get(at(meeting, "meeting")).text
            assert (text.index('id="forberedelser"') < text.index('id="dagordning"')) is is_first

    def test_each_day_has_its_hours_with_those_of_the_agenda_within(self, meeting):
        def hours():
            return [of_day.hours for of_day in days_of(meeting, agenda_of(meeting, meeting.agenda.all()))]

        assert hours() == ["9.00–12.00"]
        meeting.ends_on = AFTER
        assert hours() == ["från kl. 9.00", "till kl. 12.00"]
        AgendaItemFactory(meeting=meeting, position=1, minutes=90)
        AgendaItemFactory(meeting=meeting, position=2, day=2, minutes=60, starts_at=time(8, 30))
        assert hours() == ["9.00–10.30", "8.30–12.00"]

    def test_when_it_is_in_words(self, meeting):
        assert when_of(meeting) == "Torsdag 1 oktober 2026 kl. 9.00–12.00"
        meeting.ends_on = AFTER
        assert when_of(meeting) == "Torsdag 1 oktober kl. 9.00 – fredag 2 oktober 2026 kl. 12.00"

    def test_of_another_groups_meeting_only_its_facts_are_told(self, client, now, cohort, group, own, stranger):
        meeting = MeetingFactory(
            cohort=cohort, group=group, starts_on=DAY, documentation="Hemligt nog", link="https://exempel.invalid/rum"
        )
        AgreementFactory(meeting=meeting, text="Bara gruppens")
        now.move_to(AFTER)
        client.force_login(DelegateFactory(participation=stranger).user)
        page = flat(client.get(at(meeting, "meeting")))
        assert meeting.name in page
        for hidden in ("Hemligt nog", "Bara gruppens", "exempel.invalid/rum"):
            assert hidden not in page
        client.force_login(DelegateFactory(participation=own).user)
        assert "Hemligt nog" in flat(client.get(at(meeting, "meeting")))

    def test_whom_to_tell_of_what_one_needs_is_the_host(self, client, meeting, mate, anna):
        type(meeting).objects.update(host=mate)
        DelegateFactory(participation=mate, user__name="Hans Värd", user__email="hans@exempel.invalid")
        client.force_login(anna.user)
        assert "mailto:hans@exempel.invalid" in flat(client.get(at(meeting, "meeting")))

    def test_the_list_has_ones_own_answers_and_other_groups_apart(self, client, cohort, meeting, anna, stranger):
        MeetingFactory(cohort=cohort, group=stranger.group, name="Deras träff", starts_on=DAY)
        AttendanceFactory(meeting=meeting, delegate=anna, answer="yes")
        client.force_login(anna.user)
        listed = client.get(reverse("meetings:meetings", args=[cohort.slug])).context["list"]
        assert [(row.meeting, row.answer) for row in listed.coming] == [(meeting, "Kommer")]
        assert [row.meeting.name for row in listed.others] == ["Deras träff"]

    def test_a_mentor_is_asked_as_the_others_are(self, client, meeting, group):
        mentor = GroupMentorFactory(group=group).participation
        assert mentor.role == Role.MENTOR
        seat = DelegateFactory(participation=mentor, function=Function.MANAGER)
        client.force_login(seat.user)
        client.post(at(meeting, "answer"), {"answer": "yes"})
        assert Attendance.objects.get().delegate == seat
