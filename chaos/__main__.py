"""The command `make chaos`: do the faults to a site that runs, and print a table of them.

Without names it runs all, in some ten minutes; `quick` are those of less than three. The exit code is 1 if an
expectation was not met, or a fault did not heal.
"""

import sys
import textwrap
import time

from chaos.faults import FAULTS, Row
from chaos.site import Site, running_site

QUICK = ("database", "redis", "gone")
WIDTH = 96


def main(asked: list[str]) -> int:
    names = [name for word in asked or FAULTS for name in (QUICK if word == "quick" else (word,))]
    if unknown := set(names) - FAULTS.keys():
        sys.exit(f"chaos: there is no {', '.join(sorted(unknown))}; choose among quick, {', '.join(FAULTS)}.")
    begun, rows = time.monotonic(), []
    with running_site() as site:
        print(f"chaos: the site runs after {time.monotonic() - begun:.0f} s", flush=True)
        for name in names:
            for row in done(site, name):
                print_row(row)
                rows.append(row)
    wrong = sum(bool(row.wrong) for row in rows)
    print(f"chaos: {len(rows)} faults in {time.monotonic() - begun:.0f} s, {wrong} not as expected")
    return int(wrong > 0)


def done(site: Site, name: str) -> list[Row]:
    """Do one kind of fault; what breaks off is a row too, so that the others are still done."""
    rows: list[Row] = []
    try:
        rows.extend(FAULTS[name](site))
    except Exception as error:  # whatever went wrong is a finding
        rows.append(Row(name, "–", "unknown", "it did not", (f"{type(error).__name__}: {error}",)))
    return rows


def print_row(row: Row) -> None:
    print(f"{'MISSED' if row.wrong else 'ok':<6} {row.fault}")
    parts = {"saw": row.saw, "lost": row.lost, "healed": row.recovered}
    parts |= {"MISSED": "; ".join(row.wrong)} if row.wrong else {}
    for name, said in parts.items():
        print(textwrap.fill(said, WIDTH, initial_indent=f"       {name:<7}", subsequent_indent=" " * 14))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
