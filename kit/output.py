"""The one way in which a command writes what it was asked for to `--output`."""

import os
import tempfile
from pathlib import Path

from django.core.management.base import CommandError, OutputWrapper

STANDARD_OUTPUT = "-"


def write_output(name: str, data: bytes, stdout: OutputWrapper, said: str) -> None:
    """Write the whole file or nothing: an earlier file stays as it was until the new one is complete.

    What is not a plain file (a pipe, a device, a link) is written through and never replaced; "-" is standard output.
    After a plain file is written, print what is `said` of it. Raise `CommandError` in one line if it cannot be written.
    """
    if name == STANDARD_OUTPUT:
        _to_standard_output(data, stdout)
        return
    try:
        path = Path(name)
        # Asked before the link is followed: the name behind /dev/stdout may be no path at all.
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        _replace(path.resolve(), data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "a name that no file can have"
        printable = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in name)
        raise CommandError(f"{printable}: expected a file that can be written, found {reason}") from error
    stdout.write(said)


def _to_standard_output(data: bytes, stdout: OutputWrapper) -> None:
    binary = getattr(stdout, "buffer", None)
    if binary is None:  # a test's own text
        stdout.write(data.decode(), ending="")
    else:
        binary.write(data)
        binary.flush()


def _replace(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # The umask can only be read by setting it; a temporary file is otherwise readable by its owner alone.
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
