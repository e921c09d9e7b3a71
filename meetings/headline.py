"""Sentences for the headline of a meeting's page: when it is, and what of it concerns the reader."""

from datetime import date

from django.template.defaultfilters import date as format_date

from kit.templatetags.swedish import counted, in_words, sentence
from meetings.agenda import Agenda, AgendaBlock, clock
from meetings.enums import AgendaPart, Whose
from meetings.models import Meeting

MEET = {
    AgendaPart.POLITICIAN: "Politikerna träffas",
    AgendaPart.MANAGER: "Cheferna träffas",
    AgendaPart.STRATEGIST: "Strategerna träffas",
    AgendaPart.CONTRIBUTOR: "De medverkande träffas",
    AgendaPart.MENTOR: "Mentorerna träffas",
}


def opening(meeting: Meeting, today: date) -> str:
    """Return its day and hour: Tisdag 15 december kl. 13.00, with the year if it is another than today's."""
    year = "" if meeting.starts_on.year == today.year else " Y"
    at = f" kl. {clock(meeting.starts_at)}" if meeting.starts_at else ""
    return sentence(f"{format_date(meeting.starts_on, f'l j F{year}')}{at}")


def own_time(meeting: Meeting, agenda: Agenda, today: date, *, is_mentor: bool) -> str:
    """Return when the reader's own part of the meeting begins, in a sentence; empty if it has none of its own."""
    coming = [
        (of_day.date, block)
        for of_day in agenda.days
        for block in of_day.blocks
        if of_day.date >= today and block.starts_at and not _is_the_beginning(meeting, block)
    ]
    of_mentors = [pair for pair in coming if is_mentor and any(item.whose == Whose.MENTOR for item in pair[1].items)]
    on, block = next(iter(of_mentors or [pair for pair in coming if pair[1].own]), (today, None))
    if block is None or block.starts_at is None:
        return ""
    words = "Mentorn berättar" if of_mentors else MEET[AgendaPart(block.own[0].part)]
    day = "" if on in (meeting.starts_on, today) else f" {format_date(on, 'l')}"
    return f"{words}{day} kl. {clock(block.starts_at)}."


def ahead(days: int) -> str:
    """Return how far ahead it is; empty where nobody counts the weeks any longer."""
    if days == 1:
        return "i morgon"
    if days <= 14:
        return f"om {in_words(days)} dagar"
    return f"om {in_words(days // 7)} veckor" if days // 7 <= 12 else ""


def left_to_prepare(n_left: int, n_late: int) -> str:
    if n_late:
        return sentence(f"{counted(n_late, 'en förberedelse är försenad', 'förberedelser är försenade')}.")
    return f"Du har {counted(n_left, 'en sak', 'saker')} kvar att förbereda." if n_left else "Du är förberedd."


def afterwards(name: str, n_open: int) -> str:
    if n_open:
        return f"{name}: {counted(n_open, 'en överenskommelse är inte klar', 'överenskommelser är inte klara')} än."
    return f"{name}: resultat och överenskommelser."


def _is_the_beginning(meeting: Meeting, block: AgendaBlock) -> bool:
    return block.day == 1 and block.starts_at == meeting.starts_at
