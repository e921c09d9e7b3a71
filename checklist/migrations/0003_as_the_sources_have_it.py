from functools import partial
from typing import Any

from django.db import migrations

REASON = "Rättad efter källan: mallen från 2017 och SKR:s resultatrapport från december 2020."
# In the version of 2017 by number: what stood here, and what stands in the template.
ITEMS = {
    2: (
        "Den politiska ledningen tar ansvar för att sprida resultat och omsätta till långsiktiga effekter i organisationen",
        "Den politiska ledningen tar ansvar för att sprida resultat och omsätta till långsiktiga effekter i organisationen.",
    ),
    3: (
        "De högsta cheferna tar ansvar för att sprida resultat och omsätta till långsiktiga effekter i organisationen",
        "De högsta cheferna tar ansvar för att sprida resultat och omsätta till långsiktiga effekter i organisationen.",
    ),
    4: (
        "Vi har en tydlig bild över vårt styr- och uppföljningssystem",
        "Vi har en tydlig bild över vårt styr och uppföljningssystem",
    ),
    13: (
        "Vårt tillvägagångssätt för att jämställdhetsintegrera kan systematiseras och överföras till andra verksamhetsområden och kommuner",
        "Vårt tillvägagångssätt för att jämställdhetsintegrera kan systematiseras och överföras till andra verksamhetsområden och kommuner.",
    ),
}
NOTES = {
    "skr-2017": (
        "Texterna följer mallen från 2017.",
        "Texterna följer mallen från 2017, också i stavning och punkter.",
    ),
    "skr-2018": (
        "Ägarna till moment 5, 8, 9 och 10 är en tolkning.",
        "Ägarna till moment 5–10 är en tolkning; vid moment 6 och 7 nämns handläggare bara i förbigående i det som är publicerat.",
    ),
    "skr-2020": (
        "hämtade från 2018 års version.",
        "hämtade från 2018 års version, med samma tolkning av ägarna.",
    ),
}
# The guidance is ours. It refused a declaration that the programme takes as its example, and set limits of our own.
GUIDANCE = (
    (
        (
            "Fullmäktige har fattat ett beslut som gäller hela verksamheten. Det säger vem som ansvarar, vad som ska uppnås och när det ska följas upp, och det gäller i dag.",
            "Ett beslut om att vara med i ett program eller skriva under en deklaration, om det inte också säger vad som ska göras hemma.",
        ),
        (
            "Fullmäktige har fattat ett beslut som gäller hela verksamheten, till exempel genom att ställa sig bakom CEMR:s deklaration om jämställdhet. Det är känt vem som ansvarar, vad som ska uppnås och när det följs upp, och beslutet gäller i dag.",
            "Ett beslut om att vara med i ett program, om det inte också säger vad som ska göras hemma.",
        ),
    ),
    (
        (
            "Ungefär hälften av underlagen beskriver konsekvenser, men ofta allmänt eller utan statistik.",
            "En rubrik i mallen som för det mesta är tom eller där det står ”inga konsekvenser”.",
        ),
        (
            "En del av underlagen beskriver konsekvenser, men ofta allmänt eller utan statistik.",
            "En rubrik i mallen som för det mesta är tom eller där det står ”inga konsekvenser”.",
        ),
    ),
    (
        (
            "Arbetssättet är beskrivet och minst en annan verksamhet har prövat det, men det hänger på att samma personer är med.",
            "En presentation eller ett material som ingen annan har använt.",
        ),
        (
            "Arbetssättet är beskrivet och har prövats utanför den verksamhet där det började, men det hänger på att samma personer är med.",
            "En presentation eller ett material som ingen annan har använt.",
        ),
    ),
)


def correct(apps: Any, schema_editor: Any) -> None:
    """Replace what still stands as it was loaded, and keep both wordings; what SKR has changed stays SKR's."""
    model = partial(apps.get_model, "checklist")
    for key, (old, new) in NOTES.items():
        for checklist in model("Checklist").objects.filter(key=key, note__contains=old).exclude(note__contains=new):
            checklist.note = checklist.note.replace(old, new)
            checklist.save(update_fields=["note"])
    for number, (old, new) in ITEMS.items():
        for item in model("Item").objects.filter(checklist__key="skr-2017", number=number, text=old):
            item.text = new
            item.save(update_fields=["text"])
            _keep(model, item, None, "item", old, new, official=True)
    for old, new in GUIDANCE:
        found = model("Guidance").objects.filter(enough=old[0], not_yet=old[1], official=False)
        for row in found.select_related("item", "step"):
            row.enough, row.not_yet = new
            row.save(update_fields=["enough", "not_yet"])
            _keep(model, row.item, row.step, "guidance", _as_one(old), _as_one(new), official=False)


def _as_one(texts: tuple[str, str]) -> str:
    return "\nDet här räcker inte än: ".join(texts)


def _keep(model: Any, item: Any, step: Any, part: str, before: str, after: str, *, official: bool) -> None:
    model("WordingChange").objects.create(
        checklist_id=item.checklist_id,
        item=item,
        step=step,
        part=part,
        before=before,
        after=after,
        reason=REASON,
        official=official,
    )


class Migration(migrations.Migration):
    dependencies = (("checklist", "0002_checklists"),)
    operations = (migrations.RunPython(correct, migrations.RunPython.noop),)
