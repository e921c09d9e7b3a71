"""Actions by which SKR asks and the organisation answers: at a section, or about opening the report again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from kit import audit
from kit.editing import save
from kit.refusals import ActionRefused
from reports.actions.editions import open_again
from reports.actions.locking import code_of, locked
from reports.models import Report, ReportReopening, SectionQuery
from reports.telling import tell_of_query, tell_of_reopening
from reports.trail import ReportEvent


@transaction.atomic
def ask_query(*, report: Report, key: str, text: str, by: User) -> SectionQuery:
    """Ask at a section of a report that is handed in, and mail it. An unanswered question is not asked twice."""
    report = locked(report)
    if report.is_draft:
        raise ActionRefused("Organisationen har tagit tillbaka rapporten. Frågan ställs när den är inlämnad.")
    there = report.queries.filter(key=key, text=text, answered_at=None).first()
    if there:
        return there
    query = SectionQuery.objects.create(report=report, key=key, text=text, asked_by=by)
    _record(ReportEvent.REPORT_QUERY_ASKED, report, by, section=key)
    tell_of_query(query)
    return query


@transaction.atomic
def answer_query(*, query: SectionQuery, answer: str, seen: str, by: User) -> SectionQuery:
    """Answer, or change the answer; `seen` is the digest of the answer that the page was drawn with."""
    query = SectionQuery.objects.select_for_update(of=("self",)).get(pk=query.pk)
    changed = {"changed": True} if query.is_answered else {}
    if save(query, {"answer": answer}, seen=seen, answered_at=timezone.now(), answered_by=by):
        _record(ReportEvent.REPORT_QUERY_ANSWERED, query.report, by, section=query.key, **changed)
    return query


@transaction.atomic
def ask_reopening(*, report: Report, reason: str, by: User) -> ReportReopening:
    """Ask the owner by mail to open a report that is handed in or published."""
    report = locked(report)
    if report.is_draft:
        raise ActionRefused("Rapporten är inte inlämnad. Organisationen kan själv ändra den.")
    waiting = report.reopenings.filter(consented=None).first()
    if waiting:
        if waiting.reason == reason:
            return waiting
        raise ActionRefused("Det finns redan en begäran som väntar på svar. Ta tillbaka den först.")
    reopening = ReportReopening.objects.create(report=report, reason=reason, asked_by=by)
    _record(ReportEvent.REPORT_REOPENING_ASKED, report, by, reason=reason)
    tell_of_reopening(reopening)
    return reopening


@transaction.atomic
def withdraw_reopening(*, reopening: ReportReopening, by: User) -> None:
    report = locked(reopening.report)
    if ReportReopening.objects.filter(pk=reopening.pk, consented__isnull=False).exists():
        raise ActionRefused("Organisationen har redan svarat på begäran.")
    # A request that is taken back leaves only its rows in the trail.
    if ReportReopening.objects.filter(pk=reopening.pk).delete()[0]:
        _record(ReportEvent.REPORT_REOPENING_WITHDRAWN, report, by)


@transaction.atomic
def answer_reopening(*, reopening: ReportReopening, consented: bool, by: User) -> Report:
    """Record the owner's answer. A yes makes the report a draft; a published edition stays public until the next."""
    report = locked(reopening.report)
    asked = ReportReopening.objects.filter(pk=reopening.pk).first()
    if asked is None:
        raise ActionRefused("SKR har tagit tillbaka sin begäran.")
    if asked.consented is not None:
        if asked.consented == consented:
            return report
        raise ActionRefused("Begäran är redan besvarad.")
    asked.consented, asked.answered_at, asked.answered_by = consented, timezone.now(), by
    asked.save()
    _record(ReportEvent.REPORT_REOPENING_ANSWERED, report, by, consented=consented)
    if consented and not report.is_draft:
        return open_again(report, ReportEvent.REPORT_RETRACTED, by, reason=asked.reason if report.is_published else "")
    return report


def _record(event: ReportEvent, report: Report, by: User, **data: object) -> None:
    audit.record(event, target=report, by=by, organisation=code_of(report), **data)
