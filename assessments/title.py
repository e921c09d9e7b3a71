"""Rules for the title Modellkommun or Modellregion. They say how an organisation stands; only a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.db.models import TextChoices

from assessments.enums import TitleRule
from assessments.figures.panels import answers_of
from assessments.figures.statistics import Answers
from assessments.models import Assessment, AssessmentPlan
from checklist.models import Item
from checklist.models.scale import OnScale
from cohorts.enums import Role, Status
from cohorts.models import Participation


class TitleOutcome(TextChoices):
    MET = "met", "Uppfyller regeln"
    NOT_MET = "not_met", "Uppfyller inte regeln än"
    UNDECIDED = "undecided", "Kan inte avgöras automatiskt"
    NO_RULE = "no_rule", "Ingen regel"
    NOTHING_YET = "nothing_yet", "Inget att bedöma än"


@dataclass(frozen=True)
class Verdict:
    """The outcome of the self-assessment rule for one set of values. Items in `maybe_…` have a half step."""

    outcome: TitleOutcome
    at_lowest: tuple[Item, ...] = ()
    maybe_lowest: tuple[Item, ...] = ()
    at_highest: tuple[Item, ...] = ()
    maybe_highest: tuple[Item, ...] = ()
    missing: tuple[Item, ...] = ()
    count: int = 0

    @property
    def needed(self) -> int:
        return self.count // 2 + 1


@dataclass(frozen=True)
class Rounds:
    """The omgångar that an organisation has completed, by its role in them."""

    participant: tuple[str, ...] = ()
    mentor: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()


@dataclass(frozen=True)
class TitleStanding:
    """The standing of one organisation. `verdict` and `rounds` hold the reasons, each for its own rule."""

    rule: TitleRule
    outcome: TitleOutcome
    assessment: Assessment | None = None
    verdict: Verdict | None = None
    rounds: Rounds = field(default_factory=Rounds)


def standing(participation: Participation, plan: AssessmentPlan, today: date) -> TitleStanding:
    return standings([participation], plan, today)[participation.pk]


def standings(
    participations: Iterable[Participation], plan: AssessmentPlan, today: date
) -> Mapping[int, TitleStanding]:
    """Return each organisation's standing by participation id, with as many queries for one as for all."""
    among, rule = list(participations), TitleRule(plan.title_rule)
    if rule == TitleRule.SELF_ASSESSMENT:
        last = _last_submitted(among)
        return {participation.pk: _by_values(last.get(participation.pk)) for participation in among}
    if rule == TitleRule.PARTICIPANT_AND_MENTOR:
        rounds = _rounds(among, today)
        return {
            participation.pk: by_rounds(rounds.get(participation.organisation_id, Rounds())) for participation in among
        }
    return {participation.pk: TitleStanding(rule, TitleOutcome.NO_RULE) for participation in among}


def _by_values(assessment: Assessment | None) -> TitleStanding:
    if assessment is None:
        return TitleStanding(TitleRule.SELF_ASSESSMENT, TitleOutcome.NOTHING_YET)
    verdict = by_values(assessment, assessment.items, answers_of(assessment))
    return TitleStanding(TitleRule.SELF_ASSESSMENT, verdict.outcome, assessment, verdict)


def by_values(scale: OnScale, items: Iterable[Item], answers: Answers) -> Verdict:
    """Apply the rule of no moment at the lowest step and more than half at the highest.

    The programme has not said whether a half step counts as the step below or the step above. If it makes no difference
    the outcome stands; else, or where values are missing, the rule cannot be decided without a person.
    """
    asked = tuple(items)
    lowest, highest = min(step.value for step in scale.steps), scale.highest_step
    low = {item: _whole(answers.get(item.key), ROUND_FLOOR, lowest) for item in asked}
    high = {item: _whole(answers.get(item.key), ROUND_CEILING, highest) for item in asked}
    # Half steps and missing values are counted first down and then up; if both agree, they do not matter.
    at_worst = _meets(low.values(), lowest, highest)
    at_best = _meets(high.values(), lowest, highest)
    outcome = TitleOutcome.UNDECIDED if at_worst != at_best else TitleOutcome.MET if at_best else TitleOutcome.NOT_MET
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


def by_rounds(rounds: Rounds) -> TitleStanding:
    """Apply the rule of one omgång as participant and one as mentor.

    The programme has not said whether a supporting mentor counts.
    """
    rule = TitleRule.PARTICIPANT_AND_MENTOR
    if rounds.participant and rounds.mentor:
        return TitleStanding(rule, TitleOutcome.MET, rounds=rounds)
    if rounds.participant and rounds.supporting:
        return TitleStanding(rule, TitleOutcome.UNDECIDED, rounds=rounds)
    return TitleStanding(rule, TitleOutcome.NOT_MET if rounds != Rounds() else TitleOutcome.NOTHING_YET, rounds=rounds)


def _last_submitted(among: list[Participation]) -> dict[int, Assessment]:
    submitted = Assessment.objects.submitted().at_meetings().filter(participation__in=among)
    with_values = submitted.select_related("meeting", "checklist").prefetch_related(
        "scores__item", "checklist__items", "checklist__steps"
    )
    # In order of time, so the last of each organisation stays.
    return {assessment.participation_id: assessment for assessment in with_values.in_time()}


def _rounds(among: list[Participation], today: date) -> dict[int, Rounds]:
    taken = Participation.objects.filter(organisation__in={participation.organisation_id for participation in among})
    names: dict[int, dict[str, list[str]]] = {}
    for participation in (
        taken.exclude(status=Status.WITHDRAWN).select_related("cohort").order_by("cohort__ends_on", "pk")
    ):
        if participation.status == Status.COMPLETED or not participation.cohort.is_open(today):
            names.setdefault(participation.organisation_id, {}).setdefault(participation.role, []).append(
                participation.cohort.name
            )
    return {
        organisation: Rounds(
            participant=tuple(by_role.get(Role.PARTICIPANT, ())),
            mentor=tuple(by_role.get(Role.MENTOR, ())),
            supporting=tuple(by_role.get(Role.SUPPORTING_MENTOR, ())),
        )
        for organisation, by_role in names.items()
    }
