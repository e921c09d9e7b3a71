"""What is approved is what is published: an edition is frozen, and nothing that changes afterwards is printed."""

import json
import os
import subprocess
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cohorts.enums import Function
from improvements.actions import answer_naming
from kit.pictures import PictureTable
from reports import actions, tasks
from reports.content import joint_content, organisation_content
from reports.content.base import Prose
from reports.content.frozen import NotFrozen, checksum_of, freeze, thaw
from reports.content.joint_value import JointContent
from reports.content.organisation import OrganisationContent
from reports.models import Build, ChapterText, JointReport, Report, ReportEdition
from reports.reading import edition_for
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    CycleFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    GroupFactory,
    GroupMentorFactory,
    JointReportFactory,
    MeetingFactory,
    ParticipationFactory,
    ReportFactory,
    UserFactory,
    frozen,
)
from tests.pdf_checks import pdf_text

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22 09:00:00+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def own():
    """A participant with everything that a report can hold, all of it chosen to be published."""
    group = GroupFactory(cohort=CohortFactory(plan__half_steps=True, constructed=False))
    own = ParticipationFactory(cohort=group.cohort, group=group)
    for month, value in ((4, 1), (9, 2.5)):
        meeting = MeetingFactory(cohort=own.cohort, starts_on=date(2026, month, 1))
        assessment = AssessmentFactory(participation=own, meeting=meeting, submitted=True, values=[value] * 10)
    assessment.scores.filter(item__number=3).update(comment="Fler kvinnor frågar.", shared=True)
    item = own.cohort.plan.items[0]
    EffortStepFactory(
        effort=EffortFactory(participation=own, shared=True, public=True, item=item, title="Simhallens tider")
    )
    lender = ParticipationFactory(cohort=own.cohort, group=group).organisation
    cycle = CycleFactory(
        improvement__participation=own,
        improvement__title="Tre mått",
        improvement__borrowed_from=lender,
        improvement__lender_agrees=True,
        improvement__shared=True,
        improvement__public=True,
        do="Vi mätte.",
        study="Det gick.",
        act="Vi gör mer.",
        decision="adopt",
    )
    own.lender, own.improvement = lender, cycle.improvement
    report = ReportFactory(participation=own, with_values=True, with_comments=True)
    report.texts.create(key="purpose", text="Vi ville se vem som frågar.\nOch varför.", shared=True)
    report.texts.create(key="results", text="Fler frågar.")
    own.people = {f.value: DelegateFactory(participation=own, function=f).user for f in Function}
    own.skr = UserFactory(skr_role="process_leader")
    return own


def place(own, name, *more):
    return reverse(f"reports:{name}", args=[own.cohort.slug, own.code, *more])


def hand_in(own):
    actions.submit_report(report=own.report, by=own.people["strategist"])
    own.report.refresh_from_db()
    return own.report.editions.last()


def approve(own, number=1):
    actions.approve_report(report=own.report, number=number, by=own.people["politician"])


def publish(own, number=1):
    hand_in(own)
    approve(own, number)
    actions.publish_report(report=own.report, number=number, by=own.people["strategist"])
    own.report.refresh_from_db()


def in_other_words():
    """Change every row that a report has been read from."""
    from assessments.models import Score
    from cohorts.models import Organisation, Participation
    from improvements.models import Cycle, Effort, EffortStep, Improvement
    from reports.models import ReportSection

    Score.objects.update(value=1, comment="Ändrad", shared=False)
    Organisation.objects.update(short_name="Ändrad", invented=False)
    for row in Organisation.objects.all():
        row.name = f"Ändrad {row.pk}"
        row.save()
    Participation.objects.update(status="withdrawn", withdrawn_on=ON)
    EffortStep.objects.all().delete()
    Effort.objects.update(title="Ändrad insats", public=False)
    Cycle.objects.update(plan="Ändrad", do="Ändrad", study="Ändrad", act="Ändrad")
    Improvement.objects.update(title="Ändrat arbete", public=False, lender_agrees=False)
    ReportSection.objects.update(text="Ändrad text", shared=False)
    Report.objects.update(with_values=False, with_comments=False, reason="Ändrat")


class TestFrozen:
    def test_nothing_that_changes_is_printed(self, own, client):
        publish(own)
        address, edition = place(own, "published_report"), own.report.editions.get()
        page, files = client.get(address).content, printed(own)
        assert "Vi ville se vem som frågar." in page.decode()
        assert own.lender.name in page.decode()
        in_other_words()
        assert client.get(address).content == page
        # An edition's page leads to its own chapters, and the newest one's to the newest.
        assert client.get(place(own, "report_edition", 1)).content.replace(b"/1/kapitel/", b"/kapitel/") == page
        assert printed(own) == files
        edition.refresh_from_db()
        assert checksum_of(edition.content) == edition.checksum

    def test_it_is_what_was_approved(self, own, client):
        hand_in(own)
        in_other_words()
        client.force_login(own.people["politician"])
        page = client.get(place(own, "approve")).text
        for said in ("Vi ville se vem som frågar.", "Simhallens tider", "Vi mätte.", "Fler kvinnor frågar.", "+1,5"):
            assert said in page, said
        assert client.post(place(own, "approve"), {"number": 1}).status_code == 302
        edition = own.report.editions.get()
        assert (edition.approved_on, edition.approved_as) == (ON, "politician")

    def test_the_same_for_the_joint_report(self, own, client, drawn):
        publish(own)
        joint = JointReportFactory(cohort=own.cohort, texts={"preface": "Hej", "results--moment-3": "Fler frågar."})
        tasks.build(actions.order_joint(cohort=own.cohort, meeting=None, since=None, by=own.skr).pk)
        actions.publish_joint(joint=joint, by=own.skr)
        address = reverse("reports:published_joint", args=[own.cohort.slug])
        page = client.get(address).content
        in_other_words()
        ChapterText.objects.update(text="Ändrad")
        assert client.get(address).content == page
        assert "Fler frågar." in page.decode()
        assert "Vi ville se vem som frågar." not in page.decode()

    def test_content_comes_back_as_it_was(self, own):
        content = organisation_content(own.report)
        again = thaw(OrganisationContent, json.loads(json.dumps(freeze(content))))
        assert again == content
        assert again.checksum == content.checksum
        joint = joint_content(
            JointReportFactory(cohort=own.cohort, isbn="91-7585-1", texts={"preface": "# Hej"}), None, None
        )
        assert thaw(JointContent, json.loads(json.dumps(freeze(joint)))) == joint

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("organisation", 1),
            ("organisation", None),
            ("sections", "x"),
            ("sections", [{"anchor": "a"}]),
            ("cover", {"title": "x", "subtitle": "x", "sender": ["x"], "day": "i går"}),
            ("values", {"moved": ""}),
        ],
    )
    def test_what_was_not_frozen_is_refused(self, own, name, value):
        with pytest.raises(NotFrozen):
            thaw(OrganisationContent, freeze(organisation_content(own.report)) | {name: value})

    @given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=4), st.text(), st.text())
    def test_any_text_comes_back(self, rows, caption, text):
        table = PictureTable(caption, ("a", "b"), tuple(map(tuple, rows)))
        frozen_table = json.loads(json.dumps([freeze_value(table), freeze_value(Prose("a", caption, text))]))
        assert thaw(PictureTable, frozen_table[0]) == table
        assert thaw(Prose, frozen_table[1]) == Prose("a", caption, text)


def freeze_value(value):
    from reports.content.frozen import _plain

    return _plain(value)


def printed(own, *options):
    """The bytes of the JSON and the words of the PDF."""
    files = []
    for file_format in ("json", "pdf"):
        path = Path(settings.STORAGES["default"]["OPTIONS"]["location"]).parent / f"ut.{file_format}"
        args = ("--organisation", own.code, *options, "--format", file_format, "--output", str(path))
        call_command("build_report", own.cohort.slug, *args, stdout=StringIO())
        files.append(path.read_bytes())
    return json.loads(files[0]), pdf_text(files[1])


class TestEditions:
    def test_a_change_makes_another_that_is_approved_again(self, own, client):
        hand_in(own)
        approve(own)
        actions.take_back_report(report=own.report, by=own.people["strategist"])
        own.report.texts.filter(key="results").update(text="Många fler frågar.")
        client.force_login(own.people["strategist"])
        page = client.get(place(own, "submit")).text
        assert "Rapporten fryses som utgåva 2." in page
        assert "Rapporten har ändrats sedan utgåva 1, så den behöver godkännas på nytt." in page
        second = hand_in(own)
        assert (second.number, second.is_approved) == (2, False)
        assert "när en politiker eller chef hos er har godkänt utgåva 2" in client.get(place(own, "report")).text
        assert "Det går inte" in client.get(place(own, "publish")).text

    def test_no_change_makes_no_other(self, own, client):
        hand_in(own)
        approve(own)
        actions.take_back_report(report=own.report, by=own.people["strategist"])
        client.force_login(own.people["strategist"])
        page = client.get(place(own, "submit")).text
        assert "Inget har ändrats sedan utgåva 1" in page
        assert "och godkännandet gäller fortfarande" in page
        edition = hand_in(own)
        assert (edition.number, edition.is_approved) == (1, True)

    def test_one_is_told_of_what_stays_out_of_it(self, own, client):
        hand_in(own)
        client.force_login(own.people["politician"])
        said = "Något har ändrats sedan rapporten lämnades in"
        assert said not in client.get(place(own, "report")).text
        own.improvement.cycles.update(do="Flik A")
        page = client.get(place(own, "report")).text
        assert said in page
        assert "Flik A" not in page

    def test_a_published_one_is_corrected_by_the_next(self, own, client, today):
        publish(own)
        client.force_login(own.people["strategist"])
        assert client.post(place(own, "correct"), {"reason": ""}).status_code == 422
        assert client.post(place(own, "correct"), {"reason": "Antalet var fel."}).status_code == 302
        own.report.refresh_from_db()
        own.refresh_from_db()
        assert (own.report.state, own.reported) == ("draft", True)
        address = place(own, "published_report")
        client.logout()
        first = client.get(address).text
        own.report.texts.filter(key="results").update(text="Rättat tal: 140.")
        assert client.get(address).text == first
        today.move_to("2026-11-30 09:00:00+01:00")
        publish(own, number=2)
        newest = client.get(address).text
        for said in ("Rättat tal: 140.", "Antalet var fel.", "Utgåva 2, 30 november 2026"):
            assert said in newest
        assert place(own, "report_edition", 1) in newest
        before = client.get(place(own, "report_edition", 1)).text
        assert "Rättat tal" not in before
        assert "Det finns en nyare utgåva" in before
        listed = client.get(reverse("reports:published")).text
        assert listed.count(f'href="{address}"') == 1
        assert printed(own, "--edition", "1")[0]["edition"] == 1
        assert printed(own)[0]["edition"] == 2

    def test_a_correction_that_corrects_nothing_leaves_it_published(self, own):
        publish(own)
        actions.correct_report(report=own.report, reason="Ett tal var fel.", by=own.people["strategist"])
        hand_in(own)
        assert (own.report.state, own.report.editions.count()) == ("published", 1)

    def test_a_correction_that_is_taken_back_is_still_one(self, own):
        publish(own)
        actions.correct_report(report=own.report, reason="Ett tal var fel.", by=own.people["strategist"])
        own.report.texts.update(text="Rättat.")
        assert hand_in(own).reason == "Ett tal var fel."
        actions.take_back_report(report=own.report, by=own.people["strategist"])
        own.refresh_from_db()
        assert own.reported
        own.report.texts.update(text="Rättat igen.")
        assert hand_in(own).reason == "Ett tal var fel."

    def test_what_is_not_published_is_not_public(self, own, client):
        hand_in(own)
        assert client.get(place(own, "published_report")).status_code == 404
        answer = client.get(place(own, "report_edition", 1))
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))
        assert client.get(place(own, "report_edition", 7)).status_code == 302
        client.force_login(DelegateFactory(participation=ParticipationFactory(cohort=own.cohort)).user)
        assert client.get(place(own, "report_edition", 1)).status_code == 404

    def test_a_draft_is_read_by_its_owners_alone_and_the_published_by_all(self, own):
        from cohorts.roles import roles_of

        publish(own)
        actions.correct_report(report=own.report, reason="Ett tal var fel.", by=own.people["strategist"])
        own.report.refresh_from_db()
        assert edition_for(own.report, roles_of(own.people["politician"])) is None
        assert edition_for(own.report, roles_of(own.skr)).number == 1


class TestTakenBack:
    def test_until_skr_compiles(self, own, client):
        hand_in(own)
        client.force_login(own.people["strategist"])
        assert "Ta tillbaka rapporten" in client.get(place(own, "report")).text
        assert client.get(place(own, "take_back")).status_code == 200
        assert own.report.is_submitted
        assert client.post(place(own, "take_back")).status_code == 302
        own.report.refresh_from_db()
        own.refresh_from_db()
        assert (own.report.is_draft, own.reported) == (True, False)
        client.force_login(own.skr)
        assert client.get(place(own, "report")).status_code == 403

    def test_afterwards_skr_asks_and_the_owner_consents(self, own, client):
        hand_in(own)
        client.force_login(own.skr)
        compiling = reverse("reports:compile_joint", args=[own.cohort.slug])
        assert "Från och med nu kan ingen organisation ta tillbaka" in client.get(compiling).text
        assert JointReport.objects.count() == 0
        client.post(compiling)
        client.force_login(own.people["strategist"])
        page = client.get(place(own, "report")).text
        assert "SKR började sammanställa rapporterna 22 november 2026." in page
        page = client.get(own.cohort.get_absolute_url()).text
        assert "SKR började sammanställa resultatrapporterna 22 november 2026." in page
        answer = client.post(place(own, "take_back"))
        assert (answer.status_code, "Be SKR att öppna er rapport" in answer.text) == (422, True)
        client.force_login(own.skr)
        assert client.post(place(own, "ask_reopening"), {"reason": "Ett tal är fel."}).status_code == 302
        asked = own.report.reopenings.get()
        assert own.report.is_submitted
        client.force_login(own.people["contributor"])
        assert client.post(reverse("reports:answer_reopening", args=[asked.pk]), {"consented": "ja"}).status_code == 403
        client.force_login(own.people["strategist"])
        assert "Ett tal är fel." in client.get(place(own, "report")).text
        client.post(reverse("reports:answer_reopening", args=[asked.pk]), {"consented": "ja"})
        own.report.refresh_from_db()
        assert own.report.is_draft

    def test_a_published_one_stays_public_while_it_is_opened(self, own, client):
        publish(own)
        asked = actions.ask_reopening(report=own.report, reason="Ett tal är fel.", by=own.skr)
        actions.answer_reopening(reopening=asked, consented=True, by=own.people["strategist"])
        own.report.refresh_from_db()
        assert (own.report.is_draft, own.report.reason) == (True, "Ett tal är fel.")
        assert client.get(place(own, "published_report")).status_code == 200

    def test_a_question_at_a_section_is_read_by_its_owner_and_skr(self, own, client):
        hand_in(own)
        client.force_login(own.skr)
        assert client.post(place(own, "ask_query", "results"), {"text": ""}).status_code == 422
        assert client.post(place(own, "ask_query", "results"), {"text": "Hur många?"}).status_code == 302
        assert client.get(place(own, "ask_query", "okand")).status_code == 404
        query = own.report.queries.get()
        address = reverse("reports:answer_query", args=[query.pk])
        client.force_login(own.people["strategist"])
        assert "Hur många?" in client.get(place(own, "report")).text
        seen = client.get(address).context["form"]["seen"].value()
        assert client.post(address, {"answer": "140.", "seen": seen}).status_code == 302
        client.force_login(own.skr)
        assert "140." in client.get(place(own, "report")).text
        mentor = DelegateFactory(participation=GroupMentorFactory(group=own.group).participation).user
        client.force_login(mentor)
        page = client.get(place(own, "report"))
        assert (page.status_code, "Hur många?" in page.text) == (200, False)
        assert client.get(address).status_code == 404


class TestChosen:
    def test_nothing_is_public_at_first(self, own):
        plain = ReportFactory(participation=ParticipationFactory(cohort=own.cohort))
        assert (plain.with_values, plain.with_comments) == (False, False)
        effort = EffortFactory(participation=plain.participation, shared=True, example=True)
        assert not effort.public

    def test_it_is_chosen_on_a_page_and_shown_before_handing_in(self, own, client):
        actions.choose_public(
            participation=own,
            with_values=False,
            with_comments=False,
            with_results=False,
            efforts=(),
            improvements=(),
            by=own.people["strategist"],
        )
        client.force_login(own.people["strategist"])
        shown = client.get(place(own, "submit")).text
        assert "Era värden i självskattningen kommer inte med." in shown
        assert "Ingen insats kommer med." in shown
        assert "Det gäller två avsnitt." in shown
        effort = own.efforts.get()
        data = {"with_values": "on", "efforts": [effort.pk], "improvements": [own.improvement.pk]}
        assert client.post(place(own, "choose_public"), data).status_code == 302
        shown = client.get(place(own, "submit")).text
        said = "Det gäller två avsnitt, era värden i självskattningen, en insats och ett förbättringsarbete."
        assert said in shown
        assert "SKR får använda ”Syfte och mål” i den gemensamma rapporten" in shown
        assert "Nio avsnitt är tomma" in shown

    def test_only_what_is_shared_with_the_group_can_be_chosen(self, own, client):
        private = EffortFactory(participation=own)
        other = EffortFactory(shared=True)
        client.force_login(own.people["strategist"])
        for row in (private, other):
            answer = client.post(place(own, "choose_public"), {"efforts": [row.pk]})
            assert (answer.status_code, "Välj bland insatserna i listan." in answer.text) == (422, True)

    def test_another_organisation_is_named_only_with_its_yes(self, own, client):
        for agrees, is_named in ((None, False), (False, False), (True, True)):
            own.improvement.lender_agrees = agrees
            own.improvement.save()
            about = organisation_content(own.report).improvements[0].about
            assert (own.lender.name in about) is is_named
            client.force_login(own.people["strategist"])
            asked = f"kommer från {own.lender}, som inte har sagt ja till att nämnas"
            assert (asked in client.get(place(own, "submit")).text) is not is_named

    def test_the_lender_is_asked_anew_when_it_is_another(self, own):
        from improvements.actions import IMPROVEMENT, save_improvement
        from kit.staleness import content_of, digest

        stored = content_of(own.improvement, *IMPROVEMENT)
        other = ParticipationFactory(cohort=own.cohort).organisation
        row = save_improvement(
            improvement=own.improvement,
            **{**stored, "borrowed_from": other},
            seen=digest(stored),
            by=own.people["strategist"],
        )
        assert row.lender_agrees is None
        answered = answer_naming(improvement=row, agrees=True, by=UserFactory())
        assert answered.lender_agrees


class TestFiles:
    def test_a_published_edition_gets_its_pdf_by_the_sweep(self, own, client, drawn):
        frozen(own.report, "published", ON)
        assert client.get(place(own, "published_report")).status_code == 200
        listed = client.get(reverse("reports:published")).text
        assert "PDF" not in listed
        tasks.requeue_lost_reports()
        build = Build.objects.get()
        assert (build.is_ready, build.edition) == (True, own.report.editions.get())
        assert reverse("reports:published_file", args=[build.pk]) in client.get(reverse("reports:published")).text
        tasks.requeue_lost_reports()
        assert Build.objects.count() == 1

    def test_whoever_has_the_file_asks_each_time_and_gets_it_once(self, own, client, drawn):
        frozen(own.report, "published", ON)
        tasks.requeue_lost_reports()
        address = reverse("reports:published_file", args=[Build.objects.get().pk])
        first = client.get(address)
        assert (first.getvalue()[:4], first["Cache-Control"]) == (b"%PDF", "no-cache")
        assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
        own.report.editions.update(published_on=None)
        assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 404
        client.force_login(own.people["strategist"])
        own.report.editions.update(published_on=ON)
        signed_in = client.get(address)
        assert (signed_in.getvalue()[:4], signed_in["Cache-Control"]) == (b"%PDF", "private, no-store")

    def test_no_list_names_a_file_that_is_gone_and_the_sweep_builds_it_again(self, own, client, drawn):
        frozen(own.report, "published", ON)
        tasks.requeue_lost_reports()
        lost = Build.objects.get()
        default_storage.delete(lost.file.name)
        for name in (reverse("reports:published"), place(own, "published_report")):
            assert reverse("reports:published_file", args=[lost.pk]) not in client.get(name).text
        client.force_login(own.people["strategist"])
        page = client.get(reverse("reports:build", args=[lost.pk])).text
        assert "Filen finns inte kvar." in page
        assert "Hämta PDF:en" not in page
        client.logout()
        answer = client.get(reverse("reports:published_file", args=[lost.pk]))
        assert answer.status_code == 404
        assert "Den byggs på nytt av sig själv." in answer.text
        tasks.requeue_lost_reports()
        assert Build.objects.get().is_ready

    def test_a_failed_one_waits_for_a_person(self, own, drawn):
        edition = frozen(own.report, "published", ON)
        tasks.requeue_lost_reports()
        Build.objects.update(state="failed", file="")
        tasks.requeue_lost_reports()
        assert Build.objects.filter(edition=edition).count() == 1

    def test_a_row_from_before_there_were_editions_is_frozen(self, own, client, drawn):
        own.report.state = "published"
        own.report.save()
        ReportEdition.objects.create(
            report=own.report, number=1, frozen_on=ON, approved_on=ON, published_on=ON, adopted=True
        )
        assert client.get(reverse("reports:published")).status_code == 200
        assert client.get(place(own, "published_report")).status_code == 404
        tasks.requeue_lost_reports()
        assert "Vi ville se vem som frågar." in client.get(place(own, "published_report")).text


class TestTheCommand:
    def test_the_document(self, own):
        publish(own)
        document, text = printed(own)
        assert list(document) == ["kind", "edition", "checksum", "frozen_on", "approved", "numbers", "sections"]
        edition = own.report.editions.get()
        assert (document["kind"], document["edition"], document["checksum"]) == ("organisation", 1, edition.checksum)
        assert document["frozen_on"] == "2026-11-22"
        assert document["approved"] == {"function": "politician", "on": "2026-11-22"}
        assert {"ref": "sjalvskattning.moment-3.forandring", "printed": "+1,5"} in document["numbers"]
        assert all(number["printed"] in text for number in document["numbers"])
        own_texts = {section["key"]: section["text"] for section in document["sections"]}
        assert own_texts["purpose"] == "Vi ville se vem som frågar.\nOch varför."
        assert [section["heading"] for section in document["sections"]][:2] == ["Syfte och mål", "Resultat"]
        assert own_texts.keys() == {"purpose", "results", "sjalvskattning", "insatser", "forbattringar"}

    def test_a_draft_has_no_edition(self, own):
        document, text = printed(own)
        assert (document["edition"], document["frozen_on"], document["approved"]) == (None, None, None)
        assert "Arbetsmaterial" in text
        checksum = document["checksum"]
        assert hand_in(own).checksum == checksum

    def test_standard_output(self, own, capfdbinary):
        args = ("--organisation", own.code, "--format", "json", "--output", "-")
        out = StringIO()
        call_command("build_report", own.cohort.slug, *args, stdout=out)
        assert json.loads(out.getvalue())["kind"] == "organisation"

    def test_it_writes_through_what_is_not_a_plain_file(self, own, tmp_path):
        plain, link, pipe = (tmp_path / name for name in ("plain.json", "link.json", "pipe"))
        plain.write_text("förut")
        link.symlink_to(plain)
        os.mkfifo(pipe)
        args = ("--organisation", own.code, "--format", "json", "--output")
        with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
            call_command("build_report", own.cohort.slug, *args, str(pipe), stdout=StringIO())
            through = reader.stdout.read()
        for name in (link, "/dev/null"):
            call_command("build_report", own.cohort.slug, *args, str(name), stdout=StringIO())
        assert json.loads(through) == json.loads(plain.read_text())
        assert (link.is_symlink(), pipe.is_fifo(), Path("/dev/null").is_char_device()) == (True, True, True)

    def test_it_keeps_the_earlier_file_when_it_fails(self, own, tmp_path, monkeypatch):
        path = tmp_path / "ut.json"
        path.write_text("förut")

        def full(self, target):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(CommandError, match="No space left on device"):
            call_command(
                "build_report", own.cohort.slug, "--organisation", own.code, "--format", "json", "--output", str(path)
            )
        assert (path.read_text(), [file.name for file in tmp_path.iterdir()]) == ("förut", ["ut.json"])
