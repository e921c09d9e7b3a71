"""The reports of every example package as PDF: accessible, archivable, and with the published figures in their text."""

import json
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from checklist.actions.releases import renew_releases
from checklist.models import Item
from checklist.panels import live_panels
from checklist.statistics import result_of
from cohorts.models import Cohort, Participation
from improvements.models import Effort
from reports.content import joint_content, organisation_content
from reports.models import JointReport, Report, ReportSection
from reports.pdf import render_pdf
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    EffortFactory,
    EffortStepFactory,
    MeetingFactory,
    ParticipationFactory,
    ReportFactory,
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


@pytest.fixture(scope="class")
def demo(django_db_setup, django_db_blocker):
    """The packages as `make demo` loads them, taken away again after the class."""
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel("2026-11-22 09:00:00+01:00", tick=True):
        call_command("load_demo")
        yield
        transaction.set_rollback(True)


JOINT = ("demo-kommuner", "demo-regioner", "demo-pagaende", "modellregioner-2018-2020")
OWN = (("demo-kommuner", "9702"), ("demo-regioner", "92"), ("demo-pagaende", "90"))


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
        for row in table["items"]:
            assert f"{numbers[row['item']]}. {texts[row['item']]} {row['printed']} {n} " in text
        low, high, possible = table["total_min"], table["total_max"], table["total_possible"]
        between = (
            f"ligger mellan {low.replace('.', ',')} och {high.replace('.', ',')} på en skala från 10 till {possible}"
        )
        assert between in text
        if table["overall_mean"]:
            assert f"Medelvärde av momenten {table['overall_mean'].replace('.', ',')}" in text

    def test_two_occasions_stand_side_by_side(self, tmp_path):
        text = pdf_text(built(tmp_path, "demo-regioner", "--joint"))
        assert "Okt 2019 (n = 5) Nov 2020 (n = 5) Förändring" in text
        assert "Medelvärde av momenten 2,04 2,36" in text
        assert "beslut om jämställdhetsintegrering 2,8 3 +0,2" in text

    def test_below_five_words_stand_for_figures(self, tmp_path):
        text = pdf_text(built(tmp_path, "demo-pagaende", "--joint"))
        assert "Siffror för färre än fem organisationer visas inte" in text
        assert "Medelvärde" not in text

    def test_history_says_that_nothing_is_rated(self, tmp_path):
        text = pdf_text(built(tmp_path, "modellregioner-2018-2020", "--joint"))
        assert "Ingen självskattning är registrerad för omgången." in text

    def test_it_asks_the_database_as_often_for_fourteen_organisations_as_for_six(self):
        counts = []
        for slug in ("demo-kommuner", "demo-regioner"):
            cohort = Cohort.objects.select_related("plan__checklist").get(slug=slug)
            with CaptureQueriesContext(connection) as queries:
                joint_content(JointReport(cohort=cohort), None, None).html()
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
                shared = EffortFactory(
                    participation=member, shared=True, item=cohort.plan.items[0], title=f"Delad {place}"
                )
                EffortStepFactory(effort=shared)
                EffortFactory(
                    participation=member, shared=True, example=True, item=cohort.plan.items[0], title=f"Exempel {place}"
                )
                EffortFactory(participation=member, item=cohort.plan.items[0], title=f"Egen {place}")
                report = ReportFactory(participation=member, state="submitted" if place else "draft")
                ReportSection.objects.create(report=report, key="results", text=f"Resultat {place}", shared=place != 3)
            renew_releases(cohort=cohort)
            yield cohort

    def test_the_joint_report_takes_only_what_is_offered_and_handed_in(self, cohort):
        """What is shared with the group stays in the group: the joint report leaves the omgång."""
        html = joint_content(JointReport(cohort=cohort), None, None).html()
        assert all(f"Exempel {place}" in html for place in range(6))
        assert not any(word in html for word in ("Kommentar", "Delad", "Egen"))
        assert [place for place in range(6) if f"Resultat {place}" in html] == [1, 2, 4, 5]

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

    def test_the_organisations_report_leaves_out_what_is_not_shared(self, cohort):
        first, second = cohort.participations.all()[:2]
        html = organisation_content(first.report).html()
        assert "Kommentar 0" in html
        assert "Delad 0" in html
        assert "Egen 0" not in html
        assert "Kommentar 1" not in organisation_content(second.report).html()

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
        report = Report.objects.filter(state="submitted").first()
        report.submitted_on, report.approved_on, report.approved_by = (
            date(2026, 3, 1),
            date(2026, 3, 9),
            "A B, politiker",
        )
        cover = organisation_content(report).cover
        assert cover.sender[1:] == ("Inlämnad 1 mars 2026", "Godkänd 9 mars 2026 av A B, politiker")
        assert (cover.draft, cover.demonstration) == (False, False)

    def test_text_is_text_and_never_markup(self, cohort):
        report = Report.objects.first()
        ReportSection.objects.filter(report=report).update(text='<img src="http://127.0.0.1/x"> & <b>fetstil</b>')
        assert "<b>fetstil</b>" in pdf_text(render_pdf(organisation_content(report).html()))


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
            with pytest.raises(CommandError, match="cannot be written"):
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
