"""Improvements from an idea to what was learnt: three questions, cycles, the board and the way to the chain."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from cohorts.duty import Matter
from cohorts.enums import Function
from cohorts.models import Delegate, Participation
from cohorts.roles import roles_of
from follow_up.duties import tasks_of
from follow_up.mails import CYCLE_LATE
from follow_up.records import read_records
from follow_up.reminders import due_reminders
from improvements import actions
from improvements.board import MOST_WORTH, board_of
from improvements.enums import MOVES, State
from improvements.ideas import lent_by
from improvements.models import ChangeIdea, Cycle, CycleName, Effort, Improvement
from improvements.states import state_after
from improvements.trials import Trial
from indicators.models import Indicator, Value
from kit.refusals import ActionRefused
from kit.staleness import content_of, digest
from policy.models import NationalGoal
from tests.factories import (
    CohortFactory,
    CycleFactory,
    DelegateFactory,
    GroupFactory,
    ImprovementFactory,
    OrganisationFactory,
    ParticipationFactory,
)
from tests.process_factories import TakeawayFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def own():
    cohort = CohortFactory(slug="provomgang", name="Provomgången")
    organisation = OrganisationFactory(code="8801", short_name="Provby", name="Provby kommun")
    return ParticipationFactory(cohort=cohort, organisation=organisation, group=GroupFactory(cohort=cohort))


@pytest.fixture
def strategist(own, client):
    user = DelegateFactory(participation=own).user
    client.force_login(user)
    return user


@pytest.fixture
def work(own):
    return ImprovementFactory(participation=own, title="Remisser utan kön")


def url(name, *args):
    return reverse(f"improvements:{name}", args=args)


def place(participation):
    return participation.cohort.slug, participation.code


def indicator(own, **fields):
    about = {"key": "vantetid", "title": "Väntetid", "unit": "dagar", "direction": "lower", "kind": "mean"}
    return Indicator.objects.create(participation=own, source="own", **{**about, **fields})


def move(work, to, by, learnt="", **more):
    seen = digest(content_of(work, *actions.STATE))
    return actions.move_improvement(improvement=work, to=to, learnt=learnt, seen=seen, by=by, **more)


def refused(action, **values):
    with pytest.raises(ActionRefused) as caught:
        action(**values)
    return caught.value.sentence, caught.value.field


def form_errors(response):
    return response.status_code, {name: list(errors) for name, errors in response.context["form"].errors.items()}


class TestThreeQuestions:
    def test_a_title_and_a_sentence_are_enough(self, client, own, strategist):
        data = {"title": "Remisser", "aim": "Att alla väntar lika länge.", "readers": "us"}
        response = client.post(url("improvement_add", *place(own)), data, follow=True)
        assert "Planera nu något litet som ni kan pröva." in response.text
        row = Improvement.objects.get()
        assert (row.title, row.aim, row.state) == ("Remisser", "Att alla väntar lika länge.", State.IDEA)

    def test_everything_else_is_kept_too(self, client, own, strategist):
        manager = DelegateFactory(participation=own, function=Function.MANAGER)
        measured, part = indicator(own), own.organisation.parts.create(name="Socialnämnden")
        goal = NationalGoal.objects.get(number=5)
        data = {
            "title": "Remisser",
            "aim": "Lika väntetid.",
            "problem": "Kvinnor väntar längre.",
            "starting_point": "Fyra dagar.",
            "target": "Högst en dag.",
            "aim_on": "2027-12-31",
            "people": ["women", "boys"],
            "whom": "I smärtvården.",
            "indicators": [measured.pk],
            "measure": "Fem remisser.",
            "ideas": "Bedöm utan kön\r\n\r\nFråga alla om smärta\r\nBedöm utan kön",
            "responsible": own.delegates.get(function=Function.STRATEGIST).pk,
            "manager": manager.pk,
            "part": part.pk,
            "begins_on": "2026-12-01",
            "ends_on": "2027-12-31",
            "goals": [goal.pk],
            "readers": "group",
        }
        client.post(url("improvement_add", *place(own)), data)
        row = Improvement.objects.get()
        assert (row.women, row.men, row.girls, row.boys, row.whom) == (True, False, False, True, "I smärtvården.")
        assert (row.goals.get(), row.part, row.manager, row.aim_on) == (goal, part, manager, date(2027, 12, 31))
        assert list(row.indicators.all()) == [measured]
        assert list(row.ideas.values_list("text", flat=True)) == ["Bedöm utan kön", "Fråga alla om smärta"]
        text = client.get(url("improvement", row.pk)).text
        for words in ("Lika väntetid.", "Kvinnor och pojkar, I smärtvården.", "Delmål: ", "Väntetid", "Fem remisser."):
            assert words in text

    def test_an_indicator_can_be_what_one_begins_from(self, client, own, strategist):
        chosen = indicator(own)
        form = client.get(url("improvement_add", *place(own)), {"nyckeltal": chosen.key}).context["form"]
        assert form["indicators"].value() == [chosen.pk]
        assert [fold.open for fold in form.folds][1]

    def test_only_own_indicators_and_people_can_be_chosen(self, client, own, strategist):
        other = ParticipationFactory(cohort=own.cohort)
        stranger = DelegateFactory(participation=other)
        data = {"title": "A", "aim": "A", "readers": "us", "responsible": stranger.pk}
        wrong = (422, {"responsible": ["Välj något i listan."]})
        assert form_errors(client.post(url("improvement_add", *place(own)), data)) == wrong
        indicator(own)
        data = {"title": "A", "aim": "A", "readers": "us", "indicators": [indicator(other).pk]}
        wrong = (422, {"indicators": ["Välj bland era nyckeltal."]})
        assert form_errors(client.post(url("improvement_add", *place(own)), data)) == wrong

    def test_days_stand_in_order(self, client, own, strategist, work):
        data = {"title": "A", "aim": "A", "readers": "us", "begins_on": "2026-12-02", "ends_on": "2026-12-01"}
        wrong = (422, {"ends_on": ["Slutdagen kan inte ligga före startdagen."]})
        assert form_errors(client.post(url("improvement_add", *place(own)), data)) == wrong
        with pytest.raises(IntegrityError), transaction.atomic():
            Improvement.objects.filter(pk=work.pk).update(begins_on=TODAY, ends_on=TODAY - timedelta(days=1))

    def test_an_idea_is_a_line_and_keeps_its_cycles_when_it_is_reworded(self, client, own, strategist, work):
        actions.save_improvement(improvement=work, ideas="Ett\nTvå\nTre", seen=None, by=strategist)
        second = work.ideas.get(text="Två")
        cycle = CycleFactory(improvement=work, idea=second)
        actions.save_improvement(improvement=work, ideas="Tre\nTvå, men mindre\nEtt", seen=None, by=strategist)
        assert list(work.ideas.values_list("text", flat=True)) == ["Tre", "Två, men mindre", "Ett"]
        cycle.refresh_from_db()
        assert cycle.idea.text == "Två, men mindre"
        actions.save_improvement(improvement=work, ideas="Tre", seen=None, by=strategist)
        assert ChangeIdea.objects.count() == 1
        assert Cycle.objects.get().idea is None

    def test_a_long_idea_is_refused(self, client, own, strategist):
        data = {"title": "A", "aim": "A", "readers": "us", "ideas": "x" * 301}
        wrong = (422, {"ideas": ["En idé får ha högst 300 tecken. Dela den på två rader."]})
        assert form_errors(client.post(url("improvement_add", *place(own)), data)) == wrong

    def test_what_another_has_saved_is_shown_in_words(self, client, own, strategist, work):
        address = url("improvement_edit", work.pk)
        drawn = client.get(address).context["form"]["seen"].value()
        Improvement.objects.update(women=True, men=True)
        work.indicators.add(indicator(own))
        data = {"title": work.title, "aim": work.aim, "readers": "us", "seen": drawn}
        response = client.post(address, data)
        theirs = {row.label: row.text for row in response.context["form"].theirs}
        assert theirs["Vilka gäller det?"] == "Kvinnor, Män"
        assert theirs["Vilka nyckeltal visar det?"] == "Väntetid"

    def test_others_see_neither_names_nor_indicators_that_are_not_shared(self, client, own, work):
        kim = DelegateFactory(participation=own, user__name="Kim Sand")
        actions.save_improvement(
            improvement=work, responsible=kim, indicators=(indicator(own).pk,), shared=True, seen=None, by=kim.user
        )
        client.force_login(DelegateFactory(participation=ParticipationFactory(cohort=own.cohort, group=own.group)).user)
        text = client.get(url("improvement", work.pk)).text
        assert ("Kim Sand" in text, "strateg" in text, "Väntetid" in text) == (False, True, False)
        Indicator.objects.update(shared=True)
        assert "Väntetid" in client.get(url("improvement", work.pk)).text


class TestMoving:
    @pytest.mark.parametrize("state", State)
    def test_the_moves_are_those_of_the_table(self, strategist, work, state):
        for to in State:
            Improvement.objects.filter(pk=work.pk).update(state=state, learnt="Det räckte inte.")
            work.refresh_from_db()
            if to in MOVES[state] or to == state:
                assert move(work, to, strategist).state == to
            else:
                said = f"Det som har läget ”{state.label}” kan inte flyttas dit."
                assert refused(move, work=work, to=to, by=strategist) == (said, "to")

    def test_what_ends_without_result_says_what_was_learnt(self, client, strategist, work):
        data = {"to": "ended", "learnt": ""}
        seen = client.get(url("move", work.pk)).context["form"]["seen"].value()
        wrong = (422, {"learnt": ["Skriv vad ni lärde er, så att nästa som provar vet det."]})
        assert form_errors(client.post(url("move", work.pk), {**data, "seen": seen})) == wrong
        data = {"to": "ended", "learnt": "För få svarade.", "shared": "on", "seen": seen}
        response = client.post(url("move", work.pk), data, follow=True)
        row = Improvement.objects.get()
        assert (row.state, row.learnt, row.shared) == (State.ENDED, "För få svarade.", True)
        assert "Det här lärde vi oss" in response.text

    def test_a_page_that_is_out_of_date_moves_nothing(self, client, strategist, work):
        seen = client.get(url("move", work.pk)).context["form"]["seen"].value()
        Improvement.objects.update(state=State.PLANNED)
        response = client.post(url("move", work.pk), {"to": "tried", "learnt": "", "seen": seen})
        assert response.status_code == 422
        assert Improvement.objects.get().state == State.PLANNED

    def test_the_state_of_old_rows_follows_from_their_cycles(self):
        ends = ([], [""], ["adapt", ""], ["adapt"], ["adapt", "adopt"], ["abandon"], ["abandon", ""])
        states = [State.IDEA, State.TRIED, State.TRIED, State.TRIED, State.ADOPTED, State.ENDED, State.TRIED]
        assert [state_after(decisions) for decisions in ends] == states


class TestCopying:
    @pytest.fixture
    def earlier(self, own):
        before = ParticipationFactory(organisation=own.organisation, cohort=CohortFactory(name="Förra omgången"))
        item = before.cohort.plan.items[2]
        row = ImprovementFactory(participation=before, title="Kallelser", item=item, women=True, state="adopted")
        row.ideas.create(text="Tre tider att välja på", position=1)
        CycleFactory(improvement=row)
        return row

    def test_the_questions_follow_and_the_cycles_do_not(self, client, own, strategist, earlier):
        response = client.post(url("copy", *place(own)), {"source": earlier.pk})
        row = own.improvements.get()
        assert response.url == url("improvement_edit", row.pk)
        assert (row.title, row.aim, row.women, row.state) == ("Kallelser", earlier.aim, True, State.IDEA)
        assert row.item.key == earlier.item.key
        assert list(row.ideas.values_list("text", flat=True)) == ["Tre tider att välja på"]
        assert not row.cycles.exists()

    def test_what_is_copied_already_or_does_not_exist_is_not_offered(self, client, own, strategist, earlier):
        assert "Kallelser, Förra omgången" in client.get(url("copy", *place(own))).text
        client.post(url("copy", *place(own)), {"source": earlier.pk})
        text = client.get(url("copy", *place(own))).text
        assert "Ni har inget förbättringsarbete i en tidigare omgång." in text

    def test_anothers_is_refused(self, own, strategist):
        said = ("Ni kan bara kopiera era egna förbättringsarbeten.", None)
        other = ImprovementFactory()
        assert refused(actions.copy_improvement, source=other, participation=own, by=strategist) == said


class TestCycles:
    PLANNED = {"plan": "En bedömare", "scale": "Fem remisser", "prediction": "Alla får samma prioritet."}
    DONE = {"do": "Vi läste.", "study": "Fyra av fem.", "act": "Vi ändrar mallen."}

    def test_the_first_cycle_moves_an_idea(self, client, strategist, work):
        client.post(url("cycle_add", work.pk), self.PLANNED)
        assert Improvement.objects.get().state == State.TRIED

    def test_one_that_begins_later_makes_it_planned(self, client, strategist, work):
        client.post(url("cycle_add", work.pk), {**self.PLANNED, "begins_on": "2026-11-23"})
        assert Improvement.objects.get().state == State.PLANNED
        client.post(url("cycle_edit", work.pk, 1), self.again(client, work, begins_on="2026-11-22"))
        assert Improvement.objects.get().state == State.TRIED

    def again(self, client, work, **changed):
        seen = client.get(url("cycle_edit", work.pk, 1)).context["form"]["seen"].value()
        return {**self.PLANNED, "seen": seen, **changed}

    def test_prediction_stands_beside_outcome(self, client, strategist, work):
        client.post(url("cycle_add", work.pk), self.PLANNED)
        assert "Ni trodde: Alla får samma prioritet." in client.get(url("cycle_edit", work.pk, 1)).text
        client.post(url("cycle_edit", work.pk, 1), self.again(client, work, **self.DONE))
        text = client.get(url("improvement", work.pk)).text
        places = [text.index(words) for words in ("Alla får samma prioritet.", "Fyra av fem.", "Inget beslut än")]
        assert places == sorted(places)

    def test_to_try_again_makes_the_next_with_what_was_planned(self, client, strategist, work):
        client.post(url("cycle_add", work.pk), self.PLANNED)
        decided = self.again(client, work, **self.DONE, decision="adapt")
        response = client.post(url("cycle_edit", work.pk, 1), decided, follow=True)
        assert response.redirect_chain == [(url("cycle_add", work.pk), 302)]
        form = response.context["form"]
        assert (form["plan"].value(), form["scale"].value()) == ("En bedömare", "Fem remisser")
        assert "Här står det ni planerade förra gången." in response.text

    @pytest.mark.parametrize(("decision", "to"), [("adopt", "adopted"), ("abandon", "ended")])
    def test_to_adopt_or_abandon_asks_where_it_moves(self, client, strategist, work, decision, to):
        client.post(url("cycle_add", work.pk), self.PLANNED)
        decided = self.again(client, work, **self.DONE, decision=decision)
        response = client.post(url("cycle_edit", work.pk, 1), decided)
        assert response.url == f"{url('move', work.pk)}?till={to}"
        assert client.get(response.url).context["form"]["to"].value() == to
        assert Improvement.objects.get().state == State.TRIED, "it is asked, not done"

    def test_days_stand_in_order(self, client, strategist, work):
        days = {"begins_on": "2026-12-02", "ends_on": "2026-12-01"}
        wrong = (422, {"ends_on": ["Slutdagen kan inte ligga före startdagen."]})
        assert form_errors(client.post(url("cycle_add", work.pk), {**self.PLANNED, **days})) == wrong

    @pytest.mark.parametrize(("days", "weeks"), [(34, 0), (35, 5), (41, 5), (42, 6)])
    def test_it_stands_still_after_five_weeks(self, work, days, weeks):
        cycle = CycleFactory(improvement=work, changed_on=TODAY - timedelta(days=days))
        assert Trial(cycle, TODAY).still_weeks == weeks

    def test_whatever_is_written_moves_it_again(self, client, own, strategist, work):
        CycleFactory(improvement=work, changed_on=TODAY - timedelta(days=60), **self.PLANNED)
        Improvement.objects.update(state=State.TRIED)
        assert "Har stått stilla i åtta veckor." in client.get(url("improvement", work.pk)).text
        assert "En har stått stilla i åtta veckor." in client.get(url("work", *place(own))).context["title"]
        client.post(url("cycle_edit", work.pk, 1), self.again(client, work, do="Vi läste."))
        assert "Har stått stilla" not in client.get(url("improvement", work.pk)).text

    def test_one_that_is_decided_or_begins_later_does_not_stand_still(self, work):
        long_ago = TODAY - timedelta(days=60)
        ended = CycleFactory(improvement=work, changed_on=long_ago, decision="adopt", **self.DONE)
        later = CycleFactory(improvement=work, number=2, changed_on=long_ago, begins_on=TODAY)
        assert [Trial(cycle, TODAY).still_since for cycle in (ended, later)] == [None, None]

    def test_an_organisation_chooses_its_word(self, client, own, strategist, work):
        response = client.get(url("cycle_name", *place(own)))
        assert "planera, göra, studera, agera" in response.text
        client.post(url("cycle_name", *place(own)), {"word": "pgsa"})
        assert CycleName.objects.get().word == "pgsa"
        assert "PGSA-cykel" in client.get(url("improvement", work.pk)).text


class TestBoard:
    def board(self, own, user, **more):
        return board_of(own, roles_of(user), TODAY, own=True, editor=True, word="PDSA-cykel", **more)

    def test_each_stands_in_the_column_of_its_state(self, client, own, strategist):
        for state in State:
            ImprovementFactory(participation=own, title=state.label, state=state, learnt="Det vet vi.")
        board = self.board(own, strategist)
        columns = [(column.state, [card.improvement.title for card in column.cards]) for column in board.columns]
        assert columns == [(state, [state.label]) for state in State]
        assert board.headline("Provby", own=True) == "En förbättring prövas."
        for shown in ("tavla", "tabell", "annat"):
            text = client.get(url("work", *place(own)), {"visa": shown}).text
            assert "Vi lärde oss: Det vet vi." in text
            assert text.count("Flytta<span") == len(State)

    def test_says_what_happens_now(self, own, strategist):
        work = ImprovementFactory(participation=own, state="tried", measure="Fem remisser")
        CycleFactory(improvement=work, begins_on=TODAY, ends_on=date(2026, 12, 18))
        card = self.board(own, strategist).cards[0]
        assert (card.now, card.measure) == ("PDSA-cykel 1 pågår till 18 december 2026.", "Fem remisser")
        measured = indicator(own, target_gap=1)
        Value.objects.create(indicator=measured, period="2026", unit="dagar", women=51, men=47)
        work.indicators.add(measured)
        assert self.board(own, strategist).cards[0].measure == "Skillnad 4 dagar, mål 1"

    def test_a_measure_is_told_as_its_indicator_is(self, client, own, strategist):
        work = ImprovementFactory(participation=own, state="tried")
        shares = indicator(own, unit="procent", kind="share", target_gap=1)
        Value.objects.create(indicator=shares, period="2026-H1", unit="procent", women=51, men="47.26")
        work.indicators.add(shares)
        assert self.board(own, strategist).cards[0].measure == "Skillnad 3,7 procentenheter, mål 1"
        page = " ".join(client.get(url("improvement", work.pk)).text.split())
        assert "Kvinnor 51, män 47,3 procent, första halvåret 2026. Skillnad 3,7 procentenheter, mål 1" in page

    def test_a_measure_that_few_people_are_behind_is_not_said_to_be_without_values(self, client, own):
        work = ImprovementFactory(participation=own, state="tried")
        few = indicator(own)
        Value.objects.create(indicator=few, period="2026", unit="dagar", women=51, men=47, men_denominator=2)
        work.indicators.add(few)
        client.force_login(DelegateFactory(participation=own, function=Function.POLITICIAN).user)
        hidden = "Värdena visas inte, eftersom få personer ligger bakom dem."
        assert hidden in client.get(url("improvement", work.pk)).text
        assert f"{few.title}. {hidden}" in client.get(url("work", *place(own))).text

    def test_of_a_part_only(self, client, own, strategist):
        part = own.organisation.parts.create(name="Socialnämnden")
        ImprovementFactory(participation=own, title="Hemtjänst", part=part)
        ImprovementFactory(participation=own, title="Simhall")
        text = client.get(url("work", *place(own)), {"del": part.pk}).text
        assert ("Hemtjänst" in text, "Simhall" in text) == (True, False)

    def test_what_is_worth_a_look_has_one_action_each(self, own, strategist):
        still = ImprovementFactory(participation=own, title="Stilla", state="tried", measure="Fem")
        CycleFactory(improvement=still, changed_on=TODAY - timedelta(days=35))
        ImprovementFactory(participation=own, title="Utan mått", state="tried")
        ImprovementFactory(participation=own, title="Sent", measure="Fem", aim_on=TODAY - timedelta(days=1))
        ImprovementFactory(participation=own, title="I tid", measure="Fem", aim_on=TODAY)
        measured = ImprovementFactory(participation=own, title="Mätt")
        measured.indicators.add(indicator(own))
        worth = [(matter.about, matter.button) for matter in self.board(own, strategist).worth]
        assert worth == [
            ("Stilla", "Skriv vad ni gjorde"),
            ("Utan mått", "Välj ett mått"),
            ("Sent", "Sätt en ny dag"),
            ("Väntetid", "Se förbättringen"),
        ]

    @pytest.mark.parametrize(("days", "asked"), [(34, False), (35, True)])
    def test_an_idea_that_waits_is_asked_about(self, own, strategist, days, asked):
        idea = TakeawayFactory(participation=own)
        idea.meeting.starts_on = idea.meeting.ends_on = TODAY - timedelta(days=days)
        idea.meeting.save()
        buttons = [matter.button for matter in self.board(own, strategist).worth]
        assert (buttons == ["Gör till förbättring"]) is asked

    def test_at_most_five_are(self, own, strategist):
        for _ in range(MOST_WORTH + 1):
            ImprovementFactory(participation=own, state="tried")
        assert len(self.board(own, strategist).worth) == MOST_WORTH


class TestOntoTheChain:
    def test_an_adopted_improvement_becomes_an_effort_with_its_own_words(self, client, own, strategist, work):
        Improvement.objects.update(state=State.ADOPTED, shared=True)
        CycleFactory(improvement=work, study="Skillnaden är en dag.")
        form = client.get(url("lay", work.pk)).context["form"]
        assert form["text"].value() == f"{work.aim}\n\nSkillnaden är en dag."
        data = {"stage": "practice", "year": 2026, "text": form["text"].value()}
        for _ in range(2):
            client.post(url("lay", work.pk), data)
        effort = Effort.objects.get()
        assert (effort.title, effort.improvement, effort.shared) == (work.title, work, True)
        assert effort.steps.get().text == data["text"]
        assert client.get(url("lay", work.pk)).url == url("effort", effort.pk)

    def test_what_is_not_adopted_is_refused(self, strategist, work):
        values = {"improvement": work, "stage": "practice", "year": 2026, "text": "A", "by": strategist}
        assert refused(actions.lay_on_chain, **values) == ("Bara det som är infört kan läggas på resultatkedjan.", None)


def test_a_person_who_leaves_is_nobodys_responsible(own, work):
    kim = DelegateFactory(participation=own)
    Improvement.objects.update(responsible=kim)
    Delegate.objects.filter(pk=kim.pk).delete()
    assert Improvement.objects.get().responsible is None


class TestDeadline:
    """A running cycle whose last day has passed is a task, told by one mail."""

    def tasks(self, own, user):
        records = read_records(Participation.objects.filter(pk=own.pk), TODAY)
        holders = records.holders(user.pk)
        return [task for holder in holders for task in tasks_of(holder, records) if task.matter == Matter.CYCLE]

    @pytest.mark.parametrize(("days", "asked"), [(0, False), (1, True), (30, True), (31, False)])
    def test_it_waits_for_the_strateg_from_the_day_after_for_thirty_days(self, own, strategist, work, days, asked):
        CycleFactory(improvement=work, ends_on=TODAY - timedelta(days=days))
        assert bool(self.tasks(own, strategist)) is asked

    def test_it_is_the_responsibles_if_that_one_may_write(self, own, strategist, work):
        kim = DelegateFactory(participation=own, function=Function.CONTRIBUTOR)
        cycle = CycleFactory(improvement=work, ends_on=TODAY - timedelta(days=1), responsible=kim)
        assert (len(self.tasks(own, kim.user)), len(self.tasks(own, strategist))) == (1, 0)
        manager = DelegateFactory(participation=own, function=Function.MANAGER)
        Cycle.objects.filter(pk=cycle.pk).update(responsible=manager)
        assert (len(self.tasks(own, manager.user)), len(self.tasks(own, strategist))) == (0, 1)

    def test_what_is_decided_or_ended_waits_for_nobody(self, own, strategist, work):
        late = TODAY - timedelta(days=1)
        CycleFactory(improvement=work, ends_on=late, decision="adopt", do="a", study="b", act="c")
        ended = ImprovementFactory(participation=own, state=State.ENDED)
        CycleFactory(improvement=ended, ends_on=late)
        assert self.tasks(own, strategist) == []

    @pytest.mark.parametrize(("days", "mails"), [(0, 0), (1, 1), (7, 1), (8, 0)])
    def test_one_mail_tells_of_those_with_the_same_last_day(self, own, strategist, work, days, mails):
        for number in (1, 2):
            CycleFactory(improvement=work, number=number, ends_on=TODAY - timedelta(days=days))
        records = read_records(Participation.objects.filter(pk=own.pk), TODAY)
        planned = [mail for mail in due_reminders(own.cohort, records, ()) if mail.kind == CYCLE_LATE]
        assert len(planned) == mails
        made = [f"{mail.stem}:{'+'.join(mail.rules)}" for mail in planned]
        again = due_reminders(own.cohort, records, made)
        assert [mail for mail in again if mail.kind == CYCLE_LATE] == []


class TestLent:
    """The giver sees what became of its idea, and a name only where the borrower shares its work with it."""

    def borrow(self, own, state, *, shared=False, group=None, name="Lånby kommun"):
        organisation = OrganisationFactory(name=name)
        other = ParticipationFactory(cohort=own.cohort, organisation=organisation, group=group)
        return ImprovementFactory(participation=other, borrowed_from=own.organisation, state=state, shared=shared)

    def test_tried_and_adopted_are_counted_and_nobody_is_named_without_a_yes(self, client, own, strategist):
        for number in range(3):
            self.borrow(own, State.TRIED, group=own.group, name=f"Tyst {number}")
        self.borrow(own, State.ADOPTED, shared=True, name="I en annan grupp")
        self.borrow(own, State.IDEA)
        text = client.get(url("work", *place(own))).text
        assert "Er idé prövas hos tre, en har infört den." in text
        assert ("Tyst" in text, "I en annan grupp" in text) == (False, False)

    def test_a_borrower_that_shares_with_the_giver_is_named(self, client, own, strategist):
        self.borrow(own, State.ADOPTED, shared=True, group=own.group)
        assert "En har infört er idé. Det delas av Lånby kommun." in client.get(url("work", *place(own))).text

    def test_what_is_only_an_idea_is_not_told(self, own, strategist):
        self.borrow(own, State.IDEA)
        assert lent_by(own, roles_of(strategist)).words == ""
