from django.db.models import TextChoices


class SkrRole(TextChoices):
    PROCESS_LEADER = "process_leader", "Processledare"
    ADMINISTRATOR = "administrator", "Administratör"
