"""What SKR and the evaluator may take in to the joint report, and where it is used."""

from datetime import date

import pytest
from django.urls import reverse

from evaluation.models import EvaluatorQuote, Observation
from kit.rich import document_of, markdown_of, stored
from reports import actions
from reports.joint_chapters import places_of, texts_of
from reports.joint_sources import LONGEST_WORDS, MOST, SourceKind, sources_in, uses_of
from reports.models import JointReport, Report
from tests.factories import CohortFactory, DelegateFactory, EvaluatorFactory, ParticipationFactory, UserFactory, frozen

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
        assert (first.taken, first.about) == ("Om tre.", "moment-3")

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


class TestTakingIn:
    @pytest.fixture
    def page(self, client, cohort, leader):
        client.force_login(leader)
        return reverse("reports:joint_chapter", args=[cohort.slug, "lessons"])

    def test_it_stands_last_with_its_source_and_is_shown_as_used(self, client, cohort, member, page):
        (source, *_) = sources_in(cohort, place_of(cohort))
        sent = {"text": "Många frågar mer.", "revision": "0", "put_in": source.key}
        answer = client.post(page, sent, follow=True)
        text = JointReport.objects.get(cohort=cohort).texts.get(key="lessons")
        assert markdown_of(text.document) == f"Många frågar mer.\n\n> {QUOTE}\n>\n> *{source.credit}*"
        assert "Ångra genom att ta bort det där." in answer.text
        assert "✓ Används i Lärdomar" in answer.text
        titles = {place.key: place.short_title for place in places_of(cohort)}
        joint = JointReport.objects.get(cohort=cohort)
        assert uses_of(source, texts_of(joint).values(), titles) == ["Lärdomar"]

    def test_what_another_has_saved_meanwhile_is_shown_and_nothing_is_lost(self, client, cohort, member, page, leader):
        actions.save_chapter(cohort=cohort, key="lessons", text=document_of("Deras."), revision=0, by=leader)
        (source, *_) = sources_in(cohort, place_of(cohort))
        answer = client.post(page, {"text": "Min.", "revision": "0", "put_in": source.key})
        assert answer.status_code == 422
        assert "Deras." in answer.text
        assert QUOTE in answer.text

    def test_one_that_is_gone_is_not_put_in_and_the_text_is_saved(self, client, cohort, member, page):
        client.post(page, {"text": "Min.", "revision": "0", "put_in": "citat-0"})
        assert JointReport.objects.get(cohort=cohort).texts.get(key="lessons").text == "Min."

    def test_it_is_narrowed_by_organisation_and_kind(self, client, cohort, member, page):
        Observation.objects.create(cohort=cohort, seen_on=date(2026, 4, 1), text="Sett.", may_be_used=True)
        answer = client.get(page, {"fran": member.organisation.name, "slag": "citat"}).text
        assert QUOTE in answer
        assert "Sett." not in answer
        assert "Inget av det valda slaget." in client.get(page, {"fran": "Utvärderaren", "slag": "citat"}).text

    @pytest.mark.parametrize(("number", "asks"), [(MOST, False), (MOST + 1, True)])
    def test_at_most_a_dozen_before_all_are_asked_for(self, client, cohort, page, number, asks):
        for place in range(number):
            Observation.objects.create(cohort=cohort, seen_on=date(2026, 4, 1), text=f"Sett {place}.", may_be_used=True)
        assert (f"Visa alla {number}" in client.get(page).text) == asks
        assert "Visa alla" not in client.get(page, {"alla": ""}).text

    def test_the_evaluator_takes_in_where_they_write(self, client, cohort, member):
        evaluator = EvaluatorFactory(cohort=cohort).user
        client.force_login(evaluator)
        (source, *_) = sources_in(cohort, place_of(cohort))
        own = reverse("reports:joint_chapter", args=[cohort.slug, "lessons"])
        assert client.post(own, {"text": "", "revision": "0", "put_in": source.key}).status_code == 302
        others = reverse("reports:joint_chapter", args=[cohort.slug, "preface"])
        assert "Ta in" not in client.get(others).text
        assert client.post(others, {"text": "", "revision": "0", "put_in": source.key}).status_code == 403
