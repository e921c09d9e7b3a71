"""Kinds of mail about what is due, before and after its day, and after a meeting."""

from follow_up import schedule
from kit.templatetags.swedish import in_words, sentence
from mailings.kinds import MailKind
from meetings.models.meeting import INVITE_BEFORE


def days(number: int) -> str:
    return {1: "en dag", 7: "en vecka"}.get(number, f"{in_words(number)} dagar")


def days_after(number: int) -> str:
    return "dagen efter" if number == 1 else f"{days(number)} efter"


MEETING_INVITATION = MailKind(
    key="meeting_invitation",
    name="Inbjudan till en träff",
    when=(
        f"{sentence(days(INVITE_BEFORE))} före träffen, om den inte har ett eget antal dagar, till alla som träffen "
        "gäller."
    ),
    subject="Inbjudan: {traff}, {dag}",
    body=(
        "Välkommen till träffen {traff} i {omgang}! Träffen är {dag}. {plats}\n\n"
        "Svara på träffens sida om du kommer. Där hittar du också dagordningen. Öppna kalenderfilen i mejlet för att "
        "lägga in träffen i din kalender.\n\n{uppgifter}"
    ),
    fields=("traff", "dag", "plats", "uppgifter"),
    button="Öppna träffens sida",
)
ASSESSMENT_OPENS = MailKind(
    key="assessment_opens",
    name="Självskattningen öppnar",
    when="Den dag självskattningen inför en träff öppnar, till strategen i de organisationer som inte har lämnat in.",
    subject="Dags för självskattningen inför {traff}",
    body=(
        "Nu kan ni börja med självskattningen inför träffen {traff}, som är {dag}. Räkna med tio minuters "
        "förberedelse och en timme tillsammans.\n\n{uppgifter}"
    ),
    fields=("traff", "dag", "uppgifter"),
    button="Öppna självskattningen",
)
MEETING_REMINDER = MailKind(
    key="meeting_reminder",
    name="Påminnelse före en träff",
    when=(
        f"{sentence(days(schedule.MEETING_NEARS))} före träffen, och {days(schedule.ASSESSMENT_NEARS)} innan "
        "självskattningen ska lämnas in, till dem som har något kvar att göra."
    ),
    subject="Kvar att göra inför {traff}, {dag}",
    body="Träffen {traff} är {dag}. Det här har du kvar att göra:\n\n{uppgifter}",
    fields=("traff", "dag", "uppgifter"),
    button="Se vad du har kvar",
)
MEETING_LATE = MailKind(
    key="meeting_late",
    name="När något inför en träff är försenat",
    when=(
        f"{sentence(days_after(schedule.LATE_AFTER))} sista dagen för självskattningen eller presentationen, "
        "till dem som inte har lämnat in."
    ),
    subject="Försenat inför {traff}",
    body=(
        "Det här är försenat inför träffen {traff}, som är {dag}. Ni kan fortfarande lämna in.\n\n{uppgifter}\n\n"
        "Blir det svårt? Svara på det här mejlet, så hjälps vi åt."
    ),
    fields=("traff", "dag", "uppgifter"),
    button="Se vad du har kvar",
)
MEETING_WRAP_UP = MailKind(
    key="meeting_wrap_up",
    name="Efter en träff",
    when=(
        f"{sentence(days_after(schedule.WRAP_UP_AFTER))} träffen, till dem som var med. Är närvaron inte antecknad än: "
        "till dem som svarade ja."
    ),
    subject="Efter {traff}: skriv ner det ni tar med er",
    body=(
        "Tack för att du var med på träffen {traff}! Skriv ner det du minns på träffens sida: plus, minus och "
        "intressant, vad ni tog med er från de andra och vad ni har kommit överens om till nästa gång.\n\n{nasta}\n\n"
        "{uppgifter}"
    ),
    fields=("traff", "nasta", "uppgifter"),
    button="Öppna träffens sida",
)
AGREEMENT_REMINDER = MailKind(
    key="agreement_reminder",
    name="Påminnelse om en överenskommelse",
    when=(
        f"{sentence(days(schedule.AGREEMENT_NEARS))} innan en överenskommelse ska vara klar, och "
        f"{days_after(schedule.LATE_AFTER)} om den inte är det, till den som har åtagit sig den."
    ),
    subject="Det här åtog du dig till nästa träff",
    body="Det här åtog du dig på träffen {traff}:\n\n{uppgifter}\n\nÄr det klart? Markera det på träffens sida.",
    fields=("traff", "uppgifter"),
    button="Öppna träffens sida",
)
CYCLE_LATE = MailKind(
    key="cycle_late",
    name="När en cykels sista dag har passerat",
    when=(
        f"{sentence(days_after(schedule.LATE_AFTER))} sista dagen för en PDSA-cykel som inte är beslutad, till den som "
        "ansvarar för cykeln, annars till strategen."
    ),
    subject="Vad blev det av det ni prövade?",
    body=(
        "Sista dagen var {dag} för det här:\n\n{uppgifter}\n\nSkriv vad ni såg och besluta hur ni går vidare. Behöver "
        "ni mer tid sätter ni en ny dag."
    ),
    fields=("dag", "uppgifter"),
    button="Öppna förbättringarna",
)
REPORT_REMINDER = MailKind(
    key="report_reminder",
    name="Påminnelse om resultatrapporten",
    when=(
        f"{sentence(days(schedule.REPORT_COMES))} och {days(schedule.REPORT_NEARS)} innan resultatrapporten ska "
        "lämnas in, till dem som skriver den eller ska godkänna den."
    ),
    subject="Lämna in resultatrapporten senast {dag}",
    body="Resultatrapporten i {omgang} ska lämnas in senast {dag}. Det här har du kvar att göra:\n\n{uppgifter}",
    fields=("dag", "uppgifter"),
    button="Öppna rapporten",
)
REPORT_LATE = MailKind(
    key="report_late",
    name="När resultatrapporten är försenad",
    when=(
        f"{sentence(days_after(schedule.LATE_AFTER))} sista dagen för resultatrapporten, till dem som skriver en "
        "rapport som inte är inlämnad."
    ),
    subject="Er resultatrapport är försenad",
    body=(
        "Sista dag för resultatrapporten i {omgang} var {dag}. Ni kan fortfarande lämna in den.\n\n{uppgifter}\n\n"
        "Blir det svårt? Svara på det här mejlet, så hjälps vi åt."
    ),
    fields=("dag", "uppgifter"),
    button="Öppna rapporten",
)
SKR_REMINDER = MailKind(
    key="skr_reminder",
    name="Påminnelse från SKR",
    when="När SKR skickar en påminnelse från sidan Läget inför träffen, till dem som har något kvar att göra.",
    subject="Påminnelse från SKR: kvar att göra i {omgang}",
    body="Du har det här kvar att göra i {omgang}:\n\n{uppgifter}",
    fields=("uppgifter",),
    button="Mina uppgifter",
)

OWN_WORDS = MailKind(
    key="own_words",
    name="Utskick från SKR",
    when="När SKR skriver ett utskick, till dem som SKR har valt.",
    subject="{amne}",
    body="{text}",
    fields=("amne", "text"),
    button="Öppna omgångens sida",
    waits=False,
    own=True,
)

KINDS: tuple[MailKind, ...] = (
    MEETING_INVITATION,
    ASSESSMENT_OPENS,
    MEETING_REMINDER,
    MEETING_LATE,
    MEETING_WRAP_UP,
    AGREEMENT_REMINDER,
    CYCLE_LATE,
    REPORT_REMINDER,
    REPORT_LATE,
    SKR_REMINDER,
    OWN_WORDS,
)
