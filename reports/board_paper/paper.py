"""The paper by which a board takes note of its organisation's result report."""

from collections.abc import Iterator

from cohorts.models import Participation
from improvements.enums import State
from kit.templatetags.swedish import counted, day, day_span, enumerated, sentence
from papers.models import PaperStyle
from papers.paper import Block, BoardPaper, PaperHeading, PaperParts, board_paper
from papers.style import director_of, style_of
from reports.board_paper.ground import Ground, facts_of
from reports.board_paper.words import (
    chain_words,
    decided_words,
    effect_words,
    enclosed,
    finished,
    followed_words,
    ground_decision,
    improved_words,
    in_short,
    lowest_items,
    moved_in_short,
    quoted,
    rated_words,
)

PROGRAMME = (
    "Modellkommuner och Modellregioner är ett stöd som Sveriges Kommuner och Regioner (SKR) ger för "
    "jämställdhetsintegrering i ledning och styrning. Organisationer går igenom det tillsammans i en omgång. De "
    "skattar sig själva efter en checklista, lär av varandra på träffar och prövar förbättringar hemma."
)
TO_FILE = (
    "Att lägga rapporten till handlingarna ändrar i sig inget för kvinnor och män, flickor och pojkar. Det kan ett "
    "uppdrag göra: [vad uppdraget i punkt 2 väntas betyda för dem. Stryk meningen om inget uppdrag ges]."
)
NOT_HANDED_IN = "[Resultatrapporten. Den är inte inlämnad än. När den är det står utgåvans nummer och dag här.]"
# The section of the report that looks ahead (data/FORMAT.md).
NEXT_STEPS = "next_steps"


def report_paper(ground: Ground) -> BoardPaper:
    participation = ground.participation
    style = style_of(participation.organisation)
    parts = PaperParts(
        proposal=tuple(_proposal(ground, style)),
        statement=tuple(_statement(ground)),
        summary=tuple(_summary(ground)),
        matter=(
            PaperHeading("Bakgrund", (f"{PROGRAMME} {_took_part(ground)}",), level=3),
            PaperHeading("Självskattningen då och nu", tuple(rated_words(ground)), level=3),
            PaperHeading("Förbättringar", tuple(improved_words(ground)), level=3),
            PaperHeading("Insatser längs resultatkedjan", tuple(chain_words(ground)), level=3),
            PaperHeading("Skillnader mellan kvinnor och män", tuple(followed_words(ground)), level=3),
            PaperHeading("Beslut", tuple(decided_words(ground)), level=3),
            PaperHeading("Resultatrapporten", tuple(_report(ground)), level=3),
        ),
        effect=(*effect_words(ground), TO_FILE),
        annexes=(enclosed(ground) or NOT_HANDED_IN,),
        extracts=(_extract(participation),),
    )
    return board_paper(
        style,
        parts,
        title=f"Resultatrapport från {participation.cohort.name}",
        written_on=ground.today,
        facts=facts_of(ground),
        invented=participation.cohort.constructed,
    )


def _proposal(ground: Ground, style: PaperStyle) -> Iterator[str]:
    body = sentence(style.body)
    yield f"{body} beslutar att lägga resultatrapporten till handlingarna."
    low = lowest_items(ground)
    lowest = f" Lägst värde i självskattningen har {quoted(item.short for item in low)}." if low else ""
    director = director_of(ground.participation.organisation)
    task = f"[vad, och när det redovisas.{lowest} Stryk punkten om inget uppdrag ges.]"
    yield f"{body} beslutar att ge {director} i uppdrag att {task}"


def _statement(ground: Ground) -> Iterator[Block]:
    if on := ground_decision(ground):
        yield on
    if ahead := _ahead(ground):
        yield f"Om det fortsatta arbetet står det i resultatrapporten: ”{ahead}”"
    yield "[Er bedömning: varför beslutet behövs, och hur det hör ihop med mål och budget.]"


def _ahead(ground: Ground) -> str:
    sections = ground.report.sections if ground.report else ()
    return next((in_short(section.spoken) for section in sections if section.key == NEXT_STEPS), "")


def _summary(ground: Ground) -> Iterator[Block]:
    yield f"{_took_part(ground)} I ärendet behandlas {_which(ground)}."
    said = [finished(line) for line in (moved_in_short(ground), _counts(ground)) if line]
    if said:
        yield " ".join(said)


def _took_part(ground: Ground) -> str:
    participation = ground.participation
    cohort, today = participation.cohort, ground.today
    if participation.has_left_by(today):
        until = f" till {day(participation.withdrawn_on)}" if participation.withdrawn_on else ""
        return f"{ground.name} deltog i {cohort.name}{until}."
    ongoing = cohort.ends_on >= today
    if participation.is_participant:
        took = "deltar i" if ongoing else "har deltagit i"
    else:
        took = "är mentor i" if ongoing else "har varit mentor i"
    return f"{ground.name} {took} {cohort.name}, {day_span(cohort.starts_on, cohort.ends_on)}."


def _which(ground: Ground) -> str:
    edition = ground.edition
    return f"resultatrapporten, utgåva {edition.number}" if edition else "resultatrapporten"


def _counts(ground: Ground) -> str:
    adopted, followed, decided = len(ground.in_state(State.ADOPTED)), len(ground.compared), len(ground.decisions)
    parts = [
        counted(adopted, "ett förbättringsarbete som är infört", "förbättringsarbeten som är införda"),
        counted(followed, "ett nyckeltal för kvinnor och män", "nyckeltal för kvinnor och män"),
        counted(decided, "ett politiskt beslut", "politiska beslut"),
    ]
    said = [part for part, number in zip(parts, (adopted, followed, decided), strict=True) if number]
    return f"Här redovisas också {enumerated(said)}." if said else ""


def _report(ground: Ground) -> Iterator[Block]:
    if ground.report is None:
        yield "[Vad resultatrapporten tar upp. Den är inte inlämnad än.]"
        return
    if ground.report.sections:
        yield f"Resultatrapporten har avsnitten {quoted(section.title for section in ground.report.sections)}."
    else:
        yield "Resultatrapporten har inga egna avsnitt."


def _extract(participation: Participation) -> str:
    director = director_of(participation.organisation)
    if director.startswith("["):
        return "[De som berörs av beslutet, till exempel högsta chefen.]"
    return f"[De som berörs av beslutet, till exempel {director} och andra berörda chefer.]"
