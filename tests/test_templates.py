"""Every template compiles: ours are all found, and none is left broken because no view shows it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

FOLDERS = [Path(folder) for options in settings.TEMPLATES for folder in options["DIRS"]]
NAMES = sorted(
    str(path.relative_to(folder))
    for folder in FOLDERS
    for path in folder.rglob("*")
    if path.suffix in {".html", ".svg", ".txt", ".css", ".xml"}
)


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(name):
    assert get_template(name)
