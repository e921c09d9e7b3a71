"""What SKR is told to look at before the joint report is published, and what stops it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from decisions.elections import election_day
from evaluation.models import EvaluatorQuote
from kit.pictures import PictureTable
from kit.rich import document_of, markdown_of, stored
from reports import actions
from reports.builds import run
from reports.checked import Check, CheckGroup, CheckKind
from reports.checking import checks_of, grouped, headline, says_n
from reports.consent import quotes_without_consent
from reports.content import joint_content, organisation_content
from reports.content.blocks import FigureTable
from reports.content.joint import kinds_of
from reports.enums import ChapterState, SourceKind
from reports.handing_in import which_quotes_are_gone
from reports.joint_chapters import places_of
from reports.joint_sources import sources_in
from reports.live import figures_in_joint
from reports.models import JointReport, Report, ReportEdition
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    JointReportFactory,
    ParticipationFactory,
    ReportFactory,
    UserFactory,
    frozen,
)
from tests.refusing import refused
from tests.reports.printed_samples import cohort_of_six

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

QUOTE = "Nu frågar alla om följderna."


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def leader():
    return UserFactory(skr_role="process_leader")


@pytest.fixture
def member(cohort):
    """An organisation whose approved report shares a text and has a quote in another, which may be used."""
    report = ReportFactory(participation=ParticipationFactory(cohort=cohort))
    report.texts.create(key="purpose", text="Vi frågar om följderna i varje ärende.", shared=True)
    section = report.texts.create(key="results", text=QUOTE)
    section.quotes.create(text=QUOTE, function="politician", consented_on=date(2026, 5, 1))
    frozen(report, approved_on="2026-05-02")
    return report.participation


@pytest.fixture
def quote(member):
    return member.report.texts.get(key="results").quotes.get()


@pytest.fixture
def joint(cohort):
    return JointReportFactory(cohort=cohort)


def write(joint, typed, key="lessons", state=ChapterState.DONE):
    text, structure = stored(document_of(typed))
    joint.texts.update_or_create(key=key, defaults={"text": text, "structure": structure, "state": state})


def sentences_of(joint, *kinds, today=None):
    """Return the sentences of these kinds."""
    checks = checks_of(joint, joint_content(joint, None, None), today)
    return [check.text for check in checks if check.kind in kinds]


def take_in(joint, kind, by, key="lessons"):
    place = next(place for place in places_of(joint.cohort) if place.key == key)
    source = next(source for source in sources_in(joint.cohort, place) if source.kind == kind)
    return actions.take_in(cohort=joint.cohort, key=key, source=source, by=by)


class TestQuotesWithoutConsent:
    def sentences(self, joint):
        return [check.text for check in quotes_without_consent(joint)]

    def test_one_that_may_be_used_is_not_told(self, joint, member):
        write(joint, f"> {QUOTE}")
        assert self.sentences(joint) == []

    def test_one_that_is_taken_back(self, joint, quote, leader):
        write(joint, f"> {QUOTE}")
        actions.withdraw_quote(quote=quote, by=leader)
        (check,) = quotes_without_consent(joint)
        name = quote.section.report.participation.organisation.name
        assert check.text == f"Citatet ”{QUOTE}” från {name} får inte användas. Ta bort det ur ”Lärdomar”."
        assert check.url == reverse("reports:joint_chapter", args=[joint.cohort.slug, "lessons"])
        assert check.stops

    def test_one_that_was_taken_in_is_told_once(self, joint, quote, leader):
        take_in(joint, SourceKind.QUOTE, leader)
        assert self.sentences(joint) == []
        actions.withdraw_quote(quote=quote, by=leader)
        name = quote.section.report.participation.organisation.name
        assert self.sentences(joint) == [f"Citatet ”{QUOTE}” från {name} får inte användas. Ta bort det ur ”Lärdomar”."]
        write(joint, "Vi lärde oss mycket.")
        assert self.sentences(joint) == []

    def test_one_that_was_shortened_by_hand_stops_too(self, joint, quote, leader):
        take_in(joint, SourceKind.QUOTE, leader)
        text = joint.texts.get()
        write(joint, markdown_of(text.document).replace(" om följderna", ""))
        assert self.sentences(joint) == []
        actions.withdraw_quote(quote=quote, by=leader)
        name = quote.section.report.participation.organisation.name
        assert self.sentences(joint) == [
            f"Citatet ”Nu frågar alla.” från {name} får inte användas. Ta bort det ur ”Lärdomar”."
        ]

    def test_the_evaluators_that_is_no_longer_marked(self, joint, leader):
        quote = EvaluatorQuote.objects.create(
            cohort=joint.cohort, text="Vi slutade gissa.", function="strateg", may_be_used=True
        )
        take_in(joint, SourceKind.EVALUATOR, leader)
        assert self.sentences(joint) == []
        quote.may_be_used = False
        quote.save()
        assert self.sentences(joint) == [
            "Citatet ”Vi slutade gissa.” från utvärderaren får inte användas. Ta bort det ur ”Lärdomar”."
        ]

    def test_one_that_is_written_into_a_sentence(self, joint, quote, leader):
        write(joint, f"En politiker säger: ”{QUOTE}” Det är nytt.")
        actions.withdraw_quote(quote=quote, by=leader)
        assert len(self.sentences(joint)) == 1

    def test_one_whose_organisation_has_left(self, joint, member):
        write(joint, f"> {QUOTE}")
        member.status, member.withdrawn_on = "withdrawn", timezone.localdate() - timedelta(days=1)
        member.save()
        assert len(self.sentences(joint)) == 1

    def test_one_whose_report_is_no_longer_approved(self, joint, member):
        write(joint, f"> {QUOTE}")
        member.report.editions.update(approved_on=None)
        assert len(self.sentences(joint)) == 1

    @pytest.mark.parametrize(("shared", "number"), [(False, 1), (True, 0)])
    def test_one_that_was_never_allowed_unless_its_text_may_be_used(self, joint, quote, shared, number):
        quote.consented_on = None
        quote.save()
        quote.section.shared = shared
        quote.section.save()
        write(joint, f"> {QUOTE}")
        assert len(self.sentences(joint)) == number

    def test_a_sentence_that_another_may_be_quoted_with(self, cohort, joint, quote, leader):
        other = ReportFactory(participation=ParticipationFactory(cohort=cohort))
        section = other.texts.create(key="results", text=QUOTE)
        section.quotes.create(text=QUOTE, function="manager", consented_on=date(2026, 5, 1))
        frozen(other, approved_on="2026-05-02")
        actions.withdraw_quote(quote=quote, by=leader)
        write(joint, f"> {QUOTE}")
        assert self.sentences(joint) == []

    @pytest.mark.parametrize(("typed", "number"), [("Det gick bra.", 0), ("> Det gick.", 1)])
    def test_two_words_count_only_in_a_quotation(self, joint, quote, typed, number):
        quote.text, quote.withdrawn_on = "Det gick", date(2026, 5, 3)
        quote.save()
        write(joint, typed)
        assert len(self.sentences(joint)) == number

    @pytest.mark.parametrize(("may_be_used", "number"), [(True, 0), (False, 1)])
    def test_one_of_the_evaluator_that_is_no_longer_marked(self, cohort, joint, may_be_used, number):
        EvaluatorQuote.objects.create(cohort=cohort, function="Strateg", text=QUOTE, may_be_used=may_be_used)
        write(joint, f"> {QUOTE}")
        assert len(self.sentences(joint)) == number

    def test_it_stops_the_publishing_and_nothing_else_does(self, client, cohort, joint, quote, leader, drawn):
        write(joint, f"> {QUOTE}")
        actions.withdraw_quote(quote=quote, by=leader)
        run(actions.order_joint(cohort=cohort, meeting=None, since=None, by=leader).pk)
        with refused(f"Citatet ”{QUOTE}”"):
            actions.publish_joint(joint=joint, by=leader)
        client.force_login(leader)
        page = reverse("reports:publish_joint", args=[cohort.slug])
        assert "får inte användas" in client.get(page).text
        assert client.post(page, {}).status_code == 422
        actions.allow_quote(quote=quote, by=leader)
        asks = client.get(page).text
        assert "att titta på innan ni publicerar. Ni kan publicera ändå." in asks
        assert "”Förord” har ingen text och kommer inte med." in asks
        assert client.post(page, {}).status_code == 302
        assert ReportEdition.objects.filter(joint=joint).count() == 1


class TestFigures:
    def test_one_that_the_table_no_longer_says(self):
        joint = JointReportFactory(cohort=cohort_of_six())
        first = figures_in_joint(kinds_of(joint))[0]
        write(joint, f"Nu är det [{first.printed}]{{{first.ref}}}.")
        assert sentences_of(joint, CheckKind.FIGURE) == []
        write(joint, f"Nu är det [9,9]{{{first.ref}}} och [3]{{borta}}.")
        assert sentences_of(joint, CheckKind.FIGURE) == [
            f"”Lärdomar” säger ”9,9”, men nu är det {first.printed}.",
            "”Lärdomar” säger ”3”, men siffran finns inte längre i någon tabell.",
        ]

    @pytest.mark.parametrize(("shared", "number"), [(True, 1), (False, 0)])
    def test_one_in_a_text_that_may_be_used_of_an_approved_report(self, shared, number):
        joint = JointReportFactory(cohort=cohort_of_six())
        report = Report.objects.filter(participation__cohort=joint.cohort).first()
        text, structure = stored(document_of("Vi ligger på [9,9]{sjalvskattning.moment-1.september-2026}."))
        report.texts.create(key="purpose", text=text, structure=structure, shared=shared)
        frozen(report, approved_on="2026-11-02")
        sentences = sentences_of(joint, CheckKind.FIGURE)
        assert len(sentences) == number
        name = report.participation.organisation.name
        assert all(each.startswith(f"Resultatrapporten från {name} säger ”9,9”, men") for each in sentences)


class TestTexts:
    def test_a_chapter_without_text(self, joint):
        write(joint, "Ett förord.", key="preface")
        write(joint, "Om moment tre.", key="results--moment-3")
        sentences = sentences_of(joint, CheckKind.NO_TEXT)
        assert "”Sammanfattning” har ingen text och kommer inte med." in sentences
        assert "”Inledning” har ingen text, bara det som fylls i av sig självt." in sentences
        for title in ("Förord", "Deltagarnas resultat", "Bilagor"):
            assert not any(title in each for each in sentences)

    def test_values_without_text(self):
        joint = JointReportFactory(cohort=cohort_of_six())
        for number in range(1, 9):
            write(joint, "Ord.", key=f"results--moment-{number}")
        first, second = sentences_of(joint, CheckKind.NO_WORDS)
        assert first == "Moment 9 och 10 har medelvärden men ingen text."
        assert second.startswith("”Aktivitet”, ")
        write(joint, "Ord.", key="results--moment-9")
        checks = checks_of(joint, joint_content(joint, None, None))
        (last, _) = [check for check in checks if check.kind == CheckKind.NO_WORDS]
        assert last.text == "Moment 10 har ett medelvärde men ingen text."
        assert last.url.endswith("/results/moment-10/")

    def test_no_values_are_told_where_none_are_printed(self, joint):
        assert not any("Moment" in each for each in sentences_of(joint, CheckKind.NO_WORDS))

    def test_texts_that_are_not_done(self, joint):
        write(joint, "Hej.", key="preface", state=ChapterState.DRAFT)
        write(joint, "Hej.", key="summary", state=ChapterState.REVIEW)
        write(joint, "Hej.", key="introduction")
        write(joint, "Hej.", key="results--moment-3", state=ChapterState.DRAFT)
        *chapters, part = sentences_of(joint, CheckKind.NOT_DONE)
        assert chapters == ["”Förord” är ett utkast.", "”Sammanfattning” väntar på granskning."]
        assert part.startswith("Delen ”3. ")
        write(joint, "Hej.", key="results--moment-4", state=ChapterState.DRAFT)
        assert sentences_of(joint, CheckKind.NOT_DONE)[-1] == "Två delar av ”Deltagarnas resultat” är inte klara."

    def test_reports_that_are_not_handed_in_or_not_approved(self, cohort, joint, member):
        late, unread = (ParticipationFactory(cohort=cohort) for _ in range(2))
        ParticipationFactory(cohort=cohort, reported=True)
        ParticipationFactory(cohort=cohort, status="withdrawn")
        report = ReportFactory(participation=unread)
        report.texts.create(key="purpose", text="Vi.")
        frozen(report)
        assert sentences_of(joint, CheckKind.REPORT) == [
            f"Resultatrapporten från {late.organisation.name} är inte inlämnad.",
            f"Resultatrapporten från {unread.organisation.name} är inte godkänd.",
        ]


class TestLost:
    def test_a_text_that_is_not_offered_any_more_is_told_and_stops_nothing(self, joint, member, leader):
        take_in(joint, SourceKind.TEXT, leader)
        assert sentences_of(joint, CheckKind.LOST) == []
        edition = member.report.editions.get()
        edition.content["sections"] = [{**part, "shared": False} for part in edition.content["sections"]]
        ReportEdition.objects.filter(pk=edition.pk).update(content=edition.content)
        assert sentences_of(joint, CheckKind.LOST) == [
            f"{member.organisation.name}, ”Syfte och mål”: det går inte längre att ta in. "
            "Läs om det ska stå i ”Lärdomar”."
        ]
        assert quotes_without_consent(joint) == ()


class TestTablesInTexts:
    def test_one_that_is_gone_is_told(self, joint):
        write(joint, "Före.\n\n![Tabellen som var]{tabell-som-var}")
        assert sentences_of(joint, CheckKind.UNPRINTED) == [
            "Tabellen finns inte längre i ”Lärdomar”. ”Tabellen som var” trycks inte. Underlaget har ändrats, eller så "
            "skrivs siffrorna som ord."
        ]


class TestComments:
    def test_open_ones_are_told_and_those_that_are_done_are_not(self, joint, leader):
        write(joint, "Vi lärde oss mycket.")
        text = joint.texts.get()
        comment = actions.add_comment(on=text, paragraph="", text="Säg vad.", by=leader)
        assert sentences_of(joint, CheckKind.COMMENT) == ["”Lärdomar” har en öppen kommentar."]
        actions.resolve_comment(comment=comment, by=leader)
        assert sentences_of(joint, CheckKind.COMMENT) == []


class TestUnheard:
    def test_an_organisation_that_nothing_is_taken_from(self, cohort, joint, member, leader):
        silent = ReportFactory(participation=ParticipationFactory(cohort=cohort))
        silent.texts.create(key="purpose", text="Vi.")
        frozen(silent, approved_on="2026-05-02")
        names = member.organisation.name, silent.participation.organisation.name
        assert sentences_of(joint, CheckKind.UNHEARD) == [
            f"Inget från {names[0]} är taget in i texterna.",
            f"{names[1]} har inget i sin rapport som får tas in.",
        ]
        take_in(joint, SourceKind.QUOTE, leader)
        assert sentences_of(joint, CheckKind.UNHEARD) == [f"{names[1]} har inget i sin rapport som får tas in."]

    def test_the_way_leads_to_what_may_be_taken_from_it(self, client, joint, member, leader):
        checks = checks_of(joint, joint_content(joint, None, None))
        (check,) = [check for check in checks if check.kind == CheckKind.UNHEARD]
        client.force_login(leader)
        assert QUOTE in client.get(check.url).text

    def test_not_one_that_has_left(self, joint, member):
        member.status = "withdrawn"
        member.save()
        assert sentences_of(joint, CheckKind.UNHEARD) == []


class TestTables:
    ROWS = (("1. Styrning", "2,4"),)

    @pytest.mark.parametrize(
        ("heads", "rows", "says"),
        [
            (("Moment", "Medelvärde"), ROWS, False),
            (("Moment", "Nov. 2026, 7 svar"), ROWS, True),
            (("Moment", "Antal (n)"), ROWS, True),
            (("Steg", "Nu"), (("Aktivitet", "4"), ("Utfall", "–")), True),
            (("Steg", "Nu"), (("Aktivitet", "57 %"),), False),
            (("Deltagare", "Grupp"), (("Klarvik", "Kust"),), True),
        ],
    )
    def test_figures_that_are_no_counts_say_of_how_many_they_are(self, heads, rows, says):
        assert says_n(FigureTable("Medelvärden", heads, rows, key="a")) == says

    def test_the_report_s_own_tables_say_it(self):
        joint = JointReportFactory(cohort=cohort_of_six())
        content = joint_content(joint, None, None)
        assert sentences_of(joint, CheckKind.NO_N) == []
        bare = PictureTable("Medelvärden", ("Moment", "Medelvärde"), self.ROWS)
        kinds = tuple(replace(kind, beside=bare) for kind in content.kinds)
        (check,) = [each for each in checks_of(joint, replace(content, kinds=kinds)) if each.kind == CheckKind.NO_N]
        assert check.text == "Tabellen ”Medelvärden” säger inte hur många organisationer som ligger bakom."
        assert check.url == reverse("reports:joint_chapter", args=[joint.cohort.slug, "results"])


class TestElection:
    DAY = election_day(2026)

    @pytest.mark.parametrize(
        ("days", "when"),
        [(106, None), (105, "om 105 dagar"), (1, "i morgon"), (0, "i dag"), (-1, None)],
    )
    def test_from_fifteen_weeks_before_until_the_day(self, joint, days, when):
        sentences = sentences_of(joint, CheckKind.ELECTION, today=self.DAY - timedelta(days=days))
        advice = f"Valet är {when}, 13 september 2026. Överväg att vänta med att publicera tills det är över."
        assert sentences == ([advice] if when else [])

    def test_not_in_a_year_without_one(self, joint):
        assert sentences_of(joint, CheckKind.ELECTION, today=date(2027, 9, 1)) == []

    def test_how_long_before_is_a_setting(self, joint, settings):
        settings.QUIET_DAYS = 2
        assert sentences_of(joint, CheckKind.ELECTION, today=self.DAY - timedelta(days=3)) == []


class TestInWords:
    STOP = Check(CheckKind.CONSENT, "Ett citat.")
    ROW = Check(CheckKind.NO_TEXT, "Ett kapitel.")

    @pytest.mark.parametrize(
        ("checks", "words"),
        [
            ((), "Kontrollen har inte hittat något att rätta."),
            ((ROW,), "En sak att titta på innan ni publicerar. Ni kan publicera ändå."),
            ((STOP, ROW), "Två saker att titta på innan ni publicerar. Citatet nedan måste bort först."),
            ((STOP, STOP), "Två saker att titta på innan ni publicerar. De två citaten nedan måste bort först."),
        ],
    )
    def test_how_many_there_are(self, checks, words):
        assert headline(checks) == words

    def test_they_stand_under_their_headings(self):
        assert grouped((self.STOP, self.ROW, self.ROW)) == (
            CheckGroup(CheckKind.CONSENT, (self.STOP,)),
            CheckGroup(CheckKind.NO_TEXT, (self.ROW, self.ROW)),
        )


class TestPages:
    def test_the_page_to_publish_from_has_the_list(self, client, joint, leader):
        client.force_login(leader)
        address = reverse("reports:joint_release", args=[joint.cohort.slug])
        assert 'href="?kontroll#kontroll"' in client.get(address).text
        page = client.get(f"{address}?kontroll").text
        assert "Kapitel utan text: 9" in page
        assert reverse("reports:joint_chapter", args=[joint.cohort.slug, "preface"]) in page

    def test_a_report_that_is_not_begun_has_it_too(self, client, cohort, leader):
        client.force_login(leader)
        address = reverse("reports:joint_release", args=[cohort.slug])
        assert "Kapitel utan text: 9" in client.get(f"{address}?kontroll").text
        assert not JointReport.objects.exists()

    def test_every_way_leads_somewhere(self, client, leader):
        joint = JointReportFactory(cohort=cohort_of_six())
        ParticipationFactory(cohort=joint.cohort)
        write(joint, "Hej.", state=ChapterState.DRAFT)
        client.force_login(leader)
        with time_machine.travel("2026-09-01 09:00:00+02:00", tick=False):
            checks = checks_of(joint, joint_content(joint, None, None))
        assert {check.kind for check in checks} > {CheckKind.REPORT, CheckKind.NO_TEXT, CheckKind.ELECTION}
        for check in checks:
            assert not check.url or client.get(check.url).status_code == 200


class TestBeforeHandingIn:
    def test_a_quote_whose_sentence_is_gone_is_told(self, client, cohort):
        report = ReportFactory(participation=ParticipationFactory(cohort=cohort))
        section = report.texts.create(key="results", text=QUOTE)
        section.quotes.create(text=QUOTE, function="politician", consented_on=date(2026, 5, 1))
        section.quotes.create(text="En mening som bara är märkt.", function="politician")
        client.force_login(DelegateFactory(participation=report.participation, function="strategist").user)
        page = reverse("reports:submit", args=[cohort.slug, report.participation.code])
        assert "står inte längre" not in client.get(page).text
        section.text = "Nu frågar många."
        section.save()
        assert f"Citatet ”{QUOTE}” står inte längre i ”Resultat”" in client.get(page).text
        section.text = ""
        section.save()
        assert len(list(which_quotes_are_gone(report, organisation_content(report)))) == 1
