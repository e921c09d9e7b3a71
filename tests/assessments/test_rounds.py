"""Rate alone, then agree: what is hidden until when, what is kept of single persons' ratings, and what is forgotten."""

import json
import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.urls import reverse
from docx import Document

from accounts.enums import SkrRole
from assessments.actions.agreeing import agree_value
from assessments.actions.alone import close_round, invite_raters, rate_alone, say_ready, withdraw_round
from assessments.actions.assessments import submit_assessment
from assessments.actions.rounds import reduce_ratings
from assessments.actions.scores import ScoreTaken
from assessments.models import Assessment, Rater, Rating, RatingRound, Score
from assessments.together.minutes import minutes_of
from assessments.together.rounds import own_ratings_waiting, standing_of, ways_for, who_may_be_invited
from assessments.together.spread import alone_of, what_is_left
from cohorts.enums import Function
from cohorts.roles import roles_of
from kit.models import AuditEvent
from kit.pictures.people import NARROW, WIDE
from kit.refusals import ActionRefused
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 20)


@pytest.fixture(autouse=True)
def before_the_meeting():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def participation():
    return ParticipationFactory(cohort=CohortFactory(plan__half_steps=True))


@pytest.fixture
def people(participation):
    """Two politicians, a manager, a strategist and a contributor: their seats."""
    functions = {
        "asa": Function.POLITICIAN,
        "bo": Function.POLITICIAN,
        "cecilia": Function.MANAGER,
        "dan": Function.STRATEGIST,
        "eva": Function.CONTRIBUTOR,
    }
    return {
        name: DelegateFactory(participation=participation, function=function, user__name=name.title())
        for name, function in functions.items()
    }


@pytest.fixture
def draft(participation):
    return AssessmentFactory(participation=participation, meeting__starts_on=date(2026, 10, 1))


@pytest.fixture
def dan(people):
    return people["dan"].user


def item(draft, number=1):
    return next(item for item in draft.items if item.number == number)


def invite(draft, people, *names):
    return invite_raters(assessment=draft, delegates=[people[name] for name in names], by=people["dan"].user)


def rate(draft, people, **values):
    """Each named person's value of moment 1."""
    for name, value in values.items():
        rate_alone(assessment=draft, values={item(draft): Decimal(value)}, by=people[name].user)


def ready(draft, people, *names):
    for name in names:
        say_ready(assessment=draft, by=people[name].user)


def close(draft, people):
    return close_round(assessment=draft, by=people["dan"].user)


def agree(draft, by, number=1, value="2", revision=0, **more):
    return agree_value(
        assessment=draft, item=item(draft, number), value=Decimal(value), revision=revision, by=by, **more
    )


def kinds():
    return list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))


class TestInviting:
    def test_opens_with_those_chosen_by_the_function_they_have(self, draft, people):
        invite(draft, people, "asa", "cecilia", "dan")
        assert sorted(Rater.objects.values_list("function", flat=True)) == ["manager", "politician", "strategist"]
        assert kinds() == ["round_opened"]

    def test_more_can_be_invited_later_and_nobody_twice(self, draft, people):
        invite(draft, people, "asa")
        invite(draft, people, "asa", "bo")
        invite(draft, people, "asa", "bo")  # a second click
        assert Rater.objects.count() == 2
        assert kinds() == ["round_opened", "raters_invited"]

    def test_only_the_organisations_own(self, draft, people, dan):
        with pytest.raises(ActionRefused, match="egna organisationens"):
            invite_raters(assessment=draft, delegates=[DelegateFactory()], by=dan)
        assert not RatingRound.objects.exists()

    def test_who_is_current_is_offered_once_each(self, draft, people, participation):
        people["eva"].ends_on = date(2026, 9, 19)
        people["eva"].save()
        elsewhere = ParticipationFactory(organisation=participation.organisation)
        DelegateFactory(participation=elsewhere, user=people["asa"].user, function=Function.CONTRIBUTOR)
        offered = who_may_be_invited(draft, TODAY)
        assert sorted((seat.user.name, seat.function) for seat in offered) == [
            ("Asa", "politician"),
            ("Bo", "politician"),
            ("Cecilia", "manager"),
            ("Dan", "strategist"),
        ]

    def test_not_once_it_is_handed_in_or_closed(self, draft, people):
        invite(draft, people, "asa")
        close(draft, people)
        with pytest.raises(ActionRefused, match="Ingen mer kan bjudas in"):
            invite(draft, people, "bo")
        handed_in = AssessmentFactory(participation=draft.participation, submitted=True, values=[2] * 10)
        with pytest.raises(ActionRefused, match="är inlämnad"):
            invite(handed_in, people, "bo")


class TestRatingAlone:
    def test_two_at_once_each_keep_theirs(self, draft, people):
        invite(draft, people, "asa", "bo")
        rate(draft, people, asa="1", bo="3")
        rate(draft, people, asa="1.5")
        assert sorted(Rating.objects.values_list("rater__user__name", "value")) == [
            ("Asa", Decimal("1.5")),
            ("Bo", Decimal(3)),
        ]

    def test_leaves_no_trace_in_the_trail(self, draft, people):
        invite(draft, people, "asa", "bo")
        rate(draft, people, asa="1.5", bo="2.5")
        ready(draft, people, "asa")
        assert kinds() == ["round_opened"]

    def test_not_by_one_who_is_not_invited(self, draft, people):
        invite(draft, people, "asa")
        with pytest.raises(ActionRefused, match="inte inbjuden"):
            rate(draft, people, bo="2")

    def test_not_off_the_scale(self, draft, people):
        invite(draft, people, "asa")
        with pytest.raises(ActionRefused, match="finns inte på skalan"):
            rate(draft, people, asa="4")

    def test_may_be_changed_when_ready_until_it_closes(self, draft, people):
        invite(draft, people, "asa", "bo")
        rate(draft, people, asa="1")
        ready(draft, people, "asa")
        rate(draft, people, asa="2")
        close(draft, people)
        with pytest.raises(ActionRefused, match="Det du valde nu är inte sparat"):
            rate(draft, people, asa="3")
        rate(draft, people, asa="2")  # the same again, by a second click, is no change
        assert Rating.objects.get().value == 2

    def test_ready_needs_something_rated(self, draft, people):
        invite(draft, people, "asa")
        with pytest.raises(ActionRefused, match="inte skattat något moment"):
            ready(draft, people, "asa")

    def test_a_persons_ratings_go_with_the_person(self, draft, people):
        invite(draft, people, "asa", "bo")
        rate(draft, people, asa="1", bo="3")
        user = people["asa"].user
        people["asa"].delete()
        user.delete()
        assert list(Rating.objects.values_list("value", flat=True)) == [3]


class TestClosing:
    def test_by_the_last_one_ready(self, draft, people):
        invite(draft, people, "asa", "bo")
        rate(draft, people, asa="1", bo="3")
        ready(draft, people, "asa")
        assert RatingRound.objects.get().is_open
        ready(draft, people, "bo", "bo")
        assert not RatingRound.objects.get().is_open
        event = AuditEvent.objects.get(kind="round_closed")
        assert event.data == {"ready": 2, "invited": 2, "by_itself": True}

    def test_who_has_left_does_not_hold_it_open(self, draft, people):
        invite(draft, people, "asa", "bo")
        rate(draft, people, asa="1", bo="3")
        people["bo"].ends_on = date(2026, 9, 19)
        people["bo"].save()
        assert (standing_of(draft).ready, standing_of(draft).number) == (0, 1)
        ready(draft, people, "asa")
        standing = standing_of(draft)
        assert (standing.is_open, standing.ready, standing.number) == (False, 1, 1)
        assert Rating.objects.count() == 1

    def test_by_the_strategist_once(self, draft, people):
        invite(draft, people, "asa", "bo", "cecilia")
        rate(draft, people, asa="1", bo="2")
        ready(draft, people, "asa")
        close(draft, people)
        close(draft, people)
        standing = standing_of(draft)
        assert [rater.name for rater in standing.have_rated] == ["Asa", "Bo"]  # Bo had rated, and not said so
        assert [rater.name for rater in standing.have_not_rated] == ["Cecilia"]
        assert kinds().count("round_closed") == 1

    def test_with_nobody_ready_the_meeting_has_no_dots(self, draft, people, dan):
        invite(draft, people, "asa")
        close(draft, people)
        assert alone_of(draft, item(draft)).spread is None
        assert agree(draft, dan).agreed

    def test_a_withdrawn_one_leaves_nothing_behind(self, draft, people, dan):
        invite(draft, people, "asa")
        rate(draft, people, asa="1")
        withdraw_round(assessment=draft, by=dan)
        withdraw_round(assessment=draft, by=dan)
        assert [model.objects.count() for model in (RatingRound, Rater, Rating)] == [0, 0, 0]
        assert kinds() == ["round_opened", "round_withdrawn"]

    def test_a_closed_one_is_not_withdrawn(self, draft, people, dan):
        invite(draft, people, "asa")
        close(draft, people)
        with pytest.raises(ActionRefused, match="kan inte tas bort"):
            withdraw_round(assessment=draft, by=dan)

    def test_handing_in_waits_for_it(self, draft, people, dan):
        for number in range(1, 11):
            agree(draft, dan, number=number)
        invite(draft, people, "asa")
        with pytest.raises(ActionRefused, match="enskilda skattningen pågår"):
            submit_assessment(assessment=draft, raters={"strategist": 1}, by=dan)

    def test_an_import_that_hands_it_in_ends_it(self, draft, people):
        """What `reduce_ratings` does for whoever hands in by another way than `submit_assessment`."""
        invite(draft, people, "asa")
        rate(draft, people, asa="1")
        reduce_ratings(draft)
        assert not Rating.objects.exists()
        assert not RatingRound.objects.get().is_open


class TestAgreeing:
    @pytest.fixture
    def closed(self, draft, people):
        invite(draft, people, "asa", "bo", "cecilia", "dan")
        rate(draft, people, asa="1.5", bo="2", cecilia="3", dan="2")
        ready(draft, people, "asa", "bo", "cecilia", "dan")
        return draft

    def test_not_while_each_still_rates(self, draft, people, dan):
        invite(draft, people, "asa")
        with pytest.raises(ActionRefused, match="pågår"):
            agree(draft, dan)

    def test_keeps_spread_number_and_functions_and_forgets_the_rest(self, closed, dan):
        rate_of_another_moment = Rating.objects.create(
            rater=Rater.objects.first(), item=item(closed, 2), value=Decimal(1)
        )
        score = agree(closed, dan, reasoning="Rutinen finns.", next_step="Beslut i nämnden.")
        assert (score.value, score.agreed, score.reasoning) == (2, True, "Rutinen finns.")
        assert (score.spread_low, score.spread_high) == (Decimal("1.5"), 3)
        assert score.raters == {"politician": 2, "manager": 1, "strategist": 1}
        assert list(Rating.objects.all()) == [rate_of_another_moment]
        assert what_is_left(score) == "1,5–3, fyra bedömare: två politiker, en chef och en strateg."

    def test_fewer_than_three_give_no_spread(self, draft, people, dan):
        invite(draft, people, "asa", "bo")
        rate(draft, people, asa="1.5", bo="3")
        close(draft, people)
        score = agree(draft, dan)
        assert (score.spread_low, score.spread_high, score.raters) == (None, None, {"politician": 2})
        assert what_is_left(score) == "Två bedömare: två politiker. Färre än tre, så spridningen sparas inte."
        assert not Rating.objects.exists()

    def test_nothing_individual_in_the_trail(self, closed, dan):
        agree(closed, dan)
        trail = json.dumps(list(AuditEvent.objects.values("target", "data")))
        assert not re.search(r"1[.,]5|politician|manager|Asa|Bo\b|Cecilia", trail)
        assert kinds().count("value_agreed") == 1

    def test_a_double_click_agrees_once(self, closed, dan):
        agree(closed, dan)
        agree(closed, dan)
        assert kinds().count("value_agreed") == 1
        assert Score.objects.get().raters == {"politician": 2, "manager": 1, "strategist": 1}

    def test_a_stale_page_stores_nothing(self, closed, people, dan):
        agree(closed, people["eva"].user, value="3")
        with pytest.raises(ScoreTaken):
            agree(closed, dan, value="1")
        assert Score.objects.get().value == 3

    def test_an_agreed_value_changes_with_its_reason(self, closed, dan):
        agree(closed, dan)
        with pytest.raises(ActionRefused, match="Skriv varför"):
            agree(closed, dan, value="3", revision=1)
        agree(closed, dan, value="3", revision=1, why="Nämnden har beslutat.")
        event = AuditEvent.objects.get(kind="agreed_value_changed")
        assert (event.data["before"], event.data["after"], event.data["why"]) == ("2", "3", "Nämnden har beslutat.")

    def test_jointly_from_the_start(self, draft, dan):
        score = agree(draft, dan)
        assert (score.agreed, what_is_left(score)) == (True, "")

    def test_not_when_it_is_handed_in(self, dan, participation):
        handed_in = AssessmentFactory(participation=participation, submitted=True, values=[2] * 10)
        with pytest.raises(ActionRefused, match="är inlämnad"):
            agree(handed_in, dan, value="3", revision=1)

    def test_handing_in_leaves_no_rating(self, closed, dan):
        for number in range(2, 11):
            agree(closed, dan, number=number)
        Score.objects.create(assessment=closed, item=item(closed, 1), value=2)
        submit_assessment(assessment=closed, raters={"strategist": 1}, by=dan)
        assert not Rating.objects.exists()
        assert Score.objects.get(item__number=1).spread_high == 3


class TestPages:
    def url(self, name, draft, *more):
        return reverse(f"assessments:{name}", args=[draft.pk, *more])

    def test_while_open_it_tells_how_many_and_not_who(self, client, draft, people, dan):
        invite(draft, people, "asa", "bo", "cecilia")
        rate(draft, people, asa="1.5", bo="2.5")
        ready(draft, people, "asa")
        client.force_login(dan)
        page = client.get(self.url("round", draft)).text
        assert "1 av 3 klara" in page
        assert "Har skattat" not in page
        assert not re.search(r"[12],5", page)
        assert page.index("Asa, politiker") < page.index("Bo, politiker") < page.index("Cecilia, chef")

    def test_when_closed_it_tells_who_and_never_what(self, client, draft, people, dan):
        invite(draft, people, "asa", "bo")
        rate(draft, people, asa="1.5")
        client.force_login(dan)
        page = client.post(self.url("round_close", draft), follow=True).text
        assert re.search(r"Har skattat</dt>.*Asa, politiker.*Har inte skattat</dt>.*Bo, politiker", page, re.S)
        assert "1,5" not in page

    def test_one_is_asked_before_it_is_closed_early(self, client, draft, people, dan):
        invite(draft, people, "asa", "bo", "cecilia")
        rate(draft, people, asa="1.5")
        client.force_login(dan)
        page = client.get(self.url("round_close", draft)).text
        assert "0 av 3 har sagt att de är klara." in page
        assert "Ingen kan skatta enskilt längre, och den enskilda skattningen kan inte öppnas igen." in page
        assert "Asa" not in page
        assert RatingRound.objects.get().is_open
        client.post(self.url("round_close", draft))
        assert client.get(self.url("round_close", draft)).status_code == 302

    def test_opened_from_its_page(self, client, draft, people, dan):
        client.force_login(dan)
        chosen = {"people": [people["asa"].user_id, people["dan"].user_id]}
        for _ in range(2):  # a double click
            assert client.post(self.url("round", draft), chosen).status_code == 302
        assert Rater.objects.count() == 2
        page = client.get(self.url("round", draft)).text
        assert "Gör din egen skattning" in page
        assert page.count('type="checkbox"') == 3  # those who are not invited yet

    def test_choosing_nobody_is_said_at_the_field(self, client, draft, dan, people):
        client.force_login(dan)
        answer = client.post(self.url("round", draft), {})
        assert (answer.status_code, "Välj minst en person." in answer.text) == (422, True)

    def test_only_who_is_invited_finds_the_rating(self, client, draft, people):
        invite(draft, people, "asa")
        skr = UserFactory(skr_role=SkrRole.PROCESS_LEADER)
        for user, status in (
            (people["asa"].user, 200),
            (people["bo"].user, 404),
            (people["dan"].user, 404),
            (skr, 404),
        ):
            client.force_login(user)
            assert client.get(self.url("rate_alone", draft)).status_code == status
            answer = client.post(self.url("rate_alone_moment", draft, 1), {"m1-value": "2"})
            assert answer.status_code == (302 if status == 200 else 404)

    def test_who_has_left_finds_it_no_more(self, client, draft, people):
        invite(draft, people, "asa")
        people["asa"].ends_on = date(2026, 9, 19)
        people["asa"].save()
        client.force_login(people["asa"].user)
        assert client.get(self.url("rate_alone", draft)).status_code == 404

    def test_saved_as_one_goes(self, client, draft, people):
        invite(draft, people, "asa")
        client.force_login(people["asa"].user)
        answer = client.post(
            self.url("rate_alone_moment", draft, 3), {"m3-value": "2.5"}, headers={"HX-Request": "true"}
        )
        assert "✓ Sparat" in answer.text
        assert "<b>1 av 10</b>" in answer.text
        assert Rating.objects.get().value == Decimal("2.5")

    def test_without_javascript_all_at_once_and_ready(self, client, draft, people):
        invite(draft, people, "asa", "bo")
        client.force_login(people["asa"].user)
        fields = {f"m{number}-value": "2" for number in range(1, 8)}
        page = client.post(self.url("rate_alone", draft), fields | {"ready": ""}, follow=True).text
        assert "Tack, du är klar. Tre moment lämnade du oskattade." in page
        assert Rater.objects.get(user=people["asa"].user).done_at
        assert Rating.objects.count() == 7

    def test_choosing_after_it_closed_says_so(self, client, draft, people):
        invite(draft, people, "asa")
        rate(draft, people, asa="1")
        close(draft, people)
        client.force_login(people["asa"].user)
        answer = client.post(self.url("rate_alone_moment", draft, 1), {"m1-value": "2"}, headers={"HX-Request": "true"})
        assert "Det du valde nu är inte sparat." in answer.text
        page = client.get(self.url("rate_alone", draft)).text
        assert "Den enskilda skattningen är stängd" in page
        assert "1 – Inte påbörjat" in page

    @pytest.mark.parametrize("value", ["7", "abc", "2,0", ""])
    def test_absurd_values_store_nothing(self, client, draft, people, value):
        invite(draft, people, "asa")
        client.force_login(people["asa"].user)
        answer = client.post(
            self.url("rate_alone_moment", draft, 1), {"m1-value": value}, headers={"HX-Request": "true"}
        )
        assert "Välj ett av stegen." in answer.text
        assert not Rating.objects.exists()

    def test_no_page_of_the_draft_shows_others_single_values(self, client, draft, people, participation):
        invite(draft, people, "asa", "bo", "cecilia")
        rate(draft, people, asa="1.5", bo="2.5", cecilia="1.5")
        close(draft, people)
        client.force_login(people["asa"].user)
        own = reverse("assessments:own", args=[participation.cohort.slug, participation.code])
        for url in (draft.get_absolute_url(), self.url("minutes", draft), own):
            assert not re.search(r"[12],5", re.sub(r"<svg.*?</svg>", "", client.get(url).text, flags=re.S))

    def test_the_first_page_of_each_shows_what_waits(self, client, draft, people):
        invite(draft, people, "asa", "cecilia", "dan", "eva")
        rate(draft, people, asa="1")
        ready(draft, people, "asa")
        waits = "Din enskilda skattning väntar"
        for name, waiting in (("asa", False), ("bo", False), ("cecilia", True), ("dan", True), ("eva", True)):
            client.force_login(people[name].user)
            assert (waits in client.get(reverse("home"), follow=True).text) == waiting, name
            assert bool(own_ratings_waiting(people[name].user, roles_of(people[name].user))) == waiting
        close(draft, people)
        client.force_login(people["eva"].user)
        assert waits not in client.get(reverse("home"), follow=True).text


class TestWays:
    def labels(self, draft, delegate):
        return [way.label for way in ways_for(draft, delegate.user)]

    def test_follow_what_is_possible_now(self, draft, people, django_assert_max_num_queries):
        strategist = people["dan"]
        roles_of(strategist.user)
        with django_assert_max_num_queries(1):
            before = self.labels(draft, strategist)
        assert before == ["Skatta enskilt först", "Gå igenom tillsammans", "Minnesanteckningar"]
        invite(draft, people, "asa", "dan")
        assert self.labels(draft, strategist)[1] == "Enskild skattning pågår", "of two the number would say who"
        invite(draft, people, "bo")
        assert self.labels(draft, strategist) == [
            "Din enskilda skattning",
            "Enskild skattning: 0 av 3 klara",
            "Minnesanteckningar",
        ]
        assert self.labels(draft, people["asa"]) == ["Din enskilda skattning", "Minnesanteckningar"]
        close(draft, people)
        assert self.labels(draft, strategist) == [
            "Enskild skattning: 0 av 3 har skattat",
            "Gå igenom tillsammans",
            "Minnesanteckningar",
        ]
        assert self.labels(draft, people["eva"]) == ["Gå igenom tillsammans", "Minnesanteckningar"]

    def test_others_have_none(self, draft):
        assert ways_for(draft, UserFactory(skr_role=SkrRole.PROCESS_LEADER)) == []


class TestWorkingMeeting:
    @pytest.fixture
    def before(self, participation):
        earlier = MeetingFactory(cohort=participation.cohort, name="Lärandeträff 1", starts_on=date(2026, 4, 1))
        assessment = AssessmentFactory(participation=participation, meeting=earlier, submitted=True, values=[1] * 10)
        assessment.scores.filter(item__number=1).update(reasoning="Bara en nämnd.", next_step="Alla nämnder.")
        return assessment

    def url(self, draft, number=1):
        return reverse("assessments:working_meeting", args=[draft.pk, number])

    def post(self, client, draft, number=1, **fields):
        data = {f"m{number}-{name}": value for name, value in ({"revision": 0} | fields).items()}
        return client.post(self.url(draft, number), data)

    def test_shows_the_spread_by_function_and_the_time_before(self, client, draft, people, dan, before):
        invite(draft, people, "asa", "bo", "cecilia", "eva")
        rate(draft, people, asa="2", bo="3", cecilia="1.5")
        client.force_login(dan)
        assert "0 av 4 klara" in client.get(self.url(draft)).text
        close(draft, people)
        page = client.get(self.url(draft)).text
        assert "Två politiker: 2 och 3." in page
        assert "En chef: 1,5." in page
        assert "Bara en nämnd." in page
        assert "Alla nämnder." in page
        assert not re.search(r"Asa|Cecilia", page)
        moment_two = client.get(self.url(draft, 2)).text
        assert "Så skattade ni var för sig" not in moment_two

    def test_one_moment_a_page_to_the_minutes(self, client, draft, dan, people):
        client.force_login(dan)
        assert client.get(reverse("assessments:meet", args=[draft.pk])).url == self.url(draft, 1)
        for number in range(1, 10):
            assert self.post(client, draft, number, value="2").url == self.url(draft, number + 1)
        assert client.get(reverse("assessments:meet", args=[draft.pk])).url == self.url(draft, 10)
        assert self.post(client, draft, 10, value="2").url == reverse("assessments:minutes", args=[draft.pk])
        assert Score.objects.filter(agreed=True).count() == 10

    def test_no_value_is_said_at_the_field_and_the_text_kept(self, client, draft, dan, people):
        client.force_login(dan)
        answer = self.post(client, draft, reasoning="Vi är oense.")
        assert answer.status_code == 422
        assert "Välj det steg som ni har enats om." in answer.text
        assert "Vi är oense." in answer.text
        assert not Score.objects.exists()

    def test_a_stale_page_shows_both_and_a_second_save_goes_through(self, client, draft, dan, people):
        agree(draft, people["eva"].user, value="3", reasoning="Evas ord")
        client.force_login(dan)
        answer = self.post(client, draft, value="2", reasoning="Dans ord")
        assert answer.status_code == 422
        assert "Eva har sparat värdet 3" in answer.text
        assert "Evas ord" in answer.text
        assert "Dans ord" in answer.text
        revision = re.search(r'name="m1-revision"\s+value="(\d+)"', answer.text) or re.search(
            r'name="m1-revision" value="(\d+)"', answer.text
        )
        again = self.post(client, draft, value="2", reasoning="Dans ord", revision=revision[1], why="Vi räknade fel.")
        assert again.status_code == 302
        assert (Score.objects.get().value, Score.objects.get().reasoning) == (2, "Dans ord")

    def test_a_changed_agreed_value_asks_why(self, client, draft, dan, people):
        agree(draft, dan)
        client.force_login(dan)
        assert "Varför ändras värdet?" in client.get(self.url(draft)).text
        answer = self.post(client, draft, value="3", revision=1)
        assert (answer.status_code, "Skriv varför det ändras." in answer.text) == (422, True)

    def test_posting_to_what_is_handed_in_keeps_the_text(self, client, draft, dan, people):
        for number in range(1, 11):
            agree(draft, dan, number=number)
        submit_assessment(assessment=draft, raters={"strategist": 1}, by=dan)
        client.force_login(dan)
        answer = self.post(client, draft, value="3", revision=1, reasoning="Det här skrev vi.")
        assert "Ta tillbaka den först." in answer.text
        assert "Det här skrev vi." in answer.text
        assert client.get(self.url(draft)).status_code == 302

    def test_what_is_left_stands_there_afterwards(self, client, draft, people, dan):
        invite(draft, people, "asa", "bo", "cecilia")
        rate(draft, people, asa="1.5", bo="2", cecilia="3")
        close(draft, people)
        agree(draft, dan)
        client.force_login(dan)
        assert "1,5–3, tre bedömare: två politiker och en chef." in client.get(self.url(draft)).text


class TestSpread:
    def test_many_on_one_value_stand_in_rows_inside_the_picture(self, draft, people, participation):
        seats = [DelegateFactory(participation=participation, function=Function.POLITICIAN) for _ in range(14)]
        invite_raters(assessment=draft, delegates=seats, by=people["dan"].user)
        for seat in seats:
            rate_alone(assessment=draft, values={item(draft): Decimal(2)}, by=seat.user)
        close(draft, people)
        for narrow, width in ((False, WIDE.width), (True, NARROW.width)):
            drawing = alone_of(draft, item(draft)).spread.picture.drawing(narrow=narrow)
            places = [(dot.x, dot.y) for dot in drawing.dots]
            assert len(set(places)) == 14
            assert all(drawing.radius <= y and drawing.radius <= x <= width - drawing.radius for x, y in places)

    def test_without_individual_ratings_there_is_none(self, draft):
        assert alone_of(draft, item(draft)) is None

    def test_while_open_there_is_none(self, draft, people):
        invite(draft, people, "asa", "bo")
        rate(draft, people, asa="1", bo="3")
        alone = alone_of(draft, item(draft))
        assert (alone.is_open, alone.ready, alone.number, alone.spread) == (True, 0, 2, None)

    def test_tells_how_many_left_the_moment_out(self, draft, people):
        invite(draft, people, "asa", "bo", "cecilia")
        rate(draft, people, asa="1", bo="3")
        rate_alone(assessment=draft, values={item(draft, 2): Decimal(2)}, by=people["cecilia"].user)
        close(draft, people)
        assert (
            alone_of(draft, item(draft)).spread.description == "Två politiker: 1 och 3. En har inte skattat momentet."
        )


class TestMinutes:
    @pytest.fixture
    def met(self, draft, people, dan, participation):
        earlier = MeetingFactory(cohort=participation.cohort, name="Lärandeträff 1", starts_on=date(2026, 4, 1))
        AssessmentFactory(participation=participation, meeting=earlier, submitted=True, values=[1] * 10)
        invite(draft, people, "asa", "bo", "cecilia")
        rate(draft, people, asa="1.5", bo="2", cecilia="3")
        close(draft, people)
        agree(draft, dan, reasoning="Rutinen finns\x0b i två nämnder.\nDen följs upp.", next_step="Beslut i alla.")
        return Assessment.objects.with_scores().select_related("participation__organisation").get(pk=draft.pk)

    def test_write_themselves(self, met):
        minutes = minutes_of(met)
        facts = {fact.label: fact.text for fact in minutes.items[0].facts}
        assert facts["Värde"] == "2. Förra gången: 1."
        assert facts["Enskilda skattningar"] == "1,5–3, tre bedömare: två politiker och en chef."
        assert facts["Det här krävs för nästa steg"] == "Beslut i alla."
        assert minutes.items[1].now == "Inte skattat än"
        assert minutes.occasion == f"Inför {met.meeting.name}, 1 oktober 2026"

    def test_name_nobody(self, client, met, people):
        client.force_login(people["bo"].user)
        page = client.get(reverse("assessments:minutes", args=[met.pk])).text
        assert "Två politiker och en chef har skattat enskilt." in page
        assert not re.search(r"Asa|Cecilia|\bDan\b", page)
        assert "Arbetsmaterial" in page
        assert "allmän handling" in page

    def test_working_material_until_handed_in(self, client, met, dan, people):
        for number in range(2, 11):
            agree(met, dan, number=number)
        submit_assessment(assessment=met, raters={"politician": 2}, judged_by="steering_group", by=dan)
        client.force_login(dan)
        page = client.get(reverse("assessments:minutes", args=[met.pk])).text
        assert "Arbetsmaterial" not in page
        assert "Styrgruppens" in page
        assert "Två politiker" in page

    def test_word_says_the_same_and_can_be_read_by_all(self, client, met, dan):
        client.force_login(dan)
        answer = client.get(reverse("assessments:minutes_word", args=[met.pk]))
        assert answer.headers["Content-Disposition"].endswith('.docx"')
        document = Document(BytesIO(answer.content))
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        minutes = minutes_of(met)
        for moment in minutes.items:
            assert moment.heading in text
            for fact in moment.facts:
                assert f"{fact.label}: {fact.text}".replace("\x0b", "\n") in text
        styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style.name.startswith("Head")]
        assert styles == ["Heading 1"] + ["Heading 2"] * 11
        assert minutes.title in document.core_properties.title
        assert document.core_properties.language == "sv-SE"
        files = ZipFile(BytesIO(answer.content))
        assert set(re.findall(r'<w:lang [^>]*w:val="([^"]*)"', files.read("word/styles.xml").decode())) == {"sv-SE"}
        assert "<w:tblHeader" in files.read("word/document.xml").decode()
        assert document.sections[0].header.paragraphs[0].text.startswith("Arbetsmaterial")
        rows = [tuple(cell.text for cell in row.cells) for row in document.tables[0].rows]
        assert rows == [minutes.heads, *minutes.rows]

    def test_only_the_own_organisation(self, client, participation):
        handed_in = AssessmentFactory(participation=participation, submitted=True, values=[2] * 10)
        client.force_login(UserFactory(skr_role=SkrRole.PROCESS_LEADER))
        for name in ("minutes", "minutes_word"):
            assert client.get(reverse(f"assessments:{name}", args=[handed_in.pk])).status_code == 403


class TestQueries:
    """As many questions whatever the number of people and meetings, and few."""

    @pytest.mark.parametrize("seats", [2, 12])
    def test_pages_ask_as_often_however_many_rate(
        self, client, draft, people, participation, seats, django_assert_max_num_queries
    ):
        for month in range(1, 3):
            meeting = MeetingFactory(cohort=participation.cohort, starts_on=date(2026, month, 1))
            AssessmentFactory(participation=participation, meeting=meeting, submitted=True, values=[2] * 10)
        more = [DelegateFactory(participation=participation, function=Function.POLITICIAN) for _ in range(seats)]
        strategist = people["dan"].user
        invite_raters(assessment=draft, delegates=[*more, people["dan"]], by=strategist)
        for seat in (*more, people["dan"]):
            rate_alone(assessment=draft, values={row: Decimal(2) for row in draft.items}, by=seat.user)
        for name in ("rate_alone", "round"):
            client.force_login(strategist)
            with django_assert_max_num_queries(25):
                assert client.get(reverse(f"assessments:{name}", args=[draft.pk])).status_code == 200
        close(draft, people)
        for name, more_args in (("round", ()), ("working_meeting", (1,)), ("minutes", ()), ("minutes_word", ())):
            with django_assert_max_num_queries(25):
                assert client.get(reverse(f"assessments:{name}", args=[draft.pk, *more_args])).status_code == 200
