from django.apps import AppConfig


class ModellConfig(AppConfig):
    name = "modell"
    verbose_name = "Modell"

    def ready(self) -> None:
        from modell import checks  # noqa: F401  (importing registers them)
