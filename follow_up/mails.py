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
        f"Så många dagar före träffen som träffen anger (oftast {in_words(INVITE_BEFORE)}), "
        "till alla som träffen gäller."
    ),
    subject="Inbjudan: {traff}, {dag}",
    body=(
        "Du är inbjuden till {traff} i {omgang}. Träffen är {dag}. {plats}\n\n"
        "Svara på träffens sida om du kommer. Där finns också dagordningen.\n\n{uppgifter}"
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
        "Nu kan ni börja med självskattningen inför {traff}, som är {dag}. Räkna med tio minuters förberedelse och en "
        "timme tillsammans.\n\n{uppgifter}"
    ),
    fields=("traff", "dag", "uppgifter"),
    button="Öppna självskattningen",
)
MEETING_REMINDER = MailKind(
    key="meeting_reminder",
    name="Påminnelse före en träff",
    when=(
        f"{sentence(days(schedule.MEETING_NEARS))} före träffen, och {days(schedule.ASSESSMENT_NEARS)} innan "
        "självskattningen ska lämnas, till dem som har något kvar."
    ),
    subject="Kvar att göra inför {traff}, {dag}",
    body="{traff} är {dag}. Det här är kvar för dig:\n\n{uppgifter}",
    fields=("traff", "dag", "uppgifter"),
    button="Se vad som är kvar",
)
MEETING_LATE = MailKind(
    key="meeting_late",
    name="När något inför en träff är sent",
    when=(
        f"{sentence(days_after(schedule.LATE_AFTER))} att självskattningen eller presentationen skulle ha lämnats, "
        "till dem som inte har lämnat."
    ),
    subject="Ännu inte inlämnat inför {traff}",
    body=(
        "Det här har inte kommit in inför {traff}, som är {dag}. Det går bra att lämna in nu.\n\n{uppgifter}\n\n"
        "Blir det svårt? Svara på mejlet, så hjälps vi åt."
    ),
    fields=("traff", "dag", "uppgifter"),
    button="Se vad som är kvar",
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
        "Nu har {traff} varit. På träffens sida kan du skriva plus, minus och intressant, vad ni tog med er från de "
        "andra och vad ni har kommit överens om till nästa gång.\n\n{nasta}\n\n{uppgifter}"
    ),
    fields=("traff", "nasta", "uppgifter"),
    button="Öppna träffens sida",
)
AGREEMENT_REMINDER = MailKind(
    key="agreement_reminder",
    name="Påminnelse om en överenskommelse",
    when=(
        f"{sentence(days(schedule.AGREEMENT_NEARS))} innan något som någon har tagit på sig ska vara klart, och "
        f"{days_after(schedule.LATE_AFTER)} om det inte är det."
    ),
    subject="Till nästa gång: det du har tagit på dig",
    body="Det här är du ansvarig för sedan {traff}:\n\n{uppgifter}\n\nÄr det klart? Markera det på träffens sida.",
    fields=("traff", "uppgifter"),
    button="Öppna träffens sida",
)
REPORT_REMINDER = MailKind(
    key="report_reminder",
    name="Påminnelse om resultatrapporten",
    when=(
        f"{sentence(days(schedule.REPORT_COMES))} och {days(schedule.REPORT_NEARS)} innan resultatrapporten ska "
        "lämnas, till dem som skriver den eller ska godkänna den."
    ),
    subject="Resultatrapporten lämnas senast {dag}",
    body="Resultatrapporten i {omgang} lämnas senast {dag}. Det här är kvar för dig:\n\n{uppgifter}",
    fields=("dag", "uppgifter"),
    button="Öppna rapporten",
)
REPORT_LATE = MailKind(
    key="report_late",
    name="När resultatrapporten är sen",
    when=(
        f"{sentence(days_after(schedule.LATE_AFTER))} att resultatrapporten skulle ha lämnats, till dem som skriver en "
        "som inte har kommit in."
    ),
    subject="Er resultatrapport är inte inkommen än",
    body=(
        "Resultatrapporten i {omgang} skulle ha lämnats {dag}. Det går bra att lämna in den nu.\n\n{uppgifter}\n\n"
        "Blir det svårt? Svara på mejlet, så hjälps vi åt."
    ),
    fields=("dag", "uppgifter"),
    button="Öppna rapporten",
)
SKR_REMINDER = MailKind(
    key="skr_reminder",
    name="Påminnelse från SKR",
    when="När SKR skickar en påminnelse från sidan Läget inför träffen, till dem som har något kvar.",
    subject="Påminnelse från SKR: kvar att göra i {omgang}",
    body="SKR vill påminna om det här, som är kvar för dig i {omgang}:\n\n{uppgifter}",
    fields=("uppgifter",),
    button="Mina uppgifter",
)

KINDS: tuple[MailKind, ...] = (
    MEETING_INVITATION,
    ASSESSMENT_OPENS,
    MEETING_REMINDER,
    MEETING_LATE,
    MEETING_WRAP_UP,
    AGREEMENT_REMINDER,
    REPORT_REMINDER,
    REPORT_LATE,
    SKR_REMINDER,
)
