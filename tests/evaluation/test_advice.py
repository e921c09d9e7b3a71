"""Advice to SKR: written in rows, read once the report is handed in, counted, answered and carried to a concept."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from evaluation.actions.advice import answer_advice, remove_advice, save_advice
from evaluation.actions.rows import GONE
from evaluation.advice import advice_of
from evaluation.models import Advice, AdviceAnswer
from kit.models import AuditEvent
from kit.staleness import Stale, digest
from planning.actions.changes import edit_change, log_change, remove_change
from planning.models import Edition, EditionChange
from planning.setup.changes import answers_to_carry
from tests.cast import make_cast
from tests.factories import EvaluatorFactory
from tests.process_factories import EditionFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def advise(participation, by, tag="time", text="Mer tid mellan träffarna."):
    return save_advice(advice=Advice(participation=participation), tag=tag, text=text, by=by)


def hand_in(*participations):
    for participation in participations:
        participation.reported = True
        participation.save(update_fields=["reported"])


def page(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(f"evaluation:{name}", args=args)).text


class TestWriting:
    def test_each_row_stands_in_the_order_it_was_written(self, cast):
        for text in ("Ett.", "Två.", "Tre."):
            advise(cast.own, cast.anna, text=text)
        assert [row.text for row in cast.own.advice.all()] == ["Ett.", "Två.", "Tre."]
        events = AuditEvent.objects.filter(kind="advice_saved", organisation=cast.own.organisation.code)
        assert {event.target for event in events} == {"Tid"}

    def test_a_change_over_a_colleagues_is_refused_and_shows_both(self, cast, client):
        row = advise(cast.own, cast.anna)
        client.force_login(cast.anna)
        url = reverse("evaluation:advice_edit", args=[cast.cohort.slug, cast.own.code, row.pk])
        seen = client.get(url).context["form"]["seen"].value()
        save_advice(advice=row, tag="time", text="Evas ord.", by=cast.eva)
        answer = client.post(url, {"tag": "scale", "text": "Annas ord.", "seen": seen})
        assert answer.status_code == 422
        assert "Evas ord." in answer.text
        assert "Annas ord." in answer.text
        row.refresh_from_db()
        assert row.text == "Evas ord."

    def test_what_a_colleague_removed_is_said_and_the_text_stays_on_the_page(self, cast, client):
        row = advise(cast.own, cast.anna)
        remove_advice(advice=row, by=cast.eva)
        row.pk = row.pk or 1
        with refused(GONE):
            save_advice(advice=row, tag="time", text="Nytt.", by=cast.anna)
        remove_advice(advice=row, by=cast.eva)
        assert AuditEvent.objects.filter(kind="advice_removed").count() == 1

    def test_the_page_says_when_it_is_read(self, cast, client):
        place = (cast.cohort.slug, cast.own.code)
        assert "läser råden när ni har lämnat in" in page(client, cast.anna, "own_advice", *place)
        hand_in(cast.own)
        assert "läser råden direkt" in page(client, cast.anna, "own_advice", *place)
        assert "läser råden direkt" in page(client, cast.anna, "advice_add", *place)

    def test_a_report_leads_to_its_own_organisations_advice_only(self, cast, client):
        url = reverse("evaluation:own_advice", args=[cast.cohort.slug, cast.own.code])
        report = reverse("reports:report", args=[cast.cohort.slug, cast.own.code])
        client.force_login(cast.anna)
        assert url in client.get(report).text


class TestReading:
    @pytest.mark.parametrize("reported", [False, True])
    def test_skr_and_the_evaluator_read_it_once_the_report_is_handed_in(self, cast, client, reported):
        advise(cast.own, cast.anna)
        if reported:
            hand_in(cast.own)
        evaluator = EvaluatorFactory(cohort=cast.cohort).user
        for reader in (cast.cia, evaluator):
            assert ("Mer tid mellan" in page(client, reader, "advice", cast.cohort.slug)) is reported
        assert "Mer tid mellan" in page(client, cast.eva, "own_advice", cast.cohort.slug, cast.own.code)

    def test_a_report_that_is_taken_back_takes_its_advice_back(self, cast):
        advise(cast.own, cast.anna)
        hand_in(cast.own)
        assert [group.organisations for group in advice_of(cast.cohort)] == [1]
        cast.own.reported = False
        cast.own.save()
        assert advice_of(cast.cohort) == ()

    def test_it_is_grouped_and_counted_by_organisations(self, cast):
        advise(cast.own, cast.anna)
        advise(cast.own, cast.anna, text="Och hela dagar.")
        advise(cast.theirs, cast.gun)
        advise(cast.theirs, cast.gun, tag="scale", text="Fyra steg.")
        hand_in(cast.own, cast.theirs)
        time, scale = advice_of(cast.cohort)
        assert (time.tag, time.organisations, time.in_words) == ("time", 2, "Tre råd från två organisationer.")
        assert (scale.organisations, scale.in_words, scale.answer) == (1, "Ett råd från en organisation.", None)
        assert {row.organisation for row in time.rows} == {str(cast.own), str(cast.theirs)}

    def test_others_in_the_omgang_read_skrs_answer_and_not_the_advice(self, cast, client):
        advise(cast.own, cast.anna)
        hand_in(cast.own)
        answer_advice(cohort=cast.cohort, tag="time", text="Vi ändrar.", changes=True, by=cast.cia)
        theirs = page(client, cast.gun, "own_advice", cast.cohort.slug, cast.theirs.code)
        assert "Vi ändrar." in theirs
        assert "Det här ändrar vi" in theirs
        assert "Mer tid mellan" not in theirs

    def test_an_answer_stands_once_for_each_tag_and_is_stale_after_another(self, cast):
        first = answer_advice(cohort=cast.cohort, tag="time", text="Ja.", changes=False, by=cast.cia)
        with pytest.raises(Stale):
            answer_advice(
                cohort=cast.cohort, tag="time", text="Nej.", changes=False, seen=digest({"text": "", "changes": False}),
                by=cast.cia,
            )  # fmt: skip
        again = answer_advice(cohort=cast.cohort, tag="time", text="Ja.", changes=True, by=cast.cia)
        assert again.pk == first.pk
        assert AdviceAnswer.objects.get().changes

    def test_a_tag_that_there_is_none_of_is_not_found(self, cast, client):
        client.force_login(cast.cia)
        assert client.get(reverse("evaluation:answer_advice", args=[cast.cohort.slug, "politik"])).status_code == 404


class TestCarriedToAConcept:
    DAY = date(2026, 5, 4)

    @pytest.fixture(autouse=True)
    def now(self):
        with time_machine.travel(self.DAY, tick=False):
            yield

    @pytest.fixture
    def edition(self):
        return EditionFactory()

    @pytest.fixture
    def answer(self, cast):
        return answer_advice(cohort=cast.cohort, tag="time", text="En månad till.", changes=True, by=cast.cia)

    def test_the_concept_offers_it_and_shows_it_with_its_omgang(self, cast, client, edition, answer):
        client.force_login(cast.cia)
        concept = reverse("planning:edition", args=[edition.key])
        assert list(answers_to_carry(edition)) == [answer]
        assert f"?svar={answer.pk}" in client.get(concept).text
        url = f"{reverse('planning:change_add', args=[edition.key])}?svar={answer.pk}"
        form = client.get(url).context["form"]
        assert form["text"].value() == "En månad till."
        client.post(url, {"changed_on": "2026-05-04", "text": "En månad mer."})
        change = EditionChange.objects.get()
        assert (change.text, change.cohort, change.answer) == ("En månad mer.", cast.cohort, answer)
        shown = client.get(concept).text
        assert f"efter råd i {cast.cohort.name}" in shown
        assert "?svar=" not in shown

    def test_it_is_carried_once_whatever_the_concept(self, cast, edition, answer):
        log_change(edition=edition, changed_on=self.DAY, text="Ja.", answer=answer, by=cast.cia)
        other = Edition.objects.exclude(pk=edition.pk).first()
        with refused("Svaret är redan infört i ett koncept."):
            log_change(edition=other, changed_on=self.DAY, text="Ja.", answer=answer, by=cast.cia)
        remove_change(change=EditionChange.objects.get(), by=cast.cia)
        log_change(edition=other, changed_on=self.DAY, text="Ja.", answer=answer, by=cast.cia)

    def test_only_an_answer_that_changes_something_is_carried(self, cast, edition, answer):
        answer_advice(cohort=cast.cohort, tag="time", text="Nej.", changes=False, by=cast.cia)
        assert not answers_to_carry(edition)
        with refused("Svaret säger inte att ni ändrar något. Ändra svaret först."):
            log_change(edition=edition, changed_on=self.DAY, text="Ja.", answer=answer, by=cast.cia)

    def test_a_rehearsal_changes_no_concept_and_one_that_is_retired_is_offered_none(self, cast, edition, answer):
        edition.retired = True
        assert not answers_to_carry(edition)
        edition.retired, cast.cohort.rehearsal = False, True
        cast.cohort.save()
        assert not answers_to_carry(edition)

    def test_a_line_of_skrs_own_is_changed_and_never_over_anothers(self, cast, edition):
        change = log_change(edition=edition, changed_on=self.DAY, text="Ett.", by=cast.cia)
        edit_change(change=change, changed_on=self.DAY, text="Två.", by=cast.cia)
        seen = digest({"changed_on": self.DAY, "text": "Ett."})
        with pytest.raises(Stale):
            edit_change(change=change, changed_on=self.DAY, text="Tre.", seen=seen, by=cast.cia)
        assert EditionChange.objects.get().text == "Två."

    def test_a_day_to_come_is_refused(self, cast, edition):
        with refused("Datumet ligger i framtiden."):
            log_change(edition=edition, changed_on=date(2026, 5, 5), text="Ett.", by=cast.cia)
