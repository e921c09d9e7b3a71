from django.db.models import TextChoices


class ReportState(TextChoices):
    DRAFT = "draft", "Arbetsmaterial"
    SUBMITTED = "submitted", "Inlämnad"
    PUBLISHED = "published", "Publicerad"


class JointState(TextChoices):
    DRAFT = "draft", "Arbetsmaterial"
    PUBLISHED = "published", "Publicerad"


class FiguresAs(TextChoices):
    """How the joint report tells the omgång's figures; SKR chooses where someone could work out more of them."""

    FIGURES = "figures", "Siffror"
    WORDS = "words", "Ord"


class BuildFormat(TextChoices):
    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
    SLIDES = "pptx", "Bilder (PowerPoint)"
    WEB = "html", "Webbsidor"
    JSON = "json", "JSON"

    @property
    def definite(self) -> str:
        return DEFINITE[self]

    @property
    def in_a_sentence(self) -> str:
        return self.label.replace("Bilder", "bilder")


# How a file of the format is named in a sentence, and what its page says of it.
DEFINITE = {
    BuildFormat.PDF: "PDF:en",
    BuildFormat.WORD: "Word-filen",
    BuildFormat.SLIDES: "PowerPoint-filen",
    BuildFormat.WEB: "Filen med webbsidor",
    BuildFormat.JSON: "JSON-filen",
}
NOTES = {
    BuildFormat.PDF: "Filen är tillgänglig för skärmläsare och kan arkiveras.",
    BuildFormat.WORD: "Den går att ändra i Word och liknande program.",
    BuildFormat.SLIDES: "Diagrammen går att ändra, och det du kan säga till varje bild står i anteckningarna.",
    BuildFormat.WEB: "Packa upp filen och öppna index.html i en webbläsare.",
    BuildFormat.JSON: "",
}
# What is ordered from a report's page.
ORDERED = (BuildFormat.PDF, BuildFormat.WORD, BuildFormat.SLIDES)
