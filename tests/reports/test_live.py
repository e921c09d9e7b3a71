"""Live figures: a number in running text is a reference, which follows its table when a person says so."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from kit.models import AuditEvent
from kit.references.reading import NotRead, figures_in
from kit.refusals import ActionRefused
from kit.rich import document_of, markdown_of, stored
from reports import actions
from reports.content import content_of_edition, joint_content, organisation_content
from reports.content.joint import kinds_of
from reports.enums import BuildFormat
from reports.live import ChangedFigure, LiveFigure, changed_in, figures_in_joint, figures_of
from reports.models import JointReport, ReportSection
from reports.printers import printed
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    IndicatorFactory,
    MeetingFactory,
    ParticipationFactory,
    ReportFactory,
    ValueFactory,
    frozen,
)
from tests.pdf_checks import assert_accessible_pdf
from tests.reports.printed_samples import cohort_of_six, joint_of

pytestmark = pytest.mark.django_db
FIRST = "sjalvskattning.moment-1.april-2026"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22 09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def own():
    """An organisation with two self-assessments, three of its moment higher at the second."""
    own = ParticipationFactory(cohort=CohortFactory(constructed=False, plan__half_steps=True))
    for month, values in ((4, [2] * 10), (9, [3] * 3 + [2] * 6 + [1])):
        meeting = MeetingFactory(cohort=own.cohort, starts_on=date(2026, month, 1))
        AssessmentFactory(
            participation=own, meeting=meeting, submitted=True, submitted_on=meeting.starts_on, values=values
        )
    return own


@pytest.fixture
def report(own):
    return ReportFactory(participation=own)


@pytest.fixture
def strategist(own):
    return DelegateFactory(participation=own, function="strategist").user


def write(report, typed, key="results"):
    text, structure = stored(document_of(typed))
    return ReportSection.objects.create(report=report, key=key, text=text, structure=structure, revision=1)


def text_of(section):
    section.refresh_from_db()
    return markdown_of(section.document)


def said(report):
    return {figure.ref: figure.printed for figure in figures_of(report)}


class TestFiguresOfAReport:
    def test_its_own_values_are_there_though_they_are_not_published(self, report):
        assert not report.with_values
        figures = figures_of(report)
        assert figures[0] == LiveFigure(FIRST, figures[0].label, "2", "Självskattning")
        assert figures[0].label.endswith(", april 2026")
        assert said(report)["sjalvskattning.moment-1.forandring"] == "+1"

    def test_what_is_not_handed_in_is_not(self, own):
        other = ParticipationFactory(cohort=own.cohort)
        AssessmentFactory(participation=other, meeting=own.cohort.meetings.first(), values=[2] * 10)
        assert figures_of(ReportFactory(participation=other)) == ()

    def test_the_movement_in_words(self, report):
        moved = {ref: words for ref, words in said(report).items() if ref.startswith("forflyttning")}
        assert moved == {
            "forflyttning.framat": "tre av tio",
            "forflyttning.stilla": "sex av tio",
            "forflyttning.bakat": "ett av tio",
        }

    def test_the_newest_value_of_an_indicator(self, own, report):
        indicator = IndicatorFactory(participation=own, title="Väntetid", key="vantetid")
        ValueFactory(indicator=indicator, period="2025", women=Decimal(60), men=Decimal(41))
        ValueFactory(indicator=indicator, period="2026", women=Decimal(51), men=Decimal("42.5"))
        values = said(report)
        assert values["nyckeltal.vantetid.kvinnor"] == "51 dagar"
        assert values["nyckeltal.vantetid.man"] == "42,5 dagar"
        assert values["nyckeltal.vantetid.skillnad"] == "8,5 dagar"

    def test_few_people_are_behind_no_figure(self, own, report):
        indicator = IndicatorFactory(participation=own, key="sma", kind="share", unit="%", fewest_people=5)
        ValueFactory(
            indicator=indicator,
            period="2026",
            women=Decimal(50),
            men=Decimal(40),
            women_numerator=Decimal(2),
            women_denominator=Decimal(4),
            men_numerator=Decimal(40),
            men_denominator=Decimal(100),
        )
        assert not [ref for ref in said(report) if ref.startswith("nyckeltal")]

    def test_how_many_efforts_have_reached_a_stage(self, own, report):
        for _ in range(3):
            EffortStepFactory(effort=EffortFactory(participation=own), stage="activity")
        EffortFactory(participation=own)
        values = said(report)
        assert values["insatser.activity"] == "tre av fyra"
        assert values["insatser.societal-effect"] == "ingen av fyra"

    def test_each_reference_is_one_that_a_text_may_hold(self, own, report):
        EffortFactory(participation=own)
        for figure in figures_of(report):
            assert markdown_of(document_of(figure.markdown)) == figure.markdown
            assert changed_in(document_of(f"Nu: {figure.markdown}"), figures_of(report)) == ()


@pytest.mark.one_database
def test_the_joint_report_has_the_figures_of_its_own_tables():
    joint = JointReport(cohort=cohort_of_six())
    figures = figures_in_joint(kinds_of(joint))
    printed = {(number.ref, number.printed) for number in joint_content(joint, None, None).numbers}
    assert figures
    assert {(figure.ref, figure.printed) for figure in figures} <= printed


class TestChanged:
    FIGURES = (LiveFigure("a", "", "fyra av fem", ""), LiveFigure("b", "", "2,5", ""))

    @pytest.mark.parametrize(
        ("typed", "changed"),
        [
            ("[fyra av fem]{a}", ()),
            ("[Fyra av fem]{a}", ()),
            ("[tre av fem]{a}", (ChangedFigure("a", "tre av fem", "fyra av fem"),)),
            ("[Tre av fem]{a}", (ChangedFigure("a", "Tre av fem", "fyra av fem"),)),
            ("[2,7]{b}, [2,7]{b}", (ChangedFigure("b", "2,7", "2,5"),)),
            ("> - [2]{c}", (ChangedFigure("c", "2", ""),)),
            ("2,7", ()),
        ],
    )
    def test_words_that_are_not_what_is_printed(self, typed, changed):
        assert changed_in(document_of(typed), self.FIGURES) == changed

    def test_in_a_sentence(self):
        assert (
            ChangedFigure("a", "tre av fem", "fyra av fem").in_words == "Du skrev ”tre av fem”. Nu är det fyra av fem."
        )
        assert ChangedFigure("a", "2", "").in_words == "Du skrev ”2”. Nu finns siffran inte längre."


class TestSettling:
    def test_the_text_follows(self, report, strategist):
        section = write(report, f"[Två av tio]{{forflyttning.framat}} steg, [7]{{{FIRST}}}.")
        actions.update_figure(
            report=report, key="results", ref="forflyttning.framat", printed="tre av tio", by=strategist
        )
        assert text_of(section) == f"[Tre av tio]{{forflyttning.framat}} steg, [7]{{{FIRST}}}."
        assert section.revision == 2
        assert AuditEvent.objects.get().kind == "report_section_saved"

    def test_the_words_are_kept_as_words(self, report, strategist):
        section = write(report, f"Vi skrev [7]{{{FIRST}}} och [8]{{{FIRST}}}.")
        actions.keep_figure(report=report, key="results", ref=FIRST, words="7", by=strategist)
        assert text_of(section) == f"Vi skrev 7 och [8]{{{FIRST}}}."

    def test_it_is_refused_when_the_figure_has_changed_again(self, report, strategist):
        section = write(report, f"[7]{{{FIRST}}}")
        with pytest.raises(ActionRefused, match="Siffran har ändrats igen sedan du öppnade sidan"):
            actions.update_figure(report=report, key="results", ref=FIRST, printed="3", by=strategist)
        assert text_of(section) == f"[7]{{{FIRST}}}"

    def test_it_is_refused_when_the_text_has_changed(self, report, strategist):
        write(report, "Annan text.")
        for refused in (
            lambda: actions.keep_figure(report=report, key="results", ref=FIRST, words="7", by=strategist),
            lambda: actions.update_figure(report=report, key="results", ref=FIRST, printed="2", by=strategist),
            lambda: actions.keep_figure(report=report, key="purpose", ref=FIRST, words="7", by=strategist),
        ):
            with pytest.raises(ActionRefused, match="Texten har ändrats sedan du öppnade sidan"):
                refused()

    def test_it_is_refused_when_the_report_is_handed_in(self, report, strategist):
        write(report, f"[7]{{{FIRST}}}")
        frozen(report)
        with pytest.raises(ActionRefused, match="Rapporten är inlämnad och ändras inte"):
            actions.keep_figure(report=report, key="results", ref=FIRST, words="7", by=strategist)


class TestPages:
    @pytest.fixture
    def signed_in(self, client, strategist):
        client.force_login(strategist)
        return client

    @pytest.fixture
    def section(self, report):
        return write(report, f"Vi ligger på [7]{{{FIRST}}}.")

    def page(self, own, name="report", *more):
        return reverse(f"reports:{name}", args=[own.cohort.slug, own.code, *more])

    def test_the_writing_page_lists_the_figures_and_says_what_has_changed(self, signed_in, own, section):
        page = signed_in.get(self.page(own, "section", "results")).text
        assert f"<code>[2]{{{FIRST}}}</code>" in page
        assert "En siffra har ändrats" in page
        assert "Du skrev ”7”. Nu är det 2." in page
        assert "Ändra till 2" in page
        assert "Behåll 7" in page

    def test_a_report_that_is_not_begun_has_the_list(self, signed_in, own):
        assert f"<code>[2]{{{FIRST}}}</code>" in signed_in.get(self.page(own, "section", "purpose")).text

    @pytest.mark.parametrize(("sent", "text"), [({"change": "2"}, f"[2]{{{FIRST}}}"), ({"keep": "7"}, "7")])
    def test_a_button_saves_what_is_typed_and_settles_the_figure(self, signed_in, own, section, sent, text):
        typed = {"s-results-text": f"Vi ligger nu på [7]{{{FIRST}}}.", "s-results-revision": section.revision}
        answer = signed_in.post(f"{self.page(own, 'settle_figure', 'results')}?siffra={FIRST}", {**typed, **sent})
        assert answer.status_code == 302
        assert text_of(section) == f"Vi ligger nu på {text}."

    def test_what_another_has_saved_is_shown_and_nothing_is_settled(self, signed_in, own, section):
        typed = {"s-results-text": "Min text.", "s-results-revision": "0", "keep": "7"}
        answer = signed_in.post(f"{self.page(own, 'settle_figure', 'results')}?siffra={FIRST}", typed)
        assert answer.status_code == 422
        assert "Min text.</textarea>" in answer.text
        assert text_of(section) == f"Vi ligger på [7]{{{FIRST}}}."

    def test_a_refusal_is_said_on_the_page(self, signed_in, own, section):
        answer = signed_in.post(
            f"{self.page(own, 'settle_figure', 'results')}?siffra={FIRST}", {"change": "3"}, follow=True
        )
        assert "Siffran har ändrats igen" in answer.text

    def test_the_page_before_handing_in_says_it(self, signed_in, own, section):
        page = signed_in.get(self.page(own, "submit")).text
        assert "En siffra i ”Resultat” har ändrats. Du skrev ”7”. Nu är det 2." in page

    def test_a_draft_that_is_read_marks_it(self, client, own, section):
        client.force_login(DelegateFactory(participation=own, function="politician").user)
        page = client.get(self.page(own)).text
        assert f'<mark data-ref="{FIRST}">7</mark><span class="ds-sr-only"> (siffran har ändrats till 2)</span>' in page


class TestPrinted:
    @pytest.fixture
    def content(self, report):
        report.with_values = True
        write(
            report,
            f"Vi ligger på [2]{{{FIRST}}}, och [Tre av tio]{{forflyttning.framat}} har gått framåt.\n\n- [3]{{x}}",
        )
        return organisation_content(report)

    def test_they_are_numbers_of_the_report(self, content):
        assert [(number.ref, number.printed) for number in content.numbers[:3]] == [
            (FIRST, "2"),
            ("forflyttning.framat", "Tre av tio"),
            ("x", "3"),
        ]

    @pytest.mark.one_database
    @pytest.mark.parametrize("file_format", [BuildFormat.PDF, BuildFormat.WORD, BuildFormat.WEB, BuildFormat.JSON])
    def test_each_format_carries_them(self, content, file_format):
        printed_by_ref = {number.ref: number.printed for number in content.numbers}
        assert list(figures_in(printed(content, file_format)).items()) == list(printed_by_ref.items())

    @pytest.mark.one_database
    def test_the_pdf_is_as_valid_as_it_was(self, content):
        assert_accessible_pdf(printed(content, BuildFormat.PDF))

    @pytest.mark.one_database
    def test_one_that_is_broken_between_lines_is_read_whole(self, report):
        words = "ett långt svar i ord som tabellen aldrig skulle skriva ut men en människa kan"
        write(report, f"{'Vi mätte och mätte. ' * 4}[{words}]{{a.b}}.", key="purpose")
        assert figures_in(printed(organisation_content(report), BuildFormat.PDF)) == {"a.b": words}

    def test_an_edition_stands_with_its_words(self, own, report):
        write(report, f"Vi ligger på [7]{{{FIRST}}}.")
        content = content_of_edition(frozen(report))
        assert [(number.ref, number.printed) for number in content.numbers] == [(FIRST, "7")]

    def test_a_file_whose_text_is_not_its_table_is_refused(self, report):
        report.with_values = True
        write(report, f"[7]{{{FIRST}}}")
        with pytest.raises(NotRead, match="printed both as 7 and as 2"):
            figures_in(printed(organisation_content(report), BuildFormat.JSON))

    @pytest.mark.one_database
    def test_the_joint_reports_own_texts_may_hold_its_figures(self):
        cohort = cohort_of_six()
        first = joint_of(cohort).numbers[0]
        text, structure = stored(document_of(f"Nu är det [{first.printed}]{{{first.ref}}}."))
        joint = JointReport.objects.get_or_create(cohort=cohort)[0]
        joint.texts.update_or_create(key="preface", defaults={"text": text, "structure": structure})
        numbers = joint_content(joint, None, None).numbers
        assert numbers[0] == first
        assert len(numbers) == len(set(numbers)) + 1
