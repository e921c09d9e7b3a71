"""The rating page in depth: carried over, changed with a reason, looked over, handed in; nothing wiped on the way."""

import json
import re
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse

from assessments.actions.assessments import retract_assessment, submit_assessment
from assessments.actions.carrying import carry_over
from assessments.actions.scores import ScoreContent, save_score
from assessments.look_over import (
    highest_with_nothing_to_show,
    look_over,
    lowered_without_a_word,
    unchanged_despite_an_aim,
)
from assessments.models import Assessment, Evidence, Rater, RatingRound, Score
from assessments.rating_page import rating_items_of, scores_in_time
from cohorts.enums import Function
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from tests.factories import AssessmentFactory, CohortFactory, DelegateFactory, MeetingFactory, ParticipationFactory

pytestmark = pytest.mark.django_db
TEXTS = {"comment": "Tre nämnder.", "since_last": "Ny mall.", "reasoning": "Vi vägde.", "next_step": "Beslut."}


@pytest.fixture(autouse=True)
def before_the_meeting():
    with time_machine.travel(date(2026, 9, 20)):
        yield


@pytest.fixture
def participation():
    return ParticipationFactory()


@pytest.fixture
def anna(participation):
    return DelegateFactory(participation=participation, user__name="Anna").user


@pytest.fixture
def bo(participation):
    return DelegateFactory(participation=participation, user__name="Bo", function=Function.CONTRIBUTOR).user


@pytest.fixture
def draft(participation):
    meeting = MeetingFactory(cohort=participation.cohort, starts_on=date(2026, 10, 1))
    return AssessmentFactory(participation=participation, meeting=meeting)


@pytest.fixture
def past(participation):
    """Handed in before the spring meeting: 1, then 2 on the other nine."""
    return earlier(participation, date(2026, 4, 1), [1, *[2] * 9])


def earlier(participation, day, values, **fields):
    meeting = MeetingFactory(cohort=participation.cohort, starts_on=day, name=f"Träffen {day:%d/%m}")
    return AssessmentFactory(participation=participation, meeting=meeting, submitted=True, values=values, **fields)


def score_of(assessment, number=1):
    return Score.objects.get(assessment=assessment, item__number=number)


def say(assessment, number=1, **fields):
    Score.objects.filter(assessment=assessment, item__number=number).update(**fields)


def post(client, assessment, number=1, htmx=True, **fields):
    data = {f"m{number}-{name}": value for name, value in fields.items()}
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(reverse("assessments:save_moment", args=[assessment.pk, number]), data, headers=headers)


def drawn_fields(page, number=1):
    """What a browser would post of a moment as it was drawn."""
    moment = page.split(f'id="moment-{number}"')[1].split('<article class="moment"')[0]
    fields = dict(re.findall(rf'name="m{number}-(revision|drawn)"\s+value="([^"]*)"', moment))
    for tag in re.findall(rf'<input[^>]*name="m{number}-[^>]*checked[^>]*>', moment):
        fields[re.search(rf'name="m{number}-(\w+)"', tag)[1]] = (re.findall(r'value="([^"]*)"', tag) or ["on"])[0]
    fields |= dict(re.findall(rf'<textarea[^>]*name="m{number}-(\w+)"[^>]*>\n?([^<]*)</textarea>', moment))
    chosen = re.search(rf'<select[^>]*name="m{number}-aim".*?</select>', moment, re.S)[0]
    return fields | {"aim": (re.findall(r'value="([^"]*)" selected', chosen) or [""])[0]}


class TestWhatAPostLacksStands:
    """A page drawn before a field existed, a post of the value alone: what is stored is never wiped."""

    @pytest.fixture
    def stored_score(self, draft, anna):
        content = ScoreContent(value=Decimal(2), aim=Decimal(3), shared=True, glad_to_tell=True, **TEXTS)
        return save_score(assessment=draft, item=draft.items[0], content=content, revision=0, by=anna)

    @pytest.mark.parametrize("htmx", [True, False])
    def test_the_value_alone(self, client, draft, anna, stored_score, htmx):
        client.force_login(anna)
        post(client, draft, htmx=htmx, value="3", revision=1)
        score = score_of(draft)
        assert (score.value, score.aim, score.shared, score.glad_to_tell) == (3, 3, True, True)
        assert {name: getattr(score, name) for name in TEXTS} == TEXTS

    def test_signs_that_a_pdf_lacks_are_stored_and_told_at_their_field(self, client, draft, anna, stored_score):
        client.force_login(anna)
        answer = post(client, draft, comment="Kommentar 中", revision=1).text
        assert score_of(draft).comment == "Kommentar 中"
        assert re.search(
            r'id="moment-1-paper" hx-swap-oob="true">Kommentar: Ett tecken finns inte', " ".join(answer.split())
        )
        assert answer.count("finns inte i PDF:ens typsnitt") == 1
        page = client.get(draft.get_absolute_url()).text
        assert page.count("finns inte i PDF:ens typsnitt") == 1

    def test_the_whole_page_with_values_alone(self, client, draft, anna, stored_score):
        client.force_login(anna)
        values = {f"m{number}-value": "3" for number in range(1, 11)} | {"m1-revision": "1"}
        client.post(draft.get_absolute_url(), values)
        assert (score_of(draft).value, score_of(draft).comment) == (3, TEXTS["comment"])

    def test_a_page_of_the_time_before_the_new_fields(self, client, draft, anna, stored_score):
        client.force_login(anna)
        post(client, draft, value="2", comment="Fyra nämnder.", shared="us", revision=1, drawn="an-older-digest")
        score = score_of(draft)
        assert (score.comment, score.shared, score.glad_to_tell) == ("Fyra nämnder.", False, False)
        assert (score.aim, score.since_last, score.reasoning) == (3, TEXTS["since_last"], TEXTS["reasoning"])

    def test_a_box_unticked_beside_the_comment_is_unticked(self, client, draft, anna, stored_score):
        client.force_login(anna)
        fields = drawn_fields(client.get(draft.get_absolute_url()).text)
        assert fields.pop("glad_to_tell") == "on"
        post(client, draft, **fields)
        assert not score_of(draft).glad_to_tell

    def test_no_value_chosen_takes_none_away(self, client, draft, anna, bo, stored_score):
        """Bo's page was drawn before Anna's value; he writes a comment and having seen hers sends it again."""
        client.force_login(bo)
        answer = post(client, draft, comment="Bos ord", revision=0)
        assert "Anna har sparat värdet 2" in answer.text
        post(client, draft, comment="Bos ord", revision=1)
        assert (score_of(draft).value, score_of(draft).comment) == (2, "Bos ord")

    def test_the_page_as_drawn_changes_nothing(self, client, draft, anna, stored_score):
        client.force_login(anna)
        page = client.get(draft.get_absolute_url()).text
        fields = {f"m{n}-{name}": value for n in range(1, 11) for name, value in drawn_fields(page, n).items()}
        client.post(draft.get_absolute_url(), fields)
        assert AuditEvent.objects.filter(kind="score_saved").count() == 1
        assert Score.objects.count() == 1


class TestTexts:
    def test_each_is_saved_and_drawn_again(self, client, draft, anna):
        client.force_login(anna)
        post(client, draft, value="2", aim="3", shared="group", glad_to_tell="on", revision="0", **TEXTS)
        page = client.get(draft.get_absolute_url()).text
        assert drawn_fields(page).items() >= {**TEXTS, "aim": "3", "value": "2", "shared": "group"}.items()

    def test_the_line_says_what_is_inside(self, client, draft, anna):
        client.force_login(anna)
        answer = post(client, draft, value="2", aim="3", comment="Tre nämnder.", revision="0")
        assert "Kommentar · Mål 3</span>" in answer.text
        assert "Kommentar · Mål 3</span>" in client.get(draft.get_absolute_url()).text

    def test_the_aim_is_on_the_scale(self, client, draft, anna):
        client.force_login(anna)
        answer = post(client, draft, value="2", aim="7", comment="Behåll mig", revision="0")
        assert "Välj ett av stegen, eller inget mål." in answer.text
        assert "Behåll mig" in answer.text
        assert not Score.objects.exists()

    def test_who_reads_what_stands_in_the_form(self, client, draft, anna):
        client.force_login(anna)
        moment = client.get(draft.get_absolute_url()).text.split('id="moment-1"')[1].split('id="moment-2"')[0]
        shared, own = moment.index("Det här kan ni dela"), moment.index("Det här ser bara ni")
        where = {name: moment.index(f'name="m1-{name}"') for name in (*TEXTS, "aim")}
        assert all(shared < where[name] < own for name in ("comment", "since_last"))
        assert all(where[name] > own for name in ("reasoning", "next_step", "aim"))

    def test_a_stale_save_shows_every_text_that_differs(self, client, draft, anna, bo):
        content = ScoreContent(value=Decimal(3), aim=Decimal(3), shared=True, **TEXTS)
        save_score(assessment=draft, item=draft.items[0], content=content, revision=0, by=anna)
        client.force_login(bo)
        mine = {name: f"Bos {name}" for name in TEXTS}
        answer = post(client, draft, value="1", aim="2", shared="us", revision="0", **mine)
        notice = answer.text.split('class="notice"')[1].split("</dl>")[0]
        assert all(f"”{text}”" in notice for text in TEXTS.values())
        assert "Delas med gruppen" in notice
        assert all(text in answer.text for text in mine.values())


class TestTimeBefore:
    def test_which_it_was_and_whose_judgement(self, client, draft, anna, past):
        Assessment.objects.filter(pk=past.pk).update(judged_by="working_group", raters={"manager": 2, "politician": 1})
        client.force_login(anna)
        page = " ".join(client.get(draft.get_absolute_url()).text.split())
        assert "Träffen 01/04, 1 april 2026. Arbetsgruppens bedömning: en politiker och två chefer." in page

    def test_what_was_said_stands_by_the_moment(self, client, draft, anna, past):
        say(past, reasoning="Vi var oense.", next_step="Ett beslut i nämnden.")
        client.force_login(anna)
        moment = client.get(draft.get_absolute_url()).text.split('id="moment-1"')[1].split('id="moment-2"')[0]
        assert "Vi var oense." in moment
        assert "Ett beslut i nämnden." in moment

    @pytest.mark.parametrize(("length", "folded"), [(100, False), (600, True)])
    def test_folded_where_it_is_long(self, draft, past, length, folded):
        say(past, reasoning="x" * length)
        moment = rating_items_of(draft, {}, scores_in_time(draft)[1][0])[0]
        assert moment.past_is_short is not folded

    @pytest.mark.parametrize(
        ("value", "suggested", "words"),
        [
            (None, None, "Inte skattad än"),
            (None, 1, "Inte bekräftad än"),
            (1, None, "Bekräftad"),
            (2, None, "Ändrad"),
        ],
    )
    def test_the_moments_state_in_words(self, client, draft, anna, past, value, suggested, words):
        Score.objects.create(assessment=draft, item=draft.items[0], value=value, suggested=suggested)
        client.force_login(anna)
        state = client.get(draft.get_absolute_url()).text.split('id="moment-1-state"')[1].split("</div>")[0]
        assert words in state

    def test_new_where_there_is_no_time_before(self, client, draft, anna):
        client.force_login(anna)
        assert re.search(r'class="saved">\s*Ny\b', post(client, draft, value="2", revision="0").text)

    def test_two_times_before_in_two_queries(self, draft, participation, past, django_assert_num_queries):
        newest = earlier(participation, date(2026, 6, 1), [3] * 10)
        earlier(participation, date(2025, 6, 1), [3] * 10)
        earlier(participation, date(2026, 12, 1), [3] * 10)  # later than the draft's meeting
        with django_assert_num_queries(2):
            _, occasions = scores_in_time(draft, 2)
            assert [occasion.assessment for occasion in occasions] == [newest, past]


class TestCarryingOver:
    def test_suggested_where_there_is_no_value(self, draft, anna, past):
        save_score(assessment=draft, item=draft.items[2], content=ScoreContent(value=Decimal(3)), revision=0, by=anna)
        assert len(carry_over(assessment=draft, by=anna)) == 9
        stored = Score.objects.filter(assessment=draft).values_list("item__number", "value", "suggested")
        assert list(stored) == [(1, None, 1), (2, None, 2), (3, 3, None), *((n, None, 2) for n in range(4, 11))]

    def test_twice_gives_the_same(self, draft, anna, past):
        carry_over(assessment=draft, by=anna)
        first = list(Score.objects.filter(assessment=draft).values())
        assert carry_over(assessment=draft, by=anna) == []
        assert list(Score.objects.filter(assessment=draft).values()) == first
        event = AuditEvent.objects.get(kind="values_carried_over")
        assert (event.organisation, event.data["moment"]) == (draft.participation.organisation.code, [*range(1, 11)])

    def test_a_page_that_was_open_still_saves(self, client, draft, anna, bo, past):
        client.force_login(bo)
        carry_over(assessment=draft, by=anna)
        post(client, draft, value="3", comment="Bos ord", revision="0")
        assert (score_of(draft).value, score_of(draft).suggested, score_of(draft).comment) == (3, None, "Bos ord")

    def test_a_comment_does_not_confirm(self, client, draft, anna, past):
        carry_over(assessment=draft, by=anna)
        client.force_login(anna)
        post(client, draft, comment="Mer att säga", revision="0")
        assert (score_of(draft).value, score_of(draft).suggested) == (None, 1)

    def test_not_what_the_scale_no_longer_has(self, anna):
        participation = ParticipationFactory(cohort=CohortFactory(plan__half_steps=True))
        earlier(participation, date(2026, 4, 1), ["1.5", 2])
        meeting = MeetingFactory(cohort=participation.cohort, starts_on=date(2026, 10, 1))
        draft = AssessmentFactory(participation=participation, meeting=meeting, half_steps=False)
        assert [item.number for item in carry_over(assessment=draft, by=anna)] == [2]

    def test_nothing_to_take_is_said(self, draft, anna):
        with pytest.raises(ActionRefused, match="ingen tidigare självskattning"):
            carry_over(assessment=draft, by=anna)

    def test_not_into_what_is_handed_in(self, draft, anna, past):
        Assessment.objects.filter(pk=draft.pk).update(state="submitted", submitted_on=date(2026, 9, 20))
        with pytest.raises(ActionRefused, match="inlämnad och ändras inte"):
            carry_over(assessment=draft, by=anna)

    def test_counts_for_nothing_until_chosen(self, client, draft, anna, past):
        carry_over(assessment=draft, by=anna)
        with pytest.raises(ActionRefused, match="Det saknas på 1, 2, 3"):
            submit_assessment(assessment=draft, by=anna, raters={"strategist": 1})
        client.force_login(anna)
        page = client.get(draft.get_absolute_url()).text
        assert "<b>0 av 10</b>" in page
        assert Assessment.objects.with_progress().get(pk=draft.pk).rated == 0

    def test_marked_and_not_chosen_on_the_page(self, client, draft, anna, past):
        client.force_login(anna)
        assert "Visa förra gångens värden som förslag" in client.get(draft.get_absolute_url()).text
        page = client.post(reverse("assessments:carry_over", args=[draft.pk]), follow=True).text
        assert "Tio moment har fått förra gångens värde som förslag." in page
        assert "Visa förra gångens värden som förslag" not in page
        assert page.count("rating__option--suggested") == 10
        assert "Förra gången: 1, bekräfta eller ändra" in page
        assert not re.search(r'name="m\d+-value"[^>]*checked', page)

    def test_choosing_it_confirms(self, client, draft, anna, past):
        carry_over(assessment=draft, by=anna)
        client.force_login(anna)
        answer = post(client, draft, value="1", revision="0")
        assert "Bekräftad" in answer.text
        assert "<b>1 av 10</b>" in answer.text

    def test_not_offered_where_there_is_nothing_to_take(self, client, draft, anna):
        client.force_login(anna)
        assert "som förslag" not in client.get(draft.get_absolute_url()).text


class TestAgreedValues:
    @pytest.fixture
    def agreed(self, draft):
        for item in draft.items:
            Score.objects.create(assessment=draft, item=item, value=2, revision=1, agreed=True, comment="Vi är ense.")
        return draft

    def test_asked_for_only_where_it_was_agreed(self, client, agreed, anna):
        say(agreed, number=2, agreed=False)
        client.force_login(anna)
        page = client.get(agreed.get_absolute_url()).text
        assert 'name="m1-why"' in page
        assert 'name="m2-why"' not in page

    @pytest.mark.parametrize("htmx", [True, False])
    def test_without_it_nothing_is_stored_or_lost(self, client, agreed, anna, htmx):
        client.force_login(anna)
        answer = post(client, agreed, htmx=htmx, value="3", comment="Nya ord", reasoning="Vi tänkte om", revision="1")
        why = "Ni hade enats om värdet. Skriv varför det ändras."
        assert why in answer.text
        if htmx:
            assert json.loads(answer["HX-Trigger"]) == {"announce": {"value": f"Moment 1 är inte sparat. {why}"}}
        assert 'name="m1-why"' in answer.text
        assert "Nya ord" in answer.text
        assert "Vi tänkte om" in answer.text
        assert re.search(r'value="3" checked', answer.text)
        assert (score_of(agreed).value, score_of(agreed).comment) == (2, "Vi är ense.")

    def test_with_it_the_trail_says_from_what_to_what_and_why(self, client, agreed, anna):
        client.force_login(anna)
        post(client, agreed, value="3", why="Nämnden har beslutat.", revision="1")
        event = AuditEvent.objects.get(kind="agreed_value_changed")
        assert (event.data["before"], event.data["after"], event.data["why"], event.actor) == (
            "2",
            "3",
            "Nämnden har beslutat.",
            "Anna",
        )

    def test_a_text_needs_no_reason(self, client, agreed, anna):
        client.force_login(anna)
        post(client, agreed, value="2", comment="Bättre sagt.", revision="1")
        assert score_of(agreed).comment == "Bättre sagt."

    def test_a_retracted_one_asks(self, client, draft, anna):
        for item in draft.items:
            Score.objects.create(assessment=draft, item=item, value=2, revision=1)
        submit_assessment(assessment=draft, by=anna, raters={"strategist": 1})
        retract_assessment(assessment=draft, by=anna)
        client.force_login(anna)
        assert client.get(draft.get_absolute_url()).text.count("Varför ändras värdet?") == 10


class TestLookOver:
    @pytest.fixture
    def items(self, draft):
        return draft.items

    def scores(self, items, *values, **said):
        return {
            item.pk: Score(item=item, value=None if value is None else Decimal(str(value)), **said)
            for item, value in zip(items, values, strict=False)
        }

    def test_highest_step_with_nothing_to_show(self, items):
        scores = self.scores(items, 3, 3, 2, 3, 3)
        scores[items[1].pk].comment = "Så här gör vi."
        scores[items[3].pk].since_last = "En ny mall."
        remarks = highest_with_nothing_to_show(items, scores, 3, {items[4].pk})
        assert [remark.item.number for remark in remarks] == [1]

    def test_lowered_without_a_word(self, items):
        scores, before = self.scores(items, 1, 1, 1.5, 2, 3), self.scores(items, 2, 2, 2, 2, None)
        scores[items[1].pk].reasoning = "Vi var för snälla."
        remarks = list(lowered_without_a_word(items, scores, [before]))
        assert [remark.item.number for remark in remarks] == [1, 3]
        assert "från 2 till 1,5" in remarks[1].sentence

    def test_unchanged_three_times_with_an_aim(self, items):
        scores, before, first = (self.scores(items, *values) for values in ([2, 2, 3, 2], [2, 2, 3, 2], [2, 2, 3, 1]))
        before[items[0].pk].aim = Decimal(3)
        before[items[2].pk].aim = Decimal(3)  # reached: not above
        before[items[3].pk].aim = Decimal(3)  # has moved
        assert [remark.item.number for remark in unchanged_despite_an_aim(items, scores, [before, first])] == [1]
        assert list(unchanged_despite_an_aim(items, scores, [before])) == []

    def test_where_a_moment_is_new_since_then_there_is_nothing_to_say(self, items):
        scores = self.scores(items, 2, 2)
        assert list(unchanged_despite_an_aim(items, scores, [{}, {}])) == []
        assert list(lowered_without_a_word(items, scores, [{}])) == []
        assert list(lowered_without_a_word(items, scores, [])) == []

    @pytest.mark.parametrize(("is_missing", "numbers"), [(False, [1, 2, 3]), (True, [1, 2])])
    def test_at_most_three_with_one_of_each_rule_first(self, items, is_missing, numbers):
        scores, before = self.scores(items, 1, 3, 2, 1, 3), self.scores(items, 2, 3, 2, 2, 3)
        before[items[2].pk].aim = Decimal(3)
        remarks = look_over(items, scores, [before, before], 3, (), is_missing=is_missing)
        assert [remark.item.number for remark in remarks] == numbers

    def test_links_to_each_moment_and_does_not_hinder(self, client, draft, anna, past):
        for item in draft.items:
            Score.objects.create(assessment=draft, item=item, value=3 if item.number == 5 else 2, revision=1)
        say(past, number=7, value=3)
        client.force_login(anna)
        url = reverse("assessments:submit", args=[draft.pk])
        page = client.get(url).text.split('id="look-over"')[1].split("</ul>")[0]
        assert re.findall(r'#moment-(\d+)"', page) == ["7", "5"]
        client.post(url, {"judged_by": "strategist", "strategist": 1})
        assert Assessment.objects.get(pk=draft.pk).is_submitted

    def test_evidence_is_something_to_show(self, client, draft, anna):
        for item in draft.items:
            Score.objects.create(assessment=draft, item=item, value=3 if item.number == 5 else 2, revision=1)
        Evidence.objects.create(assessment=draft, item=draft.items[4], title="Planen", url="https://example.invalid/")
        client.force_login(anna)
        assert 'id="look-over"' not in client.get(reverse("assessments:submit", args=[draft.pk])).text


class TestHandingIn:
    @pytest.fixture
    def rated(self, draft, anna):
        for item in draft.items:
            Score.objects.create(assessment=draft, item=item, value=2, revision=1)
        return draft

    @pytest.fixture
    def page(self, client, rated, anna):
        client.force_login(anna)
        url = reverse("assessments:submit", args=[rated.pk])
        return SimpleNamespace(read=lambda: client.get(url).text, send=lambda **data: client.post(url, data))

    def test_whose_judgement_and_how_many_of_each(self, page, rated):
        page.send(judged_by="management_group", politician=2, manager=3, strategist=1, contributor="")
        stored = Assessment.objects.get(pk=rated.pk)
        assert (stored.judged_by, stored.raters, stored.assessors) == (
            "management_group",
            {"politician": 2, "manager": 3, "strategist": 1},
            6,
        )

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            ({"strategist": 1}, "Välj vems bedömning det är."),
            ({"judged_by": "pappas", "strategist": 1}, "Välj ett giltigt alternativ"),
            ({"judged_by": "strategist"}, "Ange hur många som har varit med: minst en person."),
            ({"judged_by": "strategist", "manager": -1}, "Ett antal kan inte vara mindre än 0."),
            ({"judged_by": "strategist", "manager": "många"}, "Skriv antalet med siffror."),
            ({"judged_by": "strategist", "manager": 201}, "Ange ett antal som är högst 200."),
        ],
    )
    def test_refused_at_the_field(self, page, rated, data, sentence):
        answer = page.send(**data)
        assert answer.status_code == 422
        assert answer.text.count(sentence) == 2  # in the summary and at the field
        assert Assessment.objects.get(pk=rated.pk).is_draft

    def test_filled_in_from_the_time_before(self, page, past):
        Assessment.objects.filter(pk=past.pk).update(judged_by="steering_group", raters={"politician": 5})
        read = page.read()
        assert re.search(r'value="steering_group"[^>]*checked', read)
        assert re.search(r'name="politician"[^>]*value="5"', read)

    def test_from_the_individual_rating_where_there_is_one(self, page, rated, past, anna, bo):
        Assessment.objects.filter(pk=past.pk).update(judged_by="steering_group", raters={"politician": 5})
        done = RatingRound.objects.create(assessment=rated)
        Rater.objects.create(round=done, user=anna, function="strategist", done_at="2026-09-19T12:00Z")
        Rater.objects.create(round=done, user=bo, function="contributor")  # never rated
        read = page.read()
        assert re.search(r'name="strategist"[^>]*value="1"', read)
        assert not re.search(r'name="(politician|contributor)"[^>]*value=', read)

    def test_what_was_handed_in_is_there_after_taking_it_back(self, page, rated, anna):
        page.send(judged_by="working_group", manager=4)
        retract_assessment(assessment=rated, by=anna)
        assert re.search(r'name="manager"[^>]*value="4"', page.read())

    def test_who_sees_what_is_told_with_the_new_texts_and_evidence(self, page, rated):
        say(rated, number=1, since_last="Ny mall.", shared=True)
        say(rated, number=2, since_last="Bara hemma.")
        say(rated, number=3, reasoning="Vi vägde.")
        for title, shared in (("Handlingsplan", True), ("Minnesanteckning", False)):
            Evidence.objects.create(
                assessment=rated, item=rated.items[3], title=title, url="https://example.invalid/", shared=shared
            )
        read = " ".join(page.read().split())
        assert "Moment 1 delas med dem som ser era värden. Moment 2 ser bara ni." in read
        assert "Det här delas med dem som ser era värden: moment 4, Handlingsplan." in read
        assert "Det här ser bara ni: moment 4, Minnesanteckning." in read
        assert "Ni har skrivit om moment 3." in read
