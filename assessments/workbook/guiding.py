"""The sheet that tells how the others are filled in and read in again."""

from assessments.models import Assessment
from assessments.workbook import names


def how_to_fill_in(assessment: Assessment) -> list[str]:
    halves = "Ligger ni mellan två steg skriver ni ett halvt steg, som 2,5, i kolumnen för det lägre steget."
    return [
        names.HOW,
        "Varje träff har sitt blad, och era nämnder och förvaltningar har egna.",
        "På raden för ett moment skriver ni stegets siffra eller ett x i stegets kolumn.",
        *([halves] if assessment.half_steps else []),
        *(f"Steg {step.value} är ”{step.label}”." for step in assessment.steps),
        f"{names.VALUE} och {names.SUM.lower()} räknas ut. Skriv inget i de rutorna.",
        f"{names.AIM} är det steg ni vill ha nått till nästa tillfälle.",
        "I de andra kolumnerna skriver ni fritt, högst 4 000 tecken i varje ruta.",
        "Låt bladens namn, kolumnernas rubriker och momenten stå som de är, så känner Modell igen dem.",
        "Spara filen när ni är klara, och välj ”Läs in en självskattning från Excel” på sidan Självskattning i Modell.",
        "Ni får se hur filen har tolkats innan något läses in.",
    ]
