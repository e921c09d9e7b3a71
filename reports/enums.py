from django.db.models import TextChoices


class ReportState(TextChoices):
    DRAFT = "draft", "Arbetsmaterial"
    SUBMITTED = "submitted", "Inlämnad"
    PUBLISHED = "published", "Publicerad"


class JointState(TextChoices):
    DRAFT = "draft", "Arbetsmaterial"
    PUBLISHED = "published", "Publicerad"


class BuildState(TextChoices):
    QUEUED = "queued", "I kö"
    WORKING = "working", "Byggs"
    READY = "ready", "Klar"
    FAILED = "failed", "Gick inte att bygga"
