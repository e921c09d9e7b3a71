"""What has moved and where one stands, a sentence each: one's own organisation, the group, the omgång."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.figures.statistics import Movement, own_movement
from assessments.occasions import Occasion
from cohorts.models import Participation
from kit.templatetags.swedish import in_words, sentence
from overview.standing import BesideOthers, moments
from reports.figure_values import NamedValues


@dataclass(frozen=True)
class MovedLine:
    whose: str
    sentence: str


def moved_lines(
    participation: Participation, latest: Occasion | None, standing: BesideOthers | None
) -> list[MovedLine]:
    """Return the lines for which there is anything to say, with the reader's own first."""
    own = _own(latest)
    lines = [MovedLine("Ni", own)] if own else []
    if standing is None:
        return lines
    lines.append(MovedLine("Bredvid de andra", " ".join([*_at_the_time(standing), *standing.sentences])))
    group = [named for kind in standing.figures for named in kind.named if _is_in_group(named, participation)]
    if len(group) > 1 and standing.since:
        lines.append(MovedLine("Gruppen", _of_group(group, standing)))
    if _is_whole_cohort(group, standing):
        return lines
    of_cohort = [kind for kind in standing.figures if kind.is_whole and kind.moved_words]
    return [*lines, *(MovedLine(sentence(kind.definite), kind.moved_words) for kind in of_cohort)]


def _at_the_time(standing: BesideOthers) -> list[str]:
    return [f"Så var det till {standing.meeting}:"] if standing.is_past and standing.own else []


def _own(latest: Occasion | None) -> str:
    moved = latest.movement if latest else None
    if moved is None or latest is None or latest.since is None:
        return ""
    return f"{_counts(moved)} sedan {latest.since_label}."


def _counts(moved: Movement) -> str:
    """Return "Fyra moment har gått framåt, sex står stilla och inget har gått bakåt"."""
    forward, still, back = (len(rows) for rows in (moved.forward, moved.still, moved.back))
    words = [_count(number) for number in (forward, still, back)]
    first = f"{sentence(words[0])} moment har gått framåt"
    return f"{first}, {words[1]} står stilla och {words[2]} har gått bakåt"


def _count(number: int) -> str:
    return in_words(number) if number else "inget"


def _of_group(group: Sequence[NamedValues], standing: BesideOthers) -> str:
    """Return in which moments all of the group have moved forward; nobody is counted or compared."""
    before = standing.before
    both = [named for named in group if before.get(named.participation.pk)]
    if len(both) < len(group):
        return f"Ni har inte alla skattat både till {standing.since} och till {standing.meeting}."
    items = standing.figures[0].items
    moves = [own_movement(items, before.get(named.participation.pk, {}), named.answers) for named in both]
    by_all = [item for item in items if all(item in [row.item for row in moved.forward] for moved in moves)]
    anyone_back = any(moved.back for moved in moves)
    forward = (
        f"Ni har alla {in_words(len(both))} gått framåt i {moments(by_all)}."
        if by_all
        else "Inget moment har gått framåt hos er alla."
    )
    return f"{forward} {'Någon har gått bakåt i något moment.' if anyone_back else 'Ingen har gått bakåt.'}"


def _is_in_group(named: NamedValues, participation: Participation) -> bool:
    return named.own or (participation.group_id is not None and named.participation.group_id == participation.group_id)


def _is_whole_cohort(group: Sequence[NamedValues], standing: BesideOthers) -> bool:
    return len(group) > 1 and len(group) == sum(kind.n_submitted for kind in standing.figures)
