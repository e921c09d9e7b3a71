"""A page with every component in every state, for the eye, for axe and for pictures."""

from datetime import date

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kit.fields import AddressField, CanonicalField

STEPS = [(1, "Inte påbörjat, finns inte"), (2, "Finns men behöver utvecklas"), (3, "Det finns, det gör vi")]


class SampleForm(forms.Form):
    name = CanonicalField(label="Namn på insatsen", help_text="Kort, så att andra förstår vad den gäller.")
    email = AddressField("E-postadress")
    text = CanonicalField(label="Vad har hänt sedan sist?", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    kind = forms.ChoiceField(label="Slag", choices=[("", "Välj"), ("a", "Verksamhet"), ("b", "Ledning")])
    day = forms.DateField(label="Startdatum", required=False, initial=date(2026, 12, 3))
    count = forms.IntegerField(label="Antal deltagare", required=False)
    step = forms.ChoiceField(label="Hur långt har ni kommit?", choices=STEPS, widget=forms.RadioSelect)
    tags = forms.MultipleChoiceField(
        label="Vilka berörs?",
        help_text="Välj alla som stämmer.",
        choices=[("1", "Skola"), ("2", "Omsorg"), ("3", "Kultur")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    share = forms.BooleanField(label="Andra deltagare får läsa", required=False, help_text="Kan ändras senare.")
    file = forms.FileField(label="Fil", required=False)


@login_not_required
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    def chain(*counts: int | None) -> list[dict[str, object]]:
        labels = ("Aktivitet", "Ny eller ändrad produkt", "Nytt arbetssätt", "Ändrat utfall", "Samhällseffekt")
        return [{"label": label, "count": count} for label, count in zip(labels, counts, strict=True)]

    context = {
        "form": SampleForm(prefix="ren"),
        "wrong_form": SampleForm({"fel-email": "anna"}, prefix="fel"),
        "day": date(2026, 12, 3),
        "crumbs": [{"url": "#main", "label": "Omgångar"}, {"url": "#main", "label": "Modellregioner 2018–2020"}],
        "chain": chain(6, 5, 3, None, None),
        "empty_chain": chain(None, None, None, None, None),
        "three": [(1, STEPS[0][1]), ("1,5", ""), (2, STEPS[1][1]), ("2,5", ""), (3, STEPS[2][1])],
        "four": [(1, "Stämmer inte alls"), (2, "Stämmer delvis"), (3, "Stämmer till stor del"), (4, "Stämmer helt")],
    }
    return render(request, "modell/gallery.html", context)
