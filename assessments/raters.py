"""Sentences about who rated, and whether they were others the time before. They stand beside every movement."""

from collections.abc import Mapping

from assessments.enums import Judges
from assessments.models import Assessment
from cohorts.enums import Function
from kit.templatetags.swedish import enumerated, sentence, some

# Each function in the singular and the plural. SKR's word for other people who take part is the same in both.
NAMES = {
    Function.POLITICIAN: ("politiker", "politiker"),
    Function.MANAGER: ("chef", "chefer"),
    Function.STRATEGIST: ("strateg", "strateger"),
    Function.CONTRIBUTOR: ("medverkande", "medverkande"),
}
ALONE = {Function.STRATEGIST.value: 1}
WITH_CARE = "Jämför därför med försiktighet."


def raters_line(assessment: Assessment, since: Assessment | None = None) -> str:
    """Return a sentence like ”Arbetsgruppens bedömning: två politiker.”, compared with `since` if it is given."""
    if since is None:
        return _now(assessment)
    if not (_is_known(assessment) or _is_known(since)):
        return "Vilka som skattade är inte registrerat för någon av gångerna."
    return f"{_now(assessment)} {_then(assessment, since)}"


def raters_in_words(assessment: Assessment) -> str:
    """Return ”två politiker och en chef” or ”sex bedömare”, or an empty string where nothing is known."""
    if assessment.raters:
        return by_function(assessment.raters)
    if assessment.assessors:
        return f"{some(assessment.assessors)} bedömare"
    return ""


def by_function(raters: Mapping[str, int]) -> str:
    counts = [f"{some(raters[function])} {names[raters[function] > 1]}" for function, names in _counted(raters)]
    return enumerated(counts)


def have_changed(assessment: Assessment, since: Assessment) -> bool | None:
    """Return True if others have rated than the time before, None where that cannot be said."""
    judges = _differ(assessment.judged_by, since.judged_by)
    number = _differ(assessment.assessors, since.assessors)
    functions = _differ(assessment.raters, since.raters)
    raters = number if functions is None else functions
    return True if judges else raters


def _now(assessment: Assessment) -> str:
    who, judges = raters_in_words(assessment), assessment.judged_by
    if judges == Judges.STRATEGIST and assessment.raters in ({}, ALONE) and assessment.assessors in (None, 1):
        return "Strategens egen bedömning."
    if not judges:
        return f"{sentence(who)} har skattat." if who else "Vilka som skattade är inte registrerat."
    label = f"{Judges(judges).label} bedömning"
    return f"{label}: {who}." if who else f"{label}. Hur många som skattade är inte registrerat."


def _then(now: Assessment, since: Assessment) -> str:
    changed = have_changed(now, since)
    if changed is False:
        alike = "Sammansättningen var densamma" if now.raters and since.raters else "Lika många skattade"
        return f"{alike} förra gången."
    if not _is_known(since):
        return "Vilka som skattade förra gången är inte registrerat."
    before = f"Förra gången var det {_as_it_was(now, since)}"
    return f"{before}. {WITH_CARE}" if changed else f"{before}."


def _as_it_was(now: Assessment, since: Assessment) -> str:
    # Only what differs is said: the judges if they are others, the raters if they are others.
    who = raters_in_words(since)
    if not since.judged_by or (since.judged_by == now.judged_by and who):
        return who
    judges = Judges(since.judged_by).label.lower()
    return f"{judges}, med {who}" if who and who != raters_in_words(now) else judges


def _counted(raters: Mapping[str, int]) -> list[tuple[str, tuple[str, str]]]:
    known = [(function.value, names) for function, names in NAMES.items() if raters.get(function)]
    others = [(name, ("annan", "andra")) for name in raters if name not in NAMES and raters[name]]
    return known + others


def _is_known(assessment: Assessment) -> bool:
    return bool(assessment.judged_by or assessment.raters or assessment.assessors)


def _differ(now: object, then: object) -> bool | None:
    return now != then if now and then else None
