"""Labels by the numbers of goals and articles, which are the same on every site."""

from collections.abc import Collection

from policy.labels import Labels
from policy.models import Article, NationalGoal


def labels_of(*, goals: Collection[int] = (), articles: Collection[int] = (), tags: tuple[str, ...] = ()) -> Labels:
    chosen = NationalGoal.objects.filter(number__in=goals), Article.objects.filter(number__in=articles)
    goal_keys, article_keys = (tuple(sorted(rows.values_list("pk", flat=True))) for rows in chosen)
    return Labels(goal_keys, article_keys, tags)
