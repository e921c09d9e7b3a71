"""Panels read from the database. What a person sees of them is decided by `assessments.figures.sights`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef

from assessments.figures.disclosure import Entry, PastPanel, View
from assessments.figures.statistics import Answers, Panel
from assessments.models import Assessment, AssessmentPlan, PublishedAnswers, Release
from cohorts.kinds import PARTICIPANTS
from cohorts.models import Cohort, Participation
from meetings.models import Meeting
from meetings.querysets import MeetingQuerySet
from meetings.whom import participants_at

Among = Iterable[Participation] | None


def kinds_of(cohort: Cohort) -> tuple[str, ...]:
    return PARTICIPANTS[cohort.kind]


def answered_meetings(cohort: Cohort) -> MeetingQuerySet:
    submitted = (
        Assessment.objects.submitted()
        .whole()
        .filter(meeting=OuterRef("pk"), participation__in=Participation.objects.participants())
    )
    return cohort.meetings.filter(Exists(submitted)).order_by("starts_on", "number", "pk")


def participants_of(cohort_id: int) -> list[Participation]:
    """Return everyone who has been a participant; a page with several meetings passes them as `among`."""
    return list(Participation.objects.participants().filter(cohort=cohort_id).with_organisation())


def expected_at(meeting: Meeting, among: Among = None) -> list[Participation]:
    return participants_at(meeting, participants_of(meeting.cohort_id) if among is None else among)


@dataclass(frozen=True)
class Standing:
    """The panel of one kind as it stands now, what anyone may read of it by name, and every entry that anyone knows.

    An organisation that gladly tells about an item is named beside it, so its entry counts as known.
    """

    panel: Panel
    published: View
    disclosed: frozenset[Entry]


def live_panels(meeting: Meeting, plan: AssessmentPlan, among: Among = None) -> dict[str, Panel]:
    """Return, by kind, everything submitted now; only for SKR's own `statistics` and for `sights`, which decides."""
    return _by_kind(meeting, plan, _submitted(meeting, plan)[0], among)


def standing_at(meeting: Meeting, plan: AssessmentPlan, among: Among = None) -> dict[str, Standing]:
    answers, glad = _submitted(meeting, plan)
    published = published_at(meeting.published_answers.all())
    disclosed = frozenset(glad | entries_of(published))
    return {
        kind: Standing(panel, published, disclosed) for kind, panel in _by_kind(meeting, plan, answers, among).items()
    }


def published_at(rows: Iterable[PublishedAnswers]) -> dict[int, Answers]:
    """Return the newest published answers of each organisation; rows stand oldest first."""
    return {row.participation_id: _numbers(row.answers) for row in rows}


def entries_of(view: View) -> set[Entry]:
    return {(member, key, value) for member, answers in view.items() for key, value in answers.items()}


def panels_kept(meeting: Meeting, kind: str) -> Iterator[PastPanel]:
    """Yield the meeting's panels of the kind, the oldest first; they are read only when the first is asked for."""
    yield from past_panels(meeting.releases.filter(kind=kind).order_by("pk"))


def past_panels(releases: Iterable[Release]) -> Iterator[PastPanel]:
    for release in releases:
        disclosed = frozenset((member, key, Decimal(value)) for member, key, value in release.disclosed)
        yield PastPanel(read_panel(release), disclosed, release.printed)


def read_panel(release: Release) -> dict[int, Answers]:
    return {int(member): _numbers(answers) for member, answers in release.panel.items()}


def answers_of(assessment: Assessment) -> Answers:
    """Return the values of one assessment by item key; free of queries only after `with_scores`."""
    return {score.item.key: score.value for score in assessment.scores.all() if score.value is not None}


def values_of(participation: Participation) -> dict[int, Answers]:
    by_plan = Assessment.objects.submitted().at_meetings().filter(checklist=participation.cohort.plan.checklist_id)
    theirs = by_plan.filter(participation=participation).with_scores()
    return {assessment.meeting_id: answers_of(assessment) for assessment in theirs if assessment.meeting_id}


def _numbers(answers: Mapping[str, str]) -> Answers:
    return {key: Decimal(value) for key, value in answers.items()}


def _by_kind(meeting: Meeting, plan: AssessmentPlan, answers: View, among: Among) -> dict[str, Panel]:
    kinds = {participation.pk: participation.kind for participation in expected_at(meeting, among)}
    return {
        kind: Panel(
            items=tuple(plan.items),
            highest_step=plan.highest_step,
            answers={pk: values for pk, values in answers.items() if kinds.get(pk) == kind},
            n_expected=sum(of_kind == kind for of_kind in kinds.values()),
        )
        for kind in kinds_of(meeting.cohort)
    }


def _submitted(meeting: Meeting, plan: AssessmentPlan) -> tuple[View, set[Entry]]:
    """Return all answers, and the entries whose organisations gladly tell about their item."""
    # Only the plan's version counts: versions are never mixed, and two of them may use the same item key. Values
    # are read without a row object for each, since an omgång of three hundred has thousands.
    by_plan = Assessment.objects.submitted().whole().filter(meeting=meeting, checklist=plan.checklist_id).order_by("pk")
    answers: dict[int, dict[str, Decimal]] = {}
    glad: set[Entry] = set()
    columns = ("participation", "scores__item__key", "scores__value", "scores__glad_to_tell")
    for member, key, value, tells in by_plan.values_list(*columns):
        rated = answers.setdefault(member, {})
        if value is not None:
            rated[key] = value
            if tells:
                glad.add((member, key, value))
    return dict(answers), glad
