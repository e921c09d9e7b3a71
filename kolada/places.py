"""By which id Kolada names an organisation."""

COUNTRY = "0000"


def place_of(code: str) -> str:
    """Return Kolada's id for an SCB code: a kommun's own four digits, a region's county code after two zeros.

    Other organisations than kommuner and regioner have none, and the answer is empty.
    """
    if not code.isdigit():
        return ""
    return {2: f"00{code}", 4: code}.get(len(code), "")
