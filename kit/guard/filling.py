"""Putting what was typed back into a form of a finished page, so that no view has to know of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from kit.guard.reading import OWN, PageForm, Tag, forms_of

Typed = Mapping[str, Sequence[str]]
UNTOUCHED = {"file", "password"}


@dataclass(frozen=True)
class FilledForm:
    """The page with its form filled in; `form_at` is where the form begins, and `left` what found no field."""

    html: str
    form_at: int
    left: Typed


def fill(html: str, *, path: str, address: str, typed: Typed) -> FilledForm | None:
    """Fill in the form that is sent to `address`; return None if the page at `path` has none with such fields."""
    form = _best([form for form in forms_of(html, path) if form.is_posted and address in form.addresses], typed)
    if form is None:
        return None
    edits = _edits(form, typed)
    known = form.names | {button.get("name") for button in form.buttons} | OWN
    left = {name: values for name, values in typed.items() if name not in known}
    return FilledForm(_edited(html, edits), _moved(form.tag.start, edits), left)


def _best(forms: list[PageForm], typed: Typed) -> PageForm | None:
    """Return the form with most of the typed names; of several, the one whose hidden values are the same."""
    forms = [form for form in forms if form.names & set(typed)]
    return max(forms, key=lambda form: (len(form.names & set(typed)), _same_hidden(form, typed)), default=None)


def _same_hidden(form: PageForm, typed: Typed) -> int:
    hidden = [tag for tag in form.fields if tag.kind == "hidden"]
    return sum(tag.get("value") in typed.get(tag.get("name"), ()) for tag in hidden)


@dataclass(frozen=True)
class Edit:
    start: int
    end: int
    text: str


def _edits(form: PageForm, typed: Typed) -> list[Edit]:
    waiting = {name: list(values) for name, values in typed.items()}
    edits: list[Edit] = []
    folds: dict[int, Tag] = {}
    for tag in form.fields:
        if tag.get("name") in OWN or tag.kind in UNTOUCHED:
            continue
        new = list(_edits_of(tag, waiting))
        edits += new
        if new and tag.kind != "hidden":
            folds |= {fold.start: fold for fold in tag.folds if "open" not in fold.attributes}
    return edits + [_written(fold, open=None) for fold in folds.values()]


def _edits_of(tag: Tag, waiting: dict[str, list[str]]) -> list[Edit]:
    """Return what is to be written anew of a field; a list of fields of the same name takes its values in order."""
    values = waiting.get(tag.get("name"), [])
    if tag.kind in ("checkbox", "radio"):
        return _marked(tag, "checked", tag.choice in values)
    if not values:
        return []
    if tag.name == "select":
        return [edit for option in tag.options for edit in _marked(option, "selected", option.get("value") in values)]
    value, stored = values.pop(0), tag.text if tag.name == "textarea" else tag.get("value")
    if value.replace("\r\n", "\n") == stored.replace("\r\n", "\n"):
        return []
    if tag.name == "textarea":
        return [Edit(*tag.content, f"\n{escape(value)}")]  # the first line end of a textarea is not part of its text
    return [_written(tag, value=value)]


def _marked(tag: Tag, attribute: str, wanted: bool) -> list[Edit]:
    if wanted == (attribute in tag.attributes):
        return []
    if wanted:
        return [_written(tag, **{attribute: None})]
    return [_written(Tag(tag.name, {k: v for k, v in tag.attributes.items() if k != attribute}, tag.start, tag.end))]


def _written(tag: Tag, **changed: str | None) -> Edit:
    attributes = tag.attributes | changed
    words = [name if value is None else f'{name}="{escape(value)}"' for name, value in attributes.items()]
    return Edit(tag.start, tag.end, f"<{' '.join([tag.name, *words])}>")


def _edited(html: str, edits: list[Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        html = html[: edit.start] + edit.text + html[edit.end :]
    return html


def _moved(place: int, edits: list[Edit]) -> int:
    return place + sum(len(edit.text) - (edit.end - edit.start) for edit in edits if edit.start < place)
