from django.db.models import TextChoices


class RuleKind(TextChoices):
    """The rules that the process leader may set before groups are proposed."""

    STAY = "stay", "Stannar i sin grupp"
    TOGETHER = "together", "Hålls ihop"
    APART = "apart", "Hålls isär"
