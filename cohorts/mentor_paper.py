"""Underlag for the organisation's own decision to be mentor: a page in Word, under a tjänsteskrivelse's headings.

It is written as the organisation's own draft. What only the organisation knows stands in square brackets.
"""

from dataclasses import dataclass
from datetime import date

from cohorts.enums import MentorModel
from cohorts.mentor_task import MentorTask
from cohorts.mentoring import EXPECTATIONS, WHO_TAKES_PART, Estimate
from cohorts.models import Cohort, Participation
from modell.templatetags.swedish import day
from modell.word import ONE_PAGE, About, bytes_of, clean, new_document, paragraph

Block = str | tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A heading with what stands under it: a paragraph, or a list as a tuple."""

    text: str
    blocks: tuple[Block, ...] = ()
    level: int = 2


@dataclass(frozen=True)
class Paper:
    title: str
    organisation: str
    written_on: date
    headings: tuple[Heading, ...]

    @property
    def file_name(self) -> str:
        return f"Underlag mentorskap {self.organisation}.docx"

    @property
    def text(self) -> str:
        """All of it, as a reader meets it."""
        blocks = [block for heading in self.headings for block in (heading.text, *heading.blocks)]
        return "\n".join("\n".join(block) if isinstance(block, tuple) else block for block in blocks)


def paper_of(task: MentorTask, today: date) -> Paper:
    """About the omgång to be mentor in, which need not be the one the organisation has been through."""
    participation, cohort, estimate = task.participation, task.about, task.estimate
    name = participation.organisation.name
    board = "Regionstyrelsen" if participation.kind == "region" else "Kommunstyrelsen"
    return Paper(
        title=f"{name} som mentor i {cohort.name}",
        organisation=name,
        written_on=today,
        headings=(
            Heading(
                "Förslag till beslut",
                (f"{board} beslutar att {name} deltar som mentor i {cohort.name}, {_dates(cohort)}.",),
            ),
            Heading(
                "Yttrande till beslutsförslaget", ("[Varför ni vill vara mentor, och hur det hör ihop med era mål.]",)
            ),
            Heading("Sammanfattning", (_summary(name, cohort, estimate),)),
            Heading("Ärendet"),
            Heading("Bakgrund", (_background(participation, cohort),), level=3),
            Heading("Syfte med mentor", ("En mentor förväntas:", EXPECTATIONS), level=3),
            Heading("Värdet för mentorn", (WORTH,), level=3),
            Heading(
                "Så går det till",
                (_how(cohort), "I uppdraget ingår:", task.not_meant),
                level=3,
            ),
            Heading("Beslutsförslagets påverkan avseende jämställdhet", (EFFECT,)),
            Heading("Bilagor", ("[Er resultatrapport, om ni vill att den läses.]",)),
            Heading("Protokollsutdrag skickas till", ("[Chef och strateg.] Sveriges Kommuner och Regioner.",)),
        ),
    )


WORTH = (
    "Den som förklarar för andra får syn på sitt eget arbete. Mentorskapet håller frågan levande hemma, ger del "
    "av nya deltagares lösningar och ett nätverk med andra som styr för jämställdhet."
)
EFFECT = (
    "Beslutet bedöms påverka jämställdheten positivt. Mentorskapet stärker vårt eget systematiska arbete och hjälper "
    "andra att styra verksamheten så att kvinnor och män, flickor och pojkar får likvärdig service. [Anpassa.]"
)


def word_of(paper: Paper) -> bytes:
    header = f"Utkast till beslutsunderlag · {paper.organisation} · Dnr [fyll i]"
    document = new_document(About(paper.title, paper.organisation, header, paper.written_on), ONE_PAGE)
    document.add_heading(clean(paper.title), level=1)
    for heading in paper.headings:
        document.add_heading(heading.text, level=heading.level)
        for block in heading.blocks:
            if isinstance(block, str):
                paragraph(document, block)
                continue
            for line in block:
                point = document.add_paragraph(clean(line), style="List Bullet")
                point.paragraph_format.space_after = 0
    return bytes_of(document)


def _dates(cohort: Cohort) -> str:
    return f"{day(cohort.starts_on)}–{day(cohort.ends_on)}"


def _summary(name: str, cohort: Cohort, estimate: Estimate) -> str:
    took = f"Uppdraget beräknas ta {estimate.hours} timmar." if estimate.hours else estimate.words
    return (
        f"{cohort.name} är en omgång i Modellkommuner och Modellregioner, det stöd som Sveriges Kommuner och "
        f"Regioner (SKR) ger för jämställdhet i styrning och ledning. {name} föreslås vara mentor för nya deltagare. "
        f"{took} Mentorn bär sina egna kostnader för resor."
    )


def _background(participation: Participation, cohort: Cohort) -> str:
    through = participation.cohort
    if through.pk == cohort.pk:
        return "[När ni själva gick igenom programmet, och vad det gav.]"
    return f"Vi har deltagit i {through.name}, {_dates(through)}. [Vad det gav oss, i två meningar.]"


def _how(cohort: Cohort) -> str:
    shared = {
        MentorModel.BY_THEME: "Flera mentorer delar på omgången. Var och en stödjer en lärandeträff.",
        MentorModel.PER_GROUP: "Mentorn stödjer en grupp på två eller tre organisationer.",
        MentorModel.NONE: "Hur mentorerna delar på arbetet bestäms tillsammans med SKR.",
    }
    return f"{shared[MentorModel(cohort.mentor_model)]} {WHO_TAKES_PART}"
