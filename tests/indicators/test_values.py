"""Own values: by form, pasted and in a workbook; asked about and never corrected."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from indicators import actions
from indicators.actions.values import TAKEN, Doubted
from indicators.figures import Figures, ValueEntry
from indicators.models import Value
from indicators.series import series_of
from indicators.weighing import VALUE, seen_of
from kit.guard.reading import forms_of
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import Stale, content_of, digest
from kolada.models import KeyFigure
from tests.cast import make_cast
from tests.factories import IndicatorFactory, ValueFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(client):
    cast = make_cast()
    client.force_login(cast.anna)
    return cast


@pytest.fixture
def waiting(cast):
    return IndicatorFactory(participation=cast.own, title="Väntetid")


def share(cast, **fields):
    return IndicatorFactory(participation=cast.own, title="Andel", kind="share", unit="procent", **fields)


def entry(period="2025", note="", **figures):
    numbers = {name: None if number is None else Decimal(number) for name, number in figures.items()}
    return ValueEntry(period, Figures(**numbers), note)


def save(indicator, entry, by, **more):
    return actions.save_value(value=Value(indicator=indicator), entry=entry, by=by, **more)


def url(name, *args):
    return reverse(f"indicators:{name}", args=args)


def said(response):
    """The errors of the page's form, as they stand in it."""
    return " ".join(" ".join(errors) for errors in response.context["form"].errors.values())


class TestFigures:
    def test_a_share_follows_exactly_from_numerators_and_denominators(self, cast):
        parts = {"women_numerator": 1, "women_denominator": 3, "men_numerator": 1, "men_denominator": 6}
        value = save(share(cast), entry(**parts), cast.anna)
        assert (value.women, value.men) == (Decimal("33.333333"), Decimal("16.666667"))
        assert value.total == Decimal("22.222222")

    def test_a_share_in_per_mille_is_of_a_thousand(self, cast):
        value = save(
            IndicatorFactory(participation=cast.own, kind="share", unit="promille"),
            entry(women_numerator=5, women_denominator=1000),
            cast.anna,
        )
        assert value.women == 5
        assert value.total is None

    def test_nothing_is_worked_out_for_a_count_or_a_mean(self, cast, waiting):
        assert save(waiting, entry(women=51, men=47), cast.anna).total is None

    def test_a_value_keeps_the_unit_it_was_entered_in_and_who_entered_it(self, cast, waiting):
        value = save(waiting, entry(women=51), cast.anna)
        assert (value.unit, value.entered_by, value.men) == ("dagar", cast.anna, None)


DOUBTS = {
    "a share over 100": ("share", {"women": 143, "men": 50}, "andelen för kvinnor är 143"),
    "a share under 0": ("share", {"men": -1}, "värdet för män är −1"),
    "a numerator over its denominator": (
        "share",
        {"women_numerator": 12, "women_denominator": 10},
        "täljaren för kvinnor är 12",
    ),
    "a value unlike its parts": (
        "share",
        {"women": 44, "women_numerator": 43, "women_denominator": 100},
        "ger 43, men värdet är 44",
    ),
    "a count that does not add up": ("count", {"women": 10, "men": 20, "total": 31}, "är tillsammans 30, men totalt"),
    "a total outside the two": ("mean", {"women": 10, "men": 20, "total": 25}, "inte ligger mellan 10 och 20"),
    "a share's total outside the two": ("share", {"women": 10, "men": 20, "total": 9}, "inte ligger mellan"),
}


class TestAskedAbout:
    @pytest.mark.parametrize(("kind", "figures", "says"), DOUBTS.values(), ids=DOUBTS)
    def test_it_is_stored_as_it_was_written_once_it_is_confirmed(self, cast, kind, figures, says):
        indicator = IndicatorFactory(participation=cast.own, kind=kind, unit="procent" if kind == "share" else "antal")
        with pytest.raises(Doubted) as refusal:
            save(indicator, entry(**figures), cast.anna)
        assert says in " ".join(refusal.value.doubts)
        assert not indicator.values.exists()
        value = save(indicator, entry(**figures), cast.anna, confirmed=refusal.value.doubts)
        assert {name: getattr(value, name) for name in figures} == figures

    @pytest.mark.parametrize(
        ("kind", "figures"),
        [
            ("share", {"women": 100, "men": 0, "total": 50}),
            ("share", {"women": "43.2", "women_numerator": 432, "women_denominator": 1000}),
            ("share", {"women": 43, "women_numerator": 432, "women_denominator": 1000}),
            ("count", {"women": 10, "men": 20, "total": 30}),
            ("mean", {"women": 10, "men": 20, "total": 20}),
        ],
    )
    def test_what_agrees_is_not_asked_about(self, cast, kind, figures):
        save(IndicatorFactory(participation=cast.own, kind=kind, unit="procent"), entry(**figures), cast.anna)

    @pytest.mark.parametrize(
        ("now", "is_asked"), [(509, False), (510, True), (511, True), ("5.2", False), ("5.1", True)]
    )
    def test_ten_times_the_last_value_is_asked_about(self, cast, waiting, now, is_asked):
        ValueFactory(indicator=waiting, period="2024")
        if is_asked:
            with pytest.raises(Doubted, match="Kontrollera"):
                save(waiting, entry(women=now), cast.anna)
        else:
            save(waiting, entry(women=now), cast.anna)

    def test_a_changed_unit_is_asked_about_and_breaks_the_series(self, cast, waiting, client):
        ValueFactory(indicator=waiting, period="2024")
        waiting.unit = "veckor"
        waiting.save()
        with pytest.raises(Doubted) as refusal:
            save(waiting, entry(women=7, men=6), cast.anna)
        assert "enheten är veckor, men för 2024 är den dagar" in refusal.value.doubts[0]
        save(waiting, entry(women=7, men=6), cast.anna, confirmed=refusal.value.doubts)
        assert [point.unit for point in series_of(waiting, editor=True).points] == ["dagar", "veckor"]
        assert "Serien bryts här: enheten är veckor, tidigare dagar." in client.get(url("values", waiting.pk)).text

    def test_a_yes_to_one_question_is_no_yes_to_another(self, cast):
        indicator = share(cast)
        with pytest.raises(Doubted) as refusal:
            save(indicator, entry(women=143), cast.anna)
        with pytest.raises(Doubted):
            save(indicator, entry(women=144), cast.anna, confirmed=refusal.value.doubts)

    def test_the_form_shows_a_box_and_takes_the_answer(self, cast, client):
        indicator = share(cast)
        typed = {"period": "2025", "women": "143", "men": "40 %"}
        asked = client.post(url("value_add", indicator.pk), typed)
        assert asked.status_code == 422
        assert "Det stämmer. 2025: andelen för kvinnor är 143, alltså mer än 100." in asked.text
        assert not indicator.values.exists()
        form = next(form for form in forms_of(asked.text, "/") if "women" in {tag.get("name") for tag in form.fields})
        box = next(tag for tag in form.fields if tag.get("name") == "confirmed")
        done = client.post(url("value_add", indicator.pk), {**typed, "confirmed": box.get("value")})
        assert done.status_code == 302
        assert (indicator.values.get().women, indicator.values.get().men) == (143, 40)


class TestForm:
    def test_a_value_is_added_changed_and_removed(self, cast, client, waiting):
        client.post(url("value_add", waiting.pk), {"period": "2025", "women": "51,5", "men": "47"})
        value = waiting.values.get()
        assert (value.period, value.women, value.total) == ("2025", Decimal("51.5"), None)
        page = client.get(url("value_edit", waiting.pk, value.pk))
        assert 'value="51,5"' in page.text
        seen = digest(content_of(value, "period", *VALUE))
        client.post(
            url("value_edit", waiting.pk, value.pk), {"period": "2025", "women": "50", "men": "47", "seen": seen}
        )
        assert waiting.values.get().women == 50
        client.post(url("value_remove", waiting.pk, value.pk))
        client.post(url("value_remove", waiting.pk, value.pk))
        assert not waiting.values.exists()
        kinds = AuditEvent.objects.filter(kind__startswith="value").values_list("kind", flat=True)
        assert sorted(kinds) == ["value_removed", "values_saved", "values_saved"]

    def test_a_period_without_a_year_is_refused_at_the_field(self, cast, client):
        monthly = IndicatorFactory(participation=cast.own, frequency="month")
        refused = client.post(url("value_add", monthly.pk), {"period": "juni", "women": "51"})
        assert refused.context["form"].errors["period"] == ["Skriv också året, till exempel ”juni 2025”."]

    def test_an_empty_value_is_refused(self, cast, waiting):
        with pytest.raises(ActionRefused, match="Skriv minst ett värde"):
            save(waiting, entry(note="Saknas."), cast.anna)

    def test_a_period_has_one_value(self, cast, waiting):
        first = save(waiting, entry(women=51), cast.anna)
        assert save(waiting, entry(women=51), cast.anna) == first  # a second click
        with pytest.raises(ActionRefused, match=TAKEN):
            save(waiting, entry(women=52), cast.anna)

    def test_a_stale_page_stores_nothing(self, cast, waiting):
        value = ValueFactory(indicator=waiting, period="2025")
        seen = digest(content_of(value, "period", *VALUE))
        Value.objects.update(women=49)
        with pytest.raises(Stale):
            actions.save_value(value=value, entry=entry(women=60), seen=seen, by=cast.anna)

    def test_official_values_are_not_entered(self, cast, client):
        figure = KeyFigure.objects.create(code="N99999", title="Sjukfrånvaro, andel (%)", place_kind="K")
        official = IndicatorFactory(participation=cast.own, source="kolada", key_figure=figure)
        with pytest.raises(ActionRefused, match="Värdena hämtas från Kolada"):
            save(official, entry(women=51), cast.anna)
        assert client.get(url("values", official.pk)).status_code == 404

    def test_a_negative_number_of_people_is_refused_at_the_field(self, cast, client):
        refused = client.post(url("value_add", share(cast).pk), {"period": "2025", "women_numerator": "-1"})
        assert "women_numerator" in refused.context["form"].errors


PASTED = (
    "Män\tPeriod\tKvinnor\tPrognos\n42\t2018\t51\t1\n42,5\t2019\t52\t\n\n43\t\t50\t\n44\t2021\tmånga\t\n45\t2019\t1\t\n"
)


class TestPasted:
    def preview(self, client, indicator, text):
        return client.post(url("values_import", indicator.pk), {"pasted": text})

    def test_it_is_previewed_and_stored_when_it_is_confirmed(self, cast, client, waiting):
        preview = self.preview(client, waiting, PASTED)
        assert preview.status_code == 200
        assert not Value.objects.exists()
        for trouble in ("Rad 5: Skriv också året", "Rad 6: Skriv ett tal", "Rad 7: 2019 finns redan", "Prognos"):
            assert trouble in preview.text
        token = preview.context["form"]["understood"].value()
        done = client.post(url("values_import", waiting.pk), {"understood": token}, follow=True)
        assert "Värden för 2 perioder är inlästa." in done.text
        rows = waiting.values.values_list("period", "women", "men")
        assert list(rows) == [("2018", 51, 42), ("2019", 52, Decimal("42.5"))]

    def test_without_a_heading_the_columns_are_in_the_order_of_the_template(self, cast, client, waiting):
        preview = self.preview(client, waiting, "2018;51;42;47\n2019;52;;")
        client.post(url("values_import", waiting.pk), {"understood": preview.context["form"]["understood"].value()})
        rows = waiting.values.values_list("period", "women", "men", "total")
        assert list(rows) == [("2018", 51, 42, 47), ("2019", 52, None, None)]

    def test_a_heading_with_an_empty_corner_is_read(self, cast, client, waiting):
        preview = self.preview(client, waiting, "\tMän\tKvinnor\n2018\t42\t51")
        assert [row.entry.figures.women for row in preview.context["rows"]] == [51]

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("Kommun\tKvinnor\tMän\n2018\t1\t2", "Ingen kolumn heter"),
            ("Period\tKvinnor\tkvinna\n2018\t1\t2", "mer än en kolumn"),
            ("\n".join(["2018;1;2"] * 601), "högst 600 rader"),
            (";;", "inga rader"),
            ("2018;;", "inget värde"),
            ("", "Klistra in rader eller välj en fil."),
        ],
    )
    def test_what_cannot_be_read_is_refused_with_the_reason(self, cast, client, waiting, text, says):
        refused = self.preview(client, waiting, text)
        assert refused.status_code == 422
        assert says in said(refused)

    def test_what_is_asked_about_is_stored_only_with_its_yes(self, cast, client):
        indicator = share(cast)
        preview = self.preview(client, indicator, "2018;43;41;42\n2019;430;41;")
        doubts = [value for value, _label in preview.context["form"].fields["confirmed"].choices]
        assert len(doubts) == 2
        token = preview.context["form"]["understood"].value()
        again = client.post(url("values_import", indicator.pk), {"understood": token, "confirmed": doubts[:1]})
        assert again.status_code == 422
        assert not Value.objects.exists()
        token = again.context["form"]["understood"].value()
        client.post(url("values_import", indicator.pk), {"understood": token, "confirmed": doubts})
        assert indicator.values.get(period="2019").women == 430

    def test_the_answer_does_not_trust_the_page(self, cast, client, waiting):
        token = self.preview(client, waiting, "2018;51;42").context["form"]["understood"].value()
        for forged in (token[:-2], "", "x"):
            refused = client.post(url("values_import", waiting.pk), {"understood": forged})
            assert refused.status_code == 422
        other = IndicatorFactory(participation=cast.own)
        assert client.post(url("values_import", other.pk), {"understood": token}).status_code == 422
        client.force_login(cast.eva)
        assert client.post(url("values_import", waiting.pk), {"understood": token}).status_code == 422
        assert not Value.objects.exists()

    def test_values_that_came_meanwhile_are_looked_at_again(self, cast, waiting):
        seen = seen_of(waiting)
        ValueFactory(indicator=waiting, period="2018")
        with pytest.raises(ActionRefused, match="sedan ni såg vad som läses in"):
            actions.import_values(
                indicator=waiting, entries=[entry("2019", women=50)], confirmed=(), seen=seen, by=cast.anna
            )

    def test_the_same_again_writes_nothing(self, cast, waiting):
        ValueFactory(indicator=waiting, period="2018")
        same = [entry("2018", women=51, men=42)]
        assert actions.import_values(indicator=waiting, entries=same, confirmed=(), seen="old", by=cast.anna) == 0
        assert not AuditEvent.objects.filter(kind="values_saved").exists()


class TestWorkbook:
    def send(self, client, indicator, content):
        return client.post(url("values_import", indicator.pk), {"file": SimpleUploadedFile("b.xlsx", content)})

    def test_the_template_comes_in_as_it_went_out(self, cast, client, waiting):
        ValueFactory(indicator=waiting, period="2018", note="=1+1")
        file = client.get(url("values_workbook", waiting.pk))
        preview = self.send(client, waiting, file.content)
        assert [row.is_same for row in preview.context["rows"]] == [True]
        assert "Allt finns redan här" in preview.text

    def test_a_filled_in_template_is_previewed_and_stored(self, cast, client):
        indicator = share(cast, frequency="half", whom="children")
        book = load_workbook(BytesIO(client.get(url("values_workbook", indicator.pk)).content))
        sheet = book["Värden"]
        assert [cell.value for cell in sheet[1]][:3] == ["Period", "Flickor", "Pojkar"]
        sheet.append(["första halvåret 2025", 43.2 + 0.0000000000001, "41,5 %", None, None, None, None, None, "Ny"])
        sheet.append(["H2", 40, 41])
        file = BytesIO()
        book.save(file)
        preview = self.send(client, indicator, file.getvalue())
        assert "Rad 3: Skriv också året" in preview.text
        client.post(url("values_import", indicator.pk), {"understood": preview.context["form"]["understood"].value()})
        value = indicator.values.get()
        assert (value.period, value.women, value.men, value.note) == (
            "2025-H1",
            Decimal("43.2"),
            Decimal("41.5"),
            "Ny",
        )

    def test_what_is_no_workbook_is_refused(self, cast, client, waiting):
        refused = self.send(client, waiting, b"PK\x03\x04")
        assert refused.status_code == 422
        assert refused.context["form"].errors["file"]
