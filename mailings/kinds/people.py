"""Mail about seats and people."""

from mailings.kinds.base import MailKind

INVITATION = MailKind(
    key="invitation",
    name="Inbjudan till Modell",
    when="När någon får ett uppdrag i en omgång, och när någon skickar inbjudan igen.",
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

COMING_SEAT = MailKind(
    key="coming_seat",
    name="Inbjudan till ett uppdrag som börjar senare",
    when="När någon får ett uppdrag från en kommande dag.",
    subject="Du blir {funktion} i {omgang} från {dag}",
    body=(
        "Du är anmäld som {funktion} för {organisation} i {omgang} från och med {dag}.\n\nFrån den dagen kan du logga "
        "in med din e-postadress. Du får en kod i ett mejl och behöver inget lösenord."
    ),
    fields=("organisation", "funktion", "dag"),
    button="Till Modell",
    waits=False,
)

TAKES_OVER = MailKind(
    key="takes_over",
    name="Du tar över ett uppdrag",
    when="När någon lämnar över sitt uppdrag till en annan.",
    subject="Du tar över som {funktion} för {organisation}",
    body=(
        "Du tar över efter {foretradare} som {funktion} för {organisation} i {omgang} från och med {dag}.\n\n{foljer}"
        "\n\nLogga in med din e-postadress. Du får en kod i ett nytt mejl och behöver inget lösenord."
    ),
    fields=("organisation", "funktion", "foretradare", "dag", "foljer"),
    button="Logga in",
    waits=False,
)

HANDED_OVER = MailKind(
    key="handed_over",
    name="Ditt uppdrag är överlämnat",
    when="Till den som lämnar sitt uppdrag till en annan.",
    subject="{eftertradare} tar över efter dig i {omgang}",
    body=(
        "{eftertradare} tar över som {funktion} för {organisation} i {omgang} från och med {dag}. Ditt "
        "uppdrag gäller till och med dagen före.\n\nDet du har skrivit finns kvar hos organisationen. Tack för ditt "
        "arbete."
    ),
    fields=("organisation", "funktion", "eftertradare", "dag"),
    button="Till Modell",
    waits=False,
)

NEW_POLITICIAN = MailKind(
    key="new_politician",
    name="Välkommen till nya politiker efter ett val",
    when="När en organisation byter politiker efter ett val.",
    subject="Välkommen som {funktion} i {omgang}",
    body=(
        "Du är {funktion} för {organisation} i {omgang} från och med {dag}.\n\nPå en sida kan du läsa vad programmet "
        "är, var ni står i dag, vad en politiker gör här och när nästa träff är. Den tar två minuter.\n\nLogga in med "
        "din e-postadress. Du får en kod i ett nytt mejl och behöver inget lösenord."
    ),
    fields=("organisation", "funktion", "dag"),
    button="Läs introduktionen",
    waits=False,
)

COHORT_EXTENDED = MailKind(
    key="cohort_extended",
    name="Omgången är förlängd",
    when="När processledaren förlänger en omgång.",
    subject="{omgang} förlängs till {dag}",
    body=(
        "{omgang} skulle ha slutat {forr}. Omgången är nu förlängd till och med {dag}.\n\nAlla uppdrag och allt ni har "
        "skrivit finns kvar, och det går att arbeta vidare till den nya sista dagen."
    ),
    fields=("dag", "forr"),
    button="Till omgången",
    waits=False,
)

KINDS: tuple[MailKind, ...] = (
    INVITATION,
    COMING_SEAT,
    TAKES_OVER,
    HANDED_OVER,
    NEW_POLITICIAN,
    COHORT_EXTENDED,
)
