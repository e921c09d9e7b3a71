"""Which questions about moments a reader is offered: about the lowest, and not one that has been asked already."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from assessments.models import AssessmentPlan
from assessments.occasions import Occasion
from checklist.enums import MANAGERS_OWN, POLITICIANS_OWN, Audience
from checklist.models import Item, Question
from cohorts.enums import Function
from cohorts.models import Participation
from cohorts.roles import Roles
from kit.templatetags.swedish import mean

N_OFFERED = 3


@dataclass(frozen=True)
class Asker:
    """The reader decides whose questions and moments a page shows: a manager's, or else the politicians'."""

    own: bool
    audience: Audience

    @classmethod
    def of(cls, roles: Roles, participation: Participation) -> "Asker":
        functions = roles.functions_in(participation.organisation_id)
        manages = Function.MANAGER in functions and Function.POLITICIAN not in functions
        return cls(bool(functions), Audience.MANAGER if manages else Audience.POLITICIAN)

    def owns(self, item: Item) -> bool:
        return item.owner in (MANAGERS_OWN if self.audience == Audience.MANAGER else POLITICIANS_OWN)

    @property
    def mark(self) -> tuple[str, str]:
        return ("C", "chefernas ansvar") if self.audience == Audience.MANAGER else ("P", "politikens ansvar")


@dataclass(frozen=True)
class Offered:
    """A question about a moment, with the moment's value now and before."""

    item: Item
    value: Decimal
    before: Decimal | None
    highest: int
    text: str

    @property
    def about(self) -> str:
        return f"moment {self.item.number}"

    @property
    def link(self) -> str:
        return f"moment={self.item.number}"

    @property
    def why(self) -> str:
        """Return "Moment 8 gick från 1 till 2.", or how the value stands."""
        moment = f"Moment {self.item.number}"
        if self.before is None:
            return f"{moment} har värdet {mean(self.value)} av {self.highest}."
        if self.before == self.value:
            return f"{moment} står kvar på {mean(self.value)} av {self.highest}."
        return f"{moment} gick från {mean(self.before)} till {mean(self.value)} av {self.highest}."


def offered(occasion: Occasion, plan: AssessmentPlan, reader: Asker) -> tuple[Offered, ...]:
    """Return the questions about the lowest moments; among equals the reader's own moments come first.

    A question that has been asked since the self-assessment is not offered again, so that the next ones differ.
    """
    highest, below = plan.steps[-1].value, below_the_highest(occasion, plan)
    order = sorted(below, key=lambda item: (occasion.answers[item.key], not reader.owns(item), item.number))
    bank = Question.objects.filter(item__in=below, audience=reader.audience).values_list("item", "text")
    texts, asked = dict(bank), asked_since(occasion, reader)
    before = occasion.since.answers if occasion.since else {}
    rows = [
        Offered(item, occasion.answers[item.key], before.get(item.key), highest, texts[item.pk])
        for item in order
        if item.pk in texts and item.pk not in asked
    ]
    return tuple(rows[:N_OFFERED])


def on_moment(number: str, plan: AssessmentPlan, reader: Asker) -> Question | None:
    """Return the bank's question about the moment with that number, or None if there is no such moment."""
    if not (number.isascii() and number.isdecimal()):
        return None
    on_it = Question.objects.filter(item__checklist=plan.checklist_id, item__number=int(number))
    return on_it.filter(audience=reader.audience).first()


def below_the_highest(occasion: Occasion, plan: AssessmentPlan) -> list[Item]:
    highest = plan.steps[-1].value
    return [item for item in plan.items if occasion.answers.get(item.key, highest) < highest]


def asked_since(occasion: Occasion, reader: Asker) -> Collection[int]:
    """Return the moments about which one has asked since the self-assessment; only one's own organisation knows."""
    if not reader.own:
        return ()
    rows = occasion.assessment.participation.asked_questions.filter(audience=reader.audience, item__isnull=False)
    return set(rows.filter(asked_on__gte=occasion.assessment.dated_on).values_list("item", flat=True))
