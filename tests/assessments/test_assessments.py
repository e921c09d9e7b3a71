"""The self-assessment: saved as one goes, nothing lost, nothing stored twice, handed in whole."""

import re
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from assessments.actions.assessments import retract_assessment, start_assessment, submit_assessment
from assessments.actions.scores import ScoreContent, ScoreTaken, save_score
from assessments.models import Assessment, Score
from checklist.models import Checklist
from cohorts.enums import Function
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    MeetingFactory,
    ParticipationFactory,
)

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2026, 9, 20), date(2026, 10, 2)


@pytest.fixture(autouse=True)
def before_the_meeting():
    with time_machine.travel(BEFORE):
        yield


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def participation(cohort):
    return ParticipationFactory(cohort=cohort, group=GroupFactory(cohort=cohort))


@pytest.fixture
def meeting(cohort):
    return MeetingFactory(cohort=cohort, starts_on=date(2026, 10, 1))


@pytest.fixture
def anna(participation):
    """Strateg."""
    return DelegateFactory(participation=participation, user__name="Anna").user


@pytest.fixture
def bo(participation):
    """Medverkande i samma organisation."""
    return DelegateFactory(participation=participation, user__name="Bo", function=Function.CONTRIBUTOR).user


@pytest.fixture
def draft(participation, meeting):
    return AssessmentFactory(participation=participation, meeting=meeting)


def items(assessment):
    return assessment.participation.cohort.plan.items


def save(assessment, by, number=1, value="2", revision=0, **rest):
    saving = {name: rest.pop(name) for name in ("untouched", "why") if name in rest}
    return save_score(
        assessment=assessment,
        item=items(assessment)[number - 1],
        content=ScoreContent(value=None if value is None else Decimal(value), **rest),
        revision=revision,
        by=by,
        **saving,
    )


def rate_all(assessment, by):
    for item in items(assessment):
        save(assessment, by, number=item.number)


class TestSaving:
    def test_a_value_is_stored_with_who_and_from_what_to_what(self, draft, anna):
        save(draft, anna, value="1")
        save(draft, anna, value="2", revision=1)
        score = Score.objects.get()
        assert (score.value, score.revision, score.saved_by) == (2, 2, anna)
        events = AuditEvent.objects.filter(kind="score_saved").order_by("pk")
        assert [(e.data["before"], e.data["after"], e.actor) for e in events] == [
            (None, "1", "Anna"),
            ("1", "2", "Anna"),
        ]

    def test_the_same_content_again_is_no_change(self, draft, anna):
        save(draft, anna)
        save(draft, anna, revision=0)  # a double click posts the old page again
        assert (Score.objects.get().revision, AuditEvent.objects.filter(kind="score_saved").count()) == (1, 1)

    def test_the_later_of_two_is_shown_the_earlier_value(self, draft, anna, bo):
        save(draft, anna, value="3")
        with pytest.raises(ScoreTaken, match="Anna har sparat värdet 3 sedan ni öppnade sidan"):
            save(draft, bo, value="1", revision=0)
        assert Score.objects.get().value == 3

    def test_having_seen_it_the_later_may_decide(self, draft, anna, bo):
        save(draft, anna, value="3")
        save(draft, bo, value="1", revision=1)
        assert Score.objects.get().value == 1

    @pytest.mark.parametrize("value", ["0", "3.5", "4", "1.5", "-1"])
    def test_off_the_scale_is_refused(self, draft, anna, value):
        with pytest.raises(ActionRefused, match="Värdet finns inte på skalan") as refused:
            save(draft, anna, value=value)
        assert (refused.value.field, Score.objects.count()) == ("value", 0)

    def test_half_steps_where_the_omgang_uses_them(self, anna):
        assessment = AssessmentFactory(participation__cohort=CohortFactory(plan__half_steps=True))
        assert save(assessment, anna, value="1.5").value == Decimal("1.5")

    def test_what_is_handed_in_is_not_changed(self, draft, anna):
        rate_all(draft, anna)
        submit_assessment(assessment=draft, assessors=3, by=anna)
        with pytest.raises(ActionRefused, match="inlämnad och ändras inte"):
            save(draft, anna, value="3", revision=1)

    def test_a_comments_words_stay_out_of_the_trail(self, draft, anna):
        save(draft, anna, comment="Kunskapen finns hos tre personer.")
        assert AuditEvent.objects.get(kind="score_saved").data == {"before": None, "after": "2", "also": ["comment"]}


class TestStarting:
    def test_two_clicks_give_one(self, participation, meeting, anna):
        first = start_assessment(participation=participation, meeting=meeting, by=anna)
        assert start_assessment(participation=participation, meeting=meeting, by=anna) == first
        assert AuditEvent.objects.filter(kind="assessment_started").count() == 1

    def test_not_for_a_strategist_meeting(self, participation, anna):
        other = MeetingFactory(cohort=participation.cohort, kind="strategist_meeting")
        with pytest.raises(ActionRefused, match="ingen självskattning"):
            start_assessment(participation=participation, meeting=other, by=anna)

    def test_not_for_another_groups_meeting(self, participation, cohort, anna):
        other = MeetingFactory(cohort=cohort, group=GroupFactory(cohort=cohort))
        with pytest.raises(ActionRefused, match="annan grupps"):
            start_assessment(participation=participation, meeting=other, by=anna)


class TestHandingIn:
    def test_whole_with_how_many_rated(self, draft, anna):
        rate_all(draft, anna)
        submit_assessment(assessment=draft, assessors=6, by=anna)
        stored = Assessment.objects.get()
        assert (stored.state, stored.submitted_on, stored.submitted_by, stored.assessors) == (
            "submitted",
            BEFORE,
            anna,
            6,
        )

    def test_not_with_a_moment_missing(self, draft, anna):
        rate_all(draft, anna)
        Score.objects.filter(item__number__in=(3, 7)).update(value=None)
        with pytest.raises(ActionRefused, match="Det saknas på 3, 7"):
            submit_assessment(assessment=draft, assessors=6, by=anna)

    def test_twice_is_refused_and_stored_once(self, draft, anna):
        rate_all(draft, anna)
        submit_assessment(assessment=draft, assessors=6, by=anna)
        with pytest.raises(ActionRefused, match="redan inlämnad"):
            submit_assessment(assessment=draft, assessors=2, by=anna)
        assert Assessment.objects.get().assessors == 6

    def test_taken_back_until_the_meeting_begins(self, draft, anna):
        rate_all(draft, anna)
        submit_assessment(assessment=draft, assessors=6, by=anna)
        retract_assessment(assessment=draft, by=anna)
        assert (Assessment.objects.get().state, Assessment.objects.get().submitted_on) == ("draft", None)

    def test_not_taken_back_afterwards(self, draft, anna):
        rate_all(draft, anna)
        submit_assessment(assessment=draft, assessors=6, by=anna)
        with time_machine.travel(AFTER), pytest.raises(ActionRefused, match="Träffen har börjat"):
            retract_assessment(assessment=draft, by=anna)


class TestLock:
    """A version that an assessment uses keeps its shape."""

    @pytest.fixture
    def checklist(self, draft):
        return Checklist.objects.get(key="skr-2018")

    def test_shape_is_locked(self, checklist):
        item, step = checklist.items.first(), checklist.steps.first()
        item.number, step.value = 99, 9
        for change in (item.save, step.save, item.delete, step.delete, checklist.items.last().origins.first().delete):
            with pytest.raises(ValidationError, match="Checklistan används"):
                change()
        with pytest.raises(ValidationError):
            checklist.items.create(key="new", number=11, text="Nytt", short="Nytt")

    def test_an_unused_version_may_change(self, checklist):
        item = Checklist.objects.get(key="skr-2017").items.get(number=13)
        item.number = 14
        item.save()


class TestPages:
    """The same in the browser, with and without JavaScript."""

    def post_moment(self, client, assessment, number=1, htmx=True, **fields):
        data = {f"m{number}-{name}": value for name, value in ({"revision": 0, "shared": "us"} | fields).items()}
        headers = {"HX-Request": "true"} if htmx else {}
        return client.post(reverse("assessments:save_moment", args=[assessment.pk, number]), data, headers=headers)

    def test_all_moment_with_their_full_wording_and_every_step(self, client, draft, anna):
        client.force_login(anna)
        page = client.get(draft.get_absolute_url()).text
        assert page.count('type="radio"') == 10 * (3 + 2)  # the steps, and who may read the comment
        assert all(item.text in page for item in items(draft))
        assert page.count("<span>Det finns/vi gör</span>") == 10

    def test_half_steps_are_radios_between_the_named_ones(self, client):
        cohort = CohortFactory(plan__half_steps=True)
        assessment = AssessmentFactory(participation__cohort=cohort)
        client.force_login(DelegateFactory(participation=assessment.participation).user)
        page = client.get(assessment.get_absolute_url()).text
        assert page.count("<span>Mellan 1 och 2</span>") == 10

    def test_last_times_value_stands_beside(self, client, draft, anna, participation):
        earlier = MeetingFactory(cohort=participation.cohort, starts_on=date(2026, 4, 1))
        AssessmentFactory(participation=participation, meeting=earlier, submitted=True, values=[1, *[2] * 9])
        client.force_login(anna)
        page = client.get(draft.get_absolute_url()).text
        assert (page.count("Förra gången: 1<"), page.count("Förra gången: 2<")) == (1, 9)

    def test_saved_as_one_goes(self, client, draft, anna):
        client.force_login(anna)
        answer = self.post_moment(client, draft, value="2", comment="Tre nämnder.", shared="group")
        assert "✓ Sparat" in answer.text
        assert "<b>1 av 10</b>" in answer.text
        score = Score.objects.get()
        assert (score.value, score.comment, score.shared) == (2, "Tre nämnder.", True)

    def test_without_javascript_all_at_once(self, client, draft, anna):
        client.force_login(anna)
        fields = {f"m{n}-{key}": value for n in range(1, 11) for key, value in (("value", "2"), ("revision", "0"))}
        answer = client.post(draft.get_absolute_url(), fields | {"onward": ""})
        assert answer.url == reverse("assessments:submit", args=[draft.pk])
        assert Score.objects.filter(value=2).count() == 10

    @pytest.mark.parametrize("htmx", [True, False])
    def test_a_stale_save_shows_both_and_keeps_what_was_written(self, client, draft, anna, bo, htmx):
        save(draft, anna, value="3", comment="Annas ord")
        client.force_login(bo)
        answer = self.post_moment(client, draft, htmx=htmx, value="1", comment="Bos ord")
        assert "Anna har sparat värdet 3" in answer.text
        assert "Annas ord" in answer.text
        assert "Bos ord" in answer.text
        assert re.search(r'name="m1-revision"\s+value="1"', answer.text)
        assert Score.objects.get().value == 3

    def test_a_stale_moment_does_not_stop_the_others(self, client, draft, anna, bo):
        save(draft, anna, value="3")
        client.force_login(bo)
        fields = {f"m{n}-{key}": value for n in range(1, 11) for key, value in (("value", "2"), ("revision", "0"))}
        answer = client.post(draft.get_absolute_url(), fields)
        assert answer.status_code == 422
        assert sorted(Score.objects.values_list("item__number", "value")) == [(1, 3), *((n, 2) for n in range(2, 11))]

    def test_what_one_has_not_touched_is_left_as_the_other_saved_it(self, client, draft, anna, bo):
        """Two at the same time: going on posts the whole page, also the moment that the other has changed."""
        client.force_login(bo)
        page = client.get(draft.get_absolute_url()).text
        drawn = dict(re.findall(r'name="(m\d+-(?:drawn|revision))"\s+value="([^"]*)"', page))
        save(draft, anna, value="3", comment="Annas ord")
        answer = client.post(draft.get_absolute_url(), drawn | {"m5-value": "2"})
        assert answer.status_code == 302
        stored = Score.objects.order_by("item__number").values_list("item__number", "value", "comment")
        assert list(stored) == [(1, 3, "Annas ord"), (5, 2, "")]

    @pytest.mark.parametrize("value", ["7", "1.5", "abc", "2,0", "😀"])
    def test_absurd_values_get_a_sentence_at_the_moment(self, client, draft, anna, value):
        client.force_login(anna)
        answer = self.post_moment(client, draft, value=value, comment="Behåll mig")
        assert "Välj ett av stegen." in answer.text
        assert "Behåll mig" in answer.text
        assert not Score.objects.exists()

    def test_posting_to_what_is_handed_in_says_so(self, client, draft, anna):
        rate_all(draft, anna)
        submit_assessment(assessment=draft, assessors=3, by=anna)
        client.force_login(anna)
        answer = self.post_moment(client, draft, value="3", revision=1)
        assert "Självskattningen är inlämnad och ändras inte. Ta tillbaka den först." in answer.text
        assert Score.objects.get(item__number=1).value == 2

    def test_before_handing_in_one_sees_who_will_see_what(self, client, draft, anna):
        save(draft, anna, comment="Delad", shared=True)
        save(draft, anna, number=4, comment="Egen")
        other = ParticipationFactory(cohort=draft.participation.cohort, group=draft.participation.group)
        client.force_login(anna)
        page = client.get(reverse("assessments:submit", args=[draft.pk])).text
        assert other.organisation.name in page
        assert "Moment 1 delas med dem som ser era värden." in page
        assert "Moment 4 ser bara ni." in page
        assert "moment 10</a>" in page  # named as missing

    def test_a_double_click_on_submit_ends_on_the_same_page(self, client, draft, anna):
        rate_all(draft, anna)
        client.force_login(anna)
        url = reverse("assessments:submit", args=[draft.pk])
        answers = [client.post(url, {"judged_by": "working_group", "strategist": 1, "manager": 3}) for _ in range(2)]
        assert {answer.url for answer in answers} == {draft.get_absolute_url()}
        assert AuditEvent.objects.filter(kind="assessment_submitted").count() == 1

    def test_submitting_with_nobody_is_refused_at_the_field(self, client, draft, anna):
        rate_all(draft, anna)
        client.force_login(anna)
        answer = client.post(
            reverse("assessments:submit", args=[draft.pk]), {"judged_by": "strategist", "politician": "0"}
        )
        assert (answer.status_code, Assessment.objects.get().state) == (422, "draft")
        assert "Ange hur många som har varit med: minst en person." in answer.text

    @pytest.mark.parametrize("earlier", [1, 3])
    def test_the_rating_page_asks_the_database_as_often_whatever_there_is(
        self, client, draft, anna, participation, earlier, django_assert_max_num_queries
    ):
        for month in range(1, earlier + 1):
            meeting = MeetingFactory(cohort=participation.cohort, starts_on=date(2026, month, 1))
            AssessmentFactory(participation=participation, meeting=meeting, submitted=True, values=[2] * 10)
        client.force_login(anna)
        with django_assert_max_num_queries(25):
            client.get(draft.get_absolute_url())


class TestReading:
    def test_a_reader_sees_shared_comments_only(self, client, draft, anna, participation):
        save(draft, anna, comment="För gruppen", shared=True)
        save(draft, anna, number=2, comment="Bara hemma")
        for item in items(draft)[2:]:
            save(draft, anna, number=item.number)
        submit_assessment(assessment=draft, assessors=3, by=anna)
        other = ParticipationFactory(cohort=participation.cohort, group=participation.group)
        client.force_login(DelegateFactory(participation=other).user)
        page = client.get(draft.get_absolute_url()).text
        assert "För gruppen" in page
        assert "Bara hemma" not in page

    def test_others_in_the_omgang_do_not_find_it(self, client, draft, anna, cohort):
        rate_all(draft, anna)
        submit_assessment(assessment=draft, assessors=3, by=anna)
        client.force_login(DelegateFactory(participation=ParticipationFactory(cohort=cohort)).user)
        assert client.get(draft.get_absolute_url()).status_code == 404

    def test_the_group_does_not_find_a_draft(self, client, draft, participation):
        other = ParticipationFactory(cohort=participation.cohort, group=participation.group)
        client.force_login(DelegateFactory(participation=other).user)
        assert client.get(draft.get_absolute_url()).status_code == 404
