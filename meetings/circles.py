"""Circles among meetings, or steps of an edition, that prepare each other."""

from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def circle_from(key: Key | None, prepares: Mapping[Key, Key | None]) -> list[Key]:
    """Return the keys that prepare each other in a circle from `key` back to it; empty if nothing leads back."""
    chain: list[Key] = []
    at = key
    while at is not None and at not in chain:
        chain.append(at)
        at = prepares.get(at)
    return chain if at == key else []


def circle_words(names: Sequence[str]) -> str:
    *pairs, last = (f"{first} förbereder {second}" for first, second in pairwise([*names, names[0]]))
    return f"De kan inte förbereda varandra: {', '.join(pairs)} och {last}."
