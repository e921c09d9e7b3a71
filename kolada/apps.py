from django.apps import AppConfig


class KoladaConfig(AppConfig):
    name = "kolada"
    verbose_name = "Officiell statistik från Kolada"
