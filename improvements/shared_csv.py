"""All shared improvements of an omgång as CSV, a row for each, and the codebook of its columns. No person is named."""

from collections.abc import Callable
from datetime import date

from django.db.models import Prefetch

from cohorts.models import Cohort
from cohorts.roles import Roles
from improvements.in_cohort import shared_in
from improvements.models import Improvement
from indicators.models import Indicator
from kit.csv_files import rows_as_csv


def _said(said: bool) -> str:
    return "ja" if said else "nej"


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _goals(row: Improvement) -> str:
    return "; ".join(str(goal) for goal in row.goals.all())


def _measures(row: Improvement) -> str:
    titles = [indicator.title for indicator in row.seen_indicators]  # type: ignore[attr-defined]
    return "; ".join(filter(None, (*titles, row.measure)))


def _decision(row: Improvement) -> str:
    decided = [cycle for cycle in row.cycles.all() if cycle.decision]
    return str(decided[-1].get_decision_display()) if decided else ""


def _stage(row: Improvement) -> str:
    effort = getattr(row, "effort", None)
    step = effort.furthest if effort and effort.shared else None
    return str(step.get_stage_display()) if step else ""


# Each column: its name, what it holds, and how it is read from the improvement.
COLUMNS: tuple[tuple[str, str, Callable[[Improvement], str]], ...] = (
    ("omgang", "Omgångens namn.", lambda row: row.participation.cohort.name),
    ("pahittat", "ja om omgångens uppgifter är påhittade.", lambda row: _said(row.participation.cohort.constructed)),
    ("organisation", "Organisationens namn.", lambda row: row.participation.organisation.name),
    ("kod", "SCB:s kod för organisationen i omgången.", lambda row: row.participation.code),
    ("slag", "kommun eller region, som organisationen deltar.", lambda row: row.participation.kind),
    (
        "grupp",
        "Benchmarkinggruppen i dag, tom om organisationen inte har någon.",
        lambda row: row.participation.group.name if row.participation.group else "",
    ),
    ("rubrik", "Förbättringsarbetets rubrik.", lambda row: row.title),
    (
        "lage",
        "Idé, Planerad, Prövas, Införd eller Avslutad utan resultat, i dag.",
        lambda row: str(row.get_state_display()),
    ),
    ("vill_astadkomma", "Vad organisationen vill åstadkomma, med egna ord.", lambda row: row.aim),
    ("problem", "Vad problemet är i dag.", lambda row: row.problem),
    ("fran", "Hur det är i dag.", lambda row: row.starting_point),
    ("till", "Hur det ska bli.", lambda row: row.target),
    ("framme", "Dagen då målet ska nås, år-månad-dag.", lambda row: _day(row.aim_on)),
    ("kvinnor", "ja om det gäller kvinnor.", lambda row: _said(row.women)),
    ("man", "ja om det gäller män.", lambda row: _said(row.men)),
    ("flickor", "ja om det gäller flickor.", lambda row: _said(row.girls)),
    ("pojkar", "ja om det gäller pojkar.", lambda row: _said(row.boys)),
    ("vilka", "Vilka av dem, med organisationens ord.", lambda row: row.whom),
    ("moment_nr", "Momentets nummer i checklistan.", lambda row: str(row.item.number) if row.item else ""),
    ("moment", "Momentets korta benämning.", lambda row: row.item.short if row.item else ""),
    ("delmal", "Jämställdhetspolitiska delmål, med semikolon emellan.", _goals),
    ("taggar", "Organisationens egna taggar, med semikolon emellan.", lambda row: "; ".join(row.tag_list)),
    ("matt", "Nyckeltal som delas, och mått i ord, med semikolon emellan. Tomt om inget är angivet.", _measures),
    ("cykler", "Antal PDSA-cykler.", lambda row: str(len(row.cycles.all()))),
    ("senaste_beslut", "Beslutet i den senaste cykeln som har ett. Tomt om inget är fattat.", _decision),
    ("lardomar", "Vad organisationen lärde sig.", lambda row: row.learnt),
    (
        "ide_fran",
        "Organisationen som hade idén, om den har sagt ja till att nämnas, annars ”en annan organisation”.",
        lambda row: row.lender_in_words,
    ),
    (
        "steg_pa_kedjan",
        "Steget i resultatkedjan som det har nått längst. Tomt om det inte ligger på kedjan eller inte delas.",
        _stage,
    ),
    ("borjar", "Första dagen, år-månad-dag.", lambda row: _day(row.begins_on)),
    ("slutar", "Sista dagen, år-månad-dag.", lambda row: _day(row.ends_on)),
)


def work_csv(cohort: Cohort, roles: Roles) -> str:
    seen = Prefetch("indicators", Indicator.objects.visible_to(roles), to_attr="seen_indicators")
    rows = shared_in(cohort, roles).select_related(
        *("item", "borrowed_from", "effort"),
        *("participation__organisation", "participation__group", "participation__cohort"),
    )
    lines = [[read(row) for _, _, read in COLUMNS] for row in rows.prefetch_related(seen, "goals", "effort__steps")]
    return rows_as_csv([[name for name, _, _ in COLUMNS], *lines])


def codebook_csv() -> str:
    return rows_as_csv([["kolumn", "betydelse"], *([name, meaning] for name, meaning, _ in COLUMNS)])
