"""Each mail had a file of its own; those with the same content become one, and the sweep of orphans takes the rest."""

import hashlib
import mimetypes

from django.core.files.storage import default_storage
from django.db import migrations


def move(apps, schema_editor):
    mails, attachments = (apps.get_model("mailings", name).objects for name in ("Mail", "Attachment"))
    for mail in mails.exclude(attachment="").only("pk", "attachment").order_by("pk"):
        path = mail.attachment.name
        name = path.rpartition("/")[2]
        checksum, size = _content_of(path)
        row, _ = attachments.get_or_create(
            name=name,
            media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
            checksum=checksum,
            defaults={"file": path, "size": size},
        )
        mail.files.add(row)


def _content_of(path):
    try:
        with default_storage.open(path, "rb") as file:
            content = file.read()
    except FileNotFoundError:  # the mail keeps a file that is gone, so that it is not sent without it
        return hashlib.sha256(path.encode()).hexdigest(), 0
    return hashlib.sha256(content).hexdigest(), len(content)


class Migration(migrations.Migration):
    dependencies = [
        ("mailings", "0005_attachments"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
