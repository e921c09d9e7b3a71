"""A new omgång from a concept or an earlier one: its days, its texts, and nobody's people or answers."""

import json
from datetime import date, time, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from accounts.enums import SkrRole
from checklist.models import Checklist
from cohorts.models import Cohort
from cohorts.trail import CohortEvent
from kit.days import months_after
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import Stale, content_of, digest
from meetings.kinds import MeetingKind
from meetings.models import Meeting
from planning.actions.cohort_facts import INTEREST, edit_facts, edit_interest, stored_facts
from planning.actions.cohorts import set_up_cohort
from planning.actions.rows import OF_COHORT, save_rows
from planning.models import Edition, Setup
from planning.setup.blueprint import of_cohort, of_edition
from planning.setup.dating import dated
from planning.setup.names import free_slug
from planning.trail import PlanningEvent
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.process_factories import AgendaItemFactory, EditionFactory, EditionStepFactory, PeriodFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
START = date(2021, 9, 13)
RESULTS, SECTIONS, CHAPTERS = OF_COHORT


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(date(2021, 5, 20), tick=False):
        yield


@pytest.fixture
def leader():
    return UserFactory(skr_role=SkrRole.PROCESS_LEADER)


def edition(key="koncept-2021"):
    return Edition.objects.get(key=key)


def made(leader, *, name="Modellkoncept 2021–2023", blueprint=None, start=START):
    blueprint = blueprint or of_edition(edition())
    return set_up_cohort(name=name, kind="blandad", blueprint=blueprint, plan=dated(blueprint, start), by=leader)


# From a concept


def test_the_2021_concept_gives_the_days_of_the_programmes_own_timetable():
    """The welcome letter's: to the day where it has one, in the month where it has a month."""
    plan = dated(of_edition(edition()), START)
    days = [(meeting.name, meeting.starts_on) for meeting in plan.in_order()]
    assert days == [
        ("Mentorträff", date(2021, 8, 19)),
        ("Strategträff 1", date(2021, 8, 19)),
        ("Uppstartskonferens", date(2021, 9, 13)),
        ("Strategträff 2", date(2021, 10, 13)),
        ("Fördjupning: kommunikation", date(2021, 10, 20)),
        ("Lärandeträff 1", date(2021, 11, 16)),
        ("Strategträff 3", date(2022, 2, 15)),
        ("Lärandeträff 2", date(2022, 4, 5)),
        ("Strategträff 4", date(2022, 8, 29)),
        ("Lärandeträff 3", date(2022, 10, 4)),
        ("Strategträff 5", date(2023, 1, 11)),
        ("Resultatkonferens", date(2023, 2, 8)),
    ]
    assert (plan.starts_on, plan.report_due_on) == (date(2021, 8, 19), date(2023, 1, 25))
    assert plan.by_ref()[next(m.ref for m in plan.meetings if m.kind == "kickoff")].ends_on == date(2021, 9, 14)


@pytest.mark.parametrize("key", ["koncept-2018", "koncept-2019", "koncept-2021", "koncept-2023"])
def test_every_concept_has_eight_numbered_steps_and_a_strategtraff_before_every_larandetraff(key):
    steps = list(edition(key).steps.all())
    assert [step.number for step in steps if step.number] == list(range(1, 9))
    prepared = {step.prepares for step in steps if step.kind == "strategist_meeting"}
    assert {step for step in steps if step.kind == "learning_meeting"} <= prepared
    assert edition(key).source
    assert edition(key).host_tasks.count() == 11


def test_the_concepts_differ_as_the_programme_has():
    def themes(key):
        return [step.theme for step in edition(key).steps.filter(kind="learning_meeting")]

    assert themes("koncept-2018")[1] == "Förbättringsarbete"
    assert themes("koncept-2019")[1] == "Följa upp och analysera resultaten"
    assert themes("koncept-2021")[2] == "Analys och uppföljning"
    assert not edition("koncept-2019").results.filter(kind="desirable").exists()
    assert edition("koncept-2021").results.filter(kind="desirable").count() == 2
    assert [edition(f"koncept-{year}").duration_months for year in (2018, 2021, 2023)] == [12, 18, 24]


def test_an_omgang_gets_a_copy_of_everything(leader):
    cohort = made(leader)
    first = cohort.meetings.get(key="learning-1")
    assert (first.theme, first.has_presentations, first.hangs_on) == ("Ledning och styrning", True, None)
    assert cohort.meetings.get(key="strategist-2").hangs_on == first
    assert first.preparations.filter(function="politician").exists()
    assert {item.whose for item in first.agenda.all()} >= {"exchange", "skr", "mentor", "pause"}
    assert first.host_tasks.count() == 11
    assert [meeting.number for meeting in cohort.meetings.filter(kind=MeetingKind.STRATEGIST_MEETING)] == [
        1,
        2,
        3,
        4,
        5,
    ]
    assert (cohort.mentor_model, cohort.contact, cohort.plan.checklist.key) == ("by_theme", leader, "skr-2020")
    assert (cohort.sections.count(), cohort.expected_results.count()) == (11, 4)
    assert cohort.setup.edition == edition()
    assert AuditEvent.objects.get(kind=PlanningEvent.COHORT_SET_UP).data["reason"] == "från Konceptet 2021"


def test_work_at_home_lies_between_the_meetings_around_it(leader):
    cohort = made(leader)
    periods = {period.name: period for period in cohort.periods.all()}
    home = cohort.periods.filter(name="Arbete på hemmaplan").first()
    assert (home.after.key, home.before.key) == ("learning-1", "learning-2")
    report = periods["Resultatrapporten skrivs"]
    assert (report.is_reporting, report.before.key, report.due_on) == (True, "conference-1", date(2023, 1, 25))


def test_a_later_change_of_the_concept_changes_no_omgang(leader):
    cohort = made(leader)
    edition().steps.all().delete()
    Edition.objects.filter(key="koncept-2021").update(name="Annat")
    assert cohort.meetings.count() == 12
    assert Meeting.objects.get(cohort=cohort, key="learning-1").preparations.count() == 7


def test_two_clicks_give_one_omgang(leader):
    assert made(leader) == made(leader)
    assert Cohort.objects.count() == 1
    assert AuditEvent.objects.filter(kind=PlanningEvent.COHORT_SET_UP).count() == 1


def test_the_same_name_another_time_gets_an_address_of_its_own(leader):
    first, second = made(leader), made(leader, start=date(2023, 9, 11))
    assert [first.slug, second.slug] == ["modellkoncept-2021-2023", "modellkoncept-2021-2023-2"]
    assert free_slug("Ny") == "ny-2"
    assert free_slug("!!!") == "omgang"


def test_days_that_would_be_a_weekend_are_held_on_the_monday_after():
    plan = dated(of_edition(edition()), date(2027, 2, 3))
    assert [meeting.name for meeting in plan.meetings if meeting.starts_on.weekday() > 4] == []
    assert all((meeting.ends_on - meeting.starts_on).days < 2 for meeting in plan.meetings)


def test_days_chosen_by_hand_stand_and_the_omgang_grows_with_them():
    blueprint = of_edition(edition())
    ref = next(step.ref for step in blueprint.meetings if step.kind == MeetingKind.RESULTS_CONFERENCE)
    plan = dated(blueprint, START, days={ref: date(2023, 6, 3)}, ends_on=date(2023, 3, 1))
    assert plan.by_ref()[ref].starts_on == date(2023, 6, 3)
    assert plan.ends_on == date(2023, 6, 3)


def test_months_are_counted_as_people_do():
    assert months_after(date(2026, 8, 31), 18) == date(2028, 2, 29)
    assert months_after(date(2026, 12, 15), 12) == date(2027, 12, 15)


def test_a_concept_without_a_checklist_says_what_is_missing(leader):
    step = EditionStepFactory()
    with refused("Konceptet säger inte vilken checklista som används. Välj en där först."):
        made(leader, blueprint=of_edition(step.edition))


# As a copy


@pytest.fixture
def earlier(leader):
    """An omgång that has been, with people, answers and places."""
    cohort = made(leader, name="Förra omgången")
    meeting = cohort.meetings.get(key="learning-1")
    meeting.place, meeting.link, meeting.documentation, meeting.starts_at = "Lund", "https://a.se", "Bra träff", "09:00"
    meeting.save()
    member = ParticipationFactory(cohort=cohort, group=GroupFactory(cohort=cohort))
    DelegateFactory(participation=member)
    AssessmentFactory(participation=member, meeting=meeting, submitted=True, values=[2] * 10)
    meeting.host_tasks.update(done_on=date(2021, 11, 1))
    return cohort


def test_a_copy_has_all_days_shifted_and_nobody_in_it(leader, earlier):
    copy = made(leader, name="Nästa omgång", blueprint=of_cohort(earlier), start=START + timedelta(weeks=104))
    before, after = (list(omgang.meetings.values_list("key", "name", "theme", "form")) for omgang in (earlier, copy))
    assert before == after
    moved = {
        new.starts_on - old.starts_on for old, new in zip(earlier.meetings.all(), copy.meetings.all(), strict=True)
    }
    assert moved == {timedelta(weeks=104)}
    assert copy.ends_on == earlier.ends_on + timedelta(weeks=104)
    first = copy.meetings.get(key="learning-1")
    assert (str(first.starts_at), first.place, first.link, first.documentation) == ("09:00:00", "", "", "")
    assert not first.host_tasks.exclude(done_on=None).exists()
    assert first.host_tasks.count() == 11
    assert not copy.participations.exists()
    assert not copy.groups.exists()
    assert not first.assessments.exists()
    assert copy.meetings.get(key="strategist-2").hangs_on == first
    assert copy.plan.checklist == earlier.plan.checklist
    assert [section.heading for section in copy.sections.all()] == [
        section.heading for section in earlier.sections.all()
    ]
    assert Setup.objects.get(cohort=copy).copied_from == earlier


def test_the_groups_own_meetings_become_one(leader):
    cohort = CohortFactory(starts_on=date(2021, 1, 1))
    for place, group in enumerate(GroupFactory.create_batch(2, cohort=cohort)):
        MeetingFactory(
            cohort=cohort, group=group, number=1, key=f"learning-1-{place}", starts_on=date(2021, 3, 1 + place)
        )
    blueprint = of_cohort(cohort)
    copy = made(leader, blueprint=blueprint, start=date(2022, 3, 1))
    assert [(meeting.key, meeting.group, meeting.starts_on) for meeting in copy.meetings.all()] == [
        ("learning-1", None, date(2022, 3, 1))
    ]


# The package


@pytest.mark.parametrize("key", ["koncept-2018", "koncept-2019", "koncept-2021", "koncept-2023"])
def test_what_is_set_up_here_is_a_package_that_reads_in_again(leader, key, tmp_path):
    """Meetings within the omgång's days, in order, with themes and numbers: data/FORMAT.md."""
    cohort = made(leader, blueprint=of_edition(edition(key)))
    file = tmp_path / "omgang.json"
    call_command("export_cohort", cohort.slug, output=str(file))
    call_command("import_cohort", str(file), verbosity=0)
    package = json.loads(file.read_text())
    package["cohort"]["slug"] = "nytt-namn"
    file.write_text(json.dumps(package))
    call_command("import_cohort", str(file), verbosity=0)
    again = Cohort.objects.get(slug="nytt-namn")
    assert list(again.meetings.values_list("key", "starts_on")) == list(cohort.meetings.values_list("key", "starts_on"))


# The pages


def test_an_omgang_in_three_pages(client, leader):
    client.force_login(leader)
    assert "Fyra uppgifter" in client.get(reverse("planning:cohort_new")).text
    asked = {"name": "Modellkoncept 2021–2023", "kind": "blandad", "source": "koncept:koncept-2021", "begins_on": START}
    preview = client.get(reverse("planning:cohort_preview"), asked)
    assert preview.status_code == 200
    assert "Valet den 11 september 2022" in preview.text
    assert not Cohort.objects.exists()
    posted = {name: field.initial or preview.context["form"].initial[name] for name, field in _fields(preview)}
    answer = client.post(f"{reverse('planning:cohort_preview')}?{preview.request['QUERY_STRING']}", posted)
    assert (answer.status_code, Cohort.objects.count()) == (200, 0)  # only worked out again
    answer = client.post(preview.request["PATH_INFO"] + "?" + preview.request["QUERY_STRING"], {**posted, "create": ""})
    cohort = Cohort.objects.get()
    assert answer.url == reverse("planning:setup", args=[cohort.slug])
    assert "saker är kvar att göra" in client.get(answer.url).text


def _fields(page):
    return page.context["form"].fields.items()


def test_a_day_that_is_changed_on_the_preview_is_the_omgangs(client, leader):
    client.force_login(leader)
    asked = {"name": "Omgång", "kind": "blandad", "source": "koncept:koncept-2021", "begins_on": START}
    preview = client.get(reverse("planning:cohort_preview"), asked)
    posted = {name: preview.context["form"].initial[name] for name, _ in _fields(preview)}
    step = edition().steps.get(name="Lärandeträff 3")
    posted |= {f"day_{step.pk}": "2022-11-22", "create": ""}
    client.post(preview.request["PATH_INFO"] + "?" + preview.request["QUERY_STRING"], posted)
    assert Cohort.objects.get().meetings.get(key="learning-3").starts_on == date(2022, 11, 22)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " ", "Skriv vad omgången ska heta."),
        ("source", "koncept:finns-inte", "Välj ett av alternativen."),
        ("begins_on", "snart", "Skriv dagen som år-månad-dag"),
        ("begins_on", "1021-09-13", "Ange en dag mellan 2000 och 2100."),
        ("kind", "", "Välj ett av alternativen."),
    ],
)
def test_a_refused_question_keeps_what_was_typed(client, leader, field, value, sentence):
    client.force_login(leader)
    asked = {"name": "Omgång 7", "kind": "blandad", "source": "koncept:koncept-2021", "begins_on": START, field: value}
    answer = client.get(reverse("planning:cohort_preview"), asked)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert field == "name" or "Omgång 7" in answer.text


@pytest.mark.parametrize(
    ("stored", "sentence"),
    [
        ({"form": "digital", "place": "Digitalt", "link": ""}, "Länk saknas för en digital träff."),
        ({"form": "digital", "place": "", "link": "https://exempel.invalid/mote"}, "Alla träffar har klockslag"),
        ({"form": "physical", "place": "", "link": "https://exempel.invalid/mote"}, "Plats saknas för en träff."),
        ({"form": "physical", "place": "Regionens hus", "link": ""}, "Alla träffar har klockslag"),
        ({"form": "physical", "starts_at": None}, "Klockslag saknas för en träff och plats saknas för en träff."),
    ],
)
def test_what_a_meeting_lacks_is_told_by_its_own_name(client, leader, stored, sentence):
    meeting = MeetingFactory(**{"starts_at": time(9), **stored})
    client.force_login(leader)
    page = client.get(reverse("planning:setup", args=[meeting.cohort.slug])).text
    assert sentence in page


def test_the_set_up_page_says_what_is_left(client, leader):
    client.force_login(leader)
    cohort = made(leader)
    url = reverse("planning:setup", args=[cohort.slug])
    text = client.get(url).text
    assert "Ingen är antagen än." in text
    assert "Klockslag saknas för sex träffar, plats" in text
    member = ParticipationFactory(cohort=cohort, organisation__short_name="Solby")
    DelegateFactory(participation=member, function="strategist", starts_on=date(2021, 1, 1))
    assert "Politiker, chef eller strateg saknas i Solby." in client.get(url).text
    for function in ("politician", "manager"):
        DelegateFactory(participation=member, function=function, starts_on=date(2021, 1, 1))
    assert "Alla har politiker, chef och strateg." in client.get(url).text


def test_without_mentors_is_a_model_and_nothing_that_is_left(client, leader):
    client.force_login(leader)
    cohort = made(leader)
    Cohort.objects.update(mentor_model="none")
    page = client.get(reverse("planning:setup", args=[cohort.slug]))
    line = next(row for row in page.context["standing"].lines if row.title == "Mentorer")
    assert (line.is_done, line.sentence) == (True, "Omgången är utan mentorer.")


def test_every_way_on_from_the_set_up_page_is_open_to_who_reads_it(client, leader):
    cohort = made(leader)
    for who in (leader, UserFactory(skr_role="administrator")):
        client.force_login(who)
        page = client.get(reverse("planning:setup", args=[cohort.slug]))
        ways = [line.url for line in page.context["standing"].lines if f'href="{line.url}"' in page.text]
        assert len(ways) > 5
        assert [client.get(way).status_code for way in ways] == [200] * len(ways)
    assert reverse("planning:setup_interest", args=[cohort.slug]) not in page.text


# Facts


def changed(cohort, **new):
    stored = stored_facts(cohort)
    return {**stored, **new, "seen": digest(stored)}


def test_facts_are_changed_once(leader):
    cohort = made(leader)
    new = changed(cohort, name="Nytt namn", group_max=4)
    edit_facts(cohort=cohort, by=leader, **new)
    edit_facts(cohort=cohort, by=leader, **new)
    cohort.refresh_from_db()
    assert (cohort.name, cohort.group_max) == ("Nytt namn", 4)
    [event] = AuditEvent.objects.filter(kind=CohortEvent.COHORT_CHANGED)
    assert (event.data["before"], event.data["after"]) == ("Modellkoncept 2021–2023", "Nytt namn")


def test_two_who_change_the_facts_lose_nothing(leader):
    cohort = made(leader)
    mine = changed(cohort, name="Mitt")
    edit_facts(cohort=cohort, by=leader, **changed(cohort, name="Deras"))
    with pytest.raises(Stale):
        edit_facts(cohort=cohort, by=leader, **mine)
    assert Cohort.objects.get().name == "Deras"


def test_an_omgang_never_ends_before_its_last_meeting(leader):
    cohort = made(leader)
    with pytest.raises(ActionRefused, match="Resultatkonferens är 8 februari 2023"):
        edit_facts(cohort=cohort, by=leader, **changed(cohort, ends_on=date(2023, 2, 1)))
    with pytest.raises(ActionRefused, match="Flytta träffen först"):
        edit_facts(cohort=cohort, by=leader, **changed(cohort, starts_on=date(2021, 9, 1)))


def test_the_checklist_stands_once_somebody_has_rated(client, leader):
    cohort = made(leader)
    edit_facts(cohort=cohort, by=leader, **changed(cohort, checklist=Checklist.objects.get(key="skr-2018")))
    member = ParticipationFactory(cohort=cohort)
    cohort = Cohort.objects.get()
    AssessmentFactory(participation=member, meeting=cohort.meetings.get(key="learning-1"))
    with pytest.raises(ActionRefused, match="ändras inte längre"):
        edit_facts(cohort=cohort, by=leader, **changed(cohort, checklist=Checklist.objects.get(key="skr-2020")))
    client.force_login(leader)
    page = client.get(reverse("planning:setup_facts", args=[cohort.slug]))
    assert "checklist" not in page.context["form"].fields
    assert "Checklistan står fast" in page.text


def test_interest_days_open_the_public_form(leader):
    cohort = made(leader)
    stored = content_of(cohort, *INTEREST)
    new = {**stored, "interest_opens_on": date(2021, 5, 1), "interest_closes_on": date(2021, 6, 1), "fee": 80_000}
    edit_interest(cohort=cohort, by=leader, seen=digest(stored), **new)
    cohort.refresh_from_db()
    assert cohort.takes_interest(date(2021, 5, 20))


# Lists


def rows_of(of, cohort):
    return [{"pk": row.pk, **content_of(row, *of.columns)} for row in of.of(cohort)]


def seen_of(of, cohort):
    return digest({f"{name}_{row.pk}": getattr(row, name) for row in of.of(cohort) for name in of.columns})


def test_a_list_is_changed_ordered_and_grown_at_once(leader):
    cohort = made(leader)
    rows, seen = rows_of(RESULTS, cohort), seen_of(RESULTS, cohort)
    known = [row["pk"] for row in rows]
    new = [{"pk": None, "text": "Färre omotiverade skillnader", "kind": "desirable"}, *rows[:0:-1]]
    assert save_rows(of=RESULTS, parent=cohort, rows=new, known=known, seen=seen, by=leader)
    texts = [row.text for row in cohort.expected_results.all()]
    assert texts == ["Färre omotiverade skillnader", *[row["text"] for row in rows[:0:-1]]]
    assert cohort.expected_results.first().key == "farre_omotiverade_skillnader"
    assert not save_rows(of=RESULTS, parent=cohort, rows=new, known=known, seen=seen, by=leader)  # sent twice
    assert cohort.expected_results.count() == 4


def test_two_who_edit_a_list_lose_no_row(leader):
    cohort = made(leader)
    rows, seen = rows_of(RESULTS, cohort), seen_of(RESULTS, cohort)
    known = [row["pk"] for row in rows]
    theirs = [*rows, {"pk": None, "text": "Deras", "kind": "expected"}]
    save_rows(of=RESULTS, parent=cohort, rows=theirs, known=known, seen=seen, by=leader)
    mine = [{**rows[0], "text": "Mitt"}, *rows[1:]]
    with pytest.raises(Stale):
        save_rows(of=RESULTS, parent=cohort, rows=mine, known=known, seen=seen, by=leader)
    save_rows(of=RESULTS, parent=cohort, rows=mine, known=known, seen=seen_of(RESULTS, cohort), by=leader)
    assert {"Mitt", "Deras"} <= set(cohort.expected_results.values_list("text", flat=True))


def test_the_usual_headings_keep_their_keys_when_they_become_the_omgangs_own(client, leader):
    cohort = CohortFactory()
    client.force_login(leader)
    url = reverse("planning:setup_rows", args=[cohort.slug, "avsnitt"])
    form = client.get(url).context["form"]
    posted = {name: form.initial.get(name, "") for name in form.fields}
    assert client.post(url, posted).status_code == 302
    assert list(cohort.sections.values_list("key", flat=True))[:2] == ["purpose", "organisation_of_work"]


def test_a_refused_list_keeps_what_was_typed(client, leader):
    cohort = made(leader)
    client.force_login(leader)
    url = reverse("planning:setup_rows", args=[cohort.slug, "resultat"])
    form = client.get(url).context["form"]
    posted = {name: form.initial.get(name, "") for name in form.fields if not name.startswith("gone")}
    first = RESULTS.of(cohort).first().pk
    answer = client.post(url, {**posted, f"text_{first}": "", "text_n1": "Min nya rad", "kind_n1": "desirable"})
    assert answer.status_code == 422
    assert "Skriv resultatet." in answer.text
    assert "Min nya rad" in answer.text


def test_an_omgang_without_a_concept_is_read_too(client, leader):
    """One that was read in from a package: no meetings, no headings of its own."""
    client.force_login(leader)
    cohort = CohortFactory()
    AgendaItemFactory(meeting__cohort=cohort)
    PeriodFactory(cohort=cohort)
    EditionFactory()
    assert "Syfte och mål" in client.get(reverse("planning:setup", args=[cohort.slug])).text
    assert "Arbete på hemmaplan" in client.get(reverse("planning:dates", args=[cohort.slug])).text
