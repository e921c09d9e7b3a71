"""The one form in which texts and addresses are stored, looked up and compared.

People paste from Word, Outlook, Teams, Excel and macOS. The same word then comes with signs that nobody sees, or with å
as two signs, and is equal to the eye but not to the program. No other module normalises text or folds case to compare.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LONGEST_ADDRESS = 254
# Control signs, halves of surrogate pairs and non-characters, which a database or a file may refuse.
_UNSTORABLE = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
# Unicode's "default ignorable" signs, for a class of a pattern: soft hyphens, zero-width spaces, marks of direction,
# fillers and tags.
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# Two of them hold a picture of several signs together; anywhere else they are unseen too.
_PICTURE = "([\u2190-\u2bff\U0001f000-\U0001faff][\ufe0f\u200d]{1,2})"
_DROPPED = re.compile(f"{_PICTURE}|[{_UNSTORABLE}{UNSEEN}]")
# Shift+Enter in Word is a vertical tab in what is pasted, and its page break a form feed.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ALIKE = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"')
)


def canonical(text: str) -> str:
    """Return a text as it is stored: composed letters, plain line ends, and no sign that nobody can see."""
    return unicodedata.normalize("NFC", _DROPPED.sub(r"\1", with_line_ends(text)))


def with_line_ends(text: str) -> str:
    return _LINE_ENDS.sub("\n", text)


def canonical_line(text: str) -> str:
    return " ".join(canonical(text).split())


def folded(text: str) -> str:
    """Return a text as it is compared: without case, and with one kind of dash, quotation mark and space."""
    alike = canonical_line(text).translate(_ALIKE)
    return canonical_line(unicodedata.normalize("NFKC", alike).casefold())


def without_marks(text: str) -> str:
    """Return a text with the plain letters under å, ä, ö, é and the like."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def canonical_address(text: str) -> str:
    """Return an e-mail address as it is stored and looked up: lower case, the domain in ASCII (IDNA).

    What is no address comes back folded too; `validate_address` says what is wrong with it.
    """
    plain = folded_address(text)
    local, at, domain = plain.rpartition("@")
    if not at or domain.isascii() or len(plain) > LONGEST_ADDRESS:
        return plain
    try:
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return plain


def folded_address(text: str) -> str:
    """Return an address in lower case, with its domain in the letters that people read."""
    return canonical(unicodedata.normalize("NFKC", canonical(text))).strip().rstrip(".").casefold()


def readable_address(address: str) -> str:
    """Return a stored address with å, ä and ö in its domain, as people write it."""
    local, at, domain = address.rpartition("@")
    if "xn--" not in domain:
        return address
    try:
        return f"{local}{at}{domain.encode('ascii').decode('idna')}"
    except UnicodeError:
        return address


def validate_address(address: str) -> None:
    """Raise `ValidationError` for what is no address; its code says whether only the name before the @ is wrong."""
    local, _, domain = address.rpartition("@")
    if odd := next((sign for sign in local if not sign.isascii()), ""):
        which = "Å, ä och ö" if odd in "åäö" else f"Tecknet {odd}"
        meant = f"{without_marks(local)}@{readable_address(domain)}"
        # A letter of another alphabet may look like one of ours.
        advice = f"Ska det vara {meant}?" if without_marks(local).isascii() else "Skriv adressen för hand."
        raise ValidationError(f"{which} kan inte stå före @ i en adress. {advice}", code="local_part")
    if len(address) > LONGEST_ADDRESS:
        raise ValidationError("Adressen går inte att läsa.", code="invalid")
    validate_email(address)
