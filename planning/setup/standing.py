"""Sentences about what is done and what is left of an omgång's set-up, each with a link to its page."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from cohorts.enums import Function, MentorModel, Role, Status
from cohorts.models import Cohort, Delegate, Participation
from kit.templatetags.swedish import day, day_span, enumerated, in_words, sentence
from meetings.enums import MeetingForm
from meetings.models import Meeting
from mentoring.themes import bare_themes

NEEDED = (Function.POLITICIAN, Function.MANAGER, Function.STRATEGIST)
LACKING = (
    ("klockslag", "träff", "träffar"),
    ("plats", "träff", "träffar"),
    ("länk", "digital träff", "digitala träffar"),
)


@dataclass(frozen=True)
class SetupLine:
    """`is_done` is None if nothing says whether it is done; the line is then only a link.

    Only the process leader may open the page of a line that has `sets_up`.
    """

    title: str
    sentence: str
    url: str
    link: str
    is_done: bool | None
    sets_up: bool = False


@dataclass(frozen=True)
class SetupStanding:
    lines: tuple[SetupLine, ...]
    is_over: bool = False

    @property
    def left(self) -> list[SetupLine]:
        return [line for line in self.lines if line.is_done is False]

    @property
    def next(self) -> SetupLine | None:
        return self.left[0] if self.left else None

    @property
    def headline(self) -> str:
        n = len(self.left)
        if self.is_over:
            return "Omgången är slut."
        if not n:
            return "Allt är på plats."
        return "En sak är kvar att göra." if n == 1 else f"{sentence(in_words(n))} saker är kvar att göra."


def standing(cohort: Cohort, meetings: list[Meeting], n_warnings: int, today: date) -> SetupStanding:
    people = _People(cohort, today)
    is_over = not cohort.is_open(today)
    lines = [
        *_dates(cohort, meetings, n_warnings, today),
        _interest(cohort),
        _organisations(cohort, people),
        _functions(cohort, people),
        _groups(cohort, people),
        _mentors(cohort, people, today),
        _letter(cohort, today),
    ]
    # A finished omgång asks for nothing, so what was never done is left out.
    return SetupStanding(tuple(line for line in lines if not (is_over and line.is_done is False)), is_over)


class _People:
    """The omgång's participants and representatives, read in two queries."""

    def __init__(self, cohort: Cohort, today: date) -> None:
        rows = Participation.objects.filter(cohort=cohort).exclude(status=Status.WITHDRAWN)
        there = list(rows.with_organisation())
        self.participants = [row for row in there if row.role == Role.PARTICIPANT]
        self.mentors = len(there) - len(self.participants)
        delegates = Delegate.objects.current_or_coming(today).filter(participation__cohort=cohort)
        self.functions = Counter(delegates.values_list("participation_id", "function").distinct())

    def lacking(self) -> list[Participation]:
        return [
            row
            for row in self.participants
            if any((row.pk, function.value) not in self.functions for function in NEEDED)
        ]


def _dates(cohort: Cohort, meetings: list[Meeting], n_warnings: int, today: date) -> Iterator[SetupLine]:
    url = reverse("planning:dates", args=[cohort.slug])
    planned = [meeting for meeting in meetings if not meeting.is_cancelled]
    text = f"{_count(len(planned), 'träff', 'träffar')}, {_span(planned)}."
    if n_warnings:
        text += f" {_count(n_warnings, 'sak', 'saker')} att tänka på."
    yield SetupLine(
        "Dagar", text if planned else "Inga träffar är planerade än.", url, "Träffar och dagar", bool(planned)
    )
    if planned:
        without = _without(meeting for meeting in planned if meeting.ends_on >= today)
        all_of_them = "Alla kommande träffar" if _without(planned) else "Alla träffar"
        text = without or f"{all_of_them} har klockslag, och plats eller länk."
        table = reverse("planning:date_table", args=[cohort.slug])
        yield SetupLine("Tider och platser", text, table, "Fyll i tider och platser", not without)


def _span(planned: list[Meeting]) -> str:
    # The days of the meetings, which are not those of the omgång.
    if not planned:
        return ""
    return day_span(min(meeting.starts_on for meeting in planned), max(meeting.ends_on for meeting in planned))


def _without(meetings: Iterable[Meeting]) -> str:
    lacking = Counter(what for meeting in meetings for what in lacking_of(meeting))
    parts = [
        f"{what} saknas för {_count(lacking[what], singular, plural).lower()}"
        for what, singular, plural in LACKING
        if lacking[what]
    ]
    return sentence(f"{enumerated(parts)}.") if parts else ""


def lacking_of(meeting: Meeting) -> Iterator[str]:
    """Yield what people need in order to come, and the meeting does not have."""
    if meeting.starts_at is None:
        yield "klockslag"
    # A digital meeting needs a link but no place.
    if meeting.form == MeetingForm.DIGITAL:
        if not meeting.link:
            yield "länk"
    elif not meeting.place:
        yield "plats"


def _interest(cohort: Cohort) -> SetupLine:
    opens, closes, board = cohort.interest_opens_on, cohort.interest_closes_on, cohort.board_meets_on
    text = "Intresseanmälan är stängd: den har inga dagar än."
    if opens:
        until = f" till {day(closes)}" if closes else ""
        text = f"Intresseanmälan är öppen från {day(opens)}{until}."
    text += f" Styrgruppen beslutar {day(board)}." if board else " Styrgruppens dag är inte angiven än."
    url = reverse("planning:setup_interest", args=[cohort.slug])
    return SetupLine("Intresseanmälan", text, url, "Dagar för intresseanmälan", bool(opens and board), sets_up=True)


def _organisations(cohort: Cohort, people: _People) -> SetupLine:
    n = len(people.participants)
    text = f"{_count(n, 'organisation deltar', 'organisationer deltar')}." if n else "Ingen är antagen än."
    url = reverse("admission:interests", args=[cohort.slug])
    return SetupLine("Organisationer", text, url, "Intresseanmälningar", bool(n))


def _functions(cohort: Cohort, people: _People) -> SetupLine:
    lacking = people.lacking()
    text = "Alla har politiker, chef och strateg."
    if not people.participants:
        text = "Personerna kommer med organisationerna."
    elif lacking:
        names = enumerated([row.organisation.short_name for row in lacking[:3]])
        more = f" och {len(lacking) - 3} till" if len(lacking) > 3 else ""
        text = f"Politiker, chef eller strateg saknas i {names}{more}."
    if people.participants and not people.functions:
        url = reverse("people:cohort_people_list", args=[cohort.slug])
        return SetupLine("Personer", "Ingen är registrerad än.", url, "Lägg till personer från en lista", False)
    url = reverse("people:directory", args=[cohort.slug])
    return SetupLine("Personer", text, url, "Personer i omgången", bool(people.participants) and not lacking)


def _groups(cohort: Cohort, people: _People) -> SetupLine:
    alone = [row for row in people.participants if row.group_id is None]
    groups = {row.group_id for row in people.participants if row.group_id}
    text = f"{_count(len(groups), 'grupp', 'grupper')}, och alla har en."
    if not groups:
        text = f"Inga grupper är gjorda än. En grupp har {cohort.group_min}–{cohort.group_max} organisationer."
    elif alone:
        text = f"{_count(len(groups), 'grupp', 'grupper')}, men {in_words(len(alone))} är utan grupp."
    url = reverse("grouping:grouping", args=[cohort.slug])
    return SetupLine("Grupper", text, url, "Grupper", bool(groups) and not alone)


def _mentors(cohort: Cohort, people: _People, today: date) -> SetupLine:
    # An omgång without mentors is complete: that is one of the models.
    if cohort.mentor_model == MentorModel.NONE:
        url = reverse("planning:setup_facts", args=[cohort.slug])
        return SetupLine("Mentorer", "Omgången är utan mentorer.", url, "Ändra mentorskapet", True, sets_up=True)
    mentored = Count("pk", filter=Q(mentorships__isnull=False), distinct=True)
    counted = cohort.groups.aggregate(n=Count("pk", distinct=True), mentored=mentored)
    text = f"{_count(people.mentors, 'mentor', 'mentorer')}." if people.mentors else "Ingen mentor är klar än."
    without = counted["n"] - counted["mentored"]
    bare = bare_themes(cohort, today) if people.mentors else []
    if people.mentors and without:
        text += f" {_count(without, 'grupp', 'grupper')} är utan mentor."
    elif bare:
        text = " ".join([text, *bare])
    is_done = bool(people.mentors and counted["n"]) and not without and not bare
    by_theme = bool(people.mentors and counted["n"]) and cohort.mentor_model == MentorModel.BY_THEME
    url = reverse("grouping:mentors_by_theme" if by_theme else "mentoring:mentors", args=[cohort.slug])
    return SetupLine(
        "Mentorer", text, url, "Mentorer efter tema" if by_theme else "Mentorer", is_done, sets_up=by_theme
    )


def _letter(cohort: Cohort, today: date) -> SetupLine:
    text = "Brevet talar om vilka som är antagna, vad de förbereder och vilka dagar som gäller."
    sent = cohort.letter_issues.order_by("-number").first()
    if sent:
        text = f"Brevet skickades {day(sent.issued_on)}."
    url = reverse("admission:letter", args=[cohort.slug])
    # Once the omgång has begun, a letter that was never sent is no longer something to do.
    is_done = True if sent else None if cohort.starts_on <= today else False
    return SetupLine("Antagningsbrev", text, url, "Till antagningsbrevet", is_done)


def _count(n: int, singular: str, plural: str) -> str:
    words = ("en" if n == 1 else in_words(n)).capitalize()
    return f"{words} {singular if n == 1 else plural}"
