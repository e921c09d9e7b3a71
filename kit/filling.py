"""Fields in braces in a text that people edit, `{omgang}` and the like, which are filled in when the text is used."""

import re
from collections.abc import Collection, Iterable, Mapping

from kit.refusals import ActionRefused
from kit.templatetags.swedish import enumerated

FIELD = re.compile(r"\{([a-z_]+)\}")
# Anything in braces, also where it is not a field's name: an unknown field must be refused.
_BRACES = re.compile(r"\{[^{}]*\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its fields filled in; raise KeyError for a field without a value."""
    return FIELD.sub(lambda field: values[field.group(1)], text)


def fill_known(text: str, values: Mapping[str, str]) -> str:
    """Return the text with the fields that have a value filled in; any other stands as it was typed."""
    return FIELD.sub(lambda field: values.get(field.group(1), field.group(0)), text)


def refuse_unknown(text: str, names: Iterable[str], field: str) -> None:
    """Refuse a text in which something else than these names stands in braces."""
    usable = [f"{{{name}}}" for name in names]
    unknown = [braced for braced in dict.fromkeys(_BRACES.findall(text)) if braced not in usable]
    refuse_fields(unknown, usable, field)


def refuse_fields(unknown: Collection[str], usable: Collection[str], field: str, instead: str = "") -> None:
    """Refuse the fields that nothing fills in, with those that may be used; `instead` is a sentence of advice."""
    if unknown:
        said = f"{enumerated(unknown)} går inte att fylla i. Du kan använda {enumerated(usable)}."
        raise ActionRefused(f"{said} {instead}".strip(), field=field)
