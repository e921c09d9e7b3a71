"""Invitations, hand-over, the directory, who leaves and joins."""

from collections.abc import Callable
from typing import Any

from bench.pages import Page as Counted
from tests.access import Row
from tests.browser.steps import Page

ROWS: list[Row] = []
PUBLIC: set[str] = set()
PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {}
NO_HTML: tuple[str, ...] = ()
PAGES: tuple[Page, ...] = ()
NO_PAGE: dict[str, str] = {}
COUNTED: tuple[Counted, ...] = ()
