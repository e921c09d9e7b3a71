"""Expected results: an organisation's own answers, and counts by the rule of three."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.enums import SkrRole
from assessments.figures.sights import rights_of
from cohorts.enums import CohortKind, ExpectedKind, Status
from cohorts.roles import roles_of
from improvements.enums import HowFar
from improvements.expected import expected_in
from improvements.models import ResultAnswer
from tests.factories import CohortFactory, DelegateFactory, GroupFactory, ParticipationFactory, UserFactory

pytestmark = pytest.mark.django_db
R, P, N, U = HowFar.REACHED, HowFar.PARTLY, HowFar.NOT_YET, HowFar.UNKNOWN


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(date(2026, 11, 22), tick=False):
        yield


@pytest.fixture
def cohort():
    cohort = CohortFactory()
    cohort.expected_results.create(key="plan", text="En plan finns", kind=ExpectedKind.EXPECTED, position=1)
    cohort.expected_results.create(key="mentor", text="Ni blir mentor", kind=ExpectedKind.DESIRABLE, position=2)
    return cohort


@pytest.fixture
def own(cohort):
    return ParticipationFactory(cohort=cohort, group=GroupFactory(cohort=cohort))


@pytest.fixture
def strategist(client, own):
    user = DelegateFactory(participation=own).user
    client.force_login(user)
    return user


def say(participation, judgement, key="plan"):
    result = participation.cohort.expected_results.get(key=key)
    return ResultAnswer.objects.create(participation=participation, result=result, judgement=judgement)


def others(cohort, *judgements, **more):
    """Participants whose work the reader does not read."""
    rows = [ParticipationFactory(cohort=cohort, **more) for _ in judgements]
    for row, judgement in zip(rows, judgements, strict=True):
        say(row, judgement)
    return rows


def counts(own, user):
    user._roles = None
    return [row.others for row in expected_in(own, rights_of(roles_of(user), own.cohort))]


class TestCounts:
    def test_five_answers_of_which_three_are_unread_are_counted(self, cohort, own, strategist):
        say(own, P)
        others(cohort, R, R, P)
        assert counts(own, strategist) == [(), ()]
        others(cohort, N)
        sentence = "Av fem kommuner som har svarat: två uppnått, två delvis, en inte än."
        assert counts(own, strategist) == [(sentence,), ()]

    def test_two_unread_are_too_few(self, cohort, own, strategist):
        say(own, P)
        others(cohort, R, R, group=own.group)
        others(cohort, N, N)
        assert counts(own, strategist) == [(), ()]

    def test_who_reads_all_of_few_reads_them_by_name(self, cohort, own):
        say(own, U)
        others(cohort, R, organisation__short_name="Almby")
        leader = UserFactory(skr_role=SkrRole.PROCESS_LEADER)
        assert counts(own, leader)[0] == ("Almby: uppnått.",)
        others(cohort, R, R, R)
        assert counts(own, leader)[0] == ("Av fem kommuner som har svarat: fyra uppnått, en kan inte bedöma det.",)

    def test_kinds_are_never_pooled(self, cohort, own, strategist):
        type(cohort).objects.filter(pk=cohort.pk).update(kind=CohortKind.MIXED)
        own.cohort.refresh_from_db()
        say(own, P)
        others(cohort, R, R, R)
        for code in ("91", "92"):
            others(cohort, R, organisation__code=code)
        assert counts(own, strategist) == [(), ()]

    def test_who_has_left_is_not_counted(self, cohort, own, strategist):
        say(own, P)
        gone = others(cohort, R, R, R, R)[0]
        assert counts(own, strategist)[0]
        type(gone).objects.filter(pk=gone.pk).update(status=Status.WITHDRAWN, withdrawn_on=date(2026, 11, 1))
        assert counts(own, strategist) == [(), ()]


class TestPages:
    def address(self, own, *key):
        name = "improvements:expected_answer" if key else "improvements:expected"
        return reverse(name, args=[own.cohort.slug, own.code, *key])

    def test_an_answer_is_given_and_changed(self, client, own, strategist):
        form = client.get(self.address(own, "plan")).context["form"]
        data = {"judgement": P, "text": "Nämnden har börjat", "seen": form["seen"].value()}
        page = client.post(self.address(own, "plan"), data, follow=True)
        assert page.redirect_chain == [(self.address(own), 302)]
        assert page.context["headline"] == "Ett av två förväntade resultat saknar svar."
        assert "Nämnden har börjat" in page.text
        seen = client.get(self.address(own, "plan")).context["form"]["seen"].value()
        client.post(self.address(own, "plan"), {"judgement": R, "text": "", "seen": seen})
        assert list(ResultAnswer.objects.values_list("judgement", "text")) == [(R, "")]

    def test_what_another_wrote_meanwhile_is_not_overwritten(self, client, own, strategist):
        seen = client.get(self.address(own, "plan")).context["form"]["seen"].value()
        say(own, N)
        page = client.post(self.address(own, "plan"), {"judgement": R, "text": "Vårt", "seen": seen})
        assert page.status_code == 422
        assert ResultAnswer.objects.get().judgement == N

    def test_without_an_answer_it_says_what_to_choose(self, client, own, strategist):
        page = client.post(self.address(own, "plan"), {"text": "x"})
        assert (page.status_code, "Välj hur långt ni har kommit." in page.text) == (422, True)

    def test_the_group_reads_and_the_rest_of_the_omgang_does_not(self, client, own):
        say(own, P)
        near = ParticipationFactory(cohort=own.cohort, group=own.group)
        for participation, status in ((near, 200), (ParticipationFactory(cohort=own.cohort), 403)):
            client.force_login(DelegateFactory(participation=participation).user)
            assert client.get(self.address(own)).status_code == status

    def test_an_unknown_result_is_not_found(self, client, own, strategist):
        assert client.get(self.address(own, "finns-inte")).status_code == 404

    def test_the_overview_says_own_and_counts(self, client, cohort, own, strategist):
        say(own, P)
        others(cohort, R, R, P, N)
        page = client.get(reverse("overview:overview", args=[cohort.slug])).text
        assert "Ni: delvis." in page
        assert "Av fem kommuner som har svarat: två uppnått" in page
