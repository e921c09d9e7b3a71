"""What waits for SKR about groups and their mentors."""

from collections.abc import Sequence

from django.urls import reverse

from cohorts.duty import Matter, Task, skr_task
from cohorts.models import Cohort


def bare_themes(cohort: Cohort, sentences: Sequence[str]) -> list[Task]:
    """Return the task to find mentors for the themes that have none; `sentences` say which they are."""
    if not sentences:
        return []
    title = "Ett tema saknar mentor" if len(sentences) == 1 else "Några teman saknar mentor"
    url = reverse("grouping:mentors_by_theme", args=[cohort.slug])
    return [skr_task(Matter.MENTOR, cohort, title, " ".join(sentences), url)]
