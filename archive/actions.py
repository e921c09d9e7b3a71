from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from archive import tasks
from archive.bundles import organisation_of
from archive.models import Bundle
from archive.trail import ArchiveEvent
from cohorts.models import Cohort, Participation
from kit import audit
from kit.building import UNDER_WAY, lease
from kit.limits import Hourly

# Each takes the worker a minute or so.
BUNDLES_AN_HOUR = Hourly(
    "bundles", 6, "Du kan beställa högst {} filer med handlingar i timmen. Försök igen efter klockan {}."
)


@transaction.atomic
def order_bundle(*, cohort: Cohort, participation: Participation | None, for_skr: bool, by: User) -> Bundle:
    """Order all papers in one file; a second click gets the one that is under way."""
    # The row above is held, so that two who order at once get the same.
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    under_way = Bundle.objects.of(cohort, participation).filter(for_skr=for_skr, state__in=UNDER_WAY).first()
    if under_way:
        return under_way
    BUNDLES_AN_HOUR.use(by)
    bundle = Bundle.objects.create(
        cohort=cohort,
        participation=participation,
        for_skr=for_skr,
        ordered_by=by,
        lease_until=timezone.now() + lease(),
    )
    audit.record(ArchiveEvent.BUNDLE_ORDERED, target=bundle, by=by, organisation=organisation_of(bundle))
    transaction.on_commit(partial(tasks.send, bundle.pk))
    return bundle
