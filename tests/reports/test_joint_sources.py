"""What SKR and the evaluator may take in to the joint report, and how it is narrowed."""

from datetime import date

import pytest
from django.urls import reverse

from evaluation.models import EvaluatorQuote, Observation
from kit.rich import document_of, stored
from reports import actions
from reports.enums import SourceKind
from reports.joint_chapters import places_of
from reports.joint_index import chapter_lines
from reports.joint_panel import MOST, panel_of
from reports.joint_sources import LONGEST_WORDS, sources_in
from reports.models import JointReport, Report
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    GroupFactory,
    ParticipationFactory,
    UserFactory,
    frozen,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TEXT = "Vi frågar om följderna i varje ärende."
QUOTE = "Nu frågar alla."


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def leader():
    return UserFactory(skr_role="process_leader")


@pytest.fixture
def member(cohort):
    """An organisation whose approved report shares a text with a quote, and keeps another to itself."""
    member = ParticipationFactory(cohort=cohort)
    report = Report.objects.create(participation=member)
    for key, typed, shared in (("purpose", f"{TEXT}\n\n{QUOTE}", True), ("what_hindered", "Tiden.", False)):
        text, structure = stored(document_of(typed))
        report.texts.create(key=key, text=text, structure=structure, shared=shared, revision=1)
    section = report.texts.get(key="purpose")
    section.quotes.create(text=QUOTE, function="politician", consented_on=date(2026, 5, 1))
    section.quotes.create(text="Vi frågar om följderna", function="manager")
    DelegateFactory(participation=member, function="politician")
    frozen(report, approved_on="2026-05-02")
    return member


def place_of(cohort, key="lessons"):
    return next(place for place in places_of(cohort) if place.key == key)


def kinds(sources):
    return [(source.kind, source.taken) for source in sources]


class TestWhatMayBeUsed:
    def test_quotes_with_consent_and_shared_texts_of_approved_reports(self, cohort, member):
        sources = sources_in(cohort, place_of(cohort))
        assert kinds(sources) == [(SourceKind.QUOTE, QUOTE), (SourceKind.TEXT, TEXT)]
        name = member.organisation.name
        assert [source.credit for source in sources] == [f"{name}, politiker", f"{name}, ”Syfte och mål”"]

    def test_nothing_of_a_report_that_nobody_has_approved(self, cohort, member):
        member.report.editions.update(approved_on=None)
        assert sources_in(cohort, place_of(cohort)) == []

    def test_a_quote_that_is_taken_back_is_gone(self, cohort, member, leader):
        quote = member.report.texts.get(key="purpose").quotes.get(text=QUOTE)
        actions.withdraw_quote(quote=quote, by=leader)
        assert kinds(sources_in(cohort, place_of(cohort))) == [(SourceKind.TEXT, TEXT)]

    def test_of_the_evaluators_material_only_what_is_marked(self, cohort):
        for may_be_used in (True, False):
            words = "Får användas." if may_be_used else "Bara för mig."
            Observation.objects.create(cohort=cohort, seen_on=date(2026, 4, 1), text=words, may_be_used=may_be_used)
            EvaluatorQuote.objects.create(cohort=cohort, function="Strateg", text=words, may_be_used=may_be_used)
        sources = sources_in(cohort, place_of(cohort))
        assert kinds(sources) == [(SourceKind.EVALUATOR, "Får användas.")] * 2
        assert [source.credit for source in sources] == [
            "Utvärderaren, strateg",
            "Utvärderaren, observation 1 april 2026",
        ]

    def test_what_is_about_the_moment_comes_first(self, cohort, member):
        item = cohort.plan.items[2]
        Observation.objects.create(cohort=cohort, seen_on=date(2026, 4, 1), item=item, text="Om tre.", may_be_used=True)
        first, *_ = sources_in(cohort, place_of(cohort, "results--moment-3"))
        assert (first.taken, first.moment) == ("Om tre.", "moment-3")

    def test_the_first_of_each_come_before_any_second(self, cohort, member):
        for words in ("Ett.", "Två."):
            Observation.objects.create(cohort=cohort, seen_on=date(2026, 4, 1), text=words, may_be_used=True)
        owners = [source.whose for source in sources_in(cohort, place_of(cohort))]
        assert owners == [member.organisation.name, "Utvärderaren"] * 2

    @pytest.mark.parametrize(("number", "ends"), [(LONGEST_WORDS, "ord"), (LONGEST_WORDS + 1, "ord…")])
    def test_a_long_text_is_shortened(self, cohort, number, ends):
        words = " ".join(["ord"] * number)
        Observation.objects.create(cohort=cohort, seen_on=date(2026, 4, 1), text=words, may_be_used=True)
        (source,) = sources_in(cohort, place_of(cohort))
        assert source.taken.split()[-1] == ends
        assert len(source.taken.split()) == LONGEST_WORDS

    @pytest.mark.parametrize(
        ("typed", "taken"),
        [
            ("# Det vi har gjort\n\nVi frågade^[Tolv gånger.].\n\nSedan mer.", "Vi frågade."),
            ("- ett\n- två", "ett två"),
            ("# Bara en rubrik", "Bara en rubrik"),
        ],
    )
    def test_of_a_text_the_first_paragraph_without_headings_and_footnotes(self, cohort, typed, taken):
        report = Report.objects.create(participation=ParticipationFactory(cohort=cohort))
        text, structure = stored(document_of(typed))
        report.texts.create(key="purpose", text=text, structure=structure, shared=True, revision=1)
        frozen(report, approved_on="2026-05-02")
        (source,) = sources_in(cohort, place_of(cohort))
        assert source.taken == taken


class TestExamples:
    def test_those_that_may_be_published_with_title_and_how_far_they_have_come(self, cohort):
        item = cohort.plan.items[1]
        effort = EffortFactory(
            participation=ParticipationFactory(cohort=cohort),
            title="Ny mall",
            item=item,
            shared=True,
            public=True,
            example=True,
        )
        EffortStepFactory(effort=effort, text="Vi gick en kurs.")
        EffortStepFactory(effort=effort, stage="practice", text="Alla frågar.\n\nMer här.")
        EffortStepFactory(effort=effort, stage="outcome", state="under_way", text="Kanske.")
        (source,) = sources_in(cohort, place_of(cohort))
        assert (source.kind, source.taken) == (SourceKind.EXAMPLE, "Ny mall. Alla frågar.")
        assert source.credit == f"{effort.participation.organisation.name}, exempel, nytt eller ändrat arbetssätt"
        assert (source.moment, source.stage) == ("moment-2", "practice")

    @pytest.mark.parametrize("missing", ["public", "example"])
    def test_none_that_is_only_shared_in_the_omgang(self, cohort, missing):
        flags = {"shared": True, "public": True, "example": True} | {missing: False}
        effort = EffortFactory(participation=ParticipationFactory(cohort=cohort), **flags)
        EffortStepFactory(effort=effort)
        assert sources_in(cohort, place_of(cohort)) == []

    def test_none_of_an_organisation_that_has_left(self, cohort):
        left = ParticipationFactory(cohort=cohort, status="withdrawn")
        EffortStepFactory(effort=EffortFactory(participation=left, shared=True, public=True, example=True))
        assert sources_in(cohort, place_of(cohort)) == []

    def test_none_of_another_omgang(self, cohort):
        EffortStepFactory(effort=EffortFactory(shared=True, public=True, example=True))
        assert sources_in(cohort, place_of(cohort)) == []


class TestThePanel:
    @pytest.fixture
    def page(self, client, cohort, leader):
        client.force_login(leader)
        return reverse("reports:joint_chapter", args=[cohort.slug, "lessons"])

    def test_it_is_narrowed_by_organisation_and_kind(self, client, cohort, member, page):
        Observation.objects.create(cohort=cohort, seen_on=date(2026, 4, 1), text="Sett.", may_be_used=True)
        answer = client.get(page, {"fran": member.organisation.name, "slag": "quote"}).text
        assert QUOTE in answer
        assert "1 källa passar in på det du har valt." in answer
        assert "Sett." not in answer
        assert (
            "Ingen källa passar in på det du har valt."
            in client.get(page, {"fran": "Utvärderaren", "slag": "quote"}).text
        )

    @pytest.mark.parametrize(
        ("name", "value", "expected"),
        [
            ("moment", "moment-3", {"Om tre."}),
            ("steg", "practice", {"Ny mall. Alla frågar."}),
            ("grupp", "Grupp ett", {QUOTE, TEXT}),
            ("funktion", "politiker", {QUOTE}),
            ("slag", "text", {TEXT}),
            ("slag", "okänt", set()),
            ("anvands", "nej", {QUOTE, TEXT, "Om tre.", "Ny mall. Alla frågar."}),
            ("anvands", "ja", set()),
        ],
    )
    def test_each_list_narrows_it(self, cohort, member, name, value, expected):
        member.group = GroupFactory(cohort=cohort, name="Grupp ett")
        member.save()
        item = cohort.plan.items[2]
        Observation.objects.create(cohort=cohort, seen_on=date(2026, 4, 1), item=item, text="Om tre.", may_be_used=True)
        offered = {"shared": True, "public": True, "example": True}
        effort = EffortFactory(participation=ParticipationFactory(cohort=cohort), title="Ny mall", **offered)
        EffortStepFactory(effort=effort, stage="practice", text="Alla frågar.")
        lines = chapter_lines(cohort, JointReport(cohort=cohort))
        panel = panel_of({name: value}, place_of(cohort), cohort, lines)
        assert {each.source.words for each in panel.shown} == expected
        assert (panel.n_found, panel.n_every) == (len(expected), 4)

    def test_moments_are_in_their_order_in_the_list(self, cohort, member):
        for number in (10, 2):
            seen = {"seen_on": date(2026, 4, 1), "item": cohort.plan.items[number - 1], "may_be_used": True}
            Observation.objects.create(cohort=cohort, text=f"Om {number}.", **seen)
        panel = panel_of({}, place_of(cohort), cohort, chapter_lines(cohort, JointReport(cohort=cohort)))
        options = next(each.options for each in panel.filters if each.name == "moment")
        assert options == (("moment-2", "Moment 2"), ("moment-10", "Moment 10"))

    @pytest.mark.parametrize(("number", "asks"), [(MOST, False), (MOST + 1, True)])
    def test_at_most_a_dozen_before_all_are_asked_for(self, client, cohort, page, number, asks):
        for place in range(number):
            Observation.objects.create(cohort=cohort, seen_on=date(2026, 4, 1), text=f"Sett {place}.", may_be_used=True)
        assert (f"Visa alla {number}" in client.get(page).text) == asks
        assert "Visa alla" not in client.get(page, {"alla": ""}).text

    def test_the_way_to_all_keeps_what_is_chosen(self, client, cohort, page):
        for place in range(MOST + 1):
            Observation.objects.create(cohort=cohort, seen_on=date(2026, 4, 1), text=f"Sett {place}.", may_be_used=True)
        assert '?alla&amp;slag=evaluator#kallor"' in client.get(page, {"slag": "evaluator"}).text
