"""The table of all coming meetings: one save, one mail to each, and nothing typed is lost by a wrong row."""

from datetime import date, time

import pytest
import time_machine
from django.urls import reverse

from accounts.enums import SkrRole
from cohorts.enums import Function
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import Stale, digest
from mailings.models import Mail
from meetings.enums import Rsvp
from meetings.kinds import MeetingKind
from meetings.models import Meeting
from meetings.trail import MeetingEvent
from planning.actions.date_table import save_date_table, stored_table, table_meetings
from planning.setup.pasted import pasted
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.process_factories import AttendanceFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def leader():
    return UserFactory(skr_role=SkrRole.PROCESS_LEADER)


@pytest.fixture
def cohort():
    return CohortFactory(starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31))


@pytest.fixture
def first(cohort):
    return MeetingFactory(cohort=cohort, name="Lärandeträff 1", starts_on=date(2027, 5, 4), ends_on=date(2027, 5, 5))


@pytest.fixture
def second(cohort):
    kind = MeetingKind.STRATEGIST_MEETING
    return MeetingFactory(cohort=cohort, name="Strategträff 2", kind=kind, starts_on=date(2027, 9, 7))


def page(cohort):
    return reverse("planning:date_table", args=[cohort.slug])


def save(cohort, leader, **changed):
    stored = stored_table(table_meetings(cohort, TODAY))
    return save_date_table(cohort=cohort, wanted={**stored, **changed}, seen=digest(stored), by=leader)


def typed(cohort, **changed):
    """The page's fields as a browser posts them."""
    stored = stored_table(table_meetings(cohort, TODAY))
    values = {name: "" if value is None else str(value) for name, value in stored.items()}
    return {**values, "seen": digest(stored), **changed}


def test_all_coming_meetings_are_saved_at_once(leader, cohort, first, second):
    over = MeetingFactory(cohort=cohort, starts_on=date(2027, 2, 1))
    off = MeetingFactory(cohort=cohort, starts_on=date(2027, 6, 1), cancelled_on=TODAY)
    assert table_meetings(cohort, TODAY) == [first, second]
    changed = {f"starts_on_{first.pk}": date(2027, 5, 5), f"place_{first.pk}": "Lund"}
    changed |= {f"starts_at_{second.pk}": time(13), f"ends_at_{second.pk}": time(16)}
    assert save(cohort, leader, **changed).n_changed == 2
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.starts_on, first.ends_on, first.place) == (date(2027, 5, 5), date(2027, 5, 6), "Lund")
    assert (second.starts_on, second.starts_at, second.ends_at) == (date(2027, 9, 7), time(13), time(16))
    assert set(Meeting.objects.exclude(pk__in=[first.pk, second.pk])) == {over, off}
    kinds = AuditEvent.objects.values_list("kind", flat=True)
    assert sorted(kinds) == sorted([MeetingEvent.MEETING_MOVED, MeetingEvent.MEETING_SAVED, MeetingEvent.MEETING_SAVED])


def test_the_same_table_again_saves_and_records_nothing(leader, cohort, first):
    for _ in range(2):
        save(cohort, leader, **{f"place_{first.pk}": "Lund"})
    stale = digest({})
    wanted = stored_table(table_meetings(cohort, TODAY))
    assert save_date_table(cohort=cohort, wanted=wanted, seen=stale, by=leader).n_changed == 0
    assert AuditEvent.objects.count() == 1


def test_two_who_change_the_table_lose_nothing(leader, cohort, first):
    stored = stored_table(table_meetings(cohort, TODAY))
    save(cohort, leader, **{f"place_{first.pk}": "Lund"})
    with pytest.raises(Stale):
        save_date_table(cohort=cohort, wanted={**stored, f"place_{first.pk}": "Malmö"}, seen=digest(stored), by=leader)
    assert Meeting.objects.get(pk=first.pk).place == "Lund"


def test_no_meeting_follows_another_from_the_table(leader, cohort, first, second):
    Meeting.objects.filter(pk=second.pk).update(hangs_on=first, starts_on=date(2027, 4, 1), ends_on=date(2027, 4, 1))
    save(cohort, leader, **{f"starts_on_{first.pk}": date(2027, 5, 11)})
    assert Meeting.objects.get(pk=second.pk).starts_on == date(2027, 4, 1)


def test_the_omgang_grows_with_its_meetings(leader, cohort, second):
    save(cohort, leader, **{f"starts_on_{second.pk}": date(2028, 1, 11)})
    cohort.refresh_from_db()
    assert cohort.ends_on == date(2028, 1, 11)


def test_each_person_is_mailed_once_about_all_that_is_moved(leader, cohort, first, second):
    strategist = DelegateFactory(participation=ParticipationFactory(cohort=cohort), function=Function.STRATEGIST)
    AttendanceFactory(meeting=second, delegate=strategist, answer=Rsvp.YES)
    changed = {f"starts_on_{first.pk}": date(2027, 5, 5), f"starts_on_{second.pk}": date(2027, 9, 8)}
    changed |= {f"starts_at_{second.pk}": time(13)}
    assert save(cohort, leader, **changed).n_mailed == 1
    mail = Mail.objects.get()
    assert (mail.kind, mail.recipient) == ("meeting_moved", strategist.user)
    assert "Strategträff 2, förut 7 september 2027, är nu 8 september 2027." in mail.text


@pytest.mark.parametrize("day", [date(2027, 2, 1), TODAY])
def test_a_day_that_has_been_is_set_on_the_meetings_own_page(leader, cohort, first, day):
    with refused("Flytta Lärandeträff 1 på sin egen sida"):
        save(cohort, leader, **{f"starts_on_{first.pk}": day})
    assert Meeting.objects.get(pk=first.pk).starts_on == date(2027, 5, 4)


def test_hours_that_end_too_early_are_refused_at_their_row(leader, cohort, second):
    changed = {f"starts_at_{second.pk}": time(16), f"ends_at_{second.pk}": time(13)}
    with pytest.raises(ActionRefused) as refusal:
        save(cohort, leader, **changed)
    assert refusal.value.field == f"ends_at_{second.pk}"


def test_wrong_rows_are_told_together_and_all_that_was_typed_stands(client, leader, cohort, first, second):
    client.force_login(leader)
    wrong = {f"starts_on_{first.pk}": "2027-02-31", f"place_{first.pk}": "Sal Björken"}
    wrong |= {f"ends_at_{second.pk}": "16:00", f"link_{second.pk}": "inte en länk"}
    answer = client.post(page(cohort), typed(cohort, **wrong))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Skriv dagen som år-månad-dag" in text
    assert "Ange också när träffen börjar." in text
    for value in wrong.values():
        assert f'value="{value}"' in text
    assert not Meeting.objects.exclude(place="").exists()


def test_without_people_one_press_saves(client, leader, cohort, first):
    client.force_login(leader)
    answer = client.post(page(cohort), typed(cohort, **{f"starts_on_{first.pk}": "2027-05-05"}))
    assert answer.status_code == 302
    assert Meeting.objects.get(pk=first.pk).starts_on == date(2027, 5, 5)


def test_before_anyone_is_mailed_it_is_shown_and_pressed_again(client, leader, cohort, first):
    DelegateFactory(participation=ParticipationFactory(cohort=cohort))
    client.force_login(leader)
    data = typed(cohort, **{f"starts_on_{first.pk}": "2027-05-05"})
    answer = client.post(page(cohort), data)
    text = answer.content.decode()
    assert "flyttas från 4–5 maj 2027 till 5–6 maj 2027." in text
    assert "En person får mejl om de nya dagarna." in text
    assert not Mail.objects.exists()
    which = answer.context["shown"]["which"]
    other_day = {**data, f"starts_on_{first.pk}": "2027-05-06", "move": which}
    assert client.post(page(cohort), other_day).status_code == 200  # another day than was shown
    assert not Mail.objects.exists()
    assert client.post(page(cohort), {**data, "move": which}).status_code == 302
    assert Mail.objects.count() == 1


def test_a_place_alone_needs_no_second_press(client, leader, cohort, first):
    DelegateFactory(participation=ParticipationFactory(cohort=cohort))
    client.force_login(leader)
    assert client.post(page(cohort), typed(cohort, **{f"place_{first.pk}": "Lund"})).status_code == 302


def test_pasted_rows_fill_the_table_and_save_nothing(client, leader, cohort, first, second):
    client.force_login(leader)
    rows = "Träff\tDag\tTid\tPlats\nStrategträff 2\t2027-09-08\t13.00–16.00\t\nLärandeträff 1\t5–6 maj 2027\t\tLund"
    answer = client.post(page(cohort), typed(cohort, rows=rows, fill=""))
    text = answer.content.decode()
    assert "Två träffar är ifyllda från kalkylarket, och inget är sparat än." in text
    for value in ("2027-09-08", "13:00", "16:00", "2027-05-05", "Lund"):
        assert f'value="{value}"' in text
    assert Meeting.objects.get(pk=first.pk).place == ""


def test_too_long_a_text_is_refused_before_it_is_searched(client, leader, cohort, first, second, monkeypatch):
    monkeypatch.setattr("planning.forms.date_table.pasted", lambda *_args: 1 / 0)
    client.force_login(leader)
    answer = client.post(page(cohort), typed(cohort, rows="a\n" * 10_001, fill=""))
    assert answer.status_code == 422


# Rows of a spreadsheet


def values(text, *meetings):
    return pasted(text, meetings).values


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2027-09-08", "2027-09-08"),
        ("2027-09-08 00:00:00", "2027-09-08"),
        ("8/9 2027", "2027-09-08"),
        ("8 september 2027", "2027-09-08"),
        ("onsdag 8 sept. 2027", "2027-09-08"),
        ("8–9 september 2027", "2027-09-08"),
    ],
)
def test_days_as_people_write_them(second, cell, day):
    assert values(f"Strategträff 2\t{cell}", second) == {f"starts_on_{second.pk}": day}


@pytest.mark.parametrize(
    ("cells", "hours"),
    [
        ("13.00–16.00", ("13:00", "16:00")),
        ("kl. 9-15.30", ("09:00", "15:30")),
        ("13:00\t16:00", ("13:00", "16:00")),
        ("09.30", ("09:30",)),
    ],
)
def test_hours_as_people_write_them(second, cells, hours):
    names = (f"starts_at_{second.pk}", f"ends_at_{second.pk}")
    assert values(f"Strategträff 2\t{cells}", second) == dict(zip(names, hours, strict=False))


def test_a_place_a_link_and_what_is_known_already(first):
    Meeting.objects.filter(pk=first.pk).update(theme="Ledning och styrning")
    first.refresh_from_db()
    row = "Lärandeträff 1; ledning och styrning; Digitalt; Sal Björken, våning 3; https://example.org/m"
    expected = {f"place_{first.pk}": "Sal Björken, våning 3", f"link_{first.pk}": "https://example.org/m"}
    assert values(row, first) == expected


def test_a_column_without_names_is_read_in_the_tables_order(first, second):
    assert values("2027-05-05\n\n2027-09-08\n", first, second) == {
        f"starts_on_{first.pk}": "2027-05-05",
        f"starts_on_{second.pk}": "2027-09-08",
    }


def test_a_column_of_another_length_is_not_guessed_at(first, second):
    read = pasted("2027-05-05", [first, second])
    assert read.values == {}
    assert read.not_understood == [
        "Tabellen har två träffar, men du klistrade in en rad utan träffarnas namn. Ta med namnen som en kolumn."
    ]


@pytest.mark.parametrize("cell", ["31 februari 2027", "2027-02-31", "8 september", "12"])
def test_what_is_no_day_is_told_and_becomes_no_place(second, cell):
    read = pasted(f"Strategträff 2\t{cell}", [second])
    assert read.values == {}
    assert read.not_understood == [f"Rad 1, Strategträff 2: ”{cell}” gick inte att förstå."]


def test_a_row_of_no_meeting_is_told(second):
    read = pasted("Strategträff 2\t2027-09-08\nJulfest\t2027-12-20", [second])
    assert read.not_understood == ["Rad 2 hör inte till någon av träffarna i tabellen: ”Julfest 2027-12-20”."]


def test_two_groups_own_meetings_of_one_name_are_read_in_order(cohort):
    earlier, later = (
        MeetingFactory(cohort=cohort, name="Lärandeträff 1", starts_on=date(2027, 5, at)) for at in (4, 6)
    )
    assert values("Lärandeträff 1\t2027-05-05\nLärandeträff 1\t2027-05-07", earlier, later) == {
        f"starts_on_{earlier.pk}": "2027-05-05",
        f"starts_on_{later.pk}": "2027-05-07",
    }
