"""Result reports and the joint report: written, handed in, approved, published, and read by those who may."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.enums import SkrRole
from cohorts.enums import Function
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.rich import from_plain
from reports import actions
from reports.actions import TextTaken
from reports.models import Build, JointReport, Report, ReportSection, Section
from reports.sections import DEFAULT, sections_of
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    EvaluatorFactory,
    GroupFactory,
    GroupMentorFactory,
    JointReportFactory,
    MeetingFactory,
    ParticipationFactory,
    ReportFactory,
    UserFactory,
    frozen,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TODAY = date(2026, 11, 22)


@pytest.fixture
def today():
    with time_machine.travel("2026-11-22 09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def people():
    """An organisation in a group with a mentor, and one of each who may want to read its report."""
    group = GroupFactory()
    own = ParticipationFactory(cohort=group.cohort, group=group)
    other = ParticipationFactory(cohort=group.cohort, group=group)
    mentor = GroupMentorFactory(group=group).participation
    users = {function.value: DelegateFactory(participation=own, function=function).user for function in Function}
    return own, {
        **users,
        "group": DelegateFactory(participation=other).user,
        "mentor": DelegateFactory(participation=mentor).user,
        "process_leader": UserFactory(skr_role=SkrRole.PROCESS_LEADER),
        "administrator": UserFactory(skr_role=SkrRole.ADMINISTRATOR),
        "evaluator": EvaluatorFactory(cohort=group.cohort).user,
        "stranger": DelegateFactory().user,
    }


def url(participation, name="report", **more):
    args = [participation.cohort.slug, participation.code, *more.values()]
    return reverse(f"reports:{name}", args=args)


def written(participation, text="Vi ville se vem som frågar vad.", **changes):
    report = Report.objects.filter(participation=participation).first() or ReportFactory(participation=participation)
    return ReportSection.objects.create(
        report=report, key="purpose", text=text, **{"revision": 1, "shared": True, **changes}
    )


def words(answer):
    return " ".join(answer.content.decode().split())


def kinds():
    return list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))


class TestSections:
    def test_an_omgang_without_headings_has_the_usual_ones(self):
        assert sections_of(CohortFactory()) == DEFAULT
        assert [heading.key for heading in DEFAULT] == (
            [
                "purpose",
                "organisation_of_work",
                "results",
                "process_lessons",
                "work_lessons",
                "what_helped",
                "what_hindered",
                "advice_to_others",
                "advice_to_skr",
                "next_steps",
                "mentorship",
            ]
        )

    def test_its_own_headings_stand_in_its_own_order(self):
        cohort = CohortFactory()
        for position, key in enumerate(("sist", "forst")):
            Section.objects.create(cohort=cohort, key=key, heading=key.title(), position=9 - position)
        assert [(heading.key, heading.text) for heading in sections_of(cohort)] == [
            ("forst", "Forst"),
            ("sist", "Sist"),
        ]


class TestWriting:
    def test_looking_at_the_page_stores_nothing(self, client, people):
        own, who = people
        client.force_login(who["strategist"])
        page = client.get(url(own))
        assert page.status_code == 200
        assert "Arbetsmaterial" in page.content.decode()
        assert not Report.objects.exists()

    def test_one_section_is_saved_as_one_goes(self, client, people):
        own, who = people
        client.force_login(who["contributor"])
        answer = client.post(
            url(own, "section", key="purpose"),
            {"s-purpose-text": " Rad ett\r\nrad två ", "s-purpose-shared": "on", "s-purpose-revision": "0"},
            headers={"HX-Request": "true"},
        )
        section = ReportSection.objects.get()
        assert (section.text, section.shared, section.revision) == ("Rad ett\nrad två", True, 1)
        assert "✓ Sparat" in answer.content.decode()
        assert 'name="s-purpose-revision" value="1"' in words(answer)
        assert kinds() == ["report_section_saved"]

    def test_signs_that_the_pdf_lacks_are_stored_and_told_at_the_field(self, client, people):
        own, who = people
        client.force_login(who["strategist"])
        text = "Vi är nöjda 👍 中"
        sent = {"s-purpose-text": text, "s-purpose-revision": "0"}
        answer = client.post(url(own, "section", key="purpose"), sent, headers={"HX-Request": "true"})
        assert ReportSection.objects.get().text == text
        assert 'id="id_s-purpose-text_paper" hx-swap-oob="true">Ett tecken finns inte' in words(answer)
        assert "中 blir [CJK UNIFIED IDEOGRAPH-4E2D]." in words(answer)
        assert words(client.get(url(own, "section", key="purpose"))).count("finns inte i PDF:ens typsnitt") == 1
        sent = {"s-purpose-text": "Vi är nöjda 👍", "s-purpose-revision": "1"}
        answer = client.post(url(own, "section", key="purpose"), sent, headers={"HX-Request": "true"})
        assert 'id="id_s-purpose-text_paper" hx-swap-oob="true"></p>' in words(answer)

    def test_without_javascript_each_section_is_saved_with_its_button(self, client, people):
        own, who = people
        client.force_login(who["strategist"])
        for heading in DEFAULT:
            for revision in ("0", "1"):
                data = {f"s-{heading.key}-text": f"Om {heading.text}", f"s-{heading.key}-revision": revision}
                assert client.post(url(own, "section", key=heading.key), data).status_code == 302
        assert ReportSection.objects.count() == len(DEFAULT)
        assert kinds() == ["report_section_saved"] * len(DEFAULT), "The same content posted again is no change."

    def test_a_stale_save_shows_both_texts_and_stores_nothing(self, client, people):
        own, who = people
        written(own, text="Den andras text", revision=2)
        client.force_login(who["strategist"])
        answer = client.post(
            url(own, "section", key="purpose"), {"s-purpose-text": "Min text", "s-purpose-revision": "1"}
        )
        assert answer.status_code == 422
        page = words(answer)
        assert "Den andras text" in page
        assert "Min text" in page
        assert 'name="s-purpose-revision" value="2"' in page
        assert ReportSection.objects.get().text == "Den andras text"
        assert (
            client.post(
                url(own, "section", key="purpose"), {"s-purpose-text": "Min text", "s-purpose-revision": "2"}
            ).status_code
            == 302
        )
        assert ReportSection.objects.get().text == "Min text"

    def test_a_stale_save_by_htmx_brings_back_the_section(self, client, people):
        own, who = people
        written(own, text="Den andras text", revision=2)
        client.force_login(who["strategist"])
        answer = client.post(
            url(own, "section", key="purpose"),
            {"s-purpose-text": "Min text", "s-purpose-revision": "0"},
            headers={"HX-Request": "true"},
        )
        assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#avsnitt-purpose", "outerHTML")
        assert "Den andras text" in answer.content.decode()
        assert "Min text" in answer.content.decode()

    def test_too_long_a_text_is_kept_in_its_box(self, client, people):
        own, who = people
        client.force_login(who["strategist"])
        answer = client.post(url(own, "section", key="purpose"), {"s-purpose-text": "x" * 20_001})
        assert answer.status_code == 422
        assert "Texten får ha högst 20 000 tecken." in answer.content.decode()
        assert "x" * 20_001 in answer.content.decode()
        assert not ReportSection.objects.exists()

    def test_there_is_no_such_section(self, client, people):
        own, who = people
        client.force_login(who["strategist"])
        assert client.post(url(own, "section", key="okand"), {"s-okand-text": "x"}).status_code == 404
        with pytest.raises(ActionRefused, match="inget sådant avsnitt"):
            actions.save_section(
                participation=own, key="okand", text=from_plain("x"), shared=False, revision=0, by=who["strategist"]
            )

    def test_a_report_that_is_handed_in_is_not_changed(self, client, people):
        own, who = people
        section = written(own)
        frozen(section.report)
        client.force_login(who["strategist"])
        answer = client.post(
            url(own, "section", key="purpose"), {"s-purpose-text": "Ändrad", "s-purpose-revision": "1"}
        )
        assert answer.status_code == 422
        assert "Rapporten är inlämnad och ändras inte." in answer.content.decode()
        section.refresh_from_db()
        assert section.text == "Vi ville se vem som frågar vad."

    def test_saves_that_clash_are_told_apart(self, people):
        own, who = people
        written(own, revision=3)
        with pytest.raises(TextTaken) as taken:
            actions.save_section(
                participation=own, key="purpose", text=from_plain("x"), shared=False, revision=2, by=who["strategist"]
            )
        assert taken.value.stored.revision == 3


class TestTheWayOut:
    def test_from_draft_to_published(self, client, people, django_capture_on_commit_callbacks):
        own, who = people
        written(own)
        for name, person, data in (
            ("submit", "strategist", {}),
            ("submit", "strategist", {}),
            ("approve", "politician", {"number": 1}),
        ):
            client.force_login(who[person])
            assert client.post(url(own, name), data).status_code == 302
        report = Report.objects.get()
        edition = report.editions.get()
        assert (report.state, edition.frozen_on, edition.approved_on) == ("submitted", TODAY, TODAY)
        assert (edition.approved_by, edition.approved_as) == (f"{who['politician'].name}, politiker", "politician")
        own.refresh_from_db()
        assert own.reported
        client.force_login(who["strategist"])
        with django_capture_on_commit_callbacks(execute=True):
            client.post(url(own, "publish"), {"number": 1})
        report.refresh_from_db()
        assert report.state == "published"
        build = Build.objects.get()
        assert build.state == "ready"
        client.logout()
        page = client.get(reverse("reports:published")).content.decode()
        assert own.organisation.name in page
        answer = client.get(reverse("reports:published_file", args=[build.pk]))
        assert (answer.getvalue()[:4], answer["Content-Type"]) == (b"%PDF", "application/pdf")
        assert kinds() == ["report_submitted", "report_approved", "report_published", "build_ordered", "build_finished"]

    def test_the_button_to_the_next_section_carries_the_last_words(self, client, people):
        own, who = people
        section = written(own)
        client.force_login(who["strategist"])
        typed = {"s-purpose-text": "Det sista.", "s-purpose-revision": "1", "then": "organisation_of_work"}
        answer = client.post(url(own, "section", key="purpose"), typed)
        assert answer["Location"] == url(own, "section", key="organisation_of_work")
        section.refresh_from_db()
        assert section.text == "Det sista."

    def test_and_stays_if_they_cannot_be_saved(self, client, people):
        own, who = people
        written(own, revision=2)
        client.force_login(who["strategist"])
        typed = {"s-purpose-text": "Mitt.", "s-purpose-revision": "1", "then": "results"}
        answer = client.post(url(own, "section", key="purpose"), typed)
        assert answer.status_code == 422
        assert "En annan text har sparats" in answer.text
        assert "Mitt." in answer.text

    def test_an_empty_report_is_not_handed_in(self, client, people):
        own, who = people
        written(own, text="")
        client.force_login(who["strategist"])
        for answer in (client.get(url(own, "submit")), client.post(url(own, "submit"))):
            assert "Skriv minst ett avsnitt innan ni lämnar in rapporten." in answer.text
        assert Report.objects.get().state == "draft"

    def test_a_report_nobody_has_begun_is_not_handed_in(self, client, people):
        own, who = people
        client.force_login(who["strategist"])
        answer = client.post(url(own, "submit"))
        assert (answer.status_code, "Skriv minst ett avsnitt" in answer.text) == (422, True)
        assert not Report.objects.exists()

    def test_only_what_is_handed_in_is_approved_and_only_what_is_approved_is_published(self, people):
        own, who = people
        report = written(own).report
        with pytest.raises(ActionRefused, match="inte inlämnad än"):
            actions.approve_report(report=report, number=1, by=who["politician"])
        actions.submit_report(report=report, by=who["strategist"])
        with pytest.raises(ActionRefused, match="har godkänt den"):
            actions.publish_report(report=report, number=1, by=who["strategist"])
        actions.approve_report(report=report, number=1, by=who["manager"])
        actions.approve_report(report=report, number=1, by=who["politician"])
        assert report.editions.get().approved_by == f"{who['manager'].name}, chef"

    def test_what_was_built_of_the_draft_goes_when_it_is_handed_in(self, people):
        own, who = people
        report = written(own).report
        actions.order_build(report=report, by=who["strategist"])
        actions.submit_report(report=report, by=who["strategist"])
        assert not Build.objects.exists()

    @pytest.mark.parametrize(
        ("name", "allowed"),
        [
            ("choose_public", {"strategist", "contributor"}),
            ("submit", {"strategist"}),
            ("take_back", {"strategist"}),
            ("approve", {"politician", "manager"}),
            ("publish", {"strategist"}),
            ("correct", {"strategist"}),
            ("ask_reopening", {"process_leader"}),
        ],
    )
    def test_who_may(self, client, people, name, allowed):
        own, who = people
        frozen(written(own).report)
        answers = {}
        for role, person in who.items():
            client.force_login(person)
            answers[role] = client.get(url(own, name)).status_code
        assert {role for role, status in answers.items() if status < 400} == allowed
        assert answers["stranger"] == 404
        assert answers["administrator"] == 403

    def test_who_may_order_a_file(self, client, people):
        own, who = people
        frozen(written(own).report)
        answers = {}
        for role, person in who.items():
            client.force_login(person)
            answers[role] = client.post(url(own, "order_report")).status_code
        read = {"strategist", "contributor", "politician", "manager", "process_leader", "mentor", "evaluator"}
        assert {role for role, status in answers.items() if status == 302} == read
        assert client.get(url(own, "order_report")).url == url(own, "report")


class TestReading:
    OWN = {"strategist", "contributor", "politician", "manager"}

    @pytest.mark.parametrize(
        ("state", "readers"),
        [
            ("draft", OWN),
            ("submitted", OWN | {"process_leader", "mentor", "evaluator"}),
            ("published", OWN | {"process_leader", "mentor", "evaluator", "group", "administrator"}),
        ],
    )
    def test_who_reads_it(self, client, people, state, readers):
        own, who = people
        report = written(own).report
        if state != "draft":
            frozen(report, state, date(2026, 11, 20))
        answers = {}
        for role, person in who.items():
            client.force_login(person)
            answers[role] = client.get(url(own)).status_code
        assert {role for role, status in answers.items() if status == 200} == readers
        assert answers["stranger"] == 404
        assert {answers[role] for role in answers.keys() - readers - {"stranger"}} <= {403}

    def test_a_politician_is_told_that_it_is_not_begun(self, client, people):
        own, who = people
        client.force_login(who["politician"])
        assert "inte påbörjad än" in client.get(url(own)).content.decode()
        client.force_login(who["process_leader"])
        assert client.get(url(own)).status_code == 403

    def test_signed_out_one_signs_in(self, client, people):
        assert client.get(url(people[0])).status_code == 302

    @pytest.mark.parametrize("person", ["strategist", "politician"])
    @pytest.mark.parametrize("is_handed_in", [False, True])
    def test_few_questions_to_the_database(self, client, people, person, is_handed_in, django_assert_max_num_queries):
        own, who = people
        for heading in DEFAULT:
            actions.save_section(
                participation=own,
                key=heading.key,
                text=from_plain("Text"),
                shared=True,
                revision=0,
                by=who["strategist"],
            )
        if is_handed_in:
            actions.submit_report(report=own.report, by=who["strategist"])
        client.force_login(who[person])
        with django_assert_max_num_queries(25):
            client.get(url(own))


class TestJoint:
    @pytest.fixture
    def cohort(self, people):
        return people[0].cohort

    def page(self, cohort, name="joint"):
        return reverse(f"reports:{name}", args=[cohort.slug])

    def test_the_page_makes_no_report(self, client, people, cohort):
        client.force_login(people[1]["process_leader"])
        assert client.get(self.page(cohort)).status_code == 200
        assert not JointReport.objects.exists()

    def test_the_others_wait_until_it_is_published(self, client, people, cohort):
        JointReportFactory(cohort=cohort, texts={"preface": "Hemligt utkast"})
        seen = {}
        for role, person in people[1].items():
            client.force_login(person)
            answer = client.get(self.page(cohort))
            seen[role] = (answer.status_code, "Utkast" in answer.content.decode())
        reading = dict.fromkeys(("process_leader", "evaluator"), (200, True)) | {"stranger": (404, False)}
        assert seen == {role: reading.get(role, (200, False)) for role in seen}

    @pytest.mark.parametrize("name", ["order_joint", "publish_joint"])
    def test_only_the_process_leader_may(self, client, people, cohort, name):
        answers = {}
        for role, person in people[1].items():
            client.force_login(person)
            answers[role] = client.post(self.page(cohort, name)).status_code
        # Nothing is built, so there is nothing to publish yet.
        expected = {"process_leader": 422 if name == "publish_joint" else 302, "stranger": 404}
        assert answers == {role: expected.get(role, 403) for role in answers}

    def test_it_is_read_as_a_pdf_before_it_is_published(
        self, client, people, cohort, django_capture_on_commit_callbacks
    ):
        client.force_login(people[1]["process_leader"])
        said = "Bygg rapporten som PDF och läs den innan den publiceras."
        assert said in client.get(self.page(cohort, "publish_joint")).text
        assert said in client.post(self.page(cohort, "publish_joint")).text
        with django_capture_on_commit_callbacks(execute=True):
            client.post(self.page(cohort, "order_joint"))
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(self.page(cohort, "publish_joint")).status_code == 302
        joint = JointReport.objects.get()
        assert (joint.state, joint.editions.get().published_on) == ("published", date(2026, 11, 22))
        build = Build.objects.get()
        client.force_login(people[1]["group"])
        assert "Hämta utgåva 1 som PDF" in client.get(self.page(cohort)).content.decode()
        assert client.get(reverse("reports:build_file", args=[build.pk])).getvalue().startswith(b"%PDF")
        client.logout()
        assert client.get(reverse("reports:published_file", args=[build.pk])).getvalue().startswith(b"%PDF")
        with pytest.raises(ActionRefused, match="publicerad och ändras inte"):
            actions.save_chapter(
                cohort=cohort, key="preface", text=from_plain("Ny"), revision=0, by=people[1]["process_leader"]
            )

    def test_the_same_meeting_twice_is_refused_at_its_field(self, client, people, cohort):
        meeting = MeetingFactory(cohort=cohort)
        AssessmentFactory(participation=people[0], meeting=meeting, submitted=True, values=[1] * 10)
        client.force_login(people[1]["process_leader"])
        answer = client.post(self.page(cohort, "order_joint"), {"meeting": meeting.key, "since": meeting.key})
        assert answer.status_code == 422
        assert "Välj en annan träff att jämföra med." in answer.content.decode()
        assert client.post(self.page(cohort, "order_joint"), {"meeting": "ingen"}).status_code == 422
        assert not Build.objects.exists()

    def test_few_questions_to_the_database(self, client, people, cohort, django_assert_max_num_queries):
        JointReportFactory(cohort=cohort)
        client.force_login(people[1]["process_leader"])
        with django_assert_max_num_queries(25):
            client.get(self.page(cohort))
