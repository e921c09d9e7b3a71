"""Reasons for and against a group in words, each with its score and how the score is calculated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from cohorts.enums import MentorModel
from cohorts.kinds import SEVERAL
from cohorts.models import Cohort
from grouping.measuring import (
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
from grouping.participant_facts import Known, MentorFacts, ParticipantFacts
from kit.figures import printed
from kit.ordering import swedish
from kit.templatetags.swedish import enumerated, in_words, mean, sentence

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
    """`score` is None if it is unknown or does not apply; it then counts as a half, neither for nor against."""

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
    """`fit` is None for a group of fewer than two."""

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
    """The judge of one omgång's groups, with its weights and the reasons that count in it."""

    known: Known
    weights: Weights
    reasons: tuple[str, ...]

    def without(self, reason: str) -> "Judge":
        """Return a judge for a reader who may not see what the reason is based on."""
        return replace(self, reasons=tuple(key for key in self.reasons if key != reason))

    def judge(
        self,
        group: Sequence[ParticipantFacts],
        mentors: Sequence[MentorFacts] = (),
        free: Mapping[int, int] | None = None,
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
    # A group's own mentor counts only in the model that gives each group one, and only if there are any.
    has_own = cohort.mentor_model == MentorModel.PER_GROUP and any(not mentor.supporting for mentor in known.mentors)
    return Judge(known, weights, REASONS if has_own else SHARED)


def decimal(value: float) -> str:
    # A fit is a float: it supports judgement, and is not one of the programme's exact figures.
    return printed(Fraction(value), 2)


def _distance(group: Sequence[ParticipantFacts]) -> str:
    missing = [facts.name for facts in group if not facts.place]
    km = longest_km(group)
    if km is None:
        return f"Avståndet är inte känt: läget saknas för {enumerated(missing)}"
    text = f"Alla ligger inom {_km(km)}" if speaks_for(nearness(km) or 0) else _far(group, km)
    return f"{text}. Läget saknas för {enumerated(missing)}" if missing else text


def _far(group: Sequence[ParticipantFacts], km: float) -> str:
    pairs = [(first, second) for first, second in combinations(group, 2) if first.place and second.place]
    first, second = max(pairs, key=lambda pair: pair[0].place.km_to(pair[1].place))  # type: ignore[union-attr, arg-type]
    return f"{_km(km)} mellan {first.name} och {second.name}"


def _km(km: float) -> str:
    # To the nearest five: more would suggest that the road is known.
    return f"{max(5, 5 * round(km / 5))}\N{NO-BREAK SPACE}km"


def _size(group: Sequence[ParticipantFacts]) -> str:
    known = sorted(facts.population for facts in group if facts.population)
    missing = [facts.name for facts in group if not facts.population]
    if len(known) < 2:
        return f"Storleken går inte att jämföra: folkmängden saknas för {enumerated(missing)}"
    alike = speaks_for(known[0] / known[-1])
    span = "–".join(dict.fromkeys((_people(known[0]), _people(known[-1]))))
    text = f"{'Ungefär lika' if alike else 'Olika'} stora ({span} invånare)"
    return f"{text}. Folkmängden saknas för {enumerated(missing)}" if missing else text


def _people(number: int) -> str:
    rounded = round(number, -3) if number >= 10_000 else round(number, -2)
    return f"{rounded:,}".replace(",", "\N{NO-BREAK SPACE}")


def _kind(group: Sequence[ParticipantFacts]) -> str:
    kinds = [facts.kind for facts in group]
    parts = [_counted(kinds.count(kind), kind) for kind in dict.fromkeys(kinds)]
    return sentence(enumerated(parts))


def _counted(number: int, kind: str) -> str:
    return f"en {kind}" if number == 1 else f"{in_words(number)} {SEVERAL[kind]}"


def _theme(group: Sequence[ParticipantFacts]) -> str:
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


def _partners(group: Sequence[ParticipantFacts], known: Known) -> str:
    inside = {facts.key: facts for facts in group}
    sentences = []
    for first, second in combinations(group, 2):
        wishes = second.key in first.partners, first.key in second.partners
        if all(wishes):
            sentences.append(f"{first.name} och {second.name} önskade varandra")
        elif any(wishes):
            sentences.append(
                f"{first.name} önskade {second.name}" if wishes[0] else f"{second.name} önskade {first.name}"
            )
    missed = {facts.name: [key for key in facts.partners if key not in inside] for facts in group}
    sentences += [
        f"{name} önskade {enumerated(sorted(wished, key=swedish))}, som inte är i gruppen"
        for name, keys in missed.items()
        if (wished := [known.organisation(key).name for key in keys])
    ]
    return ". ".join(sentences) or "Ingen har önskat någon som är med i omgången"


def _level(group: Sequence[ParticipantFacts]) -> str:
    alike = comparable(group)
    unknown = [facts.name for facts in group if not facts.level]
    missing = f"Nivån är inte registrerad än för {enumerated(unknown)}" if unknown else ""
    if not alike:
        return missing or "Nivåerna går inte att jämföra: olika versioner av checklistan"
    score = scores_of(group)["level"]
    means = sorted(facts.level.mean for facts in alike if facts.level)
    text = f"{'Lika' if score is not None and speaks_for(score) else 'Olika'} långt komna"
    lowest, highest = mean(means[0]), mean(means[-1])
    text = f"{text} (medelvärde {lowest if lowest == highest else f'{lowest}–{highest}'})"
    others = [facts.name for facts in group if facts.level and facts not in alike]
    left_out = f"{enumerated(others)} har en annan version av checklistan" if others else ""
    return ". ".join(filter(None, (text, missing, left_out)))


def _mentor(group: Sequence[ParticipantFacts], mentors: Sequence[MentorFacts], free: Mapping[int, int]) -> str:
    if not mentors:
        return "Ingen mentor är utsedd än"
    return ". ".join(_one_mentor(group, mentor, free.get(mentor.key, 0)) for mentor in mentors)


def _one_mentor(group: Sequence[ParticipantFacts], mentor: MentorFacts, more: int) -> str:
    km = mentor_km(group, mentor)
    way = "avståndet är inte känt" if km is None else f"högst {_km(km)} bort"
    groups = "en grupp" if more == 1 else f"{in_words(more)} grupper"
    takes = f", och tar {groups} till" if more > 0 else ""
    return f"Mentorn {mentor.name}: {way}{takes}"


TELLS = {"distance": _distance, "size": _size, "kind": _kind, "theme": _theme, "level": _level}
