"""Compare and learn: over time with breaks, the group side by side, and whom one can learn from."""

import re
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from accounts.enums import SkrRole
from assessments.actions.assessments import retract_assessment
from assessments.comparing.history import history_of
from assessments.comparing.learning import learning_for, stands_high, stands_low
from assessments.comparing.side_by_side import side_by_side
from assessments.comparing.trend import trend_of
from assessments.enums import Judges
from assessments.figures.releases import renew_releases
from assessments.figures.sights import rule_in_words
from assessments.models import Assessment, Score
from bench.omgang import make_omgang
from bench.pages import Page, Visitor, own
from checklist.lineage import Lineage
from checklist.models import Checklist
from cohorts.enums import CohortKind, Function, OrganisationKind, Status
from cohorts.models import Delegate, Part, Participation
from cohorts.roles import roles_of
from kit.pictures.trend import NARROW, WIDE
from kit.templatetags.swedish import enumerated
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    EvaluatorFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def organisation():
    return OrganisationFactory(short_name="Almby", name="Almby kommun")


def takes_part(organisation, checklist="skr-2018", year=2026, **rest):
    """Its part in an omgång on a version, with one who works there."""
    cohort = CohortFactory(
        plan__checklist=checklist,
        plan__half_steps=True,
        starts_on=date(year, 1, 1),
        ends_on=date(2027, 12, 31),
    )
    return ParticipationFactory(cohort=cohort, organisation=organisation, **rest)


def rated(participation, values, day, **rest):
    meeting = MeetingFactory(cohort=participation.cohort, starts_on=day)
    return AssessmentFactory(participation=participation, meeting=meeting, values=values, submitted=True, **rest)


def someone_at(participation, function=Function.STRATEGIST, **about):
    about = {f"user__{name}": value for name, value in about.items()}
    return DelegateFactory(participation=participation, function=function, starts_on=date(2026, 1, 1), **about).user


def path(name, participation):
    return reverse(f"assessments:{name}", args=[participation.cohort.slug, participation.code])


class TestWords:
    @pytest.mark.parametrize(
        ("parts", "words"), [([], ""), (["3"], "3"), (["3", "4"], "3 och 4"), (["3", "4", "5"], "3, 4 och 5")]
    )
    def test_enumerated(self, parts, words):
        assert enumerated(parts) == words


class TestChainOfVersions:
    """2017 → 2018 → 2020 → 2023, each with other moment and, from 2020, another scale."""

    @pytest.fixture
    def history(self, organisation):
        for year, key, values in (
            (2017, "skr-2017", range(1, 4)),
            (2018, "skr-2018", range(1, 4)),
            (2020, "skr-2020", range(1, 5)),
            (2023, "skr-2023-overgripande", range(1, 5)),
        ):
            member = takes_part(organisation, key, year)
            count, top = member.cohort.plan.checklist.items.count(), max(values)
            for month in (3, 9):
                rated(member, [1 + (n + month) % top for n in range(count)], date(year, month, 1))
        return history_of(organisation, None, roles_of(someone_at(Participation.objects.last())))

    def moment(self, history, number):
        return next(each for each in history.items if each.item.number == number)

    def test_versions_in_the_order_of_the_links_each_with_its_scale(self, history):
        versions = [(version.name, version.scale, len(version.occasions)) for version in history.versions]
        assert versions == [
            ("2017 års version", "tre steg", 2),
            ("2018 års version", "tre steg", 2),
            ("2020 års version", "fyra steg", 2),
            ("2023 års version (övergripande nivå)", "fyra steg", 2),
        ]

    def test_merged_moment_are_told_all_the_way_back(self, history):
        assert [(past.version.checklist.year, past.words) for past in self.moment(history, 4).past] == [
            (2020, "moment 5 och 8, sammanslagna"),
            (2018, "moment 5, samma som moment 5 i 2020 års version; moment 8, samma som moment 8 i 2020 års version"),
            (
                2017,
                "moment 5 och 6, sammanslagna till moment 5 i 2018 års version; "
                "moment 10, samma som moment 8 i 2018 års version",
            ),
        ]

    def test_a_split_moment_stands_under_each_of_its_heirs(self, history):
        for number in (5, 6):
            past = self.moment(history, number).past[0]
            assert past.words == "moment 6, delat i moment 5 och 6 i 2023 års version (övergripande nivå)"
            assert [stretch.item.key for stretch in past.stretches] == ["sex_disaggregated_statistics"]

    def test_a_related_and_a_same_moment(self, history):
        assert self.moment(history, 1).past[0].words == "moment 1, samma moment"
        assert self.moment(history, 8).past[0].words == "moment 10, besläktat"
        assert self.moment(history, 2).past[2].words == "moment 2, besläktat med moment 2 i 2018 års version"

    def test_a_moment_without_an_heir_stands_for_itself(self, history):
        assert [each.item.key for each in history.gone] == ["steering_system_overview"]

    def test_each_value_stands_on_its_own_version(self, history):
        past = self.moment(history, 4).past
        assert [stretch.item.number for stretch in past[0].stretches] == [5, 8]
        assert all(len(stretch.points) == 2 for each in past for stretch in each.stretches)
        assert past[2].stretches[0].values == "2\u00a0· 2"  # moment 5 of 2017: 1 + (4 + 3) % 3 and 1 + (4 + 9) % 3

    def test_nothing_is_carried_over_a_break(self, history):
        for version in history.versions:
            first, second = version.occasions
            assert (first.since, first.movement) == (None, None)
            assert second.since == first
        assert all(stretch.points[0].row.change is None for _, table in history.tables for stretch in table)

    def test_the_headline_is_of_the_newest_version_alone(self, history):
        moved = history.newest.movement
        assert len(moved.forward) + len(moved.still) + len(moved.back) == 10
        assert history.headline.endswith("av tio moment står högre än vid första tillfället på samma version.")

    def test_the_picture_breaks_and_has_a_frame_for_each_moment(self, history):
        trend = trend_of(self.moment(history, 4))
        for narrow, width in ((False, WIDE), (True, NARROW)):
            drawing = trend.drawing(narrow=narrow)
            assert len(drawing.breaks) == 3
            assert [frame.name.text for frame in drawing.frames] == [
                f"Moment {number}" for number in (5, 6, 10, 5, 8, 5, 8, 4)
            ]
            assert [frame.highest for frame in drawing.frames] == [3, 3, 3, 3, 3, 4, 4, 4]
            assert drawing.width <= width
            assert max(dot.x for frame in drawing.frames for dot in frame.dots) < width
            assert all(len(frame.lines) == 1 for frame in drawing.frames)
        assert "Linjen bryts där versionen byts." in trend.description

    def test_links_reach_past_a_version_never_used(self, organisation):
        rated(takes_part(organisation, "skr-2018", 2018), [2] * 10, date(2018, 3, 1))
        now = takes_part(organisation, "skr-2023-overgripande", 2023)
        rated(now, [3] * 10, date(2023, 3, 1))
        history = history_of(organisation, None, roles_of(someone_at(now)))
        [past] = self.moment(history, 4).past
        assert past.version.checklist.year == 2018
        assert [stretch.item.number for stretch in past.stretches] == [5, 8]

    def test_the_page_says_both_wordings_at_the_break(self, client, history, organisation):
        member = Participation.objects.get(organisation=organisation, cohort__plan__checklist__year=2023)
        client.force_login(someone_at(member))
        page = client.get(path("history", member)).text
        old = Checklist.objects.get(key="skr-2020").items.get(number=5)
        for words in ("I 2020 års version, fyra steg:", "Skalan har fyra steg", f"5. {old.text}", "Moment utan efter"):
            assert words in page

    def test_queries_do_not_grow_with_versions_and_occasions(self, client, organisation, django_assert_max_num_queries):
        counts = []
        for year, key in ((2018, "skr-2018"), (2020, "skr-2020"), (2023, "skr-2023-overgripande")):
            member = takes_part(organisation, key, year)
            for month in range(1, 5):
                rated(member, [2] * 10, date(year, month, 1))
            client.force_login(someone_at(member))
            with django_assert_max_num_queries(25) as asked:
                client.get(path("history", member))
            counts.append(len(asked.captured_queries))
        assert counts[0] == counts[1] == counts[2]


class TestOverTime:
    def test_half_steps_and_both_omgangar(self, organisation):
        first, second = takes_part(organisation, year=2024), takes_part(organisation)
        rated(first, ["1.5"] * 10, date(2024, 3, 1))
        rated(second, ["2.5"] * 10, date(2026, 3, 1))
        history = history_of(organisation, None, roles_of(someone_at(second)))
        [version] = history.versions
        assert [cohort for cohort, _ in version.cohorts] == [first.cohort, second.cohort]
        assert history.items[0].now.values == "1,5\u00a0· 2,5"
        assert history.items[0].now.points[1].row.change == 1
        assert history.headline == "Tio av tio moment står högre än vid första tillfället på samma version."

    @pytest.mark.parametrize("narrow", [False, True])
    def test_a_long_line_goes_on_under_itself(self, organisation, narrow):
        member = takes_part(organisation)
        for month in range(1, 11):
            for day in (1, 15):
                rated(member, [1 + (month + day) % 3] * 10, date(2026, month, day))
        history = history_of(organisation, None, roles_of(someone_at(member)))
        drawing = trend_of(history.items[0]).drawing(narrow=narrow)
        dots = [dot for frame in drawing.frames for dot in frame.dots]
        assert len(dots) == 20
        assert len({(dot.x, frame.heading.y) for frame in drawing.frames for dot in frame.dots}) == 20
        assert max(dot.x for dot in dots) + 13 <= (NARROW if narrow else WIDE)
        assert max(dot.y for dot in dots) < drawing.height

    def test_missing_is_missing(self, organisation):
        member = takes_part(organisation)
        rated(member, [2] * 10, date(2026, 3, 1))
        Score.objects.filter(item__number=1).delete()
        history = history_of(organisation, None, roles_of(someone_at(member)))
        assert history.items[0].now.values == "–"
        drawing = trend_of(history.items[0]).drawing(narrow=False)
        assert (drawing.frames[0].dots, len(drawing.frames[0].missing)) == ([], 1)

    def test_outside_meetings_stands_in_time_but_is_no_measure_for_a_meeting(self, organisation):
        member = takes_part(organisation)
        rated(member, [1] * 10, date(2026, 3, 1))
        outside = AssessmentFactory(participation=member, meeting=None, values=[3] * 10, submitted=True)
        Assessment.objects.filter(pk=outside.pk).update(submitted_on=date(2026, 5, 1))
        rated(member, [2] * 10, date(2026, 9, 1))
        [version] = history_of(organisation, None, roles_of(someone_at(member))).versions
        assert [occasion.name for occasion in version.occasions][1] == "Utanför träffarna"
        assert [occasion.since and occasion.since.assessment.pk for occasion in version.occasions] == [
            None,
            version.occasions[0].assessment.pk,
            version.occasions[0].assessment.pk,
        ]

    def test_a_part_has_its_own_history_and_none_of_the_wholes(self, client, organisation):
        member = takes_part(organisation)
        rated(member, [1] * 10, date(2026, 3, 1))
        part = Part.objects.create(organisation=organisation, name="Kulturnämnden")
        rated(member, [3] * 10, date(2026, 4, 1), part=part)
        roles = roles_of(someone_at(member))
        assert history_of(organisation, None, roles).items[0].now.values == "1"
        assert history_of(organisation, part, roles).items[0].now.values == "3"
        client.force_login(someone_at(member))
        assert "Kulturnämnden" in client.get(path("history", member)).text
        assert client.get(path("history", member), {"del": part.pk}).status_code == 200
        for wrong in ("0", "x"):
            assert client.get(path("history", member), {"del": wrong}).status_code == 404

    def test_whose_judgement_and_by_whom(self, client, organisation):
        member = takes_part(organisation)
        rated(
            member, [1] * 10, date(2026, 3, 1), judged_by=Judges.STEERING_GROUP, raters={"politician": 2}, assessors=2
        )
        rated(member, [2] * 10, date(2026, 9, 1), judged_by=Judges.STEERING_GROUP, raters={"manager": 3}, assessors=3)
        client.force_login(someone_at(member))
        page = client.get(path("history", member)).text
        assert "Styrgruppens bedömning: två politiker." in page
        assert "Då skattade två politiker, nu tre chefer. Jämför därför med försiktighet." in page
        assert re.search(r"Sedan Lärandeträff \d+, 1 mars 2026: tio högre", page)

    def test_only_what_differs_with_both_values_beside_each_other(self, client, organisation):
        participation = takes_part(organisation)
        rated(participation, [2] * 10, date(2026, 3, 1))
        rated(participation, [2] * 7 + [3] * 3, date(2026, 9, 1))
        client.force_login(someone_at(participation))
        every = client.get(path("history", participation)).text
        assert (every.count('class="card trend-card"'), "?visa=skillnader" in every) == (10, True)
        some = client.get(path("history", participation), {"visa": "skillnader"}).text
        assert some.count('class="card trend-card"') == 3
        assert "Sju moment är dolda, eftersom de har samma värde vid alla tillfällen." in some
        rows = re.findall(r'<th scope="row">(\d+)\..*?</tr>', some, re.S)
        assert rows == ["8", "9", "10"]

    def test_of_one_occasion_all_is_shown(self, client, organisation):
        participation = takes_part(organisation)
        rated(participation, [2] * 10, date(2026, 3, 1))
        client.force_login(someone_at(participation))
        page = client.get(path("history", participation), {"visa": "skillnader"}).text
        assert page.count('<th scope="row">') == 10

    def test_nothing_differs(self, client, organisation):
        participation = takes_part(organisation)
        for day in (date(2026, 3, 1), date(2026, 9, 1)):
            rated(participation, [2] * 10, day)
        client.force_login(someone_at(participation))
        page = client.get(path("history", participation), {"visa": "skillnader"}).text
        assert "Tio moment är dolda" in page
        assert '<th scope="row">' not in page

    def test_one_occasion_is_a_table_and_no_picture(self, client, organisation):
        member = takes_part(organisation)
        rated(member, [2] * 10, date(2026, 3, 1))
        client.force_login(someone_at(member))
        page = client.get(path("history", member)).text
        assert ("Ett tillfälle hittills" in page, "<svg" in page.split("<main")[1]) == (True, False)

    def test_drafts_are_not_in_it(self, organisation):
        member = takes_part(organisation)
        AssessmentFactory(participation=member, values=[3] * 10)
        assert history_of(organisation, None, roles_of(someone_at(member))).versions == ()

    def test_nothing_yet_says_so(self, client, organisation):
        member = takes_part(organisation)
        client.force_login(someone_at(member))
        assert "Ingen självskattning är inlämnad än." in client.get(path("history", member)).text

    def test_the_aim_is_the_own_organisations(self, client, organisation):
        member = takes_part(organisation, group=GroupFactory())
        Participation.objects.filter(pk=member.pk).update(group=GroupFactory(cohort=member.cohort))
        member.refresh_from_db()
        rated(member, [1] * 10, date(2026, 3, 1))
        Score.objects.update(aim=Decimal(2))
        mate = ParticipationFactory(cohort=member.cohort, group=member.group)
        for user, sees in ((someone_at(member), True), (someone_at(mate), False)):
            client.force_login(user)
            assert (">mål" in client.get(path("history", member)).text) is sees

    def test_a_groupmate_sees_the_shared_omgang_alone(self, organisation):
        before, now = takes_part(organisation, year=2024), takes_part(organisation)
        rated(before, [1] * 10, date(2024, 3, 1))
        rated(now, [2] * 10, date(2026, 3, 1))
        Participation.objects.filter(pk=now.pk).update(group=GroupFactory(cohort=now.cohort))
        now.refresh_from_db()
        mate = ParticipationFactory(cohort=now.cohort, group=now.group)
        assert history_of(organisation, None, roles_of(someone_at(mate))).n_occasions == 1
        assert history_of(organisation, None, roles_of(someone_at(now))).n_occasions == 2


@pytest.fixture
def cohort():
    return CohortFactory(plan__half_steps=True)


@pytest.fixture
def meeting(cohort):
    return MeetingFactory(cohort=cohort, starts_on=date(2026, 10, 1))


@pytest.fixture
def members(cohort):
    """Three in a group, in an order that is not the alphabet's."""
    group = GroupFactory(cohort=cohort)
    names = ("Cedby", "Almby", "Björkby")
    return [
        ParticipationFactory(cohort=cohort, group=group, position=n, organisation__short_name=name)
        for n, name in enumerate(names)
    ]


def hand_in(member, meeting, values, part=None, **flags):
    assessment = AssessmentFactory(participation=member, meeting=meeting, part=part, values=values, submitted=True)
    if flags:
        assessment.scores.update(**flags)
    return assessment


class TestSideBySide:
    def test_values_movement_and_order(self, cohort, meeting, members):
        earlier = MeetingFactory(cohort=cohort, starts_on=date(2026, 4, 1))
        hand_in(members[0], earlier, [1] * 10)
        for member, value in zip(members, ("2.5", 1, 3), strict=True):
            hand_in(member, meeting, [value] * 10)
        comparison = side_by_side(members[0], roles_of(someone_at(members[0])), None)
        assert [member.name for member in comparison.members] == ["Cedby", "Almby", "Björkby"]
        cells = comparison.rows[0].cells
        assert [cell.moved.now for cell in cells] == [Decimal("2.5"), 1, 3]
        assert [cell.moved.change for cell in cells] == [Decimal("1.5"), None, None]

    def test_the_last_meeting_someone_has_handed_in_to_unless_one_is_asked_for(self, client, cohort, meeting, members):
        earlier = MeetingFactory(cohort=cohort, starts_on=date(2026, 4, 1))
        MeetingFactory(cohort=cohort, starts_on=date(2026, 12, 1))
        hand_in(members[0], earlier, [1] * 10)
        hand_in(members[1], meeting, [2] * 10)
        roles = roles_of(someone_at(members[0]))
        assert side_by_side(members[0], roles, None).meeting == meeting
        assert side_by_side(members[0], roles, earlier.key).meeting == earlier
        client.force_login(someone_at(members[0]))
        assert client.get(path("group", members[0]), {"traff": "finns-inte"}).status_code == 404

    def test_only_what_is_shared_is_read_by_the_group(self, client, meeting, members):
        hand_in(members[0], meeting, [2] * 10, comment="Bara vi vet.", since_last="En utbildning.")
        hand_in(members[1], meeting, [2] * 10, comment="Alla får veta.", since_last="Ett beslut.", shared=True)
        client.force_login(someone_at(members[1]))
        page = client.get(path("group", members[1])).text
        assert "Alla får veta." in page
        assert "Ett beslut." in page
        assert "Bara vi vet." not in page
        assert "En utbildning." not in page
        client.force_login(someone_at(members[0]))
        page = client.get(path("group", members[0])).text
        assert "Bara vi vet." in page
        assert "Bara ni ser det ni har skrivit." in page

    def test_drafts_are_not_handed_in(self, client, meeting, members):
        hand_in(members[0], meeting, [2] * 10)
        AssessmentFactory(participation=members[1], meeting=meeting, values=[3] * 10)
        client.force_login(someone_at(members[1]))
        page = client.get(path("group", members[0])).text
        assert page.count("inte inlämnad än") == 20
        assert "har inte lämnat in till" in page

    def test_only_differences(self, client, meeting, members):
        hand_in(members[0], meeting, [2] * 10)
        hand_in(members[1], meeting, [2] * 7 + [3] * 2 + [None])
        client.force_login(someone_at(members[0]))
        every = client.get(path("group", members[0])).text
        assert every.count('class="side__row"') == 10
        some = client.get(path("group", members[0]), {"visa": "skillnader", "traff": meeting.key}).text
        assert some.count('class="side__row"') == 3
        assert "Sju moment är dolda, eftersom alla har samma värde." in some
        assert f"?traff={meeting.key}" in some
        assert "Gruppen skiljer sig åt i tre av tio moment." in some

    def test_one_alone_hides_nothing(self, meeting, members):
        hand_in(members[0], meeting, [2] * 10)
        comparison = side_by_side(members[0], roles_of(someone_at(members[0])), None)
        assert all(row.differs for row in comparison.rows)

    def test_a_mean_only_when_it_is_released_and_enough(self, client, cohort, meeting, members):
        others = [ParticipationFactory(cohort=cohort) for _ in range(4)]
        for member in [*members, *others]:
            hand_in(member, meeting, [2] * 10)
        client.force_login(someone_at(members[0]))
        words = "Medelvärde för omgångens kommuner visas inte. Siffrorna öppnar under träffens dag."
        assert words in client.get(path("group", members[0])).text
        renew_releases(cohort=cohort)
        page = client.get(path("group", members[0])).text
        assert words not in page
        assert page.count(">7 svar") == 10

    def test_a_small_omgang_in_one_group_sees_its_mean(self, client, cohort, meeting, members):
        for member in members:
            hand_in(member, meeting, [2] * 10)
        client.force_login(someone_at(members[0]))
        assert client.get(path("group", members[0])).text.count(">3 svar") == 10

    def test_in_a_small_omgang_with_others_words(self, client, cohort, meeting, members):
        for member in [*members, ParticipationFactory(cohort=cohort)]:
            hand_in(member, meeting, [2] * 10)
        renew_releases(cohort=cohort)
        client.force_login(someone_at(members[0]))
        page = client.get(path("group", members[0])).text
        assert f"Medelvärde för omgångens kommuner visas inte. {rule_in_words()}" in page
        assert "side__cell--beside" not in page

    def test_skr_sees_the_mean_as_it_stands(self, client, cohort, meeting, members):
        for member in members:
            hand_in(member, meeting, [2] * 10)
        client.force_login(UserFactory(skr_role=SkrRole.PROCESS_LEADER))
        assert client.get(path("group", members[0])).text.count(">3 svar") == 10

    def test_kinds_stand_side_by_side_and_their_means_apart(self, meeting, members):
        meeting.cohort.kind = CohortKind.MIXED
        meeting.cohort.save()
        region = OrganisationFactory(code="87", kind=OrganisationKind.REGION)
        member = ParticipationFactory(cohort=meeting.cohort, group=members[0].group, organisation=region)
        for each in (*members, member):
            hand_in(each, meeting, [2] * 10)
        cohort = type(meeting.cohort).objects.get(pk=meeting.cohort.pk)
        leader = UserFactory(skr_role=SkrRole.PROCESS_LEADER)
        members[0].cohort = cohort
        comparison = side_by_side(members[0], roles_of(leader), None)
        assert [(each.label, each.result.n) for each in comparison.beside] == [
            ("Omgångens kommuner", 3),
            ("Omgångens regioner", 1),
        ]

    def test_no_sums(self, client, meeting, members):
        hand_in(members[0], meeting, [3] * 10)
        client.force_login(someone_at(members[0]))
        assert "umma" not in client.get(path("group", members[0])).text

    def test_another_group_is_not_let_in(self, client, cohort, meeting, members):
        other = ParticipationFactory(cohort=cohort, group=GroupFactory(cohort=cohort))
        client.force_login(someone_at(other))
        assert client.get(path("group", members[0])).status_code == 403

    def test_without_a_group(self, client, cohort):
        alone = ParticipationFactory(cohort=cohort)
        client.force_login(someone_at(alone))
        assert "hör inte till någon grupp" in client.get(path("group", alone)).text

    def test_the_evaluator_and_the_mentor_read_it(self, client, cohort, meeting, members):
        hand_in(members[0], meeting, [3] * 10)
        mentor = GroupMentorFactory(group=members[0].group, participation__cohort=cohort).participation
        for user in (EvaluatorFactory(cohort=cohort).user, someone_at(mentor)):
            client.force_login(user)
            assert client.get(path("group", members[0])).status_code == 200


class TestLearning:
    @pytest.mark.parametrize(
        ("value", "top", "low"), [("1", 3, True), ("2", 3, True), ("2.5", 3, False), ("3", 4, True)]
    )
    def test_what_is_not_low_is_high(self, value, top, low):
        assert stands_low(Decimal(value), top) is low
        assert stands_high(Decimal(value), top) is not low

    @pytest.fixture
    def learner(self, members, meeting):
        hand_in(members[0], meeting, [1] + [3] * 9)
        return members[0]

    @pytest.fixture
    def strategist(self, learner):
        return someone_at(learner)

    def names(self, learner, user):
        user._roles = None
        [lesson] = learning_for(learner, user, TODAY).lessons
        return [teacher.name for teacher in lesson.teachers]

    def test_only_by_consent_and_gone_with_it(self, learner, strategist, members, meeting):
        theirs = hand_in(members[1], meeting, [3] * 10)
        assert self.names(learner, strategist) == []
        theirs.scores.filter(item__number=1).update(glad_to_tell=True)
        assert self.names(learner, strategist) == ["Almbys kommun"]
        theirs.scores.update(glad_to_tell=False)
        assert self.names(learner, strategist) == []

    def test_glad_but_not_high_is_not_named(self, learner, strategist, members, meeting):
        hand_in(members[1], meeting, [2] * 10, glad_to_tell=True)
        hand_in(members[2], meeting, ["2.5"] * 10, glad_to_tell=True)
        assert self.names(learner, strategist) == ["Björkbys kommun"]

    def test_the_last_handed_in_decides(self, learner, strategist, members, meeting):
        hand_in(
            members[1], MeetingFactory(cohort=meeting.cohort, starts_on=date(2026, 4, 1)), [3] * 10, glad_to_tell=True
        )
        assert self.names(learner, strategist) == ["Almbys kommun"]
        hand_in(members[1], meeting, [3] * 10)
        assert self.names(learner, strategist) == []

    def test_neither_drafts_nor_what_is_taken_back_nor_parts_nor_who_has_left(
        self, learner, strategist, members, meeting
    ):
        AssessmentFactory(participation=members[1], meeting=meeting, values=[3] * 10)
        Score.objects.filter(assessment__participation=members[1]).update(glad_to_tell=True)
        part = Part.objects.create(organisation=members[2].organisation, name="Kulturnämnden")
        of_part = AssessmentFactory(
            participation=members[2], meeting=meeting, part=part, values=[3] * 10, submitted=True
        )
        of_part.scores.update(glad_to_tell=True)
        gone = ParticipationFactory(cohort=meeting.cohort, status=Status.WITHDRAWN)
        hand_in(gone, meeting, [3] * 10, glad_to_tell=True)
        assert self.names(learner, strategist) == []

    def test_taken_back_is_not_handed_in(self, learner, strategist, members, cohort):
        coming = MeetingFactory(cohort=cohort, starts_on=date(2026, 12, 1))
        theirs = hand_in(members[1], coming, [3] * 10, glad_to_tell=True)
        assert self.names(learner, strategist) == ["Almbys kommun"]
        retract_assessment(assessment=theirs, by=someone_at(members[1]))
        assert self.names(learner, strategist) == []

    def test_own_organisation_never(self, learner, strategist, organisation):
        elsewhere = ParticipationFactory(cohort=CohortFactory(), organisation=learner.organisation)
        hand_in(
            elsewhere, MeetingFactory(cohort=elsewhere.cohort, starts_on=date(2026, 1, 1)), [3] * 10, glad_to_tell=True
        )
        assert self.names(learner, strategist) == []

    def test_group_first_then_omgang_then_others_by_the_alphabet_never_by_value(
        self, learner, strategist, members, cohort, meeting
    ):
        hand_in(members[2], meeting, ["2.5"] * 10, glad_to_tell=True)
        mentor = GroupMentorFactory(group=learner.group, participation__organisation__short_name="Öby").participation
        Participation.objects.filter(pk=mentor.pk).update(cohort=cohort)
        mentor.refresh_from_db()
        AssessmentFactory(participation=mentor, meeting=None, values=[3] * 10, submitted=True).scores.update(
            glad_to_tell=True
        )
        for name, value in (("Eby", 3), ("Dalby", "2.5")):
            other = ParticipationFactory(cohort=cohort, organisation__short_name=name)
            hand_in(other, meeting, [value] * 10, glad_to_tell=True)
        abroad = ParticipationFactory(cohort=CohortFactory(), organisation__short_name="Abro")
        hand_in(abroad, MeetingFactory(cohort=abroad.cohort), [3] * 10, glad_to_tell=True)
        assert self.names(learner, strategist) == [
            "Björkbys kommun",
            "Öbys kommun",
            "Dalbys kommun",
            "Ebys kommun",
            "Abros kommun",
        ]

    def test_values_to_readers_and_words_by_consent(self, client, learner, strategist, members, cohort, meeting):
        hand_in(members[1], meeting, [3] * 10, glad_to_tell=True, shared=True, comment="Vi började i budgeten.")
        hand_in(members[2], meeting, [3] * 10, glad_to_tell=True, comment="Det här är bara vårt.")
        other = ParticipationFactory(cohort=cohort)
        hand_in(other, meeting, [3] * 10, glad_to_tell=True, shared=True, comment="Vi utbildade alla chefer.")
        client.force_login(strategist)
        page = client.get(path("learn", learner)).text
        assert "Vi började i budgeten." in page
        assert "Det här är bara vårt." not in page
        assert "Vi utbildade alla chefer." in page  # who gladly tells lets what is shared be read
        assert (page.count("hade 3 av 3"), page.count("stod högt")) == (2, 1)
        [lesson] = learning_for(learner, strategist, TODAY).lessons
        assert [teacher.value for teacher in lesson.teachers] == [3, 3, None]

    def test_ends_in_a_name_to_write_to_and_says_the_year(self, client, learner, strategist, members, meeting):
        hand_in(members[1], meeting, [3] * 10, glad_to_tell=True)
        hand_in(members[2], meeting, [3] * 10, glad_to_tell=True)
        someone_at(members[1], name="Kim Kunnig", email="kim@almby.example")
        someone_at(members[1], name="Pol Politiker", function=Function.POLITICIAN)
        former = someone_at(members[2], name="Sam Slutat")
        someone_at(members[2], name="Kai Avslutad", is_active=False)
        Delegate.objects.filter(user=former).update(ends_on=date(2026, 1, 1))
        client.force_login(strategist)
        page = client.get(path("learn", learner)).text
        assert f"hade 3 av 3 år {meeting.starts_on.year}" in page
        assert '<a href="mailto:kim@almby.example">Kim Kunnig</a>, strateg i' in page
        assert "Pol Politiker" not in page
        assert "Sam Slutat" not in page
        assert "Kai Avslutad" not in page

    def test_the_same_moment_on_another_version(self, learner, strategist):
        newer = ParticipationFactory(cohort=CohortFactory(plan__checklist="skr-2020"), organisation__short_name="Nyby")
        hand_in(newer, MeetingFactory(cohort=newer.cohort), [4] * 10, glad_to_tell=True)
        assert self.names(learner, strategist) == ["Nybys kommun"]
        same = Lineage.read().same_as(learner.cohort.plan.items[3])  # competence was merged in 2023
        assert {
            pk for pk in same if pk in set(Checklist.objects.get(key="skr-2023-namnd").items.values_list("pk"))
        } == set()

    def test_a_real_omgang_never_names_an_invented_organisation(self, learner, strategist, cohort):
        invented = ParticipationFactory(cohort=CohortFactory(constructed=False))
        hand_in(invented, MeetingFactory(cohort=invented.cohort), [3] * 10, glad_to_tell=True)
        assert self.names(learner, strategist) == []

    def test_who_has_not_said_so_leaves_no_trace(self, client, learner, strategist, members, meeting):
        client.force_login(strategist)
        before = client.get(path("learn", learner)).text
        hand_in(members[1], meeting, [3] * 10, shared=True, comment="Vi kan det här.")
        after = client.get(path("learn", learner)).text
        # Only what is new on every request may differ.
        without = [re.sub(r"nonce[^>]*|csrf[^>]*", "", page) for page in (before, after)]
        assert without[0] == without[1]

    def test_nobody_and_nothing_low_and_nothing_yet(self, client, learner, strategist, members, meeting):
        client.force_login(strategist)
        assert "Ingen har erbjudit sig än" in client.get(path("learn", learner)).text
        Score.objects.update(value=3)
        assert "Nu kan andra lära av er" in client.get(path("learn", learner)).text
        Assessment.objects.all().delete()
        assert "Ingen självskattning är inlämnad än." in client.get(path("learn", learner)).text

    def test_who_may_not(self, client, learner, members, cohort):
        for user in (someone_at(members[1]), EvaluatorFactory(cohort=cohort).user):
            client.force_login(user)
            assert client.get(path("learn", learner)).status_code == 403
            assert "lara-av" not in client.get(path("history", learner)).text

    def test_the_mentor_finds_the_people(self, client, learner, members, cohort, meeting):
        hand_in(members[1], meeting, [3] * 10, glad_to_tell=True)
        mentor = GroupMentorFactory(group=learner.group, participation__cohort=cohort).participation
        client.force_login(someone_at(mentor))
        page = client.get(path("learn", learner)).text
        assert reverse("people:people", args=[cohort.slug, members[1].code]) in page


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("name", ["history", "group", "learn"])
@pytest.mark.parametrize("role", ["strategist", "process_leader", "mentor"])
def test_queries_are_few_and_do_not_grow(name, role):
    counts = []
    for size in (6, 30):
        omgang = make_omgang(size, f"raknad-{size}")
        Score.objects.filter(assessment__participation__cohort=omgang.cohort).update(glad_to_tell=True)
        counts.append(Visitor(Page(name, f"assessments:{name}", role, own), omgang).queries())
    assert counts[0] == counts[1]
    assert counts[1] <= 25
