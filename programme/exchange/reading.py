"""Import of cohort packages: all files of one call, or none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from checklist.actions.releases import renew_releases
from cohorts.models import Cohort
from modell import audit
from programme.exchange.facts import Facts
from programme.exchange.merging import Merge
from programme.exchange.parsing import Malformed, one_line, read_document
from programme.exchange.process.meaning import check_meaning
from programme.exchange.process.merging import ProcessMerge
from programme.exchange.schema import check_shape
from programme.exchange.writing import export_document


class PackageRefused(Exception):
    """One line: the file, the path in it, what was expected and what was found."""


@dataclass(frozen=True)
class Imported:
    cohort: Cohort
    created: bool
    changed: bool


def import_files(paths: Sequence[Path], *, replace: bool = False) -> list[Imported]:
    facts = Facts.read()
    with transaction.atomic():
        return [_import_file(path, facts, replace) for path in paths]


def _import_file(path: Path, facts: Facts, replace: bool) -> Imported:
    try:
        return import_document(read_document(path), facts, replace=replace)
    except Malformed as error:
        raise PackageRefused(one_line(f"{path}: {error}")) from error


@transaction.atomic
def import_document(
    document: object, facts: Facts, *, replace: bool = False, adapt: Callable[[dict[str, Any]], None] | None = None
) -> Imported:
    """`adapt` may change the checked document before it is merged; the demonstration moves its days."""
    package = check_shape(document)
    check_meaning(package, facts)
    if adapt:
        adapt(package)
    merge = (Merge if package["version"] == 1 else ProcessMerge)(package, facts, replace=replace)
    try:
        with transaction.atomic():
            cohort = merge.run()
    except IntegrityError as error:
        raise Malformed("$", "rows that go together with those stored", f"two that clash ({error})") from error
    if merge.wrote:
        if not merge.created:
            _check_together(cohort, facts)
        renew_releases(cohort=cohort)
        audit.record(audit.Kind.COHORT_IMPORTED, target=cohort, by=None, created=merge.created)
    return Imported(cohort, created=merge.created, changed=merge.wrote)


def _check_together(cohort: Cohort, facts: Facts) -> None:
    """A package can be sound and what is stored can be sound, and the two together not."""
    document = export_document(Cohort.objects.get(pk=cohort.pk))
    try:
        check_meaning(check_shape(document), facts)
    except Malformed as error:
        raise Malformed("$", "rows that go together with those stored", f"of both {error}") from error
