"""What the pages about mentorship tell one organisation: its task where it is mentor, else what it is asked for."""

from dataclasses import dataclass
from datetime import date

from cohorts.mentoring import (
    EXPECTATIONS,
    WHO_TAKES_PART,
    Estimate,
    LearningMeeting,
    Load,
    estimate_for,
    load_of,
    not_meant,
)
from cohorts.models import Cohort, MentorAgreement, MentorOffer, MentorQuestion, Participation


@dataclass(frozen=True)
class MentorTask:
    """`about` is the omgång one is mentor in, or that SKR has asked for; else the one one takes part in."""

    participation: Participation
    about: Cohort
    question: MentorQuestion | None
    load: Load | None
    offer: MentorOffer | None
    agreement: MentorAgreement | None
    estimate: Estimate
    not_meant: tuple[str, ...]
    expectations: tuple[str, ...] = EXPECTATIONS
    who_takes_part: str = WHO_TAKES_PART


def task_of(participation: Participation, today: date) -> MentorTask:
    """With `mentor_offer` and `mentor_agreement` at hand."""
    agreement: MentorAgreement | None = getattr(participation, "mentor_agreement", None)
    question = None if not participation.is_participant else _asked(participation, today)
    about = question.cohort if question else participation.cohort
    meetings = list(about.meetings.learning())
    load = None if participation.is_participant else _own_load(participation, meetings, agreement)
    # A mentor without a group yet is told what the omgång's mentors usually take on.
    has_task = load is not None and load.estimate.hours > 0
    return MentorTask(
        participation=participation,
        about=about,
        question=question,
        load=load,
        offer=getattr(participation, "mentor_offer", None),
        agreement=agreement,
        estimate=load.estimate if load and has_task else estimate_for(about, meetings),
        not_meant=not_meant(about),
    )


def _asked(participation: Participation, today: date) -> MentorQuestion | None:
    """SKR's newest question for an omgång that still runs."""
    asked = participation.mentor_questions.filter(cohort__ends_on__gte=today)
    return asked.select_related("cohort").first()


def _own_load(participation: Participation, meetings: list[LearningMeeting], agreement: MentorAgreement | None) -> Load:
    tasks = participation.mentorships.select_related("group")
    return load_of(participation, list(tasks), meetings, agreement.hours if agreement else None)
