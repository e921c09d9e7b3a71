"""What statistics the example organisations have, and their analyses: invented, as every page of them says."""

from collections.abc import Collection
from datetime import date, timedelta

from cohorts.enums import Function, OrganisationKind
from cohorts.models import Cohort, Participation
from demo.days import NINE, RUNNING, SIX
from indicators.enums import Split
from indicators.models import Analysis, StatisticsHeld

# The organisation of each running omgång that the buttons of the sign-in page lead to.
WHOSE = {RUNNING: "99", NINE: "9601", SIX: "85"}
# Name, nämnd, divided, analysed, used in the report, note.
Row = tuple[str, str, Split, bool | None, bool | None, str]
OF_REGION: tuple[Row, ...] = (
    ("Primärvård", "Hälso- och sjukvårdsnämnden", Split.YES, True, True, ""),
    ("Smärtvård", "Hälso- och sjukvårdsnämnden", Split.YES, True, False, "Månadsrapporten har tre mått."),
    ("Psykiatri", "Hälso- och sjukvårdsnämnden", Split.YES, False, False, ""),
    ("Ambulans", "Hälso- och sjukvårdsnämnden", Split.NO, None, False, "Systemet byts nästa år."),
    ("Tandvård", "", Split.PARTLY, False, False, "Bara för barn och unga."),
    ("Kollektivtrafik", "", Split.PARTLY, None, False, "Resvanor, vartannat år."),
    ("Kulturstöd", "", Split.NO, False, False, ""),
    ("Regional utveckling", "", Split.NO, None, None, ""),
    ("Anställda", "", Split.YES, True, True, "Personalsystemet."),
)
OF_KOMMUN: tuple[Row, ...] = (
    ("Hemtjänst", "", Split.YES, True, True, ""),
    ("Försörjningsstöd", "", Split.YES, True, False, ""),
    ("Särskilt boende", "", Split.PARTLY, False, False, "Två av fem boenden."),
    ("Grundskola", "", Split.YES, True, True, ""),
    ("Förskola", "", Split.NO, None, False, ""),
    ("Simhall", "", Split.NO, False, False, "Räknar besök men inte vilka som kommer."),
    ("Föreningsstöd", "", Split.PARTLY, False, False, ""),
    ("Gatubelysning", "", Split.NO, None, None, ""),
    ("Anställda", "", Split.YES, True, True, ""),
)
WAITING = {
    "title": "Väntan till första besök i smärtvården",
    "starting_point": "Nämnden har bett om en analys av varför kvinnor väntar längre, efter målet om jämlik vård.",
    "information": "Kvinnor väntar 51 dagar och män 47. Remisser granskades på två mottagningar. Allt är påhittat.",
    "focus": "Tiden från remiss till första besök, som mottagningarna själva styr över.",
    "why_1": "Kvinnors remisser bedöms oftare som mindre brådskande.",
    "why_2": "Remisserna beskriver smärtan olika för kvinnor och män.",
    "why_3": "Mallen frågar inte hur smärtan påverkar arbete och vardag.",
    "conclusions": "Skillnaden uppstår när remissen skrivs. Underlaget är litet, så siffrorna är osäkra.",
    "proposals": "Samma fem frågor i alla remisser. Verksamhetschefen följer väntetiden varje månad.",
}
OF_HELP = {
    "title": "Hur mycket hemtjänst som beviljas",
    "starting_point": "Socialnämnden har bett om en analys av varför män får fler timmar vid samma behov.",
    "information": "Män beviljas 31 timmar i månaden och kvinnor 26. Fyrtio beslut granskades. Allt är påhittat.",
    "focus": "Timmar för städning och matlagning, där skillnaden är störst.",
    "why_1": "Handläggarna frågar oftare kvinnor vad de kan göra själva.",
    "why_2": "Samtalet har ingen mall för de frågorna.",
    "conclusions": "Skillnaden uppstår i samtalet och inte i behoven. Det är få beslut, så siffrorna är osäkra.",
    "proposals": "Samma frågor till alla. Enhetschefen följer timmarna varje kvartal.",
}
BEGUN = {
    "title": "Vilka som kommer till mötesplatserna",
    "starting_point": "Nämnden vill veta om mötesplatserna når både kvinnor och män.",
    "information": "Besöken räknas, men bara på en av fyra platser uppdelat på kvinnor och män.",
}


def add_statistics(loaded: Collection[str], *, today: date) -> None:
    for cohort in Cohort.objects.filter(slug__in=WHOSE.keys() & set(loaded)).order_by("slug"):
        owner = cohort.participations.select_related("organisation").get(code=WHOSE[cohort.slug])
        _hold(owner)
        _analyse(owner, today)


def _hold(owner: Participation) -> None:
    rows = OF_REGION if owner.kind == OrganisationKind.REGION else OF_KOMMUN
    # Only nämnder that the demonstration has anyway: a new one would be asked to rate itself.
    parts = {part.name: part for part in owner.organisation.parts.all()}
    StatisticsHeld.objects.bulk_create(
        StatisticsHeld(
            participation=owner,
            name=name,
            part=parts.get(part),
            split=split,
            analysed=analysed,
            in_report=in_report,
            note=note,
        )
        for name, part, split, analysed, in_report, note in rows
    )


def _analyse(owner: Participation, today: date) -> None:
    signature = {"signed_function": Function.MANAGER, "signed_on": today - timedelta(weeks=3)}
    about = WAITING if owner.kind == OrganisationKind.REGION else OF_HELP
    Analysis.objects.create(participation=owner, position=1, shared=True, **about, **signature)
    Analysis.objects.create(participation=owner, position=2, **BEGUN)
