"""An organisation's indicators: what is written about each, who reads them, and what is hidden."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cohorts.enums import Function
from decisions.enums import DecisionKind
from decisions.models import PoliticalDecision
from indicators import actions
from indicators.actions.indicators import CHANGED, INDICATOR
from indicators.models import Indicator
from indicators.papers import csv_of
from indicators.series import series_of
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import content_of
from kolada.models import KeyFigure, OfficialValue
from policy.labels import Labels
from policy.models import NationalGoal
from tests.cast import make_cast
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    IndicatorFactory,
    OrganisationFactory,
    ParticipationFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db
NEW = {"title": "Väntetid till första besök", "unit": "dagar", "direction": "lower", "kind": "mean"}
FOLDED = {"source": "own", "frequency": "year", "whom": "adults", "readers": "us", "fewest_people": "5"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(date(2026, 11, 22), tick=False):
        yield


@pytest.fixture
def cast(client):
    cast = make_cast()
    client.force_login(cast.anna)
    return cast


def url(name, *args):
    return reverse(f"indicators:{name}", args=args)


def place(participation):
    return participation.cohort.slug, participation.code


def key_figure(code="N00090", **fields):
    about = {"title": "Sjukfrånvaro totalt bland anställda, kommun, andel (%)", "place_kind": "K", **fields}
    return KeyFigure.objects.update_or_create(code=code, defaults={"description": "Dagar.", "source": "SKR", **about})[
        0
    ]


def content(indicator, **changes):
    return {**content_of(indicator, *INDICATOR), **changes}


class TestWritten:
    def test_four_answers_make_one_and_the_rest_is_folded(self, cast, client):
        page = client.get(url("indicator_add", *place(cast.own)))
        assert page.text.count("<details") >= 4
        added = client.post(url("indicator_add", *place(cast.own)), {**NEW, **FOLDED})
        row = cast.own.indicators.get()
        assert added.url == url("values", row.pk)
        assert (row.key, row.source, row.shared, row.position) == ("vantetid-till-forsta-besok", "own", False, 1)

    def test_the_key_is_unique_and_stays_when_the_title_changes(self, cast):
        unsaved = IndicatorFactory.build(participation=cast.own, key="", title="Väntan å ä ö")
        first = actions.save_indicator(indicator=unsaved, seen=None, by=cast.anna, **content(unsaved))
        two = IndicatorFactory.build(participation=cast.own, key="", title="Väntan, å-ä-ö")
        second = actions.save_indicator(indicator=two, seen=None, by=cast.anna, **content(two))
        assert (first.key, second.key) == ("vantan-a-a-o", "vantan-a-a-o-2")
        changed = actions.save_indicator(
            indicator=first, seen=None, by=cast.anna, **content(first, title="Något annat")
        )
        assert changed.key == "vantan-a-a-o"

    def test_targets_are_written_with_a_comma_and_the_rest_is_kept(self, cast, client):
        goal = NationalGoal.objects.exclude(number=None).first()
        part = cast.own.organisation.parts.create(name="Socialnämnden")
        seat = cast.own.delegates.get(user=cast.anna)
        decision = PoliticalDecision.objects.create(
            participation=cast.own, kind=DecisionKind.ENTRY, body="Kommunfullmäktige", decided_on=date(2024, 2, 2)
        )
        more = {
            "target_women": "40,5",
            "target_men": "40",
            "target_gap": "1,25",
            "target_on": "2027-12-31",
            "goals": [goal.pk],
            "tags": "barnrätt",
            "part": part.pk,
            "owner": seat.pk,
            "decisions": [decision.pk],
            "baseline": "År 2018",
            "age_group": "16–24 år",
            "readers": "group",
            "fewest_people": "10",
        }
        client.post(url("indicator_add", *place(cast.own)), {**NEW, **FOLDED, **more})
        row = cast.own.indicators.get()
        assert (row.target_women, row.target_men, row.target_gap) == (Decimal("40.5"), 40, Decimal("1.25"))
        assert (row.goals.get(), row.part, row.owner, row.shared, row.fewest_people) == (goal, part, seat, True, 10)
        assert "Taggar: barnrätt" in client.get(url("indicators", *place(cast.own))).text
        assert (row.baseline, list(row.decisions.all())) == ("2018", [decision])
        form = client.get(url("indicator_edit", row.pk)).context["form"]
        assert form["target_women"].value() == "40,5"
        assert form["decisions"].value() == [decision.pk]

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"title": ""}, "title"),
            ({"unit": ""}, "unit"),
            ({"direction": ""}, "direction"),
            ({"target_gap": "-1"}, "target_gap"),
            ({"target_women": "många"}, "target_women"),
            ({"baseline": "våren"}, "baseline"),
            ({"fewest_people": "2"}, "fewest_people"),
            ({"source": "kolada"}, "source"),
        ],
    )
    def test_what_is_wrong_is_said_at_the_field(self, cast, client, typed, field):
        refused = client.post(url("indicator_add", *place(cast.own)), {**NEW, **FOLDED, **typed})
        assert refused.status_code == 422
        assert field in refused.context["form"].errors

    def test_two_have_not_the_same_title(self, cast, client):
        IndicatorFactory(participation=cast.own, title=NEW["title"], unit="veckor")
        refused = client.post(url("indicator_add", *place(cast.own)), {**NEW, **FOLDED})
        assert refused.context["form"].errors["title"] == ["Ni har redan ett nyckeltal med den rubriken."]

    def test_the_kind_stays_while_there_are_values(self, cast):
        value = ValueFactory(indicator__participation=cast.own)
        with pytest.raises(ActionRefused, match="Slaget kan inte ändras när nyckeltalet har värden"):
            actions.save_indicator(
                indicator=value.indicator, seen=None, by=cast.anna, **content(value.indicator, kind="count")
            )

    def test_a_baseline_is_a_period(self, cast):
        row = IndicatorFactory(participation=cast.own)
        with pytest.raises(ActionRefused, match="Utgångsläget är ingen period"):
            actions.save_indicator(indicator=row, seen=None, by=cast.anna, **content(row, baseline="våren"))

    def test_the_same_again_writes_nothing(self, cast, client):
        row = IndicatorFactory(participation=cast.own)
        actions.save_indicator(indicator=row, seen=None, by=cast.anna, **content(row))
        assert not AuditEvent.objects.filter(kind="indicator_saved").exists()

    def test_it_is_removed_with_its_values_after_a_question(self, cast, client):
        row = ValueFactory(indicator__participation=cast.own).indicator
        page = client.get(url("indicator_remove", *place(cast.own), row.pk))
        assert "Ett värde som ni har fört in tas också bort." in page.text
        with pytest.raises(ActionRefused, match=CHANGED):
            actions.remove_indicator(indicator=row, seen="old", by=cast.anna)
        actions.remove_indicator(indicator=row, by=cast.anna)
        actions.remove_indicator(indicator=row, by=cast.anna)
        assert not Indicator.objects.exists()
        assert AuditEvent.objects.filter(kind="indicator_removed").count() == 1


class TestFromKolada:
    def test_the_form_is_filled_in_from_the_key_figure(self, cast, client):
        figure = key_figure()
        address = f"{url('indicator_add', *place(cast.own))}?nyckeltal=N00090"
        form = client.get(address).context["form"]
        assert form["unit"].value() == "procent"
        assert form["kind"].value() == "share"
        assert form["original_source"].value() == "SKR"
        # SKR proposes it under this delmål.
        assert form["goals"].value() == [NationalGoal.objects.get(number=5).pk]
        typed = {**NEW, "title": form["title"].value(), "unit": "procent", "kind": "share"}
        client.post(address, {**typed, "whom": "adults", "readers": "us", "fewest_people": "5"})
        row = cast.own.indicators.get()
        assert (row.source, row.key_figure, row.frequency) == ("kolada", figure, "year")

    def test_a_key_figure_of_regions_is_refused_to_a_kommun(self, cast, client):
        region = key_figure("U99999", place_kind="L")
        answer = client.get(f"{url('indicator_add', *place(cast.own))}?nyckeltal=U99999", follow=True)
        assert "Nyckeltalet finns inte för er typ av organisation." in answer.text
        new = Indicator(participation=cast.own, source="kolada", key_figure=region)
        fields = content(IndicatorFactory.build(participation=cast.own), source="kolada")
        with pytest.raises(ActionRefused, match="finns inte för er typ av organisation"):
            actions.save_indicator(indicator=new, seen=None, by=cast.anna, **fields)

    def test_an_unknown_key_figure_is_not_found(self, cast, client):
        assert client.get(f"{url('indicator_add', *place(cast.own))}?nyckeltal=N1").status_code == 404


class TestList:
    def page(self, client, participation):
        return client.get(url("indicators", *place(participation)))

    def test_it_has_the_latest_figures_target_and_source(self, cast, client):
        row = IndicatorFactory(
            participation=cast.own, title="Väntetid", target_women=40, target_gap=1, original_source="Vårddata"
        )
        ValueFactory(indicator=row, period="2024", women=60, men=50)
        ValueFactory(indicator=row, period="2025", women=51, men=47)
        text = self.page(client, cast.own).text
        for part in ("Väntetid", "<b>51</b> dagar", "<b>47</b> dagar", "<b>4</b> dagar", "Senaste värdet är för 2025."):
            assert part in text
        assert "Mål: kvinnor 40 och skillnaden högst 1." in text
        assert "Källa: eget system (Vårddata)." in text
        assert "Ni följer ett nyckeltal." in text

    def test_the_gap_is_a_size_whoever_has_the_higher_value(self, cast, client):
        ValueFactory(indicator=IndicatorFactory(participation=cast.own), period="2025", women=45, men=55)
        assert "<b>10</b> dagar" in self.page(client, cast.own).text

    def test_a_missing_value_is_said_in_words(self, cast, client):
        IndicatorFactory(participation=cast.own, title="Utan")
        old = IndicatorFactory(participation=cast.own, title="Gammalt")
        ValueFactory(indicator=old, period="2023")
        half = IndicatorFactory(participation=cast.own, title="Halvt")
        ValueFactory(indicator=half, period="2025", men=None)
        text = self.page(client, cast.own).text
        for words in ("Inget värde än.", "Inget värde för 2025 än.", "2025 saknar värde för män."):
            assert words in text

    def test_official_values_stand_with_their_source(self, cast, client):
        figure = key_figure()
        row = IndicatorFactory(participation=cast.own, source="kolada", key_figure=figure, original_source="SKR")
        OfficialValue.objects.create(key_figure=figure, place=cast.own.code, year=2025, women="8.25", men="4")
        OfficialValue.objects.create(
            key_figure=figure, place=cast.own.code, year=2026, men="4", women_status="Inte publicerat"
        )
        text = self.page(client, cast.own).text
        assert "Källa: Kolada (SKR)." in text
        assert "2026 saknar värde för kvinnor: Inte publicerat." in text
        assert url("values", row.pk) not in text

    def test_a_word_of_kolada_that_gives_no_reason_is_not_shown(self, cast, client):
        figure = key_figure()
        row = IndicatorFactory(participation=cast.own, source="kolada", key_figure=figure)
        without = {"women_status": "Missing", "total_status": "Borttaget av Kolada"}
        OfficialValue.objects.create(key_figure=figure, place=cast.own.code, year=2025, men="4", women_status="Missing")
        OfficialValue.objects.create(key_figure=figure, place=cast.own.code, year=2024, men="4", **without)
        assert "2025 saknar värde för kvinnor." in self.page(client, cast.own).text
        points = series_of(row, editor=False).points
        assert [point.why for point in points] == ["Borttaget av Kolada", ""]
        assert "Missing" not in csv_of(series_of(row, editor=False))

    def test_readers_of_its_work_see_what_is_shared(self, cast, client):
        IndicatorFactory(participation=cast.own, title="Delat", shared=True)
        IndicatorFactory(participation=cast.own, title="Eget")
        for reader in (cast.gun, cast.bo, cast.cia):
            client.force_login(reader)
            text = self.page(client, cast.own).text
            assert "Delat" in text
            assert "Eget" not in text
            assert "Ändra" not in text

    def test_small_numbers_are_for_its_editors_only(self, cast, client):
        row = IndicatorFactory(participation=cast.own, kind="count", unit="personer", shared=True)
        ValueFactory(indicator=row, period="2025", women=3, men=888, total=891, unit="personer", note="Bara tre.")
        assert "visas inte för andra" in self.page(client, cast.own).text
        politician = DelegateFactory(participation=cast.own, function=Function.POLITICIAN).user
        for reader in (politician, cast.gun, cast.cia):
            client.force_login(reader)
            text = self.page(client, cast.own).text
            assert "2025 visas inte, eftersom värdet bygger på få personer." in text
            assert "888" not in text
            assert "<b>3</b>" not in text

    def test_one_and_three_cost_the_same(self, cast, client):
        def cost():
            with CaptureQueriesContext(
                connection,
            ) as queries:
                self.page(client, cast.own)
            return len(queries)

        ValueFactory(indicator__participation=cast.own)
        cost()
        cost_of_one = cost()
        for _ in range(2):
            ValueFactory(indicator__participation=cast.own)
        assert cost() == cost_of_one


class TestOrderAndChoice:
    def test_one_is_moved_a_step_and_a_second_click_moves_nothing(self, cast, client):
        a, b, c = (IndicatorFactory(participation=cast.own, title=title, position=1) for title in "abc")
        move = url("indicator_move", *place(cast.own), c.pk)
        for _ in range(2):
            client.post(move, {"upp": "", "place": "2"})
        assert "".join(cast.own.indicators.order_by("position").values_list("title", flat=True)) == "acb"
        client.post(url("indicator_move", *place(cast.own), a.pk), {"upp": "", "place": "0"})
        client.post(url("indicator_move", *place(cast.own), b.pk), {"ned": "", "place": "2"})
        client.post(url("indicator_move", *place(cast.own), a.pk), {"ned": "", "place": "0"})
        assert "".join(cast.own.indicators.order_by("position").values_list("title", flat=True)) == "cab"

    def test_three_are_chosen_and_not_four(self, cast, client):
        rows = [IndicatorFactory(participation=cast.own) for _ in range(4)]
        keys = [row.pk for row in rows]
        with pytest.raises(ActionRefused, match="Välj högst tre nyckeltal"):
            actions.choose_indicators(participation=cast.own, chosen=keys, by=cast.anna)
        assert client.post(url("choose", *place(cast.own)), {"chosen": keys}).status_code == 422
        client.post(url("choose", *place(cast.own)), {"chosen": keys[:3]})
        assert set(cast.own.indicators.filter(chosen=True)) == set(rows[:3])
        client.post(url("choose", *place(cast.own)), {})
        assert not cast.own.indicators.filter(chosen=True).exists()
        assert AuditEvent.objects.filter(kind="indicators_chosen").count() == 2


class TestCopied:
    @pytest.fixture
    def earlier(self, cast):
        cohort = CohortFactory(starts_on=date(2020, 1, 1), ends_on=date(2021, 6, 1))
        return ParticipationFactory(cohort=cohort, organisation=cast.own.organisation, code=cast.own.code)

    def test_they_come_with_their_values_once(self, cast, client, earlier):
        old = IndicatorFactory(participation=earlier, title="Väntetid", target_gap=1, shared=True, chosen=True)
        ValueFactory(indicator=old, period="2020")
        old.labels = Labels((NationalGoal.objects.get(number=5).pk,), (), ("vården",))
        old.save()
        IndicatorFactory(participation=earlier, title="Trygghet")
        IndicatorFactory(participation=cast.own, title="Trygghet")
        assert "Hämta nyckeltalen från" in client.get(url("indicators", *place(cast.own))).text
        done = client.post(url("copy", *place(cast.own)), follow=True)
        assert "Ett nyckeltal är hämtat." in done.text
        new = cast.own.indicators.get(title="Väntetid")
        assert (new.key, new.target_gap, new.shared, new.chosen) == (old.key, 1, False, False)
        assert new.labels == old.labels
        assert new.values.get().women == 51
        assert old.values.get().women == 51
        assert client.get(url("copy", *place(cast.own))).status_code == 302
        assert actions.copy_indicators(participation=cast.own, earlier=earlier, by=cast.anna) == []
        assert cast.own.indicators.count() == 2
        assert AuditEvent.objects.filter(kind="indicators_copied").count() == 1

    def test_only_ones_own_are_copied(self, cast):
        with pytest.raises(ActionRefused, match="bara från er egen organisation"):
            actions.copy_indicators(participation=cast.own, earlier=cast.theirs, by=cast.anna)


def test_a_journey_without_scripts_from_nothing_to_a_gap(cast, client):
    """Add an indicator, paste its values, confirm them, share it, and let the group read the gap."""
    added = client.post(url("indicator_add", *place(cast.own)), {**NEW, **FOLDED}, follow=True)
    assert "Nu kan ni föra in värden." in added.text
    row = cast.own.indicators.get()
    pasted = "Period\tKvinnor\tMän\n" + "\n".join(f"{2018 + n}\t51\t{42 + n}" for n in range(6))
    preview = client.post(url("values_import", row.pk), {"pasted": pasted})
    client.post(url("values_import", row.pk), {"understood": preview.context["form"]["understood"].value()})
    assert row.values.count() == 6
    edit = client.get(url("indicator_edit", row.pk)).context["form"]
    client.post(url("indicator_edit", row.pk), {**NEW, **FOLDED, "readers": "group", "seen": edit["seen"].value()})
    client.force_login(cast.gun)
    text = client.get(url("indicators", *place(cast.own))).text
    assert "<b>51</b> dagar" in text
    assert "<b>4</b> dagar" in text


def test_an_organisation_of_another_kind_than_kommun_or_region_has_no_official_values(cast):
    body = ParticipationFactory(organisation=OrganisationFactory(code="990001"), code="990001")
    new = Indicator(participation=body, source="kolada", key_figure=key_figure(place_kind="A"))
    fields = content(IndicatorFactory.build(participation=body), source="kolada")
    with pytest.raises(ActionRefused, match="finns inte för er typ"):
        actions.save_indicator(indicator=new, seen=None, by=cast.anna, **fields)
