"""A meeting's name, hours and place, and what it prepares: one rule behind both pages, and in the database."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import SkrRole
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import content_of, digest
from meetings.actions.editing import save_meeting
from meetings.agenda import agenda_of
from meetings.enums import Whose
from meetings.forms.editing import AgendaItemForm, PreparationForm
from meetings.kinds import MeetingKind
from meetings.models import AgendaItem, Meeting
from meetings.models.meeting import ENDS_TOO_EARLY, NO_START, PREPARES_ITSELF
from tests.factories import CohortFactory, MeetingFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 2)
NINE = time(9)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(date(2026, 11, 22), tick=False):
        yield


@pytest.fixture
def leader():
    return UserFactory(skr_role=SkrRole.PROCESS_LEADER)


@pytest.fixture
def cohort(leader):
    return CohortFactory(contact=leader)


@pytest.fixture
def meetings(cohort):
    """Three in a row, none of which prepares another."""
    return [MeetingFactory(cohort=cohort, number=n, starts_on=DAY + timedelta(days=n)) for n in (1, 2, 3)]


@pytest.fixture
def meeting(meetings):
    return meetings[0]


def save(meeting, leader, **facts):
    meeting.refresh_from_db()
    return save_meeting(meeting=meeting, seen=digest(content_of(meeting, *facts)), by=leader, **facts)


def refusal(meeting, leader, **facts):
    with pytest.raises(ActionRefused) as refused:
        save(meeting, leader, **facts)
    return refused.value.field, refused.value.sentence


HOURS = [
    pytest.param(None, NINE, "starts_at", NO_START, id="an end without a start"),
    pytest.param(NINE, NINE, "ends_at", ENDS_TOO_EARLY, id="the end is the start"),
    pytest.param(NINE, time(8, 59), "ends_at", ENDS_TOO_EARLY, id="the end is before the start"),
]


@pytest.mark.parametrize(("starts", "ends", "field", "sentence"), HOURS)
class TestHours:
    def test_are_refused_at_the_field_that_is_wrong(self, meeting, leader, starts, ends, field, sentence):
        assert refusal(meeting, leader, starts_at=starts, ends_at=ends) == (field, sentence)

    @pytest.mark.parametrize("name", ["meetings:edit", "planning:date_edit"])
    def test_are_refused_on_both_pages(self, client, meeting, leader, name, starts, ends, field, sentence):
        client.force_login(leader)
        url = reverse(name, args=[meeting.cohort.slug, meeting.key])
        form = client.get(url).context["form"]
        typed = {each: form[each].value() or "" for each in form.fields} | {"has_presentations": ""}
        answer = client.post(url, {**typed, "starts_at": starts or "", "ends_at": ends})
        assert answer.status_code == 422
        assert answer.context["form"].errors == {field: [sentence]}
        meeting.refresh_from_db()
        assert (meeting.starts_at, meeting.ends_at) == (None, None)

    def test_of_a_new_meeting_are_refused(self, client, cohort, leader, starts, ends, field, sentence):
        client.force_login(leader)
        url = reverse("planning:date_add", args=[cohort.slug])
        typed = {"kind": "kickoff", "name": "Uppstart", "form": "digital", "starts_on": DAY, "days": 1}
        counted = dict.fromkeys(("opens_before", "due_before", "present_before", "invite_before"), 7)
        answer = client.post(url, {**typed, **counted, "starts_at": starts or "", "ends_at": ends})
        assert answer.context["form"].errors == {field: [sentence]}
        assert not cohort.meetings.exists()

    def test_are_no_rows_of_the_database(self, meeting, starts, ends, field, sentence):
        meeting.starts_at, meeting.ends_at = starts, ends
        with pytest.raises(ValidationError) as refused:
            meeting.validate_constraints()
        assert refused.value.messages == [sentence]
        with pytest.raises(IntegrityError), transaction.atomic():
            meeting.save()


@pytest.mark.parametrize("name", ["meetings:edit", "planning:date_edit"])
def test_28_hours_are_read_as_swedes_write_them_and_days_are_not_guessed(client, meeting, leader, name):
    """A browser without a field for hours and days sends what is typed."""
    client.force_login(leader)
    url = reverse(name, args=[meeting.cohort.slug, meeting.key])
    form = client.get(url).context["form"]
    typed = {each: form[each].value() or "" for each in form.fields} | {"has_presentations": ""}
    typed |= {"starts_at": "9.30", "ends_at": "kl. 13.00"}
    assert client.post(url, typed).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.ends_at) == (time(9, 30), time(13))
    if "starts_on" in typed:
        answer = client.post(url, typed | {"starts_on": "01/11/2026"})
        assert answer.status_code == 422
        assert "Skriv dagen som år-månad-dag, till exempel 2027-03-15." in answer.text


@pytest.mark.parametrize(
    ("days", "starts", "ends"),
    [(1, NINE, time(9, 1)), (1, NINE, None), (1, None, None), (2, time(13), time(12)), (2, NINE, NINE)],
)
def test_hours_that_may_be(meeting, leader, days, starts, ends):
    Meeting.objects.filter(pk=meeting.pk).update(ends_on=meeting.starts_on + timedelta(days=days - 1))
    saved = save(meeting, leader, starts_at=starts, ends_at=ends)
    saved.refresh_from_db()
    saved.validate_constraints()
    assert (saved.starts_at, saved.ends_at) == (starts, ends)


# What it prepares


def test_a_meeting_does_not_prepare_itself(meeting, leader):
    assert refusal(meeting, leader, hangs_on=meeting) == ("hangs_on", PREPARES_ITSELF)
    meeting.hangs_on = meeting
    with pytest.raises(ValidationError, match=PREPARES_ITSELF):
        meeting.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        meeting.save()


def test_two_do_not_prepare_each_other(meetings, leader):
    first, second, _ = meetings
    save(first, leader, hangs_on=second)
    assert refusal(second, leader, hangs_on=first) == (
        "hangs_on",
        "De kan inte förbereda varandra: Lärandeträff 2 förbereder Lärandeträff 1 och Lärandeträff 1 förbereder "
        "Lärandeträff 2.",
    )


def test_nor_do_three_in_a_circle(meetings, leader):
    first, second, third = meetings
    save(first, leader, hangs_on=second)
    save(second, leader, hangs_on=third)
    assert refusal(third, leader, hangs_on=first) == (
        "hangs_on",
        "De kan inte förbereda varandra: Lärandeträff 3 förbereder Lärandeträff 1, Lärandeträff 1 förbereder "
        "Lärandeträff 2 och Lärandeträff 2 förbereder Lärandeträff 3.",
    )


def test_a_row_of_meetings_is_no_circle(meetings, leader):
    first, second, third = meetings
    save(first, leader, hangs_on=second)
    save(second, leader, hangs_on=third)
    save(first, leader, hangs_on=third)
    assert list(third.followers.order_by("pk")) == [first, second]


def test_a_circle_is_seen_in_what_is_stored_and_not_in_what_the_page_read(meetings, leader):
    first, second, _ = meetings
    as_read = Meeting.objects.get(pk=first.pk)
    save(first, leader, hangs_on=second)
    assert refusal(second, leader, hangs_on=as_read)[0] == "hangs_on"


def test_a_circle_is_refused_at_its_field_on_the_page(client, meetings, leader):
    first, second, _ = meetings
    save(first, leader, hangs_on=second)
    client.force_login(leader)
    url = reverse("planning:date_edit", args=[first.cohort.slug, second.key])
    form = client.get(url).context["form"]
    typed = {each: form[each].value() or "" for each in form.fields} | {"has_presentations": ""}
    answer = client.post(url, {**typed, "hangs_on": first.pk})
    assert list(answer.context["form"].errors) == ["hangs_on"]


def test_a_meeting_prepares_none_of_another_omgang(meeting, leader):
    assert refusal(meeting, leader, hangs_on=MeetingFactory()) == (
        "hangs_on",
        "Träffen som förbereds hör till en annan omgång.",
    )


# Its theme, and the trail


@pytest.mark.parametrize("kind", MeetingKind)
def test_a_kind_with_themes_has_its_theme(meeting, leader, kind):
    Meeting.objects.filter(pk=meeting.pk).update(kind=kind)
    if kind.facts.is_themed:
        assert refusal(meeting, leader, theme="") == ("theme", f"En {kind.label.lower()} har ett tema. Skriv det.")
    else:
        assert save(meeting, leader, theme="").theme == ""


def test_the_trail_says_what_was_changed_whichever_page_it_was(meeting, leader):
    save(meeting, leader, name="Lärandeträff A", place="Lund", link="")
    event = AuditEvent.objects.get(kind="meeting_saved")
    assert (event.data["what"], event.data["cohort"]) == ("namn, plats", str(meeting.cohort))


@pytest.mark.parametrize(
    ("name", "days"),
    [("assessment_opens_on", 42), ("assessment_due_on", 7), ("presentation_due_on", 7), ("invitation_due_on", 14)],
)
def test_the_usual_days_before_a_meeting(name, days):
    meeting = Meeting(starts_on=date(2026, 10, 1))
    assert getattr(meeting, name) == date(2026, 10, 1) - timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(-1, "Skriv 0 eller mer."), (0, ""), (365, ""), (366, "Skriv högst 365 dagar.")],
)
def test_a_preparation_is_due_at_most_a_year_before(days, sentence):
    form = PreparationForm({"days_before": days}, stored=None)
    assert form.errors.get("days_before", []) == ([sentence] if sentence else [])


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [(0, "En punkt tar minst en minut."), (1, ""), (1440, ""), (1441, "En punkt tar högst ett dygn.")],
)
def test_a_part_of_the_agenda_takes_at_most_a_day(minutes, sentence):
    meeting = Meeting(starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 1))
    form = AgendaItemForm({"minutes": minutes}, meeting=meeting, agenda=agenda_of(meeting, []), pk=None, stored=None)
    assert form.errors.get("minutes", []) == ([sentence] if sentence else [])


@pytest.mark.parametrize(("minutes", "words"), [(59, "23.00–23.59"), (60, "")])
def test_an_agenda_does_not_run_past_midnight(minutes, words):
    day = date(2026, 10, 1)
    meeting = Meeting(starts_on=day, ends_on=day, starts_at=time(23))
    [of_day] = agenda_of(meeting, [AgendaItem(day=1, position=1, minutes=minutes, whose=Whose.EXCHANGE)]).days
    assert [block.clock for block in of_day.blocks] == [words]
