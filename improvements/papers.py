"""The story of an improvement as paper: HTML for the PDF, and Word. People stand here by function, never by name."""

from collections.abc import Iterable

from django.template.loader import render_to_string
from docx.document import Document as WordDocument

from improvements.story import Story
from improvements.trials import Trial
from indicators.papers import add_table
from indicators.sheet import IndicatorSheet
from kit.pdf import Cover
from kit.signs import in_xml
from kit.word import ONE_PAGE, About, bytes_of, new_document, paragraph

CONSTRUCTED = "Konstruerade demonstrationsuppgifter. Organisationen och texterna är påhittade."


def html_of(story: Story) -> str:
    cover = Cover(
        title=story.improvement.title,
        subtitle=story.whose,
        sender=(story.organisation,),
        day=story.today,
        demonstration=story.invented,
    )
    return render_to_string("improvements/pdf/story.html", {"cover": cover, "story": story})


def word_of(story: Story) -> bytes:
    improvement = story.improvement
    about = About(f"{improvement.title}: {story.organisation}", story.organisation, story.organisation, story.today)
    document = new_document(about, ONE_PAGE)
    document.add_heading(in_xml(improvement.title), level=1)
    paragraph(document, f"{story.whose}.")
    if story.invented:
        paragraph(document, CONSTRUCTED)
    paragraph(document, story.standing, bold=True)
    _part(document, "Vad vill vi åstadkomma?", story.wanted or ("Inte beskrivet än.",))
    _part(document, "Hur vet vi att det blir bättre?", story.measured_in_words)
    for sheet in story.sheets:
        _sheet(document, sheet)
    _part(document, "Vilka förändringar kan leda dit?", [f"{idea.text} ({idea.state.lower()})" for idea in story.ideas])
    if story.trials:
        document.add_heading("Vad vi har prövat", level=2)
        paragraph(document, story.what_a_cycle_is)
        for trial in story.trials:
            _trial(document, trial)
    _part(document, "Det här lärde vi oss", [improvement.learnt] if improvement.learnt else ())
    if story.steps:
        document.add_heading("På resultatkedjan", level=2)
    for step in story.steps:
        paragraph(document, f"{step.get_stage_display()}. {step.how_far}, {step.when}.", bold=True)
        paragraph(document, step.text)
    return bytes_of(document)


def _part(document: WordDocument, heading: str, lines: Iterable[str]) -> None:
    lines = list(lines)
    if lines:
        document.add_heading(heading, level=2)
    for line in lines:
        paragraph(document, line)


def _sheet(document: WordDocument, sheet: IndicatorSheet) -> None:
    document.add_heading(in_xml(sheet.headline), level=3)
    for text in filter(None, (sheet.about, sheet.lead)):
        paragraph(document, text)
    if sheet.picture:
        add_table(document, sheet.picture.table)
    if sheet.happenings:
        paragraph(document, f"På tidslinjen: {'; '.join(happening.line for happening in sheet.happenings)}.")
    for line in (*sheet.notes, " ".join(sheet.sources)):
        paragraph(document, line)


def _trial(document: WordDocument, trial: Trial) -> None:
    document.add_heading(in_xml(trial.heading), level=3)
    paragraph(document, trial.cycle.plan)
    if trial.cycle.do:
        paragraph(document, f"Vi gjorde: {trial.cycle.do}")
    if trial.beside:
        add_table(document, trial.beside)
    else:
        for heading, text in trial.prediction_and_outcome:
            paragraph(document, f"{heading}: {text}")
    paragraph(document, trial.decided)
