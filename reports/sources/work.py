"""The work at home: improvements with what was learnt, efforts on the result chain, indicators with their gap."""

from collections.abc import Iterator

from django.db.models import Q

from improvements.expected import answers_by
from improvements.models import Effort, EffortStep, Improvement
from improvements.placements import placements_of
from indicators.gap import headline_of
from indicators.models import Indicator
from indicators.periods import in_words as period_in_words
from indicators.series import series_of_many
from reports.board_paper.words import finished, in_short
from reports.sources.source import SectionSource, SourceRequest


def about(asked: SourceRequest) -> Q:
    """Return the condition of what belongs beside the text: of its moment, or tied to none."""
    return Q(item__key=asked.item.key) | Q(item=None) if asked.item else Q()


def is_near(asked: SourceRequest, row: Improvement | Effort | Indicator) -> bool:
    return asked.item is None or row.item_id is not None


def improvements(asked: SourceRequest) -> Iterator[SectionSource]:
    works = Improvement.objects.visible_to(asked.roles).filter(participation=asked.participation)
    for work in works.filter(about(asked)).prefetch_related("cycles"):
        yield SectionSource(f"improvement.{work.pk}", "Förbättringsarbete", _told(work), near=is_near(asked, work))


def _told(work: Improvement) -> str:
    studied = [in_short(cycle.study) for cycle in work.cycles.all() if cycle.study]
    said = (finished(part) for part in (work.title, work.aim, studied[-1] if studied else "", work.learnt) if part)
    return " ".join(said)


def efforts(asked: SourceRequest) -> Iterator[SectionSource]:
    """Yield each step of the efforts that the text is about: of the moment, or at the stage."""
    rows = Effort.objects.visible_to(asked.roles).filter(participation=asked.participation)
    for effort in rows.filter(about(asked)).prefetch_related("steps__decision"):
        steps = [step for step in effort.steps.all() if asked.stage in (None, step.stage)]
        for step in sorted(steps, key=lambda step: step.order):
            label = f"Insats, {step.get_stage_display().lower()}"
            yield SectionSource(f"step.{step.pk}", label, _step(effort, step), near=is_near(asked, effort))


def _step(effort: Effort, step: EffortStep) -> str:
    how_far = step.get_state_display().lower()
    noticed = [finished(step.noticed_how)] if step.noticed_how else []
    said = (finished(effort.title), finished(step.text), *noticed, f"{how_far.capitalize()} {step.when.in_a_sentence}.")
    return " ".join(said)


def indicators(asked: SourceRequest) -> Iterator[SectionSource]:
    """Yield the gap at the latest period of each indicator; the report may be public, so no small groups."""
    rows = Indicator.objects.of_organisation(asked.participation.organisation_id).filter(about(asked))
    rows = rows.select_related("participation__organisation", "participation__cohort", "key_figure")
    for series in series_of_many(list(rows), editor=False):
        if series.latest:
            period = period_in_words(series.latest.period)
            words = f"{series.indicator.title}, {period}. {headline_of(series)}"
            near = is_near(asked, series.indicator)
            yield SectionSource(f"indicator.{series.indicator.pk}", "Nyckeltal", words, near=near)


def expected(asked: SourceRequest) -> Iterator[SectionSource]:
    for row in answers_by(asked.participation):
        if row.answer:
            judged = row.answer.get_judgement_display().lower()
            words = " ".join(filter(None, (f"{row.result.text.rstrip('.')}: {judged}.", finished(row.answer.text))))
            yield SectionSource(f"result.{row.result.key}", "Förväntat resultat", words)


def placements(asked: SourceRequest) -> Iterator[SectionSource]:
    for row in placements_of(asked.participation):
        if row.placement:
            words = (
                f"{row.label}: {row.placement.get_stage_display().lower()}. {finished(row.placement.reason)}".strip()
            )
            yield SectionSource(f"placement.{row.occasion}", "Plats i resultatkedjan", words)
