from kit.fields import DayField, TextField
from kit.staleness import SeenForm


class EditionChangeForm(SeenForm):
    changed_on = DayField("Vilken dag?", missing="Ange dagen för ändringen.")
    text = TextField("Vad har ändrats?", rows=4, longest=2000, missing="Skriv vad som har ändrats.", called="Ändringen")
