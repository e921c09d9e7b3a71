"""Political decisions with their paragraph and number, and what was agreed and said at meetings."""

from collections.abc import Iterator

from django.db.models import Q

from decisions.models import PoliticalDecision
from improvements.models import Effort, EffortStep
from indicators.models import Indicator
from meetings.enums import ImpressionKind
from meetings.models import Agreement, Impression
from reports.board_paper.words import decision_line, finished
from reports.sources.source import SectionSource, SourceRequest


def decisions(asked: SourceRequest) -> Iterator[SectionSource]:
    """Yield the decisions; beside a moment only those that its efforts or indicators lean on."""
    rows = PoliticalDecision.objects.filter(participation=asked.participation).order_by("decided_on", "pk")
    if asked.item:
        mine = {"item__key": asked.item.key, "participation": asked.participation}
        steps = EffortStep.objects.filter(effort__in=Effort.objects.filter(**mine), decision__isnull=False)
        noted = Q(indicators__in=Indicator.objects.filter(**mine))
        rows = rows.filter(noted | Q(pk__in=steps.order_by().values("decision"))).distinct()
    for row in rows:
        yield SectionSource(f"decision.{row.pk}", "Beslut", decision_line(row))


def agreements(asked: SourceRequest) -> Iterator[SectionSource]:
    rows = Agreement.objects.visible_to(asked.roles).filter(participation=asked.participation)
    for row in rows.select_related("meeting").order_by("-meeting__starts_on", "position", "pk"):
        yield SectionSource(f"agreement.{row.pk}", f"Överenskommet, {row.meeting.name}", finished(row.text))


def impressions(asked: SourceRequest) -> Iterator[SectionSource]:
    """Yield plus, minus and intressant, from the last meeting on."""
    rows = Impression.objects.visible_to(asked.roles).filter(participation=asked.participation)
    for row in rows.select_related("meeting").order_by("-meeting__starts_on", "kind", "pk"):
        label = ImpressionKind(row.kind).label
        yield SectionSource(f"impression.{row.pk}", f"{label}, {row.meeting.name}", finished(row.text))
