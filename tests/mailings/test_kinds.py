"""Every kind of mail is named by a test of what makes it: once, to whom, and in which words."""

import re
from pathlib import Path

import pytest

from mailings.kinds import all_kinds

TESTS = Path(__file__).resolve().parents[1]
# These name kinds without making the mail.
NAMES_ONLY = {"test_kinds.py", "test_rules.py", "test_sources.py", "test_mail.py"}

pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def words():
    files = [file for file in TESTS.glob("*/test_*.py") if file.name not in NAMES_ONLY]
    named = {word for file in files for word in re.findall(r"\w+", file.read_text())}
    # The digest is tested with how mail is written.
    return named | set(re.findall(r"\w+", (TESTS / "follow_up" / "test_mail.py").read_text())) & {"digest"}


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.key)
def test_a_test_makes_it(kind, words):
    assert words & {kind.key, kind.key.upper()}
