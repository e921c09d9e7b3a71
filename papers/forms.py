from kit.fields import LineField
from kit.staleness import SeenForm


class PaperStyleForm(SeenForm):
    """A form for an organisation's own words on the papers to its board."""

    called = LineField(
        "Vad heter pappret hos er?",
        longest=60,
        missing="Skriv vad pappret heter hos er.",
        help_text="Till exempel Tjänsteskrivelse, Tjänsteutlåtande eller Missiv.",
    )
    body = LineField(
        "Vem beslutar?",
        longest=160,
        missing="Skriv vem som beslutar.",
        help_text="Till exempel Kommunstyrelsen eller Regionstyrelsen.",
    )
    sender = LineField(
        "Vilken funktion skickar pappret?",
        longest=120,
        required=False,
        help_text="Funktionen, inte namnet på en person. Till exempel jämställdhetsstrateg, kommunledningskontoret.",
    )
