"""What a report says of itself: exact differences, whose reading it is, and one date for one occasion."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from assessments.figures.releases import renew_release
from assessments.occasions import occasions_of
from cohorts.enums import Status
from cohorts.roles import roles_of
from kit.figures import EXACT
from kit.templatetags.swedish import day, short_day
from overview.brief import month
from reports.actions import order_joint, publish_joint
from reports.content import content_of_edition, joint_content, organisation_content
from reports.content.base import columns_of_days
from reports.content.line_up import participants
from reports.models import JointReport, ReportEdition
from reports.printers.json import printed as json_of
from reports.printers.pdf import html_of
from reports.tasks import build
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    JointReportFactory,
    MeetingFactory,
    ParticipationFactory,
    ReportFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
HANDED_IN = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(date(2026, 11, 22), tick=False):
        yield


def test_mars_to_juli_are_never_shortened():
    days = [date(2026, month, 14) for month in range(1, 13)]
    assert [short_day(each) for each in days] == [
        *("14 jan.", "14 feb.", "14 mars", "14 april", "14 maj", "14 juni", "14 juli"),
        *("14 aug.", "14 sept.", "14 okt.", "14 nov.", "14 dec."),
    ]
    assert columns_of_days([date(2026, 7, 1), date(2026, 7, 14), date(2026, 6, 1)]) == (
        "1 juli 2026",
        "14 juli 2026",
        "Juni 2026",
    )


class TestOneDateForOneOccasion:
    @pytest.fixture
    def strategist(self):
        seat = DelegateFactory(starts_on=date(2026, 1, 1))
        cohort = seat.participation.cohort
        for number, meets, handed_in in ((1, date(2026, 7, 14), date(2026, 6, 30)), (2, date(2026, 12, 22), HANDED_IN)):
            meeting = MeetingFactory(cohort=cohort, number=number, name=f"Lärandeträff {number}", starts_on=meets)
            AssessmentFactory(
                participation=seat.participation,
                meeting=meeting,
                submitted=True,
                submitted_on=handed_in,
                values=[number] * 10,
            )
        return seat

    def test_page_pdf_and_excel_say_the_day_it_was_handed_in(self, client, strategist):
        own = strategist.participation
        occasions = occasions_of(own, roles_of(strategist.user))
        assert [month(occasion) for occasion in occasions] == ["juni 2026", "november 2026"]
        values = organisation_content(ReportFactory(participation=own, with_values=True)).values
        assert values.table.headers[1:3] == ("Juni 2026", "Nov. 2026")
        assert [line.partition(".")[0] for line in values.raters] == [
            "Lärandeträff 1, 30 juni 2026",
            "Lärandeträff 2, 20 november 2026",
        ]
        client.force_login(strategist.user)
        book = client.get(reverse("assessments:workbook", args=[own.cohort.slug, own.code]))
        sheets = load_workbook(BytesIO(book.content if not book.streaming else b"".join(book.streaming_content)))
        cells = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value]
        assert any(f"Inlämnad {day(HANDED_IN)}" in text for text in cells)


class TestWhoseReading:
    def content(self, **cohort):
        row = CohortFactory(**{"constructed": False, **cohort})
        for _ in range(5):
            member = ParticipationFactory(cohort=row)
            EffortStepFactory(effort=EffortFactory(participation=member, shared=True))
        return joint_content(JointReportFactory(cohort=row), None, None)

    def test_counts_read_out_of_published_reports_are_ours(self):
        content = self.content(provenance="Publicerat i SKR:s rapport.")
        assert "Antalen är vår läsning av publicerade exempel." in content.chain[0].caption
        assert content.cover.sender[0] == "Modell – sammanställt ur rapporter från Sveriges Kommuner och Regioner"
        assert content.provenance == "Publicerat i SKR:s rapport."

    @pytest.mark.parametrize("provenance", ["", "Upplagd här från Konceptet 2021."])
    def test_those_that_the_organisations_have_entered_are_skrs(self, provenance):
        content = self.content(provenance=provenance)
        assert "vår läsning" not in content.chain[0].caption
        assert content.cover.sender[0] == "Sveriges Kommuner och Regioner"
        assert content.provenance == ""


def test_differences_say_that_they_are_exact():
    cohort = CohortFactory(constructed=False)
    meetings = [
        MeetingFactory(cohort=cohort, number=number, name=f"Lärandeträff {number}", starts_on=date(2026, number, 1))
        for number in (1, 2)
    ]
    for _ in range(5):
        row = ParticipationFactory(cohort=cohort)
        for number, meeting in enumerate(meetings, 1):
            AssessmentFactory(participation=row, meeting=meeting, submitted=True, values=[number] * 10)
    for meeting in meetings:
        renew_release(meeting=meeting)
    content = joint_content(JointReportFactory(cohort=cohort), meetings[1], meetings[0])
    assert content.kinds[0].beside.headers[-1] == "Förändring"
    assert content.kinds[0].beside.caption.endswith(EXACT)


def test_the_joint_report_names_the_reports_that_have_not_come():
    cohort = CohortFactory()
    rows = {
        "Kommit": {"reported": True},
        "Saknas": {},
        "Fullföljt": {"status": Status.COMPLETED, "reported": True},
        "Sen": {"status": Status.COMPLETED},
        "Borta": {"status": Status.WITHDRAWN},
    }
    for name, fields in rows.items():
        ParticipationFactory(cohort=cohort, organisation__name=name, **fields)
    table = participants(list(cohort.participations.select_related("organisation", "group")))
    assert {row[0]: row[2] for row in table.rows} == {
        "Kommit": "Deltar",
        "Saknas": "Resultatrapporten är inte inlämnad än",
        "Fullföljt": "Har fullföljt",
        "Sen": "Resultatrapporten är inte inlämnad än",
        "Borta": "Lämnade omgången",
    }


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ((), ""),
        (("Sen kommun",), "Resultatrapporten från Sen kommun är inte inlämnad."),
        (("Sen kommun", "Trög kommun"), "Resultatrapporterna från Sen kommun och Trög kommun är inte inlämnade."),
    ],
)
def test_page_paper_and_json_name_them_before_and_after_publishing(client, drawn, missing, words):
    cohort = CohortFactory(constructed=False)
    ParticipationFactory(cohort=cohort, reported=True)
    ParticipationFactory(cohort=cohort, organisation__name="Borta", status=Status.WITHDRAWN)
    for name in missing:
        ParticipationFactory(cohort=cohort, organisation__name=name)
    leader = UserFactory(skr_role="process_leader")
    client.force_login(leader)
    page, reading = (reverse(f"reports:{name}", args=[cohort.slug]) for name in ("joint", "published_joint"))
    before = client.get(page).text
    assert all(name in before for name in missing)
    build(order_joint(cohort=cohort, meeting=None, since=None, by=leader).pk)
    publish_joint(joint=JointReport.objects.get(), by=leader)
    content = content_of_edition(ReportEdition.objects.get())
    for text in (json_of(content).decode(), html_of(content), client.get(page).text, client.get(reading).text):
        assert (words in " ".join(text.split())) if words else ("inte inlämnad" not in text)
