"""Fixed texts of the letter. SKR may replace the introduction and the closing for each omgång."""

INTRODUCTION = (
    "Vi är glada att få välkomna er. Under omgången arbetar ni tillsammans med att göra styrning och ledning "
    "jämställd, så att era verksamheter håller lika hög kvalitet för kvinnor och män, flickor och pojkar."
)
CLOSING = "Vi ser fram emot att arbeta tillsammans med er. Hör av er om ni undrar över något."
PURPOSE = (
    "Arbetet ska bidra till högre kvalitet och till att verksamheterna når sina mål för olika grupper av kvinnor och "
    "män, flickor och pojkar. På lång sikt ska det bidra till de jämställdhetspolitiska målen."
)
EXCHANGE = (
    "På träffarna lär ni av varandra på två sätt: med dem som har samma funktion som ni, politiker med politiker, "
    "chef med chef och strateg med strateg, och mellan funktionerna i er egen organisation."
)
AT_HOME = (
    "Mellan träffarna förbättrar ni hemma. Inför varje lärandeträff skattar ni er själva efter checklistan, och mot "
    "slutet skriver ni en resultatrapport."
)
DEEPER = (
    "Efter behov och önskemål från er ordnas fördjupningar, till exempel om kommunikation och analys. Berätta för "
    "kontaktpersonen på SKR vad ni vill veta mer om."
)
AFTERWARDS = (
    "När omgången är slut kan ni bli mentorer för nya deltagare. SKR har också ett modellnätverk för fortsatt lärande. "
    "Det hålls utanför Modell, och SKR berättar hur ni kommer med."
)
MORE_SUPPORT = (
    "På SKR:s webbplats finns mer stöd för jämställdhetsarbete: lärande exempel, filmer, verktyg och handledningar."
)
METHOD = (
    "Jämställdhetsintegrering är Sveriges strategi för att nå målen. Det betyder att jämställdhet är med när beslut "
    "förbereds, fattas, genomförs och följs upp, i den ordinarie styrningen och inte vid sidan av den."
)
# The institute's own words, as SKR's letter of 2021 quotes them.
DEFINITION = (
    "EU:s jämställdhetsinstitut EIGE definierar jämställdhetsintegrering som ”integreringen av ett könsperspektiv i "
    "förberedelse, utformning, genomförande, övervakning och utvärdering av policyer, lagstiftningsåtgärder och "
    "utgiftsprogram för att främja jämställdhet mellan kvinnor och män och bekämpa diskriminering”."
)
OTHER_GOALS = (
    "Samma systematik går att använda i arbetet med Agenda 2030 och för andra perspektiv som berör alla verksamheter. "
    "För den som har undertecknat CEMR-deklarationen är det ett sätt att genomföra åtagandet."
)
NO_MENTORS = "Omgången har inga mentorer. Ni arbetar på lika villkor och lär av varandra."
LATER = "Vilka som blir mentorer meddelar vi senare."
EACH_BY_THEME = "Mentorerna delar på uppdraget efter tema, så att var och en har ansvar för det den kan bäst."
EACH_BY_GROUP = "Varje grupp har sin mentor, eller flera som delar på uppdraget."
