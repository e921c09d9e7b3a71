"""Scores from 0 to 1 that say how well a group fits: one for each reason and one for the whole.

A group's fit is the mean over its members of each member's weighted mean of the reasons, where the reason that
matters most to a member counts double for that member. A proposal's score is the mean over all organisations of the
fit of their group, so that two pairs weigh the same as a group of four. A reason that is unknown or not wished for
scores a half: neither for nor against.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from admission.enums import Wish
from grouping.participant_facts import MentorFacts, ParticipantFacts
from kit.canonical import folded

Scores = Mapping[str, float | None]
Weights = Mapping[str, int]

# At this distance nearness scores a half: about two hours by road or rail, there and back in a day.
HALFWAY_KM = 150.0
# Levels half a step of the checklist's scale apart also score a half.
HALFWAY_STEPS = 0.5
NEITHER = 0.5
SHARED = ("distance", "size", "kind", "theme", "partners", "level")
REASONS = (*SHARED, "mentor")
MATTERS = {Wish.NEARNESS: "distance", Wish.THEME: "theme", Wish.PARTNER: "partners"}
DOUBLE = 2


def scores_of(group: Sequence[ParticipantFacts]) -> dict[str, float | None]:
    """Return the score of every reason but the mentor's; None means unknown or not applicable."""
    if len(group) < 2:
        return dict.fromkeys(SHARED)
    return {
        "distance": nearness(longest_km(group)),
        "size": _size(group),
        "kind": _alike([facts.kind for facts in group]),
        "theme": _alike([theme_of(facts) for facts in group if facts.theme]),
        "partners": _partners(group),
        "level": _level(group),
    }


def speaks_for(score: float) -> bool:
    # Rounded as it is printed, so that the words agree with the number.
    return round(score, 2) >= NEITHER


def nearness(km: float | None) -> float | None:
    return None if km is None else HALFWAY_KM / (HALFWAY_KM + km)


def longest_km(group: Sequence[ParticipantFacts]) -> float | None:
    places = [facts.place for facts in group if facts.place]
    return max((first.km_to(second) for first, second in combinations(places, 2)), default=None)


def longest_way(some: Sequence[ParticipantFacts], others: Sequence[ParticipantFacts]) -> float | None:
    pairs = [(first.place, second.place) for first in some for second in others]
    return max((first.km_to(second) for first, second in pairs if first and second), default=None)


def theme_of(facts: ParticipantFacts) -> str:
    return folded(facts.theme)


def comparable(group: Iterable[ParticipantFacts]) -> list[ParticipantFacts]:
    """Return the largest set of members rated on the same version of the checklist; empty if fewer than two."""
    by_version: dict[int, list[ParticipantFacts]] = {}
    for facts in group:
        if facts.level:
            by_version.setdefault(facts.level.checklist, []).append(facts)
    most = max(by_version.values(), key=len, default=[])
    return most if len(most) > 1 else []


def mentor_score(group: Sequence[ParticipantFacts], mentors: Sequence[MentorFacts]) -> float:
    """Return the score of the nearest mentor: 0 without a mentor, a half if no distance is known."""
    if not mentors:
        return 0.0
    ways = [km for mentor in mentors if (km := mentor_km(group, mentor)) is not None]
    return nearness(min(ways)) or 0.0 if ways else NEITHER


def mentor_km(group: Sequence[ParticipantFacts], mentor: MentorFacts) -> float | None:
    if mentor.place is None:
        return None
    return max((mentor.place.km_to(facts.place) for facts in group if facts.place), default=None)


def fit(group: Sequence[ParticipantFacts], scores: Scores, weights: Weights) -> float:
    """Return the fit from 0 to 1 over the reasons in `scores`; it is a half if all their weights are 0."""
    return sum(_member_fit(facts, scores, weights) for facts in group) / len(group) if group else 0.0


def weight_share(group: Sequence[ParticipantFacts], reason: str, reasons: Iterable[str], weights: Weights) -> float:
    """Return the factor by which the score of one reason is multiplied in the group's fit."""
    shares = [_weight(facts, reason, weights) / _total(facts, reasons, weights) for facts in group]
    return sum(shares) / len(shares)


def _member_fit(facts: ParticipantFacts, scores: Scores, weights: Weights) -> float:
    total = sum(_weight(facts, key, weights) for key in scores)
    if not total:
        return NEITHER
    return sum(_weight(facts, key, weights) * _or_neither(score) for key, score in scores.items()) / total


def _total(facts: ParticipantFacts, reasons: Iterable[str], weights: Weights) -> int:
    return sum(_weight(facts, key, weights) for key in reasons) or 1


def _weight(facts: ParticipantFacts, reason: str, weights: Weights) -> int:
    return weights[reason] * (DOUBLE if MATTERS.get(facts.most) == reason else 1)  # type: ignore[call-overload]


def _or_neither(score: float | None) -> float:
    return NEITHER if score is None else score


def _size(group: Sequence[ParticipantFacts]) -> float | None:
    known = [facts.population for facts in group if facts.population]
    return min(known) / max(known) if len(known) > 1 else None


def _alike(values: Sequence[str]) -> float | None:
    pairs = list(combinations(values, 2))
    return sum(first == second for first, second in pairs) / len(pairs) if pairs else None


def _partners(group: Sequence[ParticipantFacts]) -> float | None:
    """Return the mean share of wishes that came true, counting only those that the group has room for."""
    keys = {facts.key for facts in group}
    met = [len(facts.partners & keys) / min(len(facts.partners), len(group) - 1) for facts in group if facts.partners]
    return sum(met) / len(met) if met else None


def _level(group: Sequence[ParticipantFacts]) -> float | None:
    means = [facts.level.mean for facts in comparable(group) if facts.level]
    return HALFWAY_STEPS / (HALFWAY_STEPS + float(max(means) - min(means))) if means else None
