"""What rests on a meeting: then it is called off, never removed."""

from collections.abc import Iterator

from checklist.models import Assessment, Release, Reopening
from meetings.models import Meeting, PreparationTick
from modell.templatetags.swedish import enumerated
from reports.models import Build


def rests_on(meeting: Meeting) -> str:
    """In words, as the rest of a sentence; empty if nothing does."""
    return enumerated(_found(meeting))


def _found(meeting: Meeting) -> Iterator[str]:
    if meeting.documentation:
        yield "dokumentation"
    if Assessment.objects.filter(meeting=meeting).exists() or Reopening.objects.filter(move_to=meeting).exists():
        yield "självskattningar"
    if Release.objects.filter(meeting=meeting).exists() or Build.objects.filter(meeting=meeting).exists():
        yield "visade siffror eller rapporter"
    if meeting.attendances.exists():
        yield "svar eller närvaro"
    if PreparationTick.objects.filter(preparation__meeting=meeting).exists():
        yield "avbockade förberedelser"
    if meeting.host_tasks.exclude(done_on=None).exists():
        yield "avbockade arrangörsuppgifter"
    if meeting.material.exists():
        yield "material"
    if meeting.agreements.exists() or meeting.takeaways.exists() or meeting.impressions.exists():
        yield "anteckningar från deltagarna"
