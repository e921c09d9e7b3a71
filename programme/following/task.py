"""One task, in words: what, by when, why it is yours."""

from dataclasses import dataclass
from datetime import date

from django.template.defaultfilters import date as format_date

from meetings.models import Meeting
from modell.templatetags.swedish import day, in_words
from programme.enums import Matter, TaskState


def key_of(matter: Matter, participation: int, about: object) -> str:
    return f"{matter}:{participation}:{about}"


@dataclass(frozen=True)
class Task:
    """`key` is the matter's own name, the same for whoever has it: a task follows the function, not the person."""

    key: str
    matter: Matter
    title: str
    why: str
    url: str
    due_on: date | None = None
    done: bool = False
    meeting: Meeting | None = None
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
        """As a line of a mail, which may be read some days after it was sent: with the day, without "om"."""
        return f"{self.title} (senast {day(self.due_on)})" if self.due_on else self.title


def when(due_on: date | None, today: date) -> str:
    """senast tisdag 3 november, om tolv dagar."""
    if due_on is None:
        return "så snart det går"
    named = format_date(due_on, "l j F").lower() + ("" if due_on.year == today.year else f" {due_on.year}")
    days = (due_on - today).days
    if days < 0:
        return f"skulle ha varit klart {named}"
    ahead = {0: "i dag", 1: "i morgon"}.get(days, f"om {in_words(days)} dagar")
    return f"senast {named}, {ahead}"


def in_order(tasks: list[Task]) -> list[Task]:
    """The earliest first; those without a day last."""
    return sorted(tasks, key=lambda task: (task.due_on or date.max, Matter.values.index(task.matter), task.title))
