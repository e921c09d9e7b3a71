from django.apps import AppConfig


class ModellConfig(AppConfig):
    name = "modell"
    verbose_name = "Modell"
