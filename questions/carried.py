"""The cohort package carries nothing of this app (data/FORMAT.md)."""

from questions.models import AskedQuestion

NOT_CARRIED = {AskedQuestion: "an organisation's own notes, which are neither shared nor handed in"}
