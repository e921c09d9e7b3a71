""" "Statistik vi har": pasted in, changed row by row, and counted once."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.urls import reverse

from cohorts.enums import Function
from indicators.actions import inventory as actions
from indicators.enums import Split
from indicators.models import StatisticsHeld
from indicators.pasted import MOST_LINES, PastedStatistics, UnreadableLine, statistics_in
from indicators.statistics_held import earlier_with_statistics, inventory_of
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import Stale, content_of, digest
from tests.cast import make_cast
from tests.factories import CohortFactory, DelegateFactory, ParticipationFactory
from tests.indicators.analysis_pages import stated

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def anna(cast, client):
    client.force_login(cast.anna)
    return cast.anna


def url(name, participation, *more):
    return reverse(f"indicators:{name}", args=[participation.cohort.slug, participation.code, *more])


def names(participation):
    return [row.name for row in inventory_of(participation).rows]


class TestInventory:
    def test_says_how_many_have_statistics_of_women_and_men(self, cast):
        for place in range(9):
            split = (Split.YES, Split.YES, Split.YES, Split.YES, Split.PARTLY, Split.PARTLY)
            stated(cast.own, f"V{place}", split=split[place] if place < 6 else Split.NO)
        inventory = inventory_of(cast.own)
        assert inventory.headline == "Fyra av nio verksamheter har könsuppdelad statistik."
        assert inventory.about_partly.startswith("Två har det delvis. Bara ”ja” räknas som könsuppdelad.")

    def test_counts_analysed_and_reported_of_all_and_says_what_is_not_known(self, cast):
        stated(cast.own, "Skola", analysed=True, in_report=None)
        stated(cast.own, "Hemtjänst", analysed=None, in_report=False)
        stated(cast.own, "Idrott", analysed=None, in_report=True)
        inventory = inventory_of(cast.own)
        assert (inventory.analysed.ratio, inventory.analysed.not_known) == ("en av tre", "För två vet ni inte.")
        assert (inventory.in_report.ratio, inventory.in_report.not_known) == ("en av tre", "För en vet ni inte.")

    def test_one_or_none_is_said_in_good_swedish(self, cast):
        assert inventory_of(cast.own).headline == "Vilken statistik har ni om kvinnor och män?"
        stated(cast.own, split=Split.NO)
        assert inventory_of(cast.own).headline == "Den enda verksamheten i listan har inte könsuppdelad statistik."
        assert inventory_of(cast.own).about_partly == ""

    def test_is_ordered_by_namnd_and_name_in_swedish(self, cast):
        parts = [cast.own.organisation.parts.create(name=name) for name in ("Äldrenämnden", "Utbildningsnämnden")]
        for name, part in (("Åk 9", parts[1]), ("Zon", parts[1]), ("Hemtjänst", parts[0]), ("Personal", None)):
            stated(cast.own, name, part=part)
        assert names(cast.own) == ["Personal", "Zon", "Åk 9", "Hemtjänst"]

    def test_is_given_as_csv_with_the_same_words(self, cast, client, anna):
        stated(cast.own, "=Skola", split=Split.PARTLY, analysed=None, in_report=False, note="Saknar ”ålder”.")
        response = client.get(url("statistics_file", cast.own))
        head, row = csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";")
        assert head[1:3] == ["Verksamhet", "Könsuppdelad"]
        assert row == ["Hela organisationen", "'=Skola", "Delvis", "Vet inte", "Nej", "Saknar ”ålder”."]


class TestPasting:
    def test_reads_names_with_and_without_answers(self):
        rows = statistics_in("Hemtjänst\n Skola ; delvis\nIdrott\tja\tNej\tvet inte\n\n;;\nskola\n", Split.NO)
        assert rows == [
            PastedStatistics("Hemtjänst", Split.NO),
            PastedStatistics("Skola", Split.PARTLY),
            PastedStatistics("Idrott", Split.YES, False, None),
        ]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("Skola; kanske", "Raden om ”Skola” går inte att läsa."),
            ("Skola; ja; ja; ja; mer", "Raden om ”Skola” går inte att läsa."),
            ("; ja", "Raden ”; ja” börjar inte med en verksamhet."),
            ("S" * 161, "är för långt. Det får ha högst 160 tecken."),
            ("Skola\n" * (MOST_LINES + 1), "Klistra in högst 200 rader åt gången."),
        ],
    )
    def test_says_which_line_it_cannot_read(self, text, said):
        with pytest.raises(UnreadableLine, match="^.*" + said.replace(".", r"\.")):
            statistics_in(text, Split.NO)

    def test_asks_only_where_a_line_has_no_answer_of_its_own(self, cast, client, anna):
        page = url("statistics_add", cast.own)
        response = client.post(page, {"lines": "Hemtjänst; ja\nSkola"})
        assert (
            "Svara nedan om verksamheterna har könsuppdelad statistik. Raden om ”Skola” säger det inte."
            in response.text
        )
        assert client.post(page, {"lines": "Hemtjänst; ja\nSkola; nej"}).status_code == 302

    def test_takes_a_name_of_160_signs_and_200_lines(self):
        assert len(statistics_in("S" * 160, Split.NO)[0].name) == 160
        assert len(statistics_in("\n".join(f"S{n}" for n in range(MOST_LINES)), Split.NO)) == MOST_LINES

    def test_adds_the_lines_in_one_go_and_never_twice(self, cast, client, anna):
        part = cast.own.organisation.parts.create(name="Socialnämnden")
        stated(cast.own, "Skola")
        data = {"lines": "skola; nej\nHemtjänst; ja\nIdrott", "part": part.pk, "split": "partly"}
        response = client.post(url("statistics_add", cast.own), data, follow=True)
        assert "Två verksamheter är tillagda." in response.text
        kept = {row.name: (row.split, row.part) for row in StatisticsHeld.objects.filter(participation=cast.own)}
        assert kept == {"Skola": ("yes", None), "Hemtjänst": ("yes", part), "Idrott": ("partly", part)}
        assert AuditEvent.objects.filter(kind="statistics_saved").count() == 2
        again = client.post(url("statistics_add", cast.own), data)
        assert "Alla verksamheterna finns redan i listan." in again.text

    def test_keeps_what_was_typed_where_a_line_is_wrong(self, cast, client, anna):
        response = client.post(url("statistics_add", cast.own), {"lines": "Skola; kanske", "split": "no"})
        assert response.status_code == 422
        assert "Raden om ”Skola” går inte att läsa." in response.text
        assert "Skola; kanske</textarea>" in response.text
        assert not StatisticsHeld.objects.exists()


class TestChanging:
    def new(self, row, **changes):
        return {**content_of(row, *actions.STATISTICS), **changes}

    def test_changes_a_row(self, cast, client, anna):
        row = stated(cast.own)
        seen = digest(content_of(row, *actions.STATISTICS))
        data = {"name": "Hemtjänst", "split": "partly", "analysed": "", "in_report": "ja", "note": "Ny", "seen": seen}
        assert client.post(url("statistics_edit", cast.own, row.pk), data).status_code == 302
        row.refresh_from_db()
        assert (row.split, row.analysed, row.in_report, row.note) == ("partly", None, True, "Ny")

    def test_refuses_a_stale_page_and_a_name_that_is_taken(self, cast):
        row, other = stated(cast.own), stated(cast.own, "Skola")
        old = digest(content_of(row, *actions.STATISTICS))
        actions.change_statistics(row=row, by=cast.anna, **self.new(row, note="Ny"))
        with pytest.raises(Stale):
            actions.change_statistics(row=row, seen=old, by=cast.eva, **self.new(row, note="Annan"))
        with pytest.raises(ActionRefused, match=r"Verksamheten finns redan i listan\."):
            actions.change_statistics(row=row, by=cast.anna, **self.new(row, name=other.name))

    def test_refuses_to_change_what_is_gone(self, cast):
        row = stated(cast.own)
        actions.remove_statistics(participation=cast.own, pk=row.pk, by=cast.anna)
        with pytest.raises(ActionRefused, match=r"Någon har tagit bort verksamheten ur listan\."):
            actions.change_statistics(row=row, by=cast.anna, **self.new(row, note="Ny"))

    def test_is_removed_once(self, cast, client, anna):
        row = stated(cast.own)
        for _ in range(2):
            client.post(url("statistics_remove", cast.own, row.pk))
        assert not StatisticsHeld.objects.exists()
        assert AuditEvent.objects.filter(kind="statistics_removed").count() == 1

    def test_cannot_choose_the_namnd_of_another(self, cast, client, anna):
        cast.own.organisation.parts.create(name="Vår")
        theirs = cast.theirs.organisation.parts.create(name="Deras")
        data = {"lines": "Skola", "part": theirs.pk, "split": "no"}
        assert "Välj en av era nämnder eller förvaltningar." in client.post(url("statistics_add", cast.own), data).text


class TestEarlierOmgang:
    @pytest.fixture
    def earlier(self, cast):
        before = CohortFactory(name="Förra omgången", starts_on=date(2024, 2, 1), ends_on=date(2025, 12, 1))
        return ParticipationFactory(cohort=before, organisation=cast.own.organisation)

    def test_is_copied_without_what_is_there_already(self, cast, earlier, client, anna):
        stated(earlier, "Skola", analysed=None, note="Bara elever")
        stated(earlier, "Hemtjänst")
        assert "Hämta från Förra omgången" in client.get(url("statistics", cast.own)).text
        stated(cast.own, "hemtjänst", split=Split.NO)
        response = client.post(url("statistics_copy", cast.own), follow=True)
        assert "En verksamhet är tillagd. Gå igenom svaren" in response.text
        assert names(cast.own) == ["hemtjänst", "Skola"]
        assert StatisticsHeld.objects.get(participation=cast.own, name="Skola").note == "Bara elever"
        again = client.post(url("statistics_copy", cast.own), follow=True)
        assert "Ni har redan alla verksamheter därifrån." in again.text

    def test_is_refused_where_there_is_none(self, cast, earlier):
        with pytest.raises(ActionRefused, match=r"Det finns ingen tidigare omgång att hämta från\."):
            actions.copy_statistics(participation=cast.own, by=cast.anna)

    def test_neither_a_later_one_nor_a_rehearsal_is_earlier(self, cast, earlier):
        stated(cast.own)
        assert earlier_with_statistics(earlier) is None
        stated(earlier)
        assert earlier_with_statistics(cast.own) == earlier
        type(earlier.cohort).objects.update(rehearsal=False)
        type(earlier.cohort).objects.filter(pk=earlier.cohort_id).update(rehearsal=True)
        assert earlier_with_statistics(cast.own) is None


class TestWhoReads:
    def test_is_the_own_organisation_only(self, cast, client):
        stated(cast.own, "Hemlig verksamhet")
        for user, status in ((cast.eva, 200), (cast.gun, 403), (cast.bo, 403), (cast.cia, 403), (cast.dag, 404)):
            client.force_login(user)
            assert client.get(url("statistics", cast.own)).status_code == status

    def test_a_politician_reads_without_buttons(self, cast, client):
        stated(cast.own)
        client.force_login(DelegateFactory(participation=cast.own, function=Function.POLITICIAN).user)
        text = client.get(url("statistics", cast.own)).text
        assert "Hemtjänst" in text
        assert "Lägg till verksamheter" not in text
