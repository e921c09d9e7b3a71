"""The goals of a meeting or of the work at home, which SKR writes as one a line."""

from meetings.models import Meeting, Period


def goals_of(row: Meeting | Period) -> tuple[str, ...]:
    return tuple(line.strip() for line in row.goals.splitlines() if line.strip())
