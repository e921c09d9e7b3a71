"""Which entry of the menus is marked as current, page by page (menu.txt)."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.urls import URLResolver, get_resolver, resolve, reverse

from accounts.enums import SkrRole
from cohorts.enums import Function, Role
from cohorts.roles import Roles, Seat
from modell import menu
from tests.cast import make_cast
from tests.factories import EffortFactory, ImprovementFactory, IndicatorFactory

LINES = (Path(__file__).parent / "menu.txt").read_text().splitlines()
TABLE = {name: entries for name, *entries in (re.split(r"\s{2,}", line) for line in LINES if line[0] != "#")}
PATTERNS = {
    f"{app.namespace}:{page.name}": page
    for app in get_resolver().url_patterns
    if isinstance(app, URLResolver) and app.namespace not in (None, "demo")
    for page in app.url_patterns
}
SAMPLE = {"slug": "omgang-1", "code": "0180", "key": "x", "kind": "x", "lender": "0180"}

LEADER = Roles(1, SkrRole.PROCESS_LEADER)
ADMINISTRATOR = Roles(1, SkrRole.ADMINISTRATOR)
EVALUATOR = Roles(1, evaluated_cohort_ids=frozenset({1}))


def one_with(function: str, role: str = Role.PARTICIPANT) -> Roles:
    ends_on = date(2027, 6, 1)
    seat = Seat(1, 1, "Provby kommun", "0180", 1, "omgang-1", ends_on, False, None, role, function)
    return Roles(1, seats=(seat,))


def path_of(name: str) -> str:
    page = PATTERNS.get(name)
    return reverse(name, kwargs={key: SAMPLE.get(key, 1) for key in page.pattern.converters} if page else {})


def marked(items: list) -> str:
    """Return the entries marked as current, the page's own with a star; a dash where none is."""
    return ", ".join(f"{item.label}{'*' if item.current == 'page' else ''}" for item in items if item.current) or "–"


def main(roles: Roles, name: str) -> list:
    return menu.main_menu(roles, roles.seat_for("omgang-1"), path_of(name), name)


def test_every_page_stands_in_the_table():
    assert TABLE.keys() - {"home"} == PATTERNS.keys()


@pytest.mark.parametrize("name", TABLE)
def test_marks_the_entry_that_the_page_belongs_to(name):
    path = path_of(name)
    row = menu.cohort_menu(LEADER, path, resolve(path))
    strategist = one_with(Function.STRATEGIST)
    assert [marked(main(LEADER, name)), marked(row), marked(main(strategist, name))] == TABLE[name]


STARTS = (menu.overview.START, menu.overview.BRIEF, menu.overview.MENTORSHIP)
ENTRIES = [("skr", menu.PROCESS_LEADERS), ("cohort", menu.COHORT), ("seat", (*STARTS, *menu.SEAT))]


@pytest.mark.parametrize(("which", "entries"), ENTRIES)
def test_a_place_names_only_entries_that_there_are(which, entries):
    assert {getattr(place, which) for place in menu.PLACES} - {""} <= {entry.key for entry in entries}


@pytest.mark.parametrize(
    ("roles", "labels"),
    [
        (
            LEADER,
            ["Omgångar", "Checklistor", "Att göra", "Koncept", "Personer på SKR", "Mejltexter", "Händelser", "Drift"],
        ),
        (ADMINISTRATOR, ["Omgångar", "Checklistor", "Att göra", "Koncept", "Personer på SKR", "Drift"]),
        (EVALUATOR, ["Omgångar", "Checklistor"]),
        (Roles(1), []),
    ],
    ids=["leader", "administrator", "evaluator", "nobody"],
)
def test_who_has_which_entries(roles, labels):
    assert [item.label for item in main(roles, "home")] == labels


@pytest.mark.parametrize(
    ("roles", "first", "page"),
    [
        (one_with(Function.STRATEGIST), "Att göra", "home"),
        (one_with(Function.CONTRIBUTOR), "Att göra", "home"),
        (one_with(Function.POLITICIAN), "Läget", "overview:brief"),
        (one_with(Function.MANAGER), "Läget", "overview:brief"),
        (one_with(Function.MANAGER, Role.MENTOR), "Mentorskap", "home"),
    ],
)
def test_a_seats_menu_begins_with_its_own_page(roles, first, page):
    rest = ["Översikt", "Självskattning", "Arbetet hemma", "Rapport", "Träffar", "Omgången"]
    assert [item.label for item in main(roles, page)] == [first, *rest]
    assert marked(main(roles, page)) == f"{first}*"
    assert marked(main(roles, "follow_up:tasks")) == first


def test_skr_has_the_row_of_an_omgang_on_its_pages_only():
    there, elsewhere = path_of("overview:cohort"), path_of("overview:cohorts")
    labels = [item.label for item in menu.cohort_menu(ADMINISTRATOR, there, resolve(there))]
    assert labels == (
        "Omgången Läget Upplägg Tidplan Träffar Intresse Grupper Mentorer Personer Mejl".split()  # noqa: SIM905
    )
    labels = [item.label for item in menu.cohort_menu(LEADER, there, resolve(there))]
    assert labels[:3] == ["Omgången", "Översikt", "Läget"]
    assert menu.cohort_menu(ADMINISTRATOR, elsewhere, resolve(elsewhere)) == []
    labels = [item.label for item in menu.cohort_menu(EVALUATOR, there, resolve(there))]
    assert labels == ["Omgången", "Översikt", "Träffar", "Arbetet hemma", "Utvärdering"]
    assert menu.cohort_menu(Roles(1), there, resolve(there)) == []


class TestWorkAtHome:
    """The tabs on an organisation's work at home, as each reader has them."""

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("who", "labels"),
        [
            ("anna", ["Förbättringar", "Nyckeltal", "Resultatkedjan", "Statistik vi har", "Analyser"]),
            ("gun", ["Förbättringar", "Nyckeltal", "Resultatkedjan", "Analyser"]),
            ("bo", ["Förbättringar", "Nyckeltal", "Resultatkedjan", "Analyser"]),
            ("cia", ["Förbättringar", "Nyckeltal", "Resultatkedjan", "Analyser"]),
            ("dag", []),
        ],
    )
    def test_are_those_that_one_may_read(self, who, labels):
        cast = make_cast()
        user = getattr(cast, who)
        tabs = menu.work_menu(user, cast.own, "/", "indicators:analyses")
        assert [tab.label for tab in tabs] == labels
        assert [tab.label for tab in tabs if tab.current] == (["Analyser"] if labels else [])

    @pytest.mark.django_db
    def test_stand_on_every_page_of_it_and_on_no_other(self, client):
        cast = make_cast()
        client.force_login(cast.anna)
        work, effort = ImprovementFactory(participation=cast.own), EffortFactory(participation=cast.own)
        indicator = IndicatorFactory(participation=cast.own)
        place = [cast.cohort.slug, cast.own.code]
        for name, args, label in (
            ("improvements:work", place, "Förbättringar"),
            ("improvements:improvement", [work.pk], "Förbättringar"),
            ("indicators:indicators", place, "Nyckeltal"),
            ("indicators:values", [indicator.pk], "Nyckeltal"),
            ("improvements:indicator", [indicator.pk], "Nyckeltal"),
            ("improvements:chain", place, "Resultatkedjan"),
            ("improvements:effort", [effort.pk], "Resultatkedjan"),
            ("indicators:statistics_add", place, "Statistik vi har"),
            ("indicators:analyses", place, "Analyser"),
        ):
            tabs = client.get(reverse(name, args=args)).context["work_nav"]
            assert [tab.label for tab in tabs if tab.current] == [label]
        assert client.get(reverse("improvements:steps", args=place)).context["work_nav"] == []
        assert client.get(reverse("overview:cohort", args=place[:1])).context["work_nav"] == []

    def test_a_place_names_only_tabs_that_there_are(self):
        assert {place.work for place in menu.PLACES} - {""} <= {entry.label for entry in menu.WORK}
