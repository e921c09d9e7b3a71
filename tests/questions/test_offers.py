"""Questions from the gaps and the result chain: their words, whom they are for, and how they stand among the others."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from assessments.occasions import occasions_of
from checklist.enums import Audience
from cohorts.enums import Function
from cohorts.roles import roles_of
from indicators.chosen import chosen_of
from indicators.models import Value
from kit.days import months_after
from kit.models import AuditEvent
from questions.choosing import Asker
from questions.from_chain import chain_questions
from questions.from_gap import gap_questions
from questions.models import AskedQuestion
from questions.of_work import OfferedOfWork, Weight
from questions.offers import mixed, offered_to
from questions.ties import EFFORT, INDICATOR, AskedAbout, tie_in
from tests.factories import (
    TODAY,
    AssessmentFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    IndicatorFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
    ValueFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def seat():
    return DelegateFactory(function=Function.POLITICIAN)


@pytest.fixture
def manager(seat):
    return DelegateFactory(participation=seat.participation, function=Function.MANAGER)


def gap(participation, *pairs, title="Väntetid", **fields):
    """An indicator on Läget with the values of women and men, a year each until 2025."""
    about = {"chosen": True, "says": "väntar längre", "direction": "lower", "unit": "dagar"}
    row = IndicatorFactory(participation=participation, title=title, **{**about, **fields})
    for year, (women, men) in enumerate(pairs, 2026 - len(pairs)):
        ValueFactory(indicator=row, period=str(year), unit="dagar", women=Decimal(women), men=Decimal(men))
    return row


def effort(participation, stage, *, state="reached", title="Jämställda bidrag", **when):
    row = EffortFactory(participation=participation, title=title)
    EffortStepFactory(effort=row, stage=stage, state=state, **{"year": 2026, "month": 11, **when})
    return row


def answered(participation, values):
    meeting = MeetingFactory(cohort=participation.cohort, starts_on=date(2026, 9, 1))
    return AssessmentFactory(
        participation=participation, meeting=meeting, submitted=True, submitted_on=date(2026, 9, 1), values=values
    )


def offered(user, participation):
    roles = roles_of(user)
    reader = Asker.of(roles, participation)
    return offered_to(participation, occasions_of(participation, roles), reader, roles, TODAY)


def texts(user, participation):
    return [question.text for question in offered(user, participation)]


GREW = "Kvinnor väntar sex dagar längre än män."
STOOD = "Kvinnor väntar fyra dagar längre än män."


class TestGaps:
    @pytest.mark.parametrize(
        ("pairs", "weight", "politician", "manager"),
        [
            (
                ((51, 47), (53, 47)),
                Weight.GREW,
                f"{GREW} Varför har skillnaden ökat, och vad ska vi göra åt det?",
                f"{GREW} Vad i våra verksamheter ligger bakom, och vad prövar vi först?",
            ),
            (
                ((51, 42), (51, 47)),
                Weight.GREW,
                f"{STOOD} Varför väntar männen längre nu, och vad krävs för att kvinnorna ska få det bättre?",
                f"{STOOD} Vad i våra verksamheter ligger bakom, och vad prövar vi först?",
            ),
            (
                ((50, 46), (51, 47)),
                Weight.STANDS,
                f"{STOOD} Vad gör vi åt det, och när ser vi om det hjälper?",
                f"{STOOD} Vad prövar vi för att minska skillnaden, vem ansvarar och när ser vi om det hjälper?",
            ),
            (
                ((51, 47),),
                Weight.STANDS,
                f"{STOOD} Vad gör vi åt det, och när ser vi om det hjälper?",
                f"{STOOD} Vad prövar vi för att minska skillnaden, vem ansvarar och när ser vi om det hjälper?",
            ),
            (
                ((60, 47), (51, 47)),
                Weight.SHRINKS,
                f"{STOOD} Vad har gjort att skillnaden minskar, och hur ser vi till att det fortsätter?",
                f"{STOOD} Vad i vårt arbetssätt har bidragit, och hur gör vi det till rutin?",
            ),
            (
                ((44, 47), (51, 47)),
                Weight.GREW,
                f"{STOOD} Varför har skillnaden ökat, och vad ska vi göra åt det?",
                f"{STOOD} Vad i våra verksamheter ligger bakom, och vad prövar vi först?",
            ),
        ],
    )
    def test_the_words(self, seat, pairs, weight, politician, manager):
        gap(seat.participation, *pairs)
        chosen = chosen_of(seat.participation, roles_of(seat.user))
        [asked] = gap_questions(chosen, Audience.POLITICIAN)
        assert (asked.text, asked.why, asked.weight) == (politician, "Det visar ”Väntetid”, 2025.", weight)
        [asked] = gap_questions(chosen, Audience.MANAGER)
        assert asked.text == manager

    def test_where_equal_is_best_nobody_falls_back(self, seat):
        gap(seat.participation, (51, 42), (50, 46), direction="equal", says="")
        [asked] = gap_questions(chosen_of(seat.participation, roles_of(seat.user)), Audience.POLITICIAN)
        assert asked.weight == Weight.SHRINKS

    @pytest.mark.parametrize(
        ("pairs", "fields"),
        [
            (((47, 47),), {}),
            (((51, 47), (53, 47)), {"target_gap": Decimal(6)}),
            (((51, 47), (53, 47)), {"chosen": False}),
            ((), {}),
        ],
    )
    def test_nothing_is_asked_of_no_gap_a_reached_target_or_what_is_not_chosen(self, seat, pairs, fields):
        gap(seat.participation, *pairs, **fields)
        assert texts(seat.user, seat.participation) == []

    def test_a_gap_above_its_target_is_asked_about(self, seat):
        gap(seat.participation, (51, 47), (53, 47), target_gap=Decimal("5.9"))
        assert len(texts(seat.user, seat.participation)) == 1

    def test_what_is_not_shared_is_asked_of_the_own_organisation_only(self, seat):
        row = gap(seat.participation, (51, 47), shared=False)
        leader = UserFactory(skr_role="process_leader")
        assert texts(leader, seat.participation) == []
        row.shared = True
        row.save()
        assert len(texts(leader, seat.participation)) == 1


class TestFewPeople:
    FEW = {"women_denominator": Decimal(4), "men_denominator": Decimal(60)}

    @pytest.mark.parametrize("function", [Function.POLITICIAN, Function.MANAGER, Function.STRATEGIST])
    def test_a_hidden_gap_gives_nobody_a_question(self, seat, function):
        row = gap(seat.participation, shared=True)
        ValueFactory(indicator=row, period="2025", unit="dagar", women=Decimal(73), men=Decimal(47), **self.FEW)
        user = DelegateFactory(participation=seat.participation, function=function).user
        for reader in (user, UserFactory(skr_role="process_leader")):
            assert texts(reader, seat.participation) == []

    def test_the_question_is_of_the_last_gap_that_all_may_see(self, seat):
        row = gap(seat.participation, (51, 47))
        ValueFactory(indicator=row, period="2026", unit="dagar", women=Decimal(73), men=Decimal(47), **self.FEW)
        [asked] = offered(seat.user, seat.participation)
        assert asked.text.startswith(STOOD)
        assert asked.why == "Det visar ”Väntetid”, 2025."


class TestTheChain:
    def asked(self, participation, audience=Audience.POLITICIAN):
        rows = participation.efforts.prefetch_related("steps", "past_steps").order_by("pk")
        return [
            (question.text, question.why, question.weight) for question in chain_questions(list(rows), audience, TODAY)
        ]

    @pytest.mark.parametrize(("days", "is_late"), [(-1, True), (0, False), (1, False)])
    def test_late_from_the_day_after_its_last(self, seat, days, is_late):
        day = TODAY + timedelta(days=days)
        effort(seat.participation, "outcome", state="under_way", year=day.year, month=day.month, day=day.day)
        assert bool(self.asked(seat.participation)) is is_late

    def test_late_in_words(self, seat):
        effort(seat.participation, "outcome", state="under_way", month=6)
        opening = "Insatsen ”Jämställda bidrag” är försenad till steget ”nytt eller ändrat utfall”."
        why = "Sista dagen var 30 juni 2026."
        politician = f"{opening} Vad återstår, och vilken dag gäller nu?"
        assert self.asked(seat.participation) == [(politician, why, Weight.LATE)]
        manager = f"{opening} Vad har tagit längre tid, och vad behöver de som arbetar med den av oss?"
        assert self.asked(seat.participation, Audience.MANAGER) == [(manager, why, Weight.LATE)]

    @pytest.mark.parametrize(("days", "is_still"), [(-1, True), (0, True), (1, False)])
    def test_still_after_six_months(self, seat, days, is_still):
        day = months_after(TODAY, -6) + timedelta(days=days)
        effort(seat.participation, "activity", year=day.year, month=day.month, day=day.day)
        assert bool(self.asked(seat.participation)) is is_still

    @pytest.mark.parametrize(("stage", "named"), [("activity", "aktivitet"), ("product", "ny eller ändrad produkt")])
    def test_still_in_words(self, seat, stage, named):
        effort(seat.participation, stage, month=3, day=14)
        opening = f"Insatsen ”Jämställda bidrag” står kvar på steget ”{named}”."
        why = "Inget har ändrats sedan mars 2026."
        politician = f"{opening} Vad hindrar nästa steg, och vad kan vi besluta för att komma dit?"
        assert self.asked(seat.participation) == [(politician, why, Weight.STILL)]
        manager = f"{opening} Vad behöver de som arbetar med den av oss för att komma vidare?"
        assert self.asked(seat.participation, Audience.MANAGER) == [(manager, why, Weight.STILL)]

    @pytest.mark.parametrize(("state", "more", "parts"), [
        ("reached", {}, ""), ("partly", {"part": "Socialtjänsten"}, " i delar av verksamheten"),
    ])  # fmt: skip
    def test_a_new_way_of_working_is_it_noticed(self, seat, state, more, parts):
        effort(seat.participation, "practice", state=state, month=3, **more)
        opening = f"Insatsen ”Jämställda bidrag” nådde steget ”nytt eller ändrat arbetssätt” i mars 2026{parts}."
        why = "Inget nytt eller ändrat utfall är registrerat än."
        politician = f"{opening} Märks det för invånarna, och hur vet vi det?"
        assert self.asked(seat.participation) == [(politician, why, Weight.NOTICED)]
        manager = f"{opening} Hur följer vi upp om det märks för invånarna?"
        assert self.asked(seat.participation, Audience.MANAGER) == [(manager, why, Weight.NOTICED)]

    @pytest.mark.parametrize("stage", ["outcome", "societal_effect"])
    def test_one_that_has_come_further_is_not_asked_whether_it_is_noticed(self, seat, stage):
        row = effort(seat.participation, "practice", month=3)
        EffortStepFactory(effort=row, stage=stage)
        assert self.asked(seat.participation) == []

    def test_an_effort_has_one_question_and_lateness_comes_first(self, seat):
        row = effort(seat.participation, "activity", month=1)
        EffortStepFactory(effort=row, stage="product", state="under_way", year=2026, month=3)
        EffortStepFactory(effort=row, stage="outcome", state="under_way", year=2026, month=2)
        [(text, _, weight)] = self.asked(seat.participation)
        assert weight == Weight.LATE
        assert "nytt eller ändrat utfall" in text

    def test_what_is_not_shared_is_asked_of_the_own_organisation_only(self, seat):
        row = effort(seat.participation, "activity", month=1)
        leader = UserFactory(skr_role="process_leader")
        assert texts(leader, seat.participation) == []
        assert len(texts(seat.user, seat.participation)) == 1
        row.shared = True
        row.save()
        assert len(texts(leader, seat.participation)) == 1


def of_work(weight, pk=1):
    kind = INDICATOR if weight in (Weight.GREW, Weight.STANDS, Weight.SHRINKS) else EFFORT
    return OfferedOfWork(weight.name, "", "", weight, AskedAbout(kind, pk, "x"))


class TestMixed:
    MOMENTS = ("första", "andra", "tredje")

    @pytest.mark.parametrize(
        ("weights", "moments"),
        [
            ((), 3),
            ((Weight.SHRINKS,), 3),
            ((Weight.STANDS,), 2),
            ((Weight.NOTICED,), 2),
            ((Weight.STANDS, Weight.NOTICED), 2),
            ((Weight.GREW, Weight.NOTICED), 2),
            ((Weight.STANDS, Weight.STILL), 2),
            ((Weight.GREW, Weight.STILL), 1),
            ((Weight.GREW, Weight.LATE, Weight.STILL), 1),
        ],
    )
    def test_the_lowest_moments_stand_first_and_leave_places_for_what_presses(self, weights, moments):
        work = [of_work(weight, pk) for pk, weight in enumerate(weights)]
        questions = mixed(self.MOMENTS, work)
        assert len(questions) == 3
        assert questions[:moments] == self.MOMENTS[:moments]
        assert [question.weight for question in questions[moments:]] == sorted(weights)[: 3 - moments] or moments == 2

    def test_what_presses_has_the_place_before_what_stands(self):
        questions = mixed(self.MOMENTS, [of_work(Weight.STANDS), of_work(Weight.STILL)])
        assert questions[2].weight == Weight.STILL

    def test_two_gaps_that_grew_have_one_place(self):
        questions = mixed(self.MOMENTS, [of_work(Weight.GREW, 1), of_work(Weight.GREW, 2)])
        assert questions[:2] == ("första", "andra")
        assert questions[2].tie.pk == 1

    def test_places_that_the_moments_leave_are_filled(self):
        work = [of_work(Weight.SHRINKS), of_work(Weight.NOTICED), of_work(Weight.STANDS)]
        assert [question.weight for question in mixed((), work)] == [Weight.STANDS, Weight.NOTICED, Weight.SHRINKS]
        assert len(mixed(("första",), work)) == 3
        assert mixed(("första",), []) == ("första",)


class TestAsked:
    def place(self, seat):
        return [seat.participation.cohort.slug, seat.participation.code]

    def note(self, client, user, seat):
        """Follow the link of the first question about the work, and save its form as it stands."""
        client.force_login(user)
        question = next(offer for offer in offered(user, seat.participation) if isinstance(offer, OfferedOfWork))
        page = reverse("questions:questions", args=self.place(seat))
        add = f"{reverse('questions:question_add', args=self.place(seat))}?{question.link}"
        assert add.replace("&", "&amp;") in client.get(page).text
        form = client.get(add).context["form"]
        assert form.initial["text"] == question.text
        data = {"text": question.text, "place": "nämnden", "asked_on": "2026-09-20", "item": "", "answer": ""}
        assert client.post(add, data).status_code == 302
        return AskedQuestion.objects.latest("pk"), client.get(page).text

    def test_a_gap_is_not_asked_about_again_until_it_has_a_new_value(self, client, seat):
        row = gap(seat.participation, (51, 47), (53, 47))
        asked, page = self.note(client, seat.user, seat)
        assert (asked.indicator, asked.effort, asked.about) == (row, None, "2025")
        assert "Nyckeltalet ”Väntetid”." in page
        assert texts(seat.user, seat.participation) == []
        ValueFactory(indicator=row, period="2026", unit="dagar", women=Decimal(55), men=Decimal(47))
        assert len(texts(seat.user, seat.participation)) == 1

    def test_an_effort_is_not_asked_about_again_until_it_has_moved(self, client, seat):
        row = effort(seat.participation, "activity", month=1)
        asked, page = self.note(client, seat.user, seat)
        assert (asked.indicator, asked.effort) == (None, row)
        assert "Insatsen ”Jämställda bidrag”." in page
        assert texts(seat.user, seat.participation) == []
        EffortStepFactory(effort=row, stage="practice", year=2026, month=9, day=1)
        assert len(texts(seat.user, seat.participation)) == 1

    def test_the_others_in_the_organisation_are_asked_theirs(self, client, seat, manager):
        gap(seat.participation, (51, 47))
        self.note(client, seat.user, seat)
        assert len(texts(manager.user, seat.participation)) == 1

    def test_readers_from_outside_are_not_told_what_has_been_asked(self, client, seat):
        gap(seat.participation, (51, 47), shared=True)
        self.note(client, seat.user, seat)
        assert len(texts(UserFactory(skr_role="process_leader"), seat.participation)) == 1

    def test_the_next_takes_its_place(self, client, seat):
        gap(seat.participation, (51, 47), (53, 47))
        answered(seat.participation, [1, 1, 1, *[3] * 7])
        assert len(texts(seat.user, seat.participation)) == 3
        self.note(client, seat.user, seat)
        assert [type(offer).__name__ for offer in offered(seat.user, seat.participation)] == ["Offered"] * 3

    def test_the_trail_names_what_it_was_about(self, client, seat):
        gap(seat.participation, (51, 47))
        self.note(client, seat.user, seat)
        assert AuditEvent.objects.get(kind="question_noted").target == "Väntetid"

    def test_the_note_stays_when_what_it_was_about_is_removed(self, client, seat):
        row = gap(seat.participation, (51, 47))
        asked, _ = self.note(client, seat.user, seat)
        row.values.all().delete()
        row.delete()
        asked.refresh_from_db()
        assert asked.indicator is None
        page = client.get(reverse("questions:questions", args=self.place(seat))).text
        assert "Kvinnor väntar fyra dagar längre än män." in page

    def test_a_link_that_is_old_or_names_anothers_ties_nothing(self, client, seat):
        other = gap(ParticipationFactory(cohort=seat.participation.cohort), (51, 47))
        client.force_login(seat.user)
        data = {"text": "Vad?", "place": "nämnden", "asked_on": "2026-09-20", "item": "", "answer": ""}
        add = reverse("questions:question_add", args=self.place(seat))
        for link in (
            f"nyckeltal-{other.pk}-2025",
            "insats-1-still",
            "nyckeltal-x-2025",
            "x",
            "nyckeltal-99999999999-1",
        ):
            assert "text" not in client.get(add, {"om": link}).context["form"].initial
            client.post(f"{add}?om={link}", {**data, "text": f"Vad? {link}"})
        assert AskedQuestion.objects.count() == 5
        assert set(AskedQuestion.objects.values_list("indicator", "effort", "about")) == {(None, None, "")}

    def test_a_tie_is_read_as_it_was_written(self):
        for tie in (AskedAbout(INDICATOR, 12, "2025-H1"), AskedAbout(EFFORT, 7, "still-activity-2026-03-01")):
            assert tie_in(tie.written) == tie


class TestThePages:
    @pytest.mark.parametrize("name", ["overview:brief", "questions:questions", "overview:overview"])
    def test_every_page_with_questions_has_them(self, client, seat, name):
        gap(seat.participation, (51, 47), (53, 47))
        answered(seat.participation, [2] * 10)
        client.force_login(seat.user)
        where = [seat.participation.cohort.slug, seat.participation.code][: 1 if name == "overview:overview" else 2]
        page = client.get(reverse(name, args=where)).text
        assert f"{GREW} Varför har skillnaden ökat, och vad ska vi göra åt det?" in page

    def test_laget_asks_before_the_first_self_assessment_too(self, client, seat):
        gap(seat.participation, (51, 47))
        client.force_login(seat.user)
        page = client.get(reverse("overview:brief", args=[seat.participation.cohort.slug, seat.participation.code]))
        assert f"{STOOD} Vad gör vi åt det, och när ser vi om det hjälper?" in page.text

    def test_the_same_every_time(self, seat):
        for n in range(3):
            gap(seat.participation, (51, 47), (53 + n, 47), title=f"Väntetid {n}")
            effort(seat.participation, "activity", month=1 + n, title=f"Insats {n}")
        first = texts(seat.user, seat.participation)
        Value.objects.update(note="ändrad")
        assert texts(seat.user, seat.participation) == first
        assert "sex dagar" in first[0]
        assert "Insats 0" in first[1]
