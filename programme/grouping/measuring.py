"""How well a group fits: one number from 0 to 1 for each reason, and one for the whole.

A group's fit is the mean over its members of each member's weighted mean of the reasons, where the reason a member
has said matters most counts double for that member. A proposal's score is the mean over all organisations of the fit
of the group each is in: an organisation counts once whether it meets one other or two, so that two pairs and a
group of four weigh the same. What is not known, or was not wished for, is a half: neither for nor against.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from cohorts.enums import Wish
from programme.grouping.facts import Facts, MentorFacts

Scores = Mapping[str, float | None]
Weights = Mapping[str, int]

# Where nearness is worth half: about two hours by road or rail, there and back in a day.
HALFWAY_KM = 150.0
# Half a step of the checklist's scale apart is halfway too.
HALFWAY_STEPS = 0.5
NEITHER = 0.5
SHARED = ("distance", "size", "kind", "theme", "partners", "level")
REASONS = (*SHARED, "mentor")
MATTERS = {Wish.NEARNESS: "distance", Wish.THEME: "theme", Wish.PARTNER: "partners"}
DOUBLE = 2


def scores_of(group: Sequence[Facts]) -> dict[str, float | None]:
    """All but the mentor's; None is not known or does not apply."""
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
    """A half or more, as the number is printed."""
    return round(score, 2) >= NEITHER


def nearness(km: float | None) -> float | None:
    return None if km is None else HALFWAY_KM / (HALFWAY_KM + km)


def longest_km(group: Sequence[Facts]) -> float | None:
    places = [facts.place for facts in group if facts.place]
    return max((one.km_to(other) for one, other in combinations(places, 2)), default=None)


def theme_of(facts: Facts) -> str:
    """As it is compared: written alike but for capitals is the same theme."""
    return facts.theme.casefold()


def comparable(group: Iterable[Facts]) -> list[Facts]:
    """Those whose levels rest on the same version of the checklist, the largest such number; fewer than two is none."""
    by_version: dict[int, list[Facts]] = {}
    for facts in group:
        if facts.level:
            by_version.setdefault(facts.level.checklist, []).append(facts)
    most = max(by_version.values(), key=len, default=[])
    return most if len(most) > 1 else []


def mentor_score(group: Sequence[Facts], mentors: Sequence[MentorFacts]) -> float:
    """By the nearest of its mentors; without one it is 0, and a half where no way can be measured."""
    if not mentors:
        return 0.0
    ways = [km for mentor in mentors if (km := mentor_km(group, mentor)) is not None]
    return nearness(min(ways)) or 0.0 if ways else NEITHER


def mentor_km(group: Sequence[Facts], mentor: MentorFacts) -> float | None:
    """To the one of the group that is farthest away."""
    if mentor.place is None:
        return None
    return max((mentor.place.km_to(facts.place) for facts in group if facts.place), default=None)


def fit(group: Sequence[Facts], scores: Scores, weights: Weights) -> float:
    """From 0 to 1. `scores` holds the reasons that count in the omgång; with no weight at all it is a half."""
    return sum(_member_fit(facts, scores, weights) for facts in group) / len(group) if group else 0.0


def weight_share(group: Sequence[Facts], reason: str, reasons: Iterable[str], weights: Weights) -> float:
    """How much of the group's fit hangs on one reason: what its score is multiplied by."""
    shares = [_weight(facts, reason, weights) / _total(facts, reasons, weights) for facts in group]
    return sum(shares) / len(shares)


def _member_fit(facts: Facts, scores: Scores, weights: Weights) -> float:
    total = sum(_weight(facts, key, weights) for key in scores)
    if not total:
        return NEITHER
    return sum(_weight(facts, key, weights) * _or_neither(score) for key, score in scores.items()) / total


def _total(facts: Facts, reasons: Iterable[str], weights: Weights) -> int:
    return sum(_weight(facts, key, weights) for key in reasons) or 1


def _weight(facts: Facts, reason: str, weights: Weights) -> int:
    return weights[reason] * (DOUBLE if MATTERS.get(facts.most) == reason else 1)  # type: ignore[call-overload]


def _or_neither(score: float | None) -> float:
    return NEITHER if score is None else score


def _size(group: Sequence[Facts]) -> float | None:
    """The smallest population as a share of the largest."""
    known = [facts.population for facts in group if facts.population]
    return min(known) / max(known) if len(known) > 1 else None


def _alike(values: Sequence[str]) -> float | None:
    """The share of the pairs that are the same; fewer than two cannot be compared."""
    pairs = list(combinations(values, 2))
    return sum(one == other for one, other in pairs) / len(pairs) if pairs else None


def _partners(group: Sequence[Facts]) -> float | None:
    """How many of the wishes that the group has room for came true, as a mean over those who wished."""
    keys = {facts.key for facts in group}
    met = [len(facts.partners & keys) / min(len(facts.partners), len(group) - 1) for facts in group if facts.partners]
    return sum(met) / len(met) if met else None


def _level(group: Sequence[Facts]) -> float | None:
    means = [facts.level.mean for facts in comparable(group) if facts.level]
    return HALFWAY_STEPS / (HALFWAY_STEPS + float(max(means) - min(means))) if means else None
