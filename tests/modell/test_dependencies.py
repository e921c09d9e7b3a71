"""Every direct dependency has its reason beside it, and the locks hold it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LISTED = re.compile(r'^    "([A-Za-z0-9-]+)(?:\[[^\]]*\])?(?:~=[\d.]+)?",(?:  # (.+))?$', re.MULTILINE)


def listed(heading: str) -> dict[str, str]:
    text = (ROOT / "pyproject.toml").read_text()
    block = text.split(f"{heading} = [\n", 1)[1].split("\n]", 1)[0]
    packages = dict(LISTED.findall(block))
    assert len(packages) == len(block.splitlines()), "a line is read by nobody"
    return packages


@pytest.mark.parametrize(
    ("heading", "lock"),
    [("dependencies", "base"), ("dependencies", "dev"), ("dev", "dev"), ("firefox", "firefox"), ("setup", "setup")],
)
def test_each_has_a_reason_and_stands_in_the_lock(heading, lock):
    pinned = set(
        re.findall(r"^([a-z0-9-]+)(?:\[[^\]]*\])?==", (ROOT / f"requirements/{lock}.txt").read_text(), re.MULTILINE)
    )
    reasons = listed(heading)
    assert [name for name, reason in reasons.items() if not reason] == []
    assert set(reasons) - pinned == set()


def test_the_locks_name_no_registry():
    for lock in ("base", "dev", "firefox", "setup"):
        text = (ROOT / f"requirements/{lock}.txt").read_text()
        assert "://" not in text
        assert "--index" not in text
