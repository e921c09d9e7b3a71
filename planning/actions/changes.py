"""Actions that write a concept's log of changes, of SKR's own words or of an answer to advice."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from evaluation.models import AdviceAnswer
from kit import audit
from kit.days import refuse_to_come
from kit.editing import save
from kit.refusals import ActionRefused
from planning.actions.editions import hold
from planning.models import Edition, EditionChange
from planning.trail import PlanningEvent

CHANGE = ("changed_on", "text")
CARRIED = "Svaret är redan infört i ett koncept."
NO_CHANGE = "Svaret säger inte att ni ändrar något. Ändra svaret först."


@transaction.atomic
def log_change(
    *, edition: Edition, changed_on: date, text: str, answer: AdviceAnswer | None = None, by: User, **seen: Any
) -> EditionChange:
    """Add a line to the log; `answer` is the answer to advice that it comes from, which is carried once."""
    edition = hold(edition)
    refuse_to_come(changed_on, timezone.localdate(), field="changed_on")
    change = EditionChange(edition=edition, changed_on=changed_on, text=text, answer=answer)
    if answer:
        _refuse_answer(answer)
        change.cohort = answer.cohort
    change.save()
    audit.record(PlanningEvent.EDITION_SAVED, target=edition, by=by, what="en ändring i konceptet")
    return change


def _refuse_answer(answer: AdviceAnswer) -> None:
    # Held, since it may be carried to two concepts at the same time.
    stored = AdviceAnswer.objects.select_for_update(of=("self",), no_key=True).get(pk=answer.pk)
    if not stored.changes:
        raise ActionRefused(NO_CHANGE)
    if stored.changes_made.exists():
        raise ActionRefused(CARRIED)


@transaction.atomic
def edit_change(*, change: EditionChange, changed_on: date, text: str, seen: str | None = None, by: User) -> None:
    edition = hold(change.edition)
    refuse_to_come(changed_on, timezone.localdate(), field="changed_on")
    change = edition.changes.get(pk=change.pk)
    if save(change, {"changed_on": changed_on, "text": text}, seen=seen):
        audit.record(PlanningEvent.EDITION_SAVED, target=edition, by=by, what="en ändring i konceptet")


@transaction.atomic
def remove_change(*, change: EditionChange, by: User) -> None:
    """Remove a line; an answer that it carried can be carried again."""
    edition = hold(change.edition)
    if EditionChange.objects.filter(pk=change.pk).delete()[0]:
        audit.record(PlanningEvent.EDITION_SAVED, target=edition, by=by, what="tog bort en ändring i konceptet")
