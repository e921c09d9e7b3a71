"""Underlag that an organisation's own statistics and analyses offer at the moments they are about.

Each is added as a file, which stays as it was on the day that one rated, also when the list changes afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils import timezone

from assessments.models import Assessment, Evidence
from indicators.analyses import analysis_paper
from indicators.analysis_pdf import html_of
from indicators.models import Analysis
from indicators.statistics_held import HeldShare, Inventory, inventory_of
from kit.pdf import render_pdf
from kit.templatetags.swedish import day
from kit.uploads import title_of

# The moments by their keys, which are the same in every version that has them (data/checklists.json), with the share
# that says something about each. "Synlig i hela styrkedjan" of 2023 is about documents rather than statistics.
STATISTICS_AT = {
    "statistics_reported": "divided",
    "sex_disaggregated_statistics": "divided",
    "statistics_analysed": "analysed",
    "follow_up": "in_report",
}
# The moments about analysing; in 2018 and 2020 one moment asks for statistics and analysis together.
ANALYSES_AT = frozenset({"statistics_analysed", "sex_disaggregated_statistics"})
STATISTICS = "statistik"
WORDS = {
    "divided": "könsuppdelad statistik i {}",
    "analysed": "analyserat statistiken i {}",
    "in_report": "använt statistiken i delårsrapporten i {}",
}
TITLES = {
    "divided": "Könsuppdelad statistik i {}",
    "analysed": "Statistiken är analyserad i {}",
    "in_report": "Statistiken är använd i delårsrapporten i {}",
}


@dataclass(frozen=True)
class EvidenceOffer:
    """An underlag that one press adds; `known_by` is how the title of one that is added already begins."""

    key: str
    sentence: str
    title: str
    known_by: str
    shared: bool
    file_name: str
    content: Callable[[], bytes]


def offers_of(assessment: Assessment, evidence: dict[int, list[Evidence]]) -> dict[int, list[EvidenceOffer]]:
    """Return the offers by the moment's id, without those that are added already."""
    wanted = {item.key for item in assessment.items}
    statistics = _of_statistics(assessment) if wanted & STATISTICS_AT.keys() else {}
    analyses = _of_analyses(assessment) if wanted & ANALYSES_AT else []
    offers: dict[int, list[EvidenceOffer]] = {}
    for item in assessment.items:
        share = statistics.get(STATISTICS_AT.get(item.key, ""))
        available = [*([share] if share else []), *(analyses if item.key in ANALYSES_AT else [])]
        titles = [row.title for row in evidence.get(item.pk, [])]
        new = [offer for offer in available if not any(title.startswith(offer.known_by) for title in titles)]
        if new:
            offers[item.pk] = new
    return offers


def _of_statistics(assessment: Assessment) -> dict[str, EvidenceOffer]:
    """Return an offer for each share that is not none at all; a nämnd shows its own verksamheter only."""
    inventory = inventory_of(assessment.participation, assessment.part)
    shares = {"divided": inventory.divided, "analysed": inventory.analysed, "in_report": inventory.in_report}
    return {about: _of_share(inventory, about, share) for about, share in shares.items() if share.count}


def _of_share(inventory: Inventory, about: str, share: HeldShare) -> EvidenceOffer:
    known_by = TITLES[about].format(share.verksamheter)
    return EvidenceOffer(
        STATISTICS,
        f"Ni har {WORDS[about].format(share.verksamheter)}.",
        f"{known_by}, {day(timezone.localdate())}",
        f"{known_by}, ",
        shared=False,
        file_name="statistik-vi-har.csv",
        content=lambda: inventory.csv.encode(),
    )


def _of_analyses(assessment: Assessment) -> list[EvidenceOffer]:
    if assessment.part_id:
        return []
    signed = Analysis.objects.filter(participation=assessment.participation, signed_on__isnull=False)
    return [_of_analysis(row, assessment) for row in signed]


def _of_analysis(analysis: Analysis, assessment: Assessment) -> EvidenceOffer:
    analysis.participation = assessment.participation
    title = title_of(f"Jämställdhetsanalys {day(analysis.signed_on)}: {analysis.title}")
    return EvidenceOffer(
        f"analys-{analysis.pk}",
        f"Ni har en undertecknad jämställdhetsanalys: ”{analysis.title}”.",
        title,
        title,
        shared=analysis.shared,
        file_name=f"jamstalldhetsanalys-{analysis.pk}.pdf",
        content=partial(_pdf, analysis),
    )


def _pdf(analysis: Analysis) -> bytes:
    return render_pdf(html_of(analysis_paper(analysis, timezone.localdate())))
