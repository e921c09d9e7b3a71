from django.db.models import TextChoices

from meetings.kinds import MeetingKind


class PeriodKind(TextChoices):
    """The kinds of period between meetings that a step of an edition may become."""

    HOME_WORK = "home_work", "Arbete på hemmaplan"
    REPORTING = "reporting", "Resultatrapporten skrivs"


def step_kinds() -> list[tuple[str, str]]:
    return [*MeetingKind.choices, *PeriodKind.choices]
