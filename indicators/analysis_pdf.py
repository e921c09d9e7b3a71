"""The jämställdhetsanalys as an accessible PDF."""

from django.template.loader import render_to_string

from indicators.analyses import AnalysisPaper
from kit.pdf import Cover


def html_of(paper: AnalysisPaper) -> str:
    cover = Cover(
        title=paper.title,
        subtitle=f"Jämställdhetsanalys · {paper.organisation} · {paper.cohort}",
        sender=(paper.organisation,),
        day=paper.signed_on,  # a draft has none: the same text always gives the same file
        demonstration=paper.constructed,
        draft=paper.is_draft,
    )
    return render_to_string("indicators/pdf/analysis.html", {"cover": cover, "paper": paper})
