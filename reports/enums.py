from django.db.models import TextChoices


class ReportState(TextChoices):
    DRAFT = "draft", "Arbetsmaterial"
    SUBMITTED = "submitted", "Inlämnad"
    PUBLISHED = "published", "Publicerad"


class SectionKind(TextChoices):
    """What a section of the result report holds beside its text, and whether its text is written in parts."""

    TEXT = "text", "Text"
    MOMENTS = "moments", "Ett stycke för varje moment"
    STAGES = "stages", "Ett stycke för varje steg i resultatkedjan"
    EXPECTED = "expected", "Förväntade resultat"
    GOALS = "goals", "Egna mål"
    PLACEMENT = "placement", "Plats i resultatkedjan"
    ADVICE = "advice", "Råd till SKR"
    MENTORSHIP = "mentorship", "Mentorskap"

    @property
    def has_parts(self) -> bool:
        return self in (SectionKind.MOMENTS, SectionKind.STAGES)


class JointState(TextChoices):
    DRAFT = "draft", "Arbetsmaterial"
    PUBLISHED = "published", "Publicerad"


class FiguresAs(TextChoices):
    """How the joint report tells the omgång's figures; SKR chooses where someone could work out more of them."""

    FIGURES = "figures", "Siffror"
    WORDS = "words", "Ord"


class RowOrder(TextChoices):
    """In which order the rows of the joint report's table of means stand."""

    NOW = "now", "Starkast nu först"
    THEN = "then", "Starkast då först"
    CHECKLIST = "checklist", "Checklistans ordning"


class ChapterKind(TextChoices):
    """Which automatic parts a chapter of the joint report has; the label tells SKR of them."""

    TEXT = "text", "Bara text"
    PREFACE = "preface", "Förord"
    SUMMARY = "summary", "Sammanfattning"
    INTRODUCTION = "introduction", "Inledning, med deltagare och mentorer"
    CONCEPT = "concept", "Modellkonceptet, med stegen, tidplanen och resultatkedjan"
    DEVELOPMENT = "development", "Utveckling av konceptet"
    RESULTS = "results", "Deltagarnas resultat, med en text för varje moment och steg i resultatkedjan"
    LESSONS = "lessons", "Lärdomar"
    ATTAINMENT = "attainment", "Måluppfyllelse"
    REFLECTIONS = "reflections", "Avslutande reflektioner"
    ANNEX = "annex", "Bilagor, med alla deltagare och exempel"


class ChapterOwner(TextChoices):
    SKR = "skr", "SKR"
    EVALUATOR = "evaluator", "Utvärderaren"


class ChapterState(TextChoices):
    DRAFT = "draft", "Utkast"
    REVIEW = "review", "Granskas"
    DONE = "done", "Klar"


class SourceKind(TextChoices):
    """What may be taken in to the joint report."""

    QUOTE = "quote", "Citat"
    TEXT = "text", "Text ur en resultatrapport"
    EXAMPLE = "example", "Lärande exempel"
    EVALUATOR = "evaluator", "Utvärderarens"


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
