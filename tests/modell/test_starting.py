"""The app is loaded before it takes a visitor, and nothing that is loaded holds a connection."""

import json
import runpy
import subprocess
import sys

import pytest
from django.conf import settings

from tests.modell.test_deployment import PRODUCTION, ROOT, bare_environment, manage

ASKED = """
import json
import sys
import modell.wsgi
from django.db import connections
from django.template import engines
from django.urls import get_resolver
from kit import fonts

[engine] = engines.all()
[partials] = engine.engine.template_loaders
[cached] = partials.loaders
print(json.dumps({
    "addresses": "url_patterns" in vars(get_resolver()),
    "templates": list(cached.get_template_cache),
    "a page": "modell.menu" in sys.modules,
    "fonts": fonts.covered.cache_info().currsize,
    "connected": [one.alias for one in connections.all(initialized_only=True) if one.connection],
}))
"""


# What is loaded is read once, since that takes a start in production.
pytestmark = pytest.mark.xdist_group("starting")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """What is there when modell.wsgi has been imported, in production, where no service answers."""
    own = {"MODELL_VAR": str(tmp_path_factory.mktemp("var")), "DATABASE_URL": "postgres://modell@127.0.0.1:1/modell"}
    environment = bare_environment(**PRODUCTION | own)
    made = manage("collectstatic", "--no-input", "--verbosity=0", **PRODUCTION | own)
    assert made.returncode == 0, made.stderr
    command = [sys.executable, "-W", "ignore", "-c", ASKED]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_addresses_templates_fonts_and_what_a_page_needs_are_loaded(loaded):
    [folder] = settings.TEMPLATES[0]["DIRS"]
    ours = {str(path.relative_to(folder)) for path in folder.rglob("*.html")}
    assert len(ours) > 200
    assert ours <= set(loaded["templates"])
    assert (loaded["addresses"], loaded["fonts"], loaded["a page"]) == (True, 1, True)


def test_no_connection_is_opened_which_processes_would_share(loaded):
    assert loaded["connected"] == []


def test_gunicorn_loads_it_before_it_starts_processes():
    assert runpy.run_path(str(ROOT / "gunicorn.conf.py"))["preload_app"] is True
