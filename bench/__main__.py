"""The command `make bench`: measure, print and keep the tables.

A missed aim is marked, but the exit code is always 0, since a busy machine must not fail a build.
"""

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import LARGE, MIDDLE, SMALL
from bench.results import LATEST, Table, n_missed, print_table, write_json

# The demonstration is what the PDF is made of.
ENVIRONMENT = {"DJANGO_SETTINGS_MODULE": "bench.settings", "MODELL_DEMO": "true"}
PARTS = ("visit", "pages", "pdf", "grouping", "kolada", "deadline")


def main() -> None:
    parts = sys.argv[1:] or PARTS
    if unknown := set(parts) - set(PARTS):
        raise SystemExit(f"bench: there is no {', '.join(sorted(unknown))}; choose among {', '.join(PARTS)}.")
    var = Path(tempfile.mkdtemp(prefix="modell-bench-"))
    tables: dict[str, Table] = {}
    try:
        for title, table in measured(var, frozenset(parts)):
            tables[title] = table
            print_table(title, table)
    finally:
        shutil.rmtree(var, ignore_errors=True)
    write_json(tables)
    print(f"Aims missed: {sum(map(n_missed, tables.values()))}. Kept in {LATEST}.")


def measured(var: Path, parts: frozenset[str]) -> Iterator[tuple[str, Table]]:
    """Yield each table as soon as it is measured."""
    # Modules that need Django are imported only when it has been set up.
    if "visit" in parts:
        from bench.visit import measure_visit

        first, again = measure_visit(var)
        yield "First visit, strategist", first
        yield "Second visit to the rating page", again
    if parts == {"visit"}:
        return
    with own_database(var):
        if "pages" in parts:
            from bench.omgang import make_omgang
            from bench.pages import measure_pages
            from tests.pages import timed

            small, middle, large = (make_omgang(size, f"omgang-{size}") for size in (SMALL, MIDDLE, LARGE))
            yield f"Pages with {SMALL} and {LARGE} participants", measure_pages(timed(LARGE), small, large)
            yield f"The process with {SMALL} and {MIDDLE} participants", measure_pages(timed(MIDDLE), small, middle)
        if "pdf" in parts:
            from bench.pdf import measure_pdf

            yield "PDF of demo-kommuner", measure_pdf()
        if "grouping" in parts:
            from bench.grouping import measure_grouping

            yield "Groups proposed for so many", measure_grouping()
        if "kolada" in parts:
            from bench.kolada import measure_kolada

            yield "Kolada from a server on the loopback", measure_kolada()
        if "deadline" in parts:
            from bench.deadline import measure_deadline

            yield from measure_deadline(var)


@contextmanager
def own_database(var: Path) -> Iterator[None]:
    """Make a database for the measurements, on SQLite or on the server of DATABASE_URL, and delete it afterwards."""
    os.environ |= {"MODELL_VAR": str(var), **ENVIRONMENT}
    import django
    from django.core.management import call_command
    from django.test.utils import setup_databases, teardown_databases

    django.setup()
    call_command("collectstatic", interactive=False, verbosity=0)
    made = setup_databases(verbosity=0, interactive=False)
    try:
        call_command("load_demo", stdout=io.StringIO())
        yield
    finally:
        teardown_databases(made, verbosity=0)


if __name__ == "__main__":
    main()
