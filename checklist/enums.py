from enum import StrEnum

from django.db.models import TextChoices


class Level(TextChoices):
    """Which part of an organisation a checklist is for; empty before 2023."""

    OVERALL = "overgripande", "Övergripande nivå"
    BOARD = "namnd_forvaltning", "Nämnd/styrelse och förvaltning"


class WordingStatus(TextChoices):
    PUBLISHED = "published", "Publicerad"
    WORKING = "working", "Arbetsformulering"


class Block(TextChoices):
    STEERING = "styrning_och_ledning", "Styrning och ledning"
    STATISTICS = "statistik_och_analyser", "Statistik och analyser"
    IMPROVEMENT = "forbattringsarbete", "Förbättringsarbete"


class Owner(TextChoices):
    """Who answers for a moment in an organisation."""

    POLITICAL_ASSEMBLY = "political_assembly", "Fullmäktige"
    POLITICAL_LEADERSHIP = "political_leadership", "Den politiska ledningen"
    TOP_MANAGERS = "top_managers", "De högsta cheferna"
    MANAGEMENT = "management", "Ledningen"
    MANAGERS_AND_CONTROLLERS = "managers_and_controllers", "Chefer och controllrar"
    OFFICIALS = "officials", "Handläggare"


# Which owners' moment are "yours" on the page of a politician and of a manager.
POLITICIANS_OWN = frozenset({Owner.POLITICAL_ASSEMBLY, Owner.POLITICAL_LEADERSHIP})
MANAGERS_OWN = frozenset({Owner.TOP_MANAGERS, Owner.MANAGEMENT, Owner.MANAGERS_AND_CONTROLLERS, Owner.OFFICIALS})


class LinkKind(TextChoices):
    SAME = "same", "Samma moment"
    SPLIT = "split", "Delat i flera"
    MERGED = "merged", "Sammanslaget"
    RELATED = "related", "Besläktat"


class AssessmentState(TextChoices):
    """After its meeting a submitted one is locked as well: `Assessment.is_locked`, which a day decides."""

    DRAFT = "draft", "Påbörjad"
    SUBMITTED = "submitted", "Inlämnad"


class Judges(TextChoices):
    """Whose judgement the agreed values are."""

    STEERING_GROUP = "steering_group", "Styrgruppens"
    MANAGEMENT_GROUP = "management_group", "Ledningsgruppens"
    WORKING_GROUP = "working_group", "Arbetsgruppens"
    STRATEGIST = "strategist", "Strategens"


class MomentState(TextChoices):
    """What a value is against the one before: copied is not confirmed."""

    MISSING = "missing", "Inte skattad än"
    UNCONFIRMED = "unconfirmed", "Inte bekräftad än"
    NEW = "new", "Ny"
    CHANGED = "changed", "Ändrad"
    CONFIRMED = "confirmed", "Bekräftad"


class TitleRule(TextChoices):
    """What gives the title Modellkommun or Modellregion in an omgång; the programme has had several."""

    NONE = "none", "Ingen regel"
    SELF_ASSESSMENT = "self_assessment", "Inget moment på lägsta steget och mer än hälften på det högsta"
    PARTICIPANT_AND_MENTOR = "participant_and_mentor", "En omgång som deltagare och en som mentor"


class WordingPart(TextChoices):
    """Which of a version's texts a change in its history is about."""

    ITEM = "item", "Momentets formulering"
    STEP = "step", "Stegets benämning"
    GUIDANCE = "guidance", "Vägledningen"


class Audience(StrEnum):
    """Whose page a question stands on."""

    POLITICIAN = "politician"
    MANAGER = "manager"
