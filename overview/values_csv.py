"""The values of an omgång as CSV, a row for each organisation, moment and meeting, and the codebook of its columns."""

from collections.abc import Iterable

from checklist.models import Item, Step
from cohorts.models import Cohort
from kit.csv_files import rows_as_csv
from kit.figures import printed
from overview.heat import Heat, HeatRow
from reports.figure_values import KindFigures

COLUMNS = {
    "omgang": "Omgångens namn.",
    "pahittat": "ja om omgångens uppgifter är påhittade.",
    "traff": "Träffen som självskattningen lämnades in till.",
    "traffens_dag": "Träffens första dag, år-månad-dag.",
    "organisation": "Organisationens namn.",
    "kod": "SCB:s kod för organisationen i omgången.",
    "slag": "kommun eller region. Andra slag räknas bland dem som de deltar som. Slagen läggs aldrig ihop.",
    "grupp": "Benchmarkinggruppen i dag, tom om organisationen inte har någon.",
    "lage": "Organisationens läge i omgången i dag.",
    "moment_nr": "Momentets nummer i checklistan.",
    "moment": "Momentets korta benämning.",
    "varde": "Värdet som organisationen enades om. Tomt om det saknas: det betyder aldrig noll.",
    "varde_fore": "Värdet till träffen i kolumnen fore_traff, tomt om det saknas.",
    "fore_traff": "Den tidigare träff som värdet jämförs med.",
    "med_bada_gangerna": "ja om organisationen har lämnat in till båda träffarna och ingår i den matchade panelen.",
    "n": "Antal organisationer av slaget som har lämnat in till träffen.",
    "n_vantade": "Antal organisationer av slaget som skulle ha lämnat in till träffen.",
}


def values_csv(cohort: Cohort, heats: Iterable[Heat]) -> str:
    rows = [
        line
        for heat in heats
        for figures, members in heat.kinds
        for member in members
        for line in _lines(cohort, heat, figures, member)
    ]
    return rows_as_csv([list(COLUMNS), *rows])


def codebook_csv(items: Iterable[Item], steps: Iterable[Step]) -> str:
    """Return what each column holds, and the moments and steps of the checklist with their full wording."""
    rows = [["kolumn", "betydelse"], *([name, meaning] for name, meaning in COLUMNS.items())]
    rows += [[f"moment_nr {item.number}", item.text] for item in items]
    rows += [[f"varde {step.value}", step.label] for step in steps]
    return rows_as_csv(rows)


def _lines(cohort: Cohort, heat: Heat, figures: KindFigures, row: HeatRow) -> list[list[str]]:
    participation, since = row.participation, heat.since
    both = row.has_answered and any(cell.before is not None for cell in row.cells)
    place = [
        cohort.name,
        "ja" if cohort.constructed else "nej",
        heat.meeting.name,
        heat.meeting.starts_on.isoformat(),
        participation.organisation.name,
        participation.code,
        participation.kind,
        participation.group.name if participation.group else "",
        participation.get_status_display(),
    ]
    return [
        [
            *place,
            str(cell.item.number),
            cell.item.short,
            "" if cell.value is None else printed(cell.value, 1),
            "" if cell.before is None else printed(cell.before, 1),
            since.name if since else "",
            "ja" if both else "nej",
            str(figures.n),
            str(figures.n_expected),
        ]
        for cell in row.cells
    ]
