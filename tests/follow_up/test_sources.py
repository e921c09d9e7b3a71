"""Whatever waits for a person is told by a mail: the table of sources knows every call that makes a task."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from cohorts.duty import Matter
from follow_up.sources import SOURCES
from mailings.kinds import all_kinds

ROOT = Path(__file__).resolve().parents[2]
# What makes a task: a call of one of these, whose matter is the first argument or named.
MAKERS = {"task", "skr_task", "Task"}
DEFINED_IN = {"cohorts/duty.py", "cohorts/holders.py"}

pytestmark = pytest.mark.one_database


def matters_in(text):
    """The matter of every task that the text makes; None for one that is not written out."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in MAKERS:
            named = [keyword.value for keyword in node.keywords if keyword.arg == "matter"]
            yield next((part.attr for part in (*node.args, *named) if is_matter(part)), None)


def is_matter(node):
    return isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "Matter"


def modules():
    for file in ROOT.glob("*/apps.py"):
        for path in file.parent.rglob("*.py"):
            name = str(path.relative_to(ROOT))
            if "migrations" not in path.parts and name not in DEFINED_IN:
                yield name, path.read_text()


def sources_in(files):
    return Counter((name.split("/")[0], matter) for name, text in files for matter in matters_in(text))


def test_every_source_has_its_row():
    assert sources_in(modules()) == Counter((row.app, row.matter.name) for row in SOURCES)


def test_tasks_are_made_in_duties_only():
    assert {name for name, text in modules() if any(True for _ in matters_in(text))} == {
        f"{app}/duties.py" for app in {row.app for row in SOURCES}
    }


@pytest.mark.parametrize(
    "new",
    [
        'yield holder.task(Matter.QUERY, 1, "Svara", "SKR undrar.", "/")',
        'return skr_task(Matter.MAIL, cohort, "Läs", "Nytt.", "/")',
        'task = Task(key="x", matter=Matter.SEAT, title="Svara", why="", url="/")',
    ],
)
def test_a_new_source_is_seen(new):
    more = [("decisions/duties.py", new.replace("yield ", "").replace("return ", ""))]
    assert sum(sources_in([*modules(), *more]).values()) == len(SOURCES) + 1


def test_every_matter_has_a_source():
    assert {row.matter for row in SOURCES} == set(Matter)


@pytest.mark.parametrize("row", SOURCES, ids=lambda row: f"{row.app}-{row.matter}")
def test_each_has_a_mail_that_is_sent_or_the_reason_for_none(row):
    assert bool(row.mails) != bool(row.why_none)
    assert row.waits
    assert set(row.mails) <= set(all_kinds())
