"""Every kind of meeting stands in set-up, letter, timetable, tasks and package; so does a new one, untold of here."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.enums import SkrRole
from admission.letter.timetable import timetable
from cohorts.duty import Matter
from cohorts.enums import Function, Role
from cohorts.models import Participation
from exchange.exporting import export_document
from exchange.importing import import_document
from exchange.references import References
from follow_up.duties import tasks_of
from follow_up.records import read_records
from meetings.kinds import MeetingKind
from meetings.models import Meeting
from meetings.timetable import timetable_of
from planning.actions.cohorts import set_up_cohort
from planning.actions.editions import STEP, save_step
from planning.setup.blueprint import of_edition
from planning.setup.dating import dated
from planning.setup.plan import plan_of
from planning.setup.warnings import warnings
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.process_factories import EditionFactory, EditionStepFactory

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("kind", MeetingKind)]
TODAY, DAY = date(2026, 11, 22), date(2026, 12, 3)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def leader():
    return UserFactory(skr_role=SkrRole.PROCESS_LEADER)


@pytest.fixture
def cohort(leader):
    return CohortFactory(contact=leader, starts_on=TODAY, ends_on=date(2027, 8, 31), provenance="Påhittad.")


@pytest.fixture
def meeting(cohort, kind):
    theme = "Budget" if kind.facts.is_themed else ""
    return MeetingFactory(cohort=cohort, kind=kind, key=f"{kind.facts.stem}-1", number=1, theme=theme, starts_on=DAY)


def test_it_is_added_from_the_page_of_days(client, leader, cohort, kind):
    client.force_login(leader)
    typed = {"kind": kind, "name": "En träff", "theme": "Budget", "form": "digital", "starts_on": DAY, "days": 1}
    typed |= dict.fromkeys(("opens_before", "due_before", "present_before", "invite_before"), 7)
    assert client.post(reverse("planning:date_add", args=[cohort.slug]), typed).status_code == 302
    assert [(row.kind, row.key) for row in cohort.meetings.all()] == [(kind, f"{kind.facts.stem}-1")]


def test_a_concept_has_it_and_so_has_an_omgang_from_it(client, leader, kind):
    edition = EditionFactory(checklist=CohortFactory().plan.checklist)
    usual = {name: EditionStepFactory._meta.model._meta.get_field(name).get_default() for name in STEP}
    fields = {**usual, "prepares": None, "name": "En träff", "kind": kind, "theme": "Budget"}
    save_step(edition=edition, step=None, seen="", by=leader, **fields)
    blueprint = of_edition(edition)
    made = set_up_cohort(name="Ny", kind="blandad", blueprint=blueprint, plan=dated(blueprint, DAY), by=leader)
    assert [(row.kind, row.key) for row in made.meetings.all()] == [(kind, f"{kind.facts.stem}-1")]
    client.force_login(leader)
    assert kind.label in client.get(edition.get_absolute_url()).text


def test_its_days_are_warned_of_as_others(cohort, meeting, kind):
    assert warnings(plan_of(cohort, [meeting]))


def test_it_has_its_line_in_the_letter_and_the_timetable(cohort, meeting, kind):
    [table, *_] = timetable(cohort, [meeting], [])
    assert [row[0] for row in table.rows] == [kind.label]
    assert [line.name for line in timetable_of(cohort).activities] == [kind.label]


def test_those_it_is_for_are_asked_whether_they_come(cohort, meeting, kind):
    group = GroupFactory(cohort=cohort)
    member = ParticipationFactory(cohort=cohort, group=group)
    mentor = GroupMentorFactory(group=group, participation__role=Role.MENTOR).participation
    seats = [DelegateFactory(participation=row, function=of) for row in (member, mentor) for of in Function]
    asked = {(seat.participation, seat.function) for seat in seats if _is_asked(seat)}
    organisations = [mentor] if kind.facts.is_for_mentors_only else [member, mentor]
    assert asked == {(row, function) for row in organisations for function in kind.facts.functions}


def _is_asked(delegate):
    records = read_records(Participation.objects.filter(pk=delegate.participation_id), TODAY, user=delegate.user)
    holders = records.holders(delegate.user_id)
    return Matter.ANSWER in [task.matter for holder in holders for task in tasks_of(holder, records)]


def test_it_goes_out_in_a_package_and_in_again(cohort, meeting, kind):
    document = export_document(cohort)
    document["cohort"]["slug"] = "en-till"
    import_document(document, References.read())
    again = Meeting.objects.get(cohort__slug="en-till")
    assert (again.kind, again.key, again.theme) == (kind, meeting.key, meeting.theme)
