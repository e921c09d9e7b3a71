"""The history of a section's text: what each person left, and what one person had after each ten minutes."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from reports.models import ReportSection, SectionVersion

# So long a person goes on with the same version.
GOES_ON = timedelta(minutes=10)
MOST_VERSIONS = 50


def keep_version(section: ReportSection, *, before: tuple[str, Any], by: User) -> None:
    """Keep the text that was just saved; `before` is what stood there, which nothing has kept if it has no history."""
    if (section.text, section.structure) == before:
        return
    now, last = timezone.now(), section.versions.last()
    if last is None and before[0]:
        text, structure = before
        section.versions.create(text=text, structure=structure, begun_at=now, saved_at=now)
    if last and _goes_on(last, section, by, now):
        last.text, last.structure, last.saved_at = section.text, section.structure, now
        last.save(update_fields=["text", "structure", "saved_at"])
        return
    section.versions.create(text=section.text, structure=section.structure, begun_at=now, saved_at=now, saved_by=by)
    kept = section.versions.order_by("-pk").values_list("pk", flat=True)[:MOST_VERSIONS]
    section.versions.exclude(pk__in=list(kept)).delete()


def _goes_on(last: SectionVersion, section: ReportSection, by: User, now: datetime) -> bool:
    # Whoever takes away half of a text may have done it by mistake.
    is_cut = len(section.text) * 2 < len(last.text)
    return last.saved_by_id == by.pk and now - last.begun_at < GOES_ON and not is_cut
