"""The jämställdhetsanalys as an accessible Word document."""

from docx.document import Document as WordDocument

from indicators.analyses import AnalysisPaper, WrittenStep
from kit.signs import in_xml
from kit.word import MEDIA_TYPE, About, bytes_of, new_document, paragraph

__all__ = ("MEDIA_TYPE", "word_of")

CONSTRUCTED = "Konstruerade demonstrationsuppgifter. Organisationen och texterna är påhittade."


def word_of(paper: AnalysisPaper) -> bytes:
    header = f"{'Arbetsmaterial · ' if paper.is_draft else ''}{paper.organisation}"
    about = f"Jämställdhetsanalys: {paper.title}. {paper.organisation}"
    document = new_document(About(about, paper.organisation, header, paper.written_on))
    document.add_heading(in_xml(paper.title), level=1)
    paragraph(document, f"Jämställdhetsanalys. {paper.organisation}, {paper.cohort}.")
    paragraph(document, paper.signed or "Analysen är ett utkast och inte undertecknad.", bold=True)
    if paper.constructed:
        paragraph(document, CONSTRUCTED)
    if paper.indicators:
        paragraph(document, f"Nyckeltal: {', '.join(paper.indicators)}.")
    for step in paper.steps:
        _step(document, step)
    paragraph(document, paper.warning)
    return bytes_of(document)


def _step(document: WordDocument, written: WrittenStep) -> None:
    document.add_heading(in_xml(written.heading), level=2)
    if not written.is_written:
        paragraph(document, "Steget är inte skrivet än.")
    for question, text in written.answers:
        if question:
            paragraph(document, question, bold=True)
        paragraph(document, text)
