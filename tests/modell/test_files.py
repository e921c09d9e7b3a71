"""A file is opened by those who see it on its page, and by nobody else.

Every address that answers with something else than a page stands here with the page that shows it. The two are asked
by every role; where the page only says who may have the file, and links to it elsewhere, that it opens is enough.
"""

from datetime import date
from typing import NamedTuple

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse

from archive.models import Bundle
from assessments.models import Evidence
from cohorts.enums import Function, Status
from cohorts.models import Participation
from cohorts.roles import roles_of
from kit.permissions import may
from meetings.enums import MaterialKind
from meetings.kinds import MeetingKind
from meetings.models import CalendarFeed, Material, Meeting
from meetings.perms import READ_AT_MEETING
from tests.access import ROLES, Row
from tests.factories import DelegateFactory, GroupFactory, MeetingFactory, ParticipationFactory
from tests.modell.test_access import ask, outcome
from tests.pages import TABLE
from tests.world import place

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


class Shown(NamedTuple):
    """The page that shows a file; `links` is False where the link stands on another page with the same readers."""

    page: str
    links: bool = True


PAGES = {
    "archive:file": Shown("archive:organisation"),
    "admission:letter_issue": Shown("admission:letter"),
    "admission:letter_pdf": Shown("admission:letter"),
    "assessments:evidence_file": Shown("assessments:assessment"),
    "assessments:minutes_word": Shown("assessments:minutes"),
    "assessments:workbook": Shown("assessments:own", links=False),
    "follow_up:mail_file": Shown("follow_up:mail_one"),
    "follow_up:mailing_file": Shown("follow_up:mailing"),
    **{f"improvements:indicator_{name}": Shown("improvements:indicator") for name in ("csv", "svg", "pdf", "word")},
    "improvements:evidence_file": Shown("improvements:improvement"),
    **{f"improvements:improvement_{name}": Shown("improvements:improvement") for name in ("pdf", "word")},
    **{f"improvements:shared_{name}": Shown("improvements:cohort_work") for name in ("csv", "codebook")},
    "improvements:chain_csv": Shown("improvements:chain"),
    "improvements:chain_json": Shown("improvements:chain"),
    "indicators:analysis_pdf": Shown("indicators:analysis"),
    "indicators:analysis_word": Shown("indicators:analysis"),
    "indicators:statistics_file": Shown("indicators:statistics", links=False),
    "indicators:values_workbook": Shown("indicators:values"),
    "meetings:ics": Shown("meetings:meeting"),
    "meetings:material_file": Shown("meetings:meeting"),
    "mentoring:mentor_letter": Shown("mentoring:mentor"),
    # Whoever works on it presses a button that remembers what it is made from, and leads to the file.
    "mentoring:mentor_paper": Shown("mentoring:mentor_board_paper", links=False),
    "overview:codebook": Shown("overview:overview"),
    "overview:values": Shown("overview:overview"),
    "people:directory_file": Shown("people:directory"),
    "planning:timetable_pdf": Shown("planning:timetable"),
    "privacy:mine_file": Shown("privacy:mine"),
    "reports:board_paper_file": Shown("reports:board_paper", links=False),
    "reports:build_file": Shown("reports:build"),
    "reports:empty_form": Shown("checklist:version"),
    "reports:report_edition_table": Shown("reports:report_edition_chapter"),
    "reports:paper": Shown("assessments:assessment", links=False),
}
# Found by a key instead of a sign-in, or published to all.
OPEN_TO_ALL = {"meetings:feed", "reports:published_file"}


def page_args(name, args):
    """The address of the page, from what the file's address names."""
    if name == "assessments:evidence_file":
        return [Evidence.objects.get(pk=args[0]).assessment_id]
    if name == "archive:file":
        bundle = Bundle.objects.get(pk=args[0])
        return [bundle.cohort.slug, bundle.participation.code]
    if name == "meetings:material_file":
        meeting = Material.objects.select_related("meeting__cohort").get(pk=args[0]).meeting
        return [meeting.cohort.slug, meeting.key]
    if name == "reports:report_edition_table":
        return [*args[:3], "sjalvskattning"]
    if name in ("admission:letter_issue", "follow_up:mailing_file", "improvements:evidence_file"):
        return args[:1]
    return args


def opens(client, world, role, name, url):
    client.force_login(world.users[role])
    return ask(client, Row(name, "-"), url)


def compared(client, world, name, args):
    """By role: whether the file opens, and whether its page shows it."""
    file = reverse(name, args=args)
    shown = PAGES[name]
    page = reverse(shown.page, args=page_args(name, args))
    by_role = {}
    for role in ROLES:
        opened = outcome(opens(client, world, role, name, file)) == "ok"
        answer = opens(client, world, role, shown.page, page)
        by_role[role] = opened, outcome(answer) == "ok" and (not shown.links or file in answer.content.decode())
    return by_role


# SKR's own papers stand on another page than an organisation's, so `archive/test_bundles.py` asks for that file.
FILES = sorted(
    {(row.name, row.where) for row in TABLE if row.name in PAGES and not row.post and row.where != "bundle_of_skr"}
)


@pytest.mark.in_turn(3)
@pytest.mark.parametrize(("name", "where"), FILES)
def test_a_file_opens_for_those_who_see_it_on_its_page(client, world, name, where):
    by_role = compared(client, world, name, place(world, where))
    assert {role: opened for role, (opened, _) in by_role.items()} == {
        role: seen for role, (_, seen) in by_role.items()
    }


def with_file(world, **meeting):
    """A presentation at a meeting of the omgång, as the address of its file."""
    row = MeetingFactory(cohort=world.cohort, starts_on=date(2026, 11, 20), **meeting)
    file = ContentFile(b"%PDF", "bilder.pdf")
    return row, Material.objects.create(
        meeting=row, title="Bilder", file=file, kind=MaterialKind.MATERIAL, media_type="application/pdf"
    )


MEETINGS = {
    "of all": lambda world: {},
    "of the mentors": lambda world: {"kind": MeetingKind.MENTOR_MEETING},
    "of one's group": lambda world: {"group": world.own.group},
    "of another group": lambda world: {"group": world.users["other"].seats.get().participation.group},
    "of another group, hosted": lambda world: {"group": GroupFactory(cohort=world.cohort), "host": world.own},
}


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("which", MEETINGS)
def test_what_lies_at_a_meeting_follows_its_page(client, world, which):
    meeting, material = with_file(world, link="https://mote.exempel.invalid/hemligt", **MEETINGS[which](world))
    for name, args in (
        ("meetings:material_file", [material.pk]),
        ("meetings:ics", [world.cohort.slug, meeting.key]),
    ):
        for role, (opened, seen) in compared(client, world, name, args).items():
            reads = may(type(world.users[role]).objects.get(pk=world.users[role].pk), READ_AT_MEETING, meeting)
            assert (opened, seen) == (reads, reads), (name, role)


@pytest.mark.parametrize(("left_on", "reads"), [(date(2026, 11, 19), False), (date(2026, 11, 20), True)])
def test_who_has_left_reads_at_the_meetings_before_that(client, world, left_on, reads):
    meeting, material = with_file(world, link="https://mote.exempel.invalid/hemligt")
    Participation.objects.filter(pk=world.own.pk).update(status=Status.WITHDRAWN, withdrawn_on=left_on)
    with time_machine.travel(date(2026, 11, 25)):
        for url in (f"/traffmaterial/{material.pk}/", f"{meeting.get_absolute_url()}kalender.ics"):
            assert (opens(client, world, "strategist", "-", url).status_code == 200) is reads


def test_a_feed_has_only_meetings_at_which_one_reads(client, world):
    for which in MEETINGS:
        with_file(world, link=f"https://mote.exempel.invalid/{which.replace(' ', '-')}", **MEETINGS[which](world))
    for role, user in world.users.items():
        CalendarFeed.objects.create(user=user, key=f"key-{role}")
        feed = client.get(reverse("meetings:feed", args=[f"key-{role}"])).content.decode().replace("\r\n ", "")
        fresh = type(user).objects.get(pk=user.pk)
        for meeting in Meeting.objects.filter(cohort=world.cohort).exclude(link=""):
            if not may(fresh, READ_AT_MEETING, meeting):
                assert meeting.link not in feed, role


def test_the_rule_for_a_row_and_the_one_for_the_database_say_the_same(world):
    for which in MEETINGS:
        with_file(world, **MEETINGS[which](world))
    Participation.objects.filter(organisation=world.users["other"].seats.get().participation.organisation).update(
        status=Status.WITHDRAWN, withdrawn_on=date(2026, 9, 2)
    )
    coming = ParticipationFactory(cohort=world.cohort, status=Status.WITHDRAWN, withdrawn_on=date(2026, 11, 10))
    users = [*world.users.values(), DelegateFactory(participation=coming, function=Function.STRATEGIST).user]
    for user in [type(user).objects.get(pk=user.pk) for user in users]:
        by_row = {meeting for meeting in Meeting.objects.all() if may(user, READ_AT_MEETING, meeting)}
        assert set(Meeting.objects.read_by(roles_of(user))) == by_row, user


class TestCopying:
    """From a meeting at which one reads; the organiser's checklist from one that one edits."""

    def copied(self, client, world, role, source, what):
        own = MeetingFactory(cohort=world.cohort, host=world.own, starts_on=date(2026, 11, 21))
        source.host_tasks.create(phase="before", text="Hemlig uppgift", position=1)
        source.preparations.create(text="Läs", days_before=7, position=1)
        client.force_login(world.users[role])
        answer = client.post(f"{own.get_absolute_url()}kopiera/", {"source": source.pk, "what": what})
        return answer, own.host_tasks.count(), own.preparations.count()

    @pytest.mark.parametrize("which", ["of the mentors", "of another group"])
    @pytest.mark.parametrize("what", ["tasks", "preparations"])
    def test_nothing_from_a_meeting_where_one_does_not_read(self, client, world, which, what):
        source, _ = with_file(world, **MEETINGS[which](world))
        answer, tasks, preparations = self.copied(client, world, "strategist", source, [what])
        assert (answer.status_code, tasks, preparations) == (422, 0, 0)

    def test_no_checklist_of_another_host(self, client, world):
        source, _ = with_file(world)
        MeetingFactory(cohort=world.cohort, host=world.own, starts_on=date(2026, 11, 22))
        answer, tasks, preparations = self.copied(client, world, "strategist", source, ["tasks", "preparations"])
        assert (tasks, preparations) == (0, 0)
        assert "Den träffens checklista läser bara SKR och värden." in answer.text

    def test_the_preparations_of_the_same_meeting(self, client, world):
        source, _ = with_file(world)
        assert self.copied(client, world, "strategist", source, ["preparations"])[1:] == (0, 1)

    def test_all_for_skr(self, client, world):
        source, _ = with_file(world)
        assert self.copied(client, world, "process_leader", source, ["tasks", "preparations"])[1:] == (1, 1)


@pytest.mark.in_turn(3)
def test_every_file_stands_here(client, world):
    """An address that answers with no page is a file, with the page that shows it."""
    files = set()
    for row in TABLE:
        if not row.post and row.ok:
            client.force_login(world.users["process_leader" if "process_leader" in row.ok else row.ok[0]])
            answer = ask(client, row, reverse(row.name, args=place(world, row.where)))
            if answer.status_code == 200 and not answer["Content-Type"].startswith("text/html"):
                files.add(row.name)
    assert files == set(PAGES)
