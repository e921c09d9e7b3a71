"""Kinds of mail about a result report that is handed in."""

from mailings.kinds import MailKind

APPROVAL_ASKED = MailKind(
    key="approval_asked",
    name="Godkänn er resultatrapport",
    when="När en utgåva av resultatrapporten är inlämnad. Går till politiker och chefer i organisationen.",
    subject="Läs och godkänn resultatrapporten från {organisation}",
    body=(
        "{organisation} har lämnat in {utgava} av sin resultatrapport i {omgang}. Läs rapporten och godkänn den på "
        "sidan. Den kan publiceras först när en politiker eller chef har godkänt den.\n\nDitt godkännande gäller just "
        "den här utgåvan. Om ni ändrar något blir det en ny utgåva, som behöver ett nytt godkännande."
    ),
    fields=("organisation", "utgava"),
    button="Läs rapporten",
)
REPORT_QUERY_ASKED = MailKind(
    key="report_query_asked",
    name="Fråga från SKR om en resultatrapport",
    when=(
        "När SKR har ställt en fråga om en resultatrapport, till strateger och medverkande. Flera frågor samma dag "
        "blir ett mejl."
    ),
    subject="SKR har en fråga om er resultatrapport",
    body="Vi på SKR undrar över något i resultatrapporten från {organisation}. Läs frågan och skriv svaret på sidan.",
    fields=("organisation",),
    button="Läs frågan och svara",
)
REPORT_REOPENING_ASKED = MailKind(
    key="report_reopening_asked",
    name="Får SKR öppna resultatrapporten igen?",
    when="När SKR ber att en inlämnad resultatrapport öppnas igen. Går till strategen.",
    subject="Får er resultatrapport öppnas igen?",
    body=(
        "Vi på SKR vill att {organisation} ändrar i sin resultatrapport. Läs varför på sidan, och svara ja eller nej "
        "där.\n\nRapporten öppnas bara om en strateg hos er svarar ja."
    ),
    fields=("organisation",),
    button="Läs skälet och svara",
)

KINDS: tuple[MailKind, ...] = (APPROVAL_ASKED, REPORT_QUERY_ASKED, REPORT_REOPENING_ASKED)
