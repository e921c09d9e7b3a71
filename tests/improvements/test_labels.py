"""Goals, CEMR's articles and free tags on improvements, efforts and decisions."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from decisions.models import PoliticalDecision
from improvements import actions
from improvements.enums import State
from improvements.models import Effort, Improvement
from policy.labels import NO_LABELS, Labels, split_tags
from policy.models import Article, NationalGoal
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    ImprovementFactory,
    ParticipationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(date(2026, 11, 22), tick=False):
        yield


@pytest.fixture
def own():
    return ParticipationFactory(cohort=CohortFactory(starts_on=date(2026, 2, 1), ends_on=date(2027, 6, 1)))


@pytest.fixture(autouse=True)
def strategist(client, own):
    user = DelegateFactory(participation=own).user
    client.force_login(user)
    return user


def chosen():
    return NationalGoal.objects.get(number=5), Article.objects.get(number=14)


def place(own):
    return [own.cohort.slug, own.code]


class TestTags:
    def test_stand_one_on_each_line_and_once(self):
        assert split_tags("barnrätt\n Agenda 2030,  mål 5 \n\nBarnrätt") == ("barnrätt", "Agenda 2030, mål 5")

    @pytest.mark.parametrize(
        ("tags", "sentence"),
        [
            ("\n".join(f"tagg {n}" for n in range(11)), "Skriv högst tio taggar."),
            ("x" * 41, "En tagg får ha högst 40 tecken. Skriv en tagg på varje rad."),
            ("x\n" * 251, "Taggarna får ha högst 500 tecken."),
        ],
    )
    def test_are_few_and_short(self, client, own, tags, sentence):
        answer = client.post(
            reverse("improvements:effort_add", args=place(own)), {"title": "A", "readers": "us", "tags": tags}
        )
        assert (answer.status_code, answer.context["form"].errors["tags"]) == (422, [sentence])

    def test_ten_of_forty_signs_are_taken(self, client, own):
        tags = "\n".join(f"{n:040}" for n in range(10))
        data = {"title": "A", "readers": "us", "tags": tags}
        assert client.post(reverse("improvements:effort_add", args=place(own)), data).status_code == 302


class TestEffort:
    def data(self, **more):
        goal, article = chosen()
        return {
            "title": "Simhallen",
            "readers": "us",
            "goals": [goal.pk],
            "articles": [article.pk],
            "tags": "barnrätt\nAgenda 2030, mål 5",
            **more,
        }

    def test_carries_them_and_shows_them(self, client, own):
        goal, article = chosen()
        client.post(reverse("improvements:effort_add", args=place(own)), self.data())
        effort = Effort.objects.get()
        assert effort.labels == Labels((goal.pk,), (article.pk,), ("barnrätt", "Agenda 2030, mål 5"))
        page = client.get(effort_page(effort)).text
        assert all(words in page for words in ("Jämställd hälsa", "14. Hälsa", "barnrätt; Agenda 2030, mål 5"))

    def test_the_same_again_is_one_effort_and_an_edit_can_empty_them(self, client, own):
        for _ in range(2):
            client.post(reverse("improvements:effort_add", args=place(own)), self.data())
        effort = Effort.objects.get()
        edit = reverse("improvements:effort_edit", args=[effort.pk])
        form = client.get(edit).context["form"]
        assert form["tags"].value() == "barnrätt\nAgenda 2030, mål 5"
        client.post(edit, {"title": "Simhallen", "readers": "us", "seen": form["seen"].value()})
        assert Effort.objects.get().labels == NO_LABELS

    def test_what_another_saved_meanwhile_is_shown_in_words(self, client, own):
        goal, _ = chosen()
        effort = EffortFactory(participation=own, title="Simhallen")
        edit = reverse("improvements:effort_edit", args=[effort.pk])
        old = client.get(edit).context["form"]["seen"].value()
        effort.labels = Labels((goal.pk,), (), ("barnrätt",))
        effort.save()
        answer = client.post(edit, self.data(seen=old, goals=[], articles=[], tags=""))
        assert [(row.label, row.text) for row in answer.context["form"].theirs] == [
            ("Jämställdhetspolitiska delmål", "Jämställd hälsa"),
            ("Taggar", "barnrätt"),
        ]

    def test_examples_are_found_by_goal_and_tag(self, client, own):
        goal, _ = chosen()
        for title, labels in (("Hälsan", Labels((goal.pk,))), ("Barnen", Labels(tags=("barnrätt",))), ("Annat", None)):
            effort = EffortFactory(participation=own, title=title, shared=True, example=True)
            EffortStepFactory(effort=effort)
            if labels:
                effort.labels = labels
                effort.save()
        library = reverse("improvements:library")

        def titles_for(**query):
            return [row.effort.title for row in client.get(library, query).context["page"]]

        assert titles_for(delmal="5") == ["Hälsan"]
        assert titles_for(tagg="barnrätt") == ["Barnen"]
        assert titles_for(sok="barnrätt") == ["Barnen"]
        assert titles_for(delmal="6") == []
        choices = client.get(library).context["choices"]
        assert (choices.goals, choices.tags) == ((goal,), ("barnrätt",))


def effort_page(effort):
    return reverse("improvements:effort", args=[effort.pk])


class TestImprovement:
    def data(self, **more):
        goal, article = chosen()
        asked = {"title": "Remisser", "aim": "Lika väntetid.", "readers": "us"}
        return {**asked, "goals": [goal.pk], "articles": [article.pk], "tags": "barnrätt", **more}

    def test_carries_them_in_a_fold_and_shows_them(self, client, own):
        goal, article = chosen()
        add = reverse("improvements:improvement_add", args=place(own))
        folds = {fold.summary: fold for fold in client.get(add).context["form"].folds}
        fold = folds["Vad det hör ihop med"]
        assert not fold.open
        assert {"goals", "articles", "tags"} <= {field.name for field in fold.fields}
        for _ in range(2):
            client.post(add, self.data())
        row = Improvement.objects.get()
        assert row.labels == Labels((goal.pk,), (article.pk,), ("barnrätt",))
        page = client.get(reverse("improvements:improvement", args=[row.pk])).text
        for words in ("Delmål: Jämställd hälsa", "CEMR-deklarationen: 14. Hälsa", "Taggar: barnrätt"):
            assert words in page

    def test_an_edit_keeps_them_and_can_empty_them(self, client, own):
        client.post(reverse("improvements:improvement_add", args=place(own)), self.data())
        edit = reverse("improvements:improvement_edit", args=[Improvement.objects.get().pk])
        form = client.get(edit).context["form"]
        assert (form["tags"].value(), [fold.open for fold in form.folds][-1]) == ("barnrätt", True)
        seen = form["seen"].value()
        client.post(edit, {**self.data(title="Bedömningar"), "seen": seen})
        assert Improvement.objects.get().tag_list == ("barnrätt",)
        seen = client.get(edit).context["form"]["seen"].value()
        client.post(edit, {**self.data(goals=[], articles=[], tags=""), "seen": seen})
        assert Improvement.objects.get().labels == NO_LABELS

    def test_what_another_saved_meanwhile_is_shown_in_words(self, client, own):
        work = ImprovementFactory(participation=own, title="Remisser", aim="Lika väntetid.")
        edit = reverse("improvements:improvement_edit", args=[work.pk])
        old = client.get(edit).context["form"]["seen"].value()
        goal, _ = chosen()
        work.labels = Labels((goal.pk,), (), ("barnrätt",))
        work.save()
        answer = client.post(edit, self.data(seen=old, goals=[], articles=[], tags=""))
        assert {(row.label, row.text) for row in answer.context["form"].theirs} == {
            ("Jämställdhetspolitiska delmål", "Jämställd hälsa"),
            ("Taggar", "barnrätt"),
        }

    @pytest.mark.parametrize("view", ["tavla", "tabell"])
    def test_board_and_table_list_the_tags(self, client, own, view):
        ImprovementFactory(participation=own, tags="barnrätt\nskola")
        page = client.get(reverse("improvements:work", args=place(own)), {"visa": view}).text
        assert "barnrätt; skola" in page

    def test_they_follow_onto_the_chain_and_into_the_next_omgang(self, client, own, strategist):
        client.post(reverse("improvements:improvement_add", args=place(own)), self.data())
        work = Improvement.objects.get()
        later = ParticipationFactory(organisation=own.organisation)
        copy = actions.copy_improvement(source=work, participation=later, by=strategist)
        assert copy.labels == work.labels
        Improvement.objects.filter(pk=work.pk).update(state=State.ADOPTED)
        client.post(reverse("improvements:lay", args=[work.pk]), {"stage": "practice", "year": 2026, "text": "A"})
        assert Effort.objects.get().labels == work.labels


class TestDecision:
    def test_carries_them(self, client, own):
        goal, article = chosen()
        data = {
            "kind": "entry", "body": "Nämnden", "decided_on": "2026-05-04", "goals": [goal.pk],
            "articles": [article.pk], "tags": "barnrätt",
        }  # fmt: skip
        for _ in range(2):
            client.post(reverse("decisions:decision_add", args=place(own)), data)
        decision = PoliticalDecision.objects.get()
        assert decision.labels == Labels((goal.pk,), (article.pk,), ("barnrätt",))
        edit = reverse("decisions:decision_edit", args=[*place(own), decision.pk])
        form = client.get(edit).context["form"]
        client.post(edit, {**data, "tags": "Agenda 2030, mål 5", "seen": form["seen"].value()})
        assert PoliticalDecision.objects.get().tag_list == ("Agenda 2030, mål 5",)
        assert "Agenda 2030, mål 5" in client.get(reverse("decisions:decisions", args=place(own))).text
