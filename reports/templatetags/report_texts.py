"""What the pages of the report say about its figures in running text."""

from collections.abc import Iterable

from django import template

from cohorts.models import Participation
from reports.live import ChangedFigure, LiveFigure, changed_in
from reports.models import ReportSection
from reports.quoting import ShownQuote, stands_in
from reports.taken_in import Use, uses_of_member

register = template.Library()


@register.filter
def changed_figures(section: ReportSection | None, figures: Iterable[LiveFigure] | str) -> tuple[ChangedFigure, ...]:
    """Return the figures of a section that are no longer what is printed; none where the page has no figures."""
    return changed_in(section.document, figures) if section and not isinstance(figures, str) else ()


@register.filter
def quotes_in(section: ReportSection | None) -> list[ShownQuote]:
    rows = section.quotes.all() if section and section.pk else ()
    return [ShownQuote(quote, "", stands_in(quote.text, section.document)) for quote in rows if section]


@register.filter
def taken_from(member: Participation) -> list[tuple[str, Use]]:
    return uses_of_member(member)
