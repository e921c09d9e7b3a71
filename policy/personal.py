"""Nothing is held about a person here (kit/holding.py)."""

from policy.models import Article, NationalGoal

NOTHING = dict.fromkeys((Article, NationalGoal), "public texts")
