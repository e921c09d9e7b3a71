"""Several people at the same second, each with a connection of their own: nothing lost, no deadlock, never a 500.

PostgreSQL only: SQLite lets one writer in at a time. How a race is made is in tests/same_second.py.
"""

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from assessments.actions.agreeing import agree_value
from assessments.actions.alone import close_round, invite_raters, rate_alone, say_ready, withdraw_round
from assessments.actions.assessments import retract_assessment, start_assessment, submit_assessment
from assessments.actions.carrying import carry_over
from assessments.actions.dialogue import answer_query, answer_reopening, ask_query, ask_reopening
from assessments.actions.evidence import add_link
from assessments.actions.importing import Filled, MeetingSheet, import_sheets
from assessments.actions.parts import add_part, remove_part
from assessments.actions.scores import ScoreContent, ScoreTaken, save_score
from assessments.actions.titles import decide_title
from assessments.enums import AssessmentState
from assessments.figures.panels import read_panel
from assessments.figures.releases import renew_release, renew_releases
from assessments.models import Assessment, Evidence, Query, Rating, RatingRound, Release, Score, TitleDecision
from cohorts.enums import Function
from cohorts.models import Delegate, Part, Participation
from kit.refusals import ActionRefused
from kit.staleness import content_of, digest
from planning.actions.dates import move_meeting
from tests.factories import (
    AssessmentFactory,
    DelegateFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.same_second import Doing, at_once, events, of_kind, row
from tests.strict import StrictClient

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
RATERS = 5
TURNS = 4


@pytest.fixture
def meeting():
    return MeetingFactory(starts_on=timezone.localdate() + timedelta(days=14))


@pytest.fixture
def participation(meeting):
    return ParticipationFactory(cohort=meeting.cohort)


@pytest.fixture
def people(participation):
    """The strategist and their colleagues."""
    functions = [Function.STRATEGIST] + [Function.CONTRIBUTOR] * (RATERS - 1)
    return [DelegateFactory(participation=participation, function=function).user for function in functions]


@pytest.fixture
def draft(participation, meeting):
    return AssessmentFactory(participation=participation, meeting=meeting)


@pytest.fixture
def complete(participation, meeting):
    """A draft with every moment at two."""
    return AssessmentFactory(participation=participation, meeting=meeting, values=[2] * 10)


def saving(assessment, by, *, number=1, revision=0, value="1", **rest) -> Doing:
    item = assessment.items[number - 1]
    content = ScoreContent(value=value and Decimal(value), **rest)
    return partial(save_score, assessment=assessment, item=item, content=content, revision=revision, by=by)


class TestSaving:
    @pytest.mark.parametrize("earlier", [0, 1])
    def test_of_the_same_moment_one_is_stored_and_the_others_are_told(self, draft, people, earlier):
        """The first save of all too: it makes the row, and the second must not stumble on it."""
        for revision in range(earlier):
            saving(draft, people[0], value="3", comment="Förra gången.", revision=revision)()
        tries = [
            saving(draft, by, value=str(1 + n % 2), comment=f"Person {n}", revision=earlier)
            for n, by in enumerate(people)
        ]
        results = at_once(*tries, behind=row(draft))
        [winner], stored = of_kind(results, Score), Score.objects.get()
        assert len(of_kind(results, ScoreTaken)) == RATERS - 1
        assert (stored.value, stored.comment, stored.saved_by) == (winner.value, winner.comment, winner.saved_by)
        assert (stored.revision, events("score_saved")) == (earlier + 1, earlier + 1)
        assert {taken.score.comment for taken in of_kind(results, ScoreTaken)} == {winner.comment}

    def test_of_different_moments_all_are_stored(self, draft, people):
        results = at_once(
            *(saving(draft, by, number=n, comment=f"Person {n}") for n, by in enumerate(people, start=1)),
            behind=row(draft),
        )
        assert len(of_kind(results, Score)) == RATERS
        stored = Score.objects.order_by("item__number").values_list("item__number", "comment", "saved_by", "revision")
        assert list(stored) == [(n, f"Person {n}", by.pk, 1) for n, by in enumerate(people, start=1)]

    def test_each_adds_to_what_the_other_wrote_and_nothing_is_lost(self, draft, people):
        """Everyone goes on from what they are shown until their own words stand there too, several times over."""
        letters = "abcde"
        at_once(*(partial(add_words, draft, by, letter) for by, letter in zip(people, letters, strict=True)))
        stored = Score.objects.get()
        assert sorted(stored.comment) == sorted(letters * TURNS)
        assert stored.revision == events("score_saved") == RATERS * TURNS

    def test_a_double_click_is_stored_once(self, draft, people):
        results = at_once(*[saving(draft, people[0], comment="Samma")] * 3, behind=row(draft))
        assert len(of_kind(results, Score)) == 3
        assert (Score.objects.get().revision, events("score_saved")) == (1, 1)

    def test_what_one_has_not_touched_never_undoes_what_another_saves(self, complete, people):
        first, second, *_ = people
        drawn = partial(saving(complete, first, value="2", revision=1), untouched=True)
        results = at_once(drawn, saving(complete, second, value="3", revision=1), behind=row(complete))
        assert len(of_kind(results, Score)) == 2
        assert Score.objects.get(item__number=1).value == 3


def add_words(assessment, by, letter) -> None:
    """As a person does: after each refusal, go on from what the other has saved."""
    for _ in range(TURNS):
        score = Score.objects.filter(assessment=assessment).first() or Score()
        while True:
            text, revision = score.comment, score.revision
            try:
                saving(assessment, by, value="2", comment=text + letter, revision=revision)()
            except ScoreTaken as taken:
                score = taken.score
            else:
                break


class TestHandingIn:
    def test_once_however_many_do_it(self, complete, people):
        results = at_once(
            *(partial(submit_assessment, assessment=complete, assessors=n, by=by) for n, by in enumerate(people, 1)),
            behind=row(complete),
        )
        [winner], stored = of_kind(results, Assessment), Assessment.objects.get()
        assert {refused.sentence for refused in of_kind(results, ActionRefused)} == {
            "Självskattningen är redan inlämnad."
        }
        assert (stored.submitted_by, stored.assessors) == (winner.submitted_by, winner.assessors)
        assert events("assessment_submitted") == 1

    @pytest.mark.parametrize("value", ["3", None])
    def test_while_another_saves(self, complete, people, value):
        """Either the save came first and is handed in, or it is refused; nothing is handed in with a hole in it."""
        saved, handed_in = at_once(
            saving(complete, people[1], value=value, revision=1),
            partial(submit_assessment, assessment=complete, assessors=2, by=people[0]),
            behind=row(complete),
        )
        assessment = Assessment.objects.get()
        stored = Score.objects.get(item__number=1)
        if isinstance(saved, Score):
            assert stored.value == (value and Decimal(value))
        else:
            assert "inlämnad och ändras inte" in saved.sentence
            assert stored.value == 2
        assert assessment.is_submitted == isinstance(handed_in, Assessment)
        assert assessment.is_draft or not assessment.scores.filter(value=None).exists()

    def test_taken_back_while_another_saves(self, complete, people):
        submit_assessment(assessment=complete, assessors=2, by=people[0])
        saved, back = at_once(
            partial(saving(complete, people[1], value="3", revision=1), why="Vi läste om underlaget."),
            partial(retract_assessment, assessment=complete, by=people[0]),
            behind=row(complete),
        )
        assert isinstance(back, Assessment)
        stored = Score.objects.get(item__number=1)
        assert stored.value == (3 if isinstance(saved, Score) else 2)
        assert Assessment.objects.get().state == AssessmentState.DRAFT
        assert events("agreed_value_changed") == isinstance(saved, Score)

    def test_taken_back_twice_and_handed_in_again(self, complete, people):
        submit_assessment(assessment=complete, assessors=2, by=people[0])
        back = partial(retract_assessment, assessment=complete, by=people[0])
        at_once(back, back, partial(submit_assessment, assessment=complete, assessors=3, by=people[0]))
        handed_in, taken_back = events("assessment_submitted"), events("assessment_retracted")
        assert Assessment.objects.get().is_submitted == (handed_in - taken_back == 1)

    def test_while_the_values_of_last_time_are_carried_over(self, participation, people, meeting):
        earlier = MeetingFactory(cohort=meeting.cohort, starts_on=timezone.localdate() - timedelta(days=90))
        AssessmentFactory(participation=participation, meeting=earlier, submitted=True, values=[2] * 10)
        draft = AssessmentFactory(participation=participation, meeting=meeting)
        at_once(
            partial(carry_over, assessment=draft, by=people[0]),
            partial(carry_over, assessment=draft, by=people[1]),
            saving(draft, people[2], value="3"),
            saving(draft, people[3], value="1", number=2),
            behind=row(draft),
        )
        stored = list(draft.scores.order_by("item__number").values_list("value", "suggested"))
        assert stored == [(3, None), (1, None), *[(None, 2)] * 8]
        assert events("values_carried_over") == 1

    def test_two_outside_meetings_on_the_same_day(self, participation, people):
        """The day is what tells them apart: the second is refused with a sentence."""
        drafts = [AssessmentFactory(participation=participation, meeting=None, values=[2] * 10) for _ in range(2)]
        doings = [partial(submit_assessment, assessment=draft, assessors=2, by=people[0]) for draft in drafts]
        results = at_once(*doings, behind=Assessment.objects.filter(participation=participation))
        assert len(of_kind(results, Assessment)) == len(of_kind(results, ActionRefused)) == 1
        assert events("assessment_submitted") == 1

    def test_while_a_link_is_added(self, complete, people):
        link = partial(
            add_link, assessment=complete, item=complete.items[0], url="https://exempel.invalid/a", by=people[1]
        )
        results = at_once(
            link,
            link,
            partial(submit_assessment, assessment=complete, assessors=2, by=people[0]),
            behind=row(complete),
        )
        assert Evidence.objects.count() == events("evidence_added") == 2 - len(of_kind(results[:2], ActionRefused))
        assert Assessment.objects.get().is_submitted


class TestRatingAlone:
    @pytest.fixture
    def opened(self, draft, people):
        """Open to all; each has rated the first moment, and all but two are ready."""
        invite_raters(assessment=draft, delegates=Delegate.objects.select_related("participation"), by=people[0])
        for number, by in enumerate(people):
            rate_alone(assessment=draft, values={draft.items[0]: Decimal(1 + number % 3)}, by=by)
        for by in people[2:]:
            say_ready(assessment=draft, by=by)
        return draft

    def test_each_rates_all_moment(self, draft, people):
        invite_raters(assessment=draft, delegates=Delegate.objects.select_related("participation"), by=people[0])
        values = [{item: Decimal(1 + n % 3) for item in draft.items} for n in range(RATERS)]
        doings = [
            partial(rate_alone, assessment=draft, values=each, by=by) for each, by in zip(values, people, strict=True)
        ]
        at_once(*doings, doings[0], behind=row(draft))
        assert Rating.objects.count() == RATERS * 10
        for n, by in enumerate(people):
            assert set(Rating.objects.filter(rater__user=by).values_list("value", flat=True)) == {1 + n % 3}

    def test_invited_twice_is_asked_once(self, draft, people):
        delegates = list(Delegate.objects.select_related("participation"))
        at_once(
            *[partial(invite_raters, assessment=draft, delegates=delegates, by=people[0])] * RATERS, behind=row(draft)
        )
        assert RatingRound.objects.get().raters.count() == RATERS
        assert events("round_opened") == 1

    def test_the_last_two_close_it_once(self, opened, people):
        at_once(*(partial(say_ready, assessment=opened, by=by) for by in people[:2]), behind=row(opened))
        assert not RatingRound.objects.get().is_open
        assert events("round_closed") == 1

    def test_closed_while_one_rates_on(self, opened, people):
        """What came in before is there; what came after is refused, and says so."""
        rated, closed = at_once(
            partial(rate_alone, assessment=opened, values={opened.items[1]: Decimal(3)}, by=people[0]),
            partial(close_round, assessment=opened, by=people[0]),
            behind=row(opened),
        )
        assert isinstance(closed, RatingRound)
        assert Rating.objects.filter(item=opened.items[1]).exists() == (not isinstance(rated, ActionRefused))

    def test_taken_away_while_it_is_closed(self, opened, people):
        at_once(
            partial(withdraw_round, assessment=opened, by=people[0]),
            partial(close_round, assessment=opened, by=people[0]),
            partial(say_ready, assessment=opened, by=people[1]),
            behind=row(opened),
        )
        left = RatingRound.objects.first()
        assert events("round_withdrawn") + (left is not None) == 1
        assert left is None or not left.is_open

    def test_handed_in_while_it_is_opened(self, complete, people):
        """Nothing is handed in with a round open."""
        at_once(
            partial(
                invite_raters,
                assessment=complete,
                delegates=Delegate.objects.select_related("participation"),
                by=people[0],
            ),
            partial(submit_assessment, assessment=complete, assessors=2, by=people[0]),
            behind=row(complete),
        )
        opened = RatingRound.objects.filter(closed_at=None).exists()
        assert opened != Assessment.objects.get().is_submitted

    def test_agreed_by_two_at_once_while_a_third_saves(self, opened, people):
        """One wins; the ratings are reduced once and whole, whoever it was."""
        close_round(assessment=opened, by=people[0])
        item = opened.items[0]
        agreeing = [
            partial(agree_value, assessment=opened, item=item, value=Decimal(value), revision=0, by=by)
            for value, by in zip((2, 3), people, strict=False)
        ]
        results = at_once(*agreeing, saving(opened, people[2], value="1"), behind=row(opened))
        assert (len(of_kind(results, Score)), len(of_kind(results, ScoreTaken))) == (1, 2)
        score = Score.objects.get()
        assert score.revision == 1
        assert score.agreed == (score.value != 1)
        if score.agreed:
            assert (score.spread_low, score.spread_high) == (1, 3)
            assert score.raters == {"strategist": 1, "contributor": RATERS - 1}
        assert Rating.objects.exists() == (not score.agreed)

    def test_agreed_with_the_same_value_by_two_is_agreed_once(self, opened, people):
        close_round(assessment=opened, by=people[0])
        agreeing = partial(
            agree_value, assessment=opened, item=opened.items[0], value=Decimal(2), revision=0, by=people[0]
        )
        assert len(of_kind(at_once(agreeing, agreeing, behind=row(opened)), Score)) == 2
        assert (Score.objects.get().revision, events("value_agreed"), events("score_saved")) == (1, 1, 0)


class TestWithSkr:
    @pytest.fixture
    def begun(self):
        return MeetingFactory(starts_on=timezone.localdate() - timedelta(days=3))

    @pytest.fixture
    def handed_in(self, begun):
        return AssessmentFactory(participation__cohort=begun.cohort, meeting=begun, submitted=True, values=[2] * 10)

    @pytest.fixture
    def leader(self):
        return UserFactory(skr_role="process_leader")

    @pytest.fixture
    def owner(self, handed_in):
        return DelegateFactory(participation=handed_in.participation).user

    def test_the_same_question_is_asked_once(self, handed_in, leader):
        asking = partial(ask_query, assessment=handed_in, item=handed_in.items[0], text="Hur vet ni det?", by=leader)
        at_once(asking, asking, asking, behind=row(handed_in))
        assert (Query.objects.count(), events("query_asked")) == (1, 1)

    def test_of_two_answers_one_is_stored(self, handed_in, leader, owner):
        query = ask_query(assessment=handed_in, item=handed_in.items[0], text="Hur vet ni det?", by=leader)
        seen = digest({"answer": ""})
        results = at_once(
            *(partial(answer_query, query=query, answer=text, seen=seen, by=owner) for text in ("Ja.", "Nej.")),
            behind=row(query),
        )
        [stored], [stale] = of_kind(results, Query), of_kind(results, ActionRefused)
        assert Query.objects.get().answer == stored.answer == stale.stored["answer"]

    def test_a_yes_and_a_no_to_open_again(self, handed_in, leader, owner):
        reopening = ask_reopening(assessment=handed_in, reason="Fel träff.", by=leader)
        results = at_once(
            *(
                partial(answer_reopening, reopening=reopening, consented=consented, by=owner)
                for consented in (True, False, True)
            ),
            behind=Participation.objects.filter(pk=handed_in.participation_id),
        )
        reopening.refresh_from_db()
        assert Assessment.objects.get().is_draft == reopening.consented
        assert of_kind(results, ActionRefused)
        assert events("assessment_reopened") == reopening.consented

    def test_a_workbook_is_read_in_while_the_owner_says_yes(self, handed_in, begun, leader, owner):
        """Both touch the same organisation's assessments to two meetings, in the order that each comes to them."""
        coming = MeetingFactory(cohort=begun.cohort, starts_on=timezone.localdate() + timedelta(days=9))
        reopening = ask_reopening(assessment=handed_in, reason="Fel träff.", move_to=coming, by=leader)
        sheets = [MeetingSheet(meeting, (Filled(1, value=Decimal(3)),)) for meeting in (begun, coming)]
        reading = partial(import_sheets, participation=handed_in.participation, sheets=sheets, replace=True, by=None)
        consenting = partial(answer_reopening, reopening=reopening, consented=True, by=owner)
        for locked_rows in (row(handed_in), Participation.objects.filter(pk=handed_in.participation_id)):
            at_once(reading, consenting, behind=locked_rows)
        assert Score.objects.filter(item__number=1, value=3).exists()

    def test_of_two_decisions_on_the_title_one_is_stored(self, handed_in, leader):
        deciding = [
            partial(
                decide_title,
                participation=handed_in.participation,
                rule="none",
                given=given,
                decided_on=timezone.localdate(),
                decided_by="Programrådet",
                note="",
                seen="",
                by=leader,
            )
            for given in (True, False)
        ]
        results = at_once(*deciding, behind=Participation.objects.filter(pk=handed_in.participation_id))
        assert len(of_kind(results, TitleDecision)) == len(of_kind(results, ActionRefused)) == 1
        assert events("title_decided") == 1


class TestWorkbooks:
    def sheets(self, *meetings, value):
        rows = tuple(Filled(number, value=Decimal(value), comment=f"Ur Excel: {value}") for number in range(1, 11))
        return [MeetingSheet(meeting, rows) for meeting in meetings]

    def test_read_in_while_others_save(self, draft, participation, meeting, people):
        """A save that came first is overwritten by the sheet, as it says; one that came after is told of it."""
        reading = partial(
            import_sheets, participation=participation, sheets=self.sheets(meeting, value=2), by=people[0]
        )
        savers = [saving(draft, by, number=n, value="3") for n, by in enumerate(people[1:], start=1)]
        results = at_once(reading, *savers, behind=row(draft))
        stored = {score.item.number: score for score in Score.objects.select_related("item")}
        assert len(stored) == 10
        for n, result in enumerate(results[1:], start=1):
            assert stored[n].value == 2
            assert stored[n].revision == (2 if isinstance(result, Score) else 1)
            assert isinstance(result, Score | ScoreTaken)

    def test_two_files_with_the_meetings_in_either_order(self, participation, meeting, people):
        other = MeetingFactory(cohort=meeting.cohort, starts_on=timezone.localdate() + timedelta(days=60))
        for each in (meeting, other):
            AssessmentFactory(participation=participation, meeting=each)
        reading = [
            partial(import_sheets, participation=participation, sheets=self.sheets(*order, value=value), by=people[0])
            for order, value in (((meeting, other), 1), ((other, meeting), 3))
        ]
        for _ in range(TURNS):
            at_once(*reading)
        for assessment in Assessment.objects.all():  # each sheet whole, from the one file or from the other
            assert len(set(assessment.scores.values_list("value", "comment"))) == 1
            assert assessment.scores.count() == 10


class TestParts:
    def test_added_twice_there_is_one(self, participation, people):
        adding = partial(add_part, organisation=participation.organisation, name="Kulturnämnden", by=people[0])
        at_once(*[adding] * RATERS)
        assert (Part.objects.count(), events("part_added")) == (1, 1)

    @pytest.mark.parametrize("behind", ["organisation", "participation"])
    def test_removed_while_its_assessment_is_begun(self, participation, meeting, people, behind):
        part = add_part(organisation=participation.organisation, name="Kulturnämnden", by=people[0])
        locked_rows = {"organisation": row(participation.organisation), "participation": row(participation)}[behind]
        at_once(
            partial(remove_part, part=part, by=people[0]),
            partial(start_assessment, participation=participation, meeting=meeting, part=part, by=people[1]),
            behind=locked_rows,
        )
        assert Assessment.objects.count() == Part.objects.count()


class TestStarting:
    @pytest.mark.parametrize("where", ["meeting", "outside", "part"])
    def test_one_row_however_many_begin(self, participation, meeting, people, where):
        part = Part.objects.create(organisation=participation.organisation, name="Kulturnämnden")
        what = {
            "meeting": {"meeting": meeting},
            "outside": {"meeting": None},
            "part": {"meeting": meeting, "part": part},
        }[where]
        results = at_once(
            *(partial(start_assessment, participation=participation, by=by, **what) for by in people),
            behind=Participation.objects.filter(pk=participation.pk),
        )
        assert {assessment.pk for assessment in results} == {Assessment.objects.get().pk}
        assert events("assessment_started") == 1


class TestWhatTheOmgangIsShown:
    @pytest.fixture
    def held_meeting(self):
        return MeetingFactory(starts_on=timezone.localdate() - timedelta(days=1))

    def test_all_its_meetings_while_one_of_them_is_moved(self, held_meeting):
        """The meeting with the lower key comes later, so the order of time is not the order of the locks."""
        today, cohort = timezone.localdate(), held_meeting.cohort
        earlier = MeetingFactory(cohort=cohort, number=2, starts_on=today - timedelta(days=9))
        moving = partial(
            move_meeting,
            meeting=held_meeting,
            starts_on=today - timedelta(days=2),
            days=1,
            seen=digest(content_of(held_meeting, "starts_on", "ends_on")),
            by=UserFactory(skr_role="process_leader"),
            why="Fel dag.",
        )
        # As when a report is published: all in one transaction.
        renewing = partial(transaction.atomic(renew_releases), cohort=cohort)
        at_once(renewing, renewing, moving, behind=row(earlier))
        held_meeting.refresh_from_db()
        assert held_meeting.starts_on == today - timedelta(days=2)

    def test_is_renewed_once(self, held_meeting):
        for _ in range(6):
            AssessmentFactory(participation__cohort=held_meeting.cohort, meeting=held_meeting, submitted=True)
        at_once(*[partial(renew_release, meeting=held_meeting)] * RATERS, behind=row(held_meeting))
        assert (Release.objects.count(), events("aggregates_opened")) == (1, 1)

    def test_late_ones_at_the_same_second_are_each_kept(self, held_meeting):
        for _ in range(5):
            AssessmentFactory(
                participation__cohort=held_meeting.cohort, meeting=held_meeting, submitted=True, values=[1] * 10
            )
        renew_release(meeting=held_meeting)
        late = [
            AssessmentFactory(participation__cohort=held_meeting.cohort, meeting=held_meeting, values=[2] * 10)
            for _ in range(6)
        ]
        by = DelegateFactory(participation=late[0].participation).user
        doings = [partial(submit_assessment, assessment=draft, assessors=1, by=by) for draft in late]
        assert len(of_kind(at_once(*doings, behind=row(held_meeting)), Assessment)) == 6
        # Whoever reads the page between any two of them is followed: every panel there has been is kept.
        assert [len(read_panel(release)) for release in Release.objects.order_by("pk")] == [5, 6, 7, 8, 9, 10, 11]


class TestPages:
    """The same through the web, each person with their own session."""

    def posting(self, assessment, user, url, data) -> Doing:
        client = StrictClient(raise_request_exception=False)
        client.force_login(user)
        return partial(client.post, url, data, headers={"HX-Request": "true"})

    def test_everyone_saves_the_same_moment(self, draft, people):
        url = reverse("assessments:save_moment", args=[draft.pk, 1])
        fields = [
            {"m1-value": str(1 + n % 3), "m1-comment": f"Person {n}", "m1-shared": "us", "m1-revision": 0}
            for n in range(RATERS)
        ]
        answers = at_once(
            *(self.posting(draft, by, url, data) for by, data in zip(people, fields, strict=True)), behind=row(draft)
        )
        assert {answer.status_code for answer in answers} == {200}
        assert sorted("✓ Sparat" in answer.text for answer in answers) == [False] * (RATERS - 1) + [True]
        for data, answer in zip(fields, answers, strict=True):
            if "✓ Sparat" not in answer.text:  # each sees their own words still, and beside them what was saved
                assert data["m1-comment"] in answer.text
                assert Score.objects.get().comment in answer.text

    def test_everyone_hands_in(self, complete, participation, meeting):
        strategists = [DelegateFactory(participation=participation).user for _ in range(RATERS)]
        url = reverse("assessments:submit", args=[complete.pk])
        answers = at_once(
            *(self.posting(complete, by, url, {"judged_by": "working_group", "strategist": 3}) for by in strategists),
            behind=row(complete),
        )
        assert {answer.status_code for answer in answers} <= {302, 422}
        assert sum(answer.status_code == 302 for answer in answers) >= 1
        assert events("assessment_submitted") == 1

    def test_everyone_begins(self, participation, meeting):
        strategists = [DelegateFactory(participation=participation).user for _ in range(RATERS)]
        url = reverse("assessments:start", args=[participation.cohort.slug, participation.code, meeting.key])
        answers = at_once(
            *(self.posting(None, by, url, {}) for by in strategists),
            behind=Participation.objects.filter(pk=participation.pk),
        )
        assert {answer.url for answer in answers} == {Assessment.objects.get().get_absolute_url()}
