"""Improvements in every state for one organisation, with a ramp of three cycles and one that stands still, and two that
others in its group began from an example and from its idea.

The days are counted from the day the demonstration is loaded, as the omgång's are. All of it is invented.
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from cohorts.enums import Function
from cohorts.models import Participation
from demo.days import RUNNING
from demo.indicators import WAITING
from demo.labels import labels_of
from improvements.enums import Decision, State
from improvements.models import Comment, Cycle, Improvement, WorkEvidence

SOLBYGDEN, VASTANMARK, KLARVIK = "99", "90", "9901"
RAMP: tuple[dict[str, Any], ...] = (
    {
        "plan": "En bedömare läser remisser utan uppgift om kön.",
        "scale": "5 remisser",
        "prediction": "Alla får samma prioritet.",
        "do": "Fem remisser lästes av en bedömare på en mottagning.",
        "study": "Fyra av fem fick det.",
        "act": "Vi låter två läsa samma remiss.",
        "decision": Decision.ADAPT,
    },
    {
        "plan": "Alla bedömare på en mottagning läser så.",
        "scale": "42 remisser",
        "prediction": "Skillnaden blir högst två dagar.",
        "do": "Alla remisser under fem veckor lästes utan uppgift om kön.",
        "study": "Den blev tre dagar. Vårdcentralernas remisser skiljer sig åt.",
        "act": "Vi prövar på alla fyra mottagningarna.",
        "decision": Decision.ADAPT,
    },
    {
        "plan": "Alla fyra mottagningar läser så.",
        "scale": "omkring 300 remisser",
        "prediction": "Skillnaden blir högst en dag, och ingen väntar längre än i dag.",
    },
)
OTHERS: tuple[dict[str, Any], ...] = (
    {
        "title": "Kallelse med tre tider att välja på",
        "aim": "Att lika många kvinnor och män kommer på den första tiden.",
        "state": State.IDEA,
    },
    {
        "title": "Samma fråga om smärta i alla remisser",
        "aim": "Att vårdcentralerna beskriver smärta på samma sätt för alla.",
        "state": State.PLANNED,
        "measure": "Hur många av tio remisser som har frågan.",
    },
    {
        "title": "Webbutbildning för arbetsgruppen",
        "aim": "Att alla i arbetsgruppen kan grunderna.",
        "state": State.ADOPTED,
        "measure": "26 av 30 har gått den.",
        "shared": True,
    },
    {
        "title": "Enkät efter besöket",
        "aim": "Att få veta hur kvinnor och män upplever besöket.",
        "state": State.ENDED,
        "learnt": "För få svarade för att det skulle säga något. Fråga i väntrummet i stället.",
        "shared": True,
    },
)

SAID = (
    ("90", "Hur tog ni bort uppgiften om kön ur remisserna? Personnumret säger ju det också."),
    (SOLBYGDEN, "En medicinsk sekreterare täcker för huvudet på remissen innan bedömaren läser den."),
)
WAITED = "Mottagning;Kvinnor, dagar;Män, dagar\nNorra;49;46\nSödra;50;47\n"


def add_improvements(loaded: Collection[str], *, today: date) -> None:
    if RUNNING not in loaded:
        return
    own = Participation.objects.get(cohort__slug=RUNNING, organisation__code=SOLBYGDEN)
    _ramp(own, today)
    _standing_still(own, today)
    for about in OTHERS:
        _improvement(own, **about)
    _borrowed(own, today)


def _improvement(own: Participation, **about: Any) -> Improvement:
    return Improvement.objects.create(participation=own, position=own.improvements.count() + 1, **about)


def _ramp(own: Participation, today: date) -> None:
    work = _improvement(
        own,
        title="Remisser till smärtvården bedöms utan uppgift om kön",
        aim="Högst en dags skillnad mellan kvinnors och mäns väntetid till smärtvården.",
        problem="Kvinnor väntar längre än män på det första besöket.",
        starting_point="Fyra dagars skillnad.",
        target="Högst en dag.",
        aim_on=today + timedelta(days=400),
        women=True,
        men=True,
        whom="över 18 år",
        measure="Väntetid i dagar, för kvinnor och för män.",
        state=State.TRIED,
        shared=True,
        begins_on=today - timedelta(days=260),
        labels=labels_of(goals=(5,), articles=(14,), tags=("smärtvård", "Agenda 2030, mål 5")),
    )
    work.indicators.set(own.indicators.filter(title=WAITING.title))
    tried = work.ideas.create(text="Bedömning utan uppgift om kön", position=1)
    work.ideas.create(text="Samma fråga om smärta i alla remisser", position=2)
    work.ideas.create(text="Återkoppling till vårdcentraler", position=3)
    days = ((-260, -256), (-200, -165), (-20, 25))
    for number, (about, (first, last)) in enumerate(zip(RAMP, days, strict=True), start=1):
        begins, ends = today + timedelta(days=first), today + timedelta(days=last)
        changed = min(ends, today)
        Cycle.objects.create(
            improvement=work, number=number, idea=tried, begins_on=begins, ends_on=ends, changed_on=changed, **about
        )
    _beside(work, today)


def _beside(work: Improvement, today: date) -> None:
    """Add what shows it, and what another organisation in the group said of it, with the answer."""
    work.evidence.create(title="Så räknar vi väntetiden", url="https://exempel.invalid/vantetid")
    table = WorkEvidence(improvement=work, title="Väntetid per mottagning, cykel 2", media_type="text/csv")
    table.size = len(WAITED.encode())
    table.file.save("vantetid.csv", ContentFile(WAITED.encode()), save=False)
    table.save()
    for (code, text), days in zip(SAID, (12, 9), strict=True):
        organisation = work.participation.cohort.participations.get(organisation__code=code).organisation
        comment = work.comments.create(
            text=text, organisation=organisation, function=Function.STRATEGIST, shared=work.shared
        )
        Comment.objects.filter(pk=comment.pk).update(written_at=timezone.now() - timedelta(days=days))


def _standing_still(own: Participation, today: date) -> None:
    work = _improvement(
        own,
        title="Följdfrågor i nämndens ärenden",
        aim="Att nämnden frågar vad ett beslut betyder för kvinnor och män.",
        state=State.TRIED,
    )
    begun = today - timedelta(days=45)
    plan = "Ordföranden ställer en följdfråga på varje möte."
    Cycle.objects.create(improvement=work, number=1, plan=plan, begins_on=begun, changed_on=begun)


def _borrowed(solbygden: Participation, today: date) -> None:
    members = Participation.objects.filter(group=solbygden.group_id).select_related("organisation")
    group = {row.organisation.code: row for row in members}
    example = group[VASTANMARK].efforts.get(title="En mall för följder i alla nämnder")
    begun = today - timedelta(days=12)
    of_example = _improvement(
        group[KLARVIK],
        title="Västanmarks mall i barn- och utbildningsnämnden",
        aim="Att nämnden ser följderna för flickor och pojkar innan den beslutar.",
        item=example.item,
        example=example,
        borrowed_from=group[VASTANMARK].organisation,
        girls=True,
        boys=True,
        state=State.TRIED,
        measure="I hur många av tio ärenden mallen är ifylld.",
        shared=True,
    )
    plan = "Två handläggare fyller i mallen för vårens ärenden om skolskjuts."
    Cycle.objects.create(improvement=of_example, number=1, plan=plan, begins_on=begun, changed_on=begun)
    _improvement(
        group[VASTANMARK],
        title="Remisser till ryggmottagningen utan uppgift om kön",
        aim="Att kvinnor och män med samma besvär får samma prioritet.",
        borrowed_from=solbygden.organisation,
        women=True,
        men=True,
        state=State.ADOPTED,
        measure="Hur många av tio remisser som två bedömare läser lika.",
        shared=True,
    )
