"""Comments at a paragraph of a draft: where they stand, who reads them, and what is done with them."""

import json
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from cohorts.enums import Function
from cohorts.models import Participation
from follow_up.duties import tasks_of
from follow_up.records import read_records
from kit.models import AuditEvent
from kit.rich import document_of, stored
from reports import actions
from reports.comment_pages import card_of
from reports.comments import by_paragraph, open_comments, paragraphs_of, standing
from reports.content import joint_content, organisation_content
from reports.content.frozen import freeze
from reports.enums import JointState
from reports.forms_comments import LONGEST, ReportCommentForm
from reports.models import JointReport, ReportComment, ReportSection
from tests.factories import (
    TODAY,
    DelegateFactory,
    EvaluatorFactory,
    JointReportFactory,
    ParticipationFactory,
    ReportFactory,
    UserFactory,
    frozen,
)
from tests.refusing import refused

pytestmark = pytest.mark.django_db
FIRST = "Vi ville veta varför flickor och pojkar får olika mycket stöd i skolan, och vad det beror på."
SECOND = "Det vet vi nu."
TYPED = f"""# Så här var det

{FIRST}

{SECOND}

- Punkt ett
- Punkt två"""


def kinds():
    return list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))


def rewrite(text, typed):
    text.text, text.structure = stored(document_of(typed))
    text.save()


@pytest.fixture
def section(cast):
    text, structure = stored(document_of(TYPED))
    report = ReportFactory(participation=cast.own)
    return ReportSection.objects.create(report=report, key="purpose", text=text, structure=structure, revision=1)


@pytest.fixture
def chapter(cast):
    return JointReportFactory(cohort=cast.cohort, texts={"preface": TYPED}).texts.get()


@pytest.fixture
def evaluator(cast):
    return EvaluatorFactory(cohort=cast.cohort, user__name="Ulla").user


@pytest.fixture
def manager(cast):
    return DelegateFactory(participation=cast.own, function=Function.MANAGER, user__name="Maj").user


def comment(on, by, paragraph=SECOND, text="Vad är det vi vet?"):
    return actions.add_comment(on=on, paragraph=paragraph, text=text, by=by)


class TestParagraphs:
    def test_each_heading_paragraph_and_list(self):
        assert paragraphs_of(document_of(TYPED)) == ("Så här var det", FIRST, SECOND, "Punkt ett Punkt två")

    def test_the_same_words_once_and_cut(self):
        assert paragraphs_of(document_of("Ja.\n\nJa.")) == ("Ja.",)
        [words] = paragraphs_of(document_of("ord " * 100))
        assert len(words) == 199

    @pytest.mark.parametrize(
        "now", [FIRST, FIRST + " Det var viktigt.", FIRST.replace("beror på.", "kan bero på. Det var viktigt.")]
    )
    def test_one_stands_while_its_words_or_its_beginning_do(self, now):
        assert standing(FIRST, (SECOND, now)) == now

    @pytest.mark.parametrize("words", [FIRST, SECOND])
    def test_one_is_changed_when_neither_does(self, words):
        assert standing(words, ("Det vet vi inte.", "Vi ville veta varför.")) == ""

    def test_the_same_words_go_before_a_beginning(self):
        assert standing("Ja", ("Ja, men", "Ja")) == "Ja"

    def test_the_whole_text_is_no_paragraph(self):
        assert standing("", ("Ja",)) == ""

    def test_by_paragraph_in_the_order_of_the_text_the_changed_last(self):
        said = [ReportComment(paragraph=words) for words in ("Borta", "Två", "", "Två")]
        paragraphs = by_paragraph(said, ("Ett", "Två"))
        assert [(each.words, each.stands, len(each.comments)) for each in paragraphs] == [
            ("", True, 1),
            ("Två", True, 2),
            ("Borta", False, 1),
        ]


class TestCommenting:
    def test_on_a_section_and_on_a_chapter(self, cast, section, chapter):
        own, joint = comment(section, cast.eva), comment(chapter, cast.cia, "")
        assert (own.section, own.chapter, own.paragraph, own.written_by) == (section, None, SECOND, cast.eva)
        assert (joint.section, joint.chapter, joint.paragraph) == (None, chapter, "")
        assert kinds() == ["report_commented", "joint_commented"]

    def test_sent_twice_it_is_one(self, cast, section):
        assert comment(section, cast.eva) == comment(section, cast.eva)
        assert kinds() == ["report_commented"]

    def test_the_same_words_of_another_paragraph_or_person_are_another(self, cast, section):
        for by, paragraph in ((cast.eva, SECOND), (cast.eva, FIRST), (cast.anna, FIRST)):
            comment(section, by, paragraph)
        assert ReportComment.objects.count() == 3

    def test_the_same_words_again_after_it_was_done_are_another(self, cast, section):
        actions.resolve_comment(comment=comment(section, cast.eva), by=cast.anna)
        comment(section, cast.eva)
        assert ReportComment.objects.count() == 2

    def test_none_where_nothing_is_written(self, cast, section):
        rewrite(section, "")
        unwritten = ReportSection(report=section.report, key="results")
        for text in (section, unwritten):
            with refused("Det finns ingen text att kommentera än."):
                comment(text, cast.eva)

    def test_none_on_what_is_handed_in(self, cast, section):
        first = comment(section, cast.eva)
        frozen(section.report)
        with refused("Rapporten är inlämnad. Nya kommentarer skrivs bara till ett utkast."):
            comment(section, cast.eva, FIRST)
        assert open_comments(section.report) == {"purpose": 1}
        actions.resolve_comment(comment=first, by=cast.anna)
        assert open_comments(section.report) == {}

    def test_none_on_what_is_published(self, cast, chapter):
        comment(chapter, cast.cia)
        JointReport.objects.update(state=JointState.PUBLISHED)
        with refused("Rapporten är publicerad. Nya kommentarer skrivs bara till ett utkast."):
            comment(chapter, cast.cia, FIRST)
        assert open_comments(chapter.joint) == {"preface": 1}

    @pytest.mark.parametrize("texts", [(), ("section", "chapter")])
    def test_it_belongs_to_one_text(self, texts, request):
        of = {name: request.getfixturevalue(name) for name in texts}
        with pytest.raises(IntegrityError), transaction.atomic():
            ReportComment.objects.create(text="Hej", **of)

    def test_whoever_made_it_done_did_it_on_a_day(self, cast, section):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReportComment.objects.create(text="Hej", section=section, resolved_by=cast.eva)

    @pytest.mark.parametrize(("more", "is_right"), [(0, True), (1, False)])
    def test_it_has_a_limit(self, more, is_right):
        form = ReportCommentForm({"text": "x" * (LONGEST + more)})
        assert form.is_valid() is is_right
        if not is_right:
            assert form.errors["text"] == ["Kommentaren får ha högst 2 000 tecken."]

    def test_a_text_that_is_deleted_takes_them_along(self, cast, section):
        comment(section, cast.eva)
        section.delete()
        assert not ReportComment.objects.exists()


class TestResolving:
    def test_done_and_opened_again_each_once(self, cast, section):
        said = comment(section, cast.eva)
        for _ in range(2):
            said = actions.resolve_comment(comment=said, by=cast.anna)
        assert (said.is_open, said.resolved_by) == (False, cast.anna)
        actions.resolve_comment(comment=said, by=cast.eva)
        said.refresh_from_db()
        assert said.resolved_by == cast.anna
        for _ in range(2):
            said = actions.reopen_comment(comment=said, by=cast.eva)
        assert (said.is_open, said.resolved_by) == (True, None)
        assert kinds() == ["report_commented", "report_comment_resolved", "report_comment_reopened"]

    def test_ones_own_is_taken_back_while_it_is_open(self, cast, section):
        said = comment(section, cast.eva)
        with refused("Bara den som har skrivit kommentaren tar tillbaka den."):
            actions.take_back_comment(comment=said, by=cast.anna)
        actions.resolve_comment(comment=said, by=cast.anna)
        with refused("Kommentaren är klar. Öppna den igen innan du tar tillbaka den."):
            actions.take_back_comment(comment=said, by=cast.eva)
        actions.reopen_comment(comment=said, by=cast.eva)
        actions.take_back_comment(comment=said, by=cast.eva)
        assert not ReportComment.objects.exists()
        with refused("Kommentaren är tillbakatagen."):
            actions.resolve_comment(comment=said, by=cast.anna)

    def test_a_joint_reports_are_in_skrs_trail(self, cast, chapter, evaluator):
        said = comment(chapter, evaluator)
        actions.reopen_comment(comment=actions.resolve_comment(comment=said, by=cast.cia), by=cast.cia)
        actions.take_back_comment(comment=said, by=evaluator)
        assert kinds() == [
            "joint_commented",
            "joint_comment_resolved",
            "joint_comment_reopened",
            "joint_comment_removed",
        ]
        assert set(AuditEvent.objects.values_list("organisation", flat=True)) == {""}


class TestCounting:
    def test_open_ones_by_text_in_one_query(self, cast, section, chapter, django_assert_num_queries):
        other = section.report.texts.create(key="results", text=SECOND)
        for on, paragraph in ((section, FIRST), (section, SECOND), (other, SECOND), (chapter, SECOND)):
            comment(on, cast.eva, paragraph)
        actions.resolve_comment(comment=comment(other, cast.anna), by=cast.anna)
        with django_assert_num_queries(1):
            assert open_comments(section.report) == {"purpose": 2, "results": 1}
        assert open_comments(chapter.joint) == {"preface": 1}
        assert open_comments(JointReport(cohort=cast.cohort)) == {}


class TestNothingIsPrinted:
    def test_not_in_an_edition_and_not_in_the_joint_report(self, cast, section, chapter):
        comment(section, cast.eva, text="En hemlig anmärkning.")
        comment(chapter, cast.cia, text="En hemlig anmärkning.")
        joint = joint_content(chapter.joint, None, None)
        printed = json.dumps([freeze(organisation_content(section.report)), freeze(joint)], ensure_ascii=False)
        assert SECOND in printed
        assert "hemlig" not in printed


class TestTasks:
    """Whoever writes a section is asked to read what others say of it; the strategist where nobody does."""

    def tasks(self, cast, user):
        records = read_records(Participation.objects.filter(pk=cast.own.pk), TODAY, user=user)
        return [
            task
            for holder in records.holders(user.pk)
            for task in tasks_of(holder, records)
            if task.matter == "comment"
        ]

    def test_the_strategists_until_the_section_is_given_to_somebody(self, cast, section, manager):
        comment(section, manager)
        [task] = self.tasks(cast, cast.anna)
        assert task.title == "Läs en kommentar till resultatrapporten"
        assert task.url.endswith("/rapport/avsnitt/purpose/#kommentarer")
        assert self.tasks(cast, cast.eva) == self.tasks(cast, manager) == []
        section.writer = cast.own.delegates.get(user=cast.eva)
        section.save()
        assert [len(self.tasks(cast, user)) for user in (cast.anna, cast.eva, manager)] == [0, 1, 0]
        section.writer.ends_on = TODAY - timedelta(days=1)
        section.writer.save()
        assert len(self.tasks(cast, cast.anna)) == 1

    def test_a_part_is_its_sections_writers(self, cast, section, manager):
        section.report.texts.create(key="purpose--moment-1", text=SECOND)
        section.writer = cast.own.delegates.get(user=cast.eva)
        section.save()
        comment(section.report.texts.get(key="purpose--moment-1"), manager)
        comment(section, manager)
        [task] = self.tasks(cast, cast.eva)
        assert task.title == "Läs två kommentarer till resultatrapporten"
        assert task.url == reverse("reports:report", args=[cast.cohort.slug, cast.own.code])

    def test_not_ones_own_nor_what_is_done_nor_when_it_is_handed_in(self, cast, section, manager):
        comment(section, cast.anna)
        assert self.tasks(cast, cast.anna) == []
        said = comment(section, manager)
        actions.resolve_comment(comment=said, by=cast.eva)
        assert self.tasks(cast, cast.anna) == []
        actions.reopen_comment(comment=said, by=cast.eva)
        assert self.tasks(cast, cast.anna)
        frozen(section.report)
        assert self.tasks(cast, cast.anna) == []


def words(answer):
    return " ".join(answer.text.split())


class TestPages:
    """Who reads the draft of a text reads its comments and makes them, and nobody else."""

    @pytest.fixture
    def address(self, cast):
        return reverse("reports:section_comments", args=[cast.cohort.slug, cast.own.code, "purpose"])

    @pytest.fixture
    def joint_page(self, cast):
        return reverse("reports:joint_comments", args=[cast.cohort.slug, "preface"])

    @pytest.fixture
    def people(self, cast, evaluator, manager):
        others = ParticipationFactory(cohort=cast.cohort)
        named = {name: getattr(cast, name) for name in ("anna", "eva", "gun", "bo", "dag", "cia")}
        stranger = DelegateFactory(participation=others).user
        return SimpleNamespace(
            **named,
            evaluator=evaluator,
            manager=manager,
            stranger=stranger,
            administrator=UserFactory(skr_role="administrator"),
        )

    @pytest.mark.parametrize(
        ("who", "own", "joint"),
        [
            ("anna", 200, 403),
            ("eva", 200, 403),
            ("manager", 200, 403),
            ("gun", 403, 403),  # in the group
            ("bo", 403, 403),  # its mentor
            ("stranger", 403, 403),
            ("dag", 404, 404),
            ("cia", 403, 200),
            ("administrator", 403, 403),
            ("evaluator", 403, 200),
        ],
    )
    @pytest.mark.parametrize("handed_in", [False, True])
    def test_those_who_read_the_draft(
        self, client, section, chapter, people, address, joint_page, who, own, joint, handed_in
    ):
        if handed_in:  # then others read what is handed in, and still not what was said about the draft
            frozen(section.report)
        in_section = ReportComment.objects.create(section=section, text="Hemligt.")
        in_chapter = ReportComment.objects.create(chapter=chapter, text="Hemligt.")
        client.force_login(getattr(people, who))
        for place, row, expected in ((address, in_section, own), (joint_page, in_chapter, joint)):
            assert client.get(place).status_code == expected
            assert ("Hemligt." in client.get(place).text) is (expected == 200)
            answer = client.post(f"{place}{row.pk}/", {"do": "resolve"})
            assert answer.status_code == (302 if expected == 200 else expected)
            row.refresh_from_db()
            assert row.is_open is (expected != 200)
            sent = client.post(place, {"paragraph": SECOND, "text": "Nytt."})
            is_closed = handed_in and row is in_section
            assert sent.status_code == ((422 if is_closed else 302) if expected == 200 else expected)
            assert (row.section or row.chapter).comments.filter(text="Nytt.").exists() is (sent.status_code == 302)

    def test_those_who_have_left_read_and_do_not_write(self, client, cast, section, address):
        said = comment(section, cast.eva)
        cast.own.status, cast.own.withdrawn_on = "withdrawn", "2026-01-01"
        cast.own.save()
        client.force_login(cast.anna)
        answer = client.get(address)
        assert said.text in answer.text
        assert ">Kommentera<" not in answer.text.replace(" ", "").replace("\n", "")
        assert client.post(address, {"text": "Nytt."}).status_code == 403

    def test_a_reader_sees_the_text_and_comments_it(self, client, cast, section, manager, address):
        client.force_login(manager)
        report = client.get(reverse("reports:report", args=[cast.cohort.slug, cast.own.code]))
        assert f'href="{address}#kommentarer"' in report.text
        answer = client.get(address)
        assert FIRST in answer.text
        assert f'<option value="{SECOND}"' in answer.text
        sent = client.post(address, {"paragraph": SECOND, "text": " Vad är\r\ndet? "})
        assert sent.url == f"{address}#kommentarer"
        shown = words(client.get(address))
        assert "Maj, " in shown
        assert f"<p>{SECOND}</p>" in shown
        assert ReportComment.objects.get().text == "Vad är\ndet?"

    def test_its_writer_meets_it_beside_the_text_and_in_the_index(self, client, cast, section, manager, address):
        comment(section, manager)
        client.force_login(cast.eva)
        beside = reverse("reports:section", args=[cast.cohort.slug, cast.own.code, "purpose"])
        shown = words(client.get(beside))
        assert "Vad är det vi vet?" in shown
        assert "1 kommentar" in shown
        index = client.get(reverse("reports:report", args=[cast.cohort.slug, cast.own.code]))
        assert "Öppna kommentarer" in index.text
        assert f'href="{beside}#kommentarer"' in index.text
        [form] = re.findall(r'<form[^>]*id="rapport".*?</form>', shown)
        assert "Vad är det vi vet?" not in form
        done = client.post(f"{address}{ReportComment.objects.get().pk}/", {"do": "resolve"}, follow=True)
        assert done.redirect_chain[-1][0] == f"{beside}#kommentarer"
        assert "En klar kommentar" in done.text
        assert "Kommentaren är klar." in done.text

    def test_skr_and_the_evaluator_meet_theirs_at_the_chapter(self, client, cast, chapter, evaluator, joint_page):
        client.force_login(evaluator)
        place = reverse("reports:joint_chapter", args=[cast.cohort.slug, "preface"])
        sent = client.post(joint_page, {"paragraph": FIRST, "text": "Stämmer det?"}, follow=True)
        assert sent.redirect_chain[-1][0] == f"{place}#kommentarer"
        client.force_login(cast.cia)
        assert "Stämmer det?" in client.get(place).text
        index = words(client.get(reverse("reports:joint", args=[cast.cohort.slug])))
        assert f'<a href="{place}#kommentarer">Förord</a> <span class="soft">1 kommentar</span>' in index
        assert "SKR. 1 kommentar" in index

    def test_a_part_of_a_chapter(self, client, cast):
        JointReportFactory(cohort=cast.cohort, texts={"results--moment-1": TYPED})
        client.force_login(cast.cia)
        there = reverse("reports:joint_comments", args=[cast.cohort.slug, "results--moment-1"])
        sent = client.post(there, {"paragraph": "", "text": "Bra."})
        part = reverse("reports:joint_part", args=[cast.cohort.slug, "results", "moment-1"])
        assert sent.url == f"{part}#kommentarer"
        index = words(client.get(reverse("reports:joint", args=[cast.cohort.slug])))
        assert "1 kommentar" in index
        assert f"{part}#kommentarer" in index

    def test_it_follows_the_text_until_the_paragraph_is_changed(self, client, cast, section, address):
        comment(section, cast.anna, FIRST)
        client.force_login(cast.anna)
        rewrite(section, f"Nytt först.\n\n{FIRST} Och mer.")
        shown = words(client.get(address))
        assert f"<p>{FIRST} Och mer.</p>" in shown
        assert "Stycket är ändrat sedan dess" not in shown
        rewrite(section, "Något annat.")
        shown = words(client.get(address))
        assert "Stycket är ändrat sedan dess" in shown
        assert f"<p>{FIRST}</p>" in shown

    def test_an_answer_is_about_the_same_paragraph_also_when_it_is_changed(self, client, cast, section, address):
        first = comment(section, cast.eva)
        rewrite(section, "Något annat.")
        client.force_login(cast.anna)
        chosen = re.search(r'<option value="([^"]*)"\s+selected', client.get(f"{address}?om={first.pk}").text)
        assert chosen[1] == SECOND
        client.post(address, {"paragraph": SECOND, "text": "Det är struket."})
        [about] = card_of(section, cast.anna).opened
        assert [row.text for row in about.comments] == [first.text, "Det är struket."]

    def test_what_is_refused_stays_in_the_field(self, client, cast, section, address):
        client.force_login(cast.anna)
        rewrite(section, "Något annat.")
        answer = client.post(address, {"paragraph": SECOND, "text": "Hur då?"})
        assert answer.status_code == 422
        assert "Stycket är ändrat sedan du öppnade sidan. Välj ett stycke i listan." in answer.text
        assert "Hur då?</textarea>" in answer.text
        assert "Skriv din kommentar." in client.post(address, {"paragraph": "", "text": " "}).text
        frozen(section.report)
        answer = client.post(address, {"paragraph": "", "text": "Hur då?"})
        assert answer.status_code == 422
        assert "Rapporten är inlämnad." in answer.text
        assert "Hur då?</textarea>" in answer.text

    def test_what_is_handed_in_is_read_and_not_added_to(self, client, cast, section, manager, address):
        comment(section, manager)
        frozen(section.report)
        for user in (cast.anna, manager):
            client.force_login(user)
            report = client.get(reverse("reports:report", args=[cast.cohort.slug, cast.own.code]))
            assert f"{address}#kommentarer" in report.text
            shown = words(client.get(address))
            assert "Vad är det vi vet?" in shown
            assert "Nya kommentarer skrivs bara till ett utkast." in shown
            assert "<textarea" not in shown

    def test_ones_own_is_taken_back_and_a_second_click_finds_it_gone(self, client, cast, section, address):
        said = comment(section, cast.eva)
        button = 'value="take_back"'
        client.force_login(cast.anna)
        assert button not in client.get(address).text
        client.force_login(cast.eva)
        assert button in client.get(address).text
        for _ in range(2):
            assert client.post(f"{address}{said.pk}/", {"do": "take_back"}).status_code == 302
        assert not ReportComment.objects.exists()

    def test_anothers_is_not_taken_back(self, client, cast, section, address):
        said = comment(section, cast.eva)
        client.force_login(cast.anna)
        answer = client.post(f"{address}{said.pk}/", {"do": "take_back"}, follow=True)
        assert "Bara den som har skrivit kommentaren tar tillbaka den." in answer.text
        assert ReportComment.objects.exists()

    def test_a_comment_is_found_at_its_own_text_only(self, client, cast, section, chapter, address):
        said = comment(chapter, cast.cia)
        client.force_login(cast.anna)
        client.post(f"{address}{said.pk}/", {"do": "resolve"})
        said.refresh_from_db()
        assert said.is_open

    def test_no_such_text(self, client, cast, section, chapter, address, joint_page):
        client.force_login(cast.anna)
        assert client.get(address.replace("purpose", "finns-inte")).status_code == 404
        empty = client.get(address.replace("purpose", "results"))
        assert "Ingen text är skriven än." in empty.text
        assert "<textarea" not in empty.text
        assert client.post(address.replace("purpose", "results"), {"text": "Hej"}).status_code == 422
        client.force_login(cast.cia)
        assert client.get(joint_page.replace("preface", "finns-inte")).status_code == 404

    def test_a_person_who_is_gone_leaves_the_words(self, client, cast, section, address):
        said = comment(section, cast.eva)
        ReportComment.objects.update(written_by=None, resolved_at=F("written_at"))
        client.force_login(cast.anna)
        shown = words(client.get(address))
        assert "Namnet är borttaget, " in shown
        assert said.text in shown
