"""Names of people as they are stored: in one line, without party, address or link.

Which party a person belongs to is never stored, however the name is written in the list that it comes from.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from kit.canonical import canonical_line, folded
from kit.templatetags.swedish import enumerated

LONGEST_NAME = 150
# A longer text is no name, and is not searched for parties.
LONGEST_READ = 400
CODES = frozenset(["s", "m", "c", "l", "kd", "mp", "v", "sd", "fi", "fp", "nyd", "pp"])
PARTIES = frozenset(
    (
        *("socialdemokraterna", "socialdemokratiska arbetarepartiet", "arbetarepartiet-socialdemokraterna"),
        *("moderaterna", "nya moderaterna", "moderata samlingspartiet", "centern", "centerpartist", "liberalerna"),
        *("kristdemokraterna", "miljöpartiet de gröna", "miljöpartist", "vänsterpartist", "sverigedemokraterna"),
        *("socialdemokrat", "moderat", "liberal", "kristdemokrat", "sverigedemokrat", "feministiskt initiativ"),
        *("partilös", "politisk vilde", "vilde", "oberoende", "opolitisk", "obunden", "utan partibeteckning"),
    )
)
_PARTY_ENDING = re.compile(r"\w(partiet|demokraterna)$")
# Words in parentheses that are no parties, though they are short and in capitals.
NO_PARTIES = frozenset(["ks", "rs", "kf", "rf", "ksau", "rsau", "ksu", "skr", "hr", "it", "vd", "ok", "nn"])
_GROUP = re.compile(r"\s*[(\[{（]([^()\[\]{}（）]{0,60})(?:[)\]}）]|$)")
_LAST = re.compile(r"(?:\s*([,;/|])\s*|\s+([-–—])\s+|\s+)([^\s,;/|()]+)\s*$")
_ADDRESS = re.compile(
    r"@|://|\b(?:https?|ftp|mailto|javascript|data|tel|sms|file):|\bwww\.|"
    # Two words with a full stop between them, but not med.dr or fil.lic.
    r"\b[\w-]{2,63}\.(?!(?:dr|lic|mag|kand)\b)[^\W\d_]{2,24}\b",
    re.IGNORECASE,
)


def is_party(text: str, *, marked: bool = False) -> bool:
    """True if a word is a party's name or code; `marked` is one in parentheses, where any local code counts."""
    plain = folded(text).strip(" .")
    if plain in CODES or plain in PARTIES or _PARTY_ENDING.search(plain):
        return True
    letters = text.strip(" .")
    return marked and letters.isalpha() and letters.isupper() and len(letters) <= 6 and plain not in NO_PARTIES


def without_party(name: str) -> tuple[str, tuple[str, ...]]:
    """Return a name in one line without any party, and the parties as they were written."""
    plain = canonical_line(name)
    if len(plain) > LONGEST_READ:
        return plain, ()
    dropped: list[str] = []
    plain = _without_groups(plain, dropped)
    while (last := _LAST.search(plain)) and _is_last_a_party(plain, last):
        dropped.append(last[3])
        plain = plain[: last.start()]
    return plain.strip(" ,;/|-–—"), tuple(dropped)


def _without_groups(name: str, dropped: list[str]) -> str:
    """Return the name without the parties in parentheses; what else stands there stays."""

    def replaced(group: re.Match[str]) -> str:
        at_end = not re.search(r"\w", _GROUP.sub("", name[group.end() :]).partition(",")[0])
        parts = [part.strip() for part in re.split(r"[,;/]", group[1])]
        parties = [part for part in parts if part and (is_party(part, marked=True) or (at_end and _is_short(part)))]
        if not parties:
            return group[0]
        rest = [part for part in parts if part and part not in parties]
        dropped.append(group[0].strip() if not rest else f"({', '.join(parties)})")
        return f" ({', '.join(rest)})" if rest else ""

    rest = _GROUP.sub(replaced, name)
    return canonical_line(re.sub(r",(\s*,)+", ",", rest)) if dropped else rest


def _is_short(text: str) -> bool:
    # Local parties are written (SjvP) or (Kp); a pet name in parentheses is longer, or has a single capital.
    letters = text.strip(" .")
    is_code = letters.isalpha() and any(sign.isupper() for sign in letters[1:]) and len(letters) <= 6
    return (is_code or len(letters) <= 2) and folded(letters) not in NO_PARTIES


def _is_last_a_party(name: str, last: re.Match[str]) -> bool:
    word, before = last[3], name[: last.start()].split()
    if not before:
        return False
    if last[1] or last[2]:
        is_local = word.isalpha() and word.isupper() and 1 < len(word) <= 5 and len(before) > 1
        return is_party(word) or (is_local and not name.isupper() and folded(word) not in NO_PARTIES)
    # Without a sign between, a single letter after one name is an initial.
    if not word.isupper() or len(word) == 1:
        return len(before) > 1 and (word.isupper() or folded(word) in PARTIES) and is_party(word)
    return folded(word) in CODES


def said_of_dropped(dropped: Sequence[str]) -> str:
    return f"Parti sparas inte, så {enumerated(dict.fromkeys(dropped))} är borttaget." if dropped else ""


def validate_name(name: str) -> None:
    if _ADDRESS.search(name[:LONGEST_READ]):
        raise ValidationError("Ett namn kan inte innehålla en adress eller en länk. Skriv bara namnet.", code="address")


class NameColumn(models.CharField):
    """A person's name; no party is stored, by whatever way the name comes."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return without_party(value)[0] if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.get_prep_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> Any:
        # To the database it is Django's own column, so changing to it needs no migration.
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
