"""What is a rule about the shape of the code: no circle of imports, and no class name for two things.

The rest of what `bin/shape` prints is for people to judge.
"""

import ast
import re
from collections import Counter
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def shape():
    loader = SourceFileLoader("shape", str(ROOT / "bin" / "shape"))
    module = module_from_spec(spec_from_loader("shape", loader))
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def trees(shape):
    return {path: ast.parse(text) for path, text in shape.sources().items()}


def test_no_modules_import_each_other(shape, trees):
    assert shape.circles(shape.imports(trees)) == []


def test_a_class_name_stands_for_one_thing(shape, trees):
    assert shape.duplicate_classes(trees) == {}


def test_a_circle_is_seen_and_what_only_types_need_is_none(shape):
    sources = {
        "a/__init__.py": "",
        "a/first.py": "from a import second",
        "a/second.py": "from . import third",
        "a/third.py": "try:\n    from a.first import name\nexcept ImportError:\n    pass",
        "a/typed.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a.user import name",
        "a/user.py": "from a.typed import name\ndef later():\n    from a.first import name",
    }
    modules = {Path(path): ast.parse(text) for path, text in sources.items()}
    assert shape.circles(shape.imports(modules)) == [["a.first", "a.second", "a.third"]]


def test_it_counts_all_that_it_should(shape):
    counted = shape.shape()
    assert counted["files"] > 300
    assert counted["functions"] > 2000
    assert 0 < counted["docstring_percent"] < 100
    assert shape.comment_lines("# one\nx = 1  # no\n    # two\n") == 2


# Django, allauth, Celery, logging, the URL converters and html.parser call these by name.
CALLED_BY_LIBRARIES = {
    *("emit", "is_open_for_signup", "to_url", "connection_class", "read_fonts", "sweep_at_start", "ready", "handle"),
    *("handle_starttag", "handle_endtag", "process_exception", "process_view", "generate_login_code"),
    *("collect", "write_lines_as_the_site_does", "send_number", "take_number", "leave_number"),
    *("pre_social_login", "on_authentication_error", "generate_authenticator_name", "send_notification_mail"),
    "_decode_id_token",
}


def test_nothing_is_defined_that_nobody_names(trees):
    """A name that stands only where it is defined, or in a test, is dead code; Django calls forms' clean methods."""
    names = Counter(word for text in _texts() for word in re.findall(r"\w+", text))
    defined = {
        node.name
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and not node.name.startswith(("__", "clean_"))
    }
    assert {name for name in defined if names[name] == 1} - CALLED_BY_LIBRARIES == set()


def _texts():
    folders = [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests"]
    code = [path for folder in folders for path in folder.rglob("*.py")]
    return [path.read_text() for path in (*code, ROOT / "manage.py", *(ROOT / "templates").rglob("*.*"))]
