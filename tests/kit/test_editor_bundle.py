"""The editor that is served is made of the sources that stand here (front-end/build.mjs)."""

import json
import re
from hashlib import sha256

from django.conf import settings

FOLDER = settings.BASE_DIR / "front-end"
BUNDLE = settings.BASE_DIR / "static/kit/editor.js"


def test_it_is_made_of_these_sources():
    """If this fails: `cd front-end && npm ci && npm run build`."""
    digest = sha256()
    for source in sorted((FOLDER / "editor").glob("*.js"), key=lambda path: path.name):
        digest.update(source.read_bytes())
    digest.update((FOLDER / "package-lock.json").read_bytes())
    assert f"sources {digest.hexdigest()}." in BUNDLE.read_text(encoding="utf-8").partition("\n")[0]


def test_the_lock_pins_everything_and_names_no_registry():
    lock = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert {f"node_modules/{name}" for name in wanted} <= packages.keys()
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert "http" not in json.dumps([package.get("resolved") for package in packages.values()])


def test_it_puts_no_style_or_script_into_a_page():
    text = BUNDLE.read_text(encoding="utf-8")
    assert not re.search(r"createElement\(\"(style|script)\"\)|\beval\(|new Function\(", text)
