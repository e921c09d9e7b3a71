"""Which quotes stand in a text, who reads them, and which the joint report may use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from cohorts.roles import Roles
from kit.canonical import folded
from kit.rich import Document, from_plain
from kit.rich.plain import running_words
from reports.content.organisation import OrganisationContent
from reports.models import Quote, Report


@dataclass(frozen=True)
class ShownQuote:
    """A quote with its section's heading; `stands` is false where its sentence is no longer in the text."""

    quote: Quote
    heading: str
    stands: bool


def stands_in(sentence: str, document: Document) -> bool:
    """True if the sentence is in the text; its line ends, marks and footnotes do not count."""
    return folded(sentence) in folded(running_words(document))


def documents_in(content: OrganisationContent) -> dict[str, Document]:
    return {text.key: text.document or from_plain(text.text) for text in content.sections}


def quotes_of(report: Report, roles: Roles, content: OrganisationContent) -> tuple[ShownQuote, ...]:
    """Return the quotes that the person reads, in the order of what they read: an edition or a draft."""
    if report._state.adding:
        return ()
    rows = list(Quote.objects.visible_to(roles).filter(section__report=report).select_related("section"))
    documents = documents_in(content)
    return tuple(
        ShownQuote(quote, text.title, stands_in(quote.text, documents[text.key]))
        for text in content.sections
        for quote in rows
        if quote.section.key == text.key
    )


def usable(approved: Mapping[int, OrganisationContent]) -> list[Quote]:
    """Return the quotes that the joint report may use, given the last approved edition of each report by its id.

    They may be quoted, their sentences stand in that edition, and their organisations have not left.
    """
    texts = {report: documents_in(content) for report, content in approved.items()}
    today = timezone.localdate()
    return [
        quote
        for quote in _in_order(Quote.objects.to_be_quoted().filter(section__report__in=texts))
        if not quote.section.report.participation.has_left_by(today)
        and (document := texts[quote.section.report_id].get(quote.section.key))
        and stands_in(quote.text, document)
    ]


def _in_order(rows: Iterable[Quote]) -> list[Quote]:
    return sorted(
        rows, key=lambda quote: (quote.section.report.participation.position, quote.section.report_id, quote.pk)
    )
