"""The reason that a proposal gives for each change: the one that tells the group from the others it could be."""

from collections.abc import Sequence

from grouping.board import Board, GroupColumn
from grouping.measuring import scores_of
from grouping.participant_facts import ParticipantFacts
from grouping.reasons import Judgement

# So many others are enough to say what is usual, also in the national omgång.
MOST_OTHERS = 40


def why(
    board: Board,
    facts: ParticipantFacts,
    before: GroupColumn | None,
    members: Sequence[ParticipantFacts],
    judgement: Judgement,
) -> str:
    """Return why the organisation joins the members, from the group before or from none."""
    then = _scores(before.judgement) if before else _usual(board, facts)
    telling = _telling(board, members)
    gains = [
        (board.judge.weights[reason.key] * (_number(reason.score) - _number(then.get(reason.key))), reason)
        for reason in judgement.reasons
        if reason.speaks_for and reason.key in telling
    ]
    gain, best = max(gains, key=lambda pair: pair[0], default=(0, None))
    if best is None or gain <= 0:
        if before is None:
            return "Har ingen grupp än. Så här passar alla bäst tillsammans."
        return "Flyttar för helhetens skull: de andra grupperna passar bättre så."
    return best.words


def _scores(judgement: Judgement) -> dict[str, float | None]:
    return {reason.key: reason.score for reason in judgement.reasons}


def _usual(board: Board, facts: ParticipantFacts) -> dict[str, float | None]:
    """Return the mean scores of the organisation with any other: what a group is better than."""
    others = [other for other in board.known.organisations if other != facts][:MOST_OTHERS]
    pairs = [scores_of([facts, other]) for other in others]
    return {key: sum(_number(pair[key]) for pair in pairs) / len(pairs) for key in pairs[0]} if pairs else {}


def _telling(board: Board, members: Sequence[ParticipantFacts]) -> set[str]:
    """Return the reasons that tell groups apart; what is the same for every possible group is no reason for one."""
    everyone = board.known.organisations
    if len(members) == len(everyone):
        return set()
    tells = {
        "distance": sum(facts.place is not None for facts in everyone) > 2,
        "size": len({facts.population for facts in everyone if facts.population}) > 1,
        "kind": len({facts.kind for facts in everyone}) > 1,
        "theme": any(facts.theme for facts in everyone),
        "partners": any(facts.partners for facts in everyone),
        "level": sum(facts.level is not None for facts in everyone) > 2,
        "mentor": bool(board.known.mentors),
    }
    return {key for key, tells_apart in tells.items() if tells_apart}


def _number(score: float | None) -> float:
    return 0.5 if score is None else score
