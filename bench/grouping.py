"""Time of a proposal of groups, and its score beside a greedy one, for invented organisations."""

import random
from fractions import Fraction
from time import perf_counter, process_time

from bench.results import Measure, Table
from grouping.measuring import REASONS
from grouping.optimiser import GroupingProblem, greedy, solve
from grouping.participant_facts import Coordinates, MentorFacts, NewestLevel, ParticipantFacts

# Organisations and mentors. The aim is set for the first; the last is the national omgång.
SIZES = ((40, 0), (40, 13), (100, 20), (310, 60))
BAR, AT_MOST = 40, 10.0


def measure_grouping() -> Table:
    return {f"{number} with {mentors} mentors": _measured(number, mentors) for number, mentors in SIZES}


def _measured(number: int, mentors: int) -> list[Measure]:
    task = invented(number, mentors)
    started, worked = perf_counter(), process_time()
    best = solve(task)
    took, work = perf_counter() - started, process_time() - worked
    other = greedy(task)
    assert other is not None
    return [
        Measure("processor seconds", work, AT_MOST if number == BAR else None),
        Measure("seconds", took),
        Measure("score", best.score),
        Measure("greedy", other.score),
        Measure("worse than greedy", max(0.0, other.score - best.score), 0),
        Measure("not proven best", int(not best.is_best)),
    ]


def invented(number: int, mentors: int) -> GroupingProblem:
    """Return the same problem every time: places all over Sweden, half with a wished partner, most with a level."""
    chance = random.Random(number)
    organisations = tuple(
        ParticipantFacts(
            key=key,
            name=f"Provby {key}",
            kind=chance.choice(["kommun", "kommun", "region"]),
            place=_place(chance),
            population=chance.randint(3_000, 150_000),
            theme=chance.choice(["", "Skola", "Vård", "Ekonomi"]),
            most=chance.choice(["", "nearness", "theme", "partner"]),
            partners=frozenset(chance.sample(range(number), 2)) - {key} if chance.random() < 0.5 else frozenset(),
            level=NewestLevel(1, Fraction(chance.randint(10, 30), 10)) if chance.random() < 0.7 else None,
        )
        for key in range(number)
    )
    ours = tuple(MentorFacts(number + n, f"Mentor {n}", _place(chance), chance.randint(1, 2)) for n in range(mentors))
    return GroupingProblem(organisations, ours, dict.fromkeys(REASONS, 3), smallest=2, largest=3)


def _place(chance: random.Random) -> Coordinates:
    return Coordinates(chance.uniform(55.4, 67.0), chance.uniform(12.0, 20.0))
