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
        "{annan} har provat en idé från {organisation} i förbättringsarbetet ”{arbete}”, och vill berätta i sin "
        "resultatrapport att idén kommer från er. Svara ja eller nej på sidan. När rapporten är publicerad kan vem som "
        "helst läsa den.\n\nOm ni svarar nej, eller inte svarar, skriver de att idén kommer från en annan organisation."
    ),
    fields=("organisation", "annan", "arbete"),
    button="Svara ja eller nej",
)

COMMENTED = MailKind(
    key="improvement_commented",
    name="Någon har kommenterat ert förbättringsarbete",
    when=(
        "När någon i gruppen, en mentor eller SKR har kommenterat ett förbättringsarbete som organisationen delar. Går "
        "till organisationens strateg."
    ),
    subject="Ny kommentar till ”{arbete}”",
    body=(
        "En {vem} har kommenterat ert förbättringsarbete ”{arbete}”. Läs kommentaren på sidan. Ni kan svara med en "
        "egen kommentar, eller ta bort den."
    ),
    fields=("organisation", "arbete", "vem"),
    button="Läs kommentaren",
)

KINDS: tuple[MailKind, ...] = (NAMING_ASKED, COMMENTED)
