"""From a file's bytes to a document, and the one line that says what is wrong with it.

What JSON lets through and the format does not (NaN, endless numbers, a key twice) is kept in the document as an
oddity, so that the walk over the shapes can name its path.
"""

import json
import re
from pathlib import Path
from typing import Any

LONGEST_SHOWN = 60
MOST_DIGITS = 18
SURROGATES = range(0xD800, 0xE000)


class Malformed(Exception):
    """A package is refused: where in it, what was expected there, and what was found instead."""

    def __init__(self, path: str, expected: str, found: str = "") -> None:
        sentence = f"expected {expected}, found {found}" if found else f"expected {expected}"
        super().__init__(f"{path}: {sentence}")


class Oddity:
    """A number that no field of the format takes."""

    def __init__(self, text: str) -> None:
        self.text = text


class Pairs(dict[str, Any]):
    """An object, with the first key that stood in it more than once."""

    repeated: str | None = None


def _pairs(pairs: list[tuple[str, Any]]) -> Pairs:
    result = Pairs()
    for key, value in pairs:
        if key in result and result.repeated is None:
            result.repeated = key
        result[key] = value
    return result


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
        return json.loads(
            text, object_pairs_hook=_pairs, parse_int=_whole_number, parse_float=Oddity, parse_constant=Oddity
        )
    except json.JSONDecodeError as error:
        raise Malformed("$", "a JSON document", f"{error.msg} at line {error.lineno} column {error.colno}") from error
    except RecursionError as error:
        raise Malformed("$", "a JSON document of the format", "objects nested too deeply") from error


def read_document(path: Path) -> object:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Malformed("$", "a file that can be read", error.strerror or "none") from error
    except ValueError as error:
        raise Malformed("$", "a file that can be read", "a name that no file can have") from error
    return parse(raw)


def one_line(text: str) -> str:
    """With whatever would break the line, or could not be printed, written as an escape."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)


def shown(value: object) -> str:
    """A value as it stands in a message: short, and of an object or a list only what it is."""
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


def is_storable(text: str) -> bool:
    """No character that a database refuses: NUL (PostgreSQL) or half of a surrogate pair (both)."""
    return "\0" not in text and not any(ord(character) in SURROGATES for character in text)
