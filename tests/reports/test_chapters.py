"""A published report read a chapter at a time, its tables as CSV, and files ordered in each format."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.urls import reverse

from kit.enums import BuildState
from reports import actions, builds, tasks
from reports.content import content_of_edition
from reports.enums import BuildFormat
from reports.models import Build, JointReport
from tests.factories import DelegateFactory, JointReportFactory, UserFactory, frozen
from tests.reports.printed_samples import WORDS, cohort_of_six

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22 09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def cohort():
    return cohort_of_six()


@pytest.fixture
def member(cohort):
    return cohort.participations.first()


@pytest.fixture
def leader():
    return UserFactory(skr_role="process_leader")


@pytest.fixture
def joint(cohort, leader, drawn):
    """A joint report that is published."""
    joint = JointReportFactory(cohort=cohort, texts={"preface": "Hej.", "reflections": "Slut."})
    builds.run(actions.order_joint(cohort=cohort, meeting=None, since=None, by=leader).pk)
    actions.publish_joint(joint=joint, by=leader)
    joint.refresh_from_db()
    return joint


def chapter_of(member, anchor, *, number=None):
    name, more = ("report_edition_chapter", [number]) if number else ("published_report_chapter", [])
    return reverse(f"reports:{name}", args=[member.cohort.slug, member.code, *more, anchor])


class TestChapters:
    def test_anyone_reads_them_in_order(self, client, member):
        page = client.get(chapter_of(member, "avsnitt-next_steps")).text
        assert WORDS in page
        assert chapter_of(member, "avsnitt-results") in page
        assert "Föregående: Råd till SKR" in page
        assert "Nästa: Självskattning" in page
        assert '<a href="' + chapter_of(member, "avsnitt-next_steps") + '" aria-current="page">' in page
        assert page.count("aria-current") == 1

    def test_the_first_and_the_last_have_one_neighbour(self, client, member):
        content = content_of_edition(member.report.editions.get())
        anchors = [line.anchor for line in content.headings if line.level == 2]
        pages = {anchor: client.get(chapter_of(member, anchor)) for anchor in anchors}
        assert {page.status_code for page in pages.values()} == {200}
        ways = [("Föregående:" in page.text, "Nästa:" in page.text) for page in pages.values()]
        assert ways == [(False, True)] + [(True, True)] * (len(anchors) - 2) + [(True, False)]

    def test_the_whole_report_leads_to_them_and_back(self, client, member):
        whole = reverse("reports:published_report", args=[member.cohort.slug, member.code])
        first = chapter_of(member, "avsnitt-results")
        assert f'href="{first}"' in client.get(whole).text
        assert f'href="{whole}"' in client.get(first).text
        edition = reverse("reports:report_edition", args=[member.cohort.slug, member.code, 1])
        assert f'href="{chapter_of(member, "avsnitt-results", number=1)}"' in client.get(edition).text
        assert f'href="{edition}"' in client.get(chapter_of(member, "avsnitt-results", number=1)).text

    def test_a_chapter_that_is_not_there(self, client, member):
        assert client.get(chapter_of(member, "moment")).status_code == 404
        assert client.get(chapter_of(member, "rattad")).status_code == 404

    def test_its_address_leads_to_the_newest_and_an_editions_to_its_own(self, client, member):
        member.report.texts.filter(key="results").update(text="Rättat.")
        frozen(member.report, "published", approved_on=date(2026, 11, 9))
        assert "Rättat." in client.get(chapter_of(member, "avsnitt-results")).text
        assert "Rättat." not in client.get(chapter_of(member, "avsnitt-results", number=1)).text

    def test_what_is_not_published_is_read_by_those_who_read_the_edition(self, client, member):
        member.report.editions.update(published_on=None)
        assert client.get(chapter_of(member, "avsnitt-results")).status_code == 404
        answer = client.get(chapter_of(member, "avsnitt-results", number=1))
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))
        client.force_login(DelegateFactory(participation=member).user)
        assert "Utgåvan är inte publicerad." in client.get(chapter_of(member, "avsnitt-results", number=1)).text
        client.force_login(DelegateFactory().user)
        assert client.get(chapter_of(member, "avsnitt-results", number=1)).status_code == 404

    def test_the_joint_report(self, client, joint):
        slug = joint.cohort.slug
        page = client.get(reverse("reports:published_joint_chapter", args=[slug, "deltagarnas-resultat"])).text
        assert reverse("reports:joint_edition_table", args=[slug, 1, "sjalvskattning-kommuner-over-tid"]) in page
        assert reverse("reports:published_joint_chapter", args=[slug, "forord"]) in page
        last = reverse("reports:joint_edition_chapter", args=[slug, 1, "avslutande-reflektioner"])
        assert client.get(last).status_code == 200

    def test_few_questions_to_the_database(self, client, joint, django_assert_max_num_queries):
        with django_assert_max_num_queries(25):
            client.get(reverse("reports:published_joint_chapter", args=[joint.cohort.slug, "bilagor"]))


class TestTables:
    def test_a_table_has_the_figures_of_the_edition(self, client, member):
        answer = client.get(
            reverse("reports:report_edition_table", args=[member.cohort.slug, member.code, 1, "varden"])
        )
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert "attachment" in answer["Content-Disposition"]
        lines = answer.content.decode().removeprefix("\ufeff").splitlines()
        table = content_of_edition(member.report.editions.get()).values.table
        assert lines == [";".join(row) for row in (table.headers, *table.rows)]
        assert lines[1].endswith(";+0,5")

    def test_one_that_is_not_there(self, client, member):
        place = [member.cohort.slug, member.code]
        assert client.get(reverse("reports:report_edition_table", args=[*place, 1, "annan"])).status_code == 404
        assert client.get(reverse("reports:report_edition_table", args=[*place, 2, "varden"])).status_code == 302


class TestOrdering:
    @pytest.mark.parametrize(
        ("file_format", "ending", "name"),
        [("docx", "docx", "Word-filen"), ("pptx", "pptx", "PowerPoint-filen"), ("pdf", "pdf", "PDF:en")],
    )
    def test_a_button_orders_its_format(
        self, client, member, drawn, file_format, ending, name, django_capture_on_commit_callbacks
    ):
        client.force_login(DelegateFactory(participation=member).user)
        order = reverse("reports:order_report", args=[member.cohort.slug, member.code])
        page = reverse("reports:report", args=[member.cohort.slug, member.code])
        assert f'value="{file_format}"' in client.get(page).text
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(order, {"format": file_format})
        build = Build.objects.get()
        assert (build.format, build.state, build.edition.number) == (file_format, "ready", 1)
        shown = client.get(answer.url).text
        assert f"{name} är klar." in shown
        assert f"Hämta {name}" in shown
        file = client.get(reverse("reports:build_file", args=[build.pk]))
        assert (f".{ending}" in file["Content-Disposition"], bool(file.getvalue())) == (True, True)
        assert f"Den senast beställda {name}" in client.get(page).text
        # Anyone who reads the published report finds it there.
        client.logout()
        published = client.get(reverse("reports:published_report", args=[member.cohort.slug, member.code])).text
        assert reverse("reports:published_file", args=[build.pk]) in published

    @pytest.mark.parametrize("asked", ["json", "html", "exe", ""])
    def test_no_other_format_is_ordered_from_the_page(self, client, member, asked):
        client.force_login(DelegateFactory(participation=member).user)
        order = reverse("reports:order_report", args=[member.cohort.slug, member.code])
        assert client.post(order, {"format": asked}).status_code == 404
        assert not Build.objects.exists()

    def test_the_limit_is_of_all_formats_together(self, client, member):
        client.force_login(DelegateFactory(participation=member).user)
        order = reverse("reports:order_report", args=[member.cohort.slug, member.code])
        formats = ["docx", "pptx"] * 10
        assert {client.post(order, {"format": each}).status_code for each in formats} == {302}
        assert client.post(order, {"format": "docx"}).status_code == 429

    def test_the_joint_reports_newest_edition_while_it_is_published(self, client, joint, leader):
        client.force_login(leader)
        order = reverse("reports:order_joint", args=[joint.cohort.slug])
        assert (
            "Den publicerade rapporten som fil"
            in client.get(reverse("reports:joint_release", args=[joint.cohort.slug])).text
        )
        client.post(order, {"format": "pptx"})
        assert Build.objects.get(format="pptx").edition == joint.editions.get()
        actions.correct_joint(joint=joint, reason="Ett tal är fel.", by=leader)
        client.post(order, {"format": "docx"})
        assert Build.objects.get(format="docx").edition is None

    def test_web_pages_are_a_zip(self, member, client):
        person = DelegateFactory(participation=member).user
        edition = member.report.editions.get()
        build = actions.order_build(report=member.report, edition=edition, file_format=BuildFormat.WEB, by=person)
        builds.run(build.pk)
        build.refresh_from_db()
        assert build.file.name.endswith(".zip")
        client.force_login(person)
        file = client.get(reverse("reports:build_file", args=[build.pk]))
        assert (file["Content-Type"], ".zip" in file["Content-Disposition"]) == ("application/zip", True)
        with ZipFile(BytesIO(file.getvalue())) as archive:
            assert "index.html" in archive.namelist()

    def test_a_file_that_is_gone_is_made_again_in_its_format(self, member, drawn):
        person = DelegateFactory(participation=member).user
        first = actions.order_report(participation=member, file_format=BuildFormat.WORD, by=person)
        builds.run(first.pk)
        default_storage.delete(Build.objects.get(pk=first.pk).file.name)
        builds.queue_missing()
        [again] = Build.objects.filter(edition__report=member.report, format=BuildFormat.WORD)
        assert (again.state, again.pk == first.pk) == (BuildState.QUEUED, False)
        builds.queue_missing()
        assert Build.objects.filter(edition__report=member.report, format=BuildFormat.WORD).count() == 1
        # Only the PDF is made without anyone asking.
        formats = Build.objects.filter(edition__report=member.report).values_list("format", flat=True)
        assert sorted(formats) == ["docx", "pdf"]

    def test_the_sweep_makes_what_it_queues(self, member, drawn):
        builds.queue_missing()
        tasks.requeue_lost_reports()
        assert set(Build.objects.values_list("state", flat=True)) == {BuildState.READY}
        assert not JointReport.objects.exists()
