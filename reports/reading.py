"""Which edition a person reads, and what the pages print about it."""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from cohorts.roles import Roles, roles_of
from kit.permissions import may
from reports.comment_pages import commented_sections
from reports.comments import open_comments
from reports.content import ReportContent, organisation_content, own_content_of
from reports.content.chapters import chapters_of
from reports.content.frozen import checksum_of, freeze
from reports.enums import ORDERED, BuildFormat
from reports.live import changed_in, figures_of
from reports.models import Build, Report, ReportEdition, ReportReopening, SectionQuery
from reports.perms import (
    ANSWER_ABOUT_REPORT,
    APPROVE_REPORT,
    ASK_ABOUT_REPORT,
    CONSENT_TO_REOPEN,
    EDIT_REPORT,
    SUBMIT_REPORT,
)
from reports.quoting import quotes_of
from reports.sections import TextPlace, places_of

# How the blocks of a report print tables and pictures on a page.
ON_SCREEN = {"tables": "kit/picture_table.html", "on_paper": False}


@dataclass(frozen=True)
class AskedSection:
    """A section with SKR's questions about it."""

    heading: TextPlace
    queries: tuple[SectionQuery, ...]


def edition_for(report: Report, roles: Roles) -> ReportEdition | None:
    """Return the newest edition that the person reads; for the organisation itself only while it is handed in."""
    if report._state.adding or (report.is_draft and report.participation.organisation_id in roles.organisation_ids):
        return None
    return ReportEdition.objects.visible_to(roles).filter(report=report).last()


def body(content: ReportContent) -> dict[str, Any]:
    return {"content": content, "headings": content.headings, "chapters": chapters_of(content), **ON_SCREEN}


def _checksum_now(report: Report) -> str:
    return checksum_of(freeze(organisation_content(report)))


def marked(report: Report) -> dict[tuple[str, str], str]:
    """Return the figures of a draft that are no longer what is printed, each with what is."""
    figures, texts = figures_of(report), report.texts.all() if report.pk else ()
    return {(each.ref, each.words): each.printed for text in texts for each in changed_in(text.document, figures)}


def files_of(edition: ReportEdition) -> list[Build]:
    """Return the newest file of each format that can be opened, the PDF first."""
    ready = {build.format: build for build in reversed(edition.builds.all()) if build.has_file}
    return [ready[each] for each in ORDERED if each in ready]


def pdf_of(edition: ReportEdition | None) -> Build | None:
    builds = edition.builds.all() if edition else ()
    return next((build for build in builds if build.format == BuildFormat.PDF and build.has_file), None)


def reading_of(report: Report, user: User) -> dict[str, Any]:
    """Return what the page shows a reader: an edition or, to the organisation itself, its draft."""
    roles = roles_of(user)
    own = report.participation.organisation_id in roles.organisation_ids
    edition = edition_for(report, roles)
    content = own_content_of(edition) if edition else organisation_content(report).as_draft()
    waits = edition is not None and not edition.is_approved and not report.is_draft
    may_submit = may(user, SUBMIT_REPORT, report)
    return {
        **body(content),
        "quotes": quotes_of(report, roles, content),
        "may_quote": may(user, EDIT_REPORT, report),
        "changed_figures": marked(report) if own and edition is None else {},
        "dialogue": dialogue_of(report, user),
        "commented": commented_sections(report, user, open_comments(report), with_all=True) if own else [],
        "edition": edition,
        "own": own,
        # What has changed since stays out of the edition, which its owner may not think of.
        "has_changed": own and edition is not None and _checksum_now(report) != edition.checksum,
        "may_approve": waits and may(user, APPROVE_REPORT, report),
        "may_publish": report.is_submitted and may_submit,
        "may_take_back": report.is_submitted and may_submit,
        "may_correct": report.is_published and may_submit,
        "earlier": earlier_than(edition, roles) if edition else [],
    }


def earlier_than(edition: ReportEdition, roles: Roles) -> list[ReportEdition]:
    visible = ReportEdition.objects.visible_to(roles).defer("content")
    of_same = visible.filter(report=edition.report_id, joint=edition.joint_id)
    return list(of_same.filter(number__lt=edition.number).order_by("-number"))


def dialogue_of(report: Report, user: User) -> dict[str, Any]:
    roles = roles_of(user)
    if report._state.adding:
        return {"asked": [], "has_queries": False, "reopening": None, "may_ask": False}
    queries = list(SectionQuery.objects.visible_to(roles).filter(report=report))
    reopening = ReportReopening.objects.visible_to(roles).filter(report=report).last()
    waits = reopening is not None and reopening.consented is None
    may_ask = not report.is_draft and may(user, ASK_ABOUT_REPORT, report)
    return {
        "asked": [
            AskedSection(heading, tuple(query for query in queries if query.key == heading.key))
            for heading in places_of(report.participation.cohort)
            if may_ask or any(query.key == heading.key for query in queries)
        ],
        "has_queries": bool(queries),
        "reopening": reopening,
        "may_ask": may_ask,
        "may_answer": may(user, ANSWER_ABOUT_REPORT, report),
        "may_ask_reopening": may_ask and not waits,
        "may_withdraw": waits and may(user, ASK_ABOUT_REPORT, report),
        "may_consent": waits and may(user, CONSENT_TO_REOPEN, report),
    }
