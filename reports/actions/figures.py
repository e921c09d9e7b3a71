"""The action by which a person settles a figure in a text that is no longer what is printed."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from accounts.models import User
from kit.references.naming import is_same_print
from kit.refusals import ActionRefused
from kit.rich.figures import with_figures
from kit.rich.structure import FigureNode, Inline, Run
from kit.templatetags.swedish import sentence
from reports.actions.locking import locked
from reports.actions.writing import save_section
from reports.live import figures_of
from reports.models import Report, ReportSection


@transaction.atomic
def update_figure(*, report: Report, key: str, ref: str, printed: str, by: User) -> ReportSection:
    """Let the text say what is printed, which must still be what the page showed."""
    report = locked(report)
    if not any(figure.ref == ref and is_same_print(printed, figure.printed) for figure in figures_of(report)):
        raise ActionRefused("Siffran har ändrats igen sedan du öppnade sidan. Läs den nya först.")

    def settle(figure: FigureNode) -> Inline:
        if figure.ref != ref:
            return figure
        return FigureNode(ref, sentence(printed) if figure.words[:1].isupper() else printed)

    return _settled(report, key, settle, by)


@transaction.atomic
def keep_figure(*, report: Report, key: str, ref: str, words: str, by: User) -> ReportSection:
    """Let the words stand as words, which no longer follow any table."""

    def settle(figure: FigureNode) -> Inline:
        return Run(figure.words) if (figure.ref, figure.words) == (ref, words) else figure

    return _settled(locked(report), key, settle, by)


def _settled(report: Report, key: str, settle: Callable[[FigureNode], Inline], by: User) -> ReportSection:
    section = report.texts.filter(key=key).first() or ReportSection(report=report, key=key)
    text = with_figures(section.document, settle)
    if text == section.document:
        raise ActionRefused("Texten har ändrats sedan du öppnade sidan. Siffran står inte längre så där.")
    return save_section(
        participation=report.participation,
        key=key,
        text=text,
        shared=section.shared,
        revision=section.revision,
        by=by,
    )
