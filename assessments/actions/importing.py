"""Actions that read self-assessments in from a workbook: all its sheets, or none.

On the command line (`by` is None) meetings that have begun are open, a complete sheet is handed in, and a submitted
assessment changes only with `replace`. On the page an organisation reads in drafts to meetings that have not begun: no
workbook says whose judgement it is or who took part, so people hand it in by hand afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments.actions.assessments import locked, start_assessment, submit_assessment
from assessments.actions.scores import ScoreContent, content_of, off_scale, value_text, write_score
from assessments.figures.releases import renew_release
from assessments.models import Assessment, Score
from assessments.trail import AssessmentEvent
from checklist.models import Item
from cohorts.models import Part, Participation
from kit import audit
from kit.refusals import ActionRefused
from kit.workbook.cells import plain_text
from meetings.models import Meeting

WHY = "Inläst från Excel"


@dataclass(frozen=True)
class Filled:
    """The content of one moment in a sheet. An empty field leaves what is stored."""

    number: int
    value: Decimal | None = None
    aim: Decimal | None = None
    comment: str = ""
    since_last: str = ""
    reasoning: str = ""
    next_step: str = ""

    @property
    def has_content(self) -> bool:
        texts = (self.comment, self.since_last, self.reasoning, self.next_step)
        return self.value is not None or self.aim is not None or any(texts)


def target_key(meeting: str, part: int | None) -> str:
    """Return the key of what a sheet is read in to: a meeting, or a part's self-assessment before it."""
    return f"{meeting}/{part}" if meeting and part else meeting


@dataclass(frozen=True)
class MeetingSheet:
    """A sheet for a meeting, of the whole organisation or of a part.

    One marked as a draft (Arbetsmaterial) is not handed in, even if it is complete.
    """

    meeting: Meeting
    rows: tuple[Filled, ...]
    is_draft: bool = False
    part: Part | None = None

    @property
    def target(self) -> str:
        return target_key(self.meeting.key, self.part.pk if self.part else None)

    def __str__(self) -> str:
        return f"{self.meeting}, {self.part}" if self.part else str(self.meeting)


@dataclass(frozen=True)
class ImportOutcome:
    """The outcome of one sheet: `changed` moment were written, and `rated` of all have a value now."""

    sheet: MeetingSheet
    assessment: Assessment | None
    changed: int = 0
    rated: int = 0
    of: int = 0
    handed_in: bool = False


@transaction.atomic
def import_sheets(
    *,
    participation: Participation,
    sheets: Sequence[MeetingSheet],
    replace: bool = False,
    seen: Mapping[str, str] | None = None,
    by: User | None,
) -> list[ImportOutcome]:
    """Read in the sheets. `seen` is what the preview was drawn from; refuse if anything has been saved since."""
    # Everyone who locks several of its assessments locks the organisation's row first, so no two wait for each other.
    Participation.objects.select_for_update(no_key=True).get(pk=participation.pk)
    # Each sheet may lock its meeting, and meetings are locked in the order of their keys.
    in_order = sorted(range(len(sheets)), key=lambda place: sheets[place].meeting.pk)
    outcomes = {place: _import_sheet(participation, sheets[place], replace, seen, by) for place in in_order}
    return [outcomes[place] for place in range(len(sheets))]


def _import_sheet(
    participation: Participation, sheet: MeetingSheet, replace: bool, seen: Mapping[str, str] | None, by: User | None
) -> ImportOutcome:
    assessment = stored_assessment(participation, sheet)
    if not any(row.has_content for row in sheet.rows):
        return ImportOutcome(sheet, assessment, rated=_rated(assessment), of=len(assessment.items) if assessment else 0)
    if by and sheet.meeting.has_begun(timezone.localdate()):
        raise ActionRefused(f"{sheet.meeting} har redan börjat. Äldre självskattningar läses in av SKR.")
    assessment = assessment or start_assessment(
        participation=participation, meeting=sheet.meeting, part=sheet.part, by=by
    )
    assessment = locked(assessment)
    if seen is not None and seen.get(sheet.target, "") != seen_of(assessment):
        raise ActionRefused(
            f"Någon har sparat i självskattningen inför {sheet} sedan ni valde filen. "
            "Inget är inläst. Se efter igen vad som ändras."
        )
    changes = _changes(assessment, sheet.rows)
    if changes:
        _refuse_if_closed(assessment, sheet, replace, by)
        _write(assessment, changes, by)
    handed_in = by is None and assessment.is_draft and not sheet.is_draft and _is_complete(assessment, sheet)
    if handed_in:
        assessment = _hand_in(assessment, by)
    return ImportOutcome(sheet, assessment, len(changes), _rated(assessment), len(assessment.items), handed_in)


def stored_assessment(participation: Participation, sheet: MeetingSheet) -> Assessment | None:
    return Assessment.objects.filter(participation=participation, meeting=sheet.meeting, part=sheet.part).first()


def seen_of(assessment: Assessment | None) -> str:
    """Return a text that changes with every save, handing in and taking back; None counts as an empty draft."""
    if assessment is None:
        return AS_NEW
    revisions = sorted((score.item_id, score.revision) for score in assessment.scores.all())
    return " ".join([assessment.state, *(f"{item}:{revision}" for item, revision in revisions)])


AS_NEW = Assessment().state


def _changes(assessment: Assessment, rows: Iterable[Filled]) -> list[tuple[Score, ScoreContent]]:
    plan = assessment.participation.cohort.plan
    if assessment.checklist_id != ((assessment.part_id and plan.part_checklist_id) or plan.checklist_id):
        raise ActionRefused(f"Självskattningen inför {assessment.meeting} följer en annan version av checklistan.")
    items = {item.number: item for item in assessment.items}
    scores = {score.item_id: score for score in Score.objects.filter(assessment=assessment)}
    changes = []
    for row in rows:
        item = items[row.number]
        score = scores.get(item.pk) or Score(assessment=assessment, item=item, agreed=assessment.is_submitted)
        before = content_of(score)
        after = _merged(before, row)
        if after != before:
            _refuse_off_scale(assessment, item, after)
            changes.append((score, after))
    return changes


def _merged(before: ScoreContent, row: Filled) -> ScoreContent:
    return before._replace(
        value=before.value if row.value is None else row.value,
        aim=before.aim if row.aim is None else row.aim,
        comment=_text(before.comment, row.comment),
        since_last=_text(before.since_last, row.since_last),
        reasoning=_text(before.reasoning, row.reasoning),
        next_step=_text(before.next_step, row.next_step),
    )


def _text(stored: str, read: str) -> str:
    # Texts that differ only in what a cell cannot hold are the same.
    return stored if not read or read == plain_text(stored) else read


def _refuse_off_scale(assessment: Assessment, item: Item, content: ScoreContent) -> None:
    if off_scale(assessment, content):
        raise ActionRefused(f"Värdet på moment {item.number} finns inte på skalan.")


def _refuse_if_closed(assessment: Assessment, sheet: MeetingSheet, replace: bool, by: User | None) -> None:
    if assessment.is_submitted and not replace:
        how = "Ta tillbaka den först." if by else "Den ändras bara med --replace."
        raise ActionRefused(f"Självskattningen inför {sheet} är inlämnad. {how}")
    if hasattr(assessment, "round") and assessment.round.is_open:
        raise ActionRefused(f"Den enskilda skattningen inför {sheet} pågår. Stäng den innan något läses in.")


def _write(assessment: Assessment, changes: Sequence[tuple[Score, ScoreContent]], by: User | None) -> None:
    organisation = assessment.participation.organisation.code
    for score, content in changes:
        before = content_of(score).value
        write_score(score, content, by)
        if score.agreed and before != content.value:
            changed = {"before": value_text(before), "after": value_text(content.value), "why": WHY}
            target = f"{assessment}: {score.item.short}"
            audit.record(
                AssessmentEvent.AGREED_VALUE_CHANGED, target=target, by=by, organisation=organisation, **changed
            )
    audit.record(
        AssessmentEvent.WORKBOOK_IMPORTED, target=assessment, by=by, organisation=organisation, moment=len(changes)
    )
    if assessment.is_submitted and assessment.meeting:
        renew_release(meeting=assessment.meeting)


def _is_complete(assessment: Assessment, sheet: MeetingSheet) -> bool:
    rated = {row.number for row in sheet.rows if row.value is not None}
    return rated == {item.number for item in assessment.items}


def _hand_in(assessment: Assessment, by: User | None) -> Assessment:
    assessment = submit_assessment(assessment=assessment, by=by)
    meeting = assessment.meeting
    # One to a meeting that has begun counts as handed in the day it was due; the trail keeps the true day.
    if meeting and meeting.has_begun(timezone.localdate()):
        assessment.submitted_on = meeting.assessment_due_on
        assessment.save(update_fields=["submitted_on"])
    return assessment


def _rated(assessment: Assessment | None) -> int:
    return assessment.scores.filter(value__isnull=False).count() if assessment else 0
