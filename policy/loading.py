"""Reads the goals and the articles from the data file, for the migration."""

import json
from pathlib import Path
from typing import Any


def load(path: Path, models: Any) -> None:
    """Store all goals and articles; `models` returns a historical model by name."""
    document = json.loads(path.read_text(encoding="utf-8"))
    goal, article = models("NationalGoal"), models("Article")
    goal.objects.bulk_create(goal(number=row["number"], text=row["text"]) for row in document["national_goals"])
    names = ("number", "short", "group", "since")
    article.objects.bulk_create(article(**{name: row[name] for name in names}) for row in document["cemr_articles"])
