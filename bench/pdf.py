"""Cost of our PDF (PDF/UA-1 and PDF/A-2a at once) beside WeasyPrint's own PDF/A-2a of the same HTML."""

import statistics
from time import process_time

import weasyprint

from bench.results import Measure, Table
from cohorts.models import Cohort
from kit.pdf import StaticFetcher, render_pdf
from reports.content import joint_content
from reports.models import JointReport
from reports.printers import pdf

ROUNDS = 5
AT_MOST = 1.15


def measure_pdf() -> Table:
    html = _joint_report("demo-kommuner")
    ours: list[float] = []
    bare: list[float] = []
    for turn in range(ROUNDS + 1):
        for times, make in ((ours, render_pdf), (bare, _bare)):
            started = process_time()
            make(html)
            if turn:  # the first warms up the fonts
                times.append(process_time() - started)
    median_ours, median_bare = statistics.median(ours), statistics.median(bare)
    return {
        "Ours": [Measure("processor seconds", median_ours), Measure("× bare", median_ours / median_bare, AT_MOST)],
        "Bare WeasyPrint": [Measure("processor seconds", median_bare)],
    }


def _bare(html: str) -> bytes:
    document = weasyprint.HTML(string=html, base_url="static:", url_fetcher=StaticFetcher())
    return document.write_pdf(pdf_variant="pdf/a-2a")


def _joint_report(slug: str) -> str:
    cohort = Cohort.objects.select_related("plan__checklist").get(slug=slug)
    joint = JointReport.objects.filter(cohort=cohort).first() or JointReport()
    joint.cohort = cohort
    return pdf.html_of(joint_content(joint, None, None))
