"""Kinds of mail about a meeting."""

from mailings.kinds import MailKind

DEPUTY_ASKED = MailKind(
    key="deputy_asked",
    name="Kan du komma som ersättare?",
    when="När en representant har svarat att hen inte kommer och frågar sin ersättare.",
    subject="Kan du komma till {traff} i stället för {person}?",
    body=(
        "{person} kan inte komma till träffen {traff}, som är {dag}, och frågar om du kan komma i hens ställe. Du är "
        "ersättare för {person} i {organisation}.\n\nPå träffens sida ser du dagordningen och vad du ska förbereda. "
        "Svara där om du kommer eller inte. Öppna kalenderfilen i mejlet för att lägga in träffen i din kalender."
    ),
    fields=("traff", "dag", "person", "organisation"),
    button="Se träffen och svara",
    waits=False,
)

OTHER_HOURS = MailKind(
    key="meeting_hours",
    name="En träff har fått en annan tid på dagen",
    when="När SKR eller värden ändrar klockslaget för en träff, till dem som har svarat att de kommer.",
    subject="Ny tid för {traff} i {omgang}",
    body=(
        "Träffen {traff} är på samma dag som förut, men har fått en annan tid.\n\nFörut: {forut}\nNu: {nu}\n\n"
        "Du har svarat att du kommer. Svara igen på träffens sida, så vet vi om den nya tiden passar dig. "
        "Öppna kalenderfilen i mejlet för att ändra tiden i din kalender."
    ),
    fields=("traff", "forut", "nu"),
    button="Öppna träffen",
    waits=False,
)

KINDS: tuple[MailKind, ...] = (DEPUTY_ASKED, OTHER_HOURS)
