"""Built-in texts of the letter, section by section. SKR may replace each of them in an omgång.

What stands in braces is filled in from the omgång, also where SKR has written the text.
"""

from dataclasses import dataclass

# Fields that every text may use.
COMMON = ("omgang", "deltagare", "mentorer", "kontaktperson")


@dataclass(frozen=True)
class LetterParagraph:
    """A text of the letter under a key, which is stored and carried; an empty one is left out of the letter.

    `when` says in which letters the text stands, if not in all; `own` are its fields beside those of every text.
    """

    key: str
    name: str
    text: str
    when: str = ""
    own: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        return (*COMMON, *self.own)


DECIDED = LetterParagraph(
    "decided",
    "Antagna efter ett beslut",
    "Efter beslut av {beslutat_av} {beslutsdag} bekräftar SKR att {antagna} har antagits som deltagare i {omgang}.",
    "Skrivs en gång för varje beslut av styrgruppen.",
    ("beslutat_av", "beslutsdag", "antagna"),
)
UNDECIDED = LetterParagraph(
    "undecided",
    "Antagna utan antecknat beslut",
    "SKR bekräftar att {antagna} har antagits som deltagare i {omgang}.",
    "Står om dem som inget beslut är antecknat för.",
    ("antagna",),
)
INTRODUCTION = LetterParagraph(
    "introduction",
    "Inledning",
    "Vi är glada att få välkomna er. Under omgången arbetar ni tillsammans med att göra styrning och ledning "
    "jämställd, så att era verksamheter håller lika hög kvalitet för kvinnor och män, flickor och pojkar.",
)

ONE_MENTOR = LetterParagraph(
    "one_mentor",
    "En mentor",
    "{mentorer}, som har deltagit tidigare, är mentor i omgången.",
    "Står när omgången har en mentor.",
)
MENTORS = LetterParagraph(
    "mentors",
    "Flera mentorer",
    "{mentorer}, som har deltagit tidigare, är mentorer i omgången.",
    "Står när omgången har flera mentorer.",
)
EACH_BY_THEME = LetterParagraph(
    "each_by_theme",
    "Mentorer efter tema",
    "Mentorerna delar på uppdraget efter tema, så att var och en har ansvar för det den kan bäst.",
    "Står när flera mentorer delar på temana.",
)
EACH_BY_GROUP = LetterParagraph(
    "each_by_group",
    "Mentorer efter grupp",
    "Varje grupp har sin mentor, eller flera som delar på uppdraget.",
    "Står när flera mentorer har var sin grupp.",
)
LATER = LetterParagraph(
    "mentors_later",
    "Mentorer som inte är utsedda än",
    "Vilka som blir mentorer meddelar vi senare.",
    "Står tills mentorerna är utsedda.",
)
NO_MENTORS = LetterParagraph(
    "no_mentors",
    "Utan mentorer",
    "Omgången har inga mentorer. Ni arbetar på lika villkor och lär av varandra.",
    "Står när omgången inte ska ha mentorer.",
)

FIRST = LetterParagraph(
    "first_meeting",
    "Första träffen",
    "Vi börjar med {traff}. {plats}",
    "Står fram till den första träffen.",
    ("traff", "plats"),
)
INVITATION = LetterParagraph(
    "invitation",
    "När inbjudan kommer",
    "Inbjudan med program skickas senast {dag}.",
    "Står fram till den första träffen.",
    ("dag",),
)
BEFORE_FIRST = LetterParagraph(
    "before_first",
    "Träffar före den första",
    "Dessförinnan: {traff}.",
    "Skrivs en gång för varje träff som några har före den första gemensamma.",
    ("traff",),
)
BEGAN = LetterParagraph(
    "began",
    "När omgången har börjat",
    "Omgången började med {traff}.",
    "Står efter den första träffen.",
    ("traff",),
)
NEXT = LetterParagraph(
    "next_meeting",
    "Nästa gemensamma träff",
    "Nästa gemensamma träff är {traff}. {plats}",
    "Står efter den första träffen.",
    ("traff", "plats"),
)

PREPARATIONS = LetterParagraph(
    "preparations",
    "Förberedelser inför en träff",
    "Det här gör ni inför {traff}.",
    "Står när en gemensam träff är planerad.",
    ("traff",),
)
PREPARATIONS_ANY = LetterParagraph(
    "preparations_any",
    "Förberedelser utan träff",
    "Det här gör ni.",
    "Står när ingen gemensam träff är planerad.",
)
SIGN_IN = LetterParagraph(
    "sign_in",
    "Logga in",
    "Logga in i Modell med er e-postadress och se vad som gäller för er.",
    "En punkt i listan för alla.",
)
READ_CHECKLIST = LetterParagraph(
    "read_checklist",
    "Läs checklistan",
    "Läs checklistan och vägledningen för jämställdhetsintegrering.",
    "En punkt i listan för alla, med länk till checklistan.",
)
MORE_SUPPORT = LetterParagraph(
    "more_support",
    "Mer stöd",
    "På SKR:s webbplats finns mer stöd för jämställdhetsarbete: lärande exempel, filmer, verktyg och handledningar.",
    "En punkt i listan för alla, med länk till SKR.",
)
NAME_ALL = LetterParagraph(
    "name_all",
    "Alla som ska delta",
    "Se till att alla som ska delta från er står bland era personer i Modell.",
    "En punkt i listan för strateger.",
)

PURPOSE = LetterParagraph(
    "purpose",
    "Vad arbetet ska bidra till",
    "Arbetet ska bidra till högre kvalitet och till att verksamheterna når sina mål för olika grupper av kvinnor och "
    "män, flickor och pojkar. På lång sikt ska det bidra till de jämställdhetspolitiska målen.",
)

GROUPS = LetterParagraph(
    "groups",
    "Arbete i grupper",
    "Ni arbetar i grupper om {antal} organisationer.",
    "Står när omgången inte ska ha mentorer.",
    ("antal",),
)
GROUPS_WITH_MENTORS = LetterParagraph(
    "groups_with_mentors",
    "Arbete i grupper med mentorer",
    "Ni arbetar i grupper om {antal} organisationer, med stöd av mentorer som har deltagit tidigare.",
    "Står när omgången har, eller ska ha, mentorer.",
    ("antal",),
)
EXCHANGE = LetterParagraph(
    "exchange",
    "Utbyte på träffarna",
    "På träffarna lär ni av varandra på två sätt: med dem som har samma funktion som ni, politiker med politiker, "
    "chef med chef och strateg med strateg, och mellan funktionerna i er egen organisation.",
)
AT_HOME = LetterParagraph(
    "at_home",
    "Arbete på hemmaplan",
    "Mellan träffarna förbättrar ni hemma. Inför varje lärandeträff skattar ni er själva efter checklistan, och mot "
    "slutet skriver ni en resultatrapport.",
)
DEEPER = LetterParagraph(
    "deeper",
    "Fördjupningar",
    "Efter behov och önskemål från er ordnas fördjupningar, till exempel om kommunikation och analys. Berätta för "
    "kontaktpersonen på SKR vad ni vill veta mer om.",
)
AFTERWARDS = LetterParagraph(
    "afterwards",
    "Efter omgången",
    "När omgången är slut kan ni bli mentorer för nya deltagare. SKR har också ett modellnätverk för fortsatt lärande. "
    "Det hålls utanför Modell, och SKR berättar hur ni kommer med.",
)

METHOD = LetterParagraph(
    "method",
    "Jämställdhetsintegrering",
    "Jämställdhetsintegrering är Sveriges strategi för att nå målen. Det betyder att jämställdhet är med när beslut "
    "förbereds, fattas, genomförs och följs upp, i den ordinarie styrningen och inte vid sidan av den.",
)
# The institute's own words, as SKR's letter of 2021 quotes them.
DEFINITION = LetterParagraph(
    "definition",
    "Definition",
    "EU:s jämställdhetsinstitut EIGE definierar jämställdhetsintegrering som ”integreringen av ett könsperspektiv i "
    "förberedelse, utformning, genomförande, övervakning och utvärdering av policyer, lagstiftningsåtgärder och "
    "utgiftsprogram för att främja jämställdhet mellan kvinnor och män och bekämpa diskriminering”.",
)
OTHER_GOALS = LetterParagraph(
    "other_goals",
    "Andra mål och åtaganden",
    "Samma systematik går att använda i arbetet med Agenda 2030 och för andra perspektiv som berör alla verksamheter. "
    "För den som har undertecknat CEMR-deklarationen är det ett sätt att genomföra åtagandet.",
)

CLOSING = LetterParagraph(
    "closing",
    "Avslutning",
    "Vi ser fram emot att arbeta tillsammans med er. Hör av er om ni undrar över något.",
)
SENDER = LetterParagraph("sender", "Avsändare", "Sveriges Kommuner och Regioner", "Står under avslutningen.")
SIGNATURE = LetterParagraph(
    "signature",
    "Underskrift",
    "{kontaktperson}, kontaktperson på SKR",
    "Står under avslutningen när omgången har en kontaktperson.",
)

DATES = LetterParagraph("dates", "Om datumen", "", "Vi skriver inget här. Står före tabellen med alla träffar.")
NO_DATES = LetterParagraph(
    "no_dates", "Utan datum", "Datumen är inte bestämda än.", "Står när inga träffar är planerade."
)
CONTACTS = LetterParagraph("contact_persons", "Om kontaktpersonerna", "", "Vi skriver inget här. Står före tabellerna.")
PLAN = LetterParagraph("plan", "Om tidplanen", "Siffran i rutan är dagen i månaden.", "Står före tidplanen.")

# The headings that the page of the texts has, in the letter's order.
SECTIONS: tuple[tuple[str, tuple[LetterParagraph, ...]], ...] = (
    ("Ni är antagna", (DECIDED, UNDECIDED, INTRODUCTION)),
    ("Grupper och mentorer", (ONE_MENTOR, MENTORS, EACH_BY_THEME, EACH_BY_GROUP, LATER, NO_MENTORS)),
    ("Så börjar vi", (FIRST, INVITATION, BEFORE_FIRST, BEGAN, NEXT)),
    (
        "Förberedelser",
        (PREPARATIONS, PREPARATIONS_ANY, SIGN_IN, READ_CHECKLIST, MORE_SUPPORT, NAME_ALL),
    ),
    ("Vad arbetet ska leda till", (PURPOSE,)),
    ("Så arbetar ni", (GROUPS, GROUPS_WITH_MENTORS, EXCHANGE, AT_HOME, DEEPER, AFTERWARDS)),
    ("Agenda 2030 och CEMR-deklarationen", (METHOD, DEFINITION, OTHER_GOALS)),
    ("Välkomna", (CLOSING, SENDER, SIGNATURE)),
    ("Datum", (DATES, NO_DATES)),
    ("Kontaktpersoner", (CONTACTS,)),
    ("Tidplan", (PLAN,)),
)
PARAGRAPHS = {paragraph.key: paragraph for _, paragraphs in SECTIONS for paragraph in paragraphs}
