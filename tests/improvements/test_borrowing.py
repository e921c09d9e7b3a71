"""An example, or what an organisation gladly tells, becomes another's improvement; the giver sees what came of it."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from cohorts.enums import Function, Status
from cohorts.roles import roles_of
from improvements import actions
from improvements.borrowing import homes_of, may_borrow
from improvements.enums import Stage, State, StepState
from improvements.ideas import lent_by
from improvements.models import Improvement
from kit.refusals import ActionRefused
from mailings.models import Mail
from tests.cast import make_cast
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    ImprovementFactory,
    MeetingFactory,
    ParticipationFactory,
)
from tests.modell.test_figures_door import modules

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
TITLE = "Simhallens tider"


# What decides whether the lender is named: the rule, what stores its answer, and who is asked for it.
DECIDES = {
    "improvements/models/improvement.py",
    "improvements/actions.py",
    "improvements/querysets.py",
    "reports/handing_in.py",
}
SHOWS_THE_ANSWER = {"improvements/carried.py", "improvements/views/naming.py", "demo/publishing.py"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast(slug="provomgang")


@pytest.fixture
def example(cast):
    """An example of Gun's organisation."""
    item = cast.cohort.plan.items[3]
    effort = EffortFactory(participation=cast.theirs, title=TITLE, item=item, shared=True, example=True)
    EffortStepFactory(effort=effort, stage=Stage.PRACTICE, text="Flickor och pojkar får lika många timmar.")
    EffortStepFactory(effort=effort, stage=Stage.OUTCOME, state=StepState.UNDER_WAY, text="Fler flickor simmar.")
    return effort


def url(name, *args):
    return reverse(f"improvements:{name}", args=args)


def at(participation, *more):
    return participation.cohort.slug, participation.code, *more


def typed(form, **more):
    """What the browser sends of the form as it is drawn."""
    values = {name: form[name].value() for name in form.fields}
    values = {name: getattr(value, "pk", value) for name, value in values.items() if value not in (None, "")}
    return {**values, "readers": "us", **more}


class TestAnExample:
    def test_the_form_is_filled_in_with_the_givers_words_and_its_name(self, client, cast, example):
        client.force_login(cast.anna)
        page = client.get(url("from_example", *at(cast.own, example.pk)))
        form = page.context["form"]
        assert form["title"].value() == TITLE
        assert form["aim"].value() == "Flickor och pojkar får lika många timmar."
        assert form["item"].value() == example.item_id
        assert form["borrowed_from"].value() == cast.theirs.organisation_id
        assert f"Det står som {cast.theirs.organisation} har skrivit det." in page.text

    def test_saved_it_remembers_the_example_and_says_whose_idea_it_is(self, client, cast, example):
        client.force_login(cast.anna)
        address = url("from_example", *at(cast.own, example.pk))
        data = typed(client.get(address).context["form"])
        page = client.post(address, data, follow=True)
        row = Improvement.objects.get()
        assert (row.example, row.borrowed_from) == (example, cast.theirs.organisation)
        assert f"Idén kommer från {cast.theirs.organisation}." in page.text
        # The address leads there from now on, and so does the example's page.
        assert client.get(address).url == url("improvement", row.pk)
        assert f"{cast.own.organisation} prövar det redan: " in client.get(url("effort", example.pk)).text

    def test_sent_twice_it_is_made_once_and_a_second_is_refused(self, client, cast, example):
        client.force_login(cast.anna)
        content = {"title": TITLE, "aim": "Lika.", "borrowed_from": cast.theirs.organisation}

        def save(**more):
            new = Improvement(participation=cast.own, example=example)
            return actions.save_improvement(improvement=new, seen="", by=cast.anna, **{**content, **more})

        assert save() == save()
        with pytest.raises(ActionRefused) as refused:
            save(title="Något annat")
        assert refused.value.sentence == "Exemplet är redan ett förbättringsarbete."
        assert Improvement.objects.count() == 1

    def test_another_organisation_can_try_the_same(self, cast, example):
        for home in (cast.own, cast.elsewhere):
            new = Improvement(participation=home, example=example)
            actions.save_improvement(improvement=new, seen="", by=cast.anna, title=TITLE)
        assert Improvement.objects.filter(example=example).count() == 2

    def test_the_button_stands_where_the_example_is_read(self, client, cast, example):
        client.force_login(cast.anna)
        button = f'href="{url("from_example", *at(cast.own, example.pk))}"'
        for page in (url("effort", example.pk), url("library"), url("examples", cast.cohort.slug)):
            assert button in client.get(page).text

    @pytest.mark.parametrize("who", ["bo", "cia", "gun"])
    def test_whoever_has_no_work_of_their_own_there_sees_no_button(self, client, cast, example, who):
        client.force_login(getattr(cast, who))
        for page in (url("effort", example.pk), url("library")):
            assert "Pröva hos er" not in client.get(page).text

    def test_one_that_is_shared_but_not_offered_cannot_be_borrowed(self, client, cast, example):
        client.force_login(cast.anna)
        type(example).objects.update(example=False)
        assert client.get(url("from_example", *at(cast.own, example.pk))).status_code == 404
        assert "Pröva hos er" not in client.get(url("effort", example.pk)).text

    def test_own_invented_and_rehearsed_ones_are_not_mixed_with_others(self, cast, example):
        assert may_borrow(cast.own, example)
        assert may_borrow(cast.elsewhere, example)
        assert not may_borrow(cast.theirs, example)
        assert not may_borrow(ParticipationFactory(cohort=CohortFactory(constructed=False)), example)
        rehearsal = CohortFactory(rehearsal=True)
        assert not may_borrow(ParticipationFactory(cohort=rehearsal), example)
        of_rehearsal = EffortFactory(
            participation=ParticipationFactory(cohort=rehearsal), title="Prov", shared=True, example=True
        )
        assert not may_borrow(cast.own, of_rehearsal)
        assert may_borrow(ParticipationFactory(cohort=rehearsal), of_rehearsal)

    def test_home_is_the_omgang_that_ends_last(self, cast):
        later = CohortFactory(ends_on=date(2029, 1, 1))
        again = ParticipationFactory(cohort=later, organisation=cast.own.organisation)
        DelegateFactory(participation=again, user=cast.anna, function=Function.CONTRIBUTOR)
        assert homes_of(roles_of(cast.anna)) == (again,)
        assert homes_of(roles_of(cast.bo)) == ()

    def test_with_two_organisations_one_chooses(self, client, cast, example):
        DelegateFactory(participation=cast.elsewhere, user=cast.anna, function=Function.STRATEGIST)
        client.force_login(cast.anna)
        text = client.get(url("effort", example.pk)).text
        for home in (cast.own, cast.elsewhere):
            assert f"Pröva hos er: {home.organisation}" in text

    def test_removed_it_leaves_the_improvement(self, cast, example):
        row = ImprovementFactory(participation=cast.own, example=example, borrowed_from=cast.theirs.organisation)
        example.delete()
        row.refresh_from_db()
        assert (row.example, row.borrowed_from) == (None, cast.theirs.organisation)


class TestWhomToLearnFrom:
    @pytest.fixture
    def lesson(self, cast):
        """Anna's organisation stands low on the first item, and Gun's high and gladly tells."""
        meeting = MeetingFactory(cohort=cast.cohort, starts_on=date(2026, 9, 30))
        AssessmentFactory(participation=cast.own, meeting=meeting, values=[1] + [3] * 9, submitted=True)
        theirs = AssessmentFactory(participation=cast.theirs, meeting=meeting, values=[3] * 10, submitted=True)
        theirs.scores.update(glad_to_tell=True)
        return url("from_teacher", *at(cast.own, 1, cast.theirs.code))

    def test_the_item_and_the_organisation_are_filled_in(self, client, cast, lesson):
        client.force_login(cast.anna)
        page = client.get(reverse("assessments:learn", args=at(cast.own)))
        assert f'href="{lesson}"' in page.text
        form = client.get(lesson).context["form"]
        assert form["item"].value() == cast.cohort.plan.items[0].pk
        assert form["borrowed_from"].value() == cast.theirs.organisation_id
        assert (form["title"].value(), form["aim"].value()) == (None, None)
        client.post(lesson, typed(form, title="Lika", aim="Lika för alla."))
        row = Improvement.objects.get()
        assert (row.borrowed_from, row.item.number, row.example) == (cast.theirs.organisation, 1, None)

    def test_only_what_one_is_offered_can_be_taken(self, client, cast, lesson):
        client.force_login(cast.anna)
        for number, code in ((2, cast.theirs.code), (1, cast.mentoring.code), (1, cast.own.code)):
            assert client.get(url("from_teacher", *at(cast.own, number, code))).status_code == 404

    def test_a_mentor_reads_it_and_cannot_take_it(self, client, cast, lesson):
        client.force_login(cast.bo)
        assert "Gör till ett förbättringsarbete" not in client.get(reverse("assessments:learn", args=at(cast.own))).text
        assert client.get(lesson).status_code == 403


class TestWhatTheGiverSees:
    def test_the_examples_page_tells_its_own_organisation(self, client, cast, example):
        for home, state in ((cast.own, State.TRIED), (cast.elsewhere, State.ADOPTED)):
            ImprovementFactory(
                participation=home, example=example, borrowed_from=cast.theirs.organisation, state=state, shared=True
            )
        sentence = f"Exemplet prövas hos en organisation, en har infört det. Det delas av {cast.own.organisation}."
        client.force_login(cast.gun)
        assert sentence in client.get(url("effort", example.pk)).text
        client.force_login(cast.anna)
        assert "Exemplet prövas" not in client.get(url("effort", example.pk)).text

    def test_other_omgangar_count_and_another_idea_is_not_the_examples(self, cast, example):
        lender = cast.theirs.organisation
        ImprovementFactory(participation=cast.elsewhere, borrowed_from=lender, state=State.TRIED)
        roles = roles_of(cast.gun)
        assert lent_by(cast.theirs, roles).words == "Er idé prövas hos en organisation."
        assert lent_by(cast.theirs, roles, example).words_of_example == ""

    def test_an_organisation_counts_once(self, cast):
        lender = cast.theirs.organisation
        for title in ("Ett", "Ett till"):
            ImprovementFactory(participation=cast.own, title=title, borrowed_from=lender, state=State.TRIED)
        assert lent_by(cast.theirs, roles_of(cast.gun)).tried == 1

    def test_a_rehearsal_is_not_counted_elsewhere(self, cast):
        rehearsed = ParticipationFactory(cohort=CohortFactory(rehearsal=True))
        ImprovementFactory(participation=rehearsed, borrowed_from=cast.theirs.organisation, state=State.TRIED)
        assert lent_by(cast.theirs, roles_of(cast.gun)).words == ""


class TestNaming:
    """A lender of another omgång is asked too, and has no way into the borrower's."""

    def test_the_lender_is_asked_in_its_own_omgang(self, client, cast, example):
        lent = {"example": example, "borrowed_from": cast.theirs.organisation}
        row = ImprovementFactory(participation=cast.elsewhere, title=TITLE, shared=True, **lent)
        actions.set_public(participation=cast.elsewhere, efforts=(), improvements=(row.pk,), by=cast.dag)
        assert list(Mail.objects.values_list("recipient", flat=True)) == [cast.gun.pk]
        client.force_login(cast.gun)
        page = client.get(url("naming", row.pk))
        assert page.status_code == 200
        assert page.context["page"].back == reverse("home")

    def test_one_that_has_left_is_not_asked(self, cast):
        cast.theirs.status = Status.WITHDRAWN
        cast.theirs.save()
        row = ImprovementFactory(participation=cast.elsewhere, shared=True, borrowed_from=cast.theirs.organisation)
        actions.set_public(participation=cast.elsewhere, efforts=(), improvements=(row.pk,), by=cast.dag)
        assert not Mail.objects.exists()


def test_one_place_decides_whether_a_lender_is_named():
    asks = {place for place, source in modules() if "lender_agrees" in source}
    assert asks == DECIDES | SHOWS_THE_ANSWER
