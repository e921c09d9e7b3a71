"""Mail kinds that concern interest and admission."""

from mailings.kinds import MailKind, Reader

INTEREST_LINK = MailKind(
    key="interest_link",
    name="Länk till intresseanmälan",
    when="När någon påbörjar en intresseanmälan, eller ber om sin länk igen.",
    subject="Er intresseanmälan till {omgang}",
    body=(
        "Här är din länk till intresseanmälan för {organisation} till {omgang}. Länken är din egen. Den som har den "
        "kan läsa och ändra anmälan, så skicka den inte vidare. Ska fler skriva? Bjud in dem inne i anmälan, så får de "
        "egna länkar.\n\nNi kan skriva lite i taget. Allt ni sparar finns kvar. {sista_dag}"
    ),
    fields=("organisation", "sista_dag"),
    button="Öppna anmälan",
    waits=False,
    secret=True,
    reader=Reader.WRITER,
)
INTEREST_UNKNOWN = MailKind(
    key="interest_unknown",
    name="En okänd adress får vänta",
    when="När någon ber om en anmälan med en adress som inte är känd som organisationens.",
    subject="Vi återkommer om intresseanmälan för {organisation}",
    body=(
        "Du bad om en intresseanmälan för {organisation} till {omgang}. Vi känner inte igen din adress som en av "
        "organisationens, så SKR läser din fråga först. Sedan får du en egen länk i ett mejl.\n\n"
        "Har du en annan adress i organisationen? Be om anmälan med den i stället."
    ),
    fields=("organisation",),
    waits=False,
    reader=Reader.WRITER,
)
INTEREST_TO_SKR = MailKind(
    key="interest_to_skr",
    name="Får adressen skriva för organisationen?",
    when="När någon ber om en anmälan med en okänd adress. Går till omgångens kontaktperson på SKR.",
    subject="Vem får skriva för {organisation}?",
    body=(
        "{adress} har bett om en intresseanmälan för {organisation} till {omgang}. Vi känner inte igen adressen som en "
        "av organisationens.\n\nSläpp in personen om du vet att hen arbetar där. Annars avvisar du frågan."
    ),
    fields=("organisation", "adress"),
    button="Se frågan",
    reader=Reader.SKR,
)
INTEREST_THERE = MailKind(
    key="interest_there",
    name="Organisationen finns redan",
    when="När någon i organisationen ber om en anmälan, och den redan är med eller har fått svar.",
    subject="{organisation} finns redan i {omgang}",
    body=(
        "Du bad om en intresseanmälan för {organisation} till {omgang}. Vi kunde inte skicka någon länk. Antingen är "
        "organisationen redan med i omgången eller har fått svar på sin anmälan, eller så skriver redan tolv personer "
        "på den.\n\nVet du inte vem hos er som har hand om anmälan? Svara på det här mejlet, så hjälper vi dig."
    ),
    fields=("organisation",),
    waits=False,
    reader=Reader.WRITER,
)
INTEREST_ASKED = MailKind(
    key="interest_asked",
    name="En till skriver intresseanmälan",
    when="När en till i organisationen får en länk. Går till dem i organisationen som redan skriver.",
    subject="En till skriver på intresseanmälan för {organisation}",
    body=(
        "{adress} har fått en egen länk till intresseanmälan för {organisation} till {omgang}. Adressen hör till "
        "organisationen, eller så har SKR släppt in personen.\n\nKänner du inte igen adressen? Svara på det här "
        "mejlet."
    ),
    fields=("organisation", "adress"),
    button="Öppna anmälan",
    waits=False,
    secret=True,
    reader=Reader.WRITER,
)
INTEREST_COWRITER = MailKind(
    key="interest_cowriter",
    name="Inbjudan att skriva intresseanmälan",
    when="När den som skriver en intresseanmälan bjuder in en till.",
    subject="Skriv med på intresseanmälan för {organisation}",
    body=(
        "{inbjuden_av} vill att du är med och skriver intresseanmälan för {organisation} till {omgang}.\n\n"
        "Knappen öppnar anmälan utan lösenord. Länken är din egen, så skicka den inte vidare. {sista_dag}"
    ),
    fields=("organisation", "inbjuden_av", "sista_dag"),
    button="Öppna anmälan",
    waits=False,
    secret=True,
    reader=Reader.WRITER,
)
INTEREST_RECEIVED = MailKind(
    key="interest_received",
    name="Intresseanmälan är mottagen",
    when="När en intresseanmälan är inskickad. Går till alla som skriver den.",
    subject="Vi har tagit emot er anmälan till {omgang}",
    body=(
        "Tack! Intresseanmälan för {organisation} kom in den {dag}. Nu läser vi den.\n\n{beslutas}\n\n"
        "Med samma länk ser ni hela tiden vad som händer med anmälan."
    ),
    fields=("organisation", "dag", "beslutas"),
    button="Se anmälan",
    waits=False,
    secret=True,
    reader=Reader.WRITER,
)
INTEREST_ARRIVED = MailKind(
    key="interest_arrived",
    name="En intresseanmälan har kommit in",
    when="När en intresseanmälan är inskickad. Går till omgångens kontaktperson på SKR.",
    subject="Intresseanmälan från {organisation}",
    body="{organisation} har skickat in sin intresseanmälan till {omgang}. Läs den innan styrgruppen beslutar.",
    fields=("organisation",),
    button="Läs anmälan",
    reader=Reader.SKR,
)
INTEREST_ADMITTED = MailKind(
    key="interest_admitted",
    name="Svar: antagen",
    when="När en organisation antas. Går till alla som skrev intresseanmälan.",
    subject="{organisation} är antagen till {omgang}",
    body=(
        "{andrat}\n\nVälkomna! {beslutat_av} beslutade den {dag} att {organisation} är antagen till {omgang}.\n\n{svar}"
        "\n\nAlla som står med i er anmälan får ett antagningsbrev med datum, förberedelser och kontaktpersoner."
    ),
    fields=("organisation", "beslutat_av", "dag", "svar", "andrat"),
    button="Se svaret",
    waits=False,
    secret=True,
    reader=Reader.WRITER,
)
INTEREST_WAITING = MailKind(
    key="interest_waiting",
    name="Svar: på väntelista",
    when="När en organisation sätts på väntelista. Går till alla som skrev intresseanmälan.",
    subject="{organisation} är på väntelistan till {omgang}",
    body=(
        "{andrat}\n\nTack för er anmälan. {beslutat_av} beslutade den {dag} att {organisation} sätts på "
        "väntelistan till {omgang}.\n\n{svar}\n\nBlir det en plats ledig hör vi av oss. Vill ni inte vänta kan ni "
        "ta tillbaka anmälan."
    ),
    fields=("organisation", "beslutat_av", "dag", "svar", "andrat"),
    button="Se svaret",
    waits=False,
    secret=True,
    reader=Reader.WRITER,
)
INTEREST_DECLINED = MailKind(
    key="interest_declined",
    name="Svar: inte antagen",
    when="När en organisation inte antas. Går till alla som skrev intresseanmälan.",
    subject="Svar på er anmälan till {omgang}",
    body=(
        "{andrat}\n\nTack för er anmälan. {beslutat_av} beslutade den {dag} att {organisation} inte antas till "
        "{omgang}.\n\n{svar}\n\nNi är välkomna att anmäla intresse till en senare omgång."
    ),
    fields=("organisation", "beslutat_av", "dag", "svar", "andrat"),
    button="Se svaret",
    waits=False,
    secret=True,
    reader=Reader.WRITER,
)
ADMISSION_LETTER = MailKind(
    key="admission_letter",
    name="Antagningsbrevet",
    when="När processledaren skickar antagningsbrevet. Brevet följer med som PDF.",
    subject="Välkommen till {omgang}",
    body=(
        "Här kommer antagningsbrevet för {omgang}, som en bilaga. I brevet läser du vilka som är med, vad du ska "
        "förbereda, när träffarna är och vem du kan kontakta. Brevet finns också i Modell.\n\n{nytt}\n\nDu loggar in i "
        "Modell med den här e-postadressen. Du får en kod i ett nytt mejl och behöver inget lösenord."
    ),
    fields=("nytt",),
    button="Läs brevet i Modell",
    waits=False,
)

KINDS: tuple[MailKind, ...] = (
    INTEREST_LINK,
    INTEREST_UNKNOWN,
    INTEREST_TO_SKR,
    INTEREST_THERE,
    INTEREST_ASKED,
    INTEREST_COWRITER,
    INTEREST_RECEIVED,
    INTEREST_ARRIVED,
    INTEREST_ADMITTED,
    INTEREST_WAITING,
    INTEREST_DECLINED,
    ADMISSION_LETTER,
)
