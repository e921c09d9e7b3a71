"""Kinds of mail about a self-assessment."""

from mailings.kinds import MailKind

RATING_ASKED = MailKind(
    key="rating_asked",
    name="Gör din enskilda skattning",
    when="När strategen öppnar en enskild skattning, eller bjuder in fler till den. Går till dem som bjuds in.",
    subject="Gör din enskilda skattning {vilken}",
    body=(
        "{organisation} skattar momenten var för sig {vilken}, innan ni går igenom dem tillsammans. Räkna med fem "
        "minuter.\n\nIngen ser vad du väljer medan den enskilda skattningen pågår. När ni går igenom momenten visas "
        "värdena som prickar med funktion, utan namn."
    ),
    fields=("organisation", "vilken"),
    button="Gör din skattning",
)
RATING_REMINDER = MailKind(
    key="rating_reminder",
    name="Påminnelse om den enskilda skattningen",
    when="När strategen påminner om en enskild skattning som pågår. Går till dem som inte är klara, en gång om dagen.",
    subject="Påminnelse: din enskilda skattning {vilken}",
    body=(
        "Din enskilda skattning {vilken} väntar. Räkna med fem minuter. När du är klar väljer du ”Jag är klar”, så vet "
        "{organisation} att ni kan gå igenom momenten tillsammans.\n\nBara du ser vad du väljer medan den enskilda "
        "skattningen pågår."
    ),
    fields=("organisation", "vilken"),
    button="Gör din skattning",
)
QUERY_ASKED = MailKind(
    key="query_asked",
    name="Fråga från SKR om en självskattning",
    when=(
        "När SKR har ställt en fråga om en självskattning, till strateger och medverkande. Flera frågor samma dag blir "
        "ett mejl."
    ),
    subject="SKR har en fråga om er självskattning",
    body=(
        "SKR undrar över något i självskattningen {vilken} från {organisation}. Frågan står vid sitt moment, och där "
        "skriver ni svaret."
    ),
    fields=("organisation", "vilken"),
    button="Läs frågan och svara",
)
REOPENING_ASKED = MailKind(
    key="reopening_asked",
    name="Får SKR öppna självskattningen igen?",
    when="När SKR ber att en inlämnad självskattning öppnas igen. Går till strategen.",
    subject="Får självskattningen {vilken} öppnas igen?",
    body=(
        "SKR vill att {organisation} ändrar i självskattningen {vilken}. SKR:s skäl står på sidan.\n\nInget ändras "
        "förrän en strateg har sagt ja. Ett nej är också ett svar."
    ),
    fields=("organisation", "vilken"),
    button="Läs skälet och svara",
)

KINDS: tuple[MailKind, ...] = (RATING_ASKED, RATING_REMINDER, QUERY_ASKED, REOPENING_ASKED)
