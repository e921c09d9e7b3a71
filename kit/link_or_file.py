"""A link or a file that somebody shows: its columns, its two forms, and what refuses the same one twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.files import File
from django.db import models
from django.db.models import Q
from django.http import HttpRequest

from kit.fields import CanonicalField
from kit.refusals import ActionRefused
from kit.uploads import FileKind, ending_of, host_of, is_there, name_of, same_content, title_of, what_is_taken


class LinkOrFile(models.Model):
    """A link or a file with a title. Each model has its own `file`, since files lie in a folder for each."""

    title = models.CharField("benämning", max_length=160)
    url = models.URLField("länk", max_length=500, blank=True)
    file = models.FileField("fil", max_length=200, blank=True)
    size = models.PositiveIntegerField("storlek i byte", null=True, blank=True)
    media_type = models.CharField("filtyp", max_length=100, blank=True)
    added_at = models.DateTimeField("tillagt", auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="tillagt av"
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def host(self) -> str:
        """Return the host that the link leads to, which its title could hide."""
        return urlsplit(self.url).hostname or ""

    @property
    def ending(self) -> str:
        return ending_of(self.file)

    @property
    def is_gone(self) -> bool:
        return bool(self.file) and not is_there(self.file)

    def show_link(self, url: str, title: str) -> None:
        """Make it a link; without a title it is called as its host."""
        host = host_of(url)
        self.url, self.title = url, title_of(title) or host

    def show_file(self, file: File[bytes], kind: FileKind, title: str, *, usual: str) -> None:
        """Make it a file, which `kept` stores; without a title it is called as on the sender's machine."""
        self.title = title_of(title) or name_of(file) or usual
        self.size, self.media_type = file.size, kind.media_type


def is_link_or_file(name: str, sentence: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=(Q(url="") & ~Q(file="")) | (~Q(url="") & Q(file="")),
        violation_error_message=sentence,
    )


def refuse_same_link(there: Iterable[LinkOrFile], url: str, sentence: str) -> None:
    if any(row.url == url for row in there):
        raise ActionRefused(sentence, field="url")


def refuse_same_file(there: Iterable[LinkOrFile], file: File[bytes], sentence: str) -> None:
    for row in there:
        if row.file and row.size == file.size and same_content(row.file, file):
            raise ActionRefused(sentence, field="file")


class UploadField(forms.FileField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label="Fil",
            max_length=250,
            error_messages={
                "required": "Välj en fil.",
                "empty": "Filen är tom.",
                "max_length": "Filens namn är för långt. Byt namn på den och försök igen.",
            },
            **kwargs,
        )


class ShownForm(forms.Form):
    """The fields that a link and a file share; `what` says which of the page's two forms was sent."""

    title = CanonicalField(
        label="Benämning",
        required=False,
        max_length=160,
        error_messages={"max_length": "Benämningen får ha högst 160 tecken."},
    )
    what = forms.CharField(widget=forms.HiddenInput, required=False)
    # The value of `what`, and the beginning of the fields' ids.
    name = ""
    # Both forms stand on one page, and every control has a name of its own.
    labels: dict[str, str] = {}  # noqa: RUF012

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id=f"{self.name}_%s", use_required_attribute=False)
        self.initial["what"] = self.name
        for name, label in self.labels.items():
            self.fields[name].label = label
        if "file" in self.fields:
            self.fields["file"].help_text = what_is_taken()

    def adding(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "what"}


Shown = TypeVar("Shown", bound=ShownForm)


def shown_forms(
    request: HttpRequest, link: type[Shown], file: type[Shown], **about: Any
) -> tuple[Shown, Shown, Shown | None]:
    """Return the page's form for a link, its form for a file, and the one of them that was sent; forms take `about`."""
    if request.method != "POST":
        return link(**about), file(**about), None
    if request.POST.get("what") == file.name:
        sent = file(request.POST, request.FILES, **about)
        return link(**about), sent, sent
    sent = link(request.POST, **about)
    return sent, file(**about), sent
