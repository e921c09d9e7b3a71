"""Restoring a backup. Nothing is touched until all of it has been found whole and of a kind that this site can read."""

from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from accounts.models import User
from cohorts.models import Cohort
from modell.backup.databases import DatabaseFile, database_file
from modell.backup.manifest import BackedUpFile, Manifest
from modell.backup.refusals import BackupRefused
from modell.release import RELEASE


def restore(folder: Path, *, replace: bool) -> Manifest:
    """Put back files and database, bring the tables forward to this release, and hold all mail (`MailHold`).

    Refuse a database with people or omgångar in it unless it is to be replaced.
    """
    folder = folder.resolve()
    manifest, database = Manifest.read(folder), database_file()
    _refuse_unlike(manifest, database)
    manifest.refuse_damaged(folder)
    database.refuse_unreadable(folder / database.name)
    if not replace and _is_used():
        raise BackupRefused("the database is in use: give an empty one, or add --replace to throw away what it holds")
    for file in manifest.files:
        if file.stored_as:
            _put_back(folder, file)
    _load(database, folder)
    if _known() - set(manifest.migrations):
        call_command("migrate", interactive=False, verbosity=0)
    return manifest


def _refuse_unlike(manifest: Manifest, database: DatabaseFile) -> None:
    if manifest.database != database.kind:
        raise BackupRefused(
            f"the backup is of {manifest.database} and this site runs on {database.kind}: set DATABASE_URL to an empty "
            f"database of {manifest.database}, or carry each omgång over by export_cohort and import_cohort"
        )
    newer = set(manifest.migrations) - _known()
    if newer:
        raise BackupRefused(
            f"the backup is of a newer release ({manifest.release}) than this ({RELEASE}), which does not know "
            f"{min(newer)}: install that release or a later one"
        )


def _known() -> set[str]:
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def _is_used() -> bool:
    tables = connection.introspection.table_names()
    return any(model._meta.db_table in tables and model.objects.exists() for model in (User, Cohort))


def _load(database: DatabaseFile, folder: Path) -> None:
    try:
        database.load(folder / database.name)
    except (BackupRefused, DatabaseError) as error:
        raise BackupRefused(
            f"the files are put back and the database is as it was ({error}): stop the site and restore again"
        ) from error


def _put_back(folder: Path, file: BackedUpFile) -> None:
    name = file.stored_as
    default_storage.delete(name)  # else it would get another name than its row has
    with (folder / file.path).open("rb") as copy:
        saved = default_storage.save(name, File(copy))
    if saved != name:
        raise BackupRefused(f"{name}: the storage calls it {saved}; stop the site and restore again")
