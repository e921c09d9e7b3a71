"""SKR's own papers of an omgång: letters, tidplan, meetings, lists and the joint report.

What an organisation has handed in stands in that organisation's own file.
"""

from collections.abc import Iterator
from functools import partial

from django.db.models import Prefetch

from admission.enums import InterestState
from admission.models import Interest, LetterIssue
from archive.files import edition_entry, stored, uploaded
from archive.packing import PackedFile
from archive.papers.letters import thanks
from archive.papers.papers_of import on_day
from archive.sheets import Binder, Cell, Sheet, pdf_entry
from assessments.models import TitleDecision
from cohorts.models import Cohort, Evaluator, GroupMentor, GroupMove
from cohorts.roles import Roles
from kit.ordering import by_name
from kit.templatetags.swedish import enumerated
from mailings.models import Mail
from meetings.agenda import agenda_of, clock, hours
from meetings.models import Material, Meeting
from planning.timetable_paper import paper_of
from reports.content import joint_content
from reports.models import JointReport, ReportEdition, Section
from reports.printers.pdf import html_of

PLAN = "1 Omgången"
ORGANISATIONS = "2 Deltagare och grupper"
LETTERS = "3 Brev och mejl"
MEETINGS = "4 Träffar"
MEETING_FILES = "4 Träffar, filer"
REPORT = "5 Gemensam rapport"
SKR = "Sveriges Kommuner och Regioner"


def entries_of_skr(cohort: Cohort, reader: Roles) -> list[PackedFile]:
    binder = Binder(cohort, SKR)
    parts = (_plan(cohort, binder), _organisations(cohort, binder), _letters(cohort, reader, binder))
    later = (_meetings(cohort, reader, binder), _joint(cohort, reader))
    return [entry for part in (*parts, *later) for entry in part]


def _plan(cohort: Cohort, binder: Binder) -> Iterator[PackedFile]:
    timetable = paper_of(cohort)
    if timetable:
        yield pdf_entry(PLAN, "Tidplan", timetable.html)
    meetings = _in_time(cohort)
    columns = ("Träff", "Första dag", "Sista dag", "Tid", "Form", "Plats", "Värd", "Grupp", "Tema", "Inställd")
    yield from binder.both(PLAN, Sheet("Träffar", columns, tuple(_meeting_row(meeting) for meeting in meetings)))
    results = cohort.expected_results.order_by("position", "pk")
    wanted = tuple((result.text, result.get_kind_display()) for result in results)
    yield from binder.both(PLAN, Sheet("Förväntade resultat", ("Resultat", "Slag"), wanted))
    sections = Section.objects.filter(cohort=cohort).order_by("position", "pk")
    asked = tuple((section.heading,) for section in sections)
    yield from binder.both(PLAN, Sheet("Resultatrapportens avsnitt", ("Avsnitt",), asked))
    people: list[tuple[Cell, ...]] = []
    if cohort.contact:
        people.append((cohort.contact.name, cohort.contact.email, "Kontaktperson", None))
    people += [(row.user.name, row.user.email, row.get_task_display(), None) for row in cohort.colleagues]
    evaluators = Evaluator.objects.filter(cohort=cohort).select_related("user").order_by(by_name("user__name"), "pk")
    people += [(row.user.name, row.user.email, "Lärande utvärderare", row.until) for row in evaluators]
    heads = ("Namn", "E-postadress", "Uppgift", "Till och med")
    yield from binder.both(PLAN, Sheet("Personer på SKR och utvärderare", heads, tuple(people)))


def _organisations(cohort: Cohort, binder: Binder) -> Iterator[PackedFile]:
    for sheet in (_members(cohort), _groups(cohort), _moves(cohort), _interests(cohort), _titles(cohort)):
        yield from binder.both(ORGANISATIONS, sheet)


def _members(cohort: Cohort) -> Sheet:
    members = cohort.participations.select_related("organisation", "group").order_by("position", "pk")
    rows = tuple(
        (
            row.organisation.name,
            row.code,
            row.get_role_display(),
            row.get_status_display(),
            row.group.name if row.group else "",
            row.through,
            row.joined_on,
            row.withdrawn_on,
            row.withdrawal_reason,
            row.thanked_on,
        )
        for row in members
    )
    columns = ("Organisation", "Kod", "Roll", "Läge", "Grupp", "Genom", "Kom med", "Lämnade", "Skäl", "Tackad")
    return Sheet("Organisationer", columns, rows)


def _moves(cohort: Cohort) -> Sheet:
    moves = GroupMove.objects.filter(participation__cohort=cohort).select_related("participation__organisation")
    rows = tuple(
        (row.participation.organisation.name, row.from_name, row.to_name, row.moved_on, row.reason)
        for row in moves.order_by("moved_on", "pk")
    )
    return Sheet("Byten mellan grupper", ("Organisation", "Från grupp", "Till grupp", "Flyttad", "Skäl"), rows)


def _titles(cohort: Cohort) -> Sheet:
    titles = TitleDecision.objects.filter(participation__cohort=cohort).select_related("participation__organisation")
    rows = tuple(
        (row.participation.organisation.name, row.given, row.decided_on, row.decided_by, row.note)
        for row in titles.order_by("participation__position", "pk")
    )
    return Sheet("Beslut om titel", ("Organisation", "Får titeln", "Beslutat", "Beslutat av", "Motivering"), rows)


def _groups(cohort: Cohort) -> Sheet:
    mentors = Prefetch("mentorships", GroupMentor.objects.select_related("participation__organisation"))
    groups = cohort.groups.prefetch_related(mentors, "participations__organisation").order_by("position", "pk")
    rows = tuple(
        (
            group.name,
            group.track,
            enumerated(row.organisation.name for row in group.participations.all()),
            enumerated(row.participation.organisation.name for row in group.mentorships.all()),
        )
        for group in groups
    )
    return Sheet("Grupper", ("Grupp", "Spår", "Organisationer", "Mentorer"), rows)


def _interests(cohort: Cohort) -> Sheet:
    forms = Interest.objects.filter(cohort=cohort).exclude(state=InterestState.DRAFT).select_related("organisation")
    rows = tuple(
        (
            form.organisation.name,
            on_day(form.submitted_at),
            form.get_state_display(),
            form.diary_number,
            form.answered_on,
            form.answered_by,
            form.answer,
        )
        for form in forms.order_by("submitted_at", "pk")
    )
    columns = ("Organisation", "Inskickad", "Läge", "Diarienummer", "Beslut", "Beslutat av", "Svar med skäl")
    return Sheet("Intresseanmälningar", columns, rows)


def _letters(cohort: Cohort, reader: Roles, binder: Binder) -> Iterator[PackedFile]:
    for issue in LetterIssue.objects.filter(cohort=cohort).order_by("number"):
        yield stored(LETTERS, "Antagningsbrev", issue.file, day=issue.issued_on, version=str(issue.number))
    thanked = cohort.participations.filter(thanked_on__isnull=False)
    for row in thanked.select_related("organisation", "cohort__contact").order_by("thanked_on", "pk"):
        yield from thanks(LETTERS, f"Tackbrev till {row.organisation.name}", row)
    mails = Mail.objects.visible_to(reader).about_cohort(cohort.slug).filter(sent_at__isnull=False)
    sent = tuple((row.subject, row.address, on_day(row.sent_at), row.body) for row in mails.order_by("pk"))
    yield from binder.both(LETTERS, Sheet("Skickade mejl", ("Ämne", "Till", "Skickat", "Text"), sent))


def _meetings(cohort: Cohort, reader: Roles, binder: Binder) -> Iterator[PackedFile]:
    for meeting in _in_time(cohort):
        yield binder.paper(MEETINGS, _of_meeting(meeting), of=meeting.starts_on)
    material = Material.objects.visible_to(reader).filter(meeting__cohort=cohort, participation=None)
    rows = list(material.select_related("meeting").order_by("meeting__starts_on", "pk"))
    sheet_rows = tuple((row.title, row.get_kind_display(), row.meeting.name, row.url) for row in rows)
    yield from binder.both(MEETING_FILES, Sheet("Material", ("Material", "Slag", "Träff", "Länk"), sheet_rows))
    yield from (uploaded(MEETING_FILES, row) for row in rows if row.file)


def _of_meeting(meeting: Meeting) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        ("Träffen", hours(meeting.starts_at, meeting.ends_at), meeting.place, meeting.goals),
        *(
            (item.title, clock(block.starts_at) if block.starts_at else "", item.get_part_display(), item.text)
            for day in agenda_of(meeting, meeting.agenda.all()).days
            for block in day.blocks
            for item in block.items
        ),
    ]
    if meeting.documentation:
        rows.append(("Dokumentation", "", "", meeting.documentation))
    return Sheet(meeting.name, ("Punkt", "Tid", "Plats eller deltagare", "Text"), tuple(rows))


def _meeting_row(meeting: Meeting) -> tuple[Cell, ...]:
    return (
        meeting.name,
        meeting.starts_on,
        meeting.ends_on,
        hours(meeting.starts_at, meeting.ends_at),
        meeting.get_form_display(),
        meeting.place,
        meeting.host.organisation.name if meeting.host else "",
        meeting.group.name if meeting.group else "",
        meeting.theme,
        meeting.cancelled_on,
    )


def _in_time(cohort: Cohort) -> list[Meeting]:
    rows = cohort.meetings.select_related("host__organisation", "group").prefetch_related("agenda")
    return list(rows.order_by("starts_on", "number", "pk"))


def _joint(cohort: Cohort, reader: Roles) -> Iterator[PackedFile]:
    joint = JointReport.objects.filter(cohort=cohort).first()
    if joint is None:
        return
    joint.cohort = cohort
    editions = ReportEdition.objects.visible_to(reader).filter(joint=joint).prefetch_related("builds")
    for edition in editions.order_by("number"):
        name = edition.name if edition.is_interim else "Gemensam rapport"
        yield edition_entry(REPORT, f"{name}, utgåva {edition.number}", edition)
    if joint.is_draft:
        content = joint_content(joint, None, None).as_draft()
        if not content.is_empty:
            yield pdf_entry(REPORT, "Gemensam rapport, utkast", partial(html_of, content))
