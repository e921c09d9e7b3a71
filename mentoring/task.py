"""Values of the pages about mentorship that an organisation reads."""

from dataclasses import dataclass
from datetime import date

from cohorts.enums import MentorModel, Status
from cohorts.kinds import cohorts_for
from cohorts.models import Cohort, Participation
from meetings.whom import mentorships_of
from mentoring.load import (
    EXPECTATIONS,
    WHO_TAKES_PART,
    WORTH,
    Estimate,
    Load,
    estimate_for,
    load_of,
    not_meant,
)
from mentoring.models import MentorAgreement, MentorOffer, MentorQuestion


@dataclass(frozen=True)
class MentorTask:
    """`about` is the omgång it mentors in or is asked to, else the next that is open; never a finished one."""

    participation: Participation
    about: Cohort | None
    been_through: Cohort | None
    question: MentorQuestion | None
    load: Load | None
    offer: MentorOffer | None
    agreement: MentorAgreement | None
    estimate: Estimate
    not_meant: tuple[str, ...]
    expectations: tuple[str, ...] = EXPECTATIONS
    who_takes_part: str = WHO_TAKES_PART
    worth: str = WORTH

    @property
    def coming_estimate(self) -> Estimate:
        """Return the hours in `about`, which may be another omgång than the one on the page."""
        if self.about is None:
            return Estimate(0, self.participation.cohort.mentor_hours)
        if self.about == self.participation.cohort:
            return self.estimate
        return estimate_for(self.about, list(self.about.meetings.learning()))


def task_of(participation: Participation, today: date) -> MentorTask:
    """Return the values; select `mentor_offer` and `mentor_agreement` with the participation to save queries."""
    agreement: MentorAgreement | None = getattr(participation, "mentor_agreement", None)
    question = None if not participation.is_participant else _asked(participation, today)
    about = question.cohort if question else _mentored(participation, today) or next_cohort(participation, today)
    load = None if participation.is_participant else _own_load(participation, agreement)
    return MentorTask(
        participation=participation,
        about=about,
        been_through=_been_through(participation, today),
        question=question,
        load=load,
        offer=getattr(participation, "mentor_offer", None),
        agreement=agreement,
        estimate=_estimate(load, participation.cohort if load else about, participation.cohort.mentor_hours),
        not_meant=not_meant(participation.cohort if load else about),
    )


def _estimate(load: Load | None, about: Cohort | None, hours_each: int) -> Estimate:
    # A mentor without a group sees what the omgång's mentors usually take on.
    if load and load.estimate.hours > 0:
        return load.estimate
    return estimate_for(about, list(about.meetings.learning())) if about else Estimate(0, hours_each)


def _mentored(participation: Participation, today: date) -> Cohort | None:
    cohort = participation.cohort
    return cohort if not participation.is_participant and cohort.ends_on >= today else None


def next_cohort(participation: Participation, today: date) -> Cohort | None:
    """Return the next omgång that starts, if it has opened for interest and wants mentors of its kind."""
    rows = Cohort.objects.beside(participation.cohort).filter(
        kind__in=cohorts_for(participation.kind),
        constructed=participation.cohort.constructed,
        interest_opens_on__lte=today,
        starts_on__gte=today,
    )
    taken = {"participations__organisation": participation.organisation}
    return rows.exclude(mentor_model=MentorModel.NONE).exclude(**taken).order_by("starts_on", "slug").first()


def _been_through(participation: Participation, today: date) -> Cohort | None:
    """Return the latest omgång that the organisation has taken part in and not left."""
    if participation.is_participant:
        return participation.cohort
    rows = Participation.objects.participants().filter(
        organisation=participation.organisation, cohort__starts_on__lte=today
    )
    latest = (
        rows.exclude(status=Status.WITHDRAWN).select_related("cohort").order_by("-cohort__starts_on", "-pk").first()
    )
    return latest.cohort if latest else None


def _asked(participation: Participation, today: date) -> MentorQuestion | None:
    asked = participation.mentor_questions.filter(cohort__ends_on__gte=today)
    return asked.select_related("cohort").first()


def _own_load(participation: Participation, agreement: MentorAgreement | None) -> Load:
    meetings = list(participation.cohort.meetings.learning())
    tasks = mentorships_of([participation.pk])[participation.pk]
    return load_of(participation, tasks, meetings, agreement.hours if agreement else None)
