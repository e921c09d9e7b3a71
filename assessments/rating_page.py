"""Values that the rating page draws of each moment, now and the time before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import prefetch_related_objects

from assessments.actions.scores import ScoreContent, content_of
from assessments.enums import ItemState
from assessments.forms.rating import TEXTS, ScoreForm
from assessments.models import Assessment, Evidence, Query, Rater, Score
from assessments.offers import EvidenceOffer
from assessments.querysets import scores_at_hand
from assessments.series import earlier_assessments
from checklist.guidance import ItemGuidance
from checklist.models import Item
from kit.figures import printed
from kit.staleness import Theirs, digest
from kit.templatetags.typed import paper_note

# A text from the time before that is no longer than this is shown at once; a longer one is folded.
SHORT = 140
Scores = dict[int, Score]  # by the moment's id


@dataclass(frozen=True)
class Earlier:
    """An earlier assessment with what was said of each moment then."""

    assessment: Assessment
    scores: Scores


def scores_in_time(assessment: Assessment, times: int = 1) -> tuple[Scores, list[Earlier]]:
    """Return the assessment's own scores, and those of up to `times` assessments before it, the latest first."""
    before = earlier_assessments(assessment)[:times]
    stored: dict[int, list[Score]] = defaultdict(list)
    for score in Score.objects.filter(assessment__in=[assessment, *before]).select_related("item", "saved_by"):
        stored[score.assessment_id].append(score)
    return by_item(stored[assessment.pk]), [Earlier(each, by_item(stored[each.pk])) for each in before]


@dataclass(frozen=True)
class ItemMark:
    """A moment in the list of all: its value so far, or the one that is suggested."""

    item: Item
    value: Decimal | None
    suggested: Decimal | None = None


def marks_of(items: Iterable[Item], scores: Scores) -> list[ItemMark]:
    scored = ((item, scores.get(item.pk) or Score()) for item in items)
    return [ItemMark(item, score.value, score.suggested if score.value is None else None) for item, score in scored]


@dataclass
class RatingItem:
    """One moment as the rating page draws it; `past` is the score of the time before.

    `taken` is what someone else saved after the page was drawn, `mine` what the sender of the page wanted to save.
    """

    item: Item
    form: ScoreForm
    score: Score | None
    past: Score | None = None
    taken: Score | None = None
    mine: ScoreContent | None = None
    guidance: ItemGuidance | None = None
    evidence: list[Evidence] = field(default_factory=list)
    queries: list[Query] = field(default_factory=list)
    offers: list[EvidenceOffer] = field(default_factory=list)

    @property
    def is_rated(self) -> bool:
        return self.score is not None and self.score.value is not None

    @property
    def before(self) -> Decimal | None:
        return value_of(self.past)

    @property
    def state(self) -> ItemState:
        return (self.score or Score()).state_since(self.before)

    @property
    def is_suggested(self) -> bool:
        return self.state == ItemState.UNCONFIRMED

    @property
    def past_is_short(self) -> bool:
        return self.past is not None and len(self.past.reasoning) + len(self.past.next_step) <= SHORT

    @property
    def asks_why(self) -> bool:
        # A value that was agreed changes only with a reason.
        return bool((self.taken or self.score or Score()).agreed)

    @property
    def inside(self) -> str:
        content = content_of(self.score or Score())
        filled = {
            "Kommentar": content.comment,
            "Sedan sist": content.since_last,
            f"Mål {printed(content.aim, 1)}" if content.aim else "": content.aim,
            "Så resonerade vi": content.reasoning,
            "Nästa steg": content.next_step,
            f"{len(self.evidence)} underlag": self.evidence,
        }
        return " · ".join(words for words, there in filled.items() if there)

    @property
    def paper_notes(self) -> str:
        """Return what a PDF will print instead of some signs in the texts, each note with its field."""
        fields = (self.form[name] for name in TEXTS)
        notes = ((field.label, paper_note(field)) for field in fields)
        return " ".join(f"{label}: {note}" for label, note in notes if note)

    @property
    def rest_has_errors(self) -> bool:
        return bool(self.form.errors.keys() - {"value", "why", "__all__"})

    @property
    def why_not(self) -> str:
        return next((str(errors[0]) for errors in self.form.errors.values()), "")

    @property
    def theirs(self) -> list[Theirs]:
        """Return the fields, apart from the value, where the other's save differs from one's own."""
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
        """Return the revision that the page knows of; after a conflict that is the other's."""
        return self._known.revision

    @property
    def drawn(self) -> str:
        """Return a digest of the content the page is drawn with, by which an unchanged post is recognised."""
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
    prefetch_related_objects([assessment], scores_at_hand())
    return assessment


def judged_and_rated(assessment: Assessment, earlier: list[Earlier]) -> dict[str, object]:
    """Return the initial values for handing in: as handed in before, else as rated alone, else as last time."""
    ready = Rater.objects.filter(round__assessment=assessment, done_at__isnull=False)
    raters = assessment.raters or dict(Counter(ready.values_list("function", flat=True)))
    past = earlier[0].assessment if earlier else Assessment()
    return {"judged_by": assessment.judged_by or past.judged_by, **(raters or past.raters)}


def rating_items_of(
    assessment: Assessment,
    scores: Scores,
    past: Earlier | None = None,
    data: object = None,
    *,
    guidance: dict[int, ItemGuidance] | None = None,
    evidence: dict[int, list[Evidence]] | None = None,
    queries: dict[int, list[Query]] | None = None,
    offers: dict[int, list[EvidenceOffer]] | None = None,
) -> list[RatingItem]:
    return [
        RatingItem(
            item=item,
            form=ScoreForm(data, item=item, scale=assessment, score=scores.get(item.pk)),
            score=scores.get(item.pk),
            past=past.scores.get(item.pk) if past else None,
            guidance=(guidance or {}).get(item.pk),
            evidence=(evidence or {}).get(item.pk, []),
            queries=(queries or {}).get(item.pk, []),
            offers=(offers or {}).get(item.pk, []),
        )
        for item in assessment.items
    ]


def by_item(scores: Iterable[Score]) -> Scores:
    return {score.item_id: score for score in scores}


def value_of(score: Score | None) -> Decimal | None:
    return score.value if score else None
