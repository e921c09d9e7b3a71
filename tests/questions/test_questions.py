"""Noting that a question was asked, and its answer."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from checklist.enums import Audience
from kit.models import AuditEvent
from questions.actions import change_question, note_question, remove_question
from questions.models import AskedQuestion
from tests.factories import TODAY
from tests.refusing import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


def note(cast, **fields):
    said = {
        "item": None,
        "text": "Vad blev det?",
        "place": "kommunstyrelsen",
        "asked_on": TODAY,
        "answer": "",
        **fields,
    }
    return note_question(participation=cast.own, audience=Audience.POLITICIAN, by=cast.anna, **said)


def kinds():
    return list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))


class TestActions:
    def test_noted_once(self, cast):
        assert note(cast) == note(cast)
        assert kinds() == ["question_noted"]

    @pytest.mark.parametrize("days", [0, 1])
    def test_today_and_before(self, cast, days):
        assert note(cast, asked_on=TODAY - timedelta(days=days)).asked_on == TODAY - timedelta(days=days)

    def test_not_tomorrow(self, cast):
        with refused("Datumet ligger i framtiden."):
            note(cast, asked_on=TODAY + timedelta(days=1))

    def test_neither_is_it_changed_to_tomorrow(self, cast):
        question = note(cast)
        fields = {name: getattr(question, name) for name in ("item", "text", "place", "answer")}
        with refused("Datumet ligger i framtiden."):
            change_question(question=question, by=cast.anna, asked_on=TODAY + timedelta(days=1), **fields)

    def test_the_answer_comes_later(self, cast):
        question = note(cast)
        fields = {name: getattr(question, name) for name in ("item", "text", "place", "asked_on")}
        for _ in range(2):
            change_question(question=question, by=cast.eva, answer="Nästan allt.", **fields)
        assert AskedQuestion.objects.get().answer == "Nästan allt."
        assert kinds() == ["question_noted", "question_changed"]

    def test_removed_once(self, cast):
        question = note(cast)
        for _ in range(2):
            remove_question(question=question, by=cast.anna)
        assert not AskedQuestion.objects.exists()
        assert kinds() == ["question_noted", "question_removed"]


class TestThePages:
    def address(self, cast, name="questions", *more):
        return reverse(f"questions:{name}", args=[cast.cohort.slug, cast.own.code, *more])

    def test_a_link_brings_the_banks_question_about_the_moment(self, cast, client):
        client.force_login(cast.anna)
        page = client.get(f"{self.address(cast, 'question_add')}?moment=2")
        item = cast.cohort.plan.checklist.items.get(number=2)
        form = page.context["form"]
        assert (form.initial["item"], form.initial["asked_on"]) == (item.pk, TODAY)
        assert form.initial["text"] == item.questions.get(audience="politician").text

    @pytest.mark.parametrize("number", ["99", "x", "", "²"])
    def test_a_link_that_names_no_moment_brings_none(self, cast, client, number):
        client.force_login(cast.anna)
        page = client.get(self.address(cast, "question_add"), {"moment": number})
        assert "item" not in page.context["form"].initial

    def test_asked_and_answered(self, cast, client):
        client.force_login(cast.anna)
        typed = {"text": "Hur gick det?", "place": "Nämnden", "asked_on": "2026-11-20", "item": "", "answer": ""}
        client.post(self.address(cast, "question_add"), typed)
        question = AskedQuestion.objects.get()
        assert (question.asked_on, question.audience) == (date(2026, 11, 20), "politician")
        page = client.get(self.address(cast)).text
        assert "En fråga väntar på svar." in page
        edit = self.address(cast, "question_edit", question.pk)
        seen = client.get(edit).context["form"].initial["seen"]
        removal = self.address(cast, "question_remove", question.pk)
        assert f'action="{removal}"' in client.get(edit).text
        assert "Ta bort anteckningen" not in client.get(self.address(cast, "question_add")).text
        client.post(edit, {**typed, "answer": "Bra.", "seen": seen})
        assert "Alla frågor som ni har ställt har fått svar." in client.get(self.address(cast)).text
        client.post(self.address(cast, "question_remove", question.pk))
        assert "Ni har inte antecknat någon ställd fråga än." in client.get(self.address(cast)).text

    def test_another_organisations_question_is_not_found(self, cast, client):
        question = note_question(
            participation=cast.theirs,
            audience=Audience.POLITICIAN,
            by=cast.gun,
            item=None,
            text="Vad?",
            place="Nämnden",
            asked_on=TODAY,
            answer="",
        )
        client.force_login(cast.anna)
        assert client.get(self.address(cast, "question_edit", question.pk)).status_code == 404
