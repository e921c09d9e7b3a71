"""Kinds of mail about a meeting."""

from mailings.kinds import MailKind

DEPUTY_ASKED = MailKind(
    key="deputy_asked",
    name="Kan du komma som ersättare?",
    when="När en representant har svarat att hen inte kommer och frågar sin ersättare.",
    subject="Kan du komma till {traff} i stället för {person}?",
    body=(
        "{person} kan inte komma till {traff} den {dag} och frågar om du kan komma som ersättare för "
        "{organisation}.\n\nPå sidan ser du dagordningen och vad som ska förberedas. Svara där om du kommer eller inte."
    ),
    fields=("traff", "dag", "person", "organisation"),
    button="Se träffen och svara",
    waits=False,
)

OTHER_HOURS = MailKind(
    key="meeting_hours",
    name="En träff har fått en annan tid på dagen",
    when="När SKR eller värden ändrar klockslaget för en träff, till dem som har svarat att de kommer.",
    subject="{traff} i {omgang} har fått en ny tid",
    body=(
        "{traff} är på samma dag som förut, men på en annan tid.\n\nFörut: {forut}\nNu: {nu}\n\nDu har svarat att du "
        "kommer. Svara igen på träffens sida, så vet vi om den nya tiden passar."
    ),
    fields=("traff", "forut", "nu"),
    button="Öppna träffen",
    waits=False,
)

KINDS: tuple[MailKind, ...] = (DEPUTY_ASKED, OTHER_HOURS)
