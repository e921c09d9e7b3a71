"""The function in the programme that a word or a title in a list means.

The programme's own four words are certain. A title such as "regiondirektör" or "ordförande KS" only proposes one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cohorts.enums import Function
from kit.canonical import folded

OWN_WORDS = {
    Function.POLITICIAN: "politiker politikern politikerna förtroendevald förtroendevalda politician",
    Function.MANAGER: "chef chefen chefer cheferna manager",
    Function.STRATEGIST: "strateg strategen strateger strategerna strategist",
    Function.CONTRIBUTOR: "medverkande contributor",
}
CERTAIN = {word: function for function, words in OWN_WORDS.items() for word in words.split()}
# A title's last part, of which the first that fits decides: a gruppledare is a politician, other ledare are not.
TITLES = {
    Function.POLITICIAN: "kommunalråd oppositionsråd regionråd landstingsråd borgarråd kommunråd ordförande ordf ordf. "
    "ledamot ledamöt politiker gruppledare oppositionsledare kso rso förtroendevald talman fullmäktige ålderspresident",
    Function.MANAGER: "chef direktör föreståndare rektor intendent skolledare arbetsledare vd",
    Function.STRATEGIST: "strateg samordnare koordinator utvecklare ledare ansvarig nyckelperson",
    Function.CONTRIBUTOR: "medverkande adjungerad ekonom controller kommunikatör analytiker handläggare utredare "
    "sekreterare administratör assistent specialist planerare statistiker konsult konsulent expert sakkunnig "
    "rådgivare jurist lärare sjuksköterska läkare socionom psykolog pedagog partner revisor tjänsteman "
    "tjänsteperson registrator informatör",
}
_INFLECTED = r"(?:n|en|et|e|er|erna|na|ar|arna|a|or|orna)?"
# These are titles only as whole words: rso is also in person, and talman in a surname.
WHOLE = frozenset(("ordf", "ordf.", "kso", "rso", "talman", "vd", "partner", "revisor"))


def _pattern(words: str) -> re.Pattern[str]:
    parts = ["(?:^|-)" * (word in WHOLE) + re.escape(word) for word in words.split()]
    return re.compile(f"(?:{'|'.join(parts)}){_INFLECTED}$")


_PATTERNS = {function: _pattern(words) for function, words in TITLES.items()}
# Words that may stand before the title itself. Other words there may be a person's name.
_BEFORE = re.compile(
    r"vice|v\.?|\d(?:[:.]?[ae])?|först[ea]|andr[ea]|tredje|tf\.?|t\.f\.?|stf\.?|ställföreträdande|bitr\.?|biträdande|"
    r"ny|nya|avgående|tillträdande|tillförordnad|politisk|politiskt|verkställande|[kr][sf]|ksau|hr|it|"
    r"\w*(?:styrelsens|nämndens|utskottets|fullmäktiges|kommunens|regionens|förvaltningens|kansliets)"
)
_BODY = re.compile(r"(?:i|för) .*(?:styrelse|fullmäktige|nämnd|utskott|\b[kr][sf]\b)")
_DEPUTY = re.compile(r"\b(?:ersättare|ers|suppleant|ordinarie)\b\.?(?: för)?")
_PARTS = re.compile(r"[,;/&+()]| och | samt ")


@dataclass(frozen=True)
class Meant:
    """What a cell says of a person's function; `several` are the labels if it fits more than one."""

    function: str = ""
    certain: bool = False
    deputy: bool = False
    several: tuple[str, ...] = ()
    is_strong: bool = False


def meant_by(text: str) -> Meant:
    """Return what a function or a title means. It is strong unless it may as well be a name, as in Stina Strateg."""
    plain = folded(text)
    said = _DEPUTY.search(plain)
    deputy = bool(said and not said[0].startswith("ordinarie"))
    words = _DEPUTY.sub(" ", plain)
    parts = [" ".join(part.split()).strip(" .") for part in _PARTS.split(words)]
    meanings = [_of_part(part, text) for part in parts if part]
    functions = list(dict.fromkeys(meant.function for meant in meanings if meant.function))
    if len(functions) > 1:
        labels = tuple(Function(function).label.lower() for function in functions)
        return Meant(deputy=deputy, several=labels, is_strong=meanings[0].is_strong)
    if not functions:
        # "Ersättare i kommunstyrelsen" is a politician.
        is_body = deputy and any(_BODY.match(part) for part in parts)
        return Meant(Function.POLITICIAN.value if is_body else "", deputy=deputy, is_strong=is_body)
    certain = all(meant.certain for meant in meanings)
    return Meant(functions[0], certain=certain, deputy=deputy, is_strong=meanings[0].is_strong)


def _of_part(part: str, text: str) -> Meant:
    if part in CERTAIN:
        return Meant(CERTAIN[part].value, certain=True, is_strong=True)
    words = part.split()
    for place, word in enumerate(words):
        function = _of_word(word)
        if function:
            before = words[:place]
            return Meant(function, is_strong=all(_BEFORE.fullmatch(other) for other in before) or text[:1].islower())
    return Meant()


def _of_word(word: str) -> str:
    plain = word.strip(".:'\"")
    return next((function.value for function, pattern in _PATTERNS.items() if pattern.search(plain)), "")
