"""Mail about what waits for an organisation's people: an edition to approve, and what SKR has asked."""

from collections.abc import Callable

from django.urls import reverse

from cohorts.holders import Holder, answers_queries, answers_requests
from cohorts.telling import first_of_today, tell_each
from mailings.kinds import MailKind
from reports.duties import approves
from reports.mails import APPROVAL_ASKED, REPORT_QUERY_ASKED, REPORT_REOPENING_ASKED
from reports.models import Report, ReportEdition, ReportReopening, SectionQuery


def tell_of_edition(report: Report, edition: ReportEdition) -> None:
    """Mail those who may approve the edition, unless it is approved: one handed in again unchanged keeps its yes."""
    if not edition.is_approved:
        which = f"utgåva {edition.number}" if edition.number > 1 else "första utgåvan"
        _tell(APPROVAL_ASKED, edition.pk, report, approves, "approve", utgava=which)


def tell_of_query(query: SectionQuery) -> None:
    """Mail those who may answer; the questions of one day that wait for an answer share a mail."""
    about = first_of_today(query.report.queries.all())
    _tell(REPORT_QUERY_ASKED, about, query.report, answers_queries, "report", "#fragor")


def tell_of_reopening(reopening: ReportReopening) -> None:
    _tell(REPORT_REOPENING_ASKED, reopening.pk, reopening.report, answers_requests, "report", "#oppna-igen")


def _tell(
    kind: MailKind,
    about: object,
    report: Report,
    whom: Callable[[Holder], bool],
    page: str,
    place: str = "",
    **values: str,
) -> None:
    participation = report.participation
    path = reverse(f"reports:{page}", args=[participation.cohort.slug, participation.code]) + place
    tell_each(whom, kind, about, participation=participation, path=path, **values)
