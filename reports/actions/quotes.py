"""Actions on quotes: a sentence is marked, allowed in the joint report, and taken back until that is published."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from kit import audit
from kit.refusals import ActionRefused
from reports.actions.locking import code_of, locked
from reports.models import Quote, Report, ReportEdition, ReportSection
from reports.quoting import stands_in
from reports.trail import ReportEvent


@transaction.atomic
def mark_quote(*, report: Report, key: str, text: str, function: str, may_be_quoted: bool, by: User) -> Quote:
    """Mark a sentence that stands in the saved text. The same again is no change."""
    report = locked(report)
    section = ReportSection.objects.filter(report=report, key=key).first()
    if section is None or not stands_in(text, section.document):
        raise ActionRefused(
            "Meningen står inte i avsnittets sparade text. Kopiera den därifrån, ordagrant.", field="text"
        )
    there = section.quotes.filter(text=text).first()
    if there:
        if (there.function, there.may_be_quoted) == (function, may_be_quoted):
            return there
        raise ActionRefused("Meningen är redan märkt som citat.", field="text")
    consented_on = timezone.localdate() if may_be_quoted else None
    quote = Quote.objects.create(section=section, text=text, function=function, consented_on=consented_on)
    _record(ReportEvent.REPORT_QUOTE_MARKED, quote, by, may_be_quoted=may_be_quoted)
    return quote


@transaction.atomic
def allow_quote(*, quote: Quote, by: User) -> Quote:
    """Let the joint report quote it, from today. A second call changes nothing."""
    quote = _locked(quote)
    if not quote.may_be_quoted:
        quote.consented_on, quote.withdrawn_on = timezone.localdate(), None
        quote.save()
        _record(ReportEvent.REPORT_QUOTE_ALLOWED, quote, by)
    return quote


@transaction.atomic
def withdraw_quote(*, quote: Quote, by: User) -> Quote:
    """Take it back, until the omgång's joint report is published. A second call changes nothing."""
    quote = _locked(quote)
    if not quote.may_be_quoted:
        return quote
    cohort = quote.section.report.participation.cohort_id
    if ReportEdition.objects.published().final().filter(joint__cohort=cohort).exists():
        raise ActionRefused("Den gemensamma rapporten är publicerad, så citatet går inte att ta tillbaka.")
    quote.withdrawn_on = timezone.localdate()
    quote.save()
    _record(ReportEvent.REPORT_QUOTE_WITHDRAWN, quote, by)
    return quote


@transaction.atomic
def remove_quote(*, quote: Quote, by: User) -> None:
    """Take the mark away from a sentence that nobody may quote."""
    quote = _locked(quote)
    if quote.may_be_quoted:
        raise ActionRefused("Citatet får användas i den gemensamma rapporten. Ta tillbaka det först.")
    _record(ReportEvent.REPORT_QUOTE_REMOVED, quote, by)
    quote.delete()


def _locked(quote: Quote) -> Quote:
    locked(quote.section.report)
    there = Quote.objects.select_related("section__report__participation__organisation").filter(pk=quote.pk).first()
    if there is None:
        raise ActionRefused("Citatet är borttaget.")
    return there


def _record(event: ReportEvent, quote: Quote, by: User, **data: object) -> None:
    report = quote.section.report
    audit.record(event, target=report, by=by, organisation=code_of(report), section=quote.section.key, **data)
