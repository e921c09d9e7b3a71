"""Parsing of a file into a document, and the one line that says what is wrong with it.

JSON allows things that the format does not (NaN, endless numbers, a key twice). They are kept in the document as
oddities, so that the walk over the shapes can name their path.
"""

import json
import os
import re
from pathlib import Path
from typing import Any

from kit.canonical import canonical
from kit.carrying import is_storable

LONGEST_SHOWN = 60
MOST_DIGITS = 18
# The largest omgång there can be, all kommuner and regioner with everything filled in, is less than one megabyte. A
# package takes ten times its size in memory while it is read.
LARGEST_MB = 20


class Malformed(Exception):
    """A package is refused: the path in it, what was expected, and what stands there instead."""

    def __init__(self, path: str, expected: str, actual: str = "") -> None:
        sentence = f"expected {expected}, found {actual}" if actual else f"expected {expected}"
        super().__init__(f"{path}: {sentence}")


class Oddity:
    """A number that no field of the format accepts."""

    def __init__(self, text: str) -> None:
        self.text = text


class Pairs(dict[str, Any]):
    """A JSON object that remembers the first key that it had more than once."""

    repeated: str | None = None


def _pairs(pairs: list[tuple[str, Any]]) -> Pairs:
    result = Pairs()
    for key, value in pairs:
        if key in result and result.repeated is None:
            result.repeated = key
        result[key] = value
    return result


def _canonical(value: Any) -> Any:
    """Return a document with its texts as they are stored; one with a sign that no text may have is refused later."""
    if isinstance(value, str):
        return canonical(value) if is_storable(value) else value
    if isinstance(value, list):
        return [_canonical(row) for row in value]
    if isinstance(value, Pairs):
        for key, row in value.items():
            value[key] = _canonical(row)
    return value


def _whole_number(text: str) -> int | Oddity:
    return int(text) if len(text) <= MOST_DIGITS else Oddity(text)


def parse(raw: bytes) -> object:
    if not raw.strip():
        raise Malformed("$", "a JSON document", "an empty file")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed("$", "a document in UTF-8", f"another byte at position {error.start}") from error
    try:
        return _canonical(
            json.loads(
                text, object_pairs_hook=_pairs, parse_int=_whole_number, parse_float=Oddity, parse_constant=Oddity
            )
        )
    except json.JSONDecodeError as error:
        raise Malformed("$", "a JSON document", f"{error.msg} at line {error.lineno} column {error.colno}") from error
    except RecursionError as error:
        raise Malformed("$", "a JSON document of the format", "objects nested too deeply") from error


def _read(path: Path) -> bytes:
    # The size comes first, so that a file over the limit is not read; a pipe has none, and tells it by its length.
    largest = LARGEST_MB * 1024 * 1024
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        raw = file.read(largest + 1) if size <= largest else b""
    if max(size, len(raw)) > largest:
        raise Malformed("$", f"a file of at most {LARGEST_MB} MB", "a larger one")
    return raw


def read_document(path: Path) -> object:
    try:
        raw = _read(path)
    except OSError as error:
        raise Malformed("$", "a file that can be read", error.strerror or "none") from error
    except ValueError as error:
        # A name with a null byte.
        raise Malformed("$", "a file that can be read", "a name that no file can have") from error
    return parse(raw)


def one_line(text: str) -> str:
    """Return the text with line breaks and unprintable characters as escapes."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)


def shown(value: object) -> str:
    """Return a value as an error message shows it: cut short, and without the content of objects and lists."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    text = value.text if isinstance(value, Oddity) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def step_into(path: str, key: str | int) -> str:
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if re.fullmatch(r"\w+", key, re.ASCII) else f"{path}[{shown(key)}]"
