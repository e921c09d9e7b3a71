"""A report that Region Solbygden writes: sections with parts, a colleague's text and a history. Invented.

One of its live figures is no longer what is printed, and one of its two quotes may not be quoted.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils import timezone

from cohorts.enums import Function
from cohorts.models import Cohort, Delegate, Participation
from demo.days import RUNNING
from kit.rich import document_of, stored
from reports.enums import SectionKind
from reports.live import figures_of
from reports.models import Report, ReportSection, SectionVersion
from reports.sections import BETWEEN, DEFAULT, WORDS

STATISTICS = """\
Vi delar upp **all statistik i månadsrapporten** efter kön sedan augusti, och skattar momentet till {moment}. Kvinnor \
väntade då [fem dagar]{{nyckeltal.vantetid-till-forsta-besok-i-smartvarden.skillnad}} längre än män på ett första \
besök i smärtvården^[Medianen för mars till maj, 212 kvinnor och 143 män.].

# Det vi har gjort

1. Controllern lade till kvinnor och män i mallen för månadsrapporten.
2. Tre nämnder skrev en analys i sin delårsrapport.
3. Smärtvården prövade att kalla efter väntetid i stället för efter remissens datum.

# Det har lett till

- *Nytt arbetssätt:* ledningsgruppen frågar efter analysen när den saknas.
- *Ändrad produkt:* mallen används nu i alla nämnder.

> Vi hade läst samma tabell i tio år utan att se skillnaden.
"""


PURPOSE = """\
Vi gick med för att vår statistik visade skillnader som ingen frågade efter. Målet var att tre av fem nämnder skulle \
skriva en analys i delårsrapporten och besluta om minst en åtgärd utifrån den.
"""
ORGANISED = """\
En arbetsgrupp med strateg, controller och två verksamhetschefer har träffats var tredje vecka. Regiondirektören har \
fått en lägesrapport varje kvartal, och regionstyrelsens presidium har varit med på träffarna.
"""
HELPED_FIRST = "Regiondirektören frågade efter siffrorna."
HELPED = """\
Regiondirektören frågade efter siffrorna på varje ledningsmöte. Controllern var med från början, så att mallen kunde \
ändras redan första månaden.
"""
DECISION = """\
Regionfullmäktige beslutade om jämställdhetsintegrering innan omgången började. Beslutet nämns nu i varje nämnds \
verksamhetsplan.
"""
DEMAND = """\
Presidiet ställer samma tre frågor när delårsrapporten behandlas. Två nämnder har skickat tillbaka en rapport som \
saknade analys.
"""
MINUTES = timedelta(minutes=1)
MOMENT = "sjalvskattning.moment-6."
TO_BE_QUOTED = "Vi hade läst samma tabell i tio år utan att se skillnaden."
NOT_TO_BE_QUOTED = "ledningsgruppen frågar efter analysen när den saknas."


def add_report_texts(loaded: Collection[str]) -> None:
    if RUNNING in loaded:
        _divide(Cohort.objects.get(slug=RUNNING))
        report = Report.objects.create(participation=Participation.objects.get(cohort__slug=RUNNING, code="99"))
        people = {seat.function: seat for seat in report.participation.delegates.select_related("user")}
        _write(report, people[Function.STRATEGIST], people[Function.CONTRIBUTOR])


def _divide(cohort: Cohort) -> None:
    """Give the omgång's sections what SKR asks, and divide the results by moment."""
    usual = {heading.key: heading for heading in DEFAULT}
    for section in cohort.sections.all():
        for name in WORDS:
            setattr(section, name, getattr(usual[section.key], name))
        if section.key == "results":
            section.kind = SectionKind.MOMENTS
        section.required = section.key in ("purpose", "results")
        section.save()


def _write(report: Report, strategist: Delegate, controller: Delegate) -> None:
    now = timezone.now()
    items = {item.number: item.key for item in report.participation.cohort.plan.items}
    results = f"results{BETWEEN}"
    _add(report, "purpose", PURPOSE, strategist, now)
    _add(report, "organisation_of_work", ORGANISED, strategist, now)
    _add(report, f"{results}{items[1]}", DECISION, strategist, now)
    _add(report, f"{results}{items[2]}", DEMAND, strategist, now)
    # The table names its columns by their months, which follow the day on which the demonstration is loaded.
    moment = next(figure.markdown for figure in figures_of(report) if figure.ref.startswith(MOMENT))
    statistics = STATISTICS.format(moment=moment)
    section = _add(report, f"{results}{items[6]}", statistics, controller, now, shared=True)
    section.quotes.create(text=TO_BE_QUOTED, function=Function.POLITICIAN, consented_on=timezone.localdate())
    section.quotes.create(text=NOT_TO_BE_QUOTED, function=Function.MANAGER)
    helped = _add(report, "what_helped", HELPED_FIRST, strategist, now - 50 * MINUTES)
    _change(helped, HELPED, controller, now - 20 * MINUTES)
    due_on = timezone.localdate() + timedelta(weeks=2)
    for key, writer in (("results", strategist), ("what_helped", controller), ("what_hindered", controller)):
        defaults = {"writer": writer, "due_on": due_on}
        ReportSection.objects.update_or_create(report=report, key=key, defaults=defaults)


def _add(report: Report, key: str, typed: str, by: Delegate, at: datetime, *, shared: bool = False) -> ReportSection:
    section = ReportSection(report=report, key=key, shared=shared)
    _change(section, typed, by, at)
    return section


def _change(section: ReportSection, typed: str, by: Delegate, at: datetime) -> None:
    section.text, section.structure = stored(document_of(typed))
    section.revision += 1
    section.save()
    SectionVersion.objects.create(
        section=section,
        text=section.text,
        structure=section.structure,
        begun_at=at,
        saved_at=at,
        saved_by=by.user,
    )
