"""Files that no row names: what a process that was killed left, or a row that was rolled back."""

import posixpath
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from django.apps import apps
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import FileField

# A row may be stored some time after its file.
AGE = timedelta(days=1)


def file_fields() -> list[FileField]:
    return [field for model in apps.get_models() for field in model._meta.fields if isinstance(field, FileField)]


def names_in(field: FileField) -> Iterator[str]:
    return field.model._base_manager.values_list(field.name, flat=True).iterator()


def files_named() -> set[tuple[FileField, str]]:
    return {(field, name) for field in file_fields() for name in names_in(field) if name}


def remove_unnamed(before: set[tuple[FileField, str]]) -> None:
    """Remove the files that were named before and are no more, once that is stored for good."""
    gone = before - files_named()
    for field, name in gone:
        transaction.on_commit(partial(field.storage.delete, name))


def remove_orphans(now: datetime) -> int:
    """Remove the files older than a day that no row names, and return how many there were."""
    fields = file_fields()
    # Only the folders of our own fields, since a bucket may hold other things.
    folders = {str(field.upload_to): field.storage for field in fields}
    files = [(store, name) for folder, store in folders.items() for name in files_in(store, folder.rstrip("/"))]
    # The rows are read after the files, so that a row that is stored meanwhile keeps its file.
    named = {name for field in fields for name in names_in(field)}
    # A bucket is asked for the age of each, so only of these.
    orphans = [(store, name) for store, name in files if name not in named and _is_old(store, name, now)]
    for store, name in orphans:
        store.delete(name)
    return len(orphans)


def files_in(store: Storage, folder: str = "") -> Iterator[str]:
    try:
        folders, names = store.listdir(folder)
    except FileNotFoundError:  # nothing is stored there yet
        return
    yield from (posixpath.join(folder, name) for name in names if name)
    for inner in folders:
        yield from files_in(store, posixpath.join(folder, inner))


def _is_old(store: Storage, name: str, now: datetime) -> bool:
    with suppress(FileNotFoundError):  # removed meanwhile
        return store.get_modified_time(name) < now - AGE
    return False
