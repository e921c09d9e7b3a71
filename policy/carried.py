"""The package names a goal by its number and an article by its number or heading; the texts are on every site."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kit.carrying import NO_ROWS, Field, Rows, a_number, a_text
from policy.labels import LONGEST_TAG, NO_LABELS, Labelled, Labels
from policy.models import Article, NationalGoal

GOAL = a_number(1, 6)
# The labels of a row of a model that is `Labelled`; `labels_in` and `labels_written` look them up.
LABELS: dict[str, Field] = {
    "goals": Field(Rows(GOAL), NO_ROWS, since=3),
    "articles": Field(Rows(a_text(160)), NO_ROWS, since=3),
    "tags": Field(Rows(a_text(LONGEST_TAG)), NO_ROWS, since=3),
}
NOT_CARRIED = {
    NationalGoal: "the same on every site",
    Article: "the same on every site",
}


def labels_in(row: Mapping[str, Any], stored: Labelled | None = None) -> dict[str, Labels]:
    """Return the labels of the package's row: a kind that it does not carry stays, and nothing where it has none."""
    if not LABELS.keys() & row.keys():
        return {}
    labels = stored.labels if stored else NO_LABELS
    if "goals" in row:
        # Most rows have none, and ask for nothing.
        goals = NationalGoal.objects.filter(number__in=row["goals"]) if row["goals"] else ()
        labels = replace(labels, goals=tuple(sorted(goal.pk for goal in goals)))
    if "articles" in row:
        articles = Article.objects.all() if row["articles"] else ()
        named = (article.pk for article in articles if name_of(article) in row["articles"])
        labels = replace(labels, articles=tuple(sorted(named)))
    if "tags" in row:
        labels = replace(labels, tags=tuple(row["tags"]))
    return {"labels": labels}


def labels_written(row: Labelled) -> dict[str, Any]:
    return {
        "goals": [goal.number for goal in row.goals.all()],
        "articles": [name_of(article) for article in row.articles.all()],
        "tags": list(row.tag_list),
    }


def name_of(article: Article) -> str:
    return str(article.number or article.short)


def goal_in(row: Mapping[str, Any]) -> dict[str, NationalGoal | None]:
    """Return the goal that the row names by its number, or nothing where its version has none."""
    if "goal" not in row:
        return {}
    return {"goal": NationalGoal.objects.get(number=row["goal"]) if row["goal"] else None}
