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
    JSON = "json", "JSON"

    @property
    def definite(self) -> str:
        return f"{self.label}:en" if self == BuildFormat.PDF else f"{self.label}-filen"
