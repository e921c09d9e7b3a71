"""The random omgångar in the database: what a person gets as page, file and command is what the rule says, and the same
when two organisations that the person does not read have exchanged their whole histories.
"""

import json
import re
from contextlib import contextmanager
from datetime import date
from io import BytesIO, StringIO

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.urls import reverse
from openpyxl import load_workbook

from assessments.actions.publishing import publish_values, remember_printed
from assessments.figures.panels import values_of
from assessments.figures.releases import renew_release
from assessments.models import Assessment, Score
from cohorts.models import Cohort
from reports.content import joint_content
from reports.models import JointReport
from reports.printers import json as json_printer
from reports.printers import pdf
from tests.assessments.test_rule_of_three import MEETINGS, Days, Omgang
from tests.factories import (
    TODAY,
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.pdf_checks import pdf_text
from tests.strict import StrictClient

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
# Without these, what differs between two requests for the same page.
TOKENS = re.compile(r'(csrf-token" content|csrfmiddlewaretoken" value|form_key" value|nonce)="[^"]*"')
EVERY_RUN, IN_ALL = 2, 22
some = pytest.mark.parametrize(
    "seed", [pytest.param(n, marks=() if n < EVERY_RUN else pytest.mark.slow) for n in range(IN_ALL)]
)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


class Stored:
    """A random omgång as rows, with the same events in the same order; everything has a name of its own."""

    def __init__(self, omgang, exchanged=None):
        self.omgang = omgang
        self.exchanged = exchanged or {}
        half = any(step % 1 for step in omgang.steps)
        checklist = "skr-2018" if omgang.steps[-1] == 3 else "skr-2020"
        self.cohort = CohortFactory(
            slug="provet", name="Provet", plan__half_steps=half, plan__checklist=checklist, constructed=False
        )
        self.keys = dict(zip(omgang.items, [item.key for item in self.cohort.plan.items], strict=False))
        groups = {
            place: GroupFactory(cohort=self.cohort, key=f"g-{place}", name=f"Grupp {place}", position=place)
            for place in range(len(omgang.groups))
        }
        group_of = {member: groups[place] for place, group in enumerate(omgang.groups) for member in group}
        self.members = {n: self.participation(n, group=group_of.get(n)) for n in omgang.members}
        self.meetings = {
            name: MeetingFactory(
                cohort=self.cohort, key=name, number=n, name=f"Lärandeträff {n}", starts_on=date(2026, 3 * n, 1)
            )
            for n, name in enumerate(MEETINGS, 1)
        }
        self.open = []

    def participation(self, number, **more):
        organisation = OrganisationFactory(
            code=f"{3000 + number}", short_name=f"Ort {number:02}", name=f"Orts kommun {number:02}"
        )
        return ParticipationFactory(cohort=self.cohort, organisation=organisation, position=number, **more)

    def reader(self, rights):
        """Someone who reads just these: one of the group's own, or a mentor of their groups."""
        group = {self.members[member].group for member in rights}
        if len(group) == 1:
            seat = self.members[min(rights)]
        else:
            seat = self.participation(99, role="mentor")
            for place, each in enumerate(sorted(group, key=lambda g: g.position)):
                GroupMentorFactory(group=each, participation=seat, position=place)
        return DelegateFactory(
            participation=seat, user=UserFactory(name="Läsaren", email="lasaren@exempel.invalid")
        ).user

    def go_through(self):
        for what, meeting, member, content in self.omgang.events:
            getattr(self, what)(self.meetings[meeting], self.members.get(self.exchanged.get(member, member)), content)
            for each in self.open:
                renew_release(meeting=each)

    def answers(self, meeting, member, content):
        if not Assessment.objects.filter(meeting=meeting, participation=member).exists():
            assessment = AssessmentFactory(participation=member, meeting=meeting, submitted=True)
            by_key = {item.key: item for item in self.cohort.plan.items}
            for key, value in content.items():
                Score.objects.create(assessment=assessment, item=by_key[self.keys[key]], value=value, agreed=True)

    def corrects(self, meeting, member, key):
        assessment = Assessment.objects.filter(meeting=meeting, participation=member).first()
        if assessment:
            item = next(item for item in self.cohort.plan.items if item.key == self.keys[key])
            score = Score.objects.filter(assessment=assessment, item=item).first() or Score(
                assessment=assessment, item=item
            )
            steps = self.omgang.steps
            score.value = steps[(steps.index(score.value if score.pk else steps[0]) + 1) % len(steps)]
            score.save()

    def leaves(self, meeting, member, _):
        Assessment.objects.filter(meeting=meeting, participation=member).delete()

    def publishes(self, _meeting, member, _):
        publish_values(participation=member, values=values_of(member), chain={})

    def opens(self, meeting, _member, _):
        self.open.append(meeting)

    def prints(self, meeting, _member, _):
        if meeting in self.open:
            remember_printed(cohort=self.cohort, meetings=[meeting], chain={})


@contextmanager
def undone():
    """Both worlds begin with the same rows and, since PostgreSQL counts on past a rollback, with the same next keys."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
                cursor.execute(sql)
        yield
        transaction.set_rollback(True)


def document(user, key, since=None):
    printed = StringIO()
    call_command("figures", "provet", email=user.email, meeting=key, since=since, stdout=printed)
    return json.loads(printed.getvalue())


def everything(stored, user, *, papers):
    """All that the person gets, as bytes without the tokens of a request."""
    client, seat, got = StrictClient(), user.seats.get().participation, {}
    client.force_login(user)
    answered = [key for key, meeting in stored.meetings.items() if meeting.assessments.exists()]
    for key in answered:
        got["json", key] = document(user, key)
        got["page", key] = client.get(reverse("reports:figures", args=["provet"]), {"traff": key}).text
    if seat.role == "participant":
        own = ["provet", seat.code]
        for name in ("assessments:group", "assessments:own", "assessments:learn", "overview:brief"):
            got[name] = client.get(reverse(name, args=own)).text
        book = load_workbook(BytesIO(client.get(reverse("assessments:workbook", args=own)).content))
        got["excel"] = [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book]
    got["cohort"] = client.get(reverse("overview:cohort", args=["provet"])).text
    cohort = Cohort.objects.select_related("plan__checklist").get(slug="provet")
    joint = joint_content(JointReport(cohort=cohort), None, None)
    got["joint"] = json_printer.printed(joint)
    if papers:
        got["pdf"] = pdf_text(pdf.printed(joint))
    return {name: TOKENS.sub("", value) if isinstance(value, str) else value for name, value in got.items()}


def drawn(seed):
    """A random omgång with a reader and two others who are neither read nor published."""
    for number in range(1000 * seed, 1000 * seed + 1000):
        omgang = Omgang(number)
        publishers = {member for what, _, member, _ in omgang.events if what == "publishes"}
        for rights in omgang.readers:
            unread = [member for member in omgang.members if member not in rights | publishers]
            if len(unread) >= 3 and len(omgang.members) >= 6:
                return omgang, rights, omgang.draw.sample(unread, 2)
    raise AssertionError("No such omgång.")


@some
def test_two_unread_exchanged_change_no_byte(seed):
    omgang, rights, (one_member, other_member) = drawn(seed)
    got = []
    for exchanged in ({}, {one_member: other_member, other_member: one_member}):
        with undone():
            stored = Stored(omgang, exchanged)
            user = stored.reader(rights)
            stored.go_through()
            got.append(everything(stored, user, papers=seed < 1 or seed >= EVERY_RUN))
    first, second = got
    assert {name for name in first if first[name] != second[name]} == set()


@some
def test_the_database_says_what_the_rule_says(seed):
    omgang = Omgang(seed + 40)
    days = Days(omgang)
    for _ in days.go_through():
        pass
    stored = Stored(omgang)
    stored.go_through()
    for rights in omgang.readers[:3]:
        with undone():
            user = stored.reader(rights)
            for name, meeting in stored.meetings.items():
                if meeting.assessments.exists():
                    compare(document(user, name)["kinds"]["kommun"], days.seen_by(rights, name), days, rights)


def compare(printed, seen, days, rights):
    assert (printed["shown"], printed["n"], printed["unread"]) == (seen.shown, seen.n, seen.n_unread)
    means = {row.item.key: row.mean for row in seen.result.items} if seen.result else {}
    behind = [row["n"] for row in printed["items"]][: len(days.omgang.items)]
    assert [n > 0 for n in behind] == [means.get(key) is not None for key in days.omgang.items], (rights, behind)


def test_a_page_that_names_one_of_them_is_noticed():
    """The comparison would see it, were there anything to see: for one who reads them both the bytes differ."""
    omgang, _, (one_member, other_member) = drawn(0)
    got = []
    for exchanged in ({}, {one_member: other_member, other_member: one_member}):
        with undone():
            stored = Stored(omgang, exchanged)
            user = UserFactory(skr_role="process_leader", email="skr@exempel.invalid")
            stored.go_through()
            client = StrictClient()
            client.force_login(user)
            got.append(TOKENS.sub("", client.get(reverse("reports:figures", args=["provet"])).text))
    assert got[0] != got[1]
