"""Minutes of the working meeting, written from the scores; the page and the Word document print the same value.

They belong to the organisation alone, since they hold its reasoning. Participants appear by function, never by name.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.text import slugify

from assessments.enums import Judges
from assessments.models import Assessment, Score
from assessments.occasions import OUTSIDE
from assessments.raters import by_function, raters_in_words
from assessments.series import previous_assessment
from assessments.together.rounds import standing_of
from assessments.together.spread import what_is_left
from checklist.models import Item
from kit.figures import printed
from kit.templatetags.swedish import day, sentence

TITLE = "Minnesanteckningar från självskattningen"
UNRATED = "Inte skattat än"
LATER = "Anges när ni lämnar in"
PUBLIC = "Anteckningarna kan bli allmän handling. Skriv inget om enskilda personer."
RATED_ALONE = "Enskilda skattningar"


@dataclass(frozen=True)
class MinutesFact:
    label: str
    text: str


@dataclass(frozen=True)
class MinutesItem:
    """One item with its full text, printed figures and what was said; `facts` leaves out empty ones."""

    number: int
    text: str
    before: str
    now: str
    aim: str
    facts: tuple[MinutesFact, ...]

    @property
    def heading(self) -> str:
        return f"{self.number}. {self.text}"


@dataclass(frozen=True)
class Minutes:
    """The whole document: `occasion` names the meeting it is for, and `facts` stand at the top."""

    organisation: str
    occasion: str
    facts: tuple[MinutesFact, ...]
    items: tuple[MinutesItem, ...]
    is_draft: bool
    written_on: date
    file_name: str
    title: str = TITLE
    warning: str = PUBLIC
    heads: tuple[str, ...] = ("Moment", "Förra gången", "Nu", "Mål till nästa gång")

    @property
    def rows(self) -> tuple[tuple[str, str, str, str], ...]:
        return tuple((item.heading, item.before, item.now, item.aim) for item in self.items)


def minutes_of(assessment: Assessment) -> Minutes:
    """Return the minutes of an assessment that was fetched with its scores."""
    earlier = previous_assessment(assessment)
    past = {score.item_id: score.value for score in earlier.scores.all()} if earlier else {}
    scores = {score.item_id: score for score in assessment.scores.all()}
    participation, meeting, written_on = assessment.participation, assessment.meeting, _written_on(assessment)
    organisation = participation.organisation.name
    about = meeting.key if meeting else str(written_on)
    return Minutes(
        organisation=f"{organisation}, {assessment.part}" if assessment.part else organisation,
        occasion=f"Inför {meeting.name}, {day(meeting.starts_on)}" if meeting else OUTSIDE,
        facts=_facts(assessment, written_on),
        items=tuple(_item(item, scores.get(item.pk), past.get(item.pk)) for item in assessment.items),
        is_draft=assessment.is_draft,
        written_on=written_on,
        file_name=f"minnesanteckningar-{participation.code}-{slugify(about)}.docx",
    )


def _written_on(assessment: Assessment) -> date:
    saved = [timezone.localdate(score.saved_at) for score in assessment.scores.all() if score.value is not None]
    return assessment.submitted_on or max(saved, default=timezone.localdate())


def _facts(assessment: Assessment, written_on: date) -> tuple[MinutesFact, ...]:
    meeting = assessment.meeting
    theme = [MinutesFact("Träffens tema", meeting.theme)] if meeting and meeting.theme else []
    judges = Judges(assessment.judged_by).label if assessment.judged_by else ""
    return (
        *theme,
        MinutesFact("Checklista", assessment.checklist.name),
        MinutesFact("Inlämnad" if assessment.is_submitted else "Senast ändrad", day(written_on)),
        MinutesFact("Vems bedömning", judges or (LATER if assessment.is_draft else "Inte registrerat")),
        MinutesFact("Med i skattningen", _who(assessment)),
    )


def _who(assessment: Assessment) -> str:
    if not assessment.is_draft:
        return sentence(raters_in_words(assessment)) or "Inte registrerat"
    # A draft does not know yet who took part; only a closed round says who has rated alone.
    standing = standing_of(assessment)
    alone = by_function(standing.functions) if standing else ""
    return f"{sentence(alone)} har skattat enskilt. Alla som var med anges när ni lämnar in." if alone else LATER


def _item(item: Item, stored: Score | None, past: Decimal | None) -> MinutesItem:
    score = stored or Score()
    said = (
        MinutesFact("Värde", _movement(score, past)),
        MinutesFact(RATED_ALONE, what_is_left(score)),
        MinutesFact("Så resonerade vi", score.reasoning),
        MinutesFact("Det här krävs för nästa steg", score.next_step),
        MinutesFact("Mål till nästa gång", _or_dash(score.aim) if score.aim is not None else ""),
    )
    return MinutesItem(
        number=item.number,
        text=item.text,
        before=_or_dash(past),
        now=UNRATED if score.value is None else printed(score.value, 1),
        aim=_or_dash(score.aim),
        facts=tuple(fact for fact in said if fact.text),
    )


def _movement(score: Score, past: Decimal | None) -> str:
    if score.value is None:
        return f"{UNRATED}. Förra gången: {printed(past, 1)}." if past is not None else f"{UNRATED}."
    now = printed(score.value, 1)
    if past is None:
        return f"{now}. Ingen tidigare skattning att jämföra med."
    if past == score.value:
        return f"{now}, samma som förra gången."
    return f"{now}. Förra gången: {printed(past, 1)}."


def _or_dash(value: Decimal | None) -> str:
    return "–" if value is None else printed(value, 1)
