"""What follows in reports where a person's name is taken away: other checksums, and files that are printed again."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from kit.building import discard
from reports.content.frozen import checksum_of
from reports.models import Build, ReportEdition

# So many in a transaction.
BATCH = 100


def print_again(editions: Collection[int]) -> None:
    """Give the editions the checksum of what they hold now, and discard their files, which the worker makes again."""
    for edition in ReportEdition.objects.filter(pk__in=editions):
        if edition.content is not None and edition.checksum != checksum_of(edition.content):
            edition.checksum = checksum_of(edition.content)
            edition.save(update_fields=["checksum"])
    discard(Build.objects.filter(edition__in=editions))


def discard_drafts() -> None:
    """Discard the files of all drafts, since nobody knows which of them name a person; whoever needs one orders it."""
    discard(Build.objects.filter(edition=None))


def forget_approvers(published_by: date) -> None:
    """Take away who approved the reports that were published that day or before; the function stays."""
    while _forget_some(published_by):
        pass


@transaction.atomic
def _forget_some(published_by: date) -> bool:
    old = ReportEdition.objects.filter(published_on__lte=published_by).exclude(approved_by="").order_by("pk")
    keys = list(old.values_list("pk", flat=True)[:BATCH])
    ReportEdition.objects.filter(pk__in=keys).update(approved_by="")
    discard(Build.objects.filter(edition__in=keys))
    return bool(keys)
