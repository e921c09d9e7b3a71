"""Whole and parts, in, between and after: rated apart, shown side by side, never averaged or counted in."""

import json
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from assessments.actions.assessments import start_assessment, submit_assessment
from assessments.actions.parts import add_part, remove_part, rename_part
from assessments.figures.panels import live_panels
from assessments.figures.releases import renew_release
from assessments.figures.sights import ANYONE, figures_at
from assessments.models import Assessment
from assessments.occasions import every_occasion, occasion_of, occasions_of
from assessments.raters import have_changed, raters_line
from checklist.models import Checklist
from cohorts.models import Cohort, Part
from cohorts.roles import roles_of
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import Stale, content_of, digest
from reports.content import joint_content
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    GroupMentorFactory,
    JointReportFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
THEN, NOW = date(2026, 9, 20), date(2026, 10, 20)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(THEN):
        yield


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def participation(cohort):
    return ParticipationFactory(cohort=cohort, group=GroupFactory(cohort=cohort))


@pytest.fixture
def anna(participation):
    """Strateg."""
    return DelegateFactory(participation=participation, user__name="Anna").user


@pytest.fixture
def board(participation):
    return Part.objects.create(organisation=participation.organisation, name="Socialnämnden")


@pytest.fixture
def leader():
    return UserFactory(skr_role="process_leader")


def at(participation, month, values, part=None, **rest):
    meeting, _ = participation.cohort.meetings.get_or_create(
        key=f"learning-{month}",
        defaults={
            "name": f"Lärandeträff {month}",
            "kind": "learning_meeting",
            "number": month,
            "starts_on": date(2026, month, 10),
            "ends_on": date(2026, month, 10),
            "form": "digital",
        },
    )
    return handed_in(participation, values, date(2026, month, 1), meeting=meeting, part=part, **rest)


def handed_in(participation, values, day=THEN, meeting=None, part=None, **rest):
    return AssessmentFactory(
        participation=participation,
        meeting=meeting,
        part=part,
        submitted=True,
        submitted_on=day,
        values=values,
        **rest,
    )


def place(name, participation, *more):
    return reverse(name, args=[participation.cohort.slug, participation.code, *more])


def opened(client, user, name, participation, *more, **query):
    client.force_login(user)
    return client.get(place(name, participation, *more), query)


class TestTheOccasion:
    def test_a_meeting_is_compared_with_the_meeting_before(self, participation, leader):
        at(participation, 4, [1] * 10)
        handed_in(participation, [3] * 10, date(2026, 6, 1))
        at(participation, 9, [2, 1, *[1] * 8])
        first, second = occasions_of(participation, roles_of(leader))
        assert (first.movement, second.since) == (None, first)
        assert [(row.now, row.before, row.change) for row in second.items[:2]] == [(2, 1, 1), (1, 1, 0)]
        assert (second.total, second.floor, second.max_possible) == (11, 10, 30)

    def test_outside_meetings_it_is_compared_with_what_came_last(self, participation, leader):
        at(participation, 4, [1] * 10)
        handed_in(participation, [2] * 10, date(2026, 6, 1))
        handed_in(participation, [3] * 10, date(2026, 7, 1))
        _, first, second = every_occasion(participation, roles_of(leader))
        assert (first.since.name, second.since) == ("Lärandeträff 4", first)
        assert [row.change for row in first.items] == [1] * 10

    def test_a_part_is_compared_with_itself_alone(self, participation, board, leader):
        at(participation, 4, [3] * 10)
        at(participation, 4, [1] * 10, part=board)
        at(participation, 9, [2] * 10, part=board)
        _, second = [each for each in every_occasion(participation, roles_of(leader)) if each.part == board]
        assert {row.before for row in second.items} == {1}
        assert [occasion.part for occasion in occasions_of(participation, roles_of(leader))] == [None]

    def test_nothing_moves_from_one_version_to_another(self, participation, leader):
        at(participation, 4, [1] * 10, checklist=Checklist.objects.get(key="skr-2020"))
        at(participation, 9, [2] * 10)
        occasions = every_occasion(participation, roles_of(leader))
        assert [(occasion.since, occasion.movement, occasion.max_possible) for occasion in occasions] == [
            (None, None, 40),
            (None, None, 30),
        ]

    def test_a_draft_stands_where_it_would_be_handed_in(self, participation, anna, leader):
        at(participation, 4, [1] * 10)
        draft = AssessmentFactory(participation=participation, meeting=MeetingFactory(cohort=participation.cohort))
        assert occasion_of(draft, roles_of(anna)).since.name == "Lärandeträff 4"
        assert len(occasions_of(participation, roles_of(anna))) == 1

    def test_an_aim_and_a_missing_value(self, participation, leader):
        assessment = at(participation, 4, [1, None, *[2] * 8])
        assessment.scores.filter(item__number=1).update(aim=2)
        (occasion,) = occasions_of(participation, roles_of(leader))
        assert [(row.now, row.aim) for row in occasion.items[:2]] == [(1, 2), (None, None)]


class TestWhoRated:
    def line(self, now, then=None):
        return raters_line(Assessment(**now), Assessment(**then) if then is not None else None)

    @pytest.mark.parametrize(
        ("now", "sentence"),
        [
            ({}, "Vilka som skattade är inte registrerat."),
            ({"assessors": 1}, "En bedömare har skattat."),
            ({"assessors": 14}, "14 bedömare har skattat."),
            ({"raters": {"manager": 2}}, "Två chefer har skattat."),
            ({"judged_by": "steering_group"}, "Styrgruppens bedömning. Hur många som skattade är inte registrerat."),
            ({"judged_by": "steering_group", "assessors": 6}, "Styrgruppens bedömning: sex bedömare."),
            ({"judged_by": "strategist", "raters": {"strategist": 1}, "assessors": 1}, "Strategens egen bedömning."),
            (
                {"judged_by": "working_group", "raters": {"strategist": 1, "manager": 1, "politician": 2}},
                "Arbetsgruppens bedömning: två politiker, en chef och en strateg.",
            ),
            (
                {"raters": {"contributor": 3, "strategist": 2}},
                "Två strateger och tre medverkande har skattat.",
            ),
        ],
    )
    def test_now(self, now, sentence):
        assert self.line(now) == sentence

    @pytest.mark.parametrize(
        ("now", "then", "sentence"),
        [
            (
                {"judged_by": "working_group", "raters": {"politician": 2, "manager": 1, "strategist": 1}},
                {"judged_by": "steering_group", "raters": {"politician": 3, "strategist": 1}},
                "Arbetsgruppens bedömning: två politiker, en chef och en strateg. Förra gången var det styrgruppens, "
                "med tre politiker och en strateg. Jämför därför med försiktighet.",
            ),
            (
                {"judged_by": "working_group", "raters": {"politician": 2}},
                {"judged_by": "working_group", "raters": {"politician": 1}},
                "Arbetsgruppens bedömning: två politiker. Förra gången var det en politiker. Jämför därför med "
                "försiktighet.",
            ),
            (
                {"judged_by": "working_group", "raters": {"politician": 2}},
                {"judged_by": "steering_group", "raters": {"politician": 2}},
                "Arbetsgruppens bedömning: två politiker. Förra gången var det styrgruppens. Jämför därför med "
                "försiktighet.",
            ),
            (
                {"judged_by": "working_group", "raters": {"politician": 2}},
                {"judged_by": "working_group", "raters": {"politician": 2}},
                "Arbetsgruppens bedömning: två politiker. Sammansättningen var densamma förra gången.",
            ),
            ({"assessors": 4}, {"assessors": 4}, "Fyra bedömare har skattat. Lika många skattade förra gången."),
            (
                {"raters": {"politician": 4}, "assessors": 4},
                {},
                "Fyra politiker har skattat. Vilka som skattade förra gången är inte registrerat.",
            ),
            ({}, {"assessors": 4}, "Vilka som skattade är inte registrerat. Förra gången var det fyra bedömare."),
            ({}, {}, "Vilka som skattade är inte registrerat för någon av gångerna."),
        ],
    )
    def test_against_the_time_before(self, now, then, sentence):
        assert self.line(now, then) == sentence

    @pytest.mark.parametrize(
        ("now", "then", "changed"),
        [
            ({"assessors": 4}, {"assessors": 5}, True),
            ({"assessors": 4}, {"assessors": 4}, False),
            ({"assessors": 4}, {}, None),
            ({"assessors": 2, "raters": {"manager": 2}}, {"assessors": 2, "raters": {"politician": 2}}, True),
            ({"assessors": 2, "judged_by": "strategist"}, {"assessors": 2, "judged_by": "working_group"}, True),
        ],
    )
    def test_whether_they_have_changed(self, now, then, changed):
        assert have_changed(Assessment(**now), Assessment(**then)) is changed

    def test_it_stands_on_the_organisations_page(self, client, participation, anna):
        at(participation, 4, [1] * 10, assessors=3)
        at(participation, 9, [2] * 10, assessors=5)
        page = " ".join(opened(client, anna, "assessments:own", participation).text.split())
        assert "Fem bedömare har skattat. Förra gången var det tre bedömare. Jämför därför med försiktighet." in page


class TestTheList:
    def test_added_once_however_it_is_clicked_and_spelt(self, participation, anna):
        first = add_part(organisation=participation.organisation, name="Socialnämnden", by=anna)
        assert add_part(organisation=participation.organisation, name="socialnämnden", by=anna) == first
        assert AuditEvent.objects.filter(kind="part_added", organisation=participation.code).count() == 1

    def test_a_new_name_is_in_the_trail_and_its_ratings_follow(self, participation, board, anna):
        assessment = handed_in(participation, [2] * 10, part=board)
        seen = digest(content_of(board, "name"))
        rename_part(part=board, name="Vård- och omsorgsnämnden", seen=seen, by=anna)
        assert Assessment.objects.get(pk=assessment.pk).part.name == "Vård- och omsorgsnämnden"
        event = AuditEvent.objects.get(kind="part_renamed")
        assert event.data == {"before": "Socialnämnden", "after": "Vård- och omsorgsnämnden"}

    def test_a_stale_page_and_a_taken_name_store_nothing(self, participation, board, anna):
        add_part(organisation=participation.organisation, name="Kulturnämnden", by=anna)
        with pytest.raises(Stale):
            rename_part(part=board, name="Nämnden", seen="gammalt", by=anna)
        with pytest.raises(ActionRefused, match="redan en nämnd"):
            rename_part(part=board, name="kulturnämnden", seen=digest(content_of(board, "name")), by=anna)
        assert sorted(Part.objects.values_list("name", flat=True)) == ["Kulturnämnden", "Socialnämnden"]

    def test_only_one_that_nothing_is_rated_for_is_taken_away(self, participation, board, anna):
        empty = add_part(organisation=participation.organisation, name="Kulturnämnden", by=anna)
        AssessmentFactory(participation=participation, part=board, meeting=None)
        remove_part(part=empty, by=anna)
        remove_part(part=empty, by=anna)
        with pytest.raises(ActionRefused, match="har en självskattning"):
            remove_part(part=board, by=anna)
        assert list(Part.objects.all()) == [board]
        assert AuditEvent.objects.filter(kind="part_removed").count() == 1

    def test_by_the_pages(self, client, participation, anna):
        client.force_login(anna)
        assert client.post(place("assessments:parts", participation), {"name": "  Social  nämnden "}).status_code == 302
        part = Part.objects.get(name="Social nämnden")
        assert client.post(place("assessments:parts", participation), {"name": " "}).status_code == 422
        page = client.get(place("assessments:part", participation, part.pk))
        seen = page.context["form"]["seen"].value()
        other = client.post(place("assessments:part", participation, part.pk), {"name": "Ny", "seen": "gammalt"})
        assert other.status_code == 422
        assert "Så står det sparat nu" in other.text
        client.post(place("assessments:part", participation, part.pk), {"name": "Socialnämnden", "seen": seen})
        assert Part.objects.get().name == "Socialnämnden"
        client.post(place("assessments:part_remove", participation, part.pk))
        assert client.post(place("assessments:part_remove", participation, part.pk)).status_code == 302
        assert not Part.objects.exists()

    def test_another_organisations_part_is_not_found(self, client, participation, anna):
        theirs = Part.objects.create(organisation=ParticipationFactory().organisation, name="Nämnden")
        client.force_login(anna)
        assert client.get(place("assessments:part", participation, theirs.pk)).status_code == 404
        assert client.post(place("assessments:start_part", participation, theirs.pk)).status_code == 404


class TestRatingAPart:
    def test_it_has_its_own_version_where_the_omgang_names_one(self, participation, board, anna):
        plan = participation.cohort.plan
        plan.part_checklist = Checklist.objects.get(key="skr-2023-namnd")
        plan.save()
        whole = start_assessment(participation=participation, meeting=None, by=anna)
        part = start_assessment(participation=participation, meeting=None, part=board, by=anna)
        assert (whole.checklist.key, part.checklist.key) == ("skr-2018", "skr-2023-namnd")

    def test_before_a_meeting_and_outside_from_the_list(self, client, participation, board, anna):
        meeting = MeetingFactory(cohort=participation.cohort)
        client.force_login(anna)
        where = place("assessments:start_part", participation, board.pk)
        for post in ({"traff": meeting.key}, {"traff": meeting.key}, {"traff": ""}, {}):
            assert client.post(where, post).status_code == 302
        pairs = [(assessment.meeting, assessment.part) for assessment in Assessment.objects.all()]
        assert sorted(pairs, key=str) == sorted([(None, board), (meeting, board)], key=str)

    def test_a_value_of_a_part_is_rated_and_handed_in_by_its_page(self, client, participation, board, anna):
        part = start_assessment(participation=participation, meeting=None, part=board, by=anna)
        client.force_login(anna)
        assert "Socialnämnden" in client.get(place("assessments:parts", participation)).text
        assert client.get(part.get_absolute_url()).status_code == 200

    def test_others_see_only_parts_that_have_handed_in(self, client, participation, board, cohort):
        Part.objects.create(organisation=participation.organisation, name="Kulturnämnden")
        mate = DelegateFactory(participation=ParticipationFactory(cohort=cohort, group=participation.group)).user
        handed_in(participation, [2] * 10, part=board)
        AssessmentFactory(participation=participation, part=Part.objects.get(name="Kulturnämnden"), meeting=None)
        page = opened(client, mate, "assessments:parts", participation).text
        assert "Socialnämnden" in page
        assert "Kulturnämnden" not in page
        assert "Kulturnämnden" not in opened(client, mate, "assessments:own", participation).text


class TestSideBySide:
    def cells(self, response):
        return [
            (
                table.checklist.key,
                [column.name for column in table.columns],
                [cell.now for cell in table.rows[0].cells],
            )
            for table in response.context["tables"]
        ]

    def test_the_whole_and_its_parts_at_one_occasion(self, client, participation, board, anna):
        at(participation, 4, [3] * 10)
        at(participation, 4, [1] * 10, part=board)
        at(participation, 9, [2] * 10)
        handed_in(participation, [2] * 10, part=board)
        page = opened(client, anna, "assessments:beside", participation, traff="learning-4")
        assert self.cells(page) == [("skr-2018", ["Hela organisationen", "Socialnämnden"], [3, 1])]
        assert [choice.key for choice in page.context["choices"]] == ["learning-4", "utanfor"]

    def test_versions_never_share_a_row_and_nothing_is_averaged(self, client, participation, board, anna):
        at(participation, 4, [3] * 10)
        namnd = Checklist.objects.get(key="skr-2023-namnd")
        at(participation, 4, [1] * 10, part=board, checklist=namnd)
        page = opened(client, anna, "assessments:beside", participation)
        assert self.cells(page) == [
            ("skr-2018", ["Hela organisationen"], [3]),
            ("skr-2023-namnd", ["Socialnämnden"], [1]),
        ]
        assert "inget medelvärde och ingen summa" in page.text
        assert "olika versioner" in page.text
        assert namnd.items.first().text in page.text

    def test_linked_moment_are_told_with_both_wordings(self, client, participation, board, anna):
        at(participation, 4, [3] * 10)
        new = Checklist.objects.get(key="skr-2020")
        at(participation, 4, [1] * 10, part=board, checklist=new)
        whole, part = opened(client, anna, "assessments:beside", participation).context["tables"]
        assert whole.rows[0].links == ()
        old = Checklist.objects.get(key="skr-2018")
        assert part.rows[0].links == (f"Samma moment, i {old.name}: 1. {old.items.first().text}",)

    def test_a_draft_is_not_there_and_without_parts_it_says_so(self, client, participation, board, anna):
        at(participation, 4, [3] * 10)
        AssessmentFactory(participation=participation, part=board, meeting=None)
        assert (
            "Ingen nämnd eller förvaltning har lämnat in"
            in opened(client, anna, "assessments:beside", participation).text
        )


class TestOutsideMeetings:
    def test_one_open_draft_at_a_time_and_several_over_time(self, client, participation, anna):
        client.force_login(anna)
        for _ in range(2):
            client.post(place("assessments:start_outside", participation))
        draft = Assessment.objects.get()
        assert (draft.meeting, draft.is_draft) == (None, True)
        draft.delete()
        handed_in(participation, [2] * 10, date(2026, 6, 1))
        handed_in(participation, [3] * 10, date(2026, 7, 1))
        page = opened(client, anna, "assessments:own", participation).text
        assert "Inlämnad 1 juni 2026" in page
        assert "Inlämnad 1 juli 2026" in page

    def test_also_when_the_omgang_is_over(self, client, participation, anna):
        with time_machine.travel(date(2029, 1, 1)):
            client.force_login(anna)
            assert "Skatta utanför träffarna" in client.get(place("assessments:own", participation)).text
            client.post(place("assessments:start_outside", participation))
            draft = Assessment.objects.get()
            assert client.get(draft.get_absolute_url()).status_code == 200
            for item in draft.items:
                draft.scores.create(item=item, value=2)
            assert client.get(reverse("assessments:submit", args=[draft.pk])).status_code == 200
            assert submit_assessment(assessment=draft, assessors=3, by=anna).submitted_on == date(2029, 1, 1)

    def test_the_second_of_a_day_waits_for_another(self, participation, anna):
        handed_in(participation, [2] * 10)
        second = AssessmentFactory(participation=participation, meeting=None, values=[3] * 10)
        with pytest.raises(ActionRefused, match="redan lämnat in en självskattning utanför träffarna i dag"):
            submit_assessment(assessment=second, assessors=3, by=anna)
        with time_machine.travel(NOW):
            submit_assessment(assessment=second, assessors=3, by=anna)


class TestAMentor:
    @pytest.fixture
    def mentoring(self, participation):
        return GroupMentorFactory(group=participation.group).participation

    def test_its_own_page_offers_it_and_no_meeting(self, client, mentoring):
        user = DelegateFactory(participation=mentoring).user
        page = opened(client, user, "assessments:own", mentoring)
        assert "Skatta er egen organisation" in page.text
        assert (page.context["turns"], page.context["due"]) == ([], None)
        client.post(place("assessments:start_outside", mentoring))
        assert Assessment.objects.get().participation == mentoring

    def test_not_before_a_meeting(self, mentoring, anna):
        with pytest.raises(ActionRefused, match="ingen självskattning"):
            start_assessment(participation=mentoring, meeting=MeetingFactory(cohort=mentoring.cohort), by=anna)

    def test_the_group_it_mentors_does_not_read_it(self, client, mentoring, anna):
        own = handed_in(mentoring, [3] * 10)
        client.force_login(anna)
        assert client.get(own.get_absolute_url()).status_code == 404

    @pytest.mark.parametrize("kind", ["mentor", "outside", "part"])
    def test_the_omgangs_figures_are_the_same_without_it(self, cohort, participation, mentoring, board, kind):
        """What is live, what is shown, what `statistics` prints and what the joint report holds."""
        meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 9, 1))
        for other in [participation, *(ParticipationFactory(cohort=cohort) for _ in range(5))]:
            handed_in(other, [2] * 10, date(2026, 8, 20), meeting=meeting)
        renew_release(meeting=meeting)
        before = self.figures(cohort, meeting)
        rated = {
            "mentor": lambda: handed_in(mentoring, [3] * 10),
            "outside": lambda: handed_in(participation, [3] * 10),
            "part": lambda: handed_in(participation, [3] * 10, meeting=meeting, part=board),
        }[kind]()
        assert rated.is_submitted
        renew_release(meeting=meeting)
        assert self.figures(cohort, meeting) == before

    def figures(self, cohort, meeting):
        cohort = Cohort.objects.select_related("plan__checklist").get(pk=cohort.pk)
        printed = StringIO()
        call_command("statistics", cohort.slug, stdout=printed)
        joint = JointReportFactory._meta.model.objects.get_or_create(cohort=cohort)[0]
        seen = figures_at(meeting, cohort.plan, ANYONE)["kommun"]
        live = live_panels(meeting, cohort.plan)["kommun"].answers
        return [live, seen.shown, seen.result, printed.getvalue(), joint_content(joint, meeting, None)]


class TestStatisticsOfOneOrganisation:
    def document(self, participation, **options):
        printed = StringIO()
        call_command(
            "statistics", participation.cohort.slug, organisation=participation.code, stdout=printed, **options
        )
        return json.loads(printed.getvalue())

    def test_all_that_is_submitted_and_nothing_else(self, participation, board):
        at(participation, 4, [1] * 10, assessors=3)
        at(participation, 9, [1.5, *[2] * 9], raters={"manager": 2}, assessors=2, judged_by="working_group")
        handed_in(participation, [3] * 10, part=board)
        AssessmentFactory(participation=participation, meeting=None)
        document = self.document(participation)
        assert {**document, "occasions": len(document["occasions"])} == {
            "cohort": participation.cohort.slug,
            "organisation": participation.code,
            "checklist": "skr-2018",
            "occasions": 3,
        }
        second = document["occasions"][1]
        assert second["items"][0] == {
            "key": "political_decision",
            "number": 1,
            "value": "1.5",
            "before": "1.0",
            "change": "0.5",
            "aim": None,
        }
        rest = {name: value for name, value in second.items() if name != "items"}
        assert rest == {
            "meeting": "learning-9",
            "part": None,
            "checklist": "skr-2018",
            "submitted_on": "2026-09-01",
            "judged_by": "working_group",
            "raters": {"manager": 2},
            "assessors": 2,
            "total": "19.5",
            "floor": 10,
            "max_possible": 30,
            "movement": {
                "from_meeting": "learning-4",
                "from_submitted_on": "2026-04-01",
                "forward": 10,
                "still": 0,
                "back": 0,
            },
        }
        assert [(occasion["meeting"], occasion["part"]) for occasion in document["occasions"]] == [
            ("learning-4", None),
            ("learning-9", None),
            (None, "Socialnämnden"),
        ]

    def test_one_meeting(self, participation):
        at(participation, 4, [1] * 10)
        at(participation, 9, [2] * 10)
        (only,) = self.document(participation, meeting="learning-9")["occasions"]
        assert (only["meeting"], only["movement"]["from_meeting"]) == ("learning-9", "learning-4")

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"organisation": "0000"}, "There is no organisation '0000' in"),
            ({"meeting": "finns-inte"}, "There is no meeting 'finns-inte' in"),
            ({"since": "learning-1"}, "--since is for the whole omgång"),
        ],
    )
    def test_what_is_not_there_is_one_line(self, participation, options, message):
        with pytest.raises(CommandError, match=message):
            self.document_of(participation, **options)

    def document_of(self, participation, **options):
        call_command("statistics", participation.cohort.slug, **{"organisation": participation.code, **options})
