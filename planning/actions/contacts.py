"""Choose whom an omgång may ask at SKR."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from cohorts.enums import ContactTask
from cohorts.models import Cohort, CohortContact
from cohorts.trail import CohortEvent
from kit import audit
from kit.editing import compare
from meetings.actions.holding import hold_days


def stored_contacts(cohort: Cohort) -> dict[str, Any]:
    """Return the contact, and for each task the keys of its people in order."""
    rows = list(cohort.contacts.order_by("user").values_list("task", "user"))
    return {"contact": cohort.contact} | {
        task.value: tuple(user for its_task, user in rows if its_task == task) for task in ContactTask
    }


@transaction.atomic
def choose_contacts(
    *, cohort: Cohort, contact: User | None, support: Sequence[int], communication: Sequence[int], seen: str, by: User
) -> Cohort:
    cohort = hold_days(cohort)
    chosen = {ContactTask.SUPPORT: support, ContactTask.COMMUNICATION: communication}
    after = {"contact": contact, **{task.value: users for task, users in chosen.items()}}
    if compare(stored_contacts(cohort), after, seen=seen) is None:
        return cohort
    cohort.contact = contact
    cohort.save(update_fields=["contact"])
    cohort.contacts.all().delete()
    CohortContact.objects.bulk_create(
        CohortContact(cohort=cohort, user_id=user, task=task) for task, users in chosen.items() for user in users
    )
    audit.record(CohortEvent.COHORT_CHANGED, target=cohort, by=by, what="kontaktpersonerna på SKR")
    return cohort
