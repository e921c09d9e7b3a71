"""Nothing is held about a person here but what stands in a text, which the search finds (kit/holding.py)."""

from papers.models import MadePaper, PaperStyle

NOTHING = {
    PaperStyle: "an organisation's own words on its papers",
    MadePaper: "checksums of what a paper was made from",
}
