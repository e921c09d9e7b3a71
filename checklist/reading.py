"""A self-assessment as its readers see it: each moment's value first, then what this reader may read of the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Subquery
from django.utils import timezone

from accounts.models import User
from checklist.dialogue import queries_of, reopening_of
from checklist.enums import MomentState
from checklist.evidence import evidence_of
from checklist.forms.dialogue import QueryForm
from checklist.forms.rating import step_choices
from checklist.models import Assessment, Evidence, Item, Query, Reopening, Score
from checklist.raters import by_function, raters_line
from checklist.statistics import Answers, ItemMovement
from cohorts.roles import Roles, roles_of
from modell.figures import printed
from modell.permissions import Perm, may
from modell.templatetags.swedish import day


@dataclass(frozen=True)
class Reading:
    """One moment. `score` holds only what this reader may read, so the template asks no more who reads."""

    item: Item
    score: Score
    moved: ItemMovement
    words: str
    evidence: list[Evidence]
    queries: list[Query]
    form: QueryForm | None

    @property
    def state(self) -> MomentState:
        """Where there is no value, which kind of none."""
        return self.score.state_since(None)

    @property
    def spread(self) -> str:
        """Vad de enskilda tyckte: från 1 till 3, två politiker och en chef."""
        if not self.score.raters:
            return ""
        who = by_function(self.score.raters)
        if self.score.spread_low is None or self.score.spread_high is None:
            return f"{who} skattade enskilt"
        low, high = (printed(value, 1) for value in (self.score.spread_low, self.score.spread_high))
        return f"alla valde {low}: {who}" if low == high else f"från {low} till {high}: {who}"

    @property
    def inside(self) -> str:
        """What the folded rest holds, for its summary line; empty where there is nothing to unfold."""
        score = self.score
        held = {
            "Kommentar": score.comment,
            "Sedan sist": score.since_last,
            f"Mål {printed(score.aim, 1)}" if score.aim else "": score.aim,
            "Så resonerade ni": score.reasoning,
            "Nästa steg": score.next_step,
            "Enskilda skattningar": score.raters,
            f"{len(self.evidence)} underlag": self.evidence,
        }
        return " · ".join(words for words, there in held.items() if there)


def reading_of(assessment: Assessment, user: User) -> dict[str, Any]:
    """What the page draws. The assessment comes with its scores at hand."""
    roles, today = roles_of(user), timezone.localdate()
    own = assessment.participation.organisation_id in roles.organisation_ids
    past, before = _past(assessment, roles)
    may_ask = assessment.is_submitted and may(user, Perm.ASK_QUERY, assessment)
    reopening = reopening_of(assessment, roles) if own or roles.is_process_leader else None
    waits = reopening is not None and reopening.consented is None
    return {
        "assessment": assessment,
        "own": own,
        "past": past,
        "moments": _moments(assessment, before, roles, own=own, asks=may_ask),
        "raters": raters_line(assessment, past),
        "standing": _standing(assessment, reopening, today, own=own),
        "reopening": reopening,
        "may_edit": False,
        "may_answer": may(user, Perm.ANSWER_QUERY, assessment),
        "may_retract": assessment.may_be_retracted(today) and may(user, Perm.RETRACT_ASSESSMENT, assessment),
        "may_ask_reopening": assessment.is_locked(today) and not waits and may(user, Perm.ASK_REOPENING, assessment),
        "may_withdraw": waits and may(user, Perm.ASK_REOPENING, assessment),
        "may_consent": waits and may(user, Perm.ANSWER_REOPENING, assessment),
    }


def _past(assessment: Assessment, roles: Roles) -> tuple[Assessment | None, Answers]:
    """What it is compared with, as in `occasions.in_series`, with its values: in one query."""
    earlier = Assessment.objects.visible_to(roles).before(assessment).filter(participation=assessment.participation_id)
    if assessment.meeting:
        earlier = earlier.filter(meeting__isnull=False)
    last = Subquery(earlier.reverse().values("pk")[:1])
    scores = list(
        Score.objects.filter(assessment=last, value__isnull=False).select_related("item", "assessment__meeting")
    )
    answers = {score.item.key: score.value for score in scores if score.value is not None}
    return (scores[0].assessment if scores else None), answers


def _moments(assessment: Assessment, before: Answers, roles: Roles, *, own: bool, asks: bool) -> list[Reading]:
    scores = {score.item_id: score for score in assessment.scores.all()}
    words = {Decimal(value): label for value, label in step_choices(assessment)}
    evidence, queries = evidence_of(assessment, roles), queries_of(assessment, roles)
    found = []
    for item in assessment.items:
        score = _readable(scores.get(item.pk) or Score(item=item), own=own)
        found.append(
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
    return found


def _readable(score: Score, *, own: bool) -> Score:
    """Others than the own organisation get the value, and the comment and what has happened if they are shared."""
    if own:
        return score
    shown = Score(item=score.item, value=score.value, glad_to_tell=score.glad_to_tell, shared=score.shared)
    if score.shared:
        shown.comment, shown.since_last = score.comment, score.since_last
    return shown


def _standing(assessment: Assessment, reopening: Reopening | None, today: date, *, own: bool) -> str:
    """What its state means: until when it can be changed, since when it cannot, and whether its values count."""
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
    # Handing in sets both, and nothing else does.
    was_handed_in = assessment.assessors is not None and any(score.agreed for score in assessment.scores.all())
    if reopening and reopening.consented and reopening.answered_at:
        opened = day(timezone.localdate(reopening.answered_at))
        told = f"Den var inlämnad och öppnades igen den {opened}, som SKR hade bett om."
    elif was_handed_in:
        told = "Den var inlämnad men är tillbakatagen."
    else:
        told = "Värdena kan ändras tills strategen lämnar in."
    return f"{told} Värdena räknas inte i omgångens siffror förrän den är inlämnad." if counted else told
