"""A draft of the organisation's own decision to be a mentor, in the shape of every paper to the board."""

from collections.abc import Iterator
from datetime import date

from cohorts.enums import MentorModel, Status
from cohorts.models import Cohort, Participation
from kit.templatetags.swedish import day_span, sentence
from mentoring.load import EXPECTATIONS, WHO_TAKES_PART, WORTH, Estimate, not_meant
from mentoring.task import MentorTask
from papers.facts import Fact
from papers.models import PaperStyle
from papers.paper import Block, BoardPaper, PaperHeading, PaperParts, Points, board_paper
from papers.style import style_of
from reports.board_paper.ground import Ground, facts_of, ground_of
from reports.board_paper.words import biggest_move, enclosed, moved_in_short

PROGRAMME = "Modellkommuner och Modellregioner"
NOT_SETTLED = "Hur mentorerna delar på arbetet bestäms tillsammans med SKR."
EFFECT = (
    "[Vad mentorskapet väntas ge kvinnor och män, flickor och pojkar hos er och hos dem ni stödjer. Uppdraget ändrar i "
    "sig inget i verksamheten.]"
)
# The values of what an organisation has been through that the paper prints.
PRINTED = ("occasion", "item", "indicator", "report")


def paper_of(task: MentorTask, today: date) -> BoardPaper:
    """Return the draft about `task.about`, which need not be the omgång the organisation has been through."""
    organisation, cohort = task.participation.organisation, task.about
    name, style = organisation.name, style_of(organisation)
    ground = _ground(task, today)
    parts = PaperParts(
        proposal=(_proposal(style, name, cohort),),
        statement=("[Varför ni vill vara mentor, och hur det hör ihop med era mål.]",),
        summary=(_summary(name, cohort, task.coming_estimate),),
        matter=(
            PaperHeading("Bakgrund", (_background(task.been_through, ground, today),), level=3),
            PaperHeading("Syfte med mentor", ("En mentor förväntas:", Points(EXPECTATIONS)), level=3),
            PaperHeading("Värdet för mentorn", (WORTH,), level=3),
            PaperHeading(
                "Så går det till", (_how(cohort), "I uppdraget ingår inte:", Points(not_meant(cohort))), level=3
            ),
        ),
        effect=tuple(_effect(ground)),
        annexes=(_annex(ground),),
        extracts=("[Chef och strateg.] Sveriges Kommuner och Regioner.",),
    )
    return board_paper(
        style,
        parts,
        title=f"{name} som mentor i {cohort.name if cohort else PROGRAMME}",
        written_on=today,
        facts=tuple(_facts(task, ground)),
        invented=task.participation.cohort.constructed,
    )


def _ground(task: MentorTask, today: date) -> Ground | None:
    """Return what the organisation entered in the omgång it has been through."""
    if task.been_through is None:
        return None
    own = task.participation
    if own.cohort_id != task.been_through.pk:
        rows = Participation.objects.participants().exclude(status=Status.WITHDRAWN)
        rows = rows.filter(cohort=task.been_through, organisation=own.organisation_id)
        own = rows.select_related("organisation", "cohort__plan__checklist").get()
    return ground_of(own, today)


def _facts(task: MentorTask, ground: Ground | None) -> Iterator[Fact]:
    cohort, estimate = task.about, task.coming_estimate
    about = (cohort.name, cohort.starts_on, cohort.ends_on, cohort.mentor_model) if cohort else ()
    yield Fact("about", "omgången som mentorskapet gäller", repr(about))
    yield Fact("hours", "timmarna", repr((estimate.meetings, estimate.hours_each, estimate.own)))
    for fact in facts_of(ground) if ground else ():
        if fact.key.partition(".")[0] in PRINTED:
            yield fact


def _dates(cohort: Cohort) -> str:
    return day_span(cohort.starts_on, cohort.ends_on)


def _proposal(style: PaperStyle, name: str, cohort: Cohort | None) -> str:
    which = f"{cohort.name}, {_dates(cohort)}" if cohort else f"nästa omgång av {PROGRAMME}, [vilken och när]"
    return f"{sentence(style.body)} beslutar att {name} deltar som mentor i {which}."


def _summary(name: str, cohort: Cohort | None, estimate: Estimate) -> str:
    what = f"{cohort.name} är en omgång i {PROGRAMME}" if cohort else PROGRAMME + " är"
    return (
        f"{what}, det stöd som Sveriges Kommuner och "
        f"Regioner (SKR) ger för jämställdhet i styrning och ledning. {name} föreslås vara mentor för nya deltagare. "
        f"{_hours(estimate)} Mentorn bär sina egna kostnader för resor."
    )


def _hours(estimate: Estimate) -> str:
    """Return the hours and whose figure they are: a board must not take our estimate for SKR's."""
    if estimate.own is not None:
        return f"Uppdraget beräknas ta {estimate.own} timmar, enligt vår egen uppskattning."
    each = f"{estimate.hours_each} timmar för varje lärandeträff som mentorn stödjer, med förberedelser och resor"
    total = f"Att stödja lärandeträffarna beräknas ta {estimate.hours} timmar. " if estimate.hours else ""
    return (
        f"{total}Beräkningen är verktyget Modells uppskattning, {each}. Konferenserna och de andra träffarna "
        "tillkommer. [Räkna om till er tid.]"
    )


def _background(through: Cohort | None, ground: Ground | None, today: date) -> str:
    if through is None:
        return "[När ni själva gick igenom programmet, och vad det gav.]"
    took_part = "Vi deltar i" if through.ends_on >= today else "Vi har deltagit i"
    gave = (moved_in_short(ground) if ground else "") or "[Vad det gav oss, i två meningar.]"
    return f"{took_part} {through.name}, {_dates(through)}. {gave}"


def _effect(ground: Ground | None) -> Iterator[Block]:
    """Yield what its own work has changed for women and men, where that is known, and what to write."""
    if ground and (moved := biggest_move(ground)):
        yield f"Det egna arbetet följs för kvinnor och män. {moved}"
    yield EFFECT


def _annex(ground: Ground | None) -> str:
    return (enclosed(ground) if ground else "") or "[Er resultatrapport, om ni vill att den läses.]"


def _how(cohort: Cohort | None) -> str:
    if cohort is None:
        return f"{NOT_SETTLED} {WHO_TAKES_PART}"
    shared = {
        MentorModel.BY_THEME: "Flera mentorer delar på omgången. Var och en stödjer en lärandeträff.",
        MentorModel.PER_GROUP: "Mentorn stödjer en grupp på två eller tre organisationer.",
        MentorModel.NONE: NOT_SETTLED,
    }
    return f"{shared[MentorModel(cohort.mentor_model)]} {WHO_TAKES_PART}"
