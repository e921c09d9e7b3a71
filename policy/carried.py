"""The cohort package names a goal by its number; the texts are on every site."""

from policy.models import Article, NationalGoal

NOT_CARRIED = {
    NationalGoal: "the same on every site",
    Article: "the same on every site",
}
