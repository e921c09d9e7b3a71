from mailings.kinds import MailKind

QUESTION = MailKind(
    key="mentor_question",
    name="Fråga om mentorskap",
    when="När SKR frågar en tidigare deltagare om mentorskap.",
    subject="Vill {organisation} vara mentor i {omgang}?",
    body=(
        "Nya kommuner och regioner ska gå igenom programmet i {omgang}, och de lär sig mest av dem som redan har gjort "
        "det. Därför frågar vi om {organisation} vill vara mentor.\n\n{tid} Ni behöver inte vara experter, ni ansvarar "
        "inte för andras resultat och ni skriver inga dagordningar.\n\n{egna_ord}\n\nSvara ja, kanske, inte förrän om "
        "ett år eller nej. Alla svar är till hjälp, och ni kan ändra ert."
    ),
    fields=("organisation", "tid", "egna_ord"),
    button="Läs mer och svara",
    waits=False,
)
ANSWER = MailKind(
    key="mentor_answer",
    name="Svar om mentorskap",
    when="När en organisation har svarat på SKR:s fråga om mentorskap.",
    subject="{organisation} svarar: {svar}",
    body="{organisation} har svarat på frågan om att vara mentor i {omgang}: {svar}.\n\n{berattar}",
    fields=("organisation", "svar", "berattar"),
    button="Öppna mentorerna",
)
ADDED = MailKind(
    key="mentor_added",
    name="Ni är mentor",
    when="När SKR har lagt till en organisation som mentor i en omgång.",
    subject="{organisation} är {roll} i {omgang}",
    body=(
        "Tack för att ni vill dela med er. {organisation} är nu {roll} i {omgang}.\n\nPå sidan står vad som väntas av "
        "er och vad det inte innebär. Säg ja till uppdraget där, och hämta ett underlag om ni behöver ett eget beslut."
    ),
    fields=("organisation", "roll"),
    button="Läs om uppdraget",
    waits=False,
)
THANKS = MailKind(
    key="mentor_thanks",
    name="Tack till mentorn",
    when="När SKR tackar en mentor med ett brev.",
    subject="Tack, {organisation}, för ert mentorskap",
    body=(
        "Tack för att {organisation} har varit mentor i {omgang}. {gjort}\n\nI det bifogade brevet står vad ni har "
        "gjort. Visa det gärna för er ledning."
    ),
    fields=("organisation", "gjort"),
    button="Öppna sidan om ert mentorskap",
    waits=False,
)

KINDS: tuple[MailKind, ...] = (QUESTION, ANSWER, ADDED, THANKS)
