"""Reasons for and against a group in words, each with its score and how the score is calculated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from cohorts.enums import MentorModel
from cohorts.kinds import SEVERAL
from cohorts.models import Cohort
from grouping.measuring import (
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
# What each reason looks at, for a reader who weighs it.
HINTS = {
    "distance": "Ju kortare mellan de två som ligger längst från varandra, desto bättre. Avståndet är fågelvägen.",
    "size": "Ju mer lika folkmängderna är, desto bättre.",
    "kind": "Ju fler som är av samma slag, till exempel kommuner, desto bättre.",
    "theme": "Ju fler som önskar samma tema, av dem som har önskat ett, desto bättre.",
    "partners": "Ju fler av önskningarna som gruppen uppfyller, av dem den har plats för, desto bättre.",
    "level": "Ju mer lika medelvärdena i den senaste självskattningen är, desto bättre.",
    "mentor": "Ju kortare väg mentorn har till den som ligger längst bort, desto bättre.",
}
# From which fit a group is said to fit so. Neighbours without wishes in common reach 0.65 by the default weights, and
# two kommuner 700 km apart 0.52.
FITS = ((0.68, "Passar mycket bra"), (0.6, "Passar bra"), (0.54, "Passar någorlunda"), (0.0, "Passar sämre"))


@dataclass(frozen=True)
class Reason:
    """`score` is None if it is unknown or does not apply; it then counts as a half, neither for nor against.

    `is_common` is True if it is the same for every group that there could be, so that it tells a reader nothing.
    """

    key: str
    score: float | None
    words: str
    is_common: bool = False

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
    def is_missing(self) -> bool:
        """True if it is unknown because a fact is missing; a wish that nobody has is not missing."""
        return self.score is None and self.key not in ("theme", "partners")


@dataclass(frozen=True)
class Judgement:
    """`fit` is None for a group of fewer than two, and where no reason weighs anything."""

    reasons: tuple[Reason, ...]
    fit: float | None

    @property
    def words(self) -> str:
        return "" if self.fit is None else fit_in_words(self.fit)

    @property
    def is_good(self) -> bool:
        return self.fit is not None and self.fit >= FITS[1][0]

    @property
    def is_poor(self) -> bool:
        return self.words == FITS[-1][1]

    @property
    def speaks_for(self) -> list[Reason]:
        return [reason for reason in self.reasons if reason.speaks_for and not reason.is_common]

    @property
    def speaks_against(self) -> list[Reason]:
        return [reason for reason in self.reasons if reason.speaks_against and not reason.is_common]

    @property
    def missing(self) -> list[Reason]:
        return [reason for reason in self.reasons if reason.is_missing]

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
        common = {"kind"} if len({facts.kind for facts in self.known.organisations}) == 1 else set()
        reasons = tuple(Reason(key, scores[key], words[key], key in common) for key in self.reasons)
        weighs = any(self.weights[key] for key in scores)
        return Judgement(reasons, fit(group, scores, self.weights) if weighs else None)


def judge_of(cohort: Cohort, known: Known, weights: Weights) -> Judge:
    # A group's own mentor counts only in the model that gives each group one, and only if there are any.
    has_own = cohort.mentor_model == MentorModel.PER_GROUP and any(not mentor.supporting for mentor in known.mentors)
    return Judge(known, weights, REASONS if has_own else SHARED)


def fit_in_words(fit: float) -> str:
    return next(words for least, words in FITS if fit >= least)


def _distance(group: Sequence[ParticipantFacts]) -> str:
    missing = [facts.name for facts in group if not facts.place]
    km = longest_km(group)
    if km is None:
        return f"Avståndet är inte känt: läget saknas för {enumerated(missing)}"
    text = f"Nära: alla ligger inom {km_in_words(km)}" if speaks_for(nearness(km) or 0) else _far(group, km)
    return f"{text}. Läget saknas för {enumerated(missing)}" if missing else text


def _far(group: Sequence[ParticipantFacts], km: float) -> str:
    pairs = [(first, second) for first, second in combinations(group, 2) if first.place and second.place]
    first, second = max(pairs, key=lambda pair: pair[0].place.km_to(pair[1].place))  # type: ignore[union-attr, arg-type]
    return f"Långt: {km_in_words(km)} mellan {first.name} och {second.name}"


def km_in_words(km: float) -> str:
    # To the nearest five: more would suggest that the road is known.
    return f"{max(5, 5 * round(km / 5))}\N{NO-BREAK SPACE}km"


def _size(group: Sequence[ParticipantFacts]) -> str:
    known = sorted(facts.population for facts in group if facts.population)
    missing = [facts.name for facts in group if not facts.population]
    if len(known) < 2:
        return f"Storleken går inte att jämföra: folkmängden saknas för {enumerated(missing)}"
    alike = speaks_for(known[0] / known[-1])
    span = " till ".join(dict.fromkeys((people_in_words(known[0]), people_in_words(known[-1]))))
    text = f"{'Ungefär lika' if alike else 'Olika'} stora: {span} invånare"
    return f"{text}. Folkmängden saknas för {enumerated(missing)}" if missing else text


def people_in_words(number: int) -> str:
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
    missing = f"Självskattning saknas än för {enumerated(unknown)}" if unknown else ""
    if not alike:
        return missing or "Självskattningarna går inte att jämföra: olika versioner av checklistan"
    score = scores_of(group)["level"]
    means = sorted(facts.level.mean for facts in alike if facts.level)
    text = f"{'Lika' if score is not None and speaks_for(score) else 'Olika'} långt komna"
    lowest, highest = mean(means[0]), mean(means[-1])
    span = f"medelvärden från {lowest} till\N{NO-BREAK SPACE}{highest}"
    text = f"{text}: {f'medelvärde {lowest}' if lowest == highest else span}"
    others = [facts.name for facts in group if facts.level and facts not in alike]
    left_out = f"{enumerated(others)} har en annan version av checklistan" if others else ""
    return ". ".join(filter(None, (text, missing, left_out)))


def _mentor(group: Sequence[ParticipantFacts], mentors: Sequence[MentorFacts], free: Mapping[int, int]) -> str:
    if not mentors:
        return "Ingen mentor är utsedd än"
    return ". ".join(_one_mentor(group, mentor, free.get(mentor.key, 0)) for mentor in mentors)


def _one_mentor(group: Sequence[ParticipantFacts], mentor: MentorFacts, more: int) -> str:
    km = mentor_km(group, mentor)
    way = "avståndet är inte känt" if km is None else f"högst {km_in_words(km)} bort"
    groups = "en grupp" if more == 1 else f"{in_words(more)} grupper"
    takes = f", och tar {groups} till" if more > 0 else ""
    return f"Mentorn {mentor.name}: {way}{takes}"


TELLS = {"distance": _distance, "size": _size, "kind": _kind, "theme": _theme, "level": _level}
