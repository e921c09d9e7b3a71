"""Every write to self-assessments and checklists."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from checklist.enums import AssessmentState
from checklist.models import Assessment, Item, Release, Score
from checklist.panels import live_panels, read_panel
from checklist.statistics import Answers
from cohorts.models import Cohort, Participation
from meetings.models import Meeting
from modell import audit
from modell.audit import Kind
from modell.figures import printed
from modell.refusals import ActionRefused

MOVES: dict[AssessmentState, set[AssessmentState]] = {
    AssessmentState.DRAFT: {AssessmentState.SUBMITTED},
    AssessmentState.SUBMITTED: {AssessmentState.DRAFT},
}


class Content(NamedTuple):
    """What is saved of one moment."""

    value: Decimal | None
    comment: str
    shared: bool
    glad_to_tell: bool


class ScoreTaken(ActionRefused):
    """Someone saved the moment after the page was drawn: nothing is stored, both values are to be shown."""

    def __init__(self, score: Score) -> None:
        value = "inget värde" if score.value is None else f"värdet {printed(score.value, 1)}"
        who = score.saved_by.name if score.saved_by else "Någon annan"
        super().__init__(f"{who} har sparat {value} sedan ni öppnade sidan. Välj vilket som ska gälla.", field="value")
        self.score = score


@transaction.atomic
def start_assessment(*, participation: Participation, meeting: Meeting, by: User) -> Assessment:
    """The organisation's assessment for the meeting, made if there is none: two clicks give one."""
    if meeting.cohort_id != participation.cohort_id or not meeting.is_assessed:
        raise ActionRefused("Till den träffen görs ingen självskattning.")
    if meeting.group_id not in (None, participation.group_id):
        raise ActionRefused("Träffen är en annan grupps.")
    assessment, created = Assessment.objects.get_or_create(participation=participation, meeting=meeting)
    if created:
        audit.record(Kind.ASSESSMENT_STARTED, target=assessment, by=by, organisation=participation.organisation.code)
    return assessment


@transaction.atomic
def save_score(
    *,
    assessment: Assessment,
    item: Item,
    value: Decimal | None,
    comment: str,
    shared: bool,
    glad_to_tell: bool,
    revision: int,
    untouched: bool = False,
    by: User,
) -> Score:
    """Save one moment. `revision` is the one the page was drawn with; a stale one stores nothing (ScoreTaken).

    The same content posted again is no change, however old the page: a double click stores nothing twice.
    `untouched` says that the page posts what it was drawn with: then what another has saved since stands.
    """
    if value is not None and value not in assessment.participation.cohort.plan.values:
        raise ActionRefused("Värdet finns inte på skalan.", field="value")
    assessment = _locked(assessment)
    score = Score.objects.filter(assessment=assessment, item=item).select_related("saved_by").first()
    score = score or Score(assessment=assessment, item=item)
    before, new = content_of(score), Content(value, comment, shared, glad_to_tell)
    if before == new:
        return score
    if not assessment.is_draft:
        raise ActionRefused("Självskattningen är inlämnad och ändras inte. Ta tillbaka den först.", field="value")
    if score.revision != revision:
        if untouched and score.saved_by != by:
            return score
        raise ScoreTaken(score)
    score.value, score.comment, score.shared, score.glad_to_tell = new
    score.revision += 1
    score.saved_by = by
    score.save()
    audit.record(
        Kind.SCORE_SAVED,
        target=f"{assessment}: {item.short}",
        by=by,
        organisation=assessment.participation.organisation.code,
        **_changes(before, new),
    )
    return score


@transaction.atomic
def submit_assessment(*, assessment: Assessment, assessors: int | None, by: User) -> Assessment:
    """Hand it in, whole: every moment has a value. What was handed in already stays as it is."""
    assessment = _locked(assessment)
    missing = missing_items(assessment)
    if missing and assessment.is_draft:
        numbers = ", ".join(str(item.number) for item in missing)
        raise ActionRefused(f"Alla moment behöver ett värde innan ni lämnar in. Det saknas på {numbers}.")
    _move(assessment, AssessmentState.SUBMITTED)
    assessment.submitted_on = timezone.localdate()
    assessment.submitted_by = by
    assessment.assessors = assessors
    assessment.save()
    audit.record(
        Kind.ASSESSMENT_SUBMITTED, target=assessment, by=by, organisation=assessment.participation.organisation.code
    )
    if assessment.meeting:
        renew_release(meeting=assessment.meeting)
    return assessment


@transaction.atomic
def retract_assessment(*, assessment: Assessment, by: User) -> Assessment:
    """Take it back, until its meeting begins: its figures leave the omgång's numbers."""
    assessment = _locked(assessment)
    if assessment.is_submitted and not assessment.may_be_retracted(timezone.localdate()):
        raise ActionRefused("Träffen har börjat, så självskattningen kan inte längre tas tillbaka.")
    _move(assessment, AssessmentState.DRAFT)
    assessment.submitted_on = None
    assessment.submitted_by = None
    assessment.save()
    audit.record(
        Kind.ASSESSMENT_RETRACTED, target=assessment, by=by, organisation=assessment.participation.organisation.code
    )
    return assessment


@transaction.atomic
def reword_item(*, item: Item, text: str, reason: str, by: User) -> Item:
    """Change a moment's wording, with the reason in the trail: the one change a used version allows."""
    text, reason = text.strip(), reason.strip()
    if not reason:
        raise ActionRefused("Skriv varför formuleringen ändras.", field="reason")
    if text != item.text:
        before, item.text = item.text, text
        item.save(update_fields=["text"])
        audit.record(Kind.ITEM_REWORDED, target=item, by=by, before=before, after=text, reason=reason)
    return item


def missing_items(assessment: Assessment) -> list[Item]:
    """The moment that have no value yet, in order."""
    rated = set(assessment.scores.filter(value__isnull=False).values_list("item_id", flat=True))
    return [item for item in assessment.participation.cohort.plan.items if item.pk not in rated]


@transaction.atomic
def renew_release(*, meeting: Meeting) -> None:
    """Show the omgång what stands now, if its meeting has begun and it differs enough from all it has been shown.

    The rule that nobody can work out one organisation's value by subtraction, over time either (ADR 0004).
    """
    if not meeting.has_begun(timezone.localdate()):
        return
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    for kind, panel in live_panels(meeting, meeting.cohort.plan).items():
        shown = [read_panel(release) for release in Release.objects.filter(meeting=meeting, kind=kind)]
        if panel.n < settings.MIN_GROUP or any(_differing(old, panel.answers) < settings.MIN_CHANGED for old in shown):
            continue
        stored = {
            str(member): {key: str(value) for key, value in answers.items()}
            for member, answers in panel.answers.items()
        }
        Release.objects.create(meeting=meeting, kind=kind, panel=stored)
        audit.record(Kind.AGGREGATES_OPENED, target=meeting, by=None, of_kind=kind, n=panel.n)


def renew_releases(*, cohort: Cohort) -> None:
    """`renew_release` for every meeting of the omgång that has assessments."""
    for meeting in cohort.meetings.assessed():
        renew_release(meeting=meeting)


def _differing(old: Mapping[int, Answers], new: Mapping[int, Answers]) -> int:
    """How many organisations came, went or changed a value."""
    return sum(old.get(member) != new.get(member) for member in old.keys() | new.keys())


def _locked(assessment: Assessment) -> Assessment:
    """The row as it stands now, held until the action is done."""
    related = ("participation__organisation", "participation__cohort__plan__checklist", "meeting__cohort")
    rows = Assessment.objects.select_for_update(of=("self",)).select_related(*related)
    return rows.get(pk=assessment.pk)


def _move(assessment: Assessment, to: AssessmentState) -> None:
    """The only code that changes an assessment's state."""
    was = AssessmentState(assessment.state)
    if to not in MOVES[was]:
        raise ActionRefused(f"Självskattningen är redan {was.label.lower()}.")
    assessment.state = to


def content_of(score: Score) -> Content:
    value = None if score.value is None else score.value.normalize()
    return Content(value, score.comment, score.shared, score.glad_to_tell)


def _changes(before: Content, new: Content) -> dict[str, object]:
    """For the trail: from what to what. A comment's text stays out of it; that it changed is enough."""
    changed: dict[str, object] = {}
    if before.value != new.value:
        changed |= {"before": _plain(before.value), "after": _plain(new.value)}
    others = [name for name in ("comment", "shared", "glad_to_tell") if getattr(before, name) != getattr(new, name)]
    return changed | {"also": others} if others else changed


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else printed(value, 1)
