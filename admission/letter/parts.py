"""Build the letter's sections, each read from the omgång."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.template.defaultfilters import date as format_date
from django.urls import reverse

from admission.letter import words
from admission.letter.content import LetterLine, LetterList, LetterSection
from admission.letter.material import LetterMaterial, board_decision
from admission.letter.timetable import hours, timetable
from cohorts.enums import ExpectedKind, Function, MentorModel
from cohorts.models import Delegate
from kit.canonical import with_line_ends
from kit.pictures import PictureTable
from kit.templatetags.swedish import day, day_span, enumerated, in_words, sentence
from mailings.blocks import absolute
from meetings.enums import MeetingForm
from meetings.models import Meeting, Preparation
from meetings.whom import theme_of

SKR = "https://skr.se/"
FOR_WHOM = {"": "Alla", "politician": "Politiker", "manager": "Chefer", "strategist": "Strateger"}
# Sorts after every decision.
NO_DECISION = (date.max, "")


def sections(material: LetterMaterial) -> tuple[LetterSection, ...]:
    made = (
        welcome(material),
        mentorship(material),
        beginning(material),
        preparations(material),
        results(material),
        way_of_working(material),
        other_goals(material),
        closing(material),
        dates(material),
        contacts(material),
        plan(material),
    )
    return tuple(section for section in made if section and not section.is_empty)


def welcome(material: LetterMaterial) -> LetterSection:
    paragraphs = [*_admitted(material), *material.say(words.INTRODUCTION)]
    return LetterSection("antagna", "Ni är antagna", "vilka som är antagna", tuple(paragraphs))


def _admitted(material: LetterMaterial) -> Iterator[str]:
    """Return the text once for each decision, and last for those without one."""
    decided: dict[tuple[date, str], list[str]] = {}
    for row in material.members:
        decided.setdefault(board_decision(row) or NO_DECISION, []).append(row.organisation.name)
    for (on, by), names in sorted(decided.items()):
        if by:
            decision = {"beslutat_av": by, "beslutsdag": day(on)}
            yield from material.say(words.DECIDED, antagna=enumerated(names), **decision)
        else:
            yield from material.say(words.UNDECIDED, antagna=enumerated(names))


def mentorship(material: LetterMaterial) -> LetterSection:
    tables = (_groups(material), _themes(material))
    return LetterSection(
        "mentorer",
        "Grupper och mentorer" if material.cohort.has_mentors else "Grupper",
        "grupper och mentorer",
        _mentors(material),
        tables=tuple(table for table in tables if table),
    )


def _mentors(material: LetterMaterial) -> tuple[str, ...]:
    if material.cohort.mentor_model == MentorModel.NONE:
        return material.say(words.NO_MENTORS)
    if not material.mentors:
        return material.say(words.LATER)
    if len(material.mentors) == 1:
        return material.say(words.ONE_MENTOR)
    by_theme = material.cohort.mentor_model == MentorModel.BY_THEME or any(map(theme_of, material.tasks))
    shared = words.EACH_BY_THEME if by_theme else words.EACH_BY_GROUP
    return (*material.say(words.MENTORS), *material.say(shared))


def _groups(material: LetterMaterial) -> PictureTable | None:
    groups = {row.group.pk: row.group for row in material.members if row.group}
    if not groups:
        return None
    rows = []
    for group in sorted(groups.values(), key=lambda group: group.position):
        members = [row.organisation.name for row in material.members if row.group_id == group.pk]
        mentors = [task.participation.organisation.name for task in material.tasks if task.group_id == group.pk]
        cells = (group.name, enumerated(members))
        rows.append((*cells, enumerated(dict.fromkeys(mentors)) if mentors else "–") if material.tasks else cells)
    heads = ("Grupp", "Deltagare", "Mentor") if material.tasks else ("Grupp", "Deltagare")
    return PictureTable("Grupper", heads, tuple(rows))


def _themes(material: LetterMaterial) -> PictureTable | None:
    pairs = [(theme_of(task), task.participation.organisation.name) for task in material.tasks]
    # A mentor may have the same theme in several groups, and is then listed once.
    shared = dict.fromkeys((theme, name) for theme, name in pairs if theme)
    return PictureTable("Vem som har vilket tema", ("Tema", "Mentor"), tuple(shared)) if shared else None


def beginning(material: LetterMaterial) -> LetterSection | None:
    first = material.first
    if first is None:
        return None
    if first.starts_on < material.today:
        return _begun(material, first)
    paragraphs = [
        *material.say(words.FIRST, traff=_named_with_day(first), plats=_meet(first)),
        *material.say(words.INVITATION, dag=day(first.invitation_due_on)),
    ]
    before = [meeting for meeting in material.meetings if meeting.starts_on < first.starts_on]
    for meeting in before:
        paragraphs += material.say(words.BEFORE_FIRST, traff=_named_with_day(meeting))
    goals = tuple(LetterLine(goal) for goal in _lines(first.goals))
    lists = (LetterList("Det här ska träffen ge", goals),) if goals else ()
    return LetterSection("start", "Så börjar vi", "hur vi börjar", tuple(paragraphs), lists)


def _begun(material: LetterMaterial, first: Meeting) -> LetterSection:
    paragraphs = list(material.say(words.BEGAN, traff=_named_with_day(first)))
    if coming := material.coming:
        paragraphs += material.say(words.NEXT, traff=_named_with_day(coming), plats=_meet(coming))
    return LetterSection("start", "Så fortsätter vi", "hur vi fortsätter", tuple(paragraphs))


def _meet(meeting: Meeting) -> str:
    if meeting.form == MeetingForm.DIGITAL:
        return "Träffen är digital."
    return f"Vi ses på plats: {meeting.place}." if meeting.place else "Vi ses på plats. Var står i inbjudan."


def _in_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]


def _named_with_day(meeting: Meeting) -> str:
    # A name that ends in a number must not run into the day.
    return f"{_in_sentence(meeting.name)}{',' if meeting.name[-1:].isdigit() else ''} {when(meeting)}"


def when(meeting: Meeting) -> str:
    if not meeting.starts_at:
        return day_span(meeting.starts_on, meeting.ends_on)
    if meeting.starts_on == meeting.ends_on:
        return f"{day(meeting.starts_on)} kl. {hours(meeting)}"
    first = f"{format_date(meeting.starts_on, 'j F')} kl. {meeting.starts_at:%H.%M}"
    return f"{first} – {day(meeting.ends_on)}" + (f" kl. {meeting.ends_at:%H.%M}" if meeting.ends_at else "")


def preparations(material: LetterMaterial) -> LetterSection:
    coming = material.coming
    # The letter covers what is due up to and with the first joint meeting that is to come.
    until = [
        preparation
        for preparation in material.preparations
        if coming and material.today <= preparation.meeting.starts_on <= coming.starts_on
    ]
    lists = []
    for function in ("", *Function.values):
        lines = [_line(preparation) for preparation in until if preparation.function == function]
        lines += _standing(material, function)
        if lines:
            lists.append(LetterList(FOR_WHOM.get(function, "Medverkande"), tuple(lines)))
    if coming:
        paragraphs = material.say(words.PREPARATIONS, traff=_in_sentence(coming.name))
    else:
        paragraphs = material.say(words.PREPARATIONS_ANY)
    return LetterSection("forberedelser", "Förberedelser", "förberedelserna", paragraphs, tuple(lists))


def _line(preparation: Preparation) -> LetterLine:
    due = preparation.meeting.starts_on - timedelta(days=preparation.days_before)
    return LetterLine(f"{preparation.text} (senast {day(due)})", preparation.url)


def _standing(material: LetterMaterial, function: str) -> list[LetterLine]:
    """Return the preparations that are the same in every omgång."""
    plan = getattr(material.cohort, "plan", None)
    if function == "":
        lines = _points(material, words.SIGN_IN, absolute("/"))
        if plan:
            page = reverse("checklist:version", args=[plan.checklist.key])
            lines += _points(material, words.READ_CHECKLIST, absolute(page))
        return [*lines, *_points(material, words.MORE_SUPPORT, SKR)]
    return _points(material, words.NAME_ALL) if function == Function.STRATEGIST else []


def _points(material: LetterMaterial, paragraph: words.LetterParagraph, url: str = "") -> list[LetterLine]:
    texts = material.say(paragraph)
    return [LetterLine(text, "" if at else url) for at, text in enumerate(texts)]


def results(material: LetterMaterial) -> LetterSection:
    lists = tuple(
        LetterList(
            heading, tuple(LetterLine(sentence(result.text)) for result in material.wanted if result.kind == kind)
        )
        for kind, heading in (
            (ExpectedKind.EXPECTED, "Förväntade resultat"),
            (ExpectedKind.DESIRABLE, "Önskvärda resultat"),
        )
        if any(result.kind == kind for result in material.wanted)
    )
    return LetterSection("resultat", "Vad arbetet ska leda till", "resultaten", material.say(words.PURPOSE), lists)


def way_of_working(material: LetterMaterial) -> LetterSection:
    low, high = material.cohort.group_min, material.cohort.group_max
    many = in_words(low) if low == high else f"{in_words(low)} till {in_words(high)}"
    if high == low + 1:
        many = f"{in_words(low)} eller {in_words(high)}"
    groups = words.GROUPS_WITH_MENTORS if material.cohort.has_mentors else words.GROUPS
    paragraphs = [*material.say(groups, antal=many)]
    for paragraph in (words.EXCHANGE, words.AT_HOME, words.DEEPER, words.AFTERWARDS):
        paragraphs += material.say(paragraph)
    return LetterSection("arbetssatt", "Så arbetar ni", "arbetssättet", tuple(paragraphs))


def other_goals(material: LetterMaterial) -> LetterSection:
    paragraphs = (
        *material.say(words.METHOD),
        *material.say(words.DEFINITION),
        *material.say(words.OTHER_GOALS),
    )
    heading = "Agenda 2030 och CEMR-deklarationen"
    return LetterSection("agenda", heading, heading, paragraphs)


def closing(material: LetterMaterial) -> LetterSection:
    signed = material.say(words.SIGNATURE) if material.cohort.contact else ()
    paragraphs = (*material.say(words.CLOSING), *material.say(words.SENDER), *signed)
    return LetterSection("avslutning", "Välkomna", "avslutningen", paragraphs)


def dates(material: LetterMaterial) -> LetterSection:
    columns = {
        "Dag": [day_span(meeting.starts_on, meeting.ends_on) for meeting in material.meetings],
        "Klockan": [hours(meeting) for meeting in material.meetings],
        "Träff": [_named(meeting) for meeting in material.meetings],
        "Tema": [meeting.theme for meeting in material.meetings],
        "Var": [_where(meeting) for meeting in material.meetings],
    }
    filled = {head: cells for head, cells in columns.items() if any(cells)}
    tables = (PictureTable("Alla träffar", tuple(filled), tuple(zip(*filled.values(), strict=True))),) if filled else ()
    paragraphs = material.say(words.DATES if filled else words.NO_DATES)
    return LetterSection("datum", "Datum", "datumen", paragraphs, tables=tables, new_page=True)


def _named(meeting: Meeting) -> str:
    return f"{meeting.name}, {meeting.group.name}" if meeting.group else meeting.name


def _where(meeting: Meeting) -> str:
    return "Digital" if meeting.form == MeetingForm.DIGITAL else meeting.place or "På plats"


def contacts(material: LetterMaterial) -> LetterSection:
    by_participation: dict[int, list[Delegate]] = {}
    for delegate in material.strategists:
        by_participation.setdefault(delegate.participation_id, []).append(delegate)
    rows = []
    for row in (*material.members, *material.mentors):
        name = row.organisation.name if row.is_participant else f"{row.organisation.name}, mentor"
        people = by_participation.get(row.pk, [])
        rows += [(name, person.user.name, person.user.email) for person in people] or [(name, "inte utsedd än", "")]
    contact = material.cohort.contact
    staff = [(contact.name, "Projektledare", contact.email)] if contact else []
    staff += [(row.user.name, row.get_task_display(), row.user.email) for row in material.colleagues]
    staff += map(_contact, _lines(material.letter.contacts))
    tables = [PictureTable("Strateger", ("Organisation", "Strateg", "E-post"), tuple(rows))] if rows else []
    tables += [PictureTable("Kontaktpersoner på SKR", ("Namn", "Uppgift", "E-post"), tuple(staff))] if staff else []
    return LetterSection(
        "kontakter", "Kontaktpersoner", "kontaktpersonerna", material.say(words.CONTACTS), tables=tuple(tables)
    )


def _contact(line: str) -> tuple[str, str, str]:
    """Return the name, the task and the address of a line; what the line lacks is empty."""
    name, task, address = [*(part.strip() for part in line.split(",", 2)), "", ""][:3]
    return name, task, address


def plan(material: LetterMaterial) -> LetterSection:
    tables = timetable(material.cohort, list(material.meetings), list(material.periods))
    return LetterSection("tidplan", "Tidplan", "tidplanen", material.say(words.PLAN), tables=tables)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in with_line_ends(text).split("\n") if line.strip())
