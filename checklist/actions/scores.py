"""The agreed values and what is said of them, saved one moment at a time."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from accounts.models import User
from checklist.actions.assessments import locked, refuse_handed_in
from checklist.models import Assessment, Item, Score
from modell import audit
from modell.audit import Kind
from modell.figures import printed
from modell.refusals import ActionRefused


class Content(NamedTuple):
    """What is saved of one moment."""

    value: Decimal | None = None
    comment: str = ""
    shared: bool = False
    glad_to_tell: bool = False
    aim: Decimal | None = None
    since_last: str = ""
    reasoning: str = ""
    next_step: str = ""


class ScoreTaken(ActionRefused):
    """Someone saved the moment after the page was drawn: nothing is stored, both values are to be shown."""

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
    content: Content,
    revision: int,
    untouched: bool = False,
    why: str = "",
    kind: Kind = Kind.SCORE_SAVED,
    by: User,
) -> Score:
    """Save one moment. `revision` is the one the page was drawn with; a stale one stores nothing (ScoreTaken).

    The same content posted again is no change, however old the page: a double click stores nothing twice.
    `untouched` says that the page posts what it was drawn with: then what another has saved since stands.
    A value that was agreed changes only with `why`, which the organisation's trail keeps. `kind` is what the trail
    calls any other save.
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
        Kind.AGREED_VALUE_CHANGED if changes_agreed else kind,
        target=f"{assessment}: {item.short}",
        by=by,
        organisation=assessment.participation.organisation.code,
        **changes,
    )
    return score


def _refuse_off_scale(assessment: Assessment, content: Content) -> None:
    if field := off_scale(assessment, content):
        raise ActionRefused("Värdet finns inte på skalan.", field=field)


def off_scale(assessment: Assessment, content: Content) -> str:
    """The first field with a value that the scale does not have; empty where there is none."""
    chosen = {"value": content.value, "aim": content.aim}
    return next((name for name, value in chosen.items() if value is not None and value not in assessment.values), "")


def write_score(score: Score, content: Content, by: User | None) -> None:
    """Store it as it is; whether it may be is the caller's to have asked, with the assessment's row held."""
    for name, value in content._asdict().items():
        setattr(score, name, value)
    if score.value is not None:
        score.suggested = None  # chosen, so there is nothing left to confirm
    score.revision += 1
    score.saved_by = by
    score.save()


def content_of(score: Score) -> Content:
    stored = {name: getattr(score, name) for name in Content._fields}
    plain = {name: None if stored[name] is None else stored[name].normalize() for name in ("value", "aim")}
    return Content(**{**stored, **plain})


def _changes(before: Content, new: Content) -> dict[str, object]:
    """For the trail: from what to what. A text stays out of it; that it changed is enough."""
    changed: dict[str, object] = {}
    if before.value != new.value:
        changed |= {"before": told(before.value), "after": told(new.value)}
    others = [name for name in Content._fields[1:] if getattr(before, name) != getattr(new, name)]
    return changed | {"also": others} if others else changed


def told(value: Decimal | None) -> str | None:
    return None if value is None else printed(value, 1)
