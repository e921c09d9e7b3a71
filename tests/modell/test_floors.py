"""The floors of the house (docs/architecture.md): every app stands on one, and names no page of one above it."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
APPS = PROJECT["importlinter"]["contracts"][0]["layers"]  # the roof first
FLOOR = {app: height for height, app in enumerate(reversed(APPS))}
NOT_APPS = {"tests", "bench", "chaos"}
# Folders of no app: what Django and allauth look for by name, what every page is made of, what others made, dumps.
SHARED = {
    "templates": {"account", "components", "django", "forms", "mfa", "socialaccount"},
    "static": {"fonts", "img", "vendor"},
    "tests": {"browser", "data"},
}
NAMES_PAGES = {"nav.py", "mails.py"}  # in which an app may name a page above it

pytestmark = pytest.mark.one_database

# Pages above an app that its code names elsewhere. Take away what is mended; nothing is added.
PAGES_ABOVE = {
    ("cohorts/models/cohort.py", "overview:cohort"): "an omgång's address is its page, and every app links to it",
    ("mailings/writing.py", "follow_up:mail_choice"): "every mail ends with the reader's choice of how often",
    ("people/duties.py", "privacy:requests"): "erasing has to know all that is held, so its page lies above",
    ("decisions/views.py", "people:people"): "the way back: the decisions are reached from the organisation's people",
    ("follow_up/views/mail.py", "overview:cohorts"): "the way back from the mail that is about no omgång",
    ("planning/views/setup.py", "overview:cohorts"): "the way back from an omgång that is not there yet",
}
# Links in templates to a page above, each with its reason; at most 25.
LINKS_ABOVE = {
    (
        "account/request_login_code.html",
        "demo/roles.html",
    ): "a demonstration is entered by buttons",
    ("admission/interest/sent.html", "demo:demo_mail"): "a demonstration sends no mail, so it shows where the link is",
    ("assessments/compare/learn.html", "improvements:examples"): "who learns from others' values also reads examples",
    ("assessments/compare/learn_lesson.html", "people:people"): "whom to ring at the organisation one learns from",
    ("assessments/own/own_more.html", "reports:empty_form"): "the same assessment on paper",
    ("assessments/own/own_more.html", "reports:paper"): "the same assessment on paper",
    ("assessments/together/round.html", "people:people"): "someone who is to rate is missing among the people",
    ("assessments/compare/learn_lesson.html", "improvements:from_teacher"): "what one learns becomes work at home",
    ("checklist/version.html", "reports:empty_form"): "the same checklist on paper",
    ("follow_up/mail/list_links.html", "demo:demo_mail"): "a demonstration sends no mail, so it shows where it is",
    ("grouping/page.html", "overview:map"): "near each other is seen on the map",
    ("kolada/key_figure.html", "indicators:indicator_add"): "whoever has found a key figure begins to follow it",
    ("indicators/row.html", "improvements:indicator"): "the indicator's own page, which also shows what is being tried",
    ("mentoring/mentors.html", "grouping:mentors_by_theme"): "whoever has mentors gives them their themes",
    ("meetings/calendar.html", "follow_up:mail_choice"): "the other way to hear of a meeting",
    ("meetings/idea_row.html", "improvements:from_idea"): "an idea of a meeting becomes work at home",
    ("meetings/meeting/deputies.html", "people:people"): "a deputy is entered among the organisation's people",
    (
        "meetings/meeting/at_home.html",
        "improvements:group_work",
    ): "what the group works on at home is talked about there",
    ("meetings/meetings.html", "planning:dates"): "SKR moves a meeting with all that hangs on it",
    ("people/directory/write.html", "follow_up:mailing_new"): "SKR writes to all in the list",
    (
        "people/access/staff.html",
        "privacy:requests",
    ): "whoever looks after people's accounts also erases what is stored",
    (
        "people/participation/participation.html",
        "archive:organisation",
    ): "whoever reads an organisation's place takes out its papers",
    ("people/introduction_now.html", "overview:brief"): "where a new representative begins to read",
    ("planning/setup/new.html", "overview:cohorts"): "back, from an omgång that is not there yet",
    ("planning/setup/setup.html", "follow_up:readiness"): "what comes after the set-up",
}


def folders(place):
    return {path.name for path in (ROOT / place).iterdir() if path.is_dir() and not path.name.startswith((".", "_"))}


def modules(app):
    """Every module of the app that was not written by Django, with its tree."""
    for path in sorted((ROOT / app).rglob("*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def imported(tree):
    """The packages that a module names in any import, also one within a function or for types only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.partition(".")[0]


def is_above(app, name):
    """True if a URL name or a template's path begins with an app above; names of no app are the site's own."""
    return FLOOR.get(re.split("[:/]", name)[0], -1) > FLOOR.get(app, 0)


def urls_above(app, tree):
    named = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [name for name in named if re.fullmatch(r"[a-z_]+:[a-z_]+", name) and is_above(app, name)]


def test_every_app_stands_on_a_floor():
    apps = {path.parent.name for path in ROOT.glob("*/__init__.py")} - NOT_APPS
    assert set(APPS) == apps
    assert set(PROJECT["importlinter"]["root_packages"]) == apps
    assert apps <= set(PROJECT["mypy"]["packages"])


def test_every_app_is_installed():
    assert {"demo", *settings.INSTALLED_APPS} >= set(APPS)


def test_every_app_goes_into_the_image():
    kept = {line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines()}
    assert kept >= set(APPS)


def test_the_ground_floor_imports_no_app():
    above = set(APPS) - {"kit"}
    assert [(path, app) for path, tree in modules("kit") for app in imported(tree) if app in above] == []


def test_nothing_imports_the_roof():
    below = [app for app in APPS if app != "modell"]
    assert [path for app in below for path, tree in modules(app) if "modell" in imported(tree)] == []


@pytest.mark.parametrize("place", SHARED)
def test_folders_are_named_for_apps(place):
    assert folders(place) - set(APPS) <= SHARED[place]


def test_code_names_pages_of_its_own_floor_and_below():
    named = {
        (path, name)
        for app in APPS
        for path, tree in modules(app)
        if Path(path).name not in NAMES_PAGES
        for name in urls_above(app, tree)
    }
    assert named == set(PAGES_ABOVE)


def references_above():
    """What templates link to or include of apps above their own; a template of no app stands on the ground floor."""
    pattern = r"""{% (?:url|include|extends) ["']([\w:/.]+)"""
    for path in sorted((ROOT / "templates").rglob("*")):
        name = str(path.relative_to(ROOT / "templates"))
        if path.is_file() and "/" in name:
            app = name.partition("/")[0]
            yield from ((name, to) for to in re.findall(pattern, path.read_text()) if is_above(app, to))


def test_links_upward_are_few_and_have_a_reason():
    assert set(references_above()) == set(LINKS_ABOVE)
    assert len(LINKS_ABOVE) <= 25


def test_a_page_above_is_seen():
    assert urls_above("kit", ast.parse('redirect("overview:cohort")')) == ["overview:cohort"]
    assert urls_above("overview", ast.parse('redirect("kit:page")')) == []
