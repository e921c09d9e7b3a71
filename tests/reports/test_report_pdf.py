"""The reports of every example package as PDF: accessible, archivable, and with the published figures in their text."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from assessments.figures.panels import live_panels
from assessments.figures.releases import renew_releases
from assessments.figures.statistics import result_of
from checklist.models import Item
from cohorts.models import Cohort, Participation
from improvements.models import Effort
from kit.pdf import render_pdf
from reports.content import content_of_edition, joint_content, organisation_content
from reports.models import JointReport, Report, ReportSection
from reports.printers import pdf
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    EffortFactory,
    EffortStepFactory,
    MeetingFactory,
    ParticipationFactory,
    ReportFactory,
    frozen,
)
from tests.pdf_checks import assert_accessible_pdf, page_texts, pdf_text

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PUBLISHED = {
    table["key"]: table for table in json.loads((settings.DATA_DIR / "published-tables.json").read_text())["tables"]
}


def built(tmp_path: Path, *args: str) -> bytes:
    path = tmp_path / "rapport.pdf"
    call_command("build_report", *args, "--output", str(path))
    return path.read_bytes()


def numbers_in(text: str) -> set[str]:
    return {number.removesuffix(",0") for number in re.findall(r"\d+(?:,\d+)?", text)}


@pytest.fixture(scope="class")
def demo(django_db_setup, django_db_blocker):
    """The packages as `make demo` loads them, taken away again after the class."""
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel("2026-11-22 09:00:00+01:00", tick=True):
        call_command("load_demo")
        yield
        transaction.set_rollback(True)


JOINT = ("demo-kommuner", "demo-regioner", "demo-pagaende", "modellregioner-2018-2020")
OWN = (("demo-kommuner", "9702"), ("demo-regioner", "92"), ("demo-pagaende", "90"))


# Together, since loading the demonstration takes longer than the tests.
@pytest.mark.in_turn("report_pdf")
@pytest.mark.usefixtures("demo")
class TestThePackages:
    @pytest.mark.parametrize("slug", JOINT)
    def test_the_joint_report(self, tmp_path, slug):
        data = built(tmp_path, slug, "--joint")
        assert_accessible_pdf(data)
        pages = page_texts(data)
        invented = slug.startswith("demo")
        assert all(("Påhittade organisationer, värden och texter" in page) == invented for page in pages[1:])
        assert ("Sveriges Kommuner och Regioner" in pages[0]) == (not invented)
        assert ("påhittade" in pages[0]) == invented

    @pytest.mark.parametrize(("slug", "code"), OWN)
    def test_an_organisations_report(self, tmp_path, slug, code):
        data = built(tmp_path, slug, "--organisation", code)
        assert_accessible_pdf(data)
        pages = page_texts(data)
        name = Participation.objects.get(cohort__slug=slug, code=code).organisation.name
        assert name in pages[0]
        assert "Sveriges Kommuner" not in pages[0]
        assert all("Påhittade organisationer, värden och texter" in page for page in pages[1:])

    @pytest.mark.parametrize("key", ["kommuner-2019", "regioner-2019", "regioner-2020-slutrapport"])
    def test_the_published_figures_stand_in_the_text(self, tmp_path, key):
        table = PUBLISHED[key]
        data = built(tmp_path, table["cohort"], "--joint", "--meeting", table["meeting"])
        text = pdf_text(data)
        numbers = dict(Item.objects.filter(checklist__key=table["checklist"]).values_list("key", "number"))
        texts = dict(Item.objects.filter(checklist__key=table["checklist"]).values_list("key", "text"))
        n = _result(table).n
        # Beside an earlier meeting the number of answers stands in the head of each column, else at each row.
        for row in table["items"]:
            item = re.escape(f"{numbers[row['item']]}. {texts[row['item']]} ")
            assert re.search(rf"{item}(\S+ )?{re.escape(row['printed'])} ({n} )?", text)
        assert f"{n} svar" in text or f" {n} " in text
        low, high, possible = table["total_min"], table["total_max"], table["total_possible"]
        between = (
            f"ligger mellan {low.replace('.', ',')} och {high.replace('.', ',')} på en skala från 10 till {possible}"
        )
        assert between in text
        if table["overall_mean"]:
            overall = re.escape(table["overall_mean"].replace(".", ","))
            assert re.search(rf"Medelvärde av momenten (\S+ )?{overall}", text)

    @pytest.mark.parametrize(
        "args", [*((slug, "--joint") for slug in JOINT), *((s, "--organisation", c) for s, c in OWN)]
    )
    def test_every_number_of_the_pdf_is_in_the_json(self, tmp_path, args):
        pages = page_texts(built(tmp_path, *args))
        report = json.loads(built(tmp_path, *args, "--format", "json"))
        in_json = numbers_in(json.dumps(report, ensure_ascii=False).replace(".", ","))
        of_pages = {str(number) for number in range(1, len(pages) + 1)}
        on_cover = numbers_in(pages[0])
        assert numbers_in(" ".join(pages)) - in_json - of_pages - on_cover == set()
        assert report["kind"] == args[1].removeprefix("--")
        printed = {number["printed"] for number in report["numbers"]}
        assert {number.strip("+−").removesuffix(",0") for number in printed} <= in_json
        refs = [number["ref"] for number in report["numbers"]]
        assert len(refs) == len(set(refs))

    def test_two_occasions_stand_side_by_side(self, tmp_path):
        text = pdf_text(built(tmp_path, "demo-regioner", "--joint", "--since", "learning-3"))
        assert "Okt. 2019, 5 svar Nov. 2020, 5 svar Förändring" in text
        assert "Medelvärde av momenten 2,04 2,36" in text
        assert "beslut om jämställdhetsintegrering 2,8 3 +0,2" in text

    def test_below_five_words_stand_for_figures(self, tmp_path):
        text = pdf_text(built(tmp_path, "demo-pagaende", "--joint"))
        assert "Siffror för regioner skrivs ut när minst fem organisationer ligger bakom dem" in text
        assert "En andel skrivs ut när minst fem deltagare ligger bakom den" in text
        assert "Medelvärde" not in text

    def test_history_says_that_nothing_is_rated(self, tmp_path):
        text = pdf_text(built(tmp_path, "modellregioner-2018-2020", "--joint"))
        assert "Ingen självskattning är registrerad för omgången." in text

    def test_it_asks_the_database_as_often_for_fourteen_organisations_as_for_six(self):
        counts = []
        for slug in ("demo-kommuner", "demo-regioner"):
            cohort = Cohort.objects.select_related("plan__checklist").get(slug=slug)
            with CaptureQueriesContext(connection) as queries:
                pdf.html_of(joint_content(JointReport(cohort=cohort), None, None))
            counts.append(len(queries))
        assert abs(counts[0] - counts[1]) <= 6, counts


def _result(table):
    cohort = Cohort.objects.get(slug=table["cohort"])
    panels = live_panels(cohort.meetings.get(key=table["meeting"]), cohort.plan)
    return result_of(next(iter(panels.values())))


class TestWhatStandsInIt:
    @pytest.fixture
    def cohort(self):
        with time_machine.travel("2026-11-22 09:00:00+01:00", tick=False):
            cohort = CohortFactory(constructed=False)
            meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 10, 1))
            for place in range(6):
                member = ParticipationFactory(cohort=cohort)
                assessment = AssessmentFactory(
                    participation=member, meeting=meeting, submitted=True, values=[1 + place % 3] * 10
                )
                assessment.scores.filter(item__number=1).update(
                    comment=f"Kommentar {place}", shared=place == 0, glad_to_tell=place == 4
                )
                item = cohort.plan.items[0]
                public = EffortFactory(participation=member, shared=True, public=True, item=item, title=f"Vald {place}")
                EffortStepFactory(effort=public)
                EffortFactory(participation=member, shared=True, item=item, title=f"Delad {place}")
                offered = {"participation": member, "shared": True, "example": True, "item": item}
                EffortFactory(title=f"Exempel {place}", public=place != 5, **offered)
                EffortFactory(participation=member, item=item, title=f"Egen {place}")
                report = ReportFactory(participation=member, with_values=True, with_comments=True)
                ReportSection.objects.create(report=report, key="results", text=f"Resultat {place}", shared=place != 3)
                if place:
                    frozen(report, approved_on=None if place == 4 else date(2026, 3, 9))
            renew_releases(cohort=cohort)
            yield cohort

    def test_the_joint_report_takes_only_what_may_be_published_and_is_approved(self, cohort):
        """What is shared with the group, or offered in the omgång, stays there: the joint report leaves it."""
        html = pdf.html_of(joint_content(JointReport(cohort=cohort), None, None))
        assert [place for place in range(6) if f"Exempel {place}" in html] == [0, 1, 2, 3, 4]
        assert not any(word in html for word in ("Kommentar", "Delad", "Egen", "Vald"))
        assert not any(f"Resultat {place}" in html for place in range(6))

    def test_the_joint_report_names_those_that_gladly_tell(self, cohort):
        fifth = cohort.participations.all()[4].organisation.name
        content = joint_content(JointReport(cohort=cohort), None, None)
        assert [(part.title[:2], part.glad) for part in content.moments] == [("1.", fifth)]

    def test_no_value_of_one_organisation_stands_in_it(self, cohort):
        content = joint_content(JointReport(cohort=cohort), None, None)
        names = set(cohort.participations.values_list("organisation__name", flat=True))
        tables = [content.participants, *content.chain, *(kind.strength for kind in content.kinds)]
        for table in filter(None, tables):
            for row in table.rows:
                if names & set(row):
                    assert not any(cell.strip("+−").replace(",", "").isdigit() for cell in row), row

    def test_the_organisations_report_has_only_what_is_chosen(self, cohort):
        first, second = cohort.participations.all()[:2]
        html = pdf.html_of(organisation_content(first.report))
        assert "Kommentar 0" in html
        assert "Vald 0" in html
        assert "Delad 0" not in html
        assert "Egen 0" not in html
        assert "Kommentar 1" not in pdf.html_of(organisation_content(second.report))

    def test_an_organisation_may_publish_its_report_without_its_values(self, cohort):
        report = Report.objects.first()
        assert organisation_content(report).numbers
        report.with_values = False
        content = organisation_content(report)
        assert (content.numbers, content.values) == ((), None)
        assert "sjalvskattning" not in pdf.html_of(content)

    def test_the_same_content_has_the_same_sum_and_another_has_another(self, cohort):
        report = Report.objects.first()
        before = organisation_content(report).checksum
        assert organisation_content(Report.objects.get(pk=report.pk)).checksum == before
        ReportSection.objects.filter(report=report).update(text="Ny text")
        assert organisation_content(Report.objects.get(pk=report.pk)).checksum != before
        joint = joint_content(JointReport(cohort=cohort), None, None).checksum
        Effort.objects.filter(title="Egen 2").update(title="Bara vår")
        assert joint_content(JointReport(cohort=cohort), None, None).checksum == joint

    def test_approved_by_whom_stands_on_the_cover(self, cohort):
        edition = Report.objects.filter(state="submitted").first().editions.get()
        edition.frozen_on = date(2026, 3, 1)
        cover = content_of_edition(edition).cover
        assert cover.sender[1:] == ("Utgåva 1, 1 mars 2026", "Godkänd 9 mars 2026 av Per, politiker")
        assert (cover.draft, cover.demonstration) == (False, False)

    def test_text_is_text_and_never_markup(self, cohort):
        report = Report.objects.first()
        ReportSection.objects.filter(report=report).update(text='<img src="http://127.0.0.1/x"> & <b>fetstil</b>')
        assert "<b>fetstil</b>" in pdf_text(render_pdf(pdf.html_of(organisation_content(report))))


class TestTheCommand:
    def call(self, *args):
        call_command("build_report", *args)

    @pytest.mark.parametrize(
        ("args", "words"),
        [
            (("ingen", "--joint"), "no omgång 'ingen'"),
            (("prov", "--organisation", "1"), "no organisation '1' in prov"),
            (("prov", "--joint", "--meeting", "x"), "no meeting 'x' in prov; it has learning-1"),
            (("prov", "--joint", "--since", "x"), "no meeting 'x' in prov"),
            (("prov", "--joint", "--meeting", "learning-1", "--since", "learning-1"), "the same meeting"),
            (("prov", "--organisation", "8111"), "nothing to report"),
            (("prov", "--organisation", "8111", "--meeting", "learning-1"), "belong to --joint"),
            (("tom", "--joint"), "nothing to report"),
            (("prov", "--joint", "--edition", "1"), "no edition 1 of the report of prov, joint"),
            (("prov", "--organisation", "8111", "--edition", "2"), "no edition 2 of the report of prov, 8111"),
            (("prov", "--joint", "--edition", "1", "--meeting", "learning-1"), "belong to a draft"),
        ],
    )
    def test_bad_input_is_told_in_one_line(self, tmp_path, args, words):
        cohort = CohortFactory(slug="prov")
        CohortFactory(slug="tom")
        MeetingFactory(cohort=cohort, key="learning-1")
        ParticipationFactory(cohort=cohort, code="8111")
        path = tmp_path / "fil.pdf"
        with pytest.raises(CommandError, match=words) as refused:
            self.call(*args, "--output", str(path))
        assert "\n" not in str(refused.value)
        assert list(tmp_path.iterdir()) == []

    def test_a_place_that_cannot_be_written_is_told_and_an_earlier_file_kept(self, tmp_path):
        ParticipationFactory(cohort__slug="prov")
        for path in (tmp_path, tmp_path / "finns-inte" / "fil.pdf", Path("/proc/fil.pdf")):
            with pytest.raises(CommandError, match="expected a file that can be written"):
                self.call("prov", "--joint", "--output", str(path))

    def test_it_says_where_the_file_is(self, tmp_path, capsys):
        ParticipationFactory(cohort__slug="prov")
        path = tmp_path / "fil.pdf"
        path.write_bytes(b"old")
        self.call("prov", "--joint", "--output", str(path))
        assert capsys.readouterr().out == f"{path}\n"
        assert path.read_bytes().startswith(b"%PDF-1.7")
        assert [item.name for item in tmp_path.iterdir()] == ["fil.pdf"]
        assert_accessible_pdf(path.read_bytes())
