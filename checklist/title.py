"""What the omgång's rule says of the title Modellkommun or Modellregion. It never decides: a person does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.db.models import TextChoices

from checklist.enums import TitleRule
from checklist.models import Assessment, AssessmentPlan, Item
from checklist.models.scale import OnScale
from checklist.panels import answers_of
from checklist.statistics import Answers
from cohorts.enums import Role, Status
from cohorts.models import Participation


class Outcome(TextChoices):
    MET = "met", "Uppfyller regeln"
    NOT_MET = "not_met", "Uppfyller inte regeln än"
    UNDECIDED = "undecided", "Kan inte avgöras automatiskt"
    NO_RULE = "no_rule", "Ingen regel"
    NOTHING_YET = "nothing_yet", "Inget att bedöma än"


@dataclass(frozen=True)
class Verdict:
    """The self-assessment rule said of one set of values. What is unclear is a half step, or not rated at all."""

    outcome: Outcome
    at_lowest: tuple[Item, ...] = ()
    maybe_lowest: tuple[Item, ...] = ()
    at_highest: tuple[Item, ...] = ()
    maybe_highest: tuple[Item, ...] = ()
    missing: tuple[Item, ...] = ()
    count: int = 0

    @property
    def needed(self) -> int:
        """More than half of them."""
        return self.count // 2 + 1


@dataclass(frozen=True)
class Rounds:
    """The omgångar an organisation has gone through to their end, by what it was in them."""

    participant: tuple[str, ...] = ()
    mentor: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """How one organisation stands. `verdict` and `rounds` hold the reasons, each for its own rule."""

    rule: TitleRule
    outcome: Outcome
    assessment: Assessment | None = None
    verdict: Verdict | None = None
    rounds: Rounds = field(default_factory=Rounds)


def standing(participation: Participation, plan: AssessmentPlan, today: date) -> Standing:
    return standings([participation], plan, today)[participation.pk]


def standings(participations: Iterable[Participation], plan: AssessmentPlan, today: date) -> Mapping[int, Standing]:
    """By participation; as many questions to the database for one organisation as for all."""
    among, rule = list(participations), TitleRule(plan.title_rule)
    if rule == TitleRule.SELF_ASSESSMENT:
        last = _last_submitted(among)
        return {one.pk: _by_values(last.get(one.pk)) for one in among}
    if rule == TitleRule.PARTICIPANT_AND_MENTOR:
        rounds = _rounds(among, today)
        return {one.pk: by_rounds(rounds.get(one.organisation_id, Rounds())) for one in among}
    return {one.pk: Standing(rule, Outcome.NO_RULE) for one in among}


def _by_values(assessment: Assessment | None) -> Standing:
    if assessment is None:
        return Standing(TitleRule.SELF_ASSESSMENT, Outcome.NOTHING_YET)
    verdict = by_values(assessment, assessment.items, answers_of(assessment))
    return Standing(TitleRule.SELF_ASSESSMENT, verdict.outcome, assessment, verdict)


def by_values(scale: OnScale, items: Iterable[Item], answers: Answers) -> Verdict:
    """No moment at the lowest step and more than half at the highest.

    Whether a half step counts as the step below or above nobody has said. If it makes no difference the answer
    stands; else, or where values are missing, the rule cannot be decided without a person.
    """
    asked = tuple(items)
    lowest, highest = min(step.value for step in scale.steps), scale.highest_step
    low = {item: _whole(answers.get(item.key), ROUND_FLOOR, lowest) for item in asked}
    high = {item: _whole(answers.get(item.key), ROUND_CEILING, highest) for item in asked}
    at_worst = _meets(low.values(), lowest, highest)
    at_best = _meets(high.values(), lowest, highest)
    outcome = Outcome.UNDECIDED if at_worst != at_best else Outcome.MET if at_best else Outcome.NOT_MET
    rated = [item for item in asked if item.key in answers]
    return Verdict(
        outcome=outcome,
        at_lowest=tuple(item for item in rated if high[item] == lowest),
        maybe_lowest=tuple(item for item in rated if low[item] == lowest != high[item]),
        at_highest=tuple(item for item in rated if low[item] == highest),
        maybe_highest=tuple(item for item in rated if high[item] == highest != low[item]),
        missing=tuple(item for item in asked if item.key not in answers),
        count=len(asked),
    )


def _whole(value: Decimal | None, rounding: str, otherwise: int) -> int:
    return otherwise if value is None else int(value.to_integral_value(rounding))


def _meets(steps: Iterable[int], lowest: int, highest: int) -> bool:
    values = list(steps)
    return lowest not in values and 2 * values.count(highest) > len(values)


def by_rounds(rounds: Rounds) -> Standing:
    """One omgång as participant and one as mentor. Whether a supporting mentor counts nobody has said."""
    rule = TitleRule.PARTICIPANT_AND_MENTOR
    if rounds.participant and rounds.mentor:
        return Standing(rule, Outcome.MET, rounds=rounds)
    if rounds.participant and rounds.supporting:
        return Standing(rule, Outcome.UNDECIDED, rounds=rounds)
    return Standing(rule, Outcome.NOT_MET if rounds != Rounds() else Outcome.NOTHING_YET, rounds=rounds)


def _last_submitted(among: list[Participation]) -> dict[int, Assessment]:
    """By participation, the last whole assessment handed in before a meeting."""
    submitted = Assessment.objects.submitted().at_meetings().filter(participation__in=among)
    found = submitted.select_related("meeting", "checklist").prefetch_related(
        "scores__item", "checklist__items", "checklist__steps"
    )
    return {assessment.participation_id: assessment for assessment in found.in_time()}


def _rounds(among: list[Participation], today: date) -> dict[int, Rounds]:
    """By organisation, from every omgång there is."""
    taken = Participation.objects.filter(organisation__in={one.organisation_id for one in among})
    found: dict[int, dict[str, list[str]]] = {}
    for one in taken.exclude(status=Status.WITHDRAWN).select_related("cohort").order_by("cohort__ends_on", "pk"):
        if one.status == Status.COMPLETED or not one.cohort.is_open(today):
            found.setdefault(one.organisation_id, {}).setdefault(one.role, []).append(one.cohort.name)
    return {
        organisation: Rounds(
            participant=tuple(by_role.get(Role.PARTICIPANT, ())),
            mentor=tuple(by_role.get(Role.MENTOR, ())),
            supporting=tuple(by_role.get(Role.SUPPORTING_MENTOR, ())),
        )
        for organisation, by_role in found.items()
    }
