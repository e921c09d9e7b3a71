"""The form's field for a text with a small structure."""

from typing import Any

from django.core.exceptions import ValidationError

from kit.fields import TextField
from kit.rich.markdown import document_of, markdown_of
from kit.rich.plain import length_of
from kit.rich.structure import Document

# The signs of Markdown count for nothing, but nobody may post a text without an end.
MOST_SIGNS_EACH = 5


class RichField(TextField):
    """A textarea with a subset of Markdown, whose value is a `Document`; static/kit/editor.js lays its editor over it.

    `longest` counts what a reader sees.
    """

    def __init__(self, label: str | None = None, *, longest: int, **kwargs: Any) -> None:
        super().__init__(label, longest=longest, **kwargs)
        self.longest, self.too_long = longest, str(self.error_messages["max_length"])
        self.validators = [each for each in self.validators if getattr(each, "code", "") != "max_length"]
        self.max_length = None
        self.widget.attrs.pop("maxlength", None)
        self.widget.attrs["data-editor"] = True

    def clean(self, value: Any) -> Document:
        typed = super().clean(value)
        if len(typed) > MOST_SIGNS_EACH * self.longest:
            raise ValidationError(self.too_long, code="max_length")
        document = document_of(typed)
        if length_of(document) > self.longest:
            raise ValidationError(self.too_long, code="max_length")
        return document

    def prepare_value(self, value: Any) -> Any:
        return markdown_of(value) if isinstance(value, Document) else super().prepare_value(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = initial if isinstance(initial, Document) else document_of(initial or "")
        return before != document_of(data or "")
