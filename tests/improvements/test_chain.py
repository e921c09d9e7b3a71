"""The result chain: the questions of a step, its history, movement between two days, and the own placement."""

import json
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import SkrRole
from assessments.models import Release
from cohorts.enums import Role
from cohorts.roles import roles_of
from improvements import actions
from improvements.cohort_movement import days_of, mentor_outcomes, movement_in
from improvements.enums import Stage
from improvements.models import EffortStep, PastStep, Placement
from improvements.movement import furthest_on, movement_of
from improvements.placements import occasions_in
from improvements.stages import meanings
from improvements.step_form import NO_GOAL, NOT_NOTICED, WHAT_LED
from indicators.models import Indicator
from kit.refusals import ActionRefused
from kit.staleness import content_of, digest
from policy.models import NationalGoal
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    GroupFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
START = date(2026, 2, 1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def own():
    cohort = CohortFactory(slug="omgang", starts_on=START, ends_on=date(2027, 6, 1))
    participation = ParticipationFactory(cohort=cohort)
    participation.group = GroupFactory(cohort=cohort)
    participation.save()
    return participation


@pytest.fixture
def strategist(client, own):
    user = DelegateFactory(participation=own).user
    client.force_login(user)
    return user


def url(name, *args):
    return reverse(f"improvements:{name}", args=args)


def errors_of(response):
    return response.status_code, dict(response.context["form"].errors) if response.context else {}


class TestStep:
    """What is asked of a step, and what the form proposes without forcing it."""

    OUTCOME = {"stage": "outcome", "state": "reached", "when": "mars 2026", "text": "Kortare väntan."}

    @pytest.fixture
    def address(self, own, strategist):
        return url("step_add", EffortFactory(participation=own).pk)

    def test_stages_are_explained_where_one_chooses(self, client, address):
        page = client.get(address).text
        for meaning in meanings().values():
            assert meaning.means in page
            assert all(example.text in page for example in meaning.examples)

    def test_has_a_month_or_a_day(self, client, address):
        for stage, written in (("activity", "2025"), ("product", "mars 2026"), ("practice", "2026-03-14")):
            data = {"stage": stage, "state": "reached", "when": written, "text": "Klart."}
            assert client.post(address, data).status_code == 302
        assert [str(step.when) for step in EffortStep.objects.order_by("pk")] == ["2025", "mars 2026", "14 mars 2026"]

    def test_parts_are_named(self, client, address):
        data = {"stage": "practice", "state": "partly", "when": "2026", "text": "Börjat."}
        asked = {"part": ["Skriv vilka delar av verksamheten det gäller."]}
        assert errors_of(client.post(address, data)) == (422, asked)
        assert client.post(address, {**data, "part": "fritidsgårdarna"}).status_code == 302
        assert EffortStep.objects.get().how_far == "Delar av verksamheten: fritidsgårdarna"

    def test_an_outcome_asks_whether_residents_notice_it(self, client, address):
        assert errors_of(client.post(address, self.OUTCOME)) == (
            422,
            {"noticed": ["Svara på om det märks för invånarna."]},
        )
        yes = {**self.OUTCOME, "noticed": "ja", "led_here": "En ny rutin."}
        assert errors_of(client.post(address, yes)) == (422, {"noticed_how": ["Skriv på vilket sätt det märks."]})
        assert client.post(address, {**yes, "noticed_how": "Tio dagar kortare."}).status_code == 302
        step = EffortStep.objects.get()
        assert (step.noticed, step.noticed_how, step.led_here) == (True, "Tio dagar kortare.", "En ny rutin.")

    def test_no_proposes_the_stage_before_and_never_forces_it(self, client, address):
        no = {**self.OUTCOME, "noticed": "nej", "led_here": "En ny rutin."}
        answer = client.post(address, no)
        assert errors_of(answer) == (422, {"noticed": [NOT_NOTICED]})
        assert "nytt eller ändrat arbetssätt" in NOT_NOTICED
        assert "Spara steget ändå" in answer.text
        assert client.post(address, {**no, "anyway": "on"}).status_code == 302
        assert EffortStep.objects.get().noticed is False

    def test_a_societal_effect_asks_for_a_goal(self, client, address):
        effect = {**self.OUTCOME, "stage": "societal_effect", "led_here": "Kortare väntan."}
        assert errors_of(client.post(address, effect)) == (422, {"goal": [NO_GOAL]})
        goal = NationalGoal.objects.get(number=5)
        assert client.post(address, {**effect, "goal": goal.pk}).status_code == 302
        assert EffortStep.objects.get().goal == goal

    def test_a_first_step_at_outcome_asks_what_led_there(self, client, own, address):
        first = {**self.OUTCOME, "noticed": "ja", "noticed_how": "Kortare."}
        assert errors_of(client.post(address, first)) == (422, {"led_here": [WHAT_LED]})
        EffortStepFactory(effort=own.efforts.get())  # an earlier step answers it
        assert client.post(address, first).status_code == 302

    def test_what_is_on_its_way_is_not_asked(self, client, address):
        assert client.post(address, {**self.OUTCOME, "state": "under_way"}).status_code == 302

    def test_answers_to_another_stages_questions_are_left_out(self, client, address):
        data = {**self.OUTCOME, "stage": "activity", "noticed": "ja", "noticed_how": "Ja", "led_here": "Nej"}
        assert client.post(address, data).status_code == 302
        step = EffortStep.objects.get()
        assert (step.noticed, step.noticed_how, step.led_here) == (None, "", "")

    def test_stored_advice_is_not_repeated(self, client, own, strategist):
        step = EffortStepFactory(effort=EffortFactory(participation=own), stage="outcome", noticed=False)
        form = client.get(url("step_edit", step.effort_id, "outcome")).context["form"]
        data = {"state": "reached", "when": "2026", "text": "Nytt.", "noticed": "nej", "seen": form["seen"].value()}
        assert client.post(url("step_edit", step.effort_id, "outcome"), data).status_code == 302

    def test_evidence_and_whom_it_is_for(self, client, own, address):
        decision = own.decisions.create(kind="entry", body="Nämnden", decided_on=date(2026, 1, 9))
        indicator = Indicator.objects.create(
            participation=own,
            key="vantan",
            title="Väntetid",
            unit="dagar",
            direction="lower",
            kind="mean",
            source="own",
        )
        data = {
            "stage": "practice", "state": "reached", "when": "2026", "text": "Klart.", "whom": ["women", "girls"],
            "group": "äldre", "indicator": indicator.pk, "decision": decision.pk, "link": "exempel.invalid/rapport",
        }  # fmt: skip
        client.post(address, data)
        step = EffortStep.objects.get()
        assert (step.indicator, step.decision, step.for_whom) == (indicator, decision, "Kvinnor och flickor: äldre")
        page = client.get(url("effort", step.effort_id)).text
        assert all(words in page for words in ("Väntetid", "Nämnden, 9 januari 2026", "Dokument på exempel.invalid"))

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [("indicator", "Välj ett av era egna nyckeltal."), ("decision", "Välj ett av era beslut.")],
    )
    def test_evidence_is_the_organisations_own(self, own, strategist, name, sentence):
        step = EffortStepFactory(effort=EffortFactory(participation=own))
        content = {**content_of(step, *actions.STEP), name: SimpleNamespace(participation_id=own.pk + 1)}
        with pytest.raises(ActionRefused, match=sentence):
            actions.save_step(step=step, seen="", by=strategist, **content)

    def test_the_database_wants_the_part_and_the_month(self, own):
        effort = EffortFactory(participation=own)
        for wrong in ({"state": "partly"}, {"part": "en enhet"}, {"day": 4}, {"link": "javascript:alert(1)"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                EffortStepFactory(effort=effort, **wrong)


class TestHistory:
    """A change keeps what the step said before."""

    def edit(self, client, step, **changes):
        page = url("step_edit", step.effort_id, step.stage)
        form = client.get(page).context["form"]
        data = {"state": "reached", "when": "2026", "text": step.text, "seen": form["seen"].value(), **changes}
        assert client.post(page, data).status_code == 302

    def test_a_change_keeps_the_former(self, client, own, strategist):
        step = EffortStepFactory(effort=EffortFactory(participation=own), state="under_way", said_on=date(2026, 3, 1))
        self.edit(client, step, when="november 2026", text="Klart.")
        past = PastStep.objects.get()
        assert (past.state, past.text, past.said_on, past.replaced_on) == (
            "under_way",
            "Handläggare har gått en utbildning.",
            date(2026, 3, 1),
            TODAY,
        )
        step.refresh_from_db()
        assert (str(step.when), step.said_on) == ("november 2026", TODAY)
        assert "Så stod det tidigare: aktivitet" in client.get(url("effort", step.effort_id)).text

    def test_the_same_again_keeps_nothing_and_a_new_text_keeps_the_day(self, client, own, strategist):
        step = EffortStepFactory(effort=EffortFactory(participation=own), said_on=date(2026, 3, 1))
        self.edit(client, step)
        assert not PastStep.objects.exists()
        self.edit(client, step, text="Bättre ord.")
        step.refresh_from_db()
        assert (PastStep.objects.count(), step.said_on) == (1, date(2026, 3, 1))

    def test_only_the_own_organisation_reads_it(self, client, own, strategist):
        step = EffortStepFactory(effort=EffortFactory(participation=own, shared=True))
        self.edit(client, step, text="Bättre ord.")
        client.force_login(UserFactory(skr_role=SkrRole.PROCESS_LEADER))
        page = client.get(url("effort", step.effort_id)).text
        assert "Bättre ord." in page
        assert "Så stod det tidigare" not in page

    def test_goes_with_a_step_that_is_removed(self, client, own, strategist):
        step = EffortStepFactory(effort=EffortFactory(participation=own))
        self.edit(client, step, text="Bättre ord.")
        place = (own.cohort.slug, own.code, step.effort_id, "activity")
        assert "Det som steget har sagt tidigare tas också bort." in client.get(url("step_remove", *place)).text
        step.refresh_from_db()
        actions.remove_step(step=step, seen=digest(content_of(step, *actions.STEP)), by=strategist)
        assert not PastStep.objects.exists()


class TestMovement:
    """Where an effort stands on a day, and how it moved."""

    @pytest.fixture
    def effort(self, own):
        return EffortFactory(participation=own, title="Simhallen", shared=True)

    @pytest.mark.parametrize(
        ("fields", "first"),
        [
            ({"year": 2025}, date(2025, 12, 31)),
            ({"month": 3}, date(2026, 3, 31)),
            ({"month": 3, "day": 14}, date(2026, 3, 14)),
            ({"said_on": date(2026, 5, 4)}, date(2026, 5, 4)),
            ({"month": 3, "said_on": date(2026, 5, 4)}, date(2026, 3, 31)),
            ({}, TODAY),
        ],
    )
    def test_a_step_counts_from_its_day(self, effort, fields, first):
        EffortStepFactory(effort=effort, **fields)
        before = furthest_on(effort, first - timedelta(days=1), TODAY)
        assert (before, furthest_on(effort, first, TODAY)) == (None, Stage.ACTIVITY)

    def test_the_furthest_that_is_reached_wholly_or_in_part_counts(self, effort):
        EffortStepFactory(effort=effort, month=3)
        EffortStepFactory(effort=effort, stage="practice", state="partly", part="en enhet", month=5)
        EffortStepFactory(effort=effort, stage="outcome", state="under_way", month=6)
        assert furthest_on(effort, date(2026, 4, 1), TODAY) == Stage.ACTIVITY
        assert furthest_on(effort, TODAY, TODAY) == Stage.PRACTICE

    def test_what_was_taken_back_counted_until_then(self, effort):
        EffortStepFactory(effort=effort, state="under_way", year=2027)
        PastStep.objects.create(
            effort=effort,
            stage="activity",
            state="reached",
            year=2026,
            month=3,
            text="Klart.",
            replaced_on=date(2026, 9, 1),
        )
        stood = [furthest_on(effort, day, TODAY) for day in (date(2026, 3, 31), date(2026, 8, 31), date(2026, 9, 1))]
        assert stood == [Stage.ACTIVITY, Stage.ACTIVITY, None]
        moved = movement_of([effort], date(2026, 4, 1), TODAY, TODAY)
        assert moved.in_words == "En insats står längre bak än förut mellan 1 april 2026 och 22 november 2026."

    def test_a_corrected_day_is_what_counts(self, effort):
        EffortStepFactory(effort=effort, month=9)
        PastStep.objects.create(
            effort=effort,
            stage="activity",
            state="reached",
            year=2026,
            month=3,
            text="Klart.",
            replaced_on=date(2026, 9, 2),
        )
        assert furthest_on(effort, date(2026, 5, 1), TODAY) is None

    def test_the_matrix_has_the_stage_before_and_after(self, own, effort):
        EffortStepFactory(effort=effort, month=1)
        EffortStepFactory(effort=effort, stage="product", month=6)
        EffortStepFactory(effort=EffortFactory(participation=own), stage="activity", month=7)
        EffortFactory(participation=own)
        moved = movement_of(own.efforts.all(), START, TODAY, TODAY)
        assert [(row.label, row.cells) for row in moved.matrix] == [
            ("Inget steg nått än", (1, 1, 0, 0, 0, 0)),
            ("Aktivitet", (0, 0, 1, 0, 0, 0)),
        ]
        assert moved.in_words == "Två insatser har gått framåt mellan 1 februari 2026 och 22 november 2026."
        assert [label for label, _ in moved.at_the_end] == [
            "Inget steg nått än",
            "Aktivitet",
            "Ny eller ändrad produkt",
        ]

    def test_nothing_moved_is_said_so(self, effort):
        EffortStepFactory(effort=effort, year=2025)
        assert movement_of([effort], START, TODAY, TODAY).in_words.startswith("Ingen insats har flyttat sig")
        assert movement_of([], START, TODAY, TODAY).in_words == "Ingen insats är registrerad än."

    @pytest.mark.parametrize(("day", "still"), [(date(2026, 5, 22), True), (date(2026, 5, 23), False)])
    def test_stands_still_after_six_months(self, effort, day, still):
        EffortStepFactory(effort=effort, month=day.month, day=day.day)
        assert bool(movement_of([effort], START, TODAY, TODAY).still_since()) is still

    def test_a_step_on_its_way_was_a_change_when_it_was_entered(self, effort):
        EffortStepFactory(effort=effort, year=2025)
        EffortStepFactory(effort=effort, stage="product", state="under_way", year=2027, said_on=date(2026, 10, 1))
        assert not movement_of([effort], START, TODAY, TODAY).still_since()

    def test_the_end_of_the_chain_and_no_step_are_not_still(self, own, effort):
        EffortStepFactory(effort=effort, stage="societal_effect", year=2024)
        EffortFactory(participation=own)
        assert not movement_of(own.efforts.all(), START, TODAY, TODAY).still_since()


class TestPage:
    @pytest.fixture
    def page(self, client, own, strategist):
        effort = EffortFactory(participation=own, title="Simhallen")
        EffortStepFactory(effort=effort, year=2025)
        EffortStepFactory(effort=effort, stage="product", month=6)
        MeetingFactory(cohort=own.cohort, name="Träff ett", starts_on=date(2026, 5, 4))
        return lambda **query: client.get(url("chain", own.cohort.slug, own.code), query)

    def test_tells_what_moved_since_the_start_and_since_a_meeting(self, page):
        usual = page()
        assert "En insats har gått framåt mellan 1 februari 2026 och 22 november 2026." in usual.text
        assert [preset.query for preset in usual.context["presets"]] == ["fran=2026-05-04&till=2026-11-22"]
        later = page(fran="2026-07-01", till="2026-11-22")
        assert "Ingen insats har flyttat sig mellan 1 juli 2026 och 22 november 2026." in later.text

    def test_refuses_days_in_the_wrong_order(self, page):
        answer = page(fran="2026-07-01", till="2026-06-30")
        assert (answer.status_code, answer.context["form"].errors["till"]) == (
            422,
            ["Slutdagen kan inte ligga före startdagen."],
        )

    def test_is_a_file_too(self, client, own, page):
        place = (own.cohort.slug, own.code)
        table = client.get(url("chain_csv", *place)).content.decode("utf-8-sig")
        assert table.splitlines() == [
            "Insats;Steg 2026-02-01;Steg 2026-11-22",
            "Simhallen;Aktivitet;Ny eller ändrad produkt",
        ]
        document = json.loads(client.get(url("chain_json", *place)).content)
        assert document["efforts"] == [{"title": "Simhallen", "before": "activity", "after": "product"}]
        assert (document["forward"], document["back"], document["still"]) == (1, 0, [])

    def test_a_reader_sees_what_is_shared(self, client, own, page):
        client.force_login(UserFactory(skr_role=SkrRole.PROCESS_LEADER))
        assert "Simhallen" not in page().text

    def test_a_mentors_outcomes_are_counted_apart(self, client, own):
        mentor = ParticipationFactory(cohort=own.cohort, role=Role.MENTOR)
        EffortStepFactory(effort=EffortFactory(participation=mentor), stage="outcome", year=2025)
        client.force_login(DelegateFactory(participation=mentor).user)
        page = client.get(url("chain", own.cohort.slug, mentor.code)).text
        assert "Mentorers utfall räknas för sig. En insats har nått ett utfall eller längre." in page


class TestCohort:
    """The omgång's movement goes through the door: without rights one sees only what many stand behind."""

    @pytest.fixture
    def members(self, own):
        MeetingFactory(cohort=own.cohort, starts_on=date(2026, 5, 4))
        members = [own, *(ParticipationFactory(cohort=own.cohort) for _ in range(5))]
        for member in members:
            effort = EffortFactory(participation=member, shared=True)
            EffortStepFactory(effort=effort, year=2025)
            EffortStepFactory(effort=effort, stage="product", month=6)
        return members

    def movement(self, own, roles, start=START, end=TODAY):
        [kind] = movement_in(own.cohort, roles, start, end, TODAY)
        return kind

    def test_days_are_the_omgangs_own(self, own, members):
        assert days_of(own.cohort, TODAY) == [START, date(2026, 5, 4), TODAY]

    def test_a_process_leader_sees_all_and_each_effort(self, own, members):
        kind = self.movement(own, roles_of(UserFactory(skr_role=SkrRole.PROCESS_LEADER)))
        assert [(stage.before, stage.after) for stage in kind.stages] == [(6, 6), (0, 6), (0, 0), (0, 0), (0, 0)]
        assert len(kind.efforts.forward) == 6

    def test_a_participant_sees_counts_and_no_efforts(self, own, members, strategist):
        kind = self.movement(own, roles_of(strategist))
        assert [(stage.before, stage.after) for stage in kind.stages][:2] == [(6, 6), (0, 6)]
        assert kind.efforts is None

    def test_a_participant_sees_no_other_days(self, own, members, strategist):
        kind = self.movement(own, roles_of(strategist), start=date(2026, 6, 29))
        assert [stage.before for stage in kind.stages] == [None] * 5

    def test_too_few_are_not_shown(self, own, members, strategist):
        for member in members[2:]:
            member.efforts.all().delete()
            member.delete()
        kind = self.movement(own, roles_of(strategist))
        assert kind.is_hidden

    def test_one_organisation_that_moved_alone_is_not_given_away(self, own, members, strategist):
        EffortStep.objects.filter(stage="product").exclude(effort__participation=members[3]).delete()
        kind = self.movement(own, roles_of(strategist))
        assert [stage.before for stage in kind.stages][:2] == [6, 0]
        assert [stage.after for stage in kind.stages] == [None] * 5
        assert not Release.objects.exists()

    def test_the_page_shows_it(self, client, own, members, strategist):
        page = client.get(url("cohort_chain", own.cohort.slug)).text
        assert "6 av 6" in page
        page = client.get(url("cohort_chain", own.cohort.slug), {"fran": "2026-11-22", "till": "2026-02-01"})
        assert (page.context["start"], page.context["end"]) == (START, TODAY)

    def test_mentors_are_counted_apart_and_never_among_participants(self, own, members):
        mentor = ParticipationFactory(cohort=own.cohort, role=Role.MENTOR)
        EffortStepFactory(effort=EffortFactory(participation=mentor, shared=True), stage="outcome", year=2025)
        leader = roles_of(UserFactory(skr_role=SkrRole.PROCESS_LEADER))
        assert self.movement(own, leader).stages[3].after == 0
        [outcomes] = mentor_outcomes(own.cohort, leader, TODAY)
        assert (outcomes.n, outcomes.n_reached) == (1, 1)

    def test_a_single_mentors_outcome_is_not_told_to_others(self, own, members, strategist):
        mentor = ParticipationFactory(cohort=own.cohort, role=Role.MENTOR)
        EffortStepFactory(effort=EffortFactory(participation=mentor, shared=True), stage="outcome", year=2025)
        [outcomes] = mentor_outcomes(own.cohort, roles_of(strategist), TODAY)
        assert outcomes.n_reached is None


class TestPlacement:
    def test_follows_the_omgangs_meetings(self, own):
        assert [day for _, day in occasions_in(own)] == [START, date(2026, 10, 1), date(2027, 6, 1)]
        for month in (3, 6, 9):
            MeetingFactory(cohort=own.cohort, starts_on=date(2026, month, 4))
        assert [day.month for _, day in occasions_in(own)] == [3, 6, 9]

    def test_is_given_with_a_reason_and_stands_beside_the_count(self, client, own, strategist):
        address = url("placement", own.cohort.slug, own.code, "start")
        assert errors_of(client.post(address, {"stage": "activity", "reason": ""})) == (
            422,
            {"reason": ["Skriv varför ni placerar er där."]},
        )
        for _ in range(2):  # two clicks
            client.post(address, {"stage": "activity", "reason": "Vi har just börjat."})
        placement = Placement.objects.get()
        assert (placement.occasion, placement.stage, placement.placed_on) == ("start", "activity", TODAY)
        page = client.get(url("chain", own.cohort.slug, own.code)).text
        assert "Vi har just börjat." in page
        assert "Ingen insats är registrerad än." in page

    def test_an_unknown_occasion_is_no_page(self, client, own, strategist):
        assert client.get(url("placement", own.cohort.slug, own.code, "sommaren")).status_code == 404
