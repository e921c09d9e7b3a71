"""The values that a paper is made from, what is remembered of them, and what has changed since, in sentences."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kit.templatetags.swedish import counted, enumerated, in_words, sentence

# More than this many are counted and not named.
MOST_NAMED = 5
# What has gone is not kept anywhere, so it can only be counted, by the first part of its key.
GONE = {
    "item": ("ett värde", "värden"),
    "improvement": ("ett förbättringsarbete", "förbättringsarbeten"),
    "effort": ("en insats", "insatser"),
    "indicator": ("ett nyckeltal", "nyckeltal"),
    "decision": ("ett beslut", "beslut"),
}
SOMETHING = ("en uppgift", "uppgifter")


@dataclass(frozen=True)
class Fact:
    """A value by its key, as a row's kind and number; `name` is what a reader calls it."""

    key: str
    name: str
    value: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.value.encode()).hexdigest()[:32]


def remembered(facts: Iterable[Fact]) -> dict[str, str]:
    return {fact.key: fact.checksum for fact in facts}


def what_has_changed(facts: Iterable[Fact], then: Mapping[str, str]) -> tuple[str, ...]:
    """Return what has changed, come and gone since, a sentence each; nothing if all is as it was."""
    facts = list(facts)
    changed = [fact.name for fact in facts if fact.key in then and then[fact.key] != fact.checksum]
    new = [fact.name for fact in facts if fact.key not in then]
    gone = then.keys() - {fact.key for fact in facts}
    said = (_named(changed, "har ändrats"), _named(new, "har kommit till"), _gone(gone))
    return tuple(filter(None, said))


def _named(names: list[str], said: str) -> str:
    if not names:
        return ""
    if len(names) > MOST_NAMED:
        names = [*names[: MOST_NAMED - 1], f"{in_words(len(names) - MOST_NAMED + 1)} andra uppgifter"]
    return f"{sentence(enumerated(names))} {said}."


def _gone(keys: Iterable[str]) -> str:
    counts = Counter(key.partition(".")[0] for key in sorted(keys))
    parts = [counted(number, *GONE.get(kind, SOMETHING)) for kind, number in counts.items()]
    return f"{sentence(enumerated(parts))} finns inte längre." if parts else ""
