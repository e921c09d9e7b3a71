"""The file of the organisations' own sign-ins: what an operator may write, and what stops the start."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured

from modell.oidc import providers

pytestmark = pytest.mark.one_database

GOOD = {
    "key": "norrby",
    "name": "Norrby kommun",
    "server_url": "https://login.norrby.invalid/",
    "client_id": "modell",
    "secret": "hemlig",
    "domains": ["Norrby.invalid", "växjö.invalid"],
}


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "own-sign-ins.json"
        path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
        return str(path)

    return write


def test_without_a_file_there_are_none():
    assert providers("", https_only=True) == []


def test_a_file_is_read(written):
    [app] = providers(written([GOOD]), https_only=True)
    assert app == {
        "provider_id": "norrby",
        "name": "Norrby kommun",
        "client_id": "modell",
        "secret": "hemlig",
        "settings": {
            "server_url": "https://login.norrby.invalid",
            "domains": ["norrby.invalid", "xn--vxj-qla6g.invalid"],
            "vouches": False,
        },
    }
    [vouching] = providers(written([GOOD | {"vouches_for_addresses": True}]), https_only=True)
    assert vouching["settings"]["vouches"] is True


def test_http_is_for_a_site_on_ones_own_machine(written):
    path = written([GOOD | {"server_url": "http://localhost:9000"}])
    assert len(providers(path, https_only=False)) == 1
    with pytest.raises(ImproperlyConfigured, match="server_url must begin with https://"):
        providers(path, https_only=True)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("{", "cannot be read as JSON"),
        (GOOD, "write a list of providers"),
        ([GOOD, GOOD], "two providers have the same key"),
        ([GOOD, {**GOOD, "key": "lund", "domain": "x"}], "provider 2: it must have key, name"),
        ([{name: value for name, value in GOOD.items() if name != "secret"}], "it must have"),
        (["norrby"], "it must have"),
        ([GOOD | {"secret": ""}], "must be text in quotes, and not empty"),
        ([GOOD | {"client_id": 7}], "must be text in quotes"),
        ([GOOD | {"key": "Norrby kommun"}], "key may have small letters"),
        ([GOOD | {"name": "N" * 41}], "name may have 40 letters"),
        ([GOOD | {"server_url": "login.norrby.invalid"}], "server_url must begin with https://"),
        ([GOOD | {"domains": "norrby.invalid"}], "domains must be a list"),
        ([GOOD | {"domains": []}], "domains must be a list"),
        ([GOOD | {"domains": ["@norrby.invalid"]}], "domains must be a list"),
        ([GOOD | {"domains": ["*.invalid"]}], "domains must be a list"),
        ([GOOD | {"vouches_for_addresses": "true"}], "vouches_for_addresses must be true or false"),
    ],
)
def test_what_is_wrong_is_said(written, rows, says):
    with pytest.raises(ImproperlyConfigured, match=says):
        providers(written(rows), https_only=True)


def test_a_file_that_is_missing_is_told(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="cannot be read as JSON"):
        providers(str(tmp_path / "finns-inte.json"), https_only=True)
