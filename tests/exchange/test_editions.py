"""Version 3 of the package: a report's editions go out and come in as they were frozen, and old packages get one."""

import copy
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import PublishedAnswers
from cohorts.models import Organisation
from cohorts.register import load_register
from improvements.models import Effort
from reports.content.frozen import checksum_of
from reports.models import Quote, Report, ReportEdition, ReportSection
from tests.exchange.test_exchange import KOMMUNER, changed, export, read, refusal, run, write
from tests.exchange.test_process import empty_the_site
from tests.packages import version_3

pytestmark = pytest.mark.django_db
DOCUMENT = version_3()
SLUG = DOCUMENT["cohort"]["slug"]


@pytest.fixture(autouse=True)
def invented_organisations(db):
    load_register(Organisation, settings.DATA_DIR / "organisations-demo.csv", invented=True)


def test_editions_go_out_as_they_came_in(tmp_path):
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    run(write(tmp_path / "package.json", DOCUMENT))
    assert export(SLUG, first) == DOCUMENT
    empty_the_site()
    run(first)
    export(SLUG, second)
    assert second.read_bytes() == first.read_bytes()


def test_the_import_of_an_export_with_editions_writes_nothing(tmp_path):
    run(write(tmp_path / "package.json", DOCUMENT))
    export(SLUG, tmp_path / "out.json")
    with CaptureQueriesContext(connection) as queries:
        assert run(tmp_path / "out.json") == f"{SLUG}: unchanged\n"
    assert [query["sql"] for query in queries if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")] == []


def test_a_published_report_is_a_page_the_moment_it_is_imported(tmp_path, client):
    run(write(tmp_path / "package.json", DOCUMENT))
    page = client.get(reverse("reports:published_report", args=[SLUG, "9901"])).text
    assert "Vi ville se vem som frågar." in page
    assert "Utgåva 1, 2 maj 2026 · Godkänd 3 maj 2026 av en politiker" in page
    joint = client.get(reverse("reports:published_joint", args=[SLUG])).text
    assert "Nio kommuner har deltagit." in joint
    assert "Ett datum var fel." in joint
    listed = client.get(reverse("reports:published")).text
    assert reverse("reports:published_report", args=[SLUG, "9901"]) in listed
    assert reverse("reports:published_joint", args=[SLUG]) in listed


def test_what_it_makes_readable_is_known_to_the_figures(tmp_path):
    run(write(tmp_path / "package.json", DOCUMENT))
    published = PublishedAnswers.objects.get(participation__code="9901", meeting=None)
    assert published.answers == {"activity": "1"}
    run(write(tmp_path / "again.json", DOCUMENT))
    assert PublishedAnswers.objects.count() == 1


def test_a_published_report_of_an_old_package_is_a_page_too(client):
    run(KOMMUNER)
    codes = {row["organisation"]: row for row in read(KOMMUNER)["reports"]}
    for code, row in codes.items():
        answer = client.get(reverse("reports:published_report", args=["demo-kommuner", code]))
        assert answer.status_code == (200 if row["status"] == "published" else 404), code
    row = codes["9702"]
    page = client.get(reverse("reports:published_report", args=["demo-kommuner", "9702"])).text
    assert row["sections"]["purpose"]["text"].split("\n")[0] in page
    # An old package says only what is shared with the group, and that is not to be published.
    shared = Effort.objects.filter(participation__code="9702", shared=True).first()
    assert shared.title not in page


def test_an_edition_that_the_rows_make_again_is_not_carried_until_they_differ(tmp_path):
    run(KOMMUNER)
    assert export("demo-kommuner", tmp_path / "a.json") == read(KOMMUNER)
    ReportSection.objects.filter(report__participation__code="9702", key="purpose").update(text="Annan text.")
    document = export("demo-kommuner", tmp_path / "b.json")
    assert document["version"] == 3
    carried = {row["organisation"]: row["editions"] for row in document["reports"] if row["editions"]}
    assert list(carried) == ["9702"]
    assert "Annan text." not in str(carried)


def test_an_old_package_with_another_text_makes_another_edition(tmp_path):
    run(KOMMUNER)
    document = copy.deepcopy(read(KOMMUNER))
    row = next(row for row in document["reports"] if row["organisation"] == "9702")
    row["sections"]["purpose"]["text"] = "Annan text."
    run(write(tmp_path / "a.json", document))
    report = Report.objects.get(participation__code="9702")
    assert [(e.number, e.approved_on, e.published_on) for e in report.editions.all()] == [
        (number, date(2020, 1, 28), date(2020, 1, 28)) for number in (1, 2)
    ]


def test_a_frozen_edition_is_never_changed_by_a_package(tmp_path):
    run(write(tmp_path / "package.json", DOCUMENT))
    other = copy.deepcopy(DOCUMENT)
    edition = other["reports"][0]["editions"][0]
    edition["content"]["organisation"] = "En annan"
    edition["checksum"] = checksum_of(edition["content"])
    there = ReportEdition.objects.get(report__participation__code="9901")
    said = refusal(write(tmp_path / "other.json", other))
    assert f"$.reports[0].editions[0].checksum: expected {there.checksum}, as frozen and stored" in said
    there.refresh_from_db()
    assert there.content["organisation"] == "Klarvik"


EDITION = ("reports", 0, "editions", 0)
BROKEN = {
    "another checksum": (
        (*EDITION, "checksum"),
        "0" * 64,
        "editions[0].checksum: expected the checksum of the content",
    ),
    "another number": ((*EDITION, "number"), 2, "editions[0].number: expected 1, as editions are numbered in order"),
    "not frozen": ((*EDITION, "content"), {"cover": 1}, "content: expected the frozen content of a result report"),
    "a text for a list": ((*EDITION, "content", "sections"), "x", "content: expected the frozen content"),
    "a number for a text": ((*EDITION, "content", "organisation"), 5, "content: expected the frozen content"),
    "published unapproved": ((*EDITION, "approved_on"), None, "approved_on: expected a day, since the edition is"),
    "not come in": (("participants", 0, "reported"), None, "reported: expected true or false"),
    "a joint one": (("joint_report", "editions", 0, "content"), {}, "expected the frozen content of a joint report"),
    "published without": (("joint_report", "editions", 0, "published_on"), None, ""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_with_an_edition_is_told_in_a_line(name, tmp_path):
    path, value, expected = BROKEN[name]
    document = changed(DOCUMENT, path, value)
    if name == "published without":
        document["joint_report"]["status"] = "published"
        expected = "$.joint_report.editions[0].published_on: expected a day, since the report is published, found null"
    said = refusal(write(tmp_path / "a.json", document))
    assert expected in said
    assert "\n" not in said
    assert not Report.objects.exists()


class TestQuotes:
    QUOTE = {"text": "Vi såg det.", "function": "politician", "consented_on": "2020-01-28", "withdrawn_on": None}

    def packaged(self, tmp_path, *quotes):
        document = copy.deepcopy(DOCUMENT)
        sections = next(row["sections"] for row in document["reports"] if row["sections"])
        next(iter(sections.values()))["quotes"] = list(quotes)
        return write(tmp_path / "package.json", document), document

    def test_they_come_and_go_with_their_section(self, tmp_path):
        withdrawn = {**self.QUOTE, "text": "Inte det.", "withdrawn_on": "2020-01-29"}
        path, document = self.packaged(tmp_path, self.QUOTE, withdrawn)
        run(path)
        marked = Quote.objects.filter(text__in=["Vi såg det.", "Inte det."]).order_by("pk")
        assert [quote.may_be_quoted for quote in marked] == [True, False]
        assert export(SLUG, tmp_path / "out.json")["reports"] == document["reports"]
        number = Quote.objects.count()
        run(path)
        assert Quote.objects.count() == number

    @pytest.mark.parametrize(
        ("quotes", "words"),
        [
            ((QUOTE, QUOTE), "each quote once"),
            (({**QUOTE, "consented_on": None, "withdrawn_on": "2020-01-28"},), "a day, since the quote is withdrawn"),
            (({**QUOTE, "function": "kock"},), "politician"),
        ],
    )
    def test_what_contradicts_itself_is_refused(self, tmp_path, quotes, words):
        path, _ = self.packaged(tmp_path, *quotes)
        assert words in refusal(path)


class TestInterimReports:
    def package(self, after, content_after):
        document = copy.deepcopy(DOCUMENT)
        (edition,) = document["joint_report"]["editions"]
        edition["interim_after"] = after
        if content_after:
            edition["content"]["interim_after"] = content_after
        edition["checksum"] = checksum_of(edition["content"])
        return document

    def test_one_comes_in_and_goes_out_as_it_was(self, tmp_path):
        document = self.package("Lärandeträff 1", "Lärandeträff 1")
        run(write(tmp_path / "package.json", document))
        assert ReportEdition.objects.get(joint__isnull=False).is_interim
        assert export(SLUG, tmp_path / "out.json") == document

    @pytest.mark.parametrize("meetings", [(None, "Lärandeträff 1"), ("Lärandeträff 1", "")])
    def test_it_is_told_as_in_its_content(self, tmp_path, meetings):
        path = write(tmp_path / "package.json", self.package(*meetings))
        assert "$.joint_report.editions[0].interim_after" in refusal(path)
