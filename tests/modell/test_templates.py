"""Every template compiles: ours are all found, and none is left broken because no view shows it."""

from pathlib import Path

from django.conf import settings
from django.template import TemplateSyntaxError
from django.template.loader import get_template

FOLDERS = [Path(folder) for options in settings.TEMPLATES for folder in options["DIRS"]]
SUFFIXES = {".html", ".svg", ".txt", ".css", ".xml"}


def broken(name):
    try:
        get_template(name)
    except TemplateSyntaxError as error:
        return str(error)
    return ""


def test_every_template_compiles():
    paths = [(folder, path) for folder in FOLDERS for path in folder.rglob("*") if path.suffix in SUFFIXES]
    names = sorted(str(path.relative_to(folder)) for folder, path in paths)
    assert len(names) > 400
    assert {name: error for name in names if (error := broken(name))} == {}


def test_a_button_is_written_once():
    ours = [path for folder in FOLDERS for path in folder.rglob("*.html") if path.parent.name != "components"]
    assert [str(path) for path in ours if "ds-button" in path.read_text()] == []
