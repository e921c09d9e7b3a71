"""Meetings, what is said at them, the calendar."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

from bench import MIDDLE
from bench.omgang import Omgang
from bench.pages import Page as Counted
from bench.pages import next_meeting, no_place, whole
from cohorts.enums import Function
from cohorts.models import Delegate
from meetings.enums import AgendaPart, MaterialKind, Rsvp, Whose
from meetings.models import (
    AgendaItem,
    Agreement,
    Attendance,
    CalendarFeed,
    HostTask,
    Impression,
    Material,
    Meeting,
    Preparation,
    Takeaway,
)
from tests.access import IN_COHORT, ROLES, SKR, WORKERS, Row, rest, without
from tests.browser.steps import Page, Scene, cohort, nowhere, press, refused, unfold
from tests.factories import (
    MeetingFactory,
)

EVERYONE = (*SKR, "evaluator", *IN_COHORT)


# Those who find what the own organisation has written: another group's does not.
NEAR_IT = without(EVERYONE, "other")


EDITORS = (*SKR, "strategist")


def _edited(name: str, where: str, *, post_only: bool = False) -> tuple[Row, ...]:
    """A page of SKR's and of the strategist of the organisation that is host."""
    ways = (True,) if post_only else (False, True)
    return tuple(Row(f"meetings:{name}", where, ok=EDITORS, forbidden=rest(*EDITORS), post=post) for post in ways)


WRITERS = (*SKR, *WORKERS, "groupmate", "other")


def near(name: str, where: str, ok: tuple[str, ...], *, post: bool = False) -> Row:
    return Row(name, where, ok=ok, forbidden=without(NEAR_IT, *ok), post=post)


ROWS: list[Row] = [
    Row("meetings:meetings", "cohort", ok=EVERYONE),
    Row("meetings:meeting", "coming_meeting", ok=EVERYONE),
    Row("meetings:meeting", "begun_meeting", ok=EVERYONE),
    Row("meetings:meeting", "groups_meeting", ok=EVERYONE),
    Row("meetings:answer", "coming_meeting", ok=IN_COHORT, forbidden=(*SKR, "evaluator"), post=True),
    Row("meetings:answer", "begun_meeting", forbidden=EVERYONE, post=True),
    Row("meetings:answer", "groups_coming", ok=without(IN_COHORT, "other"), forbidden=rest(*NEAR_IT[3:]), post=True),
    Row("meetings:deputy", "coming_deputy", ok=IN_COHORT, forbidden=(*SKR, "evaluator"), post=True),
    Row("meetings:tick", "coming_preparation", ok=IN_COHORT, forbidden=(*SKR, "evaluator"), post=True),
    *(row for name in ("edit", "agenda", "preparations", "host_tasks", "copy") for row in _edited(name, "hosted")),
    *(row for name in ("attendance", "documentation") for row in _edited(name, "hosted")),
    *(row for name in ("edit", "agenda") for row in (Row(f"meetings:{name}", "begun_meeting", SKR, rest(*SKR)),)),
    *_edited("agenda_item", "hosted_item"),
    *_edited("agenda_move", "hosted_item", post_only=True),
    *_edited("agenda_remove", "hosted_item", post_only=True),
    *_edited("preparation", "hosted_preparation"),
    *_edited("preparation_remove", "hosted_preparation", post_only=True),
    *_edited("host_task_tick", "hosted_task", post_only=True),
    *_edited("host_task_remove", "hosted_task", post_only=True),
    Row("meetings:host", "hosted", ok=SKR, forbidden=rest(*SKR), post=True),
    *(Row("meetings:material", "begun_meeting", WRITERS, rest(*WRITERS), post=post) for post in (False, True)),
    Row("meetings:material", "groups_meeting", without(WRITERS, "other"), rest(*without(WRITERS, "other"))),
    Row("meetings:material_file", "open_file", ok=EVERYONE),
    Row("meetings:material_file", "groups_file", ok=NEAR_IT),
    Row("meetings:material_remove", "open_file", (*SKR, *WORKERS), rest(*SKR, *WORKERS), post=True),
    Row("meetings:agreements", "begun_meeting", ok=EVERYONE),
    Row("meetings:agreements", "groups_meeting", ok=NEAR_IT, forbidden=("other",)),
    Row("meetings:agreements", "begun_meeting", WRITERS, rest(*WRITERS), post=True),
    near("meetings:agreement", "own_agreement", (*SKR, *WORKERS)),
    near("meetings:agreement", "own_agreement", (*SKR, *WORKERS), post=True),
    near("meetings:agreement_tick", "own_agreement", (*SKR, *WORKERS), post=True),
    near("meetings:agreement_remove", "own_agreement", (*SKR, *WORKERS), post=True),
    *(
        row
        for name in ("impressions", "ideas")
        for row in (
            Row(f"meetings:{name}", "begun_meeting", ok=EVERYONE),
            Row(f"meetings:{name}", "groups_meeting", ok=NEAR_IT, forbidden=("other",)),
            Row(f"meetings:{name}", "begun_meeting", ok=IN_COHORT, forbidden=(*SKR, "evaluator"), post=True),
        )
    ),
    near("meetings:impression", "own_impression", ("strategist",)),
    near("meetings:impression", "own_impression", ("strategist",), post=True),
    near("meetings:impression_remove", "own_impression", ("strategist",), post=True),
    near("meetings:idea_remove", "own_idea", WORKERS, post=True),
    Row("meetings:ics", "meeting_file", ok=(*SKR, "evaluator", *IN_COHORT)),
    Row("meetings:calendar", "-", ok=ROLES),
    Row("meetings:calendar_make", "-", ok=ROLES, post=True),
    Row("meetings:calendar_replace", "-", ok=ROLES, post=True),
    Row("meetings:calendar_remove", "-", ok=ROLES, post=True),
]


PUBLIC: set[str] = {
    "meetings:feed",
}


def _address(meeting: Meeting, *more: Any) -> tuple[Any, ...]:
    return meeting.cohort.slug, meeting.key, *more


def _preparation(meeting: Meeting) -> Preparation:
    return Preparation.objects.create(meeting=meeting, text="Läs checklistan", days_before=7, position=1)


def _begun(world: Any) -> Meeting:
    meeting: Meeting = world.locked.meeting
    return meeting


def _groups(world: Any, starts_on: date = date(2026, 9, 18)) -> Meeting:
    return MeetingFactory(cohort=world.cohort, group=world.own.group, starts_on=starts_on)


def _hosted(world: Any) -> Meeting:
    return MeetingFactory(cohort=world.cohort, host=world.own, starts_on=date(2026, 9, 18))


def _hosted_item(world: Any) -> tuple[Any, ...]:
    meeting = _hosted(world)
    item = AgendaItem.objects.create(meeting=meeting, position=1, title="Samling", minutes=15)
    return _address(meeting, item.pk)


def _hosted_preparation(world: Any) -> tuple[Any, ...]:
    meeting = _hosted(world)
    return _address(meeting, _preparation(meeting).pk)


def _hosted_task(world: Any) -> tuple[Any, ...]:
    meeting = _hosted(world)
    return _address(meeting, HostTask.objects.create(meeting=meeting, phase="before", text="Boka lokal", position=1).pk)


def _file(meeting: Meeting, world: Any) -> tuple[Any, ...]:
    file = ContentFile(b"%PDF", "bilder.pdf")
    about = {"participation": world.own, "kind": MaterialKind.PRESENTATION, "media_type": "application/pdf"}
    return (Material.objects.create(meeting=meeting, title="Bilder", file=file, **about).pk,)


def _own_impression(world: Any) -> tuple[Any, ...]:
    about = {"participation": world.own, "kind": "plus", "written_by": world.users["strategist"]}
    return (Impression.objects.create(meeting=_begun(world), text="Bra samtal.", **about).pk,)


def _own_idea(world: Any) -> tuple[Any, ...]:
    source = world.users["groupmate"].seats.get().participation
    about = {"participation": world.own, "source": source, "noted_by": world.users["strategist"]}
    return (Takeaway.objects.create(meeting=_begun(world), text="En mall.", **about).pk,)


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "coming_meeting": lambda world: _address(world.untouched),
    "coming_deputy": lambda world: _address(world.untouched, world.delegate.pk),
    "coming_preparation": lambda world: _address(world.untouched, _preparation(world.untouched).pk),
    "begun_meeting": lambda world: _address(_begun(world)),
    "groups_meeting": lambda world: _address(_groups(world)),
    "groups_coming": lambda world: _address(_groups(world, date(2026, 11, 20))),
    "hosted": lambda world: _address(_hosted(world)),
    "hosted_item": _hosted_item,
    "hosted_preparation": _hosted_preparation,
    "hosted_task": _hosted_task,
    "open_file": lambda world: _file(_begun(world), world),
    "groups_file": lambda world: _file(_groups(world), world),
    "own_agreement": lambda world: (
        Agreement.objects.create(meeting=_begun(world), participation=world.own, text="Pröva mallen").pk,
    ),
    "own_impression": _own_impression,
    "own_idea": _own_idea,
    "meeting_file": lambda world: (world.cohort.slug, world.untouched.key),
}


NO_HTML: tuple[str, ...] = (
    "open_file",
    "groups_file",
    "meeting_file",
)


def _running(scene: Scene, key: str) -> Meeting:
    meeting: Meeting = scene.running.meetings.select_related("cohort").get(key=key)
    return meeting


def bare(scene: Scene) -> tuple[Any, ...]:
    """One of which nothing is set but its day."""
    return _address(_running(scene, "deep-dive-2"))


def _made_ready(scene: Scene, key: str) -> Meeting:
    """With an agenda, preparations and a checklist; the own organisation is host."""
    meeting = _running(scene, key)
    if meeting.agenda.filter(title="Välkomna").exists():
        return meeting
    meeting.agenda.all().delete()
    Meeting.objects.filter(pk=meeting.pk).update(
        host=scene.own, starts_at="09:00", ends_at="12:00", place="Regionhuset", goals="En egen mall.\nTvå idéer."
    )
    rows = (
        (1, AgendaPart.JOINT, Whose.SKR, 20, "Välkomna"),
        (2, AgendaPart.POLITICIAN, Whose.EXCHANGE, 60, "Hur leder vi?"),
        (2, AgendaPart.MANAGER, Whose.EXCHANGE, 60, "Hur följer vi upp?"),
        (3, AgendaPart.JOINT, Whose.PAUSE, 15, "Kaffe"),
        (4, AgendaPart.JOINT, Whose.MENTOR, 30, "Så gjorde vi"),
    )
    for position, part, whose, minutes, title in rows:
        AgendaItem.objects.create(
            meeting=meeting, position=position, part=part, whose=whose, minutes=minutes, title=title
        )
    for number in range(5):
        Preparation.objects.create(meeting=meeting, text=f"Läs del {number}", days_before=7 + number, position=number)
    HostTask.objects.create(meeting=meeting, phase="before", text="Boka lokal", position=1)
    HostTask.objects.create(meeting=meeting, phase="after", text="Lägg ut bilderna", position=2, done_by="Eva")
    return meeting


def ready(scene: Scene) -> tuple[Any, ...]:
    return _address(_made_ready(scene, "learning-2"))


def from_the_mail(page: Browser, scene: Scene) -> None:
    page.goto(f"{page.url}?svar=ja")
    expect(page.get_by_text("I mejlet valde du att komma.")).to_be_visible()


def said_no(scene: Scene) -> tuple[Any, ...]:
    """The strategist has said no, and has a deputy to ask."""
    meeting = _made_ready(scene, "learning-2")
    seat = scene.own.delegates.get(user=scene.users["strategist"])
    Attendance.objects.update_or_create(meeting=meeting, delegate=seat, defaults={"answer": Rsvp.NO})
    Delegate.objects.get_or_create(
        participation=scene.own,
        user=scene.users["stranger"],
        defaults={"function": Function.STRATEGIST, "deputy": True, "starts_on": seat.starts_on},
    )
    return _address(meeting)


def moved(scene: Scene) -> tuple[Any, ...]:
    """The contributor answered before the day was moved."""
    meeting = _made_ready(scene, "learning-2")
    seat = scene.own.delegates.get(user=scene.users["contributor"])
    Attendance.objects.update_or_create(meeting=meeting, delegate=seat, defaults={"answer": "yes", "answered_to": 9})
    return _address(meeting)


def today(scene: Scene) -> tuple[Any, ...]:
    """One that is held on the day itself."""
    there = scene.running.meetings.filter(key="i-dag").first()
    day = timezone.localdate()
    made = there or MeetingFactory(cohort=scene.running, key="i-dag", name="Fördjupning", number=77, starts_on=day)
    return _address(_made_ready(scene, made.key))


def spoken_at(scene: Scene, key: str = "learning-1") -> Meeting:
    """What came of it, from the own organisation and a groupmate."""
    meeting, strategist = _made_ready(scene, key), scene.users["strategist"]
    if meeting.impressions.filter(written_by=strategist).exists():
        return meeting
    owner = scene.own.delegates.get(user=strategist)
    day = timezone.localdate()
    about = {"meeting": meeting, "participation": scene.own}
    Agreement.objects.create(**about, text="Pröva mallen", owner=owner, due_on=day - timedelta(days=1))
    Agreement.objects.create(meeting=meeting, text="Alla läser rapporten", done_on=day)
    for kind in ("plus", "minus", "interesting"):
        Impression.objects.create(**about, kind=kind, text=f"Så tänkte vi: {kind}", written_by=strategist)
    Takeaway.objects.create(**about, source=scene.other, text="En mall för beslut", noted_by=strategist)
    Takeaway.objects.create(meeting=meeting, participation=scene.other, source=scene.own, text="Er utbildning")
    Material.objects.create(
        **about, kind="presentation", title="Våra bilder", file=ContentFile(b"%PDF", "a.pdf"), size=48_000
    )
    Material.objects.create(meeting=meeting, kind="material", title="Rapporten", url="https://exempel.invalid/")
    return meeting


def spoken(scene: Scene) -> tuple[Any, ...]:
    return _address(spoken_at(scene))


def row_of(name: str) -> Callable[[Scene], tuple[Any, ...]]:
    """The page of one row of the meeting that is made ready."""

    def place(scene: Scene) -> tuple[Any, ...]:
        meeting = _made_ready(scene, "learning-2")
        return _address(meeting, getattr(meeting, name).first().pk)

    return place


def coming(*more: Any) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: _address(_running(scene, "learning-2"), *more)


def one_of(model: Any) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (model.objects.filter(meeting=spoken_at(scene), participation=scene.own).first().pk,)


def written_by_me(scene: Scene) -> tuple[Any, ...]:
    mine = Impression.objects.filter(meeting=spoken_at(scene), written_by=scene.users["strategist"])
    return (mine.first().pk,)


def with_an_address(page: Browser, scene: Scene) -> None:
    press("Skapa min adress")(page, scene)
    expect(page.get_by_label("Adress att kopiera")).to_be_visible()
    unfold(page, scene)


PAGES: tuple[Page, ...] = (
    Page("meetings:meetings", "strategist", cohort("running")),
    Page("meetings:meetings", "process_leader", cohort("empty"), "empty"),
    Page("meetings:meeting", "politician", bare, "empty"),
    Page("meetings:meeting", "strategist", ready, "before", unfold),
    Page("meetings:meeting", "politician", ready, "answered from the mail", from_the_mail),
    Page("meetings:meeting", "strategist", said_no, "said no"),
    Page("meetings:meeting", "contributor", moved, "moved"),
    Page("meetings:meeting", "strategist", today, "on the day", unfold),
    Page("meetings:meeting", "strategist", spoken, "after", unfold),
    Page("meetings:meeting", "evaluator", spoken, "after"),
    Page("meetings:meeting", "process_leader", ready, "before"),
    Page("meetings:edit", "strategist", ready),
    Page("meetings:edit", "process_leader", ready, "refused", refused(link="inte en länk")),
    Page("meetings:agenda", "strategist", ready),
    Page("meetings:agenda", "process_leader", bare, "empty"),
    Page("meetings:agenda", "strategist", ready, "refused", refused("Lägg till punkten", minutes="")),
    Page("meetings:agenda_item", "strategist", row_of("agenda")),
    Page("meetings:preparations", "strategist", ready),
    Page("meetings:preparations", "process_leader", ready, "refused", refused("Lägg till förberedelsen")),
    Page("meetings:preparation", "strategist", row_of("preparations")),
    Page("meetings:host_tasks", "strategist", ready),
    Page("meetings:host_tasks", "strategist", ready, "refused", refused("Lägg till uppgiften")),
    Page("meetings:copy", "strategist", ready),
    Page("meetings:copy", "process_leader", ready, "refused", refused("Kopiera")),
    Page("meetings:attendance", "strategist", spoken),
    Page("meetings:documentation", "strategist", spoken),
    Page("meetings:material", "strategist", spoken),
    Page("meetings:material", "strategist", spoken, "a link refused", refused("Lägg till länken")),
    Page("meetings:material", "strategist", spoken, "a file refused", refused("Lägg till filen")),
    Page("meetings:agreements", "strategist", spoken),
    Page("meetings:agreements", "strategist", spoken, "refused", refused("Spara överenskommelsen")),
    Page("meetings:agreements", "strategist", coming(), "too early"),
    Page("meetings:agreement", "strategist", one_of(Agreement)),
    Page("meetings:impressions", "strategist", spoken),
    Page("meetings:impressions", "strategist", spoken, "refused", refused()),
    Page("meetings:impressions", "process_leader", spoken),
    Page("meetings:impression", "strategist", written_by_me),
    Page("meetings:ideas", "strategist", spoken),
    Page("meetings:ideas", "strategist", spoken, "refused", refused("Spara idén")),
    Page("meetings:calendar", "strategist", nowhere, "with an address", with_an_address),
    Page("meetings:calendar", "politician", nowhere, "none"),
    Page("meetings:calendar", "stranger", nowhere, "no meetings"),
)


NO_PAGE: dict[str, str] = {
    "meetings:material_file": "a file",
    "meetings:ics": "a file",
    "meetings:feed": "a file",
    "meetings:calendar_make": "takes a post only",
    "meetings:calendar_replace": "takes a post only",
    "meetings:calendar_remove": "takes a post only",
}


def _full(omgang: Omgang, key: str) -> list[Any]:
    """A meeting with one of each from every organisation."""
    meeting = omgang.cohort.meetings.get(key=key)
    members = list(omgang.cohort.participations.participants())
    if not meeting.agenda.exists():
        AgendaItem.objects.create(meeting=meeting, position=1, title="Samtal", minutes=60)
        for number in range(4):
            Preparation.objects.create(meeting=meeting, text=f"Läs {number}", days_before=7, position=number)
        HostTask.objects.create(meeting=meeting, phase="before", text="Boka lokal", position=1)
        for place, member in enumerate(members):
            about = {"meeting": meeting, "participation": member}
            Agreement.objects.create(**about, text="Pröva", owner=member.delegates.first())
            Impression.objects.create(**about, kind="plus", text="Bra")
            Takeaway.objects.create(**about, source=members[place - 1], text="En mall")
            Material.objects.create(**about, kind="presentation", title="Bilder", url="https://exempel.invalid/")
            Attendance.objects.create(meeting=meeting, delegate=member.delegates.first(), answer="yes", attended=True)
    return [omgang.cohort.slug, key]


def ahead(omgang: Omgang) -> list[Any]:
    return _full(omgang, "learning-3")


def past_meeting(omgang: Omgang) -> list[Any]:
    return _full(omgang, "learning-2")


def the_feed(omgang: Any) -> list[str]:
    CalendarFeed.objects.get_or_create(user=omgang.people["strategist"], key=f"nyckel-{omgang.cohort.slug}")
    return [f"nyckel-{omgang.cohort.slug}"]


COUNTED: tuple[Counted, ...] = (
    Counted("Meeting, process leader", "meetings:meeting", "process_leader", next_meeting, timed=MIDDLE),
    Counted("Meeting, strategist", "meetings:meeting", "strategist", next_meeting, timed=MIDDLE),
    Counted("Meetings, strategist", "meetings:meetings", "strategist", whole),
    Counted("Meetings, process leader", "meetings:meetings", "process_leader", whole),
    Counted("A meeting ahead, strategist", "meetings:meeting", "strategist", ahead),
    Counted("A meeting ahead, process leader", "meetings:meeting", "process_leader", ahead),
    Counted("A meeting that has been, strategist", "meetings:meeting", "strategist", past_meeting),
    Counted("A meeting that has been, mentor", "meetings:meeting", "mentor", past_meeting),
    Counted("A meeting that has been, process leader", "meetings:meeting", "process_leader", past_meeting),
    Counted("Agenda", "meetings:agenda", "process_leader", ahead),
    Counted("Preparations", "meetings:preparations", "process_leader", ahead),
    Counted("Organiser's checklist", "meetings:host_tasks", "process_leader", ahead),
    Counted("Copying", "meetings:copy", "process_leader", ahead),
    Counted("Attendance", "meetings:attendance", "process_leader", past_meeting),
    Counted("Material", "meetings:material", "strategist", past_meeting),
    Counted("Agreements, strategist", "meetings:agreements", "strategist", past_meeting),
    Counted("Agreements, process leader", "meetings:agreements", "process_leader", past_meeting),
    Counted("Plus, minus, interesting", "meetings:impressions", "process_leader", past_meeting),
    Counted("Ideas", "meetings:ideas", "strategist", past_meeting),
    Counted("Calendar", "meetings:calendar", "strategist", no_place),
    Counted("Calendar, mentor", "meetings:calendar", "mentor", no_place),
    Counted("Feed", "meetings:feed", "strategist", the_feed),
)
