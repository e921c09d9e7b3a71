"""Actions on an organisation's jämställdhetsanalyser.

Each takes the row as it was fetched, or a new one that is not stored yet. One that is signed changes only after its
signature is taken back.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.locking import locked
from cohorts.models import Participation
from indicators.actions.recording import record
from indicators.analyses import WHYS, missing_steps
from indicators.models import Analysis, Indicator
from indicators.trail import IndicatorEvent
from kit.days import refuse_to_come
from kit.editing import change, compare, refuse_broken_rule, refuse_stale
from kit.refusals import ActionRefused
from kit.staleness import Stale, content_of

TEXTS = ("title", "starting_point", "information", "focus", *WHYS, "conclusions", "proposals")
SIGNED = "Analysen är undertecknad. Ta tillbaka undertecknandet om ni vill ändra den."
GONE = "Någon har tagit bort analysen."
CHANGED = "Någon har ändrat analysen sedan du öppnade sidan. Läs den igen innan du tar bort den."


@transaction.atomic
def begin_analysis(*, participation: Participation, title: str, by: User) -> Analysis:
    participation = locked(participation)
    stored = Analysis.objects.filter(participation=participation)
    if stored.filter(title=title).exists():
        raise ActionRefused("Ni har redan en analys med den rubriken.", field="title")
    analysis = Analysis.objects.create(participation=participation, title=title, position=stored.count() + 1)
    record(IndicatorEvent.ANALYSIS_SAVED, analysis, participation, by)
    return analysis


def about_of(analysis: Analysis) -> dict[str, Any]:
    """Return the content of the page about the whole analysis; its indicators by their numbers, in order."""
    numbers = tuple(analysis.indicators.order_by("pk").values_list("pk", flat=True))
    return {"title": analysis.title, "shared": analysis.shared, "indicators": numbers}


@transaction.atomic
def change_analysis(
    *, analysis: Analysis, title: str, shared: bool, indicators: Collection[int], seen: str | None, by: User
) -> Analysis:
    participation = locked(analysis.participation)
    row = _unsigned(analysis)
    stored = about_of(row)
    new = {"title": title, "shared": shared, "indicators": tuple(sorted(indicators))}
    if compare(stored, new, seen=seen) is None:
        return row
    row.title, row.shared = title, shared
    refuse_broken_rule(row, field="title")
    row.save(update_fields=["title", "shared"])
    row.indicators.set(Indicator.objects.filter(participation=participation, pk__in=new["indicators"]))
    record(IndicatorEvent.ANALYSIS_SAVED, row, participation, by)
    return row


@transaction.atomic
def write_step(*, analysis: Analysis, seen: str | None, by: User, **texts: str) -> Analysis:
    """Write the texts of a step, or the answers so far to why."""
    participation = locked(analysis.participation)
    row = _unsigned(analysis)
    changes = change(row, texts, seen=seen)
    if changes is None:
        return row
    answers = [getattr(row, name) for name in WHYS]
    gap = next((at for at, text in enumerate(answers) if not text), len(answers))
    if any(answers[gap:]):
        raise ActionRefused("Svara på varför i ordning, utan luckor.", field=WHYS[gap])
    row.save(update_fields=changes.names)
    record(IndicatorEvent.ANALYSIS_SAVED, row, participation, by)
    return row


@transaction.atomic
def sign_analysis(*, analysis: Analysis, signed_function: str, signed_on: date, by: User) -> Analysis:
    """Sign an analysis of which all six steps are written, and lock it."""
    participation = locked(analysis.participation)
    row = _stored(analysis)
    if row.is_signed and (row.signed_function, row.signed_on) == (signed_function, signed_on):
        return row
    if row.is_signed:
        raise ActionRefused(SIGNED)
    if missing := missing_steps(row):
        raise ActionRefused(f"Skriv först det som saknas: {missing}.")
    refuse_to_come(signed_on, timezone.localdate(), field="signed_on")
    row.signed_function, row.signed_on = signed_function, signed_on
    row.save(update_fields=["signed_function", "signed_on"])
    # The texts stay out of the trail; the function and the day say who signed.
    record(IndicatorEvent.ANALYSIS_SIGNED, row, participation, by, what=row.get_signed_function_display().lower())
    return row


@transaction.atomic
def take_back_signature(*, analysis: Analysis, by: User) -> Analysis:
    """Unlock a signed analysis; the signature stays in the trail."""
    participation = locked(analysis.participation)
    row = _stored(analysis)
    if row.is_signed:
        row.signed_function, row.signed_on = "", None
        row.save(update_fields=["signed_function", "signed_on"])
        record(IndicatorEvent.ANALYSIS_REOPENED, row, participation, by)
    return row


@transaction.atomic
def remove_analysis(*, analysis: Analysis, seen: str = "", by: User) -> None:
    """Remove an analysis that is as the page showed it; do nothing if it is gone."""
    participation = locked(analysis.participation)
    row = Analysis.objects.filter(pk=analysis.pk).first()
    if row is None:
        return
    if row.is_signed:
        raise ActionRefused(SIGNED)
    try:
        refuse_stale(content_of(row, *TEXTS), seen=seen or None)
    except Stale as stale:
        raise ActionRefused(CHANGED) from stale
    record(IndicatorEvent.ANALYSIS_REMOVED, row, participation, by)
    row.delete()


def _stored(analysis: Analysis) -> Analysis:
    row = Analysis.objects.filter(pk=analysis.pk).first()
    if row is None:
        raise ActionRefused(GONE)
    return row


def _unsigned(analysis: Analysis) -> Analysis:
    row = _stored(analysis)
    if row.is_signed:
        raise ActionRefused(SIGNED)
    return row
