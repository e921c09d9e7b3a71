"""Comments at a paragraph of a draft: where they stand, who reads them, and what is done with them."""

import json
import re
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from cohorts.enums import Function
from kit.models import AuditEvent
from kit.rich import document_of, stored
from reports import actions
from reports.comment_pages import card_of
from reports.comments import by_paragraph, open_comments, paragraphs_of, standing
from reports.content import joint_content, organisation_content
from reports.content.frozen import freeze
from reports.enums import JointState
from reports.forms_comments import LONGEST, ReportCommentForm
from reports.models import ChapterText, JointReport, ReportComment, ReportSection
from tests.factories import (
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
        found = by_paragraph(said, ("Ett", "Två"))
        assert [(each.words, each.stands, len(each.comments)) for each in found] == [
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
