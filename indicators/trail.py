from django.db.models import TextChoices


class IndicatorEvent(TextChoices):
    """The kinds of row that this app writes in the trail; the label follows the actor's name."""

    STATISTICS_SAVED = "statistics_saved", "sparade en verksamhet i Statistik vi har"
    STATISTICS_REMOVED = "statistics_removed", "tog bort en verksamhet ur Statistik vi har"
    STATISTICS_COPIED = "statistics_copied", "hämtade Statistik vi har från en tidigare omgång"
    ANALYSIS_SAVED = "analysis_saved", "sparade en jämställdhetsanalys"
    ANALYSIS_REMOVED = "analysis_removed", "tog bort en jämställdhetsanalys"
    ANALYSIS_SIGNED = "analysis_signed", "undertecknade en jämställdhetsanalys"
    ANALYSIS_REOPENED = "analysis_reopened", "tog tillbaka undertecknandet av en jämställdhetsanalys"
    INDICATOR_SAVED = "indicator_saved", "sparade ett nyckeltal"
    INDICATOR_REMOVED = "indicator_removed", "tog bort ett nyckeltal"
    INDICATORS_ORDERED = "indicators_ordered", "ändrade ordningen på nyckeltalen"
    INDICATORS_CHOSEN = "indicators_chosen", "valde nyckeltal till Läget"
    INDICATORS_COPIED = "indicators_copied", "hämtade nyckeltal från en tidigare omgång"
    VALUES_SAVED = "values_saved", "förde in värden för ett nyckeltal"
    VALUE_REMOVED = "value_removed", "tog bort ett värde för ett nyckeltal"
