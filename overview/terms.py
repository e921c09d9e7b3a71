"""The programme's words and what they mean, for the page of words; they stand in data/terms.json."""

import json
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.text import slugify

from kit.ordering import swedish


@dataclass(frozen=True)
class Term:
    term: str
    means: str

    @property
    def anchor(self) -> str:
        return slugify(self.term)


@cache
def terms() -> tuple[Term, ...]:
    """Return the words in Swedish order; the file does not change while the site runs."""
    rows = json.loads((settings.DATA_DIR / "terms.json").read_text(encoding="utf-8"))["terms"]
    return tuple(sorted((Term(**row) for row in rows), key=lambda term: swedish(term.term)))
