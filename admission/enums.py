from django.db.models import TextChoices


class InterestState(TextChoices):
    """Lists the states of an interest form; `admission/interest/moves.py` has the rules."""

    DRAFT = "draft", "Påbörjad"
    SUBMITTED = "submitted", "Inskickad"
    ADMITTED = "admitted", "Antagen"
    WAITING = "waiting", "På väntelista"
    DECLINED = "declined", "Inte antagen"
    WITHDRAWN = "withdrawn", "Återtagen"


class WriterStanding(TextChoices):
    """Why a person may write an interest form."""

    PROVED = "proved", "Har en adress i organisationen"
    LET_IN = "let_in", "Insläppt av SKR"
    INVITED = "invited", "Inbjuden av en annan skribent"


class Wish(TextChoices):
    NEARNESS = "nearness", "Nära oss"
    THEME = "theme", "Samma tema"
    PARTNER = "partner", "Tillsammans med vissa organisationer"
    NONE = "none", "Inget särskilt"
