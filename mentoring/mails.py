from mailings.kinds import MailKind, Reader

QUESTION = MailKind(
    key="mentor_question",
    name="Fråga om mentorskap",
    when="När SKR frågar en tidigare deltagare om mentorskap.",
    subject="Vill {organisation} vara mentor i {omgang}?",
    body=(
        "Nya kommuner och regioner ska gå programmet i {omgang}, och de lär sig mest av dem som redan har gjort det. "
        "Därför frågar vi om {organisation} vill vara mentor.\n\n{tid} Ni behöver inte vara experter, ni ansvarar inte "
        "för andras resultat och ni skriver inga dagordningar.\n\n{egna_ord}\n\nSvara på sidan: ja, kanske, inte "
        "förrän om ett år eller nej. Alla svar hjälper oss, och ni kan ändra er."
    ),
    fields=("organisation", "tid", "egna_ord"),
    button="Läs mer och svara",
    waits=False,
)
ANSWER = MailKind(
    key="mentor_answer",
    name="Svar om mentorskap",
    when="När en organisation har svarat på SKR:s fråga om mentorskap.",
    subject="Svar om mentorskap från {organisation}: {svar}",
    body="{organisation} har svarat på din fråga om att vara mentor i {omgang}. Svaret är: {svar}.\n\n{berattar}",
    fields=("organisation", "svar", "berattar"),
    button="Öppna mentorerna",
    reader=Reader.SKR,
)
ADDED = MailKind(
    key="mentor_added",
    name="Ni är mentor",
    when="När SKR har lagt till en organisation som mentor i en omgång.",
    subject="{organisation} är {roll} i {omgang}",
    body=(
        "Tack för att ni vill dela med er. {organisation} är nu {roll} i {omgang}.\n\nPå sidan läser ni vad uppdraget "
        "innebär och vad som inte ingår. Tacka ja till det där. Behöver ni ett eget beslut finns ett beslutsunderlag "
        "att hämta."
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
        "Tack för att {organisation} har varit mentor i {omgang}. {gjort}\n\nVi har skrivit ett brev om det ni har "
        "gjort, som är bifogat. Visa det gärna för er ledning."
    ),
    fields=("organisation", "gjort"),
    button="Öppna sidan om ert mentorskap",
    waits=False,
)

KINDS: tuple[MailKind, ...] = (QUESTION, ANSWER, ADDED, THANKS)
