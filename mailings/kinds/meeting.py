"""Mail about a meeting."""

from mailings.kinds.base import MailKind

DEPUTY_ASKED = MailKind(
    key="deputy_asked",
    name="Kan du komma som ersättare?",
    when="När en representant har svarat att hen inte kommer och frågar sin ersättare.",
    subject="Kan du komma till {traff} i stället för {person}?",
    body=(
        "{person} kan inte komma till {traff} den {dag} och frågar om du kan komma i stället för {organisation}.\n\n"
        "På sidan ser du dagordningen och vad som ska förberedas. Svara där om du kommer eller inte."
    ),
    fields=("traff", "dag", "person", "organisation"),
    button="Se träffen och svara",
    waits=False,
)

KINDS: tuple[MailKind, ...] = (DEPUTY_ASKED,)
