"""What is a rule about the shape of the code: no circle of imports, no class name for two things, no empty name.

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
# In one worker, since to read all the code takes seconds.
pytestmark = [pytest.mark.one_database, pytest.mark.xdist_group("shape")]


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

EMPTY_NAMES = {"found", "held", "one", "told"}


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


def _bound_in(tree):
    """Return the names that a tree gives to variables, arguments, attributes, functions, classes and imports."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name) | ast.ExceptHandler(name=str(name)):
                yield name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield name
            case ast.alias(name=name, asname=asname):
                yield asname or name


def test_a_name_says_what_it_holds(shape):
    """What was found, told or held can be anything, so such a name makes one look for where it came from."""
    code = [path for path in shape.tracked(".py") if not {"migrations", "tests"} & set(path.parts)]
    scripts = [path for path in shape.tracked("") if path.parts[0] == "bin" and "python" in shape.read(path)[:40]]
    bound = {path: {*_bound_in(ast.parse(shape.read(path)))} for path in (*code, *scripts)}
    assert len(bound) > len(code) > 300
    assert {str(path): names & EMPTY_NAMES for path, names in bound.items() if names & EMPTY_NAMES} == {}


@pytest.mark.parametrize(
    "code",
    [
        "found = 1",
        "def held(): ...",
        "def f(*, one): ...",
        "class A:\n    told: int",
        "self.found = 1",
        "[one for one in ()]",
        "from a import b as held",
        "try: ...\nexcept E as told: ...",
        "match a:\n    case [*found]: ...",
    ],
)
def test_an_empty_name_is_seen_wherever_it_is_bound(code):
    assert EMPTY_NAMES & {*_bound_in(ast.parse(code))}


def _texts():
    folders = [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests"]
    code = [path for folder in folders for path in folder.rglob("*.py")]
    return [path.read_text() for path in (*code, ROOT / "manage.py", *(ROOT / "templates").rglob("*.*"))]


def test_a_browser_reads_the_words_of_the_page_and_not_those_said_aloud():
    """`#status`, outside `main`, repeats a sentence for a screen reader: a test that sees both depends on luck."""
    files = {path.name: path.read_text() for path in (ROOT / "tests" / "browser").glob("*.py")}
    assert len(files) > 20
    looked_in = re.compile(r"(\w+)\.get_by_text\(")
    places = {(name, place) for name, text in files.items() for place in looked_in.findall(text)}
    assert {(name, place) for name, place in places if place not in ("main", "part")} == set()
