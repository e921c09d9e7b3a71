from enum import StrEnum

from django.db.models import TextChoices


class Level(TextChoices):
    """Part of an organisation that a checklist is for; empty before 2023."""

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
    """Function in an organisation that answers for an item."""

    POLITICAL_ASSEMBLY = "political_assembly", "Fullmäktige"
    POLITICAL_LEADERSHIP = "political_leadership", "Den politiska ledningen"
    TOP_MANAGERS = "top_managers", "De högsta cheferna"
    MANAGEMENT = "management", "Ledningen"
    MANAGERS_AND_CONTROLLERS = "managers_and_controllers", "Chefer och controllrar"
    OFFICIALS = "officials", "Handläggare"


# These owners' items are "yours" on the page of a politician and of a manager.
POLITICIANS_OWN = frozenset({Owner.POLITICAL_ASSEMBLY, Owner.POLITICAL_LEADERSHIP})
MANAGERS_OWN = frozenset({Owner.TOP_MANAGERS, Owner.MANAGEMENT, Owner.MANAGERS_AND_CONTROLLERS, Owner.OFFICIALS})


class LinkKind(TextChoices):
    SAME = "same", "Samma moment"
    SPLIT = "split", "Delat i flera"
    MERGED = "merged", "Sammanslaget"
    RELATED = "related", "Besläktat"


class WordingPart(TextChoices):
    """Kind of text that a change in a version's history concerns."""

    ITEM = "item", "Momentets formulering"
    STEP = "step", "Stegets benämning"
    GUIDANCE = "guidance", "Vägledningen"


class Audience(StrEnum):
    """Readers whose page a question stands on."""

    POLITICIAN = "politician"
    MANAGER = "manager"
