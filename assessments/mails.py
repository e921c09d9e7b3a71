"""Kinds of mail about a self-assessment."""

from mailings.kinds import MailKind

RATING_ASKED = MailKind(
    key="rating_asked",
    name="Gör din enskilda skattning",
    when="När strategen öppnar en enskild skattning, eller bjuder in fler till den. Går till dem som bjuds in.",
    subject="Gör din enskilda skattning {vilken}",
    body=(
        "Gör din egen skattning av momenten {vilken}, innan ni i {organisation} går igenom dem tillsammans. Det tar "
        "ungefär fem minuter.\n\nIngen ser vad du väljer medan den enskilda skattningen pågår. När ni går igenom "
        "momenten visas allas val som prickar med funktion, utan namn."
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
        "Du har inte gjort klart din enskilda skattning {vilken}. Den tar ungefär fem minuter. Välj ”Jag är klar” när "
        "du är färdig, så vet ni i {organisation} att ni kan gå igenom momenten tillsammans.\n\nBara du ser vad du "
        "väljer medan den enskilda skattningen pågår."
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
        "Vi på SKR undrar över något i självskattningen {vilken} från {organisation}. Du hittar frågan vid sitt "
        "moment, och där skriver du också svaret."
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
        "Vi på SKR vill att {organisation} ändrar i självskattningen {vilken}. Läs varför på sidan, och svara ja "
        "eller nej där.\n\nSjälvskattningen öppnas bara om en strateg hos er svarar ja."
    ),
    fields=("organisation", "vilken"),
    button="Läs skälet och svara",
)

KINDS: tuple[MailKind, ...] = (RATING_ASKED, RATING_REMINDER, QUERY_ASKED, REOPENING_ASKED)
