"""How far an omgång is set up: what stands and what is left, each as a sentence with the page where it is done."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from cohorts.enums import Function, MentorModel, Role, Status
from cohorts.models import Cohort, Delegate, Participation
from meetings.enums import MeetingForm
from meetings.models import Meeting
from modell.templatetags.swedish import day, enumerated, in_words, sentence

NEEDED = (Function.POLITICIAN, Function.MANAGER, Function.STRATEGIST)
LACKING = (
    ("klockslag", "träff", "träffar"),
    ("plats", "träff", "träffar"),
    ("länk", "digital träff", "digitala träffar"),
)


@dataclass(frozen=True)
class Line:
    """`is_done` is None where nothing says whether it is: then it is only a way there.

    What `sets_up` is done on a page that only the process leader may open.
    """

    title: str
    sentence: str
    url: str
    link: str
    is_done: bool | None
    sets_up: bool = False


@dataclass(frozen=True)
class Standing:
    lines: tuple[Line, ...]

    @property
    def left(self) -> list[Line]:
        return [line for line in self.lines if line.is_done is False]

    @property
    def next(self) -> Line | None:
        """Where one goes on: the first that is left, in the order in which an omgång comes about."""
        return self.left[0] if self.left else None

    @property
    def headline(self) -> str:
        n = len(self.left)
        if not n:
            return "Allt är på plats"
        return "En sak är kvar att göra" if n == 1 else f"{sentence(in_words(n))} saker är kvar att göra"


def standing(cohort: Cohort, meetings: list[Meeting], n_warnings: int, today: date) -> Standing:
    people = _People(cohort, today)
    lines = [
        *_dates(cohort, meetings, n_warnings),
        _interest(cohort),
        _organisations(cohort, people),
        _functions(cohort, people),
        _groups(cohort, people),
        _mentors(cohort, people),
        _letter(cohort, today),
    ]
    return Standing(tuple(lines))


class _People:
    """Who takes part, read in two queries however many they are."""

    def __init__(self, cohort: Cohort, today: date) -> None:
        rows = Participation.objects.filter(cohort=cohort).exclude(status=Status.WITHDRAWN)
        there = list(rows.with_organisation())
        self.participants = [row for row in there if row.role == Role.PARTICIPANT]
        self.mentors = len(there) - len(self.participants)
        held = Delegate.objects.current_or_coming(today).filter(participation__cohort=cohort)
        self.functions = Counter(held.values_list("participation_id", "function").distinct())

    def lacking(self) -> list[Participation]:
        return [row for row in self.participants if any((row.pk, one.value) not in self.functions for one in NEEDED)]


def _dates(cohort: Cohort, meetings: list[Meeting], n_warnings: int) -> Iterator[Line]:
    url = reverse("programme:dates", args=[cohort.slug])
    held = [meeting for meeting in meetings if not meeting.is_cancelled]
    told = f"{_count(len(held), 'träff', 'träffar')} från {day(cohort.starts_on)} till {day(cohort.ends_on)}."
    if n_warnings:
        told += f" {_count(n_warnings, 'sak', 'saker')} att tänka på."
    yield Line("Dagar", told if held else "Inga träffar är planerade än.", url, "Träffar och dagar", bool(held))
    if held:
        without = _without(held)
        told = without or "Alla träffar har klockslag, och plats eller länk."
        yield Line("Tider och platser", told, url, "Fyll i tider och platser", not without)


def _without(held: Iterable[Meeting]) -> str:
    """What is lacking, each by its own name; empty where nothing is."""
    lacking = Counter(what for meeting in held for what in _lacking(meeting))
    told = [
        f"{what} saknas för {_count(lacking[what], one, many).lower()}" for what, one, many in LACKING if lacking[what]
    ]
    return sentence(f"{enumerated(told)}.") if told else ""


def _lacking(meeting: Meeting) -> Iterator[str]:
    """A digital meeting lacks a link, never a place."""
    if meeting.starts_at is None:
        yield "klockslag"
    if meeting.form == MeetingForm.DIGITAL:
        if not meeting.link:
            yield "länk"
    elif not meeting.place:
        yield "plats"


def _interest(cohort: Cohort) -> Line:
    opens, closes, board = cohort.interest_opens_on, cohort.interest_closes_on, cohort.board_meets_on
    told = "Intresseanmälan är stängd: den har inga dagar än."
    if opens:
        until = f" till {day(closes)}" if closes else ""
        told = f"Intresseanmälan är öppen från {day(opens)}{until}."
    told += f" Styrgruppen beslutar {day(board)}." if board else " Styrgruppens dag är inte angiven än."
    url = reverse("programme:setup_interest", args=[cohort.slug])
    return Line("Intresseanmälan", told, url, "Dagar för intresseanmälan", bool(opens and board), sets_up=True)


def _organisations(cohort: Cohort, people: _People) -> Line:
    n = len(people.participants)
    told = f"{_count(n, 'organisation deltar', 'organisationer deltar')}." if n else "Ingen är antagen än."
    url = reverse("cohorts:interests", args=[cohort.slug])
    return Line("Organisationer", told, url, "Intresseanmälningar", bool(n))


def _functions(cohort: Cohort, people: _People) -> Line:
    lacking = people.lacking()
    told = "Alla har politiker, chef och strateg."
    if not people.participants:
        told = "Personerna kommer med organisationerna."
    elif lacking:
        names = enumerated([row.organisation.short_name for row in lacking[:3]])
        more = f" och {len(lacking) - 3} till" if len(lacking) > 3 else ""
        told = f"Politiker, chef eller strateg saknas i {names}{more}."
    if people.participants and not people.functions:
        url = reverse("cohorts:cohort_people_list", args=[cohort.slug])
        return Line("Personer", "Ingen är registrerad än.", url, "Lägg till personer från en lista", False)
    url = reverse("cohorts:directory", args=[cohort.slug])
    return Line("Personer", told, url, "Personer i omgången", bool(people.participants) and not lacking)


def _groups(cohort: Cohort, people: _People) -> Line:
    alone = [row for row in people.participants if row.group_id is None]
    groups = {row.group_id for row in people.participants if row.group_id}
    told = f"{_count(len(groups), 'grupp', 'grupper')}, och alla har en."
    if not groups:
        told = f"Inga grupper är gjorda än. En grupp har {cohort.group_min}–{cohort.group_max} organisationer."
    elif alone:
        told = f"{_count(len(groups), 'grupp', 'grupper')}, men {in_words(len(alone))} är utan grupp."
    url = reverse("programme:grouping", args=[cohort.slug])
    return Line("Grupper", told, url, "Grupper", bool(groups) and not alone)


def _mentors(cohort: Cohort, people: _People) -> Line:
    """Without mentors is a model like the others."""
    if cohort.mentor_model == MentorModel.NONE:
        url = reverse("programme:setup_facts", args=[cohort.slug])
        return Line("Mentorer", "Omgången är utan mentorer.", url, "Ändra mentorskapet", True, sets_up=True)
    mentored = Count("pk", filter=Q(mentorships__isnull=False), distinct=True)
    counted = cohort.groups.aggregate(n=Count("pk", distinct=True), mentored=mentored)
    told = f"{_count(people.mentors, 'mentor', 'mentorer')}." if people.mentors else "Ingen mentor är klar än."
    without = counted["n"] - counted["mentored"]
    if people.mentors and without:
        told += f" {_count(without, 'grupp', 'grupper')} är utan mentor."
    url = reverse("programme:mentors", args=[cohort.slug])
    return Line("Mentorer", told, url, "Mentorer", bool(people.mentors and counted["n"]) and not without)


def _letter(cohort: Cohort, today: date) -> Line:
    """Once the omgång has begun without it nothing says that it is to be sent."""
    told = "Brevet talar om vilka som är antagna, vad de förbereder och vilka dagar som gäller."
    sent = cohort.letter_issues.order_by("-number").first()
    if sent:
        told = f"Brevet skickades {day(sent.issued_on)}."
    url = reverse("programme:letter", args=[cohort.slug])
    is_done = True if sent else None if cohort.starts_on <= today else False
    return Line("Antagningsbrev", told, url, "Till antagningsbrevet", is_done)


def _count(n: int, one: str, many: str) -> str:
    words = ("en" if n == 1 else in_words(n)).capitalize()
    return f"{words} {one if n == 1 else many}"
