"""Import of cohort packages: all files of one call are stored, or none of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from assessments.figures.releases import renew_releases
from cohorts.models import Cohort
from exchange.checking import check_shape
from exchange.consistency import check_consistency
from exchange.earlier import renew
from exchange.exporting import export_document
from exchange.merging import Merge
from exchange.parsing import Malformed, one_line, read_document
from exchange.references import References
from exchange.trail import ExchangeEvent
from kit import audit


class PackageRefused(Exception):
    """A file is refused; the message is one line with the file, the path in it, and what was expected."""


@dataclass(frozen=True)
class Imported:
    cohort: Cohort
    created: bool
    changed: bool


def import_files(paths: Sequence[Path], *, replace: bool = False) -> list[Imported]:
    references = References.read()
    with transaction.atomic():
        return [_import_file(path, references, replace) for path in paths]


def _import_file(path: Path, references: References, replace: bool) -> Imported:
    try:
        return import_document(read_document(path), references, replace=replace)
    except Malformed as error:
        raise PackageRefused(one_line(f"{path}: {error}")) from error


@transaction.atomic
def import_document(
    document: object,
    references: References,
    *,
    replace: bool = False,
    adapt: Callable[[dict[str, Any]], None] | None = None,
) -> Imported:
    """Check and merge a document, and record the import in the trail if anything changed.

    `adapt` may change the checked document before it is merged; the demonstration moves its days. Raise `Malformed` for
    a document that breaks a rule, by itself or together with what is stored.
    """
    renew(document)
    package = check_shape(document)
    check_consistency(package, references)
    if adapt:
        adapt(package)
    if Cohort.objects.filter(slug=package["cohort"]["slug"], rehearsal=True).exists():
        raise Malformed("$.cohort.slug", "an omgång that counts, or a new one", "a rehearsal")
    merge = Merge(package, references, replace=replace)
    try:
        with transaction.atomic():
            cohort = merge.run()
    except IntegrityError as error:
        raise Malformed("$", "rows that go together with those stored", f"two that clash ({error})") from error
    if merge.wrote:
        if not merge.created:
            _check_together(cohort, references)
        renew_releases(cohort=cohort)
        audit.record(ExchangeEvent.COHORT_IMPORTED, target=cohort, by=None, created=merge.created)
    return Imported(cohort, created=merge.created, changed=merge.wrote)


def _check_together(cohort: Cohort, references: References) -> None:
    # A sound package and sound rows can break a rule together.
    document = export_document(Cohort.objects.get(pk=cohort.pk))
    try:
        check_consistency(check_shape(document), references)
    except Malformed as error:
        raise Malformed("$", "rows that go together with those stored", f"of both {error}") from error
