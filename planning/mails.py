"""The kinds of mail about an omgång's days."""

from mailings.kinds import MailKind

MOVED = MailKind(
    key="meeting_moved",
    name="En träff är flyttad",
    when="När SKR flyttar en träff till en annan dag.",
    subject="Ny dag för {traff} i {omgang}: {nu}",
    body=(
        "Vi har flyttat träffen {traff}.\n\nFörut: {forut}\nNu: {nu}\n\n{foljer}\n\n{varfor}\n\n"
        "Kan du inte komma den nya dagen? Svara på det här mejlet. Öppna kalenderfilen i mejlet för att ändra dagen i "
        "din kalender."
    ),
    fields=("traff", "forut", "nu", "foljer", "varfor"),
    button="Öppna träffen",
    waits=False,
)
CANCELLED = MailKind(
    key="meeting_cancelled",
    name="En träff är inställd",
    when="När SKR ställer in en träff.",
    subject="Inställd träff: {traff} i {omgang} den {nar}",
    body=(
        "Träffen {traff} den {nar} är tyvärr inställd.\n\n{varfor}\n\n"
        "Öppna kalenderfilen i mejlet för att ta bort träffen ur din kalender."
    ),
    fields=("traff", "nar", "varfor"),
    button="Öppna träffen",
    waits=False,
)

KINDS: tuple[MailKind, ...] = (MOVED, CANCELLED)
