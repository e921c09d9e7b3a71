"""A draft in Word for the organisation's own decision to be a mentor.

Square brackets mark what only the organisation knows.
"""

from dataclasses import dataclass
from datetime import date

from cohorts.enums import MentorModel, OrganisationKind
from cohorts.models import Cohort
from kit.signs import in_xml
from kit.templatetags.swedish import day_span
from kit.word import ONE_PAGE, About, bytes_of, new_document, paragraph
from mentoring.load import EXPECTATIONS, WHO_TAKES_PART, WORTH, Estimate, not_meant
from mentoring.task import MentorTask

Block = str | tuple[str, ...]


@dataclass(frozen=True)
class PaperHeading:
    """A heading with its paragraphs; a tuple among the blocks is a list."""

    text: str
    blocks: tuple[Block, ...] = ()
    level: int = 2


@dataclass(frozen=True)
class Paper:
    title: str
    organisation: str
    written_on: date
    headings: tuple[PaperHeading, ...]

    @property
    def file_name(self) -> str:
        return f"Underlag mentorskap {self.organisation}.docx"

    @property
    def text(self) -> str:
        blocks = [block for heading in self.headings for block in (heading.text, *heading.blocks)]
        return "\n".join("\n".join(block) if isinstance(block, tuple) else block for block in blocks)


# The board that decides for each kind of organisation; in brackets where the kind alone does not tell.
BOARDS = {
    OrganisationKind.KOMMUN: "Kommunstyrelsen",
    OrganisationKind.REGION: "Regionstyrelsen",
    OrganisationKind.ASSOCIATION: "[Förbundsdirektionen eller förbundsstyrelsen]",
    OrganisationKind.DISTRICT: "Stadsdelsnämnden",
    OrganisationKind.ADMINISTRATION: "[Nämnden]",
}
PROGRAMME = "Modellkommuner och Modellregioner"


def paper_of(task: MentorTask, today: date) -> Paper:
    """Return the draft about `task.about`, which need not be the omgång the organisation has been through."""
    organisation, cohort = task.participation.organisation, task.about
    name = organisation.name
    board = BOARDS[OrganisationKind(organisation.kind)]
    which = f"{cohort.name}, {_dates(cohort)}" if cohort else f"nästa omgång av {PROGRAMME}, [vilken och när]"
    return Paper(
        title=f"{name} som mentor i {cohort.name if cohort else PROGRAMME}",
        organisation=name,
        written_on=today,
        headings=(
            PaperHeading(
                "Förslag till beslut",
                (f"{board} beslutar att {name} deltar som mentor i {which}.",),
            ),
            PaperHeading(
                "Yttrande till beslutsförslaget", ("[Varför ni vill vara mentor, och hur det hör ihop med era mål.]",)
            ),
            PaperHeading("Sammanfattning", (_summary(name, cohort, task.coming_estimate),)),
            PaperHeading("Ärendet"),
            PaperHeading("Bakgrund", (_background(task.been_through, today),), level=3),
            PaperHeading("Syfte med mentor", ("En mentor förväntas:", EXPECTATIONS), level=3),
            PaperHeading("Värdet för mentorn", (WORTH,), level=3),
            PaperHeading(
                "Så går det till",
                (_how(cohort), "I uppdraget ingår inte:", not_meant(cohort)),
                level=3,
            ),
            PaperHeading("Beslutsförslagets påverkan avseende jämställdhet", (EFFECT,)),
            PaperHeading("Bilagor", ("[Er resultatrapport, om ni vill att den läses.]",)),
            PaperHeading("Protokollsutdrag skickas till", ("[Chef och strateg.] Sveriges Kommuner och Regioner.",)),
        ),
    )


NOT_SETTLED = "Hur mentorerna delar på arbetet bestäms tillsammans med SKR."
EFFECT = (
    "Beslutet bedöms påverka jämställdheten positivt. Mentorskapet stärker vårt eget systematiska arbete och hjälper "
    "andra att styra verksamheten så att kvinnor och män, flickor och pojkar får likvärdig service. [Anpassa.]"
)


def word_of(paper: Paper) -> bytes:
    header = f"Utkast till beslutsunderlag · {paper.organisation} · Diarienummer [fyll i]"
    document = new_document(About(paper.title, paper.organisation, header, paper.written_on), ONE_PAGE)
    document.add_heading(in_xml(paper.title), level=1)
    for heading in paper.headings:
        document.add_heading(heading.text, level=heading.level)
        for block in heading.blocks:
            if isinstance(block, str):
                paragraph(document, block)
                continue
            for line in block:
                point = document.add_paragraph(in_xml(line), style="List Bullet")
                point.paragraph_format.space_after = 0
    return bytes_of(document)


def _dates(cohort: Cohort) -> str:
    return day_span(cohort.starts_on, cohort.ends_on)


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


def _background(through: Cohort | None, today: date) -> str:
    if through is None:
        return "[När ni själva gick igenom programmet, och vad det gav.]"
    took_part = "Vi deltar i" if through.ends_on >= today else "Vi har deltagit i"
    return f"{took_part} {through.name}, {_dates(through)}. [Vad det gav oss, i två meningar.]"


def _how(cohort: Cohort | None) -> str:
    if cohort is None:
        return f"{NOT_SETTLED} {WHO_TAKES_PART}"
    shared = {
        MentorModel.BY_THEME: "Flera mentorer delar på omgången. Var och en stödjer en lärandeträff.",
        MentorModel.PER_GROUP: "Mentorn stödjer en grupp på två eller tre organisationer.",
        MentorModel.NONE: NOT_SETTLED,
    }
    return f"{shared[MentorModel(cohort.mentor_model)]} {WHO_TAKES_PART}"
