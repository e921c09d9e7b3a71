"""The minutes of the working meeting, which write themselves. The page and the Word document print this one object.

They are the organisation's own: how it reasoned and what it takes to reach the next step stand there. Who took part
is told by function, never by name.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.text import slugify

from checklist.enums import Judges
from checklist.models import Assessment, Item, Score
from checklist.occasions import OUTSIDE, previous_assessment
from checklist.raters import by_function, raters_in_words
from checklist.together.rounds import standing_of
from checklist.together.spread import what_is_left
from modell.figures import printed
from modell.templatetags.swedish import day, sentence

TITLE = "Minnesanteckningar från självskattningen"
UNRATED = "Inte skattat än"
LATER = "Anges när ni lämnar in"
PUBLIC = "Anteckningarna kan bli allmän handling. Skriv inget om enskilda personer."
RATED_ALONE = "Enskilda skattningar"


@dataclass(frozen=True)
class Fact:
    label: str
    text: str


@dataclass(frozen=True)
class MinutesMoment:
    """One moment: its full text, the figures as printed, and what was said. `facts` are only those there are."""

    number: int
    text: str
    before: str
    now: str
    aim: str
    facts: tuple[Fact, ...]

    @property
    def heading(self) -> str:
        return f"{self.number}. {self.text}"


@dataclass(frozen=True)
class Minutes:
    """`occasion` is before which meeting; `facts` are what stands at the top."""

    organisation: str
    occasion: str
    facts: tuple[Fact, ...]
    moments: tuple[MinutesMoment, ...]
    is_draft: bool
    written_on: date
    file_name: str
    title: str = TITLE
    warning: str = PUBLIC
    heads: tuple[str, ...] = ("Moment", "Förra gången", "Nu", "Mål till nästa gång")

    @property
    def rows(self) -> tuple[tuple[str, str, str, str], ...]:
        """The values in short, under `heads`."""
        return tuple((moment.heading, moment.before, moment.now, moment.aim) for moment in self.moments)


def minutes_of(assessment: Assessment) -> Minutes:
    """Of an assessment fetched with its scores."""
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
        moments=tuple(_moment(item, scores.get(item.pk), past.get(item.pk)) for item in assessment.items),
        is_draft=assessment.is_draft,
        written_on=written_on,
        file_name=f"minnesanteckningar-{participation.code}-{slugify(about)}.docx",
    )


def _written_on(assessment: Assessment) -> date:
    """The day it was handed in, else when a value was saved last."""
    saved = [timezone.localdate(score.saved_at) for score in assessment.scores.all() if score.value is not None]
    return assessment.submitted_on or max(saved, default=timezone.localdate())


def _facts(assessment: Assessment, written_on: date) -> tuple[Fact, ...]:
    meeting = assessment.meeting
    theme = [Fact("Träffens tema", meeting.theme)] if meeting and meeting.theme else []
    judges = Judges(assessment.judged_by).label if assessment.judged_by else ""
    return (
        *theme,
        Fact("Checklista", assessment.checklist.name),
        Fact("Inlämnad" if assessment.is_submitted else "Senast ändrad", day(written_on)),
        Fact("Vems bedömning", judges or (LATER if assessment.is_draft else "Inte registrerat")),
        Fact("Med i skattningen", _who(assessment)),
    )


def _who(assessment: Assessment) -> str:
    """Who took part, by function. Of a draft only who has rated alone is known, once that round is closed."""
    if not assessment.is_draft:
        return sentence(raters_in_words(assessment)) or "Inte registrerat"
    standing = standing_of(assessment)
    alone = by_function(standing.functions) if standing else ""
    return f"{sentence(alone)} har skattat enskilt. Alla som var med anges när ni lämnar in." if alone else LATER


def _moment(item: Item, stored: Score | None, past: Decimal | None) -> MinutesMoment:
    score = stored or Score()
    said = (
        Fact("Värde", _movement(score, past)),
        Fact(RATED_ALONE, what_is_left(score)),
        Fact("Så resonerade vi", score.reasoning),
        Fact("Det här krävs för nästa steg", score.next_step),
        Fact("Mål till nästa gång", _or_dash(score.aim) if score.aim is not None else ""),
    )
    return MinutesMoment(
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
