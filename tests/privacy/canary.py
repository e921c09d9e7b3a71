"""A person with a name and an address like no other, and a search for them in all that is stored anywhere."""

import io
import json
import pickle
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote_plus

import pymupdf
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.storage import default_storage

from kit.orphans import files_in
from tests.modell.test_typed import Typist

NAME = "Kanarie Fågelsång"
ADDRESS = "kanarie.fagelsang@exempel.invalid"
SAID = f"Enligt {NAME} ({ADDRESS}) går det bra. {NAME}s ord."
# A part of either is enough, so that a greeting by first name is found too.
TRACES = ("kanarie", "fågelsång", "fagelsang", json.dumps("fågelsång")[1:-1])


class Canary(Typist):
    """Types the canary's name and address into every field that takes a text."""

    def _value(self, tag, number):
        if tag.kind == "email" or "mail" in tag.get("name"):
            return ADDRESS
        if tag.get("name") == "people":
            return f"{NAME}\t{ADDRESS}\tpolitiker\n"
        if tag.kind == "textarea":
            return SAID
        if tag.kind == "text":
            return NAME
        return (
            "https://exempel.invalid/?q=Kanarie+F%C3%A5gels%C3%A5ng"
            if tag.kind == "url"
            else super()._value(tag, number)
        )


def is_trace(text: str) -> bool:
    plain = unquote_plus(text).casefold()
    return any(trace in plain or trace in text.casefold() for trace in TRACES)


def traces() -> set[str]:
    """Every place with a trace: a column, a session's key, a file or an entry of the cache."""
    return {place for place, text in everything() if is_trace(text)}


def everything() -> Iterator[tuple[str, str]]:
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            for column, value in row.items():
                yield f"{model._meta.label}.{column}", json.dumps(value, ensure_ascii=False, default=str)
    for session in Session.objects.all():
        for key, value in session.get_decoded().items():
            yield f"session {key}", json.dumps(value, ensure_ascii=False, default=str)
    for name in files_in(default_storage):
        with default_storage.open(name) as file:
            yield f"file {name.partition('/')[0]}", f"{name} {read(file.read())}"
    for key, value in in_cache():
        yield f"cache {key}", f"{key} {read(value) if isinstance(value, bytes) else value!r}"


def read(data: bytes) -> str:
    """What stands in a file: a PDF and what is packed are opened."""
    if data.startswith(b"%PDF"):
        try:
            with pymupdf.open(stream=data) as document:
                return "".join(page.get_text() for page in document) + str(document.metadata)
        except pymupdf.FileDataError:  # a form's file that only begins as one
            pass
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return data.decode("utf-8", "replace")


def in_cache() -> Iterator[tuple[str, object]]:
    for key, packed in _packed():
        yield key, pickle.loads(packed)


def _packed() -> Iterator[tuple[str, bytes]]:
    """The cache's entries, in this process or in Redis, where a number is stored as it is."""
    if not settings.REDIS_URL:
        yield from cache._cache.items()
        return
    redis = cache._cache.get_client(None)
    for key in redis.scan_iter(f"{cache.key_prefix}:*"):
        value = redis.get(key)
        yield key.decode(), pickle.dumps(int(value)) if value.lstrip(b"-").isdigit() else value
