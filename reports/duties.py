"""The tasks about the result report in "Mina uppgifter"."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from cohorts.duty import Matter, Task
from cohorts.enums import Function
from cohorts.holders import WORKERS, Holder, answers_queries, answers_requests
from cohorts.models import Participation
from kit.templatetags.swedish import enumerated, in_words
from meetings.models import Period
from papers.enums import PaperKind
from papers.models import MadePaper
from reports.models import Report, ReportComment, ReportEdition, ReportReopening, ReportSection, SectionQuery
from reports.sections import ReportHeading, section_of, sections_of
from reports.workshop import is_written

SHOWN_BEFORE = timedelta(days=60)
# For so long after it is handed in, the report can be taken to the board.
TO_BOARD = timedelta(days=60)
LEADERS = (Function.POLITICIAN, Function.MANAGER)


@dataclass(frozen=True)
class AssignedSection:
    """A section that somebody is to write, and is not done with."""

    section: ReportHeading
    due_on: date | None


@dataclass(frozen=True)
class OpenComment:
    """A comment on the draft that waits for whoever writes the section; `writer` is None if it is given to nobody."""

    key: str
    by: int | None
    writer: int | None


@dataclass(frozen=True)
class ReportRecords:
    """The period of reporting by omgång; by participation the report, its newest edition and what is said of it."""

    periods: Mapping[int, Period]
    reports: Mapping[int, Report]
    editions: Mapping[int, ReportEdition]
    queries: Mapping[int, list[SectionQuery]]
    reopenings: Mapping[int, ReportReopening]
    assigned: Mapping[int, list[AssignedSection]]
    comments: Mapping[int, list[OpenComment]]

    def due_period(self, participation: Participation, today: date) -> Period | None:
        """Return the omgång's period of reporting from two months before it is due, before that None."""
        period = self.periods.get(participation.cohort_id)
        return period if period and today >= period.due_on - SHOWN_BEFORE else None


def read_reports(participations: Sequence[Participation]) -> ReportRecords:
    cohorts = {row.cohort_id for row in participations}
    periods = Period.objects.filter(cohort__in=cohorts, is_reporting=True).select_related("before", "after", "cohort")
    own = {"report__participation__in": [row.pk for row in participations]}
    editions = ReportEdition.objects.filter(content__isnull=False, **own).defer("content").order_by("number")
    asked = SectionQuery.objects.filter(answered_at=None)
    requests = ReportReopening.objects.filter(consented=None)
    papers = MadePaper.objects.filter(participation=OuterRef("participation"), kind=PaperKind.REPORT)
    reports = Report.objects.filter(participation__in=[row.pk for row in participations]).annotate(
        is_asked=Exists(asked.filter(report=OuterRef("pk"))),
        waits=Exists(requests.filter(report=OuterRef("pk"))),
        is_commented=Exists(ReportComment.objects.open().filter(section__report=OuterRef("pk"))),
        is_given_out=Exists(ReportSection.objects.filter(report=OuterRef("pk"), writer__isnull=False)),
        paper_made_on=Subquery(papers.values("made_on")[:1]),
    )
    queries: dict[int, list[SectionQuery]] = defaultdict(list)
    # SKR seldom asks anything, so most pages need not read what.
    for query in asked.filter(**own).select_related("report") if any(row.is_asked for row in reports) else ():
        queries[query.report.participation_id].append(query)
    reopenings = requests.filter(**own).select_related("report") if any(row.waits for row in reports) else ()
    return ReportRecords(
        {period.cohort_id: period for period in periods},
        {report.participation_id: report for report in reports},
        {edition.report.participation_id: edition for edition in editions.select_related("report") if edition.report},
        queries,
        {reopening.report.participation_id: reopening for reopening in reopenings},
        _assigned(reports),
        _comments_on(reports),
    )


def _comments_on(reports: Iterable[Report]) -> dict[int, list[OpenComment]]:
    """Return by participation the open comments on drafts."""
    drafts = [report.pk for report in reports if report.is_draft and getattr(report, "is_commented", False)]
    if not drafts:
        return {}
    given = ReportSection.objects.filter(report__in=drafts, writer__isnull=False)
    writers = {(row.report_id, row.key): row.writer_id for row in given}
    comments: dict[int, list[OpenComment]] = defaultdict(list)
    for row in ReportComment.objects.open().filter(section__report__in=drafts).select_related("section__report"):
        if section := row.section:
            writer = writers.get((section.report_id, section_of(section.key)))
            comments[section.report.participation_id].append(OpenComment(section.key, row.written_by_id, writer))
    return comments


def _assigned(reports: Iterable[Report]) -> dict[int, list[AssignedSection]]:
    """Return by writer what is to be written in the drafts."""
    drafts = [report.pk for report in reports if report.is_draft and getattr(report, "is_given_out", False)]
    rows = ReportSection.objects.filter(report__in=drafts).select_related("report__participation__cohort")
    texts: dict[int, dict[str, ReportSection]] = defaultdict(dict)
    for row in rows if drafts else ():
        texts[row.report_id][row.key] = row
    sections: dict[int, tuple[ReportHeading, ...]] = {}
    by_writer: dict[int, list[AssignedSection]] = defaultdict(list)
    for own in texts.values():
        cohort = next(iter(own.values())).report.participation.cohort
        sections.setdefault(cohort.pk, sections_of(cohort))
        written = {key for key, row in own.items() if row.text}
        for section in sections[cohort.pk]:
            given = own.get(section.key)
            if given and given.writer_id and not is_written(section, written):
                by_writer[given.writer_id].append(AssignedSection(section, given.due_on))
    return by_writer


def approves(holder: Holder) -> bool:
    return holder.answers_for(*LEADERS)


def duties(holder: Holder, records: ReportRecords) -> Iterator[Task]:
    """Yield the sections one writes, comments, the report, its approval, its way to the board, and what SKR asks."""
    yield from _sections(holder, records)
    yield from _comments(holder, records)
    yield from _writing(holder, records)
    yield from _approval(holder, records)
    yield from _to_board(holder, records)
    yield from _from_skr(holder, records)


def _sections(holder: Holder, records: ReportRecords) -> Iterator[Task]:
    """Yield one task for all sections that one writes, due when the first of them is."""
    rows = records.assigned.get(holder.delegate.pk, [])
    if not rows:
        return
    titles = [f"”{row.section.text}”" for row in rows]
    what = enumerated(titles) if len(titles) < 3 else f"{in_words(len(titles))} avsnitt"
    days = [row.due_on for row in rows if row.due_on]
    first = min(rows, key=lambda row: row.due_on or date.max)
    yield holder.task(
        Matter.SECTION,
        f"sections.{holder.delegate.pk}",
        f"Skriv {what} i resultatrapporten",
        f"Du är {holder.whose}, och ni har kommit överens om att du skriver det.",
        reverse("reports:section", args=[*holder.place, first.section.key]),
        due_on=min(days, default=None),
    )


def _comments(holder: Holder, records: ReportRecords) -> Iterator[Task]:
    """Yield what others have said of the sections that one writes; the strategist has those that nobody writes."""
    current = {colleague.pk for colleague in holder.colleagues}
    is_strategist = holder.answers_for(Function.STRATEGIST)
    mine = [
        comment
        for comment in records.comments.get(holder.participation.pk, ())
        if comment.by != holder.delegate.user_id
        and (comment.writer == holder.delegate.pk if comment.writer in current else is_strategist)
    ]
    if mine:
        keys = {comment.key for comment in mine}
        number = "en kommentar" if len(mine) == 1 else f"{in_words(len(mine))} kommentarer"
        yield holder.task(
            Matter.COMMENT,
            f"comments.{holder.delegate.pk}",
            f"Läs {number} till resultatrapporten",
            f"Du är {holder.whose}. Kolleger har kommenterat utkastet.",
            f"{reverse('reports:section', args=[*holder.place, *keys])}#kommentarer"
            if len(keys) == 1
            else _url(holder),
        )


def _writing(holder: Holder, records: ReportRecords) -> Iterator[Task]:
    period = records.due_period(holder.participation, holder.today)
    if period is None or not holder.participation.is_participant or holder.participation.reported:
        return
    report = records.reports.get(holder.participation.pk)
    if holder.delegate.function in WORKERS and (report is None or report.is_draft):
        title = "Skriv och lämna in resultatrapporten"
        why = f"Du är {holder.whose}. Rapporten är det ni och andra lär av efteråt."
        yield holder.task(Matter.REPORT, period.pk, title, why, _url(holder), due_on=period.due_on)


def _approval(holder: Holder, records: ReportRecords) -> Iterator[Task]:
    report = records.reports.get(holder.participation.pk)
    edition = records.editions.get(holder.participation.pk) if report and report.is_submitted else None
    if edition and not edition.is_approved and approves(holder):
        yield holder.task(
            Matter.APPROVAL,
            edition.pk,
            f"Läs och godkänn er resultatrapport{f', utgåva {edition.number}' if edition.number > 1 else ''}",
            f"Du är {holder.whose}. Någon i ledningen godkänner rapporten innan den kan publiceras.",
            reverse("reports:approve", args=holder.place),
        )


def _to_board(holder: Holder, records: ReportRecords) -> Iterator[Task]:
    """Yield the paper to the board, until it is made or the report has been handed in for two months."""
    report = records.reports.get(holder.participation.pk)
    edition = records.editions.get(holder.participation.pk) if report and not report.is_draft else None
    if edition is None or edition.adopted or not holder.answers_for(Function.STRATEGIST):
        return
    made_on = getattr(report, "paper_made_on", None)
    if holder.today <= edition.frozen_on + TO_BOARD and (made_on is None or made_on < edition.frozen_on):
        yield holder.task(
            Matter.BOARD,
            "report",
            "Ta resultatrapporten till nämnden",
            f"Du är {holder.whose}. Ett utkast till beslutsunderlag är skrivet av det ni har registrerat.",
            reverse("reports:board_paper", args=holder.place),
        )


def _from_skr(holder: Holder, records: ReportRecords) -> Iterator[Task]:
    asked = records.queries.get(holder.participation.pk, [])
    if asked and answers_queries(holder):
        number = "en fråga" if len(asked) == 1 else f"{in_words(len(asked))} frågor"
        yield holder.task(
            Matter.QUERY,
            f"report.{asked[-1].report_id}",
            f"Svara på {number} från SKR om resultatrapporten",
            "SKR undrar över er resultatrapport.",
            f"{_url(holder)}#fragor",
        )
    reopening = records.reopenings.get(holder.participation.pk)
    if reopening and answers_requests(holder):
        yield holder.task(
            Matter.REOPENING,
            f"report.{reopening.pk}",
            "Svara på om resultatrapporten får öppnas igen",
            "SKR vill att ni ändrar i resultatrapporten. Bara er strateg kan säga ja.",
            f"{_url(holder)}#oppna-igen",
        )


def _url(holder: Holder) -> str:
    return reverse("reports:report", args=holder.place)
