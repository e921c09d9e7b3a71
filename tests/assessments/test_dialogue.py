"""What SKR and an organisation say to each other, and what an assessment's state means to its readers."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from accounts.enums import SkrRole
from assessments.actions.assessments import retract_assessment, start_assessment, submit_assessment
from assessments.actions.dialogue import answer_query, answer_reopening, ask_query, ask_reopening, withdraw_reopening
from assessments.actions.scores import ScoreContent, content_of, save_score
from assessments.dialogue import queries_of, right_meetings, waiting_for
from assessments.figures.panels import live_panels
from assessments.figures.releases import renew_release
from assessments.figures.sights import ANYONE, figures_at
from assessments.models import Assessment, Query, Reopening, Score
from cohorts.enums import Function
from cohorts.roles import roles_of
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import Stale, digest
from overview.trail_words import details
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    EvaluatorFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2026, 9, 20), date(2026, 10, 2)


@pytest.fixture(autouse=True)
def after_the_meeting():
    with time_machine.travel(AFTER) as traveller:
        yield traveller


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
def later(cohort):
    return MeetingFactory(cohort=cohort, starts_on=date(2026, 12, 1))


@pytest.fixture
def submitted(participation, meeting):
    return AssessmentFactory(participation=participation, meeting=meeting, submitted=True, values=[2] * 10)


@pytest.fixture
def leader():
    return UserFactory(name="Lena", skr_role=SkrRole.PROCESS_LEADER)


@pytest.fixture
def anna(participation):
    return DelegateFactory(participation=participation, user__name="Anna").user


@pytest.fixture
def bo(participation):
    return DelegateFactory(participation=participation, user__name="Bo", function=Function.CONTRIBUTOR).user


@pytest.fixture
def others(participation):
    """Those who read the values and nothing of what SKR and the organisation say to each other."""
    group, cohort = participation.group, participation.cohort
    return {
        "groupmate": DelegateFactory(participation=ParticipationFactory(cohort=cohort, group=group)).user,
        "mentor": DelegateFactory(participation=GroupMentorFactory(group=group).participation).user,
        "evaluator": EvaluatorFactory(cohort=cohort).user,
    }


def flat(answer):
    return " ".join(answer.text.split())


class TestAsking:
    def test_a_question_stands_beside_its_moment(self, submitted, leader, bo):
        query = ask_query(assessment=submitted, item=submitted.items[3], text="Vad gör nämnden?", by=leader)
        assert queries_of(submitted, roles_of(bo)) == {submitted.items[3].pk: [query]}
        event = AuditEvent.objects.get(kind="query_asked")
        assert (event.organisation, event.actor) == (submitted.participation.organisation.code, "Lena")
        assert "nämnden" not in str(event.data) + event.target

    def test_everyone_is_led_where_they_may_go(self, client, submitted, leader, anna):
        query = ask_query(assessment=submitted, item=submitted.items[3], text="Vad gör nämnden?", by=leader)
        politician = DelegateFactory(participation=submitted.participation, function=Function.POLITICIAN).user
        answer = reverse("assessments:answer_query", args=[query.pk])
        for user, leads_to in ((anna, answer), (politician, f"{submitted.get_absolute_url()}#moment-4")):
            [matter] = waiting_for(submitted.participation, user)
            assert matter.url == leads_to
            client.force_login(user)
            assert client.get(matter.url.partition("#")[0]).status_code == 200

    def test_two_clicks_ask_once(self, submitted, leader):
        for _ in range(2):
            ask_query(assessment=submitted, item=submitted.items[3], text="Vad gör nämnden?", by=leader)
        assert Query.objects.count() == 1

    def test_nothing_is_asked_of_a_draft(self, submitted, leader):
        Assessment.objects.update(state="draft", submitted_on=None)
        with pytest.raises(ActionRefused, match="tagit tillbaka"):
            ask_query(assessment=submitted, item=submitted.items[3], text="?", by=leader)

    def test_the_answer_and_its_change_stand_in_the_trail(self, submitted, leader, anna, bo):
        query = ask_query(assessment=submitted, item=submitted.items[3], text="Vad gör nämnden?", by=leader)
        answer_query(query=query, answer="Den har beslutat.", seen=digest({"answer": ""}), by=bo)
        answer_query(query=query, answer="Den har beslutat.", seen=digest({"answer": ""}), by=bo)
        answer_query(query=query, answer="I maj.", seen=digest({"answer": "Den har beslutat."}), by=anna)
        query.refresh_from_db()
        assert (query.answer, query.answered_by) == ("I maj.", anna)
        events = AuditEvent.objects.filter(kind="query_answered").order_by("pk")
        assert [(event.actor, event.data) for event in events] == [("Bo", {}), ("Anna", {"changed": True})]

    def test_a_stale_answer_overwrites_nothing(self, submitted, leader, anna, bo):
        query = ask_query(assessment=submitted, item=submitted.items[3], text="Vad gör nämnden?", by=leader)
        answer_query(query=query, answer="Den har beslutat.", seen=digest({"answer": ""}), by=bo)
        with pytest.raises(Stale):
            answer_query(query=query, answer="Inget.", seen=digest({"answer": ""}), by=anna)
        assert Query.objects.get().answer == "Den har beslutat."

    def test_read_by_the_owner_and_the_process_leader_alone(self, client, submitted, leader, anna, others):
        ask_query(assessment=submitted, item=submitted.items[3], text="Vad gör nämnden?", by=leader)
        seen = {}
        for who, user in {"anna": anna, "leader": leader, **others}.items():
            client.force_login(user)
            seen[who] = "Vad gör nämnden?" in client.get(submitted.get_absolute_url()).text
            assert bool(queries_of(submitted, roles_of(user))) == seen[who]
        assert seen == {"anna": True, "leader": True, "groupmate": False, "mentor": False, "evaluator": False}

    def test_nor_is_its_page_found_by_others(self, client, submitted, leader, others):
        query = ask_query(assessment=submitted, item=submitted.items[3], text="?", by=leader)
        url = reverse("assessments:answer_query", args=[query.pk])
        for user in others.values():
            client.force_login(user)
            assert client.get(url).status_code == 404
        client.force_login(leader)
        assert client.get(url).status_code == 403

    def test_asked_on_the_read_page_and_answered_from_it(self, client, submitted, leader, bo):
        client.force_login(leader)
        url = reverse("assessments:ask_query", args=[submitted.pk, 4])
        assert f'action="{url}"' in client.get(submitted.get_absolute_url()).text
        assert client.post(url, {"text": " "}).status_code == 422
        answer = client.post(url, {"text": "Vad gör nämnden?"})
        assert answer.url == f"{submitted.get_absolute_url()}#moment-4"
        client.force_login(bo)
        to = reverse("assessments:answer_query", args=[Query.objects.get().pk])
        assert to in client.get(submitted.get_absolute_url()).text
        assert client.post(to, {"answer": "Den har beslutat.", "seen": digest({"answer": ""})}).status_code == 302
        assert "Den har beslutat." in client.get(submitted.get_absolute_url()).text
        stale = client.post(to, {"answer": "Inget.", "seen": digest({"answer": ""})})
        assert stale.status_code == 422
        assert "Så står det sparat nu" in stale.text

    def test_what_waits_is_told_to_the_own_organisation_alone(
        self, submitted, leader, anna, others, django_assert_num_queries
    ):
        query = ask_query(assessment=submitted, item=submitted.items[3], text="?", by=leader)
        ask_reopening(assessment=submitted, reason="Fel träff.", by=leader)
        roles_of(anna)
        with django_assert_num_queries(1):
            waiting = [matter.sentence for matter in waiting_for(submitted.participation, anna)]
        assert waiting == [
            f"SKR ber att få öppna självskattningen till {submitted.meeting} igen",
            "SKR har ställt en fråga om moment 4",
        ]
        for user in (leader, *others.values()):
            assert waiting_for(submitted.participation, user) == []
        answer_query(query=query, answer="Svar.", seen=digest({"answer": ""}), by=anna)
        assert len(waiting_for(submitted.participation, anna)) == 1


class TestReopening:
    def test_only_what_is_locked(self, submitted, leader, after_the_meeting):
        after_the_meeting.move_to(BEFORE)
        with pytest.raises(ActionRefused, match="inte låst"):
            ask_reopening(assessment=submitted, reason="Ofullständig.", by=leader)

    def test_nothing_opens_without_the_owners_yes(self, submitted, leader, anna):
        request = ask_reopening(assessment=submitted, reason="Ofullständig.", by=leader)
        submitted.refresh_from_db()
        assert submitted.is_submitted
        answer_reopening(reopening=request, consented=False, by=anna)
        submitted.refresh_from_db()
        assert submitted.is_submitted
        assert [e.data for e in AuditEvent.objects.filter(kind="reopening_answered")] == [{"consented": False}]
        assert not AuditEvent.objects.filter(kind="assessment_reopened").exists()

    def test_a_yes_makes_it_a_draft(self, submitted, leader, anna):
        request = ask_reopening(assessment=submitted, reason="Ofullständig.", by=leader)
        answer_reopening(reopening=request, consented=True, by=anna)
        answer_reopening(reopening=request, consented=True, by=anna)  # a double click
        submitted.refresh_from_db()
        assert (submitted.state, submitted.submitted_on) == ("draft", None)
        assert AuditEvent.objects.filter(kind="assessment_reopened").count() == 1
        with pytest.raises(ActionRefused, match="redan besvarad"):
            answer_reopening(reopening=request, consented=False, by=anna)

    def test_its_figures_leave_the_live_panels_and_the_release_stays(self, submitted, meeting, cohort, leader, anna):
        others = [ParticipationFactory(cohort=cohort) for _ in range(5)]
        for other in others:
            AssessmentFactory(participation=other, meeting=meeting, submitted=True, values=[3] * 10)
        renew_release(meeting=meeting)
        assert live_panels(meeting, cohort.plan)["kommun"].n == 6
        request = ask_reopening(assessment=submitted, reason="Ofullständig.", by=leader)
        answer_reopening(reopening=request, consented=True, by=anna)
        assert live_panels(meeting, cohort.plan)["kommun"].n == 5
        # One has left: shown anew, the two panels would tell its values by subtraction (ADR 18).
        assert figures_at(meeting, cohort.plan, ANYONE)["kommun"].n == 6

    def test_two_requests_do_not_stand_at_once(self, submitted, leader, later):
        first = ask_reopening(assessment=submitted, reason="Ofullständig.", by=leader)
        assert ask_reopening(assessment=submitted, reason="Ofullständig.", by=leader) == first
        with pytest.raises(ActionRefused, match="redan en begäran"):
            ask_reopening(assessment=submitted, reason="Fel träff.", move_to=later, by=leader)

    def test_a_request_can_be_withdrawn_until_it_is_answered(self, submitted, leader, anna):
        request = ask_reopening(assessment=submitted, reason="Ofullständig.", by=leader)
        withdraw_reopening(reopening=request, by=leader)
        withdraw_reopening(reopening=request, by=leader)
        assert AuditEvent.objects.filter(kind="reopening_withdrawn").count() == 1
        with pytest.raises(ActionRefused, match="tagit tillbaka"):
            answer_reopening(reopening=request, consented=True, by=anna)
        again = ask_reopening(assessment=submitted, reason="Ändå.", by=leader)
        answer_reopening(reopening=again, consented=False, by=anna)
        with pytest.raises(ActionRefused, match="redan svarat"):
            withdraw_reopening(reopening=again, by=leader)


class TestMoving:
    def test_a_misplaced_one_goes_to_the_right_meeting(self, submitted, leader, anna, later):
        request = ask_reopening(assessment=submitted, reason="Fel träff.", move_to=later, by=leader)
        assert Assessment.objects.get().meeting == submitted.meeting
        answer_reopening(reopening=request, consented=True, by=anna)
        moved = Assessment.objects.get()
        assert (moved.meeting, moved.state) == (later, "draft")
        assert AuditEvent.objects.get(kind="reopening_asked").data["move_to"] == later.name

    def test_with_a_no_it_stays(self, submitted, leader, anna, later):
        request = ask_reopening(assessment=submitted, reason="Fel träff.", move_to=later, by=leader)
        answer_reopening(reopening=request, consented=False, by=anna)
        assert Assessment.objects.get().meeting == submitted.meeting

    def test_only_to_a_meeting_it_can_belong_to(self, submitted, leader, later, participation):
        strategists = MeetingFactory(cohort=participation.cohort, kind="strategist_meeting")
        elsewhere = MeetingFactory()
        another_groups = MeetingFactory(cohort=participation.cohort, group=GroupFactory(cohort=participation.cohort))
        taken = MeetingFactory(cohort=participation.cohort)
        AssessmentFactory(participation=participation, meeting=taken)
        assert list(right_meetings(submitted)) == [later]
        for wrong in (strategists, elsewhere, another_groups, taken, submitted.meeting):
            with pytest.raises(ActionRefused, match="kan inte flyttas"):
                ask_reopening(assessment=submitted, reason="Fel träff.", move_to=wrong, by=leader)

    def test_one_begun_there_meanwhile_is_not_run_over(self, submitted, leader, anna, later, participation):
        request = ask_reopening(assessment=submitted, reason="Fel träff.", move_to=later, by=leader)
        start_assessment(participation=participation, meeting=later, by=anna)
        with pytest.raises(ActionRefused, match="redan en till den träffen"):
            answer_reopening(reopening=request, consented=True, by=anna)
        submitted.refresh_from_db()
        assert submitted.is_submitted
        assert Reopening.objects.get().consented is None

    def test_both_meetings_panels_follow(self, submitted, leader, anna, cohort, later, after_the_meeting):
        after_the_meeting.move_to(date(2026, 12, 2))
        request = ask_reopening(assessment=submitted, reason="Fel träff.", move_to=later, by=leader)
        moved = answer_reopening(reopening=request, consented=True, by=anna)
        assert [
            live_panels(panel_meeting, cohort.plan)["kommun"].n for panel_meeting in (submitted.meeting, later)
        ] == [0, 0]
        submit_assessment(assessment=moved, assessors=3, by=anna)
        assert [
            live_panels(panel_meeting, cohort.plan)["kommun"].n for panel_meeting in (submitted.meeting, later)
        ] == [0, 1]


class TestChangesAfterwards:
    def test_each_changed_value_has_its_reason_in_the_owners_trail(self, client, submitted, leader, anna, bo):
        request = ask_reopening(assessment=submitted, reason="Moment 4 stämmer inte.", by=leader)
        answer_reopening(reopening=request, consented=True, by=anna)
        score = Score.objects.get(item=submitted.items[3])
        change = {
            "assessment": submitted,
            "item": score.item,
            "content": content_of(score)._replace(value=Decimal("3"), aim=Decimal("3")),
            "revision": score.revision,
            "by": bo,
        }
        with pytest.raises(ActionRefused, match="enats om värdet"):
            save_score(**change)
        save_score(**change, why="Nämnden har beslutat.")
        client.force_login(anna)
        text = flat(
            client.get(
                reverse("overview:trail", args=[submitted.participation.cohort.slug, submitted.participation.code])
            )
        )
        for sentence in (
            "<b>Bo</b> ändrade ett värde som ni hade enats om",
            "från 2 till 3; ändrade målet; skäl: Nämnden har beslutat.",
            "<b>Anna</b> öppnade självskattningen igen, som SKR hade bett om",
            "<b>Lena</b> bad att få öppna självskattningen igen",
            "Moment 4 stämmer inte.",
        ):
            assert sentence in text

    def test_half_steps_are_told_with_a_comma(self, client, anna, participation, meeting):
        draft = AssessmentFactory(participation=participation, meeting=meeting, half_steps=True, values=[2])
        save_score(
            assessment=draft, item=draft.items[0], content=ScoreContent(value=Decimal("2.5")), revision=1, by=anna
        )
        client.force_login(anna)
        trail = reverse("overview:trail", args=[participation.cohort.slug, participation.code])
        assert "från 2 till 2,5" in client.get(trail).text

    def test_none_of_it_stands_in_skrs_trail(self, client, submitted, leader, anna):
        answer_reopening(
            reopening=ask_reopening(assessment=submitted, reason="Skäl.", by=leader), consented=True, by=anna
        )
        client.force_login(leader)
        assert str(submitted.participation) not in client.get(reverse("overview:skr_trail")).text


class TestPages:
    def test_consent_by_the_buttons_on_the_read_page(self, client, submitted, leader, anna, bo, later):
        client.force_login(leader)
        url = reverse("assessments:ask_reopening", args=[submitted.pk])
        assert client.post(url, {"reason": ""}).status_code == 422
        client.post(url, {"reason": "Inlämnad till fel träff.", "move_to": later.pk})
        assert "Begäran om att öppna igen väntar på svar" in flat(client.get(submitted.get_absolute_url()))
        to = reverse("assessments:answer_reopening", args=[Reopening.objects.get().pk])
        for user, expected in ((leader, 403), (bo, 403), (anna, 302)):
            client.force_login(user)
            assert client.post(to, {"consented": "ja"}).status_code == expected
        assert Assessment.objects.get().meeting == later

    def test_a_click_that_says_neither_changes_nothing(self, client, submitted, leader, anna):
        request = ask_reopening(assessment=submitted, reason="Skäl.", by=leader)
        client.force_login(anna)
        client.post(reverse("assessments:answer_reopening", args=[request.pk]), {})
        assert Reopening.objects.get().consented is None

    def test_the_request_is_not_the_groups(self, client, submitted, leader, others):
        request = ask_reopening(assessment=submitted, reason="Moment 4 stämmer inte.", by=leader)
        for user in others.values():
            client.force_login(user)
            assert "Moment 4 stämmer inte." not in client.get(submitted.get_absolute_url()).text
            assert client.post(reverse("assessments:answer_reopening", args=[request.pk])).status_code == 404

    def test_states_are_told_as_they_are(self, client, submitted, anna, others, after_the_meeting):
        def seen_by(user):
            client.force_login(user)
            return flat(client.get(submitted.get_absolute_url()))

        locked = f"Låst sedan {submitted.meeting} började den 1 oktober 2026."
        assert locked in seen_by(anna)
        assert locked in seen_by(others["groupmate"])
        after_the_meeting.move_to(BEFORE)
        begins = f"tills {submitted.meeting} börjar den 1 oktober 2026."
        assert f"Ni kan ta tillbaka den {begins}" in seen_by(anna)
        assert f"Organisationen kan ta tillbaka den {begins}" in seen_by(others["groupmate"])

    def test_a_retracted_draft_says_that_its_figures_are_out(self, client, submitted, anna, after_the_meeting):
        after_the_meeting.move_to(BEFORE)
        politician = DelegateFactory(participation=submitted.participation, function=Function.POLITICIAN).user
        client.force_login(politician)
        out = "Värdena räknas inte i omgångens siffror förrän den är inlämnad."
        retract_assessment(assessment=submitted, by=anna)
        assert f"Den var inlämnad men är tillbakatagen. {out}" in flat(client.get(submitted.get_absolute_url()))

    def test_own_words_and_spread_stay_at_home(self, client, submitted, anna, others, leader):
        Score.objects.filter(item__number=4).update(
            comment="Delad kommentar",
            since_last="Har hänt",
            shared=True,
            reasoning="Vårt resonemang",
            next_step="Vårt nästa steg",
            aim=Decimal(3),
            spread_low=Decimal(1),
            spread_high=Decimal(3),
            raters={"politician": 2, "manager": 1},
        )
        Score.objects.filter(item__number=5).update(comment="Egen kommentar", since_last="Eget")
        own = ("Vårt resonemang", "Vårt nästa steg", "Mål till nästa gång", "Från 1 till 3: två politiker och en chef")
        for user in (anna, leader, *others.values()):
            client.force_login(user)
            text = flat(client.get(submitted.get_absolute_url()))
            assert "Delad kommentar" in text
            assert "Har hänt" in text
            assert all((words in text) == (user == anna) for words in (*own, "Egen kommentar", "Eget"))

    def test_what_has_moved_since_an_earlier_omgang_is_told_to_its_own(self, client, submitted, anna, others):
        old = ParticipationFactory(organisation=submitted.participation.organisation)
        earlier = MeetingFactory(cohort=old.cohort, starts_on=date(2025, 1, 1), name="Gamla träffen")
        AssessmentFactory(participation=old, meeting=earlier, submitted=True, values=[1] * 10)
        for user, reads_it in ((anna, True), (others["groupmate"], False), (others["evaluator"], False)):
            client.force_login(user)
            text = client.get(submitted.get_absolute_url()).text
            assert ("Gamla träffen" in text, "förändring +1" in text) == (reads_it, reads_it)


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("agreed_value_changed", {"before": "2", "after": "2,5", "why": "Beslut."}, "från 2 till 2,5; skäl: Beslut."),
        ("value_agreed", {"value": "2,5"}, "värdet 2,5"),
        ("values_carried_over", {"moment": [1, 4, 7]}, "moment 1, 4 och 7"),
        ("workbook_imported", {"moment": 10}, "tio moment"),
        ("round_opened", {"invited": 5}, "fem inbjudna"),
        ("raters_invited", {"invited": 1}, "en inbjuden"),
        ("round_closed", {"ready": 3, "invited": 5, "by_itself": False}, "tre av fem hade skattat klart"),
        (
            "round_closed",
            {"ready": 5, "invited": 5, "by_itself": True},
            "fem av fem hade skattat klart, så den stängdes av sig själv",
        ),
        ("evidence_added", {"title": "Plan", "shared": False}, "”Plan”, bara vi"),
        ("evidence_removed", {"title": "Plan", "shared": True}, "”Plan”, delas med gruppen"),
        ("query_asked", {}, ""),
        ("query_answered", {"changed": True}, "ändrade sitt svar"),
        ("reopening_asked", {"reason": "Fel.", "move_to": "Träff 3"}, "den hör till Träff 3; Fel."),
        ("reopening_answered", {"consented": False}, "nej, den är låst som förut"),
        ("part_renamed", {"before": "Skolan", "after": "Skolnämnden"}, "från ”Skolan” till ”Skolnämnden”"),
        (
            "title_decided",
            {"given": True, "decided_on": "2026-09-20", "decided_by": "Styrgruppen", "corrected": True},
            "får titeln, beslutat 20 september 2026 av Styrgruppen; rättade beslutet",
        ),
        (
            "score_saved",
            {"before": None, "after": "2", "also": ["aim", "since_last", "reasoning"]},
            "satte värdet 2; ändrade målet, vad som har hänt sedan sist och hur ni resonerade",
        ),
    ],
)
def test_an_events_data_in_words(kind, data, words):
    assert details(AuditEvent(kind=kind, data=data)) == words
