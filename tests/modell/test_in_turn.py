"""How the suite is dealt out: turns in CI, where not all of it is run each time, and groups that one worker runs."""

import os
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import conftest

COMMITS = [f"{number:040x}" for number in range(60)]


class Item(SimpleNamespace):
    def get_closest_marker(self, name):
        return self.markers.get(name)


def item(nodeid: str, turn: int | str = 3) -> Item:
    return Item(nodeid=nodeid, markers={"in_turn": pytest.mark.in_turn(turn).mark})


def test_each_has_its_turn_and_about_a_third_at_a_time(monkeypatch):
    monkeypatch.setattr(conftest, "IN_CI", True)
    items = [item(f"tests/a.py::test[{number}]") for number in range(30)]
    drawn = []
    for commit in COMMITS:
        monkeypatch.setattr(conftest, "commit", lambda now=commit: now)
        drawn.append({each.nodeid for each in items if conftest.has_its_turn(each)})
    assert set().union(*drawn) == {each.nodeid for each in items}
    assert all(1 <= len(of_commit) <= 20 for of_commit in drawn)


def test_one_of_those_together_has_it_in_each_run_with_all_its_tests(monkeypatch):
    monkeypatch.setattr(conftest, "IN_CI", True)
    items = {
        name: [item(f"tests/{name}.py::test[{number}]", name) for number in range(9)] for name in conftest.TOGETHER
    }
    drawn = set()
    for commit in COMMITS:
        monkeypatch.setattr(conftest, "commit", lambda now=commit: now)
        turns = {name: {conftest.has_its_turn(each) for each in named} for name, named in items.items()}
        (with_all,) = [name for name, turn in turns.items() if turn == {True}]
        assert all(turn == {False} for name, turn in turns.items() if name != with_all)
        drawn.add(with_all)
    assert drawn == set(conftest.TOGETHER)


def test_each_name_is_one_that_tests_have():
    code = "".join(path.read_text() for path in Path(conftest.__file__).parent.rglob("test_*.py"))
    assert set(re.findall(r'^ *@pytest.mark.in_turn\("(\w+)"\)$', code, re.MULTILINE)) == set(conftest.TOGETHER)


def test_outside_ci_all_are_run(monkeypatch):
    monkeypatch.setattr(conftest, "IN_CI", False)
    assert conftest.has_its_turn(item("tests/a.py::test"))


def test_what_is_not_marked_is_always_run(monkeypatch):
    monkeypatch.setattr(conftest, "IN_CI", True)
    assert conftest.has_its_turn(Item(nodeid="tests/a.py::test", markers={}))


@pytest.mark.xdist_group("seen")
@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="nothing is dealt out without workers")
def test_groups_are_seen_by_what_deals_the_tests_out(request):
    """With pytest 9.2 they were not, and no test said so."""
    assert request.node.nodeid.endswith("@seen")
