"""How a backup or a restore says in one line why it cannot be, and what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError
from django.core.management.base import CommandError

from exchange.parsing import one_line


class BackupRefused(Exception):
    """A backup cannot be taken or restored; the text says why, and the cure."""


@contextmanager
def told_in_one_line() -> Iterator[None]:
    try:
        yield
    except BackupRefused as error:
        raise CommandError(one_line(str(error))) from error
    except OSError as error:
        raise CommandError(one_line(f"{error.filename or 'a file'}: {error.strerror or error}")) from error
    except (BotoCoreError, ClientError) as error:
        raise CommandError(one_line(f"the bucket of files says: {error}")) from error
