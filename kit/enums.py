from django.db import models


class BuildState(models.TextChoices):
    QUEUED = "queued", "I kö"
    WORKING = "working", "Byggs"
    READY = "ready", "Klar"
    FAILED = "failed", "Gick inte att bygga"


class WhyKept(models.TextChoices):
    """Why a form could not be saved; the label is what its page says of it."""

    SIGNED_OUT = "signed_out", "Du loggades ut innan det här sparades. Läs igenom och spara igen."
    STALE = "stale", "Sidan var inte aktuell längre, så det här sparades inte. Läs igenom och spara igen."
    SENT = "sent", "Det här formuläret har du redan sparat en gång. Spara igen om också det som står här ska sparas."
