"""The values of Läget: one organisation's situation in sentences, one picture and three questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.template.defaultfilters import date as format_date
from django.utils import timezone

from assessments.figures.statistics import ItemMovement, Movement
from assessments.models import AssessmentPlan
from assessments.occasions import Occasion
from checklist.models import Item
from cohorts.models import Participation
from improvements.enums import Stage
from improvements.statistics import Chain
from kit.pictures import ChainStage, Chevrons, Dumbbell, DumbbellRow, ScaleStep
from kit.templatetags.swedish import enumerated, in_words, mean, sentence
from questions.choosing import Asker, below_the_highest
from questions.offers import AnyOffered

# More names than this in a sentence are a list, and the picture has them all.
MOST_NAMES = 3


@dataclass(frozen=True)
class Brief:
    eyebrow: str
    headline: str
    lead: str
    picture: Dumbbell | None = None
    # What stands under the picture: the lowest moments and the sum.
    left: str = ""
    total: str = ""
    raters: str = ""
    questions: tuple[AnyOffered, ...] = ()
    has_asked_all: bool = False


def brief_of(
    participation: Participation, occasions: Sequence[Occasion], reader: Asker, questions: tuple[AnyOffered, ...]
) -> Brief:
    """Return the page's values; `occasions` are the submitted assessments the reader may see, oldest first."""
    cohort = participation.cohort
    if not occasions:
        who = "Ni" if reader.own else participation.organisation.short_name
        lead = "När den första är inlämnad ser du här vad som har flyttat sig och vad som är värt att fråga."
        headline = f"{who} har inte lämnat in någon självskattning än."
        return Brief(cohort.name, headline, lead, questions=questions)
    latest = occasions[-1]
    return Brief(
        eyebrow=f"{cohort.name} · självskattning {month(latest)}",
        headline=headline_of(latest, own=reader.own),
        lead=" ".join(filter(None, _lead(latest, cohort.plan))),
        picture=_picture(latest, cohort.plan, reader),
        left=_most_left(latest, cohort.plan),
        total=_total(latest),
        raters=latest.raters_line,
        questions=questions,
        has_asked_all=not questions and bool(below_the_highest(latest, cohort.plan)),
    )


def month(occasion: Occasion) -> str:
    return format_date(occasion.assessment.dated_on, "F Y")


def _then(occasion: Occasion, *, after: str) -> str:
    """Return "sedan i april" or "än i april"; another year is named: "sedan april 2019", "än i april 2019"."""
    then, now = _days(occasion)
    if then.year != timezone.localdate().year:
        return f"{after} {'i ' if after == 'än' else ''}{format_date(then, 'F Y')}"
    if (then.year, then.month) == (now.year, now.month):
        return f"{after} den {format_date(then, 'j F')}"
    return f"{after} i {format_date(then, 'F')}"


def _days(occasion: Occasion) -> tuple[date, date]:
    assert occasion.since is not None
    then, now = occasion.since.assessment.dated_on, occasion.assessment.dated_on
    assert then is not None
    assert now is not None
    return then, now


def headline_of(occasion: Occasion, *, own: bool) -> str:
    moved = occasion.movement
    if moved is None:
        return "Det här är er första självskattning." if own else "Det här är den första självskattningen."
    forward, back, count = len(moved.forward), len(moved.back), len(moved.items)
    if forward == count:
        return f"Alla {in_words(count)} moment har gått framåt {_then(occasion, after='sedan')}."
    if forward:
        return f"{of_all(forward, count)} har gått framåt {_then(occasion, after='sedan')}."
    if back:
        return f"{of_all(back, count)} har ett lägre värde {_then(occasion, after='än')}."
    return f"Inget moment har flyttat sig {_then(occasion, after='sedan')}."


def of_all(count: int, total: int) -> str:
    return f"{sentence(in_words(count))} av {in_words(total)} moment"


def _lead(occasion: Occasion, plan: AssessmentPlan) -> list[str]:
    if occasion.movement is None:
        return [_highest(occasion, plan), "Nästa gång ser du vad som har flyttat sig."]
    return [_largest_step(occasion.movement), _rest(occasion.movement)]


def _largest_step(moved: Movement) -> str:
    if not moved.forward:
        return ""
    best = max(row.change for row in moved.forward if row.change is not None)
    rows = [row for row in moved.forward if row.change == best]
    if len(rows) == 1:
        return f"Störst är steget i {quoted(rows[0].item)}, från {mean(rows[0].before)} till {mean(rows[0].now)}."
    if len(rows) <= MOST_NAMES:
        return f"Störst är stegen i {names(row.item for row in rows)}: upp {_steps(best)}."
    if len(rows) == len(moved.forward):
        return f"Alla {in_words(len(rows))} har gått upp {_steps(best)}."
    return f"Störst är stegen i {in_words(len(rows))} moment: upp {_steps(best)}."


def _steps(change: Fraction) -> str:
    # One organisation's values are in halves, so nothing else can remain.
    whole, half = divmod(change, 1)
    if not half:
        return "ett steg" if whole == 1 else f"{in_words(int(whole))} steg"
    return f"{in_words(int(whole))} och ett halvt steg" if whole else "ett halvt steg"


def _rest(moved: Movement) -> str:
    still, back = len(moved.still), moved.back
    if not back:
        none_back = f"{sentence(in_words(still))} står stilla, inget har gått bakåt." if still else ""
        return none_back if moved.forward else ""
    # A lower value is explained, so that nobody reads it as blame.
    stands = f"{sentence(in_words(still))} står stilla." if still else ""
    seen = "Ett lägre värde kan bero på att man ser mer än förra gången."
    return " ".join(filter(None, [stands, _fallen(back), seen]))


def _fallen(rows: Sequence[ItemMovement]) -> str:
    if len(rows) == 1:
        row = rows[0]
        return f"Lägre än förra gången är {quoted(row.item)}, från {mean(row.before)} till {mean(row.now)}."
    return f"Lägre än förra gången är {_some([row.item for row in rows])}."


def _highest(occasion: Occasion, plan: AssessmentPlan) -> str:
    best = max(occasion.answers.values(), default=None)
    items = [item for item in plan.items if occasion.answers.get(item.key) == best]
    return f"Högst värde har {_some(items)}: {mean(best)}." if len(items) < len(plan.items) else ""


def _most_left(occasion: Occasion, plan: AssessmentPlan) -> str:
    lowest, highest = min(occasion.answers.values(), default=None), plan.steps[-1].value
    if lowest == highest:
        return "Alla moment står på det högsta steget."
    items = [item for item in plan.items if occasion.answers.get(item.key) == lowest]
    if not items:
        return ""
    stand = "Lägst ligger" if len(items) <= MOST_NAMES else sentence(_some(items)) + " ligger lägst"
    which = f" {_some(items)}" if len(items) <= MOST_NAMES else ""
    return f"{stand}{which}, på {mean(lowest)} av {highest}."


def _some(items: Sequence[Item]) -> str:
    return names(items) if len(items) <= MOST_NAMES else f"{in_words(len(items))} moment"


def _total(occasion: Occasion) -> str:
    return f"Sammanlagt {mean(occasion.total)} på en skala från {occasion.floor} till {occasion.max_possible}."


def _picture(occasion: Occasion, plan: AssessmentPlan, reader: Asker) -> Dumbbell:
    since = occasion.since
    mark, meaning = reader.mark
    return Dumbbell(
        key="laget",
        title=f"Från {month(since)} till {month(occasion)}" if since else f"Självskattning {month(occasion)}",
        rows=tuple(_row(item, occasion, reader) for item in plan.items),
        steps=tuple(ScaleStep(step.value, step.label) for step in plan.steps),
        before_label=_labelled(since) if since else "",
        now_label=_labelled(occasion),
        mark=mark,
        mark_meaning=meaning,
    )


def _row(item: Item, occasion: Occasion, reader: Asker) -> DumbbellRow:
    before = occasion.since.answers.get(item.key) if occasion.since else None
    return DumbbellRow(item.number, item.short, before, occasion.answers.get(item.key), reader.owns(item))


def _labelled(occasion: Occasion) -> str:
    """Return "november 2020, sju bedömare"; only the month if the number of raters is unknown."""
    raters = occasion.assessment.assessors
    if raters is None:
        return month(occasion)
    return f"{month(occasion)}, {'en' if raters == 1 else in_words(raters)} bedömare"


def chain_picture(chain: Chain) -> Chevrons:
    stages = tuple(ChainStage(stage.label, stage.reached, stage.under_way) for stage in chain.stages)
    return Chevrons(key="kedjan", title="Insatser längs resultatkedjan", stages=stages)


def chain_in_words(chain: Chain) -> str:
    if not chain.n_efforts:
        return "Inga insatser är registrerade än."
    count = "En insats" if chain.n_efforts == 1 else f"{sentence(in_words(chain.n_efforts))} insatser"
    words = [f"{count} är på väg längs resultatkedjan."]
    if chain.furthest:
        words.append(f"Längst har ni kommit till steget ”{chain.furthest.label.lower()}”.")
    if chain.first_missing:
        # The words say "än": an entry that is missing does not mean that the work is.
        words.append(chain.first_missing.nothing_yet)
        words += ["Det brukar ta mer än en omgång."] if chain.first_missing.stage == Stage.OUTCOME else []
    return " ".join(words)


def quoted(item: Item) -> str:
    return f"”{item.short}”"


def names(items: Iterable[Item]) -> str:
    return enumerated([quoted(item) for item in items])
