"""An organisation's self-assessments as the workbook they know: a sheet for each, a column for each step.

The values and their sum come from the `Occasion`s that the page, PDF and JSON also print.
"""

from __future__ import annotations

from decimal import Decimal

from openpyxl import Workbook

from assessments.models import Assessment
from assessments.occasions import Occasion, in_series, readable
from assessments.workbook import names
from assessments.workbook.drawing import Page, write_page
from assessments.workbook.guiding import how_to_fill_in
from cohorts.models import Participation
from cohorts.roles import Roles
from kit.templatetags.swedish import day
from kit.workbook.writing import plain, saved, write_lines
from meetings.models import Meeting
from meetings.whom import meetings_for


def workbook_of(participation: Participation, roles: Roles) -> bytes:
    """Return the file; the own organisation also gets drafts and coming meetings, others what is submitted."""
    is_own = participation.organisation_id in roles.organisation_ids
    pages = pages_of(participation, roles, is_own=is_own)
    book = Workbook()
    book.remove(book["Sheet"])
    results: dict[tuple[str, str], Decimal | None] = {}
    for title, page in zip(names.titles(page.title for page in pages), pages, strict=True):
        results |= write_page(book.create_sheet(title), len(book.sheetnames), page)
    if not pages:
        write_lines(book.create_sheet("Självskattningar"), ["Ingen självskattning är inlämnad än."], width=90)
    to_fill_in = next((page.occasion.assessment for page in pages if page.may_be_filled_in), None)
    if to_fill_in:
        write_lines(book.create_sheet(names.HOW), how_to_fill_in(to_fill_in), width=120)
    organisation = participation.organisation.name
    book.properties.title = plain(f"Självskattningar – {organisation} – {participation.cohort.name}")
    book.properties.creator = "Modell"
    book.properties.language = "sv-SE"
    return saved(book, results)


def pages_of(participation: Participation, roles: Roles, *, is_own: bool) -> list[Page]:
    """Return the sheets, the meetings' first in order of time, so that an import recognises them by name."""
    done = in_series(participation, readable(participation, roles))
    at_meetings = {
        occasion.assessment.meeting_id: occasion for occasion in done if occasion.is_at_meeting and not occasion.part
    }
    meetings = assessed_meetings(participation)
    own = [_page(at_meetings[meeting.pk], is_own=is_own) for meeting in meetings if meeting.pk in at_meetings]
    if is_own:
        own = [_page(at_meetings.get(m.pk) or _blank(participation, m), is_own=True) for m in meetings]
    shown = {meeting.pk for meeting in meetings}
    others = [occasion for occasion in done if occasion.part or occasion.assessment.meeting_id not in shown]
    return [*own, *(_page(occasion, is_own=is_own) for occasion in others)]


def assessed_meetings(participation: Participation) -> list[Meeting]:
    """Return the meetings the organisation rates itself before, in order of time; a mentor has none."""
    if not participation.is_participant:
        return []
    assessed = Meeting.objects.filter(cohort=participation.cohort_id).assessed()
    return meetings_for(participation, assessed.order_by("starts_on", "number", "pk"))


def _blank(participation: Participation, meeting: Meeting) -> Occasion:
    plan = participation.cohort.plan
    assessment = Assessment(
        participation=participation, meeting=meeting, checklist=plan.checklist, half_steps=plan.half_steps
    )
    return Occasion(assessment, {}, None)


def _page(occasion: Occasion, *, is_own: bool) -> Page:
    assessment, answers = occasion.assessment, occasion.answers
    scores = list(assessment.scores.all()) if assessment.pk else []
    if assessment.submitted_on:
        state = f"Inlämnad {day(assessment.submitted_on)}"
    elif scores:
        state = f"{names.DRAFT}, {len(answers)} av {len(assessment.items)} moment har värde"
    else:
        state = "Inte påbörjad"
    return Page(_title(assessment), occasion, {score.item_id: score for score in scores}, state, is_own)


def _title(assessment: Assessment) -> str:
    when = str(assessment.submitted_on or "utkast")
    if assessment.part:
        return names.title_of_part(assessment.part.name, assessment.meeting.name if assessment.meeting else when)
    return assessment.meeting.name if assessment.meeting else f"Utanför träffarna {when}"


def file_name(participation: Participation) -> str:
    return f"sjalvskattningar-{participation.cohort.slug}-{participation.code}.xlsx"
