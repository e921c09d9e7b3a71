"""All papers of one organisation in an omgång, as one reader may read them.

Its own strategist gets drafts and what is not shared; SKR gets what SKR reads in the product.
"""

from archive.packing import PackedFile
from archive.papers.decisions import decisions
from archive.papers.letters import letters, people
from archive.papers.meetings import meetings
from archive.papers.papers_of import PapersOf
from archive.papers.ratings import evidence, ratings
from archive.papers.report import report
from archive.papers.work import work
from cohorts.models import Participation
from cohorts.roles import Roles

PARTS = (ratings, evidence, work, report, decisions, meetings, letters, people)


def entries_of_organisation(participation: Participation, reader: Roles) -> list[PackedFile]:
    """Return the papers in the order of the list; fetch `participation` with its omgång's plan and organisation."""
    owner = PapersOf(participation, reader)
    return [entry for part in PARTS for entry in part(owner)]
