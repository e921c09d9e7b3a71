"""The pool, the agreement, the mentor's page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from bench.pages import Page as Counted
from bench.pages import own, whole
from cohorts.enums import MentorAnswer, MentorModel
from cohorts.models import Cohort, GroupMentor
from meetings.models import Meeting
from tests.access import OWN, SKR, Row, rest
from tests.browser.steps import Page, cohort, of, press, refused
from tests.factories import CohortFactory, DelegateFactory, ParticipationFactory
from tests.process_factories import (
    AgreementFactory,
    MentorAgreementFactory,
    MentorOfferFactory,
    PreparationFactory,
)

READS = (*SKR, *OWN)


def former(world: Any) -> tuple[Any, ...]:
    """One that has been through another omgång, as the pool of this one names it."""
    row = ParticipationFactory(cohort__constructed=world.cohort.constructed)
    DelegateFactory(participation=row)
    return world.cohort.slug, row.code


def mentoring(world: Any) -> Any:
    return world.users["mentor"].seats.get().participation


def as_mentor(world: Any) -> tuple[Any, ...]:
    return world.cohort.slug, mentoring(world).code


def thanked(world: Any) -> tuple[Any, ...]:
    """A letter on what has been held, sent."""
    Meeting.objects.filter(cohort=world.cohort).update(starts_on="2026-09-01", ends_on="2026-09-01")
    row = mentoring(world)
    row.thanked_on = timezone.localdate()
    row.save()
    return world.cohort.slug, row.code


def in_group(world: Any) -> tuple[Any, ...]:
    return *as_mentor(world), mentoring(world).mentorships.get().group.key


ROWS: list[Row] = [
    Row("cohorts:mentor", "organisation", ok=READS, forbidden=rest(*READS)),
    Row("cohorts:mentor", "organisation", ok=("strategist",), forbidden=rest("strategist"), post=True),
    Row("cohorts:mentor_paper", "mentor_paper", ok=READS, forbidden=rest(*READS)),
    Row("cohorts:mentor", "mentoring", ok=(*SKR, "mentor"), forbidden=rest(*SKR, "mentor")),
    Row("cohorts:mentor", "mentoring", forbidden=rest(), post=True),
    Row("cohorts:mentor_agreement", "mentoring", ok=("mentor",), forbidden=rest("mentor")),
    Row("cohorts:mentor_agreement", "mentoring", ok=("mentor",), forbidden=rest("mentor"), post=True),
    Row("programme:mentors", "cohort", ok=SKR, forbidden=rest(*SKR)),
    Row("programme:mentor_ask", "former", ok=SKR, forbidden=rest(*SKR)),
    Row("programme:mentor_ask", "former", ok=SKR, forbidden=rest(*SKR), post=True),
    Row("programme:mentor_add", "former", ok=SKR, forbidden=rest(*SKR)),
    Row("programme:mentor_add", "former", ok=SKR, forbidden=rest(*SKR), post=True),
    Row("programme:mentor_thank", "mentoring", ok=SKR, forbidden=rest(*SKR)),
    Row("programme:mentor_thank", "mentoring", ok=SKR, forbidden=rest(*SKR), post=True),
    Row("programme:mentor_letter", "thanked_mentor", ok=(*SKR, "mentor"), forbidden=rest(*SKR, "mentor")),
    Row("programme:mentored", "mentored", ok=("mentor",), forbidden=rest("mentor")),
]
PUBLIC: set[str] = set()
PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "mentor_paper": lambda world: (world.cohort.slug, world.own.code),
    "mentoring": as_mentor,
    "former": former,
    "thanked_mentor": thanked,
    "mentored": in_group,
}
NO_HTML: tuple[str, ...] = ("mentor_paper", "thanked_mentor")


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
    found = CohortFactory(mentor_model=MentorModel.NONE)
    return (found.slug,)


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


def before(scene: Any) -> tuple[Any, ...]:
    """With all that may stand there: preparations, agreements, a meeting to come."""
    task = GroupMentor.objects.get(participation=its_mentor(scene))
    meetings = Meeting.objects.filter(cohort=scene.running, group=task.group).order_by("starts_on")
    first, coming = meetings[0], meetings[1]
    GroupMentor.objects.filter(pk=task.pk).update(theme=coming.theme)
    Meeting.objects.filter(pk=coming.pk).update(has_presentations=True, place="Solbygdens stadshus")
    PreparationFactory(meeting=coming)
    AgreementFactory(meeting=first, due_on=timezone.localdate() + timedelta(days=9))
    AgreementFactory(meeting=first, participation=scene.own, done_on=timezone.localdate())
    return *of_mentor(scene), task.group.key


def already_thanked(scene: Any) -> tuple[Any, ...]:
    row = scene.running.participations.get(code="94")
    row.thanked_on = timezone.localdate()
    row.save()
    return scene.running.slug, row.code


PAGES: tuple[Page, ...] = (
    Page("programme:mentors", "process_leader", cohort("running")),
    Page("programme:mentors", "process_leader", filled, "with answers"),
    Page("programme:mentors", "process_leader", without_mentors, "without mentors"),
    Page("programme:mentors", "administrator", cohort("regions"), "ended"),
    Page("programme:mentor_ask", "process_leader", candidate),
    Page("programme:mentor_ask", "process_leader", nobody_there, "nobody to ask", press("Skicka frågan")),
    Page("programme:mentor_add", "process_leader", candidate),
    Page("programme:mentor_thank", "process_leader", of_mentor),
    Page("programme:mentor_thank", "process_leader", already_thanked, "thanked"),
    Page("cohorts:mentor", "strategist", of("own")),
    Page("cohorts:mentor", "strategist", of("own"), "refused", refused("Svara")),
    Page("cohorts:mentor", "own_politician", of("own"), "read only"),
    Page("cohorts:mentor", "mentor", of_mentor, "mentor"),
    Page("cohorts:mentor", "alone", lambda scene: of_alone(scene), "no group"),
    Page("cohorts:mentor_agreement", "mentor", of_mentor),
    Page("cohorts:mentor_agreement", "mentor", of_mentor, "refused", refused("Vi säger ja", hours="0")),
    Page("programme:mentored", "mentor", before),
)


def of_alone(scene: Any) -> tuple[Any, ...]:
    row = scene.users["alone"].seats.get().participation
    return row.cohort.slug, row.code


NO_PAGE: dict[str, str] = {"cohorts:mentor_paper": "a file", "programme:mentor_letter": "a file"}


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


def with_pool(omgang: Any) -> list[Any]:
    """The omgång's own mentors, and others outside it who could be."""
    MentorOfferFactory(participation__cohort__starts_on=omgang.cohort.starts_on)
    return whole(omgang)


def group_of(omgang: Any) -> list[Any]:
    task = GroupMentor.objects.get(participation__delegates__user=omgang.people["mentor"])
    GroupMentor.objects.filter(pk=task.pk).update(theme="")
    AgreementFactory(meeting=omgang.cohort.meetings.get(number=2), participation=omgang.first)
    PreparationFactory(meeting=omgang.cohort.meetings.get(number=3))
    return [omgang.cohort.slug, task.participation.code, task.group.key]


COUNTED: tuple[Counted, ...] = (
    Counted("Mentors", "programme:mentors", "process_leader", with_pool),
    Counted("The pool of mentors", "programme:mentors", "process_leader", beside),
    Counted("Asked to be mentor", "cohorts:mentor", "strategist", own),
    Counted("Before a meeting, mentor", "programme:mentored", "mentor", group_of),
)
