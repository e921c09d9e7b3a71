"""What the evaluator writes: private until marked, notes for one reader and erased by their day, and the annex."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from evaluation.actions.material import (
    remove_interview,
    remove_observation,
    save_interview,
    save_observation,
    save_quote,
)
from evaluation.erasing import last_day_of_notes
from evaluation.line_up import line_up
from evaluation.models import EvaluatorQuote, Interview, Observation
from evaluation.models.material import NO_FUNCTION
from exchange.exporting import export_document, render
from kit.models import AuditEvent
from privacy import tasks
from privacy.actions.retention import save_retention
from tests.cast import make_cast
from tests.factories import EvaluatorFactory, MeetingFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
NOW = date(2026, 5, 4)
SECRET = "Hon tvekar om ledningen."


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def ulla(cast):
    return EvaluatorFactory(cohort=cast.cohort, user__name="Ulla").user


@pytest.fixture
def colleague(cast):
    return EvaluatorFactory(cohort=cast.cohort).user


def observe(cast, by, **more):
    facts = {"meeting": None, "item": None, "seen_on": NOW, "text": "Alla frågade om mått.", "may_be_used": False}
    return save_observation(observation=Observation(cohort=cast.cohort), by=by, **facts | more)


def interview(cast, by, row=None, **more):
    facts = {
        "participation": cast.own,
        "function": "strategist",
        "title": "",
        "people": 1,
        "interviewed_on": NOW,
        "form": "video",
        "listed": False,
        "notes": "",
        "erase_on": last_day_of_notes(cast.cohort),
    }
    return save_interview(interview=row or Interview(cohort=cast.cohort), by=by, **facts | more)


def page(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(f"evaluation:{name}", args=args))


class TestObservations:
    def test_only_the_evaluators_read_one_until_it_may_be_used(self, cast, client, ulla, colleague):
        row = observe(cast, ulla, meeting=MeetingFactory(cohort=cast.cohort, name="Lärandeträff 1"))
        main = ("evaluation", cast.cohort.slug)
        for reader in (ulla, colleague):
            shown = page(client, reader, *main).text
            assert "Alla frågade om mått." in shown
            assert "Lärandeträff 1" in shown
            assert "Bara för utvärderarna" in shown
        assert "Alla frågade om mått." not in page(client, cast.cia, *main).text
        row.may_be_used = True
        row.save()
        assert "Alla frågade om mått." in page(client, cast.cia, *main).text

    def test_another_omgangs_evaluator_finds_nothing(self, cast, client, ulla):
        row = observe(cast, ulla)
        other = EvaluatorFactory().user
        assert page(client, other, "evaluation", cast.cohort.slug).status_code == 404
        here = other.evaluations.get().cohort
        assert page(client, other, "observation_edit", here.slug, row.pk).status_code == 404

    @pytest.mark.parametrize(("until", "status"), [(NOW, 200), (NOW - timedelta(days=1), 404)])
    def test_an_evaluator_reads_until_their_day(self, cast, client, ulla, until, status):
        ulla.evaluations.update(until=until)
        assert page(client, ulla, "evaluation", cast.cohort.slug).status_code == status

    def test_a_day_to_come_is_refused(self, cast, ulla):
        with refused("Datumet ligger i framtiden."):
            observe(cast, ulla, seen_on=NOW + timedelta(days=1))

    def test_the_trail_has_nothing_of_what_was_written(self, cast, ulla):
        row = observe(cast, ulla)
        remove_observation(observation=row, by=ulla)
        remove_observation(observation=row, by=ulla)
        kinds = ["observation_saved", "observation_removed"]
        events = AuditEvent.objects.filter(kind__in=kinds).order_by("pk")
        assert [(event.kind, event.target, event.data) for event in events] == [
            (kind, cast.cohort.name, {}) for kind in kinds
        ]

    def test_a_save_over_a_colleagues_shows_both(self, cast, client, ulla, colleague):
        row = observe(cast, ulla)
        form = page(client, ulla, "observation_edit", cast.cohort.slug, row.pk).context["form"]
        save_observation(
            observation=row, meeting=None, item=None, seen_on=NOW, text="Kollegans.", may_be_used=False, by=colleague
        )
        posted = {"seen_on": "2026-05-04", "text": "Ullas.", "seen": form["seen"].value()}
        answer = client.post(reverse("evaluation:observation_edit", args=[cast.cohort.slug, row.pk]), posted)
        assert answer.status_code == 422
        assert "Kollegans." in answer.text
        assert "Ullas." in answer.text


class TestInterviews:
    def test_notes_are_read_by_the_interviewer_alone(self, cast, client, ulla, colleague):
        row = interview(cast, ulla, notes=SECRET, listed=True)
        edit = ("interview_edit", cast.cohort.slug, row.pk)
        assert SECRET in page(client, ulla, *edit).text
        assert SECRET not in page(client, colleague, *edit).text
        assert "Anteckningar" not in str(page(client, colleague, *edit).context["form"].fields)
        for reader in (ulla, colleague, cast.cia):
            assert SECRET not in page(client, reader, "evaluation", cast.cohort.slug).text
        assert page(client, cast.cia, *edit).status_code == 403
        assert SECRET not in render(export_document(cast.cohort))
        assert not AuditEvent.objects.filter(target__contains=SECRET).exists()

    def test_a_colleague_changes_what_it_says_and_leaves_the_notes(self, cast, client, ulla, colleague):
        row = interview(cast, ulla, notes=SECRET)
        form = page(client, colleague, "interview_edit", cast.cohort.slug, row.pk).context["form"]
        posted = {name: form[name].value() or "" for name in form.fields if name != "listed"} | {"people": 3}
        client.post(reverse("evaluation:interview_edit", args=[cast.cohort.slug, row.pk]), posted)
        row = Interview.objects.get()
        assert (row.people, row.notes, row.interviewed_by) == (3, SECRET, ulla)
        with refused("Bara den som gjorde intervjun skriver anteckningar om den."):
            interview(cast, colleague, row, notes="Mina.")

    @pytest.mark.parametrize(("function", "title"), [("", ""), ("strategist", "regionråd")])
    def test_it_has_one_function(self, cast, ulla, function, title):
        with refused(NO_FUNCTION):
            interview(cast, ulla, function=function, title=title)
        with pytest.raises(IntegrityError), transaction.atomic():
            Interview.objects.create(
                cohort=cast.cohort, function=function, title=title, interviewed_on=NOW, form="video"
            )

    def test_a_day_to_come_is_refused(self, cast, ulla):
        with refused("Datumet ligger i framtiden."):
            interview(cast, ulla, interviewed_on=NOW + timedelta(days=1))

    def test_notes_are_never_kept_longer_than_skr_has_said(self, cast, ulla):
        last = last_day_of_notes(cast.cohort)
        assert last == cast.cohort.ends_on + timedelta(days=180)
        interview(cast, ulla, notes=SECRET, erase_on=last)
        with refused("Anteckningarna raderas senast"):
            interview(cast, ulla, notes=SECRET, erase_on=last + timedelta(days=1))

    def test_notes_that_would_be_erased_at_once_are_refused(self, cast, ulla):
        with refused("Välj en dag efter i dag, eller ta bort anteckningarna."):
            interview(cast, ulla, notes=SECRET, erase_on=NOW)
        interview(cast, ulla, erase_on=NOW)
        interview(cast, ulla, notes=SECRET, erase_on=NOW + timedelta(days=1))

    def test_the_database_keeps_no_notes_without_a_day(self, cast):
        with pytest.raises(IntegrityError), transaction.atomic():
            Interview.objects.create(
                cohort=cast.cohort, function="manager", interviewed_on=NOW, form="video", notes=SECRET
            )

    def test_quotes_stay_when_their_interview_is_removed(self, cast, ulla):
        row = interview(cast, ulla)
        quote = EvaluatorQuote(cohort=cast.cohort, interview=row)
        save_quote(quote=quote, text="Vi frågar nu.", function="strateg", may_be_used=True, by=ulla)
        remove_interview(interview=row, by=ulla)
        assert EvaluatorQuote.objects.get().interview is None


class TestErasing:
    @pytest.mark.parametrize(("days", "gone"), [(1, False), (0, True), (-1, True)])
    def test_on_their_own_day(self, cast, ulla, days, gone):
        row = interview(cast, ulla, notes=SECRET, erase_on=NOW + timedelta(days=10))
        with time_machine.travel(NOW + timedelta(days=10 - days), tick=False):
            tasks.erase_old_notes()
        row.refresh_from_db()
        assert row.notes == ("" if gone else SECRET)

    @pytest.mark.parametrize(("days", "gone"), [(179, False), (180, True), (181, True)])
    def test_when_skrs_days_after_the_omgang_are_over(self, cast, ulla, days, gone):
        row = interview(cast, ulla, notes=SECRET)
        with time_machine.travel(cast.cohort.ends_on + timedelta(days=days), tick=False):
            tasks.erase_old_notes()
        row.refresh_from_db()
        assert row.notes == ("" if gone else SECRET)

    @pytest.mark.parametrize(("days", "gone"), [(29, False), (30, True)])
    def test_earlier_if_skr_chooses_fewer_days_afterwards(self, cast, ulla, days, gone):
        row = interview(cast, ulla, notes=SECRET)
        save_retention(days={"interview_notes": 30}, seen=None, by=cast.cia)
        with time_machine.travel(cast.cohort.ends_on + timedelta(days=days), tick=False):
            tasks.erase_old_notes()
        row.refresh_from_db()
        assert row.notes == ("" if gone else SECRET)

    def test_what_else_the_interview_says_stays(self, cast, ulla):
        row = interview(cast, ulla, notes=SECRET, erase_on=NOW + timedelta(days=1), listed=True)
        with time_machine.travel(NOW + timedelta(days=1), tick=False):
            tasks.erase_old_notes()
        assert line_up(Interview.objects.all()).people == 1
        row.refresh_from_db()
        assert row.interviewed_by == ulla


class TestAnnex:
    def test_counts_people_by_organisation_and_function_and_lists_only_what_is_marked(self, cast, ulla):
        for more in (
            {"people": 2},
            {"people": 1},
            {"function": "", "title": "regionråd"},
            {"function": "", "title": "HR-direktör", "people": 2},
            {"participation": cast.theirs, "function": "politician"},
            {"participation": None, "function": "", "title": "processledare"},
        ):
            interview(cast, ulla, **{"listed": True, **more})
        interview(cast, ulla, participation=cast.theirs, function="manager")
        summary = line_up(Interview.objects.order_by("pk"))
        assert summary.headline == "Intervjuer med 8 personer"
        assert [row.words for row in summary.organisations] == [
            f"{cast.own}: 3 strateger, 1 regionråd och HR-direktör, 2 personer",
            f"{cast.theirs}: 1 politiker",
            "Utanför organisationerna: 1 processledare",
        ]
        assert summary.words.startswith(f"Intervjuer med 8 personer: {cast.own}: 3 strateger")

    def test_one_person_is_a_person_and_nobody_is_nobody(self, cast, ulla):
        interview(cast, ulla, listed=True)
        assert line_up(Interview.objects.all()).headline == "Intervjuer med 1 person"
        assert line_up([]).organisations == ()


class TestQuotes:
    def test_skr_reads_one_that_may_be_used_and_not_whom_it_is_from(self, cast, client, ulla):
        row = interview(cast, ulla)
        for text, may_be_used in (("Det här får sägas.", True), ("Det här får inte sägas.", False)):
            quote = EvaluatorQuote(cohort=cast.cohort, interview=row)
            save_quote(quote=quote, text=text, function="regionråd", may_be_used=may_be_used, by=ulla)
        shown = page(client, cast.cia, "evaluation", cast.cohort.slug).text
        assert "Det här får sägas." in shown
        assert "Regionråd" in shown
        assert "Det här får inte sägas." not in shown
        assert f"<h3>{cast.own}" not in shown

    def test_the_form_begins_with_the_function_of_the_interview(self, cast, client, ulla):
        row = interview(cast, ulla, function="", title="regionråd")
        form = page(client, ulla, "interview_quote", cast.cohort.slug, row.pk).context["form"]
        assert form["function"].value() == "regionråd"

    def test_comes_from_one_place(self, cast, ulla):
        with pytest.raises(IntegrityError), transaction.atomic():
            EvaluatorQuote.objects.create(
                cohort=cast.cohort, text="Nej.", observation=observe(cast, ulla), interview=interview(cast, ulla)
            )


def test_the_fields_say_that_no_names_are_written(cast, client, ulla):
    for name in ("observation_add", "interview_add"):
        assert "Skriv ingen persons namn." in page(client, ulla, name, cast.cohort.slug).text


def test_the_page_asks_no_more_of_the_database_the_more_there_is(
    cast, client, ulla, django_assert_max_num_queries, django_assert_num_queries
):
    def fill(number):
        for _ in range(number):
            seen, asked = observe(cast, ulla), interview(cast, ulla, listed=True)
            for source in ({"observation": seen}, {"interview": asked}):
                quote = EvaluatorQuote(cohort=cast.cohort, **source)
                save_quote(quote=quote, text="Nu frågar vi.", function="strateg", may_be_used=True, by=ulla)

    client.force_login(ulla)
    url = reverse("evaluation:evaluation", args=[cast.cohort.slug])
    fill(1)
    with django_assert_max_num_queries(25) as few:
        client.get(url)
    fill(2)
    with django_assert_num_queries(len(few)):
        client.get(url)
