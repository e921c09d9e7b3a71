"""What is worth a second thought in an omgång's days: over plans, without a database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine

from decisions.elections import election_in
from kit.templatetags.swedish import day as in_day
from meetings.kinds import MeetingKind
from planning.setup.dating import usual_start
from planning.setup.days import holiday_on, off_weekend, why_off
from planning.setup.plan import Plan, PlannedMeeting
from planning.setup.warnings import by_meeting, still_ahead, warnings

START = date(2027, 2, 2)


def meeting(ref, kind, day, **more):
    name = more.pop("name", ref)
    return PlannedMeeting(ref=ref, name=name, kind=kind, starts_on=day, ends_on=more.pop("ends_on", day), **more)


def learning(number, day, **more):
    return meeting(f"Lärandeträff {number}", MeetingKind.LEARNING_MEETING, day, theme="Tema", **more)


def strategists(number, day, prepares, **more):
    return meeting(f"Strategträff {number}", MeetingKind.STRATEGIST_MEETING, day, prepares=prepares, **more)


def calm():
    """A plan that nothing is said about."""
    meetings = (
        meeting("Uppstart", MeetingKind.KICKOFF, START),
        strategists(1, date(2027, 3, 16), "Lärandeträff 1"),
        learning(1, date(2027, 4, 20)),
        strategists(2, date(2027, 8, 24), "Lärandeträff 2"),
        learning(2, date(2027, 9, 21)),
        meeting("Resultatkonferens", MeetingKind.RESULTS_CONFERENCE, date(2028, 2, 8)),
    )
    return Plan(START, date(2028, 3, 1), meetings, report_due_on=date(2028, 1, 25))


def sentences(plan):
    return [warned.sentence for warned in warnings(plan)]


def moved(plan, ref, day):
    return replace(
        plan, meetings=tuple(planned.on(day) if planned.ref == ref else planned for planned in plan.meetings)
    )


def test_a_calm_plan_has_no_warnings():
    assert sentences(calm()) == []


def test_elections_are_on_the_second_sunday_of_september():
    assert [election_in(year) for year in (2018, 2022, 2026, 2030, 2034)] == [
        date(2018, 9, 9),
        date(2022, 9, 11),
        date(2026, 9, 13),
        date(2030, 9, 8),
        date(2034, 9, 10),
    ]
    assert election_in(2027) is None


@pytest.mark.parametrize(
    ("begins", "warned"),
    [
        (date(2026, 9, 14), True),
        (date(2026, 11, 3), True),
        (date(2027, 1, 29), True),
        (date(2027, 2, 1), False),
        (date(2026, 9, 10), False),
        (date(2028, 10, 3), False),
    ],
)
def test_a_start_after_an_election_until_the_namnder_are_settled(begins, warned):
    plan = Plan(begins, begins + timedelta(days=30), (meeting("Uppstart", MeetingKind.KICKOFF, begins),))
    assert any("strax efter valet" in sentence for sentence in sentences(plan)) is warned


def test_an_election_under_way_changes_politicians():
    plan = replace(calm(), starts_on=date(2025, 2, 1), ends_on=date(2028, 3, 1))
    plan = moved(plan, "Uppstart", date(2025, 2, 4))
    assert any("Valet den 13 september 2026 kommer under omgången" in sentence for sentence in sentences(plan))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 3, 26), "långfredagen"),
        (date(2027, 3, 25), "skärtorsdagen"),
        (date(2027, 6, 25), "midsommarafton"),
        (date(2027, 12, 24), "julafton"),
        (date(2027, 12, 31), "nyårsafton"),
        (date(2027, 5, 5), "dagen före kristi himmelsfärdsdag"),
        (date(2027, 6, 6), "nationaldagen"),
        (date(2027, 4, 20), ""),
    ],
)
def test_holidays_and_their_eves(day, name):
    assert holiday_on(day) == name


def test_holidays_weekends_and_weeks_of_leave_stand_beside_their_meeting():
    for day, sentence in (
        (date(2027, 3, 25), "25 mars 2027 är skärtorsdagen."),
        (date(2027, 4, 24), "24 april 2027 är en lördag."),
        (date(2027, 7, 6), "Lärandeträff 1 ligger i juli, då de flesta har semester."),
        (date(2027, 12, 27), "Lärandeträff 1 ligger mellan jul och trettonhelgen, då många är lediga."),
        (date(2028, 1, 4), "Lärandeträff 1 ligger mellan jul och trettonhelgen, då många är lediga."),
    ):
        assert sentence in by_meeting(warnings(moved(calm(), "Lärandeträff 1", day)))["Lärandeträff 1"]


def test_every_day_of_a_long_meeting_counts():
    plan = calm()
    long = replace(plan.by_ref()["Lärandeträff 1"], starts_on=date(2027, 4, 23), ends_on=date(2027, 4, 24))
    plan = replace(plan, meetings=(*(planned for planned in plan.meetings if planned.ref != long.ref), long))
    assert "24 april 2027 är en lördag." in sentences(plan)


def test_too_little_time_for_work_at_home():
    [sentence] = sentences(
        replace(calm(), meetings=(learning(1, date(2027, 4, 20)), learning(2, date(2027, 6, 1)), *_prepared()))
    )
    assert sentence.startswith("Det är 6 veckor mellan Lärandeträff 1 och Lärandeträff 2.")


def _prepared():
    return (
        strategists(1, date(2027, 3, 30), "Lärandeträff 1"),
        strategists(2, date(2027, 5, 11), "Lärandeträff 2"),
        meeting("Resultatkonferens", MeetingKind.RESULTS_CONFERENCE, date(2028, 2, 8)),
    )


def test_two_groups_meetings_are_not_one_after_the_other():
    first = learning(1, date(2027, 4, 20), group="a")
    second = replace(
        first, ref="b", name="Lärandeträff 1", starts_on=date(2027, 4, 27), ends_on=date(2027, 4, 27), group="b"
    )
    plan = calm()
    plan = replace(plan, meetings=(*(m for m in plan.meetings if m.ref != "Lärandeträff 1"), first, second))
    assert sentences(plan) == []


def test_a_larandetraff_without_a_strategtraff():
    plan = calm()
    plan = replace(plan, meetings=tuple(planned for planned in plan.meetings if planned.ref != "Strategträff 2"))
    assert sentences(plan) == ["Ingen strategträff förbereder Lärandeträff 2."]


def test_a_strategtraff_of_which_nobody_has_said_prepares_the_next():
    """So it is in every omgång that was read in from a package."""
    plan = calm()
    assert sentences(replace(plan, meetings=tuple(replace(planned, prepares="") for planned in plan.meetings))) == []


def test_what_has_been_is_nothing_to_think_of():
    plan = moved(calm(), "Lärandeträff 1", date(2027, 3, 25))
    assert "25 mars 2027 är skärtorsdagen." in [
        warning.sentence for warning in still_ahead(warnings(plan), plan, START)
    ]
    assert still_ahead(warnings(plan), plan, date(2027, 12, 1)) == []
    plan = moved(replace(calm(), starts_on=date(2025, 2, 4)), "Uppstart", date(2025, 2, 4))
    of_election = [warning for warning in warnings(plan) if "Valet" in warning.sentence]
    assert still_ahead(of_election, plan, date(2026, 10, 15)) == of_election
    assert still_ahead(of_election, plan, date(2026, 10, 16)) == []


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2027, 4, 21), "Strategträff 1 förbereder Lärandeträff 1 men ligger inte före den."),
        (date(2027, 4, 16), "Strategträff 1 ligger mindre än en vecka före Lärandeträff 1."),
    ],
)
def test_a_strategtraff_too_late(day, sentence):
    assert sentence in sentences(moved(calm(), "Strategträff 1", day))


def test_a_strategtraff_that_is_forgotten_by_then():
    plan = moved(calm(), "Lärandeträff 2", date(2027, 12, 27))
    assert "Strategträff 2 ligger mer än fyra månader före Lärandeträff 2." in sentences(plan)


def test_outside_the_omgang():
    texts = sentences(moved(calm(), "Resultatkonferens", date(2028, 4, 4)))
    assert "Resultatkonferens ligger efter omgångens sista dag, 1 mars 2028." in texts


def test_the_report_after_the_conference():
    texts = sentences(replace(calm(), report_due_on=date(2028, 2, 21)))
    assert texts == ["Resultatrapporten ska lämnas in 21 februari 2028, efter Resultatkonferens."]


HAND_IN = [
    (date(2027, 4, 9), ""),
    (date(2027, 4, 10), "är en lördag"),
    (date(2027, 4, 11), "är en söndag"),
    (date(2027, 5, 6), "är Kristi himmelsfärdsdag".replace("K", "k")),
    (date(2027, 6, 30), ""),
    (date(2027, 7, 1), "ligger i juli, då de flesta har semester"),
    (date(2027, 7, 30), "ligger i juli, då de flesta har semester"),
    (date(2027, 8, 2), ""),
    (date(2027, 12, 22), ""),
    (date(2027, 12, 24), "är julafton"),
    (date(2027, 12, 28), "ligger mellan jul och trettonhelgen, då många är lediga"),
    (date(2028, 1, 4), "ligger mellan jul och trettonhelgen, då många är lediga"),
    (date(2028, 1, 7), ""),
]


@pytest.mark.parametrize(("due", "why"), HAND_IN)
def test_days_on_which_something_is_handed_in(due, why):
    assert why_off(due) == why
    assessed = learning(9, due + timedelta(days=7), due_before=7, presents_before=7)
    texts = sentences(Plan(START, date(2028, 3, 1), (assessed,), report_due_on=due))
    expected = [
        f"{what} {in_day(due)}, som {why}."
        for what in (
            "Resultatrapporten ska lämnas in",
            "Självskattningen ska lämnas in",
            "Presentationerna ska lämnas",
        )
        if why
    ]
    assert [sentence for sentence in texts if ", som " in sentence] == expected


def test_nothing_is_handed_in_where_nothing_is_presented_or_rated():
    sunday = date(2027, 4, 11)
    plan = Plan(START, date(2028, 3, 1), (strategists(1, sunday + timedelta(days=7), "", due_before=7),))
    assert not [sentence for sentence in sentences(plan) if ", som " in sentence]


class TestOrder:
    def about_order(self, plan):
        # What lies after the last day is another matter.
        return [each for each in warnings(plan) if " ligger efter " in each.sentence and "sista" not in each.sentence]

    def test_a_meeting_past_the_one_after_it(self):
        [warned] = self.about_order(moved(calm(), "Lärandeträff 1", date(2027, 10, 5)))
        assert (warned.ref, warned.sentence) == ("Lärandeträff 1", "Lärandeträff 1 ligger efter Lärandeträff 2.")

    def test_a_meeting_past_the_conference(self):
        [warned] = self.about_order(moved(calm(), "Lärandeträff 2", date(2028, 2, 15)))
        assert warned.sentence == "Lärandeträff 2 ligger efter Resultatkonferens."

    def test_an_uppstart_that_is_not_first(self):
        [warned] = self.about_order(moved(calm(), "Uppstart", date(2027, 5, 4)))
        assert warned.sentence == "Uppstart ligger efter Lärandeträff 1."

    def test_names_say_the_order_and_not_the_order_in_which_they_were_added(self):
        plan = calm()
        extra = meeting("learning-9", MeetingKind.LEARNING_MEETING, date(2027, 6, 15), name="Extra lärandeträff")
        assert self.about_order(replace(plan, meetings=(*plan.meetings, extra))) == []

    def test_two_groups_have_an_order_each(self):
        first, second = (learning(n, date(2027, 4, 20), group=f"grupp-{n}") for n in (1, 2))
        assert self.about_order(Plan(START, date(2028, 3, 1), (first.on(date(2027, 5, 4)), second))) == []


def test_two_on_one_day_but_for_mentors_and_strategists():
    plan = moved(calm(), "Strategträff 1", date(2027, 2, 2))
    assert "Uppstart och Strategträff 1 ligger på samma dag." in sentences(plan)
    mentors = meeting("Mentorträff", MeetingKind.MENTOR_MEETING, date(2027, 3, 16))
    assert sentences(replace(calm(), meetings=(*calm().meetings, mentors))) == []


def test_a_gap_until_the_next_omgang():
    assert sentences(replace(calm(), next_starts_on=date(2028, 4, 1))) == []
    [sentence] = sentences(replace(calm(), next_starts_on=date(2029, 2, 1)))
    assert "Nästa omgång börjar 1 februari 2029" in sentence


def test_off_the_weekend():
    assert off_weekend(date(2027, 4, 24), 1) == date(2027, 4, 26)
    assert off_weekend(date(2027, 4, 23), 2) == date(2027, 4, 26)
    assert off_weekend(date(2027, 4, 23), 1) == date(2027, 4, 23)


class TestDays:
    """Each number of days or weeks, and each day of the year: the day itself and the day beside it."""

    def is_warned(self, plan, words):
        return any(words in sentence for sentence in sentences(plan))

    @pytest.mark.parametrize(("days", "is_warned"), [(6, True), (7, False)])
    def test_a_strategtraff_less_than_a_week_before(self, days, is_warned):
        plan = moved(calm(), "Strategträff 1", date(2027, 4, 20) - timedelta(days=days))
        assert self.is_warned(plan, "mindre än en vecka före Lärandeträff 1") is is_warned

    @pytest.mark.parametrize(("day", "is_warned"), [(date(2026, 12, 20), False), (date(2026, 12, 19), True)])
    def test_a_strategtraff_more_than_four_months_before(self, day, is_warned):
        plan = moved(calm(), "Strategträff 1", day)
        assert self.is_warned(plan, "mer än fyra månader före Lärandeträff 1") is is_warned

    @pytest.mark.parametrize(("days", "is_warned"), [(92, False), (93, True)])
    def test_the_next_omgang_more_than_92_days_after(self, days, is_warned):
        plan = replace(calm(), next_starts_on=calm().ends_on + timedelta(days=days))
        assert self.is_warned(plan, "Nästa omgång börjar") is is_warned

    @pytest.mark.parametrize(("days", "is_warned"), [(8 * 7 - 1, True), (8 * 7, False)])
    def test_eight_weeks_of_work_at_home(self, days, is_warned):
        plan = moved(calm(), "Lärandeträff 2", date(2027, 4, 20) + timedelta(days=days))
        assert self.is_warned(plan, "mellan Lärandeträff 1 och Lärandeträff 2") is is_warned

    @pytest.mark.parametrize(("days", "is_warned"), [(6 * 7 - 1, True), (6 * 7, False)])
    def test_six_weeks_after_the_uppstart(self, days, is_warned):
        plan = moved(calm(), "Lärandeträff 1", START + timedelta(days=days))
        assert self.is_warned(plan, "mellan Uppstart och Lärandeträff 1") is is_warned

    @pytest.mark.parametrize(
        ("days", "words"), [(6, "mindre än en vecka"), (7, "en vecka"), (13, "en vecka"), (14, "2 veckor")]
    )
    def test_whole_weeks_are_counted(self, days, words):
        plan = moved(calm(), "Lärandeträff 1", START + timedelta(days=days))
        assert self.is_warned(plan, f"Det är {words} mellan Uppstart och Lärandeträff 1.")

    @pytest.mark.parametrize(
        ("day", "is_warned"),
        [
            (date(2027, 6, 30), False),
            (date(2027, 7, 1), True),
            (date(2027, 7, 31), True),
            (date(2027, 8, 1), False),
        ],
    )
    def test_july(self, day, is_warned):
        assert self.is_warned(moved(calm(), "Lärandeträff 1", day), "ligger i juli") is is_warned

    @pytest.mark.parametrize(
        ("day", "is_warned"),
        [
            (date(2027, 12, 23), False),
            (date(2027, 12, 24), True),
            (date(2028, 1, 6), True),
            (date(2028, 1, 7), False),
        ],
    )
    def test_christmas_until_twelfth_day(self, day, is_warned):
        assert self.is_warned(moved(calm(), "Lärandeträff 1", day), "mellan jul och trettonhelgen") is is_warned

    @pytest.mark.parametrize(
        ("begins", "is_warned"),
        [
            (date(2026, 9, 12), False),
            (date(2026, 9, 13), True),
            (date(2027, 1, 31), True),
            (date(2027, 2, 1), False),
        ],
    )
    def test_a_start_from_election_day_to_the_last_of_january(self, begins, is_warned):
        plan = Plan(begins, begins + timedelta(days=30), (meeting("Uppstart", MeetingKind.KICKOFF, begins),))
        assert self.is_warned(plan, "strax efter valet") is is_warned

    @pytest.mark.parametrize(
        ("today", "start"),
        [
            (date(2027, 2, 7), date(2027, 5, 3)),
            (date(2027, 2, 8), date(2027, 5, 10)),
            (date(2027, 2, 14), date(2027, 5, 10)),
            (date(2027, 2, 15), date(2027, 5, 17)),
        ],
    )
    def test_the_form_proposes_a_monday_thirteen_weeks_ahead(self, today, start):
        with time_machine.travel(today, tick=False):
            assert usual_start() == start
