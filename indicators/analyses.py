"""A jämställdhetsanalys in the six steps of SKR's handbook, as page, PDF, Word and report print it.

What each step asks is said in our own words. Nothing here reads the database but `analysis_paper`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from cohorts.enums import Function
from indicators.models import Analysis
from kit.templatetags.swedish import counted, day, enumerated, in_words, sentence

WHYS = ("why_1", "why_2", "why_3", "why_4", "why_5")
DRAFT = "Utkast"


@dataclass(frozen=True)
class AnalysisStep:
    """A step: its address, its name, what it asks, and the columns that it fills in."""

    key: str
    label: str
    asks: str
    columns: tuple[str, ...]


CAUSES = AnalysisStep(
    "orsaker",
    "Sök orsaker",
    "Varför ser det olika ut för kvinnor och män? Fråga varför om varje svar, upp till fem gånger, "
    "tills ni når något som ni själva kan ändra.",
    WHYS,
)
STEPS = (
    AnalysisStep(
        "utgangspunkt",
        "Utgångspunkt och uppdrag",
        "Vad ska ni analysera, vem har gett er uppdraget och vilket mål eller beslut utgår ni från?",
        ("starting_point",),
    ),
    AnalysisStep(
        "information",
        "Samla information",
        "Vad visar statistik, undersökningar och samtal om kvinnor och män, flickor och pojkar, och vad fattas?",
        ("information",),
    ),
    AnalysisStep(
        "fokus",
        "Fokusera",
        "Vilken skillnad är viktigast att gå vidare med, och varför just den?",
        ("focus",),
    ),
    CAUSES,
    AnalysisStep(
        "slutsatser",
        "Dra slutsatser",
        "Vad betyder det ni har sett för kvinnor och män, och vad är ni osäkra på?",
        ("conclusions",),
    ),
    AnalysisStep(
        "atgarder",
        "Förslag till åtgärder",
        "Vad föreslår ni, vem ska göra det och hur ser ni om det blev bättre?",
        ("proposals",),
    ),
)
BY_KEY = {step.key: step for step in STEPS}


@dataclass(frozen=True)
class WrittenStep:
    """A step with what is written in it; the fourth has up to five answers."""

    number: int
    step: AnalysisStep
    texts: tuple[str, ...]

    @property
    def is_written(self) -> bool:
        return bool(self.texts)

    @property
    def heading(self) -> str:
        return f"{self.number}. {self.step.label}"

    @property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """Return each text with its question, which only the search for causes repeats."""
        if self.step is not CAUSES:
            return tuple(("", text) for text in self.texts)
        return tuple(("Varför?" if number else "Varför är det så?", text) for number, text in enumerate(self.texts))


@dataclass(frozen=True)
class AnalysisPaper:
    """The whole analysis as it is printed; `signed` is empty while it is a draft."""

    organisation: str
    cohort: str
    title: str
    steps: tuple[WrittenStep, ...]
    indicators: tuple[str, ...]
    signed: str
    signed_on: date | None
    written_on: date
    constructed: bool
    file_name: str

    @property
    def is_draft(self) -> bool:
        return self.signed_on is None

    @property
    def warning(self) -> str:
        public = "Analysen kan bli allmän handling."
        return f"{public} Skriv inget om enskilda personer." if self.is_draft else public


def written_steps(analysis: Analysis) -> tuple[WrittenStep, ...]:
    return tuple(
        WrittenStep(number, step, tuple(text for name in step.columns if (text := getattr(analysis, name))))
        for number, step in enumerate(STEPS, 1)
    )


def reached(analysis: Analysis) -> str:
    """Return in words which step the analysis has reached."""
    if analysis.is_signed:
        return signed_in_words(analysis)
    written = [row for row in written_steps(analysis) if row.is_written]
    if not written:
        return "Inget steg är skrivet än."
    if len(written) == len(STEPS):
        return "Alla sex stegen är skrivna. Den är inte undertecknad än."
    count = counted(len(written), "Ett av sex steg är skrivet", "av sex steg är skrivna")
    return sentence(f"{count}, senast ”{written[-1].step.label.lower()}”.")


def missing_steps(analysis: Analysis) -> str:
    return enumerated(f"”{row.step.label.lower()}”" for row in written_steps(analysis) if not row.is_written)


def signed_in_words(analysis: Analysis) -> str:
    if not analysis.is_signed or analysis.signed_on is None:
        return ""
    return f"Undertecknad av {Function(analysis.signed_function).label.lower()} {day(analysis.signed_on)}."


def headline(analyses: Iterable[Analysis], organisation: str, *, own: bool) -> str:
    rows = list(analyses)
    if not rows:
        return "Ni har inte börjat på någon analys än." if own else f"{organisation} delar ingen analys än."
    count = "en jämställdhetsanalys" if len(rows) == 1 else f"{in_words(len(rows))} jämställdhetsanalyser"
    if not own:
        return f"{organisation} delar {count}."
    signed = sum(row.is_signed for row in rows)
    if len(rows) == 1:
        return f"Ni har {count}. {'Den är undertecknad.' if signed else 'Den är inte undertecknad än.'}"
    if signed == len(rows):
        return f"Ni har {count}. Alla är undertecknade."
    which = {0: "Ingen är undertecknad än.", 1: "En är undertecknad."}
    return f"Ni har {count}. {which.get(signed, f'{sentence(in_words(signed))} är undertecknade.')}"


def analysis_paper(analysis: Analysis, today: date) -> AnalysisPaper:
    """Return what is printed of the analysis, fetched with its organisation and omgång."""
    participation = analysis.participation
    return AnalysisPaper(
        organisation=participation.organisation.name,
        cohort=participation.cohort.name,
        title=analysis.title,
        steps=written_steps(analysis),
        indicators=tuple(row.title for row in analysis.indicators.all()),
        signed=signed_in_words(analysis),
        signed_on=analysis.signed_on,
        written_on=analysis.signed_on or today,
        constructed=participation.cohort.constructed,
        file_name=f"jamstalldhetsanalys-{participation.code}-{slugify(analysis.title)[:60] or 'utan-rubrik'}",
    )
