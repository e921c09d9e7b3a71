"""iCal: read by a calendar of another make (`icalendar`), private, and without a person in it."""

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from cohorts.enums import Function, Role
from cohorts.models import Cohort, Evaluator
from kit.canonical import with_line_ends
from kit.models import AuditEvent
from kit.templatetags.swedish import in_words
from meetings.calendar import CONTROL, calendar, folded, mailed, text
from meetings.kinds import MeetingKind
from meetings.models import CalendarFeed, Meeting
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    EvaluatorFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.process_factories import AgendaItemFactory

pytestmark = pytest.mark.django_db


def read(content):
    return icalendar.Calendar.from_ical(content)


def event_of(meeting):
    [event] = read(calendar([meeting])).walk("VEVENT")
    return event


def events_of(meeting):
    return read(calendar([meeting])).walk("VEVENT")


def at(starts_on, *hours, **more):
    starts_at, ends_at = (time.fromisoformat(hour) for hour in hours) if hours else (None, None)
    return MeetingFactory(starts_on=starts_on, starts_at=starts_at, ends_at=ends_at, **more)


class TestWhen:
    def test_the_same_hour_on_both_sides_of_summer_time(self):
        """29 March and 25 October 2026 the clocks are changed; nine o'clock stays nine o'clock in Sweden."""
        for day, hour_in_utc in (
            (date(2026, 3, 28), 8),
            (date(2026, 3, 30), 7),
            (date(2026, 10, 24), 7),
            (date(2026, 10, 26), 8),
        ):
            event = event_of(at(day, "09:00", "16:00"))
            start = event.decoded("DTSTART")
            assert (start.date(), start.hour) == (day, 9)
            assert start.astimezone(UTC).hour == hour_in_utc
            assert event.decoded("DTEND") - start == timedelta(hours=7)

    def test_the_zones_own_rules_say_the_same_as_the_worlds(self):
        """For a calendar that knows no zone by name: read from our VTIMEZONE alone, ten years ahead."""
        [zone] = read(calendar([])).walk("VTIMEZONE")
        assert zone["TZID"] == "Europe/Stockholm"
        ours = zone.to_tz(lookup_tzid=False)
        world = icalendar.Timezone.from_tzid("Europe/Stockholm").to_tz()
        first = datetime(2026, 1, 1)  # noqa: DTZ001
        for days in range(3650):
            # Not between two and three, which there is twice or not at all on the nights of change.
            for hour in (0, 1, 3, 12):
                then = first + timedelta(days=days, hours=hour)
                assert then.replace(tzinfo=ours).utcoffset() == then.replace(tzinfo=world).utcoffset(), then

    def test_without_hours_it_is_whole_days_and_the_end_is_the_day_after(self):
        event = event_of(at(date(2026, 12, 31)))
        assert event.decoded("DTSTART") == date(2026, 12, 31)
        assert event.decoded("DTEND") == date(2027, 1, 1)

    def test_an_hour_that_stands_alone_is_told_in_words(self):
        meeting = at(date(2026, 12, 3))
        meeting.starts_at = time(9, 30)
        event = event_of(meeting)
        assert event.decoded("DTSTART") == date(2026, 12, 3)
        assert "Börjar kl. 09.30." in event["DESCRIPTION"]

    def test_each_of_several_days_has_its_own_hours(self):
        """The first begins with the meeting and the last ends with it; the agenda knows the rest."""
        meeting = at(date(2026, 10, 24), "13:00", "12:00", ends_on=date(2026, 10, 26), name="Träff", theme="")
        AgendaItemFactory(meeting=meeting, minutes=180)
        AgendaItemFactory(meeting=meeting, day=3, starts_at=time(9), minutes=60)
        first, second, third = events_of(meeting)
        assert [str(event["SUMMARY"]) for event in (first, second, third)] == [
            f"Träff, dag {day} av 3" for day in (1, 2, 3)
        ]
        times = [(event.decoded("DTSTART"), event.decoded("DTEND")) for event in (first, third)]
        assert [(start.strftime("%d %H:%M"), end.strftime("%d %H:%M")) for start, end in times] == [
            ("24 13:00", "24 16:00"),
            ("26 09:00", "26 12:00"),
        ]
        # The clocks are changed in between.
        assert [start.astimezone(UTC).hour for start, _ in times] == [11, 8]
        assert (second.decoded("DTSTART"), second.decoded("DTEND")) == (date(2026, 10, 25), date(2026, 10, 26))
        assert len({event["UID"] for event in (first, second, third)}) == 3

    def test_a_day_of_which_one_hour_is_known_says_it_in_words(self):
        first, last = events_of(at(date(2026, 12, 3), "13:00", "12:00", ends_on=date(2026, 12, 4)))
        assert [event.decoded("DTSTART") for event in (first, last)] == [date(2026, 12, 3), date(2026, 12, 4)]
        assert "Börjar kl. 13.00." in first["DESCRIPTION"]
        assert "Slutar kl. 12.00." in last["DESCRIPTION"]

    def test_an_agenda_that_does_not_fit_the_meeting_gives_no_hours_backwards(self):
        meeting = at(date(2026, 12, 3), "13:00", "12:00", ends_on=date(2026, 12, 4))
        AgendaItemFactory(meeting=meeting, day=2, starts_at=time(13), minutes=60)
        assert events_of(meeting)[1].decoded("DTSTART") == date(2026, 12, 4)


class TestWhatHasChanged:
    def test_moved_it_is_the_same_event_with_a_higher_sequence(self):
        meeting = at(date(2026, 12, 3), "09:00", "16:00")
        before = event_of(meeting)
        meeting.starts_on = meeting.ends_on = date(2026, 12, 10)
        meeting.name, meeting.sequence = "Ett annat namn", 1
        meeting.save()
        after = event_of(meeting)
        assert after["UID"] == before["UID"]
        assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
        assert after.decoded("LAST-MODIFIED") >= before.decoded("LAST-MODIFIED")

    def test_the_day_it_was_changed_is_told(self):
        with time_machine.travel(datetime(2026, 5, 1, 10, tzinfo=UTC), tick=False):
            meeting = at(date(2026, 12, 3))
        event = event_of(meeting)
        assert event.decoded("LAST-MODIFIED") == event.decoded("DTSTAMP") == datetime(2026, 5, 1, 10, tzinfo=UTC)

    def test_cancelled_it_stays_and_says_so(self):
        event = event_of(at(date(2026, 12, 3), theme="", name="Träff", cancelled_on=date(2026, 11, 1)))
        assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "Inställd: Träff")
        assert "Träffen är inställd." in event["DESCRIPTION"]
        assert event_of(at(date(2026, 12, 3)))["STATUS"] == "CONFIRMED"

    def test_nothing_changed_gives_the_same_bytes(self):
        meeting = at(date(2026, 12, 3))
        assert calendar([meeting], "Namn") == calendar([Meeting.objects.get(pk=meeting.pk)], "Namn")


class TestWhatMailCarries:
    def test_an_invitation_adds_the_event_and_asks_for_no_answer_by_calendar(self, settings):
        settings.DEFAULT_FROM_EMAIL = '"Modell, SKR" <modell@exempel.invalid>'
        meeting = at(date(2026, 12, 3), "09:00", "16:00", name="Lärandeträff 1")
        file = mailed(meeting)
        assert file.name == "lärandeträff-1-2026-12-03.ics"
        assert file.media_type == "text/calendar; method=PUBLISH; charset=utf-8"
        read_back = read(file.content)
        [event] = read_back.walk("VEVENT")
        assert read_back["METHOD"] == "PUBLISH"
        assert (event["ORGANIZER"], event["ORGANIZER"].params["CN"]) == ("mailto:modell@exempel.invalid", "Modell, SKR")
        assert "ATTENDEE" not in event
        assert (event["UID"], event["STATUS"]) == (event_of(meeting)["UID"], "CONFIRMED")

    def test_a_move_to_fewer_days_takes_the_others_away(self):
        meeting = at(date(2026, 12, 3), "09:00", "16:00", ends_on=date(2026, 12, 5))
        before = [event["UID"] for event in read(mailed(meeting).content).walk("VEVENT")]
        meeting.starts_on = meeting.ends_on = date(2026, 12, 10)
        meeting.sequence = 1
        meeting.save()
        after = read(mailed(meeting, days_before=3).content).walk("VEVENT")
        assert [event["UID"] for event in after] == before
        assert [event["STATUS"] for event in after] == ["CONFIRMED", "CANCELLED", "CANCELLED"]
        assert {event["SEQUENCE"] for event in after} == {1}

    def test_calling_it_off_takes_every_day_away(self):
        meeting = at(date(2026, 12, 3), ends_on=date(2026, 12, 4), cancelled_on=date(2026, 11, 1))
        file = mailed(meeting)
        assert file.media_type == "text/calendar; method=CANCEL; charset=utf-8"
        assert read(file.content)["METHOD"] == "CANCEL"
        assert [event["STATUS"] for event in read(file.content).walk("VEVENT")] == ["CANCELLED"] * 2

    def test_a_name_of_signs_alone(self):
        assert mailed(at(date(2026, 12, 3), name="?!")).name == "traff-2026-12-03.ics"


class TestHowItIsWritten:
    def test_what_an_event_tells(self, settings):
        settings.SITE_URL = "https://modell.exempel.invalid"
        meeting = at(date(2026, 12, 3), place="Åhuset, plan 3; sal A", theme="Ledning och styrning")
        event = event_of(meeting)
        url = f"https://modell.exempel.invalid/omgangar/{meeting.cohort.slug}/traffar/{meeting.key}/"
        assert event["URL"] == url
        assert event["SUMMARY"] == f"{meeting.name}: Ledning och styrning"
        assert event["LOCATION"] == "Åhuset, plan 3; sal A"
        assert event["DESCRIPTION"] == f"{meeting.cohort.name}\nAllt om träffen: {url}"
        assert event["UID"] == f"traff-{meeting.pk}@modell.exempel.invalid"

    def test_a_digital_meeting_is_where_its_link_is(self):
        event = event_of(at(date(2026, 12, 3), link="https://mote.exempel.invalid/?a=1,2;3"))
        assert event["LOCATION"] == "https://mote.exempel.invalid/?a=1,2;3"
        assert "Anslut: https://mote.exempel.invalid/?a=1,2;3" in event["DESCRIPTION"]

    @given(
        name=st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=300),
        place=st.text("abåäö,;:\\\n\r\"'^ 🎉\U0001f469\u200d\U0001f52c\u2028\x00\x85", max_size=200),
    )
    @example(name="A, B; C\\D\\n\nE", place="👩‍🔬" * 60)
    @example(name="é" * 37 + "x" + "ö" * 80, place="\\,\\;\\N")
    def test_any_text_is_read_back_as_it_was(self, name, place):
        meeting = Meeting(
            pk=7,
            cohort=Cohort(slug="omgang", name="Omgång"),
            key="traff-1",
            name=name,
            place=place,
            starts_on=date(2026, 12, 3),
            ends_on=date(2026, 12, 3),
            changed_at=datetime(2026, 5, 1, tzinfo=UTC),
        )
        content = calendar([meeting])
        event = event_of(meeting)
        assert event["SUMMARY"] == as_kept(name)
        assert event.get("LOCATION", "") == as_kept(place)
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        assert b"\n" not in content.replace(b"\r\n", b"")
        content.decode()

    def test_shift_enter_of_word_is_a_line_end(self):
        assert text("LOCATION", "Rådhuset\x0bsal 2") == "LOCATION:Rådhuset\\nsal 2"

    def test_a_character_is_never_torn_apart(self):
        for line in b"".join(folded(text("SUMMARY", "å🎉" * 200))).split(b"\r\n"):
            line.decode()


def as_kept(value):
    """Line breaks are one sign, and what no text holds is a space."""
    return CONTROL.sub(" ", with_line_ends(value))


@pytest.fixture
def omgang():
    """Two groups; one meeting of each kind for all, one for each group."""
    cohort = CohortFactory()
    own, other = GroupFactory(cohort=cohort), GroupFactory(cohort=cohort)
    for number, kind in enumerate(MeetingKind, 1):
        MeetingFactory(cohort=cohort, kind=kind, number=number, key=kind.value.replace("_", "-"))
    for group, key in ((own, "own-group"), (other, "other-group")):
        MeetingFactory(cohort=cohort, group=group, number=1, key=key)
    MeetingFactory(key="elsewhere")
    return cohort, own


FOR_ALL = {"kickoff", "learning-meeting", "deep-dive", "results-conference"}


def feed_of(client, user):
    feed, _ = CalendarFeed.objects.get_or_create(user=user, defaults={"key": f"key-{user.pk}"})
    client.logout()
    return client.get(reverse("meetings:feed", args=[feed.key]))


def keys_in(answer):
    return {str(event["URL"]).rstrip("/").rpartition("/")[2] for event in read(answer.content).walk("VEVENT")}


class TestWhatConcernsOne:
    @pytest.mark.parametrize(
        ("function", "more"),
        [
            (Function.STRATEGIST, {"strategist-meeting"}),
            (Function.POLITICIAN, set()),
            (Function.MANAGER, set()),
            (Function.CONTRIBUTOR, set()),
        ],
    )
    def test_a_participant(self, client, omgang, function, more):
        cohort, group = omgang
        user = DelegateFactory(participation=ParticipationFactory(cohort=cohort, group=group), function=function).user
        assert keys_in(feed_of(client, user)) == {*FOR_ALL, "own-group", *more}

    @pytest.mark.parametrize(
        ("function", "more"), [(Function.STRATEGIST, {"strategist-meeting"}), (Function.POLITICIAN, set())]
    )
    def test_a_mentor(self, client, omgang, function, more):
        mentoring = GroupMentorFactory(group=omgang[1]).participation
        user = DelegateFactory(participation=mentoring, function=function).user
        assert keys_in(feed_of(client, user)) == {*FOR_ALL, "own-group", "mentor-meeting", *more}

    def test_an_evaluator_has_all_that_there_is_to_read_in_the_omgang_and_nothing_once_it_is_over(self, client, omgang):
        evaluator = EvaluatorFactory(cohort=omgang[0])
        all_of_it = {meeting.key for meeting in omgang[0].meetings.all()}
        assert keys_in(feed_of(client, evaluator.user)) == all_of_it
        client.force_login(evaluator.user)
        page = client.get(reverse("meetings:calendar")).text
        assert f"gäller {in_words(len(all_of_it))} träffar" in page
        assert "Alla träffar i omgångarna som du utvärderar är med." in page
        Evaluator.objects.update(until=timezone.localdate() - timedelta(days=1))
        assert keys_in(feed_of(client, evaluator.user)) == set()

    def test_a_mentor_without_a_group_and_a_participant_without_one(self, client, omgang):
        for role, more in ((Role.MENTOR, {"mentor-meeting"}), (Role.PARTICIPANT, set())):
            participation = ParticipationFactory(cohort=omgang[0], role=role)
            user = DelegateFactory(participation=participation, function=Function.MANAGER).user
            assert keys_in(feed_of(client, user)) == {*FOR_ALL, *more}

    def test_without_a_seat_or_when_it_is_over_it_is_empty(self, client, omgang):
        over = DelegateFactory(participation=ParticipationFactory(cohort=omgang[0]), ends_on=date(2026, 2, 1)).user
        for user in (UserFactory(), over):
            answer = feed_of(client, user)
            assert (answer.status_code, keys_in(answer)) == (200, set())

    def test_skrs_contact_has_all_of_the_omgang_and_a_colleague_none(self, client, omgang):
        contact, colleague = (UserFactory(skr_role="process_leader") for _ in range(2))
        cohort = omgang[0]
        cohort.contact = contact
        cohort.save()
        assert len(keys_in(feed_of(client, contact))) == len(MeetingKind) + 2
        assert keys_in(feed_of(client, colleague)) == set()


class TestThatItIsPrivate:
    @pytest.fixture
    def strategist(self, omgang):
        return DelegateFactory(participation=ParticipationFactory(cohort=omgang[0])).user

    def test_the_whole_of_its_life(self, client, strategist):
        client.force_login(strategist)
        page = reverse("meetings:calendar")
        assert "Skapa min adress" in client.get(page).text
        for _ in range(2):
            client.post(reverse("meetings:calendar_make"))
        first = CalendarFeed.objects.get().key
        assert len(first) >= 43  # 256 bits
        shown = client.get(page).text
        assert f"/kalender/{first}.ics" in shown
        assert 'href="webcal://' in shown
        for _ in range(2):  # a second click, or the page of before, changes no more
            client.post(reverse("meetings:calendar_replace"), {"seen": first})
        second = CalendarFeed.objects.get().key
        assert second != first
        client.logout()
        assert client.get(reverse("meetings:feed", args=[first])).status_code == 404
        assert client.get(reverse("meetings:feed", args=[second])).status_code == 200
        client.force_login(strategist)
        for _ in range(2):
            client.post(reverse("meetings:calendar_remove"))
        client.post(reverse("meetings:calendar_replace"), {"seen": second})
        client.logout()
        assert client.get(reverse("meetings:feed", args=[second])).status_code == 404
        events = AuditEvent.objects.filter(kind="calendar_key_changed")
        assert [event.data["what"].split()[0] for event in events.order_by("pk")] == ["skapade", "ny", "tog"]
        assert not any(key in str(event.data) for event in events for key in (first, second))

    def test_no_cache_between_keeps_it_and_no_search_finds_it(self, client, strategist):
        answer = feed_of(client, strategist)
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert "private" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in answer

    def test_a_closed_account_has_no_feed(self, client, strategist):
        assert feed_of(client, strategist).status_code == 200
        strategist.is_active = False
        strategist.save()
        assert feed_of(client, strategist).status_code == 404

    def test_no_person_stands_in_it(self, client, omgang):
        """Whoever finds the address learns of the meetings, and of nobody."""
        cohort, group = omgang
        cohort.contact = UserFactory(name="Kontakt Persson", skr_role="process_leader")
        cohort.save()
        host = ParticipationFactory(cohort=cohort, group=group)
        DelegateFactory(participation=host, user__name="Värd Värdsson")
        Meeting.objects.update(host=host, goals="Anna berättar", documentation="Bo sade")
        user = DelegateFactory(participation=ParticipationFactory(cohort=cohort, group=group)).user
        content = feed_of(client, user).content.decode().replace("\r\n ", "")
        people = (user.name, user.email, "Persson", "Värdsson", "Anna berättar", "Bo sade", "ATTENDEE", "ORGANIZER")
        assert [person for person in people if person in content] == []

    def test_one_meetings_file(self, client, strategist):
        client.force_login(strategist)
        cohort = strategist.seats.get().participation.cohort
        answer = client.get(reverse("meetings:ics", args=[cohort.slug, "kickoff"]))
        assert 'filename="kickoff.ics"' in answer["Content-Disposition"]
        assert keys_in(answer) == {"kickoff"}
        assert client.get(reverse("meetings:ics", args=[cohort.slug, "finns-inte"])).status_code == 404
