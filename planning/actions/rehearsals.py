"""The deletion of a rehearsal (provomgång) with all that is in it."""

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from admission.models import Interest
from assessments.models import Assessment
from cohorts.models import Cohort
from kit import audit
from kit.models import AuditEvent, KeptForm
from kit.orphans import files_named, remove_unnamed
from kit.refusals import ActionRefused
from mailings.attachments import remove_unused
from mailings.models import Mail
from people.newcomers import is_in_use
from planning.trail import PlanningEvent

NO_REHEARSAL = "Bara en provomgång kan tas bort med allt som är skrivet i den."


@transaction.atomic
def delete_rehearsal(*, cohort: Cohort, slug: str, by: User) -> None:
    """Delete the rehearsal with its rows, files, mail and organisations, and the accounts that nobody else needs.

    `slug` is its address as somebody has typed it. A second click does nothing. Refuse any other omgång.
    """
    stored = Cohort.objects.select_for_update(of=("self",)).filter(pk=cohort.pk).first()
    if stored is None:
        return
    if not stored.rehearsal:
        raise ActionRefused(NO_REHEARSAL)
    if slug != stored.slug:
        raise ActionRefused(f"Det är inte den här provomgångens adress. Skriv {stored.slug}.", field="slug")
    files, people = files_named(), list(_people_of(stored))
    _delete_beside(stored)
    # What protects the rows below it goes first.
    Assessment.objects.filter(participation__cohort=stored).delete()
    Interest.objects.filter(cohort=stored).delete()
    stored.meetings.all().delete()
    stored.participations.all().delete()
    stored.own_organisations.all().delete()
    stored.delete()
    for person in people:
        _delete_unused(person)
    remove_unused()
    remove_unnamed(files)
    audit.record(PlanningEvent.REHEARSAL_DELETED, target=cohort, by=by)


def _people_of(cohort: Cohort) -> set[User]:
    seats = Q(seats__participation__cohort=cohort) | Q(seat_offers__participation__cohort=cohort)
    return set(User.objects.filter(seats | Q(evaluations__cohort=cohort)))


def _delete_beside(cohort: Cohort) -> None:
    """Delete what names the rehearsal without referring to it."""
    Mail.objects.filter(about=cohort.slug).delete()
    path = f"/omgangar/{cohort.slug}/"
    KeptForm.objects.filter(Q(page__startswith=path) | Q(address__startswith=path)).delete()
    # Its organisations' codes are given to those of a later rehearsal, which must not inherit a trail.
    codes = cohort.own_organisations.values_list("code", flat=True)
    AuditEvent.objects.filter(organisation__in=list(codes)).delete()


def _delete_unused(person: User) -> None:
    if is_in_use(person) or person.seat_offers.exists():
        return
    Mail.objects.filter(recipient=person).delete()
    person.delete()
