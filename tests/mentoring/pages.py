"""Mentors: the pool, agreements, their pages and papers."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from bench import MIDDLE
from bench.pages import Page as Counted
from bench.pages import own, whole
from cohorts.enums import MentorModel
from cohorts.models import Cohort, GroupMentor
from meetings.models import (
    Meeting,
)
from mentoring.enums import MentorAnswer
from tests.access import OWN, SKR, WORKERS, Row, rest
from tests.browser.steps import Page, cohort, of, press, refused
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    ParticipationFactory,
)
from tests.process_factories import (
    AgreementFactory,
    MentorAgreementFactory,
    MentorOfferFactory,
    PreparationFactory,
)

READS = (*SKR, *OWN)


ROWS: list[Row] = [
    Row("mentoring:mentor", "organisation", ok=READS, forbidden=rest(*READS)),
    Row("mentoring:mentor", "organisation", ok=("strategist",), forbidden=rest("strategist"), post=True),
    Row("mentoring:mentor_paper", "mentor_paper", ok=READS, forbidden=rest(*READS)),
    Row("mentoring:mentor_board_paper", "organisation", ok=READS, forbidden=rest(*READS)),
    Row("mentoring:mentor_board_paper", "organisation", ok=("strategist",), forbidden=rest("strategist"), post=True),
    Row("mentoring:mentor_board_paper_make", "organisation", ok=WORKERS, forbidden=rest(*WORKERS), post=True),
    Row("mentoring:mentor", "mentoring", ok=(*SKR, "mentor"), forbidden=rest(*SKR, "mentor")),
    Row("mentoring:mentor", "mentoring", forbidden=rest(), post=True),
    Row("mentoring:mentor_agreement", "mentoring", ok=("mentor",), forbidden=rest("mentor")),
    Row("mentoring:mentor_agreement", "mentoring", ok=("mentor",), forbidden=rest("mentor"), post=True),
    Row("mentoring:mentors", "cohort", ok=SKR, forbidden=rest(*SKR)),
    Row("mentoring:mentor_ask", "former", ok=SKR, forbidden=rest(*SKR)),
    Row("mentoring:mentor_ask", "former", ok=SKR, forbidden=rest(*SKR), post=True),
    Row("mentoring:mentor_add", "former", ok=SKR, forbidden=rest(*SKR)),
    Row("mentoring:mentor_add", "former", ok=SKR, forbidden=rest(*SKR), post=True),
    Row("mentoring:mentor_thank", "mentoring", ok=SKR, forbidden=rest(*SKR)),
    Row("mentoring:mentor_thank", "mentoring", ok=SKR, forbidden=rest(*SKR), post=True),
    Row("mentoring:mentor_letter", "thanked_mentor", ok=(*SKR, "mentor"), forbidden=rest(*SKR, "mentor")),
    Row("mentoring:mentored", "mentored", ok=("mentor",), forbidden=rest("mentor")),
]


PUBLIC: set[str] = set()


def mentoring(world: Any) -> Any:
    return world.users["mentor"].seats.get().participation


def as_mentor(world: Any) -> tuple[Any, ...]:
    return world.cohort.slug, mentoring(world).code


def former(world: Any) -> tuple[Any, ...]:
    """One that has been through another omgång, as the pool of this one names it."""
    row = ParticipationFactory(cohort__constructed=world.cohort.constructed)
    DelegateFactory(participation=row)
    return world.cohort.slug, row.code


def thanked(world: Any) -> tuple[Any, ...]:
    """A letter on what has been held, sent."""
    Meeting.objects.filter(cohort=world.cohort).update(starts_on="2026-09-01", ends_on="2026-09-01")
    row = mentoring(world)
    row.thanked_on = timezone.localdate()
    row.save()
    return world.cohort.slug, row.code


def in_group(world: Any) -> tuple[Any, ...]:
    return *as_mentor(world), mentoring(world).mentorships.get().group.key


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "mentor_paper": lambda world: (world.cohort.slug, world.own.code),
    "mentoring": as_mentor,
    "former": former,
    "thanked_mentor": thanked,
    "mentored": in_group,
}


NO_HTML: tuple[str, ...] = (
    "mentor_paper",
    "thanked_mentor",
)


def filled(scene: Any) -> tuple[Any, ...]:
    """Answers of every kind, an own agreement, and one who is thanked."""
    running = scene.running
    answers = [*MentorAnswer]
    for place, row in enumerate(scene.cohorts["demo-kommuner"].participations.order_by("pk")[:4]):
        if not hasattr(row, "mentor_offer"):
            MentorOfferFactory(participation=row, answer=answers[place], tells_about="Budget")
    mentors = list(running.participations.exclude(role="participant").order_by("pk"))
    if not hasattr(mentors[0], "mentor_agreement"):
        MentorAgreementFactory(participation=mentors[0], hours=30, note="Vi tar gärna budget.")
    mentors[1].thanked_on = timezone.localdate()
    mentors[1].save()
    return (running.slug,)


def without_mentors(scene: Any) -> tuple[Any, ...]:
    mentorless = CohortFactory(mentor_model=MentorModel.NONE)
    return (mentorless.slug,)


def candidate(scene: Any) -> tuple[Any, ...]:
    row = scene.cohorts["demo-kommuner"].participations.get(code="9202")
    return scene.running.slug, row.code


def nobody_there(scene: Any) -> tuple[Any, ...]:
    """One without a strateg: there is nobody to ask."""
    return scene.running.slug, "9402"


def its_mentor(scene: Any) -> Any:
    return scene.running.participations.get(code="93")


def of_mentor(scene: Any) -> tuple[Any, ...]:
    return scene.running.slug, its_mentor(scene).code


def already_thanked(scene: Any) -> tuple[Any, ...]:
    row = scene.running.participations.get(code="94")
    row.thanked_on = timezone.localdate()
    row.save()
    return scene.running.slug, row.code


def of_alone(scene: Any) -> tuple[Any, ...]:
    row = scene.users["alone"].seats.get().participation
    return row.cohort.slug, row.code


def before(scene: Any) -> tuple[Any, ...]:
    """With all that may stand there: preparations, agreements, a meeting to come."""
    task = GroupMentor.objects.get(participation=its_mentor(scene))
    meetings = Meeting.objects.filter(cohort=scene.running, group=task.group).order_by("starts_on")
    first, coming = meetings[0], meetings[1]
    task.meetings.set([coming])
    Meeting.objects.filter(pk=coming.pk).update(has_presentations=True, place="Solbygdens stadshus")
    PreparationFactory(meeting=coming)
    AgreementFactory(meeting=first, due_on=timezone.localdate() + timedelta(days=9))
    AgreementFactory(meeting=first, participation=scene.own, done_on=timezone.localdate())
    return *of_mentor(scene), task.group.key


PAGES: tuple[Page, ...] = (
    Page("mentoring:mentors", "process_leader", cohort("running")),
    Page("mentoring:mentors", "process_leader", filled, "with answers"),
    Page("mentoring:mentors", "process_leader", without_mentors, "without mentors"),
    Page("mentoring:mentors", "administrator", cohort("regions"), "ended"),
    Page("mentoring:mentor_ask", "process_leader", candidate),
    Page("mentoring:mentor_ask", "process_leader", nobody_there, "nobody to ask", press("Skicka frågan")),
    Page("mentoring:mentor_add", "process_leader", candidate),
    Page("mentoring:mentor_thank", "process_leader", of_mentor),
    Page("mentoring:mentor_thank", "process_leader", already_thanked, "thanked"),
    Page("mentoring:mentor", "strategist", of("own")),
    Page("mentoring:mentor", "strategist", of("own"), "refused", refused("Svara")),
    Page("mentoring:mentor", "own_politician", of("own"), "read only"),
    Page("mentoring:mentor", "mentor", of_mentor, "mentor"),
    Page("mentoring:mentor", "alone", lambda scene: of_alone(scene), "no group"),
    Page("mentoring:mentor_agreement", "mentor", of_mentor),
    Page("mentoring:mentor_agreement", "mentor", of_mentor, "refused", refused("Vi säger ja", hours="0")),
    Page("mentoring:mentor_board_paper", "strategist", of("own")),
    Page("mentoring:mentor_board_paper", "strategist", of("own"), "refused", refused("Spara orden", called="")),
    Page("mentoring:mentor_board_paper", "process_leader", of("own"), "read only"),
    Page("mentoring:mentored", "mentor", before),
)


NO_PAGE: dict[str, str] = {
    "mentoring:mentor_paper": "a file",
    "mentoring:mentor_letter": "a file",
}


def with_pool(omgang: Any) -> list[Any]:
    """The omgång's own mentors, and others outside it who could be."""
    MentorOfferFactory(participation__cohort__starts_on=omgang.cohort.starts_on)
    return whole(omgang)


def beside(omgang: Any) -> list[Any]:
    """An omgång to ask for, seen from which the others are the pool."""
    new = Cohort.objects.create(
        slug=f"ny-{omgang.cohort.slug}",
        name="Ny omgång",
        kind="kommuner",
        starts_on=omgang.cohort.starts_on,
        ends_on=omgang.cohort.ends_on,
        constructed=True,
    )
    return [new.slug]


def group_of(omgang: Any) -> list[Any]:
    task = GroupMentor.objects.get(participation__delegates__user=omgang.people["mentor"])
    task.meetings.clear()
    AgreementFactory(meeting=omgang.cohort.meetings.get(number=2), participation=omgang.first)
    PreparationFactory(meeting=omgang.cohort.meetings.get(number=3))
    return [omgang.cohort.slug, task.participation.code, task.group.key]


COUNTED: tuple[Counted, ...] = (
    Counted("Mentors", "mentoring:mentors", "process_leader", whole, timed=MIDDLE),
    Counted("Mentors", "mentoring:mentors", "process_leader", with_pool),
    Counted("The pool of mentors", "mentoring:mentors", "process_leader", beside),
    Counted("Asked to be mentor", "mentoring:mentor", "strategist", own),
    Counted("Mentorship, to the board", "mentoring:mentor_board_paper", "strategist", own),
    Counted("Before a meeting, mentor", "mentoring:mentored", "mentor", group_of),
)
