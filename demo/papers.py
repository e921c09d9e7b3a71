"""A paper to the board of one region, in its own words, made before its figures changed. All of it is invented."""

from collections.abc import Collection
from datetime import date, timedelta

from cohorts.models import Participation
from demo.days import RUNNING
from papers.enums import PaperKind
from papers.facts import remembered
from papers.models import MadePaper, PaperStyle
from reports.board_paper.ground import facts_of, ground_of

SOLBYGDEN = "99"
CALLED, BODY, SENDER = "Tjänsteutlåtande", "Regionstyrelsen", "jämställdhetsstrateg, regionledningskontoret"
AGE = timedelta(days=16)


def add_papers(loaded: Collection[str], *, today: date) -> None:
    """Add them to the omgång that has just been loaded, when all that they are made from is there."""
    if RUNNING not in loaded:
        return
    related = ("organisation", "cohort__plan__checklist")
    participation = Participation.objects.select_related(*related).get(cohort__slug=RUNNING, code=SOLBYGDEN)
    PaperStyle.objects.create(organisation=participation.organisation, called=CALLED, body=BODY, sender=SENDER)
    facts = remembered(facts_of(ground_of(participation, today)))
    # Then a decision had not been noted, and a value was another.
    decision, value = (next(key for key in facts if key.startswith(f"{kind}.")) for kind in ("decision", "item"))
    del facts[decision]
    facts[value] = ""
    MadePaper.objects.create(participation=participation, kind=PaperKind.REPORT, made_on=today - AGE, facts=facts)
