"""Mail kinds that concern seats and people."""

from mailings.kinds import MailKind, Reader
from people.sign_in_limits import CODE_GOOD_FOR

INVITATION = MailKind(
    key="invitation",
    name="Inbjudan till Modell",
    when="När någon får ett uppdrag i en omgång, och när någon skickar inbjudan igen.",
    subject="Du är inbjuden till {omgang}",
    body=(
        "Välkommen till Modell! Du är {funktion} för {organisation} i {omgang}. Här gör ni självskattningen inför "
        "träffarna, ser vad ni ska göra härnäst och läser varandras arbete.\n\nLogga in med din e-postadress. Du får "
        "en kod i ett nytt mejl och behöver inget lösenord."
    ),
    fields=("organisation", "funktion"),
    button="Logga in",
    waits=False,
)

# The mail says nothing of self-assessments and homework: mentors have none.
MENTOR_INVITATION = MailKind(
    key="mentor_invitation",
    name="Inbjudan till den som är mentor",
    when="När någon i en organisation som är mentor får ett uppdrag, och när någon skickar inbjudan igen.",
    subject="Du är inbjuden till {omgang}",
    body=(
        "Välkommen till Modell! Du är {funktion} för {organisation}, som är mentor i {omgang}. Här ser du vilka "
        "träffar ni stödjer och läser det grupperna har lämnat in. Räkna med tio minuter före varje träff.\n\nLogga in "
        "med din e-postadress. Du får en kod i ett nytt mejl och behöver inget lösenord."
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
        "Du blir {funktion} för {organisation} i {omgang} från och med den {dag}.\n\nFrån den dagen kan du logga "
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
        "Du tar över efter {foretradare} som {funktion} för {organisation} i {omgang} från och med den {dag}."
        "\n\n{foljer}\n\nLogga in med din e-postadress. Du får en kod i ett nytt mejl och behöver inget lösenord."
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
        "{eftertradare} tar över som {funktion} för {organisation} i {omgang} från och med den {dag}. Ditt "
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
        "Du är {funktion} för {organisation} i {omgang} från och med den {dag}.\n\nVi har samlat det du behöver på en "
        "sida som tar två minuter att läsa: vad programmet är, hur långt ni har kommit, vad du gör som politiker och "
        "när nästa träff är.\n\nLogga in med din e-postadress. Du får en kod i ett nytt mejl och behöver inget "
        "lösenord."
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
        "Vi har förlängt {omgang} till och med den {dag}. Den skulle annars ha slutat den {forr}.\n\nAlla uppdrag och "
        "allt ni har skrivit finns kvar, och ni kan arbeta vidare till den nya sista dagen."
    ),
    fields=("dag", "forr"),
    button="Till omgången",
    waits=False,
)

ADDRESS_ASKED = MailKind(
    key="address_asked",
    name="Ska din e-postadress ändras?",
    when="När någon annan än personen vill ändra adressen som personen loggar in med. Går till den gamla adressen.",
    subject="Ska din e-postadress i Modell ändras?",
    body=(
        "{begart_av} vill ändra adressen som du loggar in med, från {gammal} till {ny}.\n\nVill du byta? Öppna sidan "
        "och bekräfta. Länken gäller till och med den {dag}.\n\nVill du inte byta behöver du inte göra något. Då "
        "ändras ingenting."
    ),
    fields=("begart_av", "gammal", "ny", "dag"),
    button="Se bytet",
    waits=False,
    secret=True,
)

ADDRESS_CHANGED = MailKind(
    key="address_changed",
    name="Din e-postadress är ändrad",
    when="När adressen som en person loggar in med är ändrad. Går till den gamla adressen.",
    subject="Din e-postadress i Modell är ändrad",
    body=(
        "Adressen som du loggar in med är ändrad från {gammal} till {ny}. {andrad_av} gjorde ändringen. Du kan inte "
        "längre logga in med den gamla adressen.\n\nVar det inte du som ville byta? Svara på det här mejlet i dag."
    ),
    fields=("andrad_av", "gammal", "ny"),
    button="Till Modell",
    waits=False,
)

SIGN_IN_CHANGED = MailKind(
    key="sign_in_changed",
    name="Din inloggning är ändrad",
    when="När en person lägger till eller tar bort en inloggningsnyckel eller en app, eller skaffar nya reservkoder.",
    subject="Din inloggning i Modell är ändrad",
    body=(
        "{andring}\n\nVar det inte du? Logga ut de andra enheterna på sidan om din inloggning, och svara på det här "
        "mejlet i dag."
    ),
    fields=("andring",),
    button="Se din inloggning",
    waits=False,
)

FACTORS_RESET = MailKind(
    key="factors_reset",
    name="Din inloggningsnyckel och din app är borttagna",
    when="När SKR tar bort nyckel, app och reservkoder för en person som har tappat bort dem.",
    subject="Du kan logga in i Modell med bara en kod igen",
    body=(
        "{vem} har tagit bort de inloggningsnycklar, den app och de reservkoder som hörde till din inloggning, och "
        "loggat ut dig överallt. Logga in med en kod i ett mejl, och lägg till en ny nyckel eller app.\n\nHade du inte "
        "bett om det? Svara på det här mejlet i dag."
    ),
    fields=("vem",),
    button="Se din inloggning",
    waits=False,
)

SEAT_OFFER = MailKind(
    key="seat_offer",
    name="Vill du ha ett uppdrag?",
    when="När en organisation vill ge ett uppdrag till någon som redan är med i Modell, men inte för den.",
    subject="Vill du vara {funktion} för {organisation}?",
    body=(
        "{fragar} vill att du är {funktion} för {organisation} i {omgang}, från och med den {dag}.\n\nDu är redan med "
        "i Modell med den här adressen. Uppdraget börjar först när du har tackat ja. Tackar du nej ändras ingenting."
    ),
    fields=("organisation", "funktion", "fragar", "dag"),
    button="Svara ja eller nej",
    waits=False,
)

OFFER_ANSWERED = MailKind(
    key="offer_answered",
    name="Svar på en fråga om uppdrag",
    when="När någon har svarat ja eller nej till ett uppdrag. Går till den som frågade.",
    subject="{person} tackar {svar} till uppdraget som {funktion}",
    body="{person} tackar {svar} till att vara {funktion} för {organisation} i {omgang}.",
    fields=("organisation", "funktion", "person", "svar"),
    button="Se personerna",
    waits=False,
)

SEATS_CHANGED = MailKind(
    key="seats_changed",
    name="Personer är tillagda eller ändrade",
    when="När någon annan än strategen lägger till en person i en organisation, eller ändrar en. Går till strategerna.",
    subject="{vem} har ändrat bland era personer",
    body=(
        "{vem} har ändrat bland personerna i {organisation} i {omgang}.\n\n{andringar}\n\nDen som är strateg, "
        "medverkande, politiker eller chef kan läsa allt ni skriver, också utkast. Stämmer det inte? Rätta det på "
        "sidan, eller svara på det här mejlet."
    ),
    fields=("organisation", "vem", "andringar"),
    button="Se personerna",
    waits=False,
)

SIGN_IN_CODE = MailKind(
    key="sign_in_code",
    name="Kod för att logga in",
    when="När någon ber om en kod på sidan Logga in.",
    subject="Din kod för att logga in i Modell",
    body=(
        "Här är din kod för att logga in i Modell:\n\n{kod}\n\nSkriv den på sidan där du bad om den, eller öppna "
        "länken nedan på samma enhet och i samma webbläsare. Koden gäller i "
        f"{CODE_GOOD_FOR.seconds // 60} minuter och bara en gång.\n\n"
        "Har du inte bett om någon kod? Då behöver du inte göra något."
    ),
    fields=("kod",),
    button="Logga in",
    waits=False,
    secret=True,
    fixed=True,
)

NO_ACCOUNT = MailKind(
    key="no_account",
    name="Adressen finns inte i Modell",
    when="När någon ber om en kod på sidan Logga in och ingen i Modell har adressen.",
    subject="Adressen finns inte i Modell",
    body=(
        "Någon, kanske du, har försökt logga in i Modell med {adress}. Adressen finns inte i Modell, så vi kan inte "
        "skicka någon kod.\n\nHar du en annan adress i arbetet? Försök med den i stället.\n\nSka du vara med i "
        "programmet? Be strategen i din organisation eller processledaren på SKR att lägga till dig.\n\nVar det inte "
        "du? Då behöver du inte göra något."
    ),
    fields=("adress",),
    button="Till Modell",
    waits=False,
    fixed=True,
    reader=Reader.WRITER,
)

STAFF_APPOINTED = MailKind(
    key="staff_appointed",
    name="Du har fått en roll på SKR",
    when="När någon på SKR får en roll i Modell, eller byter roll.",
    subject="Du är {roll} i Modell",
    body=(
        "{vem} har gett dig rollen som {roll} i Modell.\n\nLogga in med din e-postadress. Du får en kod i ett nytt "
        "mejl och behöver inget lösenord."
    ),
    fields=("vem", "roll"),
    button="Logga in",
    waits=False,
)

STAFF_ENDED = MailKind(
    key="staff_ended",
    name="Din roll på SKR är avslutad",
    when="När någon på SKR inte längre har en roll i Modell.",
    subject="Din roll som {roll} i Modell är avslutad",
    body=(
        "{vem} har avslutat din roll som {roll} i Modell. Du är utloggad och kan inte logga in igen. Det du har "
        "skrivit finns kvar.\n\nStämmer det inte? Hör av dig till en processledare på SKR."
    ),
    fields=("vem", "roll"),
    waits=False,
)

EVALUATOR_APPOINTED = MailKind(
    key="evaluator_appointed",
    name="Du är lärande utvärderare",
    when="När någon blir lärande utvärderare i en omgång, eller får en annan sista dag.",
    subject="Du är lärande utvärderare i {omgang} till och med {dag}",
    body=(
        "Du är lärande utvärderare i {omgang} till och med den {dag}. Till dess läser du det som organisationerna har "
        "lämnat in, och omgångens siffror.\n\nLogga in med din e-postadress. Du får en kod i ett nytt mejl och behöver "
        "inget lösenord."
    ),
    fields=("dag",),
    button="Logga in",
    waits=False,
)

EVALUATOR_ENDED = MailKind(
    key="evaluator_ended",
    name="Ditt uppdrag som lärande utvärderare är avslutat",
    when="När en lärande utvärderares uppdrag avslutas i förtid.",
    subject="Ditt uppdrag som lärande utvärderare i {omgang} är avslutat",
    body=(
        "{vem} har avslutat ditt uppdrag som lärande utvärderare i {omgang}. Du läser inte längre det som "
        "organisationerna har lämnat in.\n\nTack för ditt arbete."
    ),
    fields=("vem",),
    button="Till Modell",
    waits=False,
)

ACCOUNT_CLOSED = MailKind(
    key="account_closed",
    name="Ditt konto är avslutat",
    when="När SKR avslutar ett konto som inte används längre.",
    subject="Ditt konto i Modell är avslutat",
    body=(
        "{vem} har avslutat ditt konto i Modell. Du är utloggad och kan inte logga in igen. Det du har skrivit finns "
        "kvar.\n\nStämmer det inte? Hör av dig till en processledare på SKR."
    ),
    fields=("vem",),
    waits=False,
)

ACCOUNT_OPENED = MailKind(
    key="account_opened",
    name="Ditt konto är öppet igen",
    when="När SKR öppnar ett konto som var avslutat.",
    subject="Ditt konto i Modell är öppet igen",
    body=(
        "{vem} har öppnat ditt konto i Modell igen.\n\nLogga in med din e-postadress. Du får en kod i ett nytt mejl "
        "och behöver inget lösenord."
    ),
    fields=("vem",),
    button="Logga in",
    waits=False,
)

ERASURE_ASKED = MailKind(
    key="erasure_asked",
    name="Någon vill få sina uppgifter raderade",
    when="När en person ber om att få uppgifterna om sig raderade. Går till alla som har en roll på SKR.",
    subject="{person} vill få sina uppgifter raderade",
    body=(
        "{person} har bett om att få uppgifterna om sig i Modell raderade. SKR ska svara inom en månad.\n\nPå sidan "
        "ser du vad som händer när ni raderar, och vad som behöver avslutas först."
    ),
    fields=("person",),
    button="Se begäran",
    waits=False,
)

KINDS: tuple[MailKind, ...] = (
    INVITATION,
    MENTOR_INVITATION,
    COMING_SEAT,
    TAKES_OVER,
    HANDED_OVER,
    NEW_POLITICIAN,
    COHORT_EXTENDED,
    ADDRESS_ASKED,
    ADDRESS_CHANGED,
    SIGN_IN_CHANGED,
    FACTORS_RESET,
    SEAT_OFFER,
    OFFER_ANSWERED,
    SEATS_CHANGED,
    SIGN_IN_CODE,
    NO_ACCOUNT,
    STAFF_APPOINTED,
    STAFF_ENDED,
    EVALUATOR_APPOINTED,
    EVALUATOR_ENDED,
    ACCOUNT_CLOSED,
    ACCOUNT_OPENED,
    ERASURE_ASKED,
)
