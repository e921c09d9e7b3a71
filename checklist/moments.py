"""What the rating page draws of each moment, and of the time before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter

from django.db.models import Prefetch, Q, prefetch_related_objects

from checklist.actions.scores import Content, content_of
from checklist.enums import MomentState
from checklist.forms.rating import MomentForm
from checklist.guidance import MomentGuidance
from checklist.models import Assessment, Evidence, Item, Query, Rater, Score
from modell.figures import printed
from modell.staleness import Theirs, digest

# A text as long as this, from the time before, stands there at once; a longer one is folded.
SHORT = 140
Scores = dict[int, Score]  # by the moment's id


@dataclass(frozen=True)
class Earlier:
    """One time before, with what was said of each moment then."""

    assessment: Assessment
    scores: Scores

    @property
    def when(self) -> tuple[object, ...]:
        """Its place in time, as `AssessmentQuerySet.in_time` has it."""
        meeting = self.assessment.meeting
        return (self.assessment.day, meeting.number or 0 if meeting else 0, self.assessment.pk)


def scores_in_time(assessment: Assessment, times: int = 1) -> tuple[Scores, list[Earlier]]:
    """The assessment's own scores, and those of so many times before with the latest first: one query for all."""
    before = Assessment.objects.before(assessment).reverse()[:times]
    wanted = Q(assessment=assessment) | Q(assessment__in=before.values("pk"))
    related = ("item", "saved_by", "assessment__meeting", "assessment__part")
    found: dict[int, list[Score]] = {}
    for score in Score.objects.filter(wanted).select_related(*related).order_by("item__number"):
        found.setdefault(score.assessment_id, []).append(score)
    own = by_item(found.pop(assessment.pk, []))
    earlier = [Earlier(scores[0].assessment, by_item(scores)) for scores in found.values()]
    return own, sorted(earlier, key=attrgetter("when"), reverse=True)


@dataclass
class Moment:
    """One moment as the rating page draws it. `past` is the time before.

    `taken` is what another saved after the page was drawn, `mine` what one then wished to save oneself.
    """

    item: Item
    form: MomentForm
    score: Score | None
    past: Score | None = None
    taken: Score | None = None
    mine: Content | None = None
    guidance: MomentGuidance | None = None
    evidence: list[Evidence] = field(default_factory=list)
    queries: list[Query] = field(default_factory=list)

    @property
    def is_rated(self) -> bool:
        return self.score is not None and self.score.value is not None

    @property
    def before(self) -> Decimal | None:
        return value_of(self.past)

    @property
    def state(self) -> MomentState:
        return (self.score or Score()).state_since(self.before)

    @property
    def is_suggested(self) -> bool:
        return self.state == MomentState.UNCONFIRMED

    @property
    def past_is_short(self) -> bool:
        """Whether what was said the time before may stand unfolded."""
        return self.past is not None and len(self.past.reasoning) + len(self.past.next_step) <= SHORT

    @property
    def asks_why(self) -> bool:
        """A value that was agreed changes only with its reason."""
        return bool((self.taken or self.score or Score()).agreed)

    @property
    def inside(self) -> str:
        """What the folded rest holds, for its summary line."""
        content = content_of(self.score or Score())
        held = {
            "Kommentar": content.comment,
            "Sedan sist": content.since_last,
            f"Mål {printed(content.aim, 1)}" if content.aim else "": content.aim,
            "Så resonerade vi": content.reasoning,
            "Nästa steg": content.next_step,
            f"{len(self.evidence)} underlag": self.evidence,
        }
        return " · ".join(words for words, there in held.items() if there)

    @property
    def rest_has_errors(self) -> bool:
        return bool(self.form.errors.keys() - {"value", "why", "__all__"})

    @property
    def theirs(self) -> list[Theirs]:
        """Beside the value, each field where what another has saved differs from one's own."""
        if self.taken is None or self.mine is None:
            return []
        saved = content_of(self.taken)._asdict()
        return [
            Theirs(str(self.form.fields[name].label), _words(name, value))
            for name, value in saved.items()
            if name != "value" and value != getattr(self.mine, name)
        ]

    @property
    def revision(self) -> int:
        """What the page knows of: after a conflict, the other's save as well."""
        return self._known.revision

    @property
    def drawn(self) -> str:
        """A digest of the same, so that a page that posts it unchanged is seen to."""
        return digest(content_of(self._known)._asdict())

    @property
    def _known(self) -> Score:
        return self.taken or self.score or Score()


def _words(name: str, value: object) -> str:
    if name == "shared":
        return "Delas med gruppen" if value else "Bara vi"
    if name == "glad_to_tell":
        return "Ja" if value else "Nej"
    if isinstance(value, Decimal):
        return printed(value, 1)
    return f"”{value}”" if value else "–"


def with_scores(assessment: Assessment) -> Assessment:
    """The same, for a page that needs its own scores alone."""
    prefetch_related_objects([assessment], Prefetch("scores", Score.objects.select_related("item", "saved_by")))
    return assessment


def judged_and_rated(assessment: Assessment, earlier: list[Earlier]) -> dict[str, object]:
    """What handing in begins with: as it was handed in before, else by the individual rating, else as last time."""
    ready = Rater.objects.filter(round__assessment=assessment, done_at__isnull=False)
    raters = assessment.raters or dict(Counter(ready.values_list("function", flat=True)))
    past = earlier[0].assessment if earlier else Assessment()
    return {"judged_by": assessment.judged_by or past.judged_by, **(raters or past.raters)}


def moments_of(
    assessment: Assessment,
    scores: Scores,
    past: Earlier | None = None,
    data: object = None,
    *,
    guidance: dict[int, MomentGuidance] | None = None,
    evidence: dict[int, list[Evidence]] | None = None,
    queries: dict[int, list[Query]] | None = None,
) -> list[Moment]:
    """All moment, in the checklist's order."""
    return [
        Moment(
            item=item,
            form=MomentForm(data, item=item, scale=assessment, score=scores.get(item.pk)),
            score=scores.get(item.pk),
            past=past.scores.get(item.pk) if past else None,
            guidance=(guidance or {}).get(item.pk),
            evidence=(evidence or {}).get(item.pk, []),
            queries=(queries or {}).get(item.pk, []),
        )
        for item in assessment.items
    ]


def by_item(scores: Iterable[Score]) -> Scores:
    return {score.item_id: score for score in scores}


def value_of(score: Score | None) -> Decimal | None:
    return score.value if score else None
