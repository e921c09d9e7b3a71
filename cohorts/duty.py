"""The tasks of "Mina uppgifter". Each app's `duties.py` yields its own, and follow_up collects them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.template.defaultfilters import date as format_date

from cohorts.models import Cohort
from kit.ordering import swedish
from kit.templatetags.swedish import in_words, weekday_and_day

# How long what is late stays among the tasks.
LATE_STAYS = timedelta(days=30)


class Matter(TextChoices):
    """The subject of a task, in the order in which a list shows them."""

    SEAT = "seat", "Uppdrag"
    RATING = "rating", "Enskild skattning"
    ANSWER = "answer", "Svar på inbjudan"
    PREPARATION = "preparation", "Förberedelser"
    ASSESSMENT = "assessment", "Självskattning"
    PRESENTATION = "presentation", "Presentation"
    AGREEMENT = "agreement", "Överenskommelser"
    QUERY = "query", "Frågor från SKR"
    REOPENING = "reopening", "Begäran om att öppna igen"
    SECTION = "section", "Avsnitt i rapporten"
    COMMENT = "comment", "Kommentarer till rapporten"
    REPORT = "report", "Resultatrapport"
    APPROVAL = "approval", "Godkännande av rapporten"
    BOARD = "board", "Papper till nämnden"
    NAMING = "naming", "Att nämnas i en annans rapport"
    CYCLE = "cycle", "Förbättringar"
    COMPOSITION = "composition", "Representanter"
    MENTOR = "mentor", "Mentorns uppdrag"
    HOST = "host", "Värdskap"
    ATTENDANCE = "attendance", "Närvaro"
    INTEREST = "interest", "Intresseanmälningar"
    LETTER = "letter", "Antagningsbrev"
    MAIL = "mail", "Mejl"
    ERASURE = "erasure", "Radering av uppgifter"
    MEETING = "meeting", "Träffar"


class TaskState(TextChoices):
    """The state of a task, which is derived and never stored; a task that is `DONE` may still be shown."""

    DUE = "due", "Att göra"
    LATE = "late", "Försenat"
    DONE = "done", "Klart"


def key_of(matter: Matter, participation: int, about: object) -> str:
    return f"{matter}:{participation}:{about}"


@dataclass(frozen=True)
class Task:
    """A task. Its `key` is the same for everyone who has it: a task follows the function, not the person."""

    key: str
    matter: Matter
    title: str
    why: str
    url: str
    due_on: date | None = None
    done: bool = False
    meeting_id: int | None = None
    organisation: str = ""
    function: str = ""

    def state(self, today: date) -> TaskState:
        if self.done:
            return TaskState.DONE
        return TaskState.LATE if self.due_on and self.due_on < today else TaskState.DUE

    def when(self, today: date) -> str:
        return when(self.due_on, today)

    @property
    def in_mail(self) -> str:
        """Return a line for a mail, which may be read days later: with the date, without "om tolv dagar"."""
        return f"{self.title}, senast {weekday_and_day(self.due_on)}" if self.due_on else self.title


def skr_task(matter: Matter, cohort: Cohort, title: str, why: str, url: str, due_on: date | None = None) -> Task:
    key = f"{matter}:{cohort.pk}:{url}"
    return Task(key=key, matter=matter, title=title, why=why, url=url, due_on=due_on, organisation=cohort.name)


def when(due_on: date | None, today: date) -> str:
    """Return the due date in words: senast tisdag 3 november, om tolv dagar."""
    if due_on is None:
        return "så snart det går"
    named = format_date(due_on, "l j F").lower() + ("" if due_on.year == today.year else f" {due_on.year}")
    days = (due_on - today).days
    if days < 0:
        return f"försenat, sista dag var {named}"
    ahead = {0: "i dag", 1: "i morgon"}.get(days, f"om {in_words(days)} dagar")
    return f"senast {named}, {ahead}"


def in_order(tasks: list[Task]) -> list[Task]:
    return sorted(
        tasks, key=lambda task: (task.due_on or date.max, Matter.values.index(task.matter), swedish(task.title))
    )
