"""The signs of typed text on paper, in Word and in Excel: no format gets one that it cannot hold."""

import re
import unicodedata
from functools import cache, lru_cache

from kit.canonical import UNSEEN, with_line_ends
from kit.fonts import covered

_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# They have no glyph of their own but shape their neighbours: soft hyphen, joiners, directions, kinds of emoji, flags.
_SHAPING = "\t\n\u00ad\u061c\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufe0e\ufe0f\U000e0020-\U000e007f"
_UNSEEN = re.compile(f"[{UNSEEN}]")
# What is copied out of a PDF has these for the bullets, ticks and arrows of Word's symbol fonts.
_OF_SYMBOL_FONTS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0e0": "→", "\uf0fc": "✓"}
MOST_EXAMPLES = 3


def in_xml(text: str) -> str:
    """Return the text without the signs that no XML holds, for Word and Excel."""
    return _NOT_XML.sub("", with_line_ends(text))


def on_paper(text: str) -> str:
    """Return the text as a PDF prints it: a sign that our fonts lack becomes its name in brackets."""
    return _lacking().sub(lambda sign: _stand_in(sign[0]), with_line_ends(text))


def named_on_paper(text: str) -> dict[str, str]:
    """Return the signs of the text that are printed as names, each with what is printed."""
    signs = dict.fromkeys(_lacking().findall(with_line_ends(text)))
    return {sign: printed for sign in signs if (printed := _stand_in(sign)).startswith("[")}


def paper_note(text: str) -> str:
    """Return the sentence about what a PDF prints instead of some of the text's signs, or ""."""
    named = list(named_on_paper(text).items())
    if not named:
        return ""
    examples = ", ".join(f"{sign} blir {printed}" for sign, printed in named[:MOST_EXAMPLES])
    if len(named) == 1:
        return f"Ett tecken finns inte i PDF:ens typsnitt. Där står dess namn i stället: {examples}."
    return (
        f"{len(named)} tecken finns inte i PDF:ens typsnitt. Där står deras namn i stället: {examples}"
        f"{' och så vidare' if len(named) > MOST_EXAMPLES else ''}."
    )


@cache
def _lacking() -> re.Pattern[str]:
    ranges: list[list[int]] = []
    # Inter has glyphs at code points of private use too, but there they mean nothing.
    for sign in sorted(sign for sign in covered() if unicodedata.category(chr(sign)) not in ("Cc", "Co")):
        if ranges and ranges[-1][1] == sign - 1:
            ranges[-1][1] = sign
        else:
            ranges.append([sign, sign])
    return re.compile(f"[^{_SHAPING}{''.join(f'{_escaped(a)}-{_escaped(b)}' for a, b in ranges)}]")


def _escaped(sign: int) -> str:
    return f"\\U{sign:08x}"


@lru_cache(4096)
def _stand_in(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Zs":
        return " "
    if kind in ("Cc", "Cs") or _UNSEEN.match(sign):
        return ""
    # A ligature, a figure in a circle or a letter of full width has a plain form.
    plain = _OF_SYMBOL_FONTS.get(sign) or unicodedata.normalize("NFKC", sign)
    if plain != sign and not _lacking().search(plain):
        return plain
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}')}]"
