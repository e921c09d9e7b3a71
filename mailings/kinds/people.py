"""Mail about seats and people."""

from mailings.kinds.base import MailKind

INVITATION = MailKind(
    key="invitation",
    name="Inbjudan till Modell",
    when="När någon får ett uppdrag i en omgång.",
    subject="Du är inbjuden till {omgang}",
    body=(
        "Du är {funktion} för {organisation} i {omgang}. Här gör ni självskattningen inför träffarna, ser vad som ska "
        "göras och läser varandras arbete.\n\nLogga in med din e-postadress. Du får en kod i ett nytt mejl och behöver "
        "inget lösenord."
    ),
    fields=("organisation", "funktion"),
    button="Logga in",
    waits=False,
)

KINDS: tuple[MailKind, ...] = (INVITATION,)
