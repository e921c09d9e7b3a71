"""A preview of a mail, with invented values in place of its fields."""

from follow_up.reminders import LEFT, TO_PREPARE
from mailings.blocks import absolute, blocks_of, line_of_list
from mailings.kinds import MailKind, Reader
from mailings.mails import DIGEST
from mailings.writing import DigestSection, MailFrame, WrittenMail, compose

TASKS = "\n".join(
    (
        line_of_list("Lämna in självskattningen inför Lärandeträff 2, senast fredag 19 november 2027", "/"),
        line_of_list("Läs de andras presentationer, senast onsdag 1 december 2027", "/"),
    )
)
REPORT = line_of_list("Skriv resultatrapporten, senast fredag 3 december 2027", "/")
PROMISED = line_of_list("Ta upp målbilden i nämnden, senast fredag 3 december 2027", "/")
SAMPLES = {
    "namn": "Kim Exempel",
    "omgang": "Modellkommuner 2027–2028",
    "amne": "Välkommen till lärandeträffen",
    "adress": "kim@exempel.invalid",
    "andrad_av": "Alex Prov på SKR",
    "andrat": "",
    "andring": "Du har lagt till en inloggningsnyckel i Modell.",
    "andringar": line_of_list("Robin Exempel, medverkande, är tillagd."),
    "annan": "Exempelstads kommun",
    "antal": "en sak",
    "arbete": "Turlistan",
    "begart_av": "Alex Prov på SKR",
    "berattar": "De berättar gärna om: hur nämnderna följer upp sina beslut",
    "beslutas": "SKR:s styrgrupp beslutar 20 maj 2027 och därefter får ni svar.",
    "beslutat_av": "SKR:s styrgrupp",
    "dag": "3 december 2027",
    "egna_ord": "Vi tänker särskilt på ert arbete med ledning och styrning.",
    "eftertradare": "Robin Exempel",
    "foljer": "Med uppdraget följer en enskild skattning som pågår.",
    "foretradare": "Robin Exempel",
    "forr": "30 juni 2028",
    "forut": "1 december 2027",
    "fragar": "Alex Prov",
    "funktion": "strateg",
    "gammal": "kim@exempel.invalid",
    "gjort": "Ni stödde fyra träffar och läste elva självskattningar.",
    "inbjuden_av": "robin@exempel.invalid",
    "kod": "BCDF-GHJK",
    "nar": "3 december 2027",
    "nasta": "Nästa träff är torsdag 10 februari 2028: Strategträff 2.",
    "nu": "3 december 2027",
    "ny": "kim.exempel@exempel.invalid",
    "nytt": "Det här är version 2. Ändrat sedan förra versionen: en ny plats för uppstartskonferensen.",
    "organisation": "Region Exempel",
    "person": "Robin Exempel",
    "plats": "Den börjar klockan 09.30. Plats: Exempelsalen, Stockholm.",
    "roll": "mentor",
    "sista_dag": "Sista dag att skicka in är 30 april 2027.",
    "svar": "Vi ser fram emot att arbeta med er.",
    "text": "Här är programmet. Vi ses!",
    "tid": "Räkna med ungefär fyra arbetsdagar under två år.",
    "traff": "Lärandeträff 2",
    "uppgifter": TASKS,
    "utgava": "första utgåvan",
    "varfor": "Lokalen är inte ledig den dagen.",
    "vem": "Alex Prov på SKR",
    "vilken": "inför Lärandeträff 2",
}
# A field that is filled in otherwise in these kinds.
WITH_WEEKDAY = "fredag 3 december 2027"
SAMPLES_OF = {
    ("improvement_commented", "vem"): "strateg i Exempelstads kommun",
    ("meeting_invitation", "dag"): WITH_WEEKDAY,
    ("assessment_opens", "dag"): WITH_WEEKDAY,
    ("meeting_reminder", "dag"): WITH_WEEKDAY,
    ("meeting_late", "dag"): WITH_WEEKDAY,
    ("deputy_asked", "dag"): WITH_WEEKDAY,
    ("report_reminder", "dag"): WITH_WEEKDAY,
    ("report_late", "dag"): WITH_WEEKDAY,
    ("staff_appointed", "roll"): "processledare",
    ("staff_ended", "roll"): "processledare",
    ("meeting_hours", "forut"): "klockan 09.30",
    ("meeting_hours", "nu"): "klockan 13.00",
    ("meeting_moved", "foljer"): "",
    ("meeting_invitation", "uppgifter"): f"{TO_PREPARE}\n\n{TASKS}",
    ("meeting_wrap_up", "uppgifter"): f"{LEFT}\n\n{PROMISED}",
    ("agreement_reminder", "uppgifter"): PROMISED,
    ("report_reminder", "uppgifter"): REPORT,
    ("report_late", "uppgifter"): REPORT,
    ("mentor_answer", "svar"): "ja",
    ("offer_answered", "svar"): "ja",
}
REASONS = {
    Reader.PERSON: "Du får mejlet för att du är strateg för Region Exempel i Modellkommuner 2027–2028.",
    Reader.WRITER: "Du får mejlet för att du skriver intresseanmälan för Region Exempel.",
    Reader.SKR: "Du får mejlet för att du är kontaktperson för Modellkommuner 2027–2028.",
}
REPLY_TO = "processledare@exempel.invalid"
CONTACT = "Alex Prov"


def preview_of(kind: MailKind, subject: str, body: str) -> WrittenMail:
    values = {name: SAMPLES_OF.get((kind.key, name), SAMPLES[name]) for name in kind.fills()}
    frame = MailFrame(
        reason=REASONS[kind.reader],
        path="/",
        reply_to=REPLY_TO,
        signed_by="" if kind.reader is Reader.SKR else CONTACT,
        sections=[_section()] if kind == DIGEST else [],
        may_choose=kind.reader is not Reader.WRITER,
    )
    return compose(kind, subject, body, values, frame)


def _section() -> DigestSection:
    body = f"Det här har du kvar att göra inför träffen Lärandeträff 2:\n\n{TASKS}"
    reason = REASONS[Reader.PERSON]
    return DigestSection("Kvar att göra", blocks_of(body), body, absolute("/"), "Öppna träffens sida", reason)
