"""Files that mails carry: each is stored once, however many mails carry it."""

import hashlib
import mimetypes
from collections.abc import Callable
from email.encoders import encode_base64
from email.mime.nonmultipart import MIMENonMultipart
from functools import partial

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from kit.uploads import is_there, kept
from mailings.models import Attachment

UNKNOWN = "application/octet-stream"


class FileGone(Exception):
    """Raised for a mail whose file is gone; the text is the sentence that its row keeps."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Bilagan {name} finns inte kvar, så mejlet skickades inte.")


@transaction.atomic
def attach(name: str, content: bytes, media_type: str = "") -> Attachment:
    """Return the file with this name and content, stored now if it is not there already."""
    media_type = media_type or mimetypes.guess_type(name)[0] or UNKNOWN
    facts = {"name": name[:200], "media_type": media_type, "checksum": hashlib.sha256(content).hexdigest()}
    # Held until the mail that carries it is stored, so that no sweep finds it unused meanwhile.
    there = Attachment.objects.select_for_update().filter(**facts)
    row = there.first() or Attachment(**facts)
    if is_there(row.file):
        return row
    row.size = len(content)
    try:
        with kept(row.file, ContentFile(content), name.rpartition(".")[2]), transaction.atomic():
            row.save()
    except IntegrityError:  # another has just stored it
        return there.get()
    return row


def remove_unused() -> None:
    with transaction.atomic():
        unused = Attachment.objects.unused().order_by("pk").values_list("pk", flat=True)
        locked = list(Attachment.objects.select_for_update().filter(pk__in=list(unused)).order_by("pk"))
        # Asked again under the lock: a mail may have got one of them while this waited.
        rows = list(Attachment.objects.unused().filter(pk__in=[row.pk for row in locked]))
        Attachment.objects.filter(pk__in=[row.pk for row in rows]).delete()
        for row in rows:
            transaction.on_commit(partial(row.file.storage.delete, row.file.name))


@transaction.atomic
def remove_calendars(is_unwanted: Callable[[str], bool]) -> None:
    """Remove the calendar files whose text is unwanted; what they say stands at the meeting."""
    for row in Attachment.objects.calendars().select_for_update():
        # Long lines are folded.
        if is_there(row.file) and is_unwanted(_read(row).decode().replace("\r\n ", "")):
            row.delete()
            transaction.on_commit(partial(row.file.storage.delete, row.file.name))


def _read(attachment: Attachment) -> bytes:
    with attachment.file.open("rb") as file:
        content: bytes = file.read()
    return content


def part_of(attachment: Attachment) -> MIMENonMultipart:
    """Return the file as a part of a mail; raise `FileGone` if it is not in the storage."""
    try:
        content = _read(attachment)
    except FileNotFoundError as error:
        raise FileGone(attachment.name) from error
    # Not Django's own way: it takes a text apart, and a calendar's line ends must stay as they are.
    part = MIMENonMultipart("application", "octet-stream")
    part.replace_header("Content-Type", attachment.media_type)
    part.set_payload(content)
    encode_base64(part)
    name = attachment.name
    part.add_header("Content-Disposition", "attachment", filename=name if name.isascii() else ("utf-8", "", name))
    return part
