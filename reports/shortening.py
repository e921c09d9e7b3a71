"""The rule for shortening a source: its own words in their order, and a mark where some are left out."""

import re

MARK = re.compile(r"\[?(?:…|\.\.\.)\]?")
_ENDS = re.compile(r"[.!?:]['\"”’)»]*$")


def keeps_the_words(shortened: str, original: str) -> bool:
    """True if the words are the original's in order, with "[…]" or "…" wherever a sentence lacks some of its own."""
    words = _words(MARK.sub(" ", original))
    pieces = [_words(piece) for piece in MARK.split(shortened)]
    at = 0
    for number, piece in enumerate(pieces):
        if not piece:
            continue
        begins, ends = number == 0, number == len(pieces) - 1
        start = next((place for place in range(at, len(words)) if _is_at(place, piece, words, begins, ends)), None)
        if start is None:
            return False
        at = start + len(piece)
    return any(pieces)


def _is_at(place: int, piece: list[str], words: list[str], begins: bool, ends: bool) -> bool:
    """True if the piece stands there; where no mark goes before it or after it, a sentence must begin or end."""
    after = place + len(piece)
    return (
        words[place:after] == piece
        and (not begins or place == 0 or _is_last(words[place - 1]))
        and (not ends or after == len(words) or _is_last(words[after - 1]))
    )


def _is_last(word: str) -> bool:
    return _ENDS.search(word) is not None


def _words(text: str) -> list[str]:
    return text.split()
