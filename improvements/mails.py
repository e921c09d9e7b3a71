"""Kinds of mail about work at home."""

from mailings.kinds import MailKind

NAMING_ASKED = MailKind(
    key="naming_asked",
    name="Får en annan organisation nämna er?",
    when=(
        "När en organisation har provat en annans idé och vill skriva det i sin resultatrapport. Går till strategen i "
        "organisationen som idén kommer från."
    ),
    subject="Får {annan} nämna er i sin resultatrapport?",
    body=(
        "{annan} har provat en idé från {organisation} i förbättringsarbetet ”{arbete}”, och vill skriva att den "
        "kommer från er. Rapporten kan läsas av vem som helst när den är publicerad.\n\nSäger ni nej, eller inte "
        "svarar, står det att idén kommer från en annan organisation."
    ),
    fields=("organisation", "annan", "arbete"),
    button="Svara ja eller nej",
)

KINDS: tuple[MailKind, ...] = (NAMING_ASKED,)
