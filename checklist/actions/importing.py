"""Self-assessments read in from a workbook: all its sheets, or none.

On the command line (`by` is None) meetings that have been are open, a complete sheet is handed in, and what is handed
in already changes with `replace` alone. On the page an organisation reads in drafts to meetings that have not begun:
whose judgement it is and who took part is not in any workbook, so handing in is done, and decided, by hand afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from checklist.actions.assessments import locked, start_assessment, submit_assessment
from checklist.actions.releases import renew_release
from checklist.actions.scores import Content, content_of, off_scale, told, write_score
from checklist.models import Assessment, Item, Score
from cohorts.models import Participation
from meetings.models import Meeting
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.workbook.reading import plain_text

WHY = "Inläst från Excel"


@dataclass(frozen=True)
class Filled:
    """What a sheet says of one moment. What is empty here says nothing: what is stored stands."""

    moment: int
    value: Decimal | None = None
    aim: Decimal | None = None
    comment: str = ""
    since_last: str = ""

    @property
    def has_content(self) -> bool:
        return self.value is not None or self.aim is not None or bool(self.comment or self.since_last)


@dataclass(frozen=True)
class MeetingSheet:
    """A sheet that is for a meeting. One marked as a draft (Arbetsmaterial) stays one, however complete."""

    meeting: Meeting
    rows: tuple[Filled, ...]
    is_draft: bool = False


@dataclass(frozen=True)
class Outcome:
    """`changed` is how many moment were written; `rated` how many of all have a value now."""

    meeting: Meeting
    assessment: Assessment | None
    changed: int = 0
    rated: int = 0
    handed_in: bool = False


@transaction.atomic
def import_sheets(
    *,
    participation: Participation,
    sheets: Sequence[MeetingSheet],
    replace: bool = False,
    seen: Mapping[str, str] | None = None,
    by: User | None,
) -> list[Outcome]:
    """`seen` is what the page's preview was drawn from: if anything has been saved since, nothing is read in."""
    # First the organisation's row, as whoever else takes several of its assessments does: no two wait for each other.
    Participation.objects.select_for_update(no_key=True).get(pk=participation.pk)
    return [_import_sheet(participation, sheet, replace, seen, by) for sheet in sheets]


def _import_sheet(
    participation: Participation, sheet: MeetingSheet, replace: bool, seen: Mapping[str, str] | None, by: User | None
) -> Outcome:
    assessment = stored_assessment(participation, sheet.meeting)
    if not any(row.has_content for row in sheet.rows):
        return Outcome(sheet.meeting, assessment, rated=_rated(assessment))
    if by and sheet.meeting.has_begun(timezone.localdate()):
        raise ActionRefused(f"{sheet.meeting} har redan börjat. Äldre självskattningar läses in av SKR.")
    assessment = assessment or start_assessment(participation=participation, meeting=sheet.meeting, by=by)
    assessment = locked(assessment)
    if seen is not None and seen.get(sheet.meeting.key, "") != seen_of(assessment):
        raise ActionRefused(
            f"Någon har sparat i självskattningen inför {sheet.meeting} sedan ni valde filen. "
            "Inget är inläst. Se efter igen vad som ändras."
        )
    changes = _changes(assessment, sheet.rows)
    if changes:
        _refuse_if_closed(assessment, replace, by)
        _write(assessment, changes, by)
    handed_in = by is None and assessment.is_draft and not sheet.is_draft and _is_complete(assessment, sheet)
    if handed_in:
        assessment = _hand_in(assessment, by)
    return Outcome(sheet.meeting, assessment, len(changes), _rated(assessment), handed_in)


def stored_assessment(participation: Participation, meeting: Meeting) -> Assessment | None:
    return Assessment.objects.whole().filter(participation=participation, meeting=meeting).first()


def seen_of(assessment: Assessment | None) -> str:
    """Another text after every save, and after handing in or taking back; none is as one that nobody has filled in."""
    if assessment is None:
        return AS_NEW
    revisions = sorted((score.item_id, score.revision) for score in assessment.scores.all())
    return " ".join([assessment.state, *(f"{item}:{revision}" for item, revision in revisions)])


AS_NEW = Assessment().state


def _changes(assessment: Assessment, rows: Iterable[Filled]) -> list[tuple[Score, Content]]:
    """What is to be written: the moment where the sheet says something else than what is stored."""
    plan = assessment.participation.cohort.plan
    if assessment.checklist_id != plan.checklist_id:
        raise ActionRefused(f"Självskattningen inför {assessment.meeting} följer en annan version av checklistan.")
    items = {item.number: item for item in assessment.items}
    scores = {score.item_id: score for score in Score.objects.filter(assessment=assessment)}
    found = []
    for row in rows:
        item = items[row.moment]
        score = scores.get(item.pk) or Score(assessment=assessment, item=item, agreed=assessment.is_submitted)
        before = content_of(score)
        after = _merged(before, row)
        if after != before:
            _refuse_off_scale(assessment, item, after)
            found.append((score, after))
    return found


def _merged(before: Content, row: Filled) -> Content:
    return before._replace(
        value=before.value if row.value is None else row.value,
        aim=before.aim if row.aim is None else row.aim,
        comment=_text(before.comment, row.comment),
        since_last=_text(before.since_last, row.since_last),
    )


def _text(stored: str, read: str) -> str:
    """What differs only in what a cell cannot hold is the same text."""
    return stored if not read or read == plain_text(stored) else read


def _refuse_off_scale(assessment: Assessment, item: Item, content: Content) -> None:
    if off_scale(assessment, content):
        raise ActionRefused(f"Värdet på moment {item.number} finns inte på skalan.")


def _refuse_if_closed(assessment: Assessment, replace: bool, by: User | None) -> None:
    if assessment.is_submitted and not replace:
        how = "Ta tillbaka den först." if by else "Den ändras bara med --replace."
        raise ActionRefused(f"Självskattningen inför {assessment.meeting} är inlämnad. {how}")
    if hasattr(assessment, "round") and assessment.round.is_open:
        raise ActionRefused(
            f"Den enskilda skattningen inför {assessment.meeting} pågår. Stäng den innan något läses in."
        )


def _write(assessment: Assessment, changes: Sequence[tuple[Score, Content]], by: User | None) -> None:
    organisation = assessment.participation.organisation.code
    for score, content in changes:
        before = content_of(score).value
        write_score(score, content, by)
        if score.agreed and before != content.value:
            changed = {"before": told(before), "after": told(content.value), "why": WHY}
            target = f"{assessment}: {score.item.short}"
            audit.record(Kind.AGREED_VALUE_CHANGED, target=target, by=by, organisation=organisation, **changed)
    audit.record(Kind.WORKBOOK_IMPORTED, target=assessment, by=by, organisation=organisation, moment=len(changes))
    if assessment.is_submitted and assessment.meeting:
        renew_release(meeting=assessment.meeting)


def _is_complete(assessment: Assessment, sheet: MeetingSheet) -> bool:
    rated = {row.moment for row in sheet.rows if row.value is not None}
    return rated == {item.number for item in assessment.items}


def _hand_in(assessment: Assessment, by: User | None) -> Assessment:
    """Today; one to a meeting that has been counts as handed in the day it was due. The trail keeps the true day."""
    assessment = submit_assessment(assessment=assessment, by=by)
    meeting = assessment.meeting
    if meeting and meeting.has_begun(timezone.localdate()):
        assessment.submitted_on = meeting.assessment_due_on
        assessment.save(update_fields=["submitted_on"])
    return assessment


def _rated(assessment: Assessment | None) -> int:
    return assessment.scores.filter(value__isnull=False).count() if assessment else 0
