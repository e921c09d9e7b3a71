"""Values that the read page prints of a self-assessment, limited to what its reader may read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from assessments.dialogue import queries_of, reopening_of
from assessments.enums import ItemState
from assessments.evidence import evidence_of
from assessments.figures.panels import answers_of
from assessments.figures.statistics import Answers, ItemMovement
from assessments.forms.dialogue import QueryForm
from assessments.forms.rating import step_choices
from assessments.models import Assessment, Evidence, Query, Reopening, Score
from assessments.perms import ANSWER_QUERY, ANSWER_REOPENING, ASK_QUERY, ASK_REOPENING, RETRACT_ASSESSMENT
from assessments.raters import by_function, raters_line
from assessments.series import previous_assessment
from checklist.models import Item
from cohorts.roles import Roles, roles_of
from kit.figures import printed
from kit.permissions import may
from kit.templatetags.swedish import day


@dataclass(frozen=True)
class Reading:
    """One moment on the read page. `score` has only what this reader may read, so the template need not ask."""

    item: Item
    score: Score
    moved: ItemMovement
    words: str
    evidence: list[Evidence]
    queries: list[Query]
    form: QueryForm | None

    @property
    def state(self) -> ItemState:
        # The page asks only where there is no value.
        return self.score.state_since(None)

    @property
    def spread(self) -> str:
        """Return a phrase like ”från 1 till 3: två politiker och en chef”, empty without individual ratings."""
        if not self.score.raters:
            return ""
        who = by_function(self.score.raters)
        if self.score.spread_low is None or self.score.spread_high is None:
            return f"{who} skattade enskilt"
        low, high = (printed(value, 1) for value in (self.score.spread_low, self.score.spread_high))
        return f"alla valde {low}: {who}" if low == high else f"från {low} till {high}: {who}"

    @property
    def inside(self) -> str:
        """Return the summary line of the folded fields, empty where there is nothing to unfold."""
        score = self.score
        filled = {
            "Kommentar": score.comment,
            "Sedan sist": score.since_last,
            f"Mål {printed(score.aim, 1)}" if score.aim else "": score.aim,
            "Så resonerade ni": score.reasoning,
            "Nästa steg": score.next_step,
            "Enskilda skattningar": score.raters,
            f"{len(self.evidence)} underlag": self.evidence,
        }
        return " · ".join(words for words, there in filled.items() if there)


def reading_of(assessment: Assessment, user: User) -> dict[str, Any]:
    roles, today = roles_of(user), timezone.localdate()
    own = assessment.participation.organisation_id in roles.organisation_ids
    past, before = _past(assessment, roles)
    may_ask = assessment.is_submitted and may(user, ASK_QUERY, assessment)
    reopening = reopening_of(assessment, roles) if own or roles.is_process_leader else None
    waits = reopening is not None and reopening.consented is None
    return {
        "assessment": assessment,
        "own": own,
        "past": past,
        "moments": _readings(assessment, before, roles, own=own, asks=may_ask),
        "raters": raters_line(assessment, past),
        "standing": _standing(assessment, reopening, today, own=own),
        "reopening": reopening,
        "may_edit": False,
        "may_answer": may(user, ANSWER_QUERY, assessment),
        "may_retract": assessment.may_be_retracted(today) and may(user, RETRACT_ASSESSMENT, assessment),
        "may_ask_reopening": assessment.is_locked(today) and not waits and may(user, ASK_REOPENING, assessment),
        "may_withdraw": waits and may(user, ASK_REOPENING, assessment),
        "may_consent": waits and may(user, ANSWER_REOPENING, assessment),
    }


def _past(assessment: Assessment, roles: Roles) -> tuple[Assessment | None, Answers]:
    past = previous_assessment(assessment, roles)
    return past, answers_of(past) if past else {}


def _readings(assessment: Assessment, before: Answers, roles: Roles, *, own: bool, asks: bool) -> list[Reading]:
    scores = {score.item_id: score for score in assessment.scores.all()}
    words = {Decimal(value): label for value, label in step_choices(assessment)}
    evidence, queries = evidence_of(assessment, roles), queries_of(assessment, roles)
    rows = []
    for item in assessment.items:
        score = _readable(scores.get(item.pk) or Score(item=item), own=own)
        rows.append(
            Reading(
                item=item,
                score=score,
                moved=ItemMovement(item, before.get(item.key), score.value),
                words="" if score.value is None else words.get(score.value, ""),
                evidence=evidence.get(item.pk, []),
                queries=queries.get(item.pk, []),
                form=QueryForm(number=item.number) if asks else None,
            )
        )
    return rows


def _readable(score: Score, *, own: bool) -> Score:
    """Return a copy without what the organisation keeps to itself, unless the reader belongs to it."""
    if own:
        return score
    shown = Score(item=score.item, value=score.value, glad_to_tell=score.glad_to_tell, shared=score.shared)
    if score.shared:
        shown.comment, shown.since_last = score.comment, score.since_last
    return shown


def _standing(assessment: Assessment, reopening: Reopening | None, today: date, *, own: bool) -> str:
    meeting = assessment.meeting
    if assessment.is_draft:
        return _as_draft(assessment, reopening)
    if meeting is None:
        return "Den hör inte till någon träff, så ni kan ta tillbaka den när som helst." if own else ""
    if assessment.is_locked(today):
        return f"Låst sedan {meeting.name} började den {day(meeting.starts_on)}."
    who = "Ni kan ta tillbaka den" if own else "Organisationen kan ta tillbaka den"
    return f"{who} tills {meeting.name} börjar den {day(meeting.starts_on)}."


def _as_draft(assessment: Assessment, reopening: Reopening | None) -> str:
    counted = assessment.meeting is not None and assessment.part_id is None
    # Only handing in sets both.
    was_handed_in = assessment.assessors is not None and any(score.agreed for score in assessment.scores.all())
    if reopening and reopening.consented and reopening.answered_at:
        opened = day(timezone.localdate(reopening.answered_at))
        standing = f"Den var inlämnad och öppnades igen den {opened}, som SKR hade bett om."
    elif was_handed_in:
        standing = "Den var inlämnad men är tillbakatagen."
    else:
        standing = "Värdena kan ändras tills strategen lämnar in."
    return f"{standing} Värdena räknas inte i omgångens siffror förrän den är inlämnad." if counted else standing
