"""Nothing is held about a person here but what stands in a text, which the search finds (kit/holding.py)."""

from questions.models import AskedQuestion

NOTHING = {AskedQuestion: "a question that was asked in an organisation, by function"}
