"""Extend an omgång and mail everyone in it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.models import Cohort, Delegate
from kit import audit
from kit.refusals import ActionRefused
from kit.templatetags.swedish import day
from mailings.actions import Envelope, queue_mail
from people.invitations import called
from people.mails import COHORT_EXTENDED
from people.trail import PeopleEvent


@transaction.atomic
def extend_cohort(*, cohort: Cohort, ends_on: date, by: User) -> Cohort:
    """Move the last day later and mail everyone; `extended_from` keeps the first planned last day."""
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("contact").get(pk=cohort.pk)
    was = cohort.ends_on
    if ends_on == was:
        return cohort
    if ends_on < was:
        raise ActionRefused(f"Välj en senare dag än {day(was)}: omgången kan bara förlängas här.", field="ends_on")
    cohort.extended_from = cohort.extended_from or was
    cohort.ends_on = ends_on
    cohort.save(update_fields=["extended_from", "ends_on"])
    audit.record(
        PeopleEvent.COHORT_EXTENDED, target=cohort, by=by, before=day(was), after=day(ends_on), cohort=cohort.name
    )
    for delegate in _in_it(cohort):
        _tell(cohort, delegate, was)
    return cohort


def _in_it(cohort: Cohort) -> list[Delegate]:
    today = timezone.localdate()
    seats = Delegate.objects.filter(participation__cohort=cohort).current_or_coming(today)
    rows = seats.select_related("user", "participation__organisation").order_by("pk")
    # A person with several seats gets one mail.
    return list({row.user_id: row for row in rows if not row.participation.has_left_by(today)}.values())


def _tell(cohort: Cohort, delegate: Delegate, was: date) -> None:
    organisation = delegate.participation.organisation
    queue_mail(
        kind=COHORT_EXTENDED,
        key=f"{COHORT_EXTENDED.key}:{cohort.pk}:{cohort.ends_on.isoformat()}:{delegate.user_id}",
        to=Envelope.to(
            delegate.user,
            reason=f"Du får mejlet för att du är {called(delegate)} för {organisation} i {cohort}.",
            contact=cohort.contact,
        ),
        values={"omgang": cohort.name, "dag": day(cohort.ends_on), "forr": day(was)},
        path=cohort.get_absolute_url(),
        about=cohort.slug,
    )
