from django.db.models import TextChoices


class Direction(TextChoices):
    HIGHER = "higher", "Högre är bättre"
    LOWER = "lower", "Lägre är bättre"
    EQUAL = "equal", "Lika är bäst"


class IndicatorKind(TextChoices):
    SHARE = "share", "Andel"
    MEAN = "mean", "Medelvärde"
    COUNT = "count", "Antal"
    INDEX = "index", "Index"


class ValueSource(TextChoices):
    KOLADA = "kolada", "Kolada"
    OWN = "own", "Eget system"
    SURVEY = "survey", "Enkät"


class Frequency(TextChoices):
    YEAR = "year", "Varje år"
    HALF = "half", "Varje halvår"
    QUARTER = "quarter", "Varje kvartal"
    MONTH = "month", "Varje månad"


class Whom(TextChoices):
    """The two that are compared; English in code has them as women and men whatever their age."""

    ADULTS = "adults", "Kvinnor och män"
    CHILDREN = "children", "Flickor och pojkar"


class Split(TextChoices):
    """Whether statistics are divided by sex."""

    YES = "yes", "Ja"
    PARTLY = "partly", "Delvis"
    NO = "no", "Nej"
