"""A section that Region Solbygden has begun to write, with everything that a text may hold. Invented."""

from collections.abc import Collection

from cohorts.models import Participation
from demo.days import RUNNING
from kit.rich import document_of, stored
from reports.models import Report, ReportSection

RESULTS = """\
Vi delar upp **all statistik i månadsrapporten** efter kön sedan augusti. Kvinnor väntade då fyra dagar längre än män \
på ett första besök i smärtvården^[Medianen för mars till maj, 212 kvinnor och 143 män.].

# Det vi har gjort

1. Controllern lade till kvinnor och män i mallen för månadsrapporten.
2. Tre nämnder skrev en analys i sin delårsrapport.
3. Smärtvården prövade att kalla efter väntetid i stället för efter remissens datum.

# Det har lett till

- *Nytt arbetssätt:* ledningsgruppen frågar efter analysen när den saknas.
- *Ändrad produkt:* mallen används nu i alla nämnder.

> Vi hade läst samma tabell i tio år utan att se skillnaden.
"""


def add_report_texts(loaded: Collection[str]) -> None:
    if RUNNING in loaded:
        report = Report.objects.create(participation=Participation.objects.get(cohort__slug=RUNNING, code="99"))
        text, structure = stored(document_of(RESULTS))
        ReportSection.objects.create(
            report=report, key="results", text=text, structure=structure, shared=True, revision=1
        )
