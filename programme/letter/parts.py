"""The letter's sections, each read from the omgång."""

from datetime import timedelta

from django.template.defaultfilters import date as format_date
from django.urls import reverse

from cohorts.enums import ExpectedKind, Function, MentorModel
from cohorts.models import Delegate, Participation
from mailings.writing import absolute
from meetings.enums import MeetingForm
from meetings.models import Meeting, Preparation
from modell.templatetags.swedish import day, day_span, enumerated, in_words, sentence
from programme.letter import words
from programme.letter.content import Line, List, Section
from programme.letter.reading import Read
from programme.letter.timetable import hours, timetable
from reports.pictures import Table

FOR_WHOM = {"": "Alla", "politician": "Politiker", "manager": "Chefer", "strategist": "Strateger"}


def sections(found: Read) -> tuple[Section, ...]:
    made = (
        welcome(found),
        mentorship(found),
        beginning(found),
        preparations(found),
        results(found),
        way_of_working(found),
        other_goals(),
        closing(found),
        dates(found),
        contacts(found),
        plan(found),
    )
    return tuple(section for section in made if section)


def welcome(found: Read) -> Section:
    written = found.letter.introduction
    names = enumerated(row.organisation.name for row in found.members)
    verb = "har antagits som deltagare i"
    decided = sorted({row.interest.answered_on for row in _with_interest(found) if row.interest.answered_on})
    by = sorted({row.interest.answered_by for row in _with_interest(found) if row.interest.answered_by})
    if decided and len(by) == 1:
        days = enumerated(day(one) for one in decided)
        told = f"Efter beslut av {by[0]} {days} bekräftar SKR att {names} {verb} {found.cohort.name}."
    else:
        told = f"SKR bekräftar att {names} {verb} {found.cohort.name}."
    return Section("antagna", "Ni är antagna", "vilka som är antagna", (told, *_split(written or words.INTRODUCTION)))


def _with_interest(found: Read) -> list[Participation]:
    return [row for row in found.members if hasattr(row, "interest")]


def mentorship(found: Read) -> Section:
    """How the mentors share; without mentors it is a model like the others."""
    told: tuple[str, ...]
    if found.cohort.mentor_model == MentorModel.NONE:
        told = (words.NO_MENTORS,)
    elif not found.mentors:
        told = (words.LATER,)
    else:
        names = enumerated(row.organisation.name for row in found.mentors)
        by_theme = found.cohort.mentor_model == MentorModel.BY_THEME or any(task.theme for task in found.tasks)
        noun = "är mentor" if len(found.mentors) == 1 else "är mentorer"
        shared = words.EACH_BY_THEME if by_theme else words.EACH_BY_GROUP
        told = (
            f"{names}, som har deltagit tidigare, {noun} i omgången.",
            *((shared,) if len(found.mentors) > 1 else ()),
        )
    tables = (_groups(found), _themes(found))
    return Section(
        "mentorer",
        "Grupper och mentorer" if found.cohort.has_mentors else "Grupper",
        "grupper och mentorer",
        told,
        tables=tuple(table for table in tables if table),
    )


def _groups(found: Read) -> Table | None:
    groups = {row.group.pk: row.group for row in found.members if row.group}
    if not groups:
        return None
    rows = []
    for group in sorted(groups.values(), key=lambda group: group.position):
        members = [row.organisation.name for row in found.members if row.group_id == group.pk]
        mentors = [task.participation.organisation.name for task in found.tasks if task.group_id == group.pk]
        told = (group.name, enumerated(members))
        rows.append((*told, enumerated(dict.fromkeys(mentors)) if mentors else "–") if found.tasks else told)
    heads = ("Grupp", "Deltagare", "Mentor") if found.tasks else ("Grupp", "Deltagare")
    return Table("Grupper", heads, tuple(rows))


def _themes(found: Read) -> Table | None:
    """Who answers for which theme, once each however many groups they have it in."""
    shared = dict.fromkeys((task.theme, task.participation.organisation.name) for task in found.tasks if task.theme)
    return Table("Vem som har vilket tema", ("Tema", "Mentor"), tuple(shared)) if shared else None


def beginning(found: Read) -> Section | None:
    first = found.first
    if first is None:
        return None
    told = [f"Vi börjar med {_named_with_day(first)}. {_meet(first)}"]
    told.append(f"Inbjudan med program skickas senast {day(first.invitation_due_on)}.")
    before = [meeting for meeting in found.meetings if meeting.starts_on < first.starts_on]
    told += [f"Dessförinnan: {_named_with_day(meeting)}." for meeting in before]
    goals = tuple(Line(goal) for goal in _split(first.goals))
    lists = (List("Det här ska träffen ge", goals),) if goals else ()
    return Section("start", "Så börjar vi", "hur vi börjar", tuple(told), lists)


def _meet(meeting: Meeting) -> str:
    if meeting.form == MeetingForm.DIGITAL:
        return "Träffen är digital."
    return f"Vi ses på plats: {meeting.place}." if meeting.place else "Vi ses på plats. Var står i inbjudan."


def _in_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]


def _named_with_day(meeting: Meeting) -> str:
    """A name that ends in a number must not run into the day."""
    return f"{_in_sentence(meeting.name)}{',' if meeting.name[-1:].isdigit() else ''} {when(meeting)}"


def when(meeting: Meeting) -> str:
    """The day or days, with hours where they are set."""
    if not meeting.starts_at:
        return day_span(meeting.starts_on, meeting.ends_on)
    if meeting.starts_on == meeting.ends_on:
        return f"{day(meeting.starts_on)} kl. {hours(meeting)}"
    first = f"{format_date(meeting.starts_on, 'j F')} kl. {meeting.starts_at:%H.%M}"
    return f"{first} – {day(meeting.ends_on)}" + (f" kl. {meeting.ends_at:%H.%M}" if meeting.ends_at else "")


def preparations(found: Read) -> Section:
    """For all and for each function, up to and with the first joint meeting."""
    first = found.first
    until = [one for one in found.preparations if first and one.meeting.starts_on <= first.starts_on]
    lists = []
    for function in ("", *Function.values):
        lines = [_line(one) for one in until if one.function == function]
        lines += _standing(found, function)
        if lines:
            lists.append(List(FOR_WHOM.get(function, "Medverkande"), tuple(lines)))
    before = f" inför {_in_sentence(first.name)}" if first else ""
    told = (f"Det här gör ni{before}.",)
    return Section("forberedelser", "Förberedelser", "förberedelserna", told, tuple(lists))


def _line(preparation: Preparation) -> Line:
    due = preparation.meeting.starts_on - timedelta(days=preparation.days_before)
    return Line(f"{preparation.text} (senast {day(due)})", preparation.url)


def _standing(found: Read, function: str) -> list[Line]:
    """What holds in every omgång: that all get in, and that the strategist sees to it."""
    plan = getattr(found.cohort, "plan", None)
    if function == "":
        lines = [Line("Logga in i Modell med er e-postadress och se vad som gäller för er.", absolute("/"))]
        if plan:
            page = reverse("checklist:version", args=[plan.checklist.key])
            lines.append(Line("Läs checklistan och vägledningen för jämställdhetsintegrering.", absolute(page)))
        return lines
    if function == Function.STRATEGIST:
        return [Line("Se till att alla som ska delta från er står bland era personer i Modell.")]
    return []


def results(found: Read) -> Section:
    lists = tuple(
        List(heading, tuple(Line(sentence(one.text)) for one in found.wanted if one.kind == kind))
        for kind, heading in (
            (ExpectedKind.EXPECTED, "Förväntade resultat"),
            (ExpectedKind.DESIRABLE, "Önskvärda resultat"),
        )
        if any(one.kind == kind for one in found.wanted)
    )
    return Section("resultat", "Vad arbetet ska leda till", "resultaten", (words.PURPOSE,), lists)


def way_of_working(found: Read) -> Section:
    low, high = found.cohort.group_min, found.cohort.group_max
    many = in_words(low) if low == high else f"{in_words(low)} till {in_words(high)}"
    if high == low + 1:
        many = f"{in_words(low)} eller {in_words(high)}"
    support = ", med stöd av mentorer som har deltagit tidigare" if found.cohort.has_mentors else ""
    told = (
        f"Ni arbetar i grupper om {many} organisationer{support}.",
        words.EXCHANGE,
        words.AT_HOME,
        words.AFTERWARDS,
    )
    return Section("arbetssatt", "Så arbetar ni", "arbetssättet", told)


def other_goals() -> Section:
    return Section(
        "agenda",
        "Agenda 2030 och CEMR-deklarationen",
        "Agenda 2030 och CEMR-deklarationen",
        (words.METHOD, words.OTHER_GOALS),
    )


def closing(found: Read) -> Section:
    written = found.letter.closing
    contact = found.cohort.contact
    signed = (f"{contact.name}, kontaktperson på SKR",) if contact else ()
    told = (*_split(written or words.CLOSING), "Sveriges Kommuner och Regioner", *signed)
    return Section("avslutning", "Välkomna", "avslutningen", told)


def dates(found: Read) -> Section:
    columns = {
        "Dag": [day_span(meeting.starts_on, meeting.ends_on) for meeting in found.meetings],
        "Klockan": [hours(meeting) for meeting in found.meetings],
        "Träff": [_named(meeting) for meeting in found.meetings],
        "Tema": [meeting.theme for meeting in found.meetings],
        "Var": [_where(meeting) for meeting in found.meetings],
    }
    told = {head: cells for head, cells in columns.items() if any(cells)}
    tables = (Table("Alla träffar", tuple(told), tuple(zip(*told.values(), strict=True))),) if told else ()
    lacking = () if told else ("Datumen är inte bestämda än.",)
    return Section("datum", "Datum", "datumen", lacking, tables=tables, new_page=True)


def _named(meeting: Meeting) -> str:
    return f"{meeting.name}, {meeting.group.name}" if meeting.group else meeting.name


def _where(meeting: Meeting) -> str:
    return "Digital" if meeting.form == MeetingForm.DIGITAL else meeting.place or "På plats"


def contacts(found: Read) -> Section:
    by_participation: dict[int, list[Delegate]] = {}
    for delegate in found.strategists:
        by_participation.setdefault(delegate.participation_id, []).append(delegate)
    rows = []
    for row in (*found.members, *found.mentors):
        name = row.organisation.name if row.is_participant else f"{row.organisation.name}, mentor"
        people = by_participation.get(row.pk, [])
        rows += [(name, one.user.name, one.user.email) for one in people] or [(name, "inte utsedd än", "")]
    staff = [(one.name, "Kontaktperson", one.email) for one in (found.cohort.contact,) if one]
    staff += [(one.name, "Administrativt stöd", one.email) for one in found.staff if one != found.cohort.contact]
    tables = [Table("Strateger", ("Organisation", "Strateg", "E-post"), tuple(rows))] if rows else []
    tables += [Table("Kontaktpersoner på SKR", ("Namn", "Uppgift", "E-post"), tuple(staff))] if staff else []
    return Section("kontakter", "Kontaktpersoner", "kontaktpersonerna", tables=tuple(tables))


def plan(found: Read) -> Section:
    tables = timetable(found.cohort, list(found.meetings), list(found.periods))
    told = ("Siffran i rutan är dagen i månaden.",)
    return Section("tidplan", "Tidplan", "tidplanen", told, tables=tables)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\r\n", "\n").split("\n") if part.strip())
