"""Shared work at home, read by the group, its mentors, SKR and the evaluator: as lines, by moment and as a file."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.urls import reverse

from cohorts.enums import Function
from cohorts.roles import roles_of
from improvements.enums import Decision, Stage, State, StepState
from improvements.in_cohort import MOST_LISTED, work_in
from improvements.shared_csv import COLUMNS
from improvements.shared_work import MOST, shared_work_of
from improvements.trials import STILL_AFTER
from indicators.models import Indicator
from kit.csv_files import MARK
from policy.models import NationalGoal
from tests.cast import make_cast
from tests.factories import (
    AssessmentFactory,
    CycleFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    EvaluatorFactory,
    GroupFactory,
    ImprovementFactory,
    MeetingFactory,
    ParticipationFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast(slug="provomgang")


@pytest.fixture
def evaluator(cast):
    return EvaluatorFactory(cohort=cast.cohort).user


def url(name, *args):
    return reverse(f"improvements:{name}", args=args)


def in_another_group(cast):
    """A participant of the omgång whose work neither Anna nor her mentor reads."""
    return ParticipationFactory(cohort=cast.cohort, group=GroupFactory(cohort=cast.cohort))


def read(cast, user):
    return work_in(cast.cohort, roles_of(user), cast.cohort.plan.items, TODAY)


class TestOfTheGroup:
    def lines(self, cast, user):
        return {
            work.participation: [line.title for line in (*work.improvements, *work.efforts)]
            for work in shared_work_of([cast.own, cast.theirs], roles_of(user))
        }

    def test_only_what_is_shared_also_of_ones_own(self, cast):
        for participation in (cast.own, cast.theirs):
            ImprovementFactory(participation=participation, title="Delat", shared=True)
            ImprovementFactory(participation=participation, title="Bara vi")
            EffortFactory(participation=participation, title="Delad insats", shared=True)
            EffortFactory(participation=participation, title="Bara vår")
        shared = {cast.own: ["Delat", "Delad insats"], cast.theirs: ["Delat", "Delad insats"]}
        for user in (cast.anna, cast.gun, cast.bo, cast.cia):
            assert self.lines(cast, user) == shared

    def test_what_goes_on_comes_first_and_the_rest_is_counted(self, cast):
        for number in range(MOST):
            ImprovementFactory(participation=cast.theirs, title=f"Idé {number}", shared=True)
        ImprovementFactory(participation=cast.theirs, title="Prövas", shared=True, state=State.TRIED)
        [work] = shared_work_of([cast.theirs], roles_of(cast.anna))
        assert [line.title for line in work.improvements] == ["Prövas", *(f"Idé {n}" for n in range(MOST - 1))]
        assert (work.improvements[0].words, work.n_more) == ("Prövas", 1)

    def test_one_that_lies_on_the_chain_is_one_line(self, cast):
        row = ImprovementFactory(participation=cast.theirs, title="Infört", shared=True, state=State.ADOPTED)
        effort = EffortFactory(participation=cast.theirs, title="Infört", shared=True, improvement=row)
        EffortStepFactory(effort=effort, stage=Stage.PRACTICE, month=3)
        EffortStepFactory(effort=effort, stage=Stage.OUTCOME, state=StepState.UNDER_WAY)
        [work] = shared_work_of([cast.theirs], roles_of(cast.anna))
        [line] = work.improvements
        assert line.words == "Införd. Har nått steget ”nytt eller ändrat arbetssätt” i mars 2026"
        assert (work.efforts, work.n_more) == ((), 0)

    def test_its_page_says_how_many_share(self, client, cast):
        client.force_login(cast.bo)
        address = url("group_work", cast.cohort.slug, cast.group.key)
        assert f"Ingen i {cast.group.name} delar något arbete än." in client.get(address).text
        ImprovementFactory(participation=cast.own, title="Remisser", shared=True)
        text = client.get(address).text
        assert f"En av två i {cast.group.name} delar sitt arbete hemma." in text
        assert "Inget arbete är delat än." in text
        ImprovementFactory(participation=cast.theirs, shared=True)
        assert f"Det här arbetar {cast.group.name} med hemma." in client.get(address).text

    def test_it_is_reached_from_the_meeting_the_omgang_and_ones_own_work(self, client, cast):
        meeting = MeetingFactory(cohort=cast.cohort, starts_on=date(2027, 1, 20))
        link = f'href="{url("group_work", cast.cohort.slug, cast.group.key)}"'
        work = url("work", cast.cohort.slug, cast.own.code)
        for user in (cast.anna, cast.bo):
            client.force_login(user)
            for page in (meeting.get_absolute_url(), cast.cohort.get_absolute_url(), work):
                assert link in client.get(page).text

    def test_another_groups_meeting_has_no_way_to_it(self, client, cast):
        stranger = DelegateFactory(participation=in_another_group(cast)).user
        client.force_login(stranger)
        joint = MeetingFactory(cohort=cast.cohort, starts_on=date(2027, 1, 20))
        address = url("group_work", cast.cohort.slug, cast.group.key)
        for page in (joint.get_absolute_url(), cast.cohort.get_absolute_url()):
            assert address not in client.get(page).text
        assert client.get(address).status_code == 403

    def test_a_mentor_reads_it_before_the_meeting(self, client, cast):
        ImprovementFactory(participation=cast.own, title="Remisser utan kön", shared=True, state=State.TRIED)
        ImprovementFactory(participation=cast.own, title="Bara vårt")
        place = [cast.cohort.slug, cast.mentoring.code, cast.group.key]
        client.force_login(cast.bo)
        text = client.get(reverse("mentoring:mentored", args=place)).text
        assert ("Remisser utan kön" in text, "Prövas" in text, "Bara vårt" in text) == (True, True, False)


class TestOfTheOmgang:
    def test_each_reader_sees_what_it_may_read(self, cast, evaluator):
        for participation in (cast.own, in_another_group(cast)):
            ImprovementFactory(participation=participation, shared=True)
            ImprovementFactory(participation=participation)
        assert [len(read(cast, user).improvements) for user in (cast.cia, evaluator, cast.bo)] == [2, 2, 1]
        assert read(cast, cast.cia).headline == "Två förbättringsarbeten delas av två organisationer."
        assert read(cast, cast.bo).headline == "Ett förbättringsarbete delas av en organisation."

    def test_by_moment_and_state_with_those_about_none_last(self, cast):
        items = cast.cohort.plan.items
        for item, state in (
            (items[0], State.TRIED),
            (items[0], State.TRIED),
            (items[2], State.ENDED),
            (None, State.IDEA),
        ):
            ImprovementFactory(participation=cast.own, item=item, state=state, shared=True)
        themes = read(cast, cast.cia).themes
        assert len(themes) == 11
        assert (themes[0].counts, themes[2].counts) == ((0, 0, 2, 0, 0), (0, 0, 0, 0, 1))
        assert (themes[-1].item, themes[-1].counts) == (None, (1, 0, 0, 0, 0))
        assert themes[0].words == "Två prövas."
        assert themes[1].words == "Inget är delat än."
        assert themes[2].words == "Ett är avslutat utan resultat."

    def test_several_states_in_words(self, cast):
        for state in (State.IDEA, State.ADOPTED, State.ADOPTED):
            ImprovementFactory(participation=cast.own, state=state, shared=True)
        assert read(cast, cast.cia).themes[-1].words == "Ett är en idé och två är införda."

    @pytest.mark.parametrize(("days", "stands"), [(34, False), (35, True)])
    def test_what_has_stood_still_for_five_weeks(self, cast, days, stands):
        row = ImprovementFactory(participation=cast.own, shared=True, state=State.TRIED, measure="Remisser")
        CycleFactory(improvement=row, changed_on=TODAY - timedelta(days=days))
        assert timedelta(days=35) == STILL_AFTER
        titles = [struggle.title for struggle in read(cast, cast.cia).struggles]
        assert titles == ["Ett förbättringsarbete har stått stilla i minst fem veckor"] * stands

    @pytest.mark.parametrize(("days", "passed"), [(0, False), (1, True)])
    def test_an_aim_whose_day_has_passed(self, cast, days, passed):
        ImprovementFactory(participation=cast.own, shared=True, aim_on=TODAY - timedelta(days=days))
        titles = [struggle.title for struggle in read(cast, cast.cia).struggles]
        assert titles == ["Ett förbättringsarbete har ett mål som skulle ha varit nått"] * passed

    def test_tried_without_a_measure_but_not_with_an_indicator_or_words(self, cast):
        tried = {"participation": cast.own, "shared": True, "state": State.TRIED}
        ImprovementFactory(**tried, measure="Fem remisser")
        about = {"key": "vantetid", "title": "Väntetid", "unit": "dagar", "direction": "lower", "kind": "mean"}
        indicator = Indicator.objects.create(participation=cast.own, source="own", **about)
        ImprovementFactory(**tried).indicators.add(indicator)
        without = ImprovementFactory(**tried)
        [struggle] = read(cast, cast.cia).struggles
        assert struggle.title == "Ett förbättringsarbete prövas utan mått"
        assert [line.improvement for line in struggle.rows] == [without]

    def test_what_was_learnt_is_read_and_many_are_counted(self, client, cast):
        for number in range(MOST_LISTED + 2):
            ImprovementFactory(
                participation=cast.own, title=f"Nr {number}", shared=True, state=State.ENDED, learnt="Fråga fler."
            )
        [struggle] = read(cast, cast.cia).struggles
        assert struggle.title == "Tio förbättringsarbeten är avslutade utan resultat"
        assert (len(struggle.listed), struggle.n_more) == (MOST_LISTED, 2)
        client.force_login(cast.cia)
        text = client.get(url("cohort_work", cast.cohort.slug)).text
        assert text.count("Fråga fler.") == MOST_LISTED
        assert "Två till." in text

    def test_a_low_value_without_a_shared_improvement(self, cast):
        items = cast.cohort.plan.items
        meeting = MeetingFactory(cohort=cast.cohort, starts_on=date(2026, 9, 30))
        for participation, values in ((cast.own, [1, 1, 3]), (cast.theirs, [1, "2.5", 3])):
            AssessmentFactory(participation=participation, meeting=meeting, values=values, submitted=True)
        ImprovementFactory(participation=cast.own, item=items[0], shared=True)
        ImprovementFactory(participation=cast.own, item=items[1])
        first, second = read(cast, cast.cia).untouched
        assert first.low_words == "Två, en delar inget."
        assert second.low_words == "En, som inte delar något."

    def test_where_all_are_low_and_none_shares(self, cast):
        meeting = MeetingFactory(cohort=cast.cohort, starts_on=date(2026, 9, 30))
        for participation in (cast.own, cast.theirs):
            AssessmentFactory(participation=participation, meeting=meeting, values=[1], submitted=True)
        [line] = read(cast, cast.bo).untouched
        assert line.low_words == "Två, ingen delar något."

    def test_where_all_who_stand_low_share(self, cast):
        items = cast.cohort.plan.items
        meeting = MeetingFactory(cohort=cast.cohort, starts_on=date(2026, 9, 30))
        for participation, values in ((cast.own, [1, 1, 3]), (cast.theirs, [1, 3, 3])):
            AssessmentFactory(participation=participation, meeting=meeting, values=values, submitted=True)
            ImprovementFactory(participation=participation, item=items[0], shared=True)
        ImprovementFactory(participation=cast.own, item=items[1], shared=True)
        work = read(cast, cast.cia)
        words = [line.low_words for line in work.themes[:3]]
        assert words == ["Två, alla delar något.", "En, som delar sitt arbete.", ""]
        assert work.untouched == ()

    def test_only_the_last_that_was_handed_in_counts(self, cast):
        for value, day in ((1, date(2026, 5, 5)), (3, date(2026, 9, 30))):
            meeting = MeetingFactory(cohort=cast.cohort, starts_on=day)
            AssessmentFactory(participation=cast.own, meeting=meeting, values=[value], submitted=True)
        assert read(cast, cast.cia).untouched == ()

    def test_a_mentor_learns_nothing_of_other_groups(self, cast):
        other = in_another_group(cast)
        meeting = MeetingFactory(cohort=cast.cohort, starts_on=date(2026, 9, 30))
        AssessmentFactory(participation=other, meeting=meeting, values=[1] * 10, submitted=True)
        ImprovementFactory(participation=other, shared=True, state=State.TRIED)
        work = read(cast, cast.bo)
        assert (work.improvements, work.struggles, work.untouched, work.n_read) == ((), (), (), 2)

    def test_those_who_share_nothing_are_counted_and_never_named(self, client, cast):
        ImprovementFactory(participation=cast.own, shared=True)
        work = read(cast, cast.cia)
        assert work.silent_words == "En av två deltagare delar inget förbättringsarbete än."
        client.force_login(cast.cia)
        assert cast.theirs.organisation.name not in client.get(url("cohort_work", cast.cohort.slug)).text

    def test_the_list_is_narrowed_by_moment_and_state(self, client, cast):
        item = cast.cohort.plan.items[0]
        for title, about, state in (("A", item, State.TRIED), ("B", item, State.IDEA), ("C", None, State.TRIED)):
            ImprovementFactory(participation=cast.own, title=title, item=about, state=state, shared=True)
        client.force_login(cast.cia)

        def titles(**asked):
            return [row.title for row in client.get(url("cohort_work", cast.cohort.slug), asked).context["page"]]

        assert titles() == ["A", "B", "C"]
        assert titles(moment=item.key) == ["A", "B"]
        assert titles(moment="inget") == ["C"]
        assert titles(moment=item.key, lage="tried") == ["A"]
        assert titles(lage="finns inte") == ["A", "B", "C"]

    def test_a_mentor_gets_no_file(self, client, cast):
        client.force_login(cast.bo)
        page = client.get(url("cohort_work", cast.cohort.slug))
        assert "CSV-fil" not in page.text
        assert client.get(url("shared_csv", cast.cohort.slug)).status_code == 403

    def test_ways_to_it(self, client, cast, evaluator):
        link = f'href="{url("cohort_work", cast.cohort.slug)}"'
        for user, there in ((cast.cia, True), (evaluator, True), (cast.bo, True), (cast.anna, False)):
            client.force_login(user)
            assert (link in client.get(cast.cohort.get_absolute_url()).text) is there


class TestFile:
    @pytest.fixture
    def rows(self, client, cast, evaluator):
        def fetch():
            client.force_login(evaluator)
            text = client.get(url("shared_csv", cast.cohort.slug)).content.decode()
            assert text.startswith(MARK)
            return list(csv.DictReader(StringIO(text.removeprefix(MARK)), delimiter=";"))

        return fetch

    def test_a_row_for_each_with_all_it_says_and_no_person(self, cast, rows):
        manager = DelegateFactory(participation=cast.own, function=Function.MANAGER, user__name="Chefen")
        row = ImprovementFactory(
            participation=cast.own,
            title="Remisser",
            aim="Lika väntetid.",
            starting_point="Fyra dagar",
            target="En dag",
            aim_on=date(2027, 6, 1),
            women=True,
            whom="över 18 år",
            item=cast.cohort.plan.items[3],
            tags="barnrätt\nhälsa",
            measure="Fem remisser",
            state=State.ADOPTED,
            learnt="Två bedömer samma.",
            manager=manager,
            shared=True,
        )
        row.goals.set(NationalGoal.objects.filter(number__in=(4, 5)))
        ImprovementFactory(participation=cast.own, title="Bara vårt")
        CycleFactory(improvement=row, number=1, do="G", study="S", act="A", decision=Decision.ADOPT)
        CycleFactory(improvement=row, number=2)
        effort = EffortFactory(participation=cast.own, improvement=row, shared=True)
        EffortStepFactory(effort=effort, stage=Stage.PRACTICE)
        [line] = rows()
        said = {
            "organisation": cast.own.organisation.name,
            "kod": cast.own.code,
            "grupp": cast.group.name,
            "rubrik": "Remisser",
            "lage": "Införd",
            "vill_astadkomma": "Lika väntetid.",
            "fran": "Fyra dagar",
            "till": "En dag",
            "framme": "2027-06-01",
            "kvinnor": "ja",
            "man": "nej",
            "vilka": "över 18 år",
            "moment_nr": "4",
            "matt": "Fem remisser",
            "cykler": "2",
            "senaste_beslut": "Inför",
            "lardomar": "Två bedömer samma.",
            "ide_fran": "",
            "taggar": "barnrätt; hälsa",
            "steg_pa_kedjan": "Nytt eller ändrat arbetssätt",
        }
        assert said.items() <= line.items()
        assert line["delmal"].count("; ") == 1
        assert "Chefen" not in str(line)

    @pytest.mark.parametrize(("agrees", "named"), [(None, False), (False, False), (True, True)])
    def test_a_lender_is_named_only_with_its_yes(self, cast, rows, agrees, named):
        lender = cast.theirs.organisation
        ImprovementFactory(participation=cast.own, shared=True, borrowed_from=lender, lender_agrees=agrees)
        [line] = rows()
        assert line["ide_fran"] == (lender.name if named else "en annan organisation")

    def test_an_effort_and_an_indicator_that_are_not_shared_are_not_in_it(self, cast, rows):
        row = ImprovementFactory(participation=cast.own, shared=True)
        EffortStepFactory(effort=EffortFactory(participation=cast.own, improvement=row))
        about = {"unit": "dagar", "direction": "lower", "kind": "mean", "source": "own", "participation": cast.own}
        hidden = Indicator.objects.create(key="hemligt", title="Hemligt", shared=False, **about)
        seen = Indicator.objects.create(key="delat", title="Väntetid", shared=True, **about)
        row.indicators.set([hidden, seen])
        [line] = rows()
        assert (line["steg_pa_kedjan"], line["matt"]) == ("", "Väntetid")

    def test_the_codebook_has_every_column(self, client, cast, evaluator):
        client.force_login(evaluator)
        text = client.get(url("shared_codebook", cast.cohort.slug)).content.decode().removeprefix(MARK)
        names = [row["kolumn"] for row in csv.DictReader(StringIO(text), delimiter=";")]
        assert names == [name for name, _, _ in COLUMNS]
