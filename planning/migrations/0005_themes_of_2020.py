from typing import Any

from django.db import migrations
from django.db.models import F

STAKEHOLDERS = "En intressentanalys: vilka som berörs, vad de vill och hur ni når dem"
CULTURE = {
    "title": "Kultur och lärande: hur ni tar vara på det ni prövar",
    "minutes": 30,
    "part": "joint",
    "whose": "exchange",
    "position": 4,
}
BEFORE_IT, AFTER_IT = "Mentorn berättar om sina erfarenheter av temat", "Samtal mellan politiker"
LEADERSHIP = (
    "Idéer om ledarskap och organisationskultur",
    "Idéer om ledarskap, kultur och lärande som gör att arbetet håller",
)
# By edition: the theme and the goals of its first fördjupning, and what its source says from now on.
EDITIONS = {
    "koncept-2021": (
        "Kommunikation",
        "Kunskap om kommunikation som stöd i förändringsarbetet",
        " Områdena kommunikation och intressentanalyser samt kultur och lärande fördes in 2020, enligt SKR:s resultatrapport från december 2020; var i träffarna de ligger här är vår arbetsformulering.",
    ),
    "koncept-2023": (
        "Förändringskommunikation",
        "Kunskap om att kommunicera en förändring",
        " Områdena intressentanalyser samt kultur och lärande hör till konceptet sedan 2020, enligt SKR:s resultatrapport från december 2020; var i träffarna de ligger här är vår arbetsformulering.",
    ),
}


def add(apps: Any, schema_editor: Any) -> None:
    """Give the editions the themes that came in 2020, where a step still stands as it was loaded."""
    steps = apps.get_model("planning", "EditionStep").objects
    for key, (theme, goals, source) in EDITIONS.items():
        apart = steps.filter(edition__key=key, kind="deep_dive", theme=theme, goals=goals)
        changed = apart.update(theme=f"{theme} och intressentanalys", goals=f"{goals}\n{STAKEHOLDERS}")
        for step in steps.filter(edition__key=key, kind="learning_meeting", goals__contains=LEADERSHIP[0]):
            step.goals = step.goals.replace(*LEADERSHIP)
            step.save(update_fields=["goals"])
            _talk_about_culture(step)
            changed += 1
        if changed:
            edition = apps.get_model("planning", "Edition").objects.get(key=key)
            edition.source += source
            edition.save(update_fields=["source"])


def _talk_about_culture(step: Any) -> None:
    titles = dict(step.agenda.values_list("title", "position"))
    if (titles.get(BEFORE_IT), titles.get(AFTER_IT)) == (CULTURE["position"] - 1, CULTURE["position"]):
        step.agenda.filter(position__gte=CULTURE["position"]).update(position=F("position") + 1)
        step.agenda.create(**CULTURE)


class Migration(migrations.Migration):
    dependencies = (("planning", "0004_web_links"),)
    operations = (migrations.RunPython(add, migrations.RunPython.noop),)
