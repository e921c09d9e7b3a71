"""Quotes that stand in the joint report and may not be used, which stop its publishing (`reports.actions.joint`)."""

from collections.abc import Iterable, Iterator

from django.utils.text import Truncator

from evaluation.models import EvaluatorQuote
from kit.canonical import folded
from kit.rich import Document
from kit.rich.structure import Quotation
from reports.checked import Check, Checked, CheckKind
from reports.joint_index import PlaceLine
from reports.joint_sources import JointSource
from reports.models import JointReport, Quote, TakenIn
from reports.quoting import stands_in, usable

# A quote of fewer words may stand in a text by chance, so it counts only in a quotation.
FEWEST_WORDS = 3
# So many words of a quote tell which it is.
SHOWN_WORDS = 12


def quotes_without_consent(joint: JointReport) -> tuple[Check, ...]:
    """Return the quotes that stand in a text and may not be used: not allowed, taken back, or of one that left."""
    return tuple(without_consent(Checked(joint)))


def without_consent(checked: Checked) -> Iterator[Check]:
    """Yield what was taken in of a quote that may not be used any more, and such a quote that is typed by hand."""
    barred = _barred(checked) if checked.written else []
    for line in checked.written:
        lost = [use for use in checked.lost if use.row.text_id == line.text.pk and use.row.needs_consent]
        for use in lost:
            yield Check(CheckKind.CONSENT, _may_not_be_used(use.printed, whose(use.row), line), line.place.url)
        seen = {folded(use.printed) for use in lost}
        for words, owner in barred:
            is_new = folded(words) not in seen and is_quoted(words, line.text.document)
            if is_new and not _is_allowed(words, checked.sources):
                yield Check(CheckKind.CONSENT, _may_not_be_used(words, owner, line), line.place.url)


def _barred(checked: Checked) -> list[tuple[str, str]]:
    """Return the sentences that may not be quoted, each with whose it is."""
    cohort, allowed = checked.cohort, {quote.pk for quote in usable(checked.approved)}
    quotes = Quote.objects.filter(section__report__participation__cohort=cohort)
    rows = quotes.select_related("section__report__participation__organisation")
    barred = [
        (quote.text, quote.section.report.participation.organisation.name)
        for quote in rows
        # Whoever shares a text lets SKR use its words, so a sentence that is only marked may stand there.
        if quote.pk not in allowed and (quote.consented_on or not quote.section.shared)
    ]
    unmarked = EvaluatorQuote.objects.filter(cohort=cohort, may_be_used=False)
    return [*barred, *((quote.text, "utvärderaren") for quote in unmarked)]


def _may_not_be_used(words: str, owner: str, line: PlaceLine) -> str:
    shown = Truncator(words).words(SHOWN_WORDS)
    return f"Citatet ”{shown}” från {owner} får inte användas. Ta bort det ur ”{line.place.title}”."


def _is_allowed(words: str, sources: Iterable[JointSource]) -> bool:
    return any(folded(words) in folded(source.original) for source in sources)


def whose(row: TakenIn) -> str:
    return row.participation.organisation.name if row.participation else "utvärderaren"


def is_quoted(words: str, document: Document) -> bool:
    if len(words.split()) < FEWEST_WORDS:
        document = Document(tuple(block for block in document.blocks if isinstance(block, Quotation)))
    return stands_in(words, document)
