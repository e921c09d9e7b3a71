"""The built-in texts say what their sources say, or that they are ours, also on a site that loaded them before."""

import json
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings

from checklist.enums import WordingPart
from checklist.models import Checklist, Guidance, Item, WordingChange

pytestmark = pytest.mark.django_db
CORRECTION = import_module("checklist.migrations.0003_as_the_sources_have_it")
# The template of 2017, as SKR has it, stops included.
TEMPLATE_2017 = (
    "Vi har tagit politiskt beslut om jämställdhetsintegrering",
    "Den politiska ledningen tar ansvar för att sprida resultat och omsätta till långsiktiga effekter i "
    "organisationen.",
    "De högsta cheferna tar ansvar för att sprida resultat och omsätta till långsiktiga effekter i organisationen.",
    "Vi har en tydlig bild över vårt styr och uppföljningssystem",
    "Jämställdhetsperspektivet är synligt i mål, budget och andra styrdokument",
    "Vi sätter övergripande jämställdhetsmål eller jämställdhetsintegrerade mål",
    "I beslutsunderlag beskriver vi konsekvenser för kvinnor och män, flickor och pojkar",
    "Vi redovisar könsuppdelad statistik på alla nivåer i verksamhetsuppföljningen",
    "I vår uppföljning kommenterar och analyserar vi den könsuppdelade statistiken",
    "Vi följer upp jämställdhet i ordinarie verksamhets- och budgetuppföljning",
    "Vi har åstadkommit konkreta och hållbara förbättringar inom olika verksamhetsområden",
    "Vi säkerställer kompetens för att arbeta med jämställdhetsintegrering",
    "Vårt tillvägagångssätt för att jämställdhetsintegrera kan systematiseras och överföras till andra "
    "verksamhetsområden och kommuner.",
)
LIMITS = ("Ungefär hälften", "minst en annan verksamhet")


def texts_of(key):
    return tuple(Item.objects.filter(checklist__key=key).order_by("number").values_list("text", flat=True))


def guidance():
    return list(Guidance.objects.order_by("pk").values_list("item__key", "step__value", "enough", "not_yet"))


def test_the_checklist_of_2017_is_the_templates():
    assert texts_of("skr-2017") == TEMPLATE_2017


def test_the_guidance_sets_no_limit_that_no_source_has_and_takes_the_declaration():
    words = " ".join(f"{row[2]} {row[3]}" for row in guidance())
    assert [limit for limit in LIMITS if limit in words] == []
    highest = Guidance.objects.get(item__checklist__key="skr-2018", item__number=1, step__value=3)
    assert "CEMR" in highest.enough
    assert "deklaration" not in highest.not_yet


def test_a_site_that_loaded_the_old_texts_gets_the_same_and_keeps_both():
    loaded, notes = guidance(), dict(Checklist.objects.values_list("key", "note"))
    for number, (old, _) in CORRECTION.ITEMS.items():
        Item.objects.filter(checklist__key="skr-2017", number=number).update(text=old)
    for old, new in CORRECTION.GUIDANCE:
        Guidance.objects.filter(enough=new[0], not_yet=new[1]).update(enough=old[0], not_yet=old[1])
    for key, (old, new) in CORRECTION.NOTES.items():
        Checklist.objects.filter(key=key).update(note=notes[key].replace(new, old))
    n_guidance = sum(old != new for old, new in zip(guidance(), loaded, strict=True))
    assert n_guidance > 3
    for _ in range(2):  # a second time it finds nothing to do
        CORRECTION.correct(apps, None)
        assert (texts_of("skr-2017"), guidance()) == (TEMPLATE_2017, loaded)
        assert dict(Checklist.objects.values_list("key", "note")) == notes
        assert WordingChange.objects.filter(part=WordingPart.ITEM).count() == len(CORRECTION.ITEMS)
        assert WordingChange.objects.filter(part=WordingPart.GUIDANCE).count() == n_guidance


def test_what_skr_has_changed_stays():
    Item.objects.filter(checklist__key="skr-2017", number=4).update(text="SKR:s egna ord")
    CORRECTION.correct(apps, None)
    assert texts_of("skr-2017")[3] == "SKR:s egna ord"
    assert not WordingChange.objects.exists()


def test_the_published_tables_are_called_what_the_print_calls_the_meetings():
    document = json.loads((settings.DATA_DIR / "published-tables.json").read_text(encoding="utf-8"))
    titles = [table["title"] for table in document["tables"]]
    assert all("benchmarkingträff" in title for title in titles)
