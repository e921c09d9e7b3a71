"""Why a group fits and what speaks against it, in words; each with its number and how that is worked out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from cohorts.enums import MentorModel
from cohorts.models import Cohort
from modell.figures import printed
from modell.templatetags.swedish import enumerated, in_words, mean, sentence
from programme.grouping.facts import Facts, Known, MentorFacts
from programme.grouping.measuring import (
    HALFWAY_KM,
    REASONS,
    SHARED,
    Weights,
    comparable,
    fit,
    longest_km,
    mentor_km,
    mentor_score,
    nearness,
    scores_of,
    speaks_for,
    theme_of,
)

LABELS = {
    "distance": "Nära varandra",
    "size": "Lika stora",
    "kind": "Samma slag",
    "theme": "Samma tema",
    "partners": "Önskade partner",
    "level": "Lika långt komna",
    "mentor": "Mentor i närheten",
}
HALFWAY = int(HALFWAY_KM)
FORMULAS = {
    "distance": f"{HALFWAY} delat med {HALFWAY} plus det längsta avståndet i km, fågelvägen: 1 på samma plats, "
    f"en halv vid {HALFWAY} km",
    "size": "den minsta folkmängden delad med den största",
    "kind": "andelen par av samma slag, kommun eller region",
    "theme": "andelen par som önskar samma tema, bland dem som har önskat ett",
    "partners": "andelen önskningar som gruppen uppfyller, av dem den har plats för",
    "level": "0,5 delat med 0,5 plus skillnaden mellan högsta och lägsta medelvärde i den senaste självskattningen: "
    "1 när de är lika, en halv vid ett halvt steg",
    "mentor": f"{HALFWAY} delat med {HALFWAY} plus mentorns längsta väg i km; 0 utan mentor",
}


@dataclass(frozen=True)
class Reason:
    """`score` is None where it is not known or does not apply: it counts as a half, neither for nor against."""

    key: str
    score: float | None
    words: str

    @property
    def label(self) -> str:
        return LABELS[self.key]

    @property
    def speaks_for(self) -> bool:
        return self.score is not None and speaks_for(self.score)

    @property
    def speaks_against(self) -> bool:
        return self.score is not None and not speaks_for(self.score)

    @property
    def figure(self) -> str:
        return "–" if self.score is None else decimal(self.score)


@dataclass(frozen=True)
class Judgement:
    """`fit` is None for a group that is none yet: fewer than two."""

    reasons: tuple[Reason, ...]
    fit: float | None

    @property
    def figure(self) -> str:
        return "–" if self.fit is None else decimal(self.fit)

    @property
    def percent(self) -> int:
        return round(100 * (self.fit or 0))

    def of(self, key: str) -> Reason | None:
        return next((reason for reason in self.reasons if reason.key == key), None)


@dataclass(frozen=True)
class Judge:
    """Judges the groups of one omgång. `free` says how many groups more each mentor takes."""

    known: Known
    weights: Weights
    reasons: tuple[str, ...]

    def without(self, reason: str) -> "Judge":
        """For one who may not read what it rests on."""
        return replace(self, reasons=tuple(key for key in self.reasons if key != reason))

    def judge(
        self, group: Sequence[Facts], mentors: Sequence[MentorFacts] = (), free: Mapping[int, int] | None = None
    ) -> Judgement:
        if len(group) < 2:
            return Judgement((), None)
        scores = {key: score for key, score in scores_of(group).items() if key in self.reasons}
        words = {key: tell(group) for key, tell in TELLS.items()}
        words["partners"] = _partners(group, self.known)
        if "mentor" in self.reasons:
            scores["mentor"] = mentor_score(group, mentors)
            words["mentor"] = _mentor(group, mentors, free or {})
        reasons = tuple(Reason(key, scores[key], words[key]) for key in self.reasons)
        return Judgement(reasons, fit(group, scores, self.weights))


def judge_of(cohort: Cohort, known: Known, weights: Weights) -> Judge:
    """A group's own mentor counts only where the omgång's model gives each group one, and it has some."""
    has_own = cohort.mentor_model == MentorModel.PER_GROUP and any(not mentor.supporting for mentor in known.mentors)
    return Judge(known, weights, REASONS if has_own else SHARED)


def decimal(value: float) -> str:
    """Two decimals: a fit is a float, since it is an aid to judgement and no figure of the programme's."""
    return printed(Fraction(value), 2)


def _distance(group: Sequence[Facts]) -> str:
    missing = [facts.name for facts in group if not facts.place]
    km = longest_km(group)
    if km is None:
        return f"Avståndet är inte känt: läget saknas för {enumerated(missing)}"
    told = f"Alla ligger inom {_km(km)}" if speaks_for(nearness(km) or 0) else _far(group, km)
    return f"{told}. Läget saknas för {enumerated(missing)}" if missing else told


def _far(group: Sequence[Facts], km: float) -> str:
    pairs = [(one, other) for one, other in combinations(group, 2) if one.place and other.place]
    one, other = max(pairs, key=lambda pair: pair[0].place.km_to(pair[1].place))  # type: ignore[union-attr, arg-type]
    return f"{_km(km)} mellan {one.name} och {other.name}"


def _km(km: float) -> str:
    """To the nearest five: more would say that the way is known."""
    return f"{max(5, 5 * round(km / 5))}\N{NO-BREAK SPACE}km"


def _size(group: Sequence[Facts]) -> str:
    known = sorted(facts.population for facts in group if facts.population)
    missing = [facts.name for facts in group if not facts.population]
    if len(known) < 2:
        return f"Storleken går inte att jämföra: folkmängden saknas för {enumerated(missing)}"
    alike = speaks_for(known[0] / known[-1])
    span = "–".join(dict.fromkeys((_people(known[0]), _people(known[-1]))))
    told = f"{'Ungefär lika' if alike else 'Olika'} stora ({span} invånare)"
    return f"{told}. Folkmängden saknas för {enumerated(missing)}" if missing else told


def _people(number: int) -> str:
    rounded = round(number, -3) if number >= 10_000 else round(number, -2)
    return f"{rounded:,}".replace(",", "\N{NO-BREAK SPACE}")


def _kind(group: Sequence[Facts]) -> str:
    kinds = [facts.kind for facts in group]
    parts = [_counted(kinds.count(kind), kind) for kind in dict.fromkeys(kinds)]
    return sentence(enumerated(parts))


def _counted(number: int, kind: str) -> str:
    many = {"kommun": "kommuner", "region": "regioner"}[kind]
    return f"en {kind}" if number == 1 else f"{in_words(number)} {many}"


def _theme(group: Sequence[Facts]) -> str:
    wished = [facts for facts in group if facts.theme]
    if not wished:
        return "Ingen har önskat något tema"
    if len(wished) == 1:
        return f"{wished[0].name} önskar temat {wished[0].theme}, de andra har inte önskat något"
    themes = {theme_of(facts): facts.theme for facts in reversed(wished)}
    if len(themes) == len(wished):
        return f"Önskar olika teman: {enumerated([facts.theme for facts in wished])}"
    shared = max(themes, key=lambda theme: sum(theme_of(facts) == theme for facts in wished))
    number = sum(theme_of(facts) == shared for facts in wished)
    return f"{sentence(in_words(number))} önskar samma tema: {themes[shared]}"


def _partners(group: Sequence[Facts], known: Known) -> str:
    inside = {facts.key: facts for facts in group}
    told = []
    for one, other in combinations(group, 2):
        wishes = other.key in one.partners, one.key in other.partners
        if all(wishes):
            told.append(f"{one.name} och {other.name} önskade varandra")
        elif any(wishes):
            told.append(f"{one.name} önskade {other.name}" if wishes[0] else f"{other.name} önskade {one.name}")
    missed = {facts.name: [key for key in facts.partners if key not in inside] for facts in group}
    told += [
        f"{name} önskade {enumerated(sorted(known.organisation(key).name for key in keys))}, som inte är i gruppen"
        for name, keys in missed.items()
        if keys
    ]
    return ". ".join(told) or "Ingen har önskat någon som är med i omgången"


def _level(group: Sequence[Facts]) -> str:
    alike = comparable(group)
    unknown = [facts.name for facts in group if not facts.level]
    missing = f"Nivån är inte registrerad än för {enumerated(unknown)}" if unknown else ""
    if not alike:
        return missing or "Nivåerna går inte att jämföra: olika versioner av checklistan"
    score = scores_of(group)["level"]
    means = sorted(facts.level.mean for facts in alike if facts.level)
    told = f"{'Lika' if score is not None and speaks_for(score) else 'Olika'} långt komna"
    lowest, highest = mean(means[0]), mean(means[-1])
    told = f"{told} (medelvärde {lowest if lowest == highest else f'{lowest}–{highest}'})"
    others = [facts.name for facts in group if facts.level and facts not in alike]
    left_out = f"{enumerated(others)} har en annan version av checklistan" if others else ""
    return ". ".join(filter(None, (told, missing, left_out)))


def _mentor(group: Sequence[Facts], mentors: Sequence[MentorFacts], free: Mapping[int, int]) -> str:
    if not mentors:
        return "Ingen mentor är utsedd än"
    return ". ".join(_one_mentor(group, mentor, free.get(mentor.key, 0)) for mentor in mentors)


def _one_mentor(group: Sequence[Facts], mentor: MentorFacts, more: int) -> str:
    km = mentor_km(group, mentor)
    way = "avståndet är inte känt" if km is None else f"högst {_km(km)} bort"
    groups = "en grupp" if more == 1 else f"{in_words(more)} grupper"
    takes = f", och tar {groups} till" if more > 0 else ""
    return f"Mentorn {mentor.name}: {way}{takes}"


TELLS = {"distance": _distance, "size": _size, "kind": _kind, "theme": _theme, "level": _level}
