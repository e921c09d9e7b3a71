"""Every sentence that an action refuses with is named by a test.

A sentence is named where a string in `tests/` shares 20 letters in a row with it; of an f-string, with what is written
out. That does not prove a rule, but one whose words no test knows can be taken away unseen.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = 20
pytestmark = pytest.mark.one_database


def trees(*patterns):
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if "migrations" not in path.parts:
                yield path, ast.parse(path.read_text())


def texts(node):
    """What is written out in an expression, whole where it is one string."""
    return [part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def constants(tree):
    """The module's own names of sentences."""
    return {
        target.id: statement.value
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def sentences():
    """What each `ActionRefused(…)` says, as the strings that are written out in it or in the name it is given."""
    for path, tree in trees("[a-z]*/*.py", "[a-z]*/*/*.py", "[a-z]*/*/*/*.py"):
        if path.relative_to(ROOT).parts[0] in ("tests", "bench", "chaos"):
            continue
        named = constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ActionRefused":
                said = node.args[0]
                written = texts(named.get(said.id, said) if isinstance(said, ast.Name) else said)
                if written:
                    yield written


@pytest.fixture(scope="module")
def known():
    """All that the strings of the tests say, this file's left out."""
    return "\n".join(text for path, tree in trees("tests/**/*.py") if path != Path(__file__) for text in texts(tree))


def is_named(written, known):
    """A sentence that has no piece of that length, since names fill it, is named by its longest."""
    length = min(SHARED, max(len(text) for text in written))
    runs = (text[start : start + length] for text in written for start in range(len(text) - length + 1))
    return any(run in known for run in runs)


def unnamed(known):
    return ["…".join(written) for written in sentences() if not is_named(written, known)]


def test_every_refusal_is_named_by_a_test(known):
    assert unnamed(known) == []
