"""Improvements and efforts: what one writes stays one's own until shared, and nobody's text is lost."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.enums import SkrRole
from assessments.actions.publishing import remember_printed
from cohorts.enums import CohortKind, Function, Status
from cohorts.roles import roles_of
from improvements import actions
from improvements.enums import Stage
from improvements.models import Cycle, Effort, EffortStep, Improvement
from improvements.statistics import ChainShare, OfferedExample, chain_of_cohort, chain_panels, work_of
from improvements.step_form import UNREAL
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import content_of, digest
from tests.factories import (
    CohortFactory,
    CycleFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    EvaluatorFactory,
    GroupFactory,
    GroupMentorFactory,
    ImprovementFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.process_factories import TakeawayFactory

pytestmark = pytest.mark.django_db
NO_AIM = "Skriv med en mening vad ni vill åstadkomma."


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(date(2026, 11, 22), tick=False):
        yield


@pytest.fixture
def cohort():
    return CohortFactory(slug="provomgang", name="Provomgången")


@pytest.fixture
def own(cohort):
    """Provby, in a group of two with a mentor."""
    organisation = OrganisationFactory(code="8801", short_name="Provby", name="Provby kommun")
    return ParticipationFactory(cohort=cohort, organisation=organisation, group=GroupFactory(cohort=cohort))


@pytest.fixture
def strategist(own, client):
    return sign_in(client, DelegateFactory(participation=own).user)


def sign_in(client, user):
    client.force_login(user)
    return user


def url(name, *args):
    return reverse(f"improvements:{name}", args=args)


def place(participation):
    return participation.cohort.slug, participation.code


def seen(row, *names):
    return digest(content_of(row, *names))


def form_errors(response):
    return response.status_code, {name: list(errors) for name, errors in response.context["form"].errors.items()}


def follow(client, address, data):
    """What a person sees after saving."""
    response = client.post(address, data, follow=True)
    assert response.redirect_chain, form_errors(response)
    return response


class TestWork:
    def test_without_anything_it_says_what_to_do(self, client, own, strategist):
        response = client.get(url("work", *place(own)))
        assert "Ingen insats är registrerad än." in response.text
        assert "Inget förbättringsarbete är registrerat än." in response.text
        assert url("effort_add", *place(own)) in response.text
        assert url("improvement_add", *place(own)) in response.text

    def test_says_in_words_how_far_the_work_has_come(self, client, own, strategist):
        for _ in range(3):
            EffortStepFactory(effort=EffortFactory(participation=own), stage=Stage.ACTIVITY)
        EffortStepFactory(effort=EffortFactory(participation=own), stage=Stage.PRACTICE)
        response = client.get(url("work", *place(own)))
        assert response.context["chain_title"] == "Fyra insatser är på väg längs resultatkedjan."
        assert "kommit till steget ”nytt eller ändrat arbetssätt”." in response.text
        assert "Inget nytt eller ändrat utfall är registrerat än." in response.text
        assert [stage.count for stage in response.context["chain"].stages] == [3, None, 1, None, None]

    def test_lists_efforts_and_improvements_with_what_is_decided(self, client, own, strategist):
        item = own.cohort.plan.items[2]
        effort = EffortFactory(participation=own, title="Simhallens tider", item=item, shared=True, example=True)
        EffortStepFactory(effort=effort, stage=Stage.ACTIVITY, year=2025)
        EffortStepFactory(effort=effort, stage=Stage.PRODUCT, year=2027, state="under_way")
        improvement = ImprovementFactory(participation=own, title="Statistik till nämnden", state="tried")
        CycleFactory(improvement=improvement, do="a", study="b", act="c", decision="adapt")
        CycleFactory(improvement=improvement, number=2)
        text = client.get(url("work", *place(own)), {"visa": "tabell"}).text
        for words in (
            f"3. {item.short}",
            "Aktivitet, 2025",
            "Ny eller ändrad produkt, 2027",
            "Erbjuds som exempel",
            "PDSA-cykel 2 pågår.",
            "Bara vi",
        ):
            assert words in text

    def test_costs_the_same_however_much_there_is(self, client, own, strategist, django_assert_max_num_queries):
        for number in range(12):
            effort = EffortFactory(participation=own, item=own.cohort.plan.items[number % 5])
            EffortStepFactory(effort=effort)
            CycleFactory(improvement=ImprovementFactory(participation=own))
        with django_assert_max_num_queries(25):
            client.get(url("work", *place(own)))


class TestWhoReads:
    @pytest.fixture
    def efforts(self, own):
        return {
            "private": EffortFactory(participation=own, title="Hemlig"),
            "shared": EffortFactory(participation=own, title="Delad", shared=True),
            "example": EffortFactory(participation=own, title="Exempel", shared=True, example=True),
        }

    def reads(self, client, efforts):
        return [name for name, effort in efforts.items() if client.get(url("effort", effort.pk)).status_code == 200]

    @pytest.mark.parametrize("function", Function)
    def test_ones_own_read_all(self, client, own, efforts, function):
        sign_in(client, DelegateFactory(participation=own, function=function).user)
        assert client.get(url("work", *place(own))).context["chain"].n_efforts == 3
        assert self.reads(client, efforts) == ["private", "shared", "example"]

    @pytest.mark.parametrize("who", ["group", "mentor", "process_leader", "evaluator"])
    def test_the_near_read_what_is_shared(self, client, own, efforts, who):
        sign_in(client, self.near(own, who))
        response = client.get(url("work", *place(own)))
        assert (response.status_code, "Hemlig" in response.text) == (200, False)
        assert response.context["chain_title"] == "Provby kommun delar två insatser längs resultatkedjan."
        assert "Här visas det som organisationen delar." in response.text
        assert "är registrerat än" not in response.text  # what is not shared may be entered
        assert self.reads(client, efforts) == ["shared", "example"]

    @staticmethod
    def near(own, who):
        if who == "group":
            return DelegateFactory(participation=ParticipationFactory(cohort=own.cohort, group=own.group)).user
        if who == "mentor":
            return DelegateFactory(participation=GroupMentorFactory(group=own.group).participation).user
        if who == "evaluator":
            return EvaluatorFactory(cohort=own.cohort).user
        return UserFactory(skr_role=SkrRole.PROCESS_LEADER)

    def test_others_in_the_cohort_read_offered_examples_alone(self, client, own, efforts):
        sign_in(client, DelegateFactory(participation=ParticipationFactory(cohort=own.cohort)).user)
        assert client.get(url("work", *place(own))).status_code == 403
        assert self.reads(client, efforts) == ["example"]
        text = client.get(url("effort", efforts["example"].pk)).text
        assert url("work", *place(own)) not in text
        assert "Ändra insatsen" not in text

    def test_the_administrator_reads_examples_only(self, client, own, efforts):
        sign_in(client, UserFactory(skr_role=SkrRole.ADMINISTRATOR))
        assert client.get(url("work", *place(own))).status_code == 403
        assert client.get(url("examples", own.cohort.slug)).status_code == 403
        assert self.reads(client, efforts) == ["example"]

    def test_outside_the_cohort_there_are_examples_only(self, client, own, efforts):
        sign_in(client, DelegateFactory().user)
        assert client.get(url("work", *place(own))).status_code == 404
        assert client.get(url("examples", own.cohort.slug)).status_code == 404
        assert self.reads(client, efforts) == ["example"]

    @pytest.mark.parametrize("function", [Function.POLITICIAN, Function.MANAGER])
    def test_who_leads_reads_and_does_not_write(self, client, own, efforts, function):
        sign_in(client, DelegateFactory(participation=own, function=function).user)
        cycle = CycleFactory(improvement=ImprovementFactory(participation=own))
        step = EffortStepFactory(effort=efforts["private"])
        pages = [
            url("improvement_add", *place(own)),
            url("improvement_edit", cycle.improvement_id),
            url("cycle_add", cycle.improvement_id),
            url("cycle_edit", cycle.improvement_id, 1),
            url("effort_add", *place(own)),
            url("effort_edit", step.effort_id),
            url("step_add", step.effort_id),
            url("step_edit", step.effort_id, step.stage),
        ]
        assert [client.get(page).status_code for page in pages] == [403] * len(pages)
        assert "Lägg till" not in client.get(url("work", *place(own))).text

    def test_what_is_not_shared_cannot_be_guessed_by_those_near(self, client, own):
        improvement = ImprovementFactory(participation=own)
        sign_in(client, self.near(own, "mentor"))
        pages = [url("improvement", improvement.pk), url("improvement_edit", improvement.pk)]
        assert [client.get(page).status_code for page in pages] == [404, 404]

    def test_work_from_an_earlier_cohort_leads_to_no_page_one_may_not_open(self, client, own, strategist):
        earlier = ParticipationFactory(organisation=own.organisation)
        response = client.get(url("effort", EffortFactory(participation=earlier).pk))
        assert (response.status_code, response.context["crumbs"]) == (200, [])


class TestImprovement:
    def test_is_entered_and_led_on_to_its_first_cycle(self, client, own, strategist):
        lender = ParticipationFactory(cohort=own.cohort, group=own.group).organisation
        data = {
            "title": " Statistik ",
            "aim": "Att se skillnader.",
            "item": own.cohort.plan.items[0].pk,
            "borrowed_from": lender.pk,
        }
        response = follow(client, url("improvement_add", *place(own)), {**data, "readers": "group"})
        row = Improvement.objects.get()
        assert (row.title, row.item, row.borrowed_from, row.shared) == (
            "Statistik",
            own.cohort.plan.items[0],
            lender,
            True,
        )
        assert response.redirect_chain == [(url("improvement", row.pk), 302)]
        assert "Ingen cykel är planerad än." in response.text
        assert f"Idén kommer från {lender}." in response.text
        event = AuditEvent.objects.get()
        assert (event.kind, event.target, event.organisation, event.actor) == (
            "improvement_saved",
            "Statistik",
            "8801",
            strategist.name,
        )

    def test_two_clicks_enter_one(self, client, own, strategist):
        for _ in range(2):
            follow(client, url("improvement_add", *place(own)), {"title": "Statistik", "aim": "A", "readers": "us"})
        assert (Improvement.objects.count(), AuditEvent.objects.count()) == (1, 1)

    def test_a_title_stands_once_an_organisation(self, client, own, strategist):
        ImprovementFactory(participation=own, title="Statistik")
        ImprovementFactory(title="Budget")  # another's
        address = url("improvement_add", *place(own))
        response = client.post(address, {"title": "Statistik", "aim": "A", "readers": "group"})
        assert form_errors(response) == (422, {"title": ["Ni har redan ett förbättringsarbete med den rubriken."]})
        follow(client, address, {"title": "Budget", "aim": "A", "readers": "group"})

    def test_an_idea_is_borrowed_from_those_near(self, client, own, strategist):
        mentor = GroupMentorFactory(group=own.group).participation.organisation
        stranger = ParticipationFactory(cohort=own.cohort).organisation
        address = url("improvement_add", *place(own))
        offered = list(client.get(address).context["form"].fields["borrowed_from"].queryset)
        assert offered == [mentor]
        response = client.post(address, {"title": "A", "aim": "A", "readers": "us", "borrowed_from": stranger.pk})
        assert form_errors(response) == (422, {"borrowed_from": ["Välj en organisation i listan."]})

    def test_without_a_group_nobody_is_asked_whom_it_came_from(self, client, cohort):
        alone = ParticipationFactory(cohort=cohort)
        sign_in(client, DelegateFactory(participation=alone).user)
        assert "borrowed_from" not in client.get(url("improvement_add", *place(alone))).context["form"].fields
        follow(client, url("improvement_add", *place(alone)), {"title": "A", "aim": "A", "readers": "us"})

    @pytest.mark.parametrize(
        ("data", "errors"),
        [
            ({}, {"title": ["Skriv en rubrik."], "aim": [NO_AIM], "readers": ["Välj vem som får läsa."]}),
            ({"title": "x" * 10_000, "aim": "A", "readers": "us"}, {"title": ["Rubriken får ha högst 160 tecken."]}),
            ({"title": "A", "aim": "A", "readers": "all"}, {"readers": ["Välj vem som får läsa."]}),
            ({"title": "A", "aim": "A", "readers": "us", "item": "999"}, {"item": ["Välj ett av momenten i listan."]}),
        ],
    )
    def test_says_what_is_wrong_at_the_field(self, client, own, strategist, data, errors):
        assert form_errors(client.post(url("improvement_add", *place(own)), data)) == (422, errors)
        assert not Improvement.objects.exists()

    @pytest.mark.parametrize("title", ["<script>alert(1)</script>", "{{ 7|add:1 }}", "🏊‍♀️ <b>Å</b>", "True", "[1, 2]"])
    def test_whatever_is_typed_is_shown_as_typed(self, own, title):
        client = Client()  # the strict one takes a person's braces for a tag that was not rendered
        sign_in(client, DelegateFactory(participation=own).user)
        follow(client, url("improvement_add", *place(own)), {"title": title, "aim": "A", "readers": "us"})
        follow(client, url("effort_add", *place(own)), {"title": title, "readers": "everyone"})
        row, effort = Improvement.objects.get(), Effort.objects.get()
        pages = [
            url("work", *place(own)),
            url("improvement", row.pk),
            url("improvement_edit", row.pk),
            url("cycle_add", row.pk),
            url("effort", effort.pk),
            url("step_add", effort.pk),
            url("examples", own.cohort.slug),
        ]
        texts = [client.get(page).text for page in pages]
        assert [page for page, text in zip(pages, texts, strict=True) if escape(title) not in text] == []
        assert "<script>alert" not in "".join(texts)


class TestStale:
    """Last save wins, but never unseen."""

    def test_nothing_is_stored_and_both_texts_stand_until_one_saves_again(self, client, own, strategist):
        cycle = CycleFactory(improvement=ImprovementFactory(participation=own), plan="Först")
        address = url("cycle_edit", cycle.improvement_id, 1)
        drawn = client.get(address).context["form"]["seen"].value()
        Cycle.objects.update(plan="Deras plan", study="Deras lärdom")
        response = client.post(address, {"plan": "Vår plan", "seen": drawn})
        assert response.status_code == 422
        assert "Någon annan har sparat sedan ni öppnade sidan." in response.text
        shown = [(field.label, field.text) for field in response.context["form"].theirs]
        assert shown == [("Planera: vad ska ni pröva?", "Deras plan"), ("Studera", "Deras lärdom")]
        assert response.context["form"]["plan"].value() == "Vår plan"
        assert (Cycle.objects.get().plan, AuditEvent.objects.count()) == ("Deras plan", 0)
        again = response.context["form"]["seen"].value()
        follow(client, address, {"plan": "Vår plan", "seen": again})
        assert (Cycle.objects.get().plan, Cycle.objects.get().study) == ("Vår plan", "")

    def test_the_same_content_is_no_change_however_old_the_page(self, client, own, strategist):
        row = EffortFactory(participation=own, title="Nytt namn")
        follow(client, url("effort_edit", row.pk), {"title": "Nytt namn", "readers": "us", "seen": "gammalt"})
        assert not AuditEvent.objects.exists()

    def test_who_reads_and_which_moment_are_shown_in_words(self, client, own, strategist):
        row = EffortFactory(participation=own, title="A")
        old = seen(row, *actions.EFFORT)
        item = own.cohort.plan.items[1]
        Effort.objects.update(shared=True, example=True, item=item)
        response = client.post(url("effort_edit", row.pk), {"title": "B", "readers": "us", "seen": old})
        shown = {field.label: field.text for field in response.context["form"].theirs}
        assert shown == {
            "Rubrik": "A",
            "Moment i checklistan": f"2. {item.short}",
            "Vem får läsa?": "Erbjuds som lärande exempel till alla som är inloggade i Modell, med ert namn",
        }

    def test_a_step_and_an_improvement_are_guarded_too(self, client, own, strategist):
        step = EffortStepFactory(effort=EffortFactory(participation=own))
        row = ImprovementFactory(participation=own)
        answers = [
            client.post(
                url("step_edit", step.effort_id, step.stage),
                {"state": "under_way", "when": "2027", "text": "Vårt", "seen": "annat"},
            ),
            client.post(
                url("improvement_edit", row.pk), {"title": "Vårt", "aim": "A", "readers": "us", "seen": "annat"}
            ),
        ]
        assert [answer.status_code for answer in answers] == [422, 422]
        assert [field.text for field in answers[0].context["form"].theirs] == [
            "Nått",
            "2026",
            "Handläggare har gått en utbildning.",
        ]


class TestCycle:
    WHOLE = {"plan": "Pröva", "do": "Prövade", "study": "Såg", "act": "Ändrar", "decision": "adopt"}

    def test_cycles_are_numbered_and_read_in_the_order_of_pdsa(self, client, own, strategist):
        improvement = ImprovementFactory(participation=own)
        address = url("cycle_add", improvement.pk)
        follow(client, address, self.WHOLE)
        response = follow(client, address, {"plan": "Pröva igen\r\n\r\ni större skala"})
        assert list(improvement.cycles.values_list("number", "plan", "decision")) == [
            (1, "Pröva", "adopt"),
            (2, "Pröva igen\n\ni större skala", ""),
        ]
        words = ["Hela cykel 1", "Planera", "Göra", "Studera", "Agera", "Hela cykel 2"]
        places = [response.text.index(word) for word in words]
        assert places == sorted(places)

    def test_two_clicks_make_one_cycle(self, client, own, strategist):
        improvement = ImprovementFactory(participation=own)
        for _ in range(2):
            follow(client, url("cycle_add", improvement.pk), self.WHOLE)
        assert (Cycle.objects.count(), AuditEvent.objects.count()) == (1, 1)

    @pytest.mark.parametrize("missing", ["do", "study", "act"])
    def test_a_decision_waits_for_all_four(self, client, own, strategist, missing):
        improvement = ImprovementFactory(participation=own)
        response = client.post(url("cycle_add", improvement.pk), {**self.WHOLE, missing: " "})
        sentence = "Beskriv alla fyra stegen innan ni anger vad ni beslutade."
        assert form_errors(response) == (422, {"decision": [sentence]})
        assert response.context["form"]["plan"].value() == "Pröva"

    @pytest.mark.parametrize(
        ("data", "errors"),
        [
            ({"do": "Något"}, {"plan": ["Skriv vad ni planerar att pröva."]}),
            ({"plan": "å" * 10_000}, {"plan": ["Texten får ha högst 4 000 tecken."]}),
            ({"plan": "A", "decision": "vote"}, {"decision": ["Välj ett av besluten i listan."]}),
        ],
    )
    def test_says_what_is_wrong_at_the_field(self, client, own, strategist, data, errors):
        improvement = ImprovementFactory(participation=own)
        assert form_errors(client.post(url("cycle_add", improvement.pk), data)) == (422, errors)

    def test_one_that_is_not_there_is_not_found(self, client, own, strategist):
        assert client.get(url("cycle_edit", ImprovementFactory(participation=own).pk, 1)).status_code == 404


class TestEffort:
    @pytest.mark.parametrize(
        ("readers", "shared", "example"), [("us", False, False), ("group", True, False), ("everyone", True, True)]
    )
    def test_one_question_says_who_reads(self, client, own, strategist, readers, shared, example):
        follow(client, url("effort_add", *place(own)), {"title": "Simhallens tider", "readers": readers})
        assert list(Effort.objects.values_list("shared", "example")) == [(shared, example)]

    def test_an_example_can_be_withdrawn(self, client, own, strategist):
        row = EffortFactory(participation=own, title="A", shared=True, example=True)
        form = client.get(url("effort_edit", row.pk)).context["form"]
        assert form["readers"].value() == "everyone"
        follow(client, url("effort_edit", row.pk), {"title": "A", "readers": "group", "seen": form["seen"].value()})
        assert list(Effort.objects.values_list("shared", "example")) == [(True, False)]

    def test_a_title_stands_once_an_organisation(self, client, own, strategist):
        EffortFactory(participation=own, title="Simhallen")
        row = EffortFactory(participation=own, title="Biblioteket")
        data = {"title": "Simhallen", "readers": "everyone", "seen": seen(row, *actions.EFFORT)}
        wrong = (422, {"title": ["Ni har redan en insats med den rubriken."]})
        assert form_errors(client.post(url("effort_add", *place(own)), data)) == wrong
        assert form_errors(client.post(url("effort_edit", row.pk), data)) == wrong

    def test_its_page_shows_every_stage_and_what_is_not_entered(self, client, own, strategist):
        step = EffortStepFactory(effort=EffortFactory(participation=own), year=2025, text="Utbildning\n\nför alla")
        text = client.get(url("effort", step.effort_id)).text
        assert text.count("Inte registrerat än") == 4
        assert "Insatsen nådde steget ”aktivitet” 2025." in text
        assert "<p>för alla</p>" in text


class TestStep:
    DATA = {"stage": "product", "state": "under_way", "when": "2027", "text": "En ny rutin skrivs."}

    def test_is_added_where_none_stands(self, client, own, strategist):
        step = EffortStepFactory(effort=EffortFactory(participation=own))
        choices = client.get(url("step_add", step.effort_id)).context["form"].fields["stage"].choices
        assert [value for value, _ in choices] == Stage.values[1:]
        for _ in range(2):  # two clicks
            follow(client, url("step_add", step.effort_id), self.DATA)
        assert list(EffortStep.objects.order_by("pk").values_list("stage", "state", "year")) == [
            ("activity", "reached", 2026),
            ("product", "under_way", 2027),
        ]
        assert AuditEvent.objects.get().kind == "step_saved"

    def test_a_stage_stands_once(self, client, own, strategist):
        step = EffortStepFactory(effort=EffortFactory(participation=own))
        response = client.post(url("step_add", step.effort_id), {**self.DATA, "stage": "activity"})
        assert form_errors(response) == (422, {"stage": ["Insatsen har redan det steget."]})
        assert "En ny rutin skrivs." in response.text

    def test_where_all_stand_there_is_nothing_to_add(self, client, own, strategist):
        effort = EffortFactory(participation=own)
        for stage in Stage:
            EffortStepFactory(effort=effort, stage=stage)
        response = client.get(url("step_add", effort.pk), follow=True)
        assert response.redirect_chain == [(url("effort", effort.pk), 302)]
        assert "Lägg till ett steg" not in response.text

    def test_is_changed_at_its_own_address(self, client, own, strategist):
        step = EffortStepFactory(effort=EffortFactory(participation=own))
        address = url("step_edit", step.effort_id, "activity")
        drawn = client.get(address).context["form"]["seen"].value()
        follow(client, address, {"state": "reached", "when": "2024", "text": "Klart", "seen": drawn})
        assert list(EffortStep.objects.values_list("stage", "year", "text")) == [("activity", 2024, "Klart")]
        assert client.get(url("step_edit", step.effort_id, "outcome")).status_code == 404

    @pytest.mark.parametrize(
        ("changed", "errors"),
        [
            ({"when": "1999"}, {"when": [UNREAL]}),
            ({"when": "2101"}, {"when": [UNREAL]}),
            ({"when": "i år"}, {"when": [UNREAL]}),
            ({"when": "31 april 2026"}, {"when": [UNREAL]}),
            ({"when": "9" * 400}, {"when": [UNREAL]}),
            ({"when": ""}, {"when": ["Skriv när."]}),
            ({"stage": ""}, {"stage": ["Välj ett steg."]}),
            ({"stage": "fame"}, {"stage": ["Välj ett av stegen i listan."]}),
            ({"state": ""}, {"state": ["Välj om steget är nått, nått i delar av verksamheten eller på väg."]}),
            ({"text": "  "}, {"text": ["Beskriv vad som har hänt eller är på väg."]}),
            ({"text": "🏊" * 10_000}, {"text": ["Beskrivningen får ha högst 4 000 tecken."]}),
        ],
    )
    def test_says_what_is_wrong_at_the_field(self, client, own, strategist, changed, errors):
        effort = EffortFactory(participation=own)
        assert form_errors(client.post(url("step_add", effort.pk), {**self.DATA, **changed})) == (422, errors)


class TestExamples:
    def test_are_told_by_moment_with_the_organisation_that_offers_them(self, client, own, strategist):
        other = ParticipationFactory(cohort=own.cohort)
        items = own.cohort.plan.items
        EffortFactory(participation=own, title="Utan moment", shared=True, example=True)
        begun = EffortFactory(participation=own, title="Börjad", item=items[3], shared=True, example=True)
        far = EffortFactory(participation=other, title="Långt", item=items[3], shared=True, example=True)
        EffortStepFactory(effort=begun)
        EffortStepFactory(effort=far, stage=Stage.OUTCOME, text="Lika många flickor som pojkar.")
        EffortFactory(participation=other, title="Bara delad", shared=True)
        response = client.get(url("examples", own.cohort.slug))
        listed = [(item, [row.effort.title for row in rows]) for item, rows in response.context["by_item"]]
        assert listed == [(items[3], ["Långt", "Börjad"]), (None, ["Utan moment"])]
        assert "Två organisationer erbjuder exempel att lära av." in response.text
        assert other.organisation.name in response.text
        assert "Lika många flickor som pojkar." in response.text

    def test_kinds_are_never_counted_together(self, client):
        own = ParticipationFactory(cohort=CohortFactory(kind=CohortKind.MIXED))
        region = ParticipationFactory(cohort=own.cohort, organisation=OrganisationFactory(code="97", kind="region"))
        for member in (own, own, region):
            EffortStepFactory(effort=EffortFactory(participation=member, shared=True, example=True))
        sign_in(client, DelegateFactory(participation=own).user)
        response = client.get(url("examples", own.cohort.slug))
        counts = [(kind, chain.stages[0].reached) for kind, chain in response.context["chains"]]
        assert counts == [("Kommuner", 2), ("Regioner", 1)]

    def test_where_there_are_none_it_says_so(self, client, own, strategist):
        assert "Ingen organisation erbjuder något exempel än." in client.get(url("examples", own.cohort.slug)).text


class TestCounts:
    def test_ones_chain_counts_what_the_reader_may_see(self, own):
        private, shared = EffortFactory(participation=own), EffortFactory(participation=own, shared=True)
        EffortStepFactory(effort=private)
        EffortStepFactory(effort=shared)
        EffortStepFactory(effort=shared, stage=Stage.PRACTICE, state="under_way")
        mine, mentors = (
            work_of(own, roles_of(user))
            for user in (DelegateFactory(participation=own).user, TestWhoReads.near(own, "mentor"))
        )
        assert [(stage.reached, stage.under_way) for stage in mine.stages] == [
            (2, None),
            (None, None),
            (None, 1),
            (None, None),
            (None, None),
        ]
        assert (mine.n_efforts, mentors.n_efforts, mentors.stages[0].reached) == (2, 1, 1)
        assert (mine.furthest.stage, mine.first_missing.nothing_yet) == (
            Stage.ACTIVITY,
            "Ingen ny eller ändrad produkt är registrerad än.",
        )

    def reach(self, participation, stage=Stage.ACTIVITY, state="reached", **of_effort):
        effort = EffortFactory(participation=participation, **{"shared": True, **of_effort})
        return EffortStepFactory(effort=effort, stage=stage, state=state)

    def test_the_cohorts_shares_count_participants_not_efforts(self, cohort):
        members = ParticipationFactory.create_batch(5, cohort=cohort)
        for member in members[:3]:
            self.reach(member)
        self.reach(members[0])  # a second effort counts its organisation once
        self.reach(members[3], shared=False)
        self.reach(members[4], Stage.OUTCOME, state="under_way")
        step = self.reach(members[1], Stage.PRACTICE, title="Simhallen", example=True)
        example = OfferedExample(
            step.effort_id, members[1].organisation.name, "Simhallen", "Handläggare har gått en utbildning.", 2026
        )
        assert chain_of_cohort(cohort) == {
            "kommun": (
                ChainShare(Stage.ACTIVITY, 3, 5, "mer än hälften av deltagarna", ()),
                ChainShare(Stage.PRODUCT, 0, 5, "ingen registrerad än", ()),
                ChainShare(Stage.PRACTICE, 1, 5, "en deltagare", (example,)),
                ChainShare(Stage.OUTCOME, 0, 5, "ingen registrerad än", ()),
                ChainShare(Stage.SOCIETAL_EFFECT, 0, 5, "ingen registrerad än", ()),
            )
        }

    @pytest.mark.parametrize(
        ("n", "words"),
        [
            (0, "ingen registrerad än"),
            (1, "en deltagare"),
            (2, "några deltagare"),
            (3, "hälften av deltagarna"),
            (4, "mer än hälften av deltagarna"),
            (6, "alla deltagare"),
        ],
    )
    def test_shares_in_words(self, cohort, n, words):
        for member in ParticipationFactory.create_batch(6, cohort=cohort)[:n]:
            self.reach(member)
        first = chain_of_cohort(cohort)["kommun"][0]
        assert (first.n_reached, first.n_participants, first.share_in_words) == (n, 6, words)

    def test_below_five_only_what_the_examples_say(self, cohort):
        members = ParticipationFactory.create_batch(4, cohort=cohort)
        self.reach(members[0])
        self.reach(members[1], Stage.PRODUCT, example=True)
        first, second, third, *_ = chain_of_cohort(cohort)["kommun"]
        assert first == ChainShare(Stage.ACTIVITY, None, None, "visas inte", ())
        assert (second.n_reached, second.share_in_words, len(second.examples)) == (None, "minst en deltagare", 1)
        assert third == ChainShare(Stage.PRACTICE, None, None, "visas inte", ())

    def test_a_stage_with_two_unread_is_not_counted(self, cohort):
        """Three of five offer an example, so the count would tell of the two others."""
        members = ParticipationFactory.create_batch(5, cohort=cohort)
        for member in members[:3]:
            self.reach(member, example=True)
        first, second, *_ = chain_of_cohort(cohort)["kommun"]
        assert (first.n_reached, first.share_in_words) == (None, "minst en deltagare")
        assert (second.n_reached, second.n_participants) == (0, 5)

    def test_a_group_counts_its_own_and_not_two_others(self, cohort):
        members = ParticipationFactory.create_batch(5, cohort=cohort)
        own = frozenset(member.pk for member in members[:3])
        everyone = frozenset(member.pk for member in members)
        reached = [chain_of_cohort(cohort, rights)["kommun"][0].n_reached for rights in (frozenset(), own, everyone)]
        assert reached == [0, None, 0]

    def test_a_printed_count_and_todays_may_not_differ_by_one(self, cohort):
        members = ParticipationFactory.create_batch(6, cohort=cohort)
        remember_printed(cohort=cohort, meetings=[], chain=chain_panels(cohort))
        counts = []
        for member in members[:3]:
            self.reach(member)
            counts.append(chain_of_cohort(cohort)["kommun"][0].n_reached)
        assert counts == [None, None, 3]

    def test_kinds_stand_apart_and_mentors_outside(self):
        cohort = CohortFactory(kind=CohortKind.MIXED)
        kommuner = ParticipationFactory.create_batch(5, cohort=cohort)
        region = ParticipationFactory(cohort=cohort, organisation=OrganisationFactory(code="98", kind="region"))
        self.reach(region)
        self.reach(kommuner[0])
        self.reach(ParticipationFactory(cohort=cohort, role="mentor"))
        shares = chain_of_cohort(cohort)
        assert {kind: (stages[0].n_reached, stages[0].n_participants) for kind, stages in shares.items()} == {
            "kommun": (1, 5),
            "region": (None, None),
        }

    def test_who_has_left_counts_only_if_it_reported(self, cohort):
        ParticipationFactory.create_batch(5, cohort=cohort)
        for reported in (True, False):
            self.reach(ParticipationFactory(cohort=cohort, status=Status.WITHDRAWN, reported=reported))
        first = chain_of_cohort(cohort)["kommun"][0]
        assert (first.n_reached, first.n_participants) == (1, 6)

    def test_costs_five_queries_however_many_there_are(self, cohort, django_assert_num_queries):
        for member in ParticipationFactory.create_batch(8, cohort=cohort):
            self.reach(member, example=True)
        with django_assert_num_queries(5):
            chain_of_cohort(cohort)


class TestNaming:
    """The organisation that had an idea is named in public only with its own yes."""

    @pytest.fixture
    def work(self):
        lender = ParticipationFactory()
        return ImprovementFactory(
            participation__cohort=lender.cohort, borrowed_from=lender.organisation, shared=True, public=True
        )

    def test_it_is_asked_when_the_idea_may_be_published(self, work, client):
        asked = DelegateFactory(participation__organisation=work.borrowed_from).user
        client.force_login(asked)
        address = reverse("improvements:naming", args=[work.pk])
        page = client.get(address).text
        assert f"Får {work.participation.organisation} nämna er?" in page
        assert client.post(address, {}).status_code == 422
        for answer, stored in (("True", True), ("False", False)):
            assert client.post(address, {"agrees": answer}).status_code == 302
            work.refresh_from_db()
            assert work.lender_agrees is stored
        events = AuditEvent.objects.filter(kind="naming_answered")
        assert list(events.values_list("organisation", flat=True)) == [work.borrowed_from.code] * 2

    def test_not_while_it_stays_in_the_group(self, work, client):
        Improvement.objects.update(public=False)
        client.force_login(DelegateFactory(participation__organisation=work.borrowed_from).user)
        assert client.get(reverse("improvements:naming", args=[work.pk])).status_code == 404

    def test_an_answer_is_about_the_organisation_that_was_asked(self, work):
        asked = Improvement.objects.get(pk=work.pk)
        assert asked.borrowed_from
        Improvement.objects.update(borrowed_from=OrganisationFactory())
        with pytest.raises(ActionRefused, match="Förbättringsarbetet nämner inte längre er organisation"):
            actions.answer_naming(improvement=asked, agrees=True, by=UserFactory())

    def test_what_is_no_longer_shared_is_no_longer_published(self, work):
        stored = content_of(work, *actions.IMPROVEMENT)
        actions.save_improvement(improvement=work, **{**stored, "shared": False}, seen=digest(stored), by=UserFactory())
        work.refresh_from_db()
        assert (work.shared, work.public) == (False, False)


class TestRemoving:
    """One is asked first, and told what depends on it."""

    def address(self, name, own, *more):
        return reverse(f"improvements:{name}_remove", args=[own.cohort.slug, own.code, *more])

    def test_an_improvement_with_its_cycles_and_the_idea_it_came_from(self, client, own, strategist):
        idea = TakeawayFactory(participation=own, meeting__cohort=own.cohort)
        work = ImprovementFactory(participation=own, shared=True, public=True, takeaway=idea)
        CycleFactory(improvement=work)
        CycleFactory(improvement=work, number=2)
        client.force_login(strategist)
        address = self.address("improvement", own, work.pk)
        page = client.get(address).text
        for said in (
            "Två PDSA-cykler tas också bort.",
            f"Idén från {idea.meeting} ligger kvar och kan bli ett nytt förbättringsarbete.",
            "Gruppen, mentorerna, SKR:s processledare och utvärderaren kan inte längre läsa det.",
            "Utgåvor som redan är inlämnade ändras inte.",
            "Det går inte att ångra.",
        ):
            assert said in page, said
        assert Improvement.objects.exists()
        for _ in range(2):  # a double click
            assert client.post(address).status_code == 302
        assert (Improvement.objects.count(), Cycle.objects.count()) == (0, 0)
        idea.refresh_from_db()
        assert list(AuditEvent.objects.values_list("kind", flat=True)) == ["improvement_removed"]

    def test_an_effort_with_its_steps(self, client, own, strategist):
        effort = EffortFactory(participation=own, shared=True, example=True)
        EffortStepFactory(effort=effort)
        client.force_login(strategist)
        page = client.get(self.address("effort", own, effort.pk)).text
        assert "Steget i resultatkedjan tas också bort." in page
        assert "Den räknas inte längre i omgångens gemensamma bild" in page
        assert "Andra kan inte längre läsa den som lärande exempel." in page
        step = self.address("step", own, effort.pk, "activity")
        assert "Insatsen räknas inte längre till dem som har nått aktivitet." in client.get(step).text
        assert [client.post(step).status_code for _ in range(2)] == [302, 302]
        assert not EffortStep.objects.exists()
        assert client.post(self.address("effort", own, effort.pk)).status_code == 302
        assert not Effort.objects.exists()

    def test_the_cycles_after_it_move_up(self, client, own, strategist):
        work = ImprovementFactory(participation=own)
        for number in (1, 2, 3):
            CycleFactory(improvement=work, number=number, plan=f"Plan {number}")
        client.force_login(strategist)
        address = self.address("cycle", own, work.pk, 2)
        assert "Cykel 3 blir cykel 2." in client.get(address).text
        client.post(address)
        assert list(work.cycles.values_list("number", "plan")) == [(1, "Plan 1"), (2, "Plan 3")]

    def test_not_what_another_has_changed_meanwhile(self, client, own, strategist):
        effort = EffortFactory(participation=own)
        client.force_login(strategist)
        address = self.address("effort", own, effort.pk)
        seen = client.get(address).context["form"]["seen"].value()
        Effort.objects.update(title="Ny rubrik")
        answer = client.post(address, {"seen": seen})
        said = "Någon har ändrat det sedan du öppnade sidan. Läs det igen innan du tar bort det."
        assert (answer.status_code, said in answer.text) == (422, True)
        assert Effort.objects.exists()

    def test_others_rows_are_not_found_under_ones_own(self, client, own, strategist):
        other = EffortFactory(shared=True)
        client.force_login(strategist)
        assert client.post(self.address("effort", own, other.pk)).status_code == 302
        assert Effort.objects.filter(pk=other.pk).exists()
