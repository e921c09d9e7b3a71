"""Saving of the agreed values and their texts, one moment at a time."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from accounts.models import User
from assessments.actions.assessments import locked, refuse_handed_in
from assessments.models import Assessment, Score
from assessments.trail import AssessmentEvent
from checklist.models import Item
from kit import audit
from kit.figures import printed
from kit.refusals import ActionRefused


class ScoreContent(NamedTuple):
    """The content that is saved of one moment."""

    value: Decimal | None = None
    comment: str = ""
    shared: bool = False
    glad_to_tell: bool = False
    aim: Decimal | None = None
    since_last: str = ""
    reasoning: str = ""
    next_step: str = ""


class ScoreTaken(ActionRefused):
    """Raised when someone saved the moment after the page was drawn: nothing is stored, both values are shown."""

    def __init__(self, score: Score) -> None:
        value = "inget värde" if score.value is None else f"värdet {printed(score.value, 1)}"
        who = score.saved_by.name if score.saved_by else "Någon annan"
        super().__init__(f"{who} har sparat {value} sedan ni öppnade sidan. Välj vilket som ska gälla.", field="value")
        self.score = score


@transaction.atomic
def save_score(
    *,
    assessment: Assessment,
    item: Item,
    content: ScoreContent,
    revision: int,
    untouched: bool = False,
    why: str = "",
    kind: AssessmentEvent = AssessmentEvent.SCORE_SAVED,
    by: User,
) -> Score:
    """Save one moment, or raise ScoreTaken and store nothing if `revision` is not the stored one.

    `revision` is the one the page was drawn with. The same content posted again is no change, however old the page, so
    a double click stores nothing twice. `untouched` says that the page posts what it was drawn with; then what another
    has saved since stands. A value that was agreed changes only with `why`, which the trail keeps. `kind` is the event
    that the trail records for any other save.
    """
    _refuse_off_scale(assessment, content)
    assessment = locked(assessment)
    score = Score.objects.filter(assessment=assessment, item=item).select_related("saved_by").first()
    score = score or Score(assessment=assessment, item=item)
    before = content_of(score)
    if before == content:
        return score
    refuse_handed_in(assessment, field="value")
    if score.revision != revision:
        if untouched and score.saved_by != by:
            return score
        raise ScoreTaken(score)
    changes_agreed = score.agreed and before.value != content.value
    if changes_agreed and not why.strip():
        raise ActionRefused("Ni hade enats om värdet. Skriv varför det ändras.", field="why")
    write_score(score, content, by)
    changes = _changes(before, content) | ({"why": why.strip()} if changes_agreed else {})
    audit.record(
        AssessmentEvent.AGREED_VALUE_CHANGED if changes_agreed else kind,
        target=f"{assessment}: {item.short}",
        by=by,
        organisation=assessment.participation.organisation.code,
        **changes,
    )
    return score


def _refuse_off_scale(assessment: Assessment, content: ScoreContent) -> None:
    if field := off_scale(assessment, content):
        raise ActionRefused("Värdet finns inte på skalan.", field=field)


def off_scale(assessment: Assessment, content: ScoreContent) -> str:
    """Return the first field with a value that is not on the scale, or an empty string."""
    chosen = {"value": content.value, "aim": content.aim}
    return next((name for name, value in chosen.items() if value is not None and value not in assessment.values), "")


def write_score(score: Score, content: ScoreContent, by: User | None) -> None:
    """Store the content without any check. The caller has locked the assessment's row and checked it."""
    for name, value in content._asdict().items():
        setattr(score, name, value)
    if score.value is not None:
        score.suggested = None  # chosen, so there is nothing left to confirm
    score.revision += 1
    score.saved_by = by
    score.save()


def content_of(score: Score) -> ScoreContent:
    stored = {name: getattr(score, name) for name in ScoreContent._fields}
    plain = {name: None if stored[name] is None else stored[name].normalize() for name in ("value", "aim")}
    return ScoreContent(**{**stored, **plain})


def _changes(before: ScoreContent, new: ScoreContent) -> dict[str, object]:
    changed: dict[str, object] = {}
    if before.value != new.value:
        changed |= {"before": value_text(before.value), "after": value_text(new.value)}
    # The trail keeps the values, but of the texts only that they changed.
    others = [name for name in ScoreContent._fields[1:] if getattr(before, name) != getattr(new, name)]
    return changed | {"also": others} if others else changed


def value_text(value: Decimal | None) -> str | None:
    return None if value is None else printed(value, 1)
