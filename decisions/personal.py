"""Nothing is held about a person here but what stands in a text, which the search finds (kit/holding.py)."""

from decisions.models import PoliticalDecision

NOTHING = {PoliticalDecision: "an organisation's decision"}
