"""The joint report as chapters: who writes what, what fills itself in, and what is printed."""

import json
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from assessments.figures.releases import renew_releases
from cohorts.models import ExpectedResult, Participation
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.rich import document_of
from reports import actions
from reports.actions import TextTaken
from reports.content import content_of_edition, joint_content
from reports.content.base import Prose
from reports.content.blocks import flat
from reports.content.chapters import chapters_of
from reports.content.frozen import checksum_of, freeze, thaw
from reports.content.joint_tables import in_order
from reports.content.joint_value import JointContent, SectionPart
from reports.enums import ChapterOwner, ChapterState, JointState, RowOrder
from reports.figures import joint_figures, joint_occasions
from reports.isbn import checked_isbn
from reports.joint_chapters import USUAL, headings_of, places_of
from reports.joint_index import chapter_lines, headline, not_heard
from reports.models import Chapter, ChapterText, JointReport, ReportEdition
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    EffortFactory,
    EffortStepFactory,
    EvaluatorFactory,
    GroupFactory,
    JointReportFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def leader():
    return UserFactory(skr_role="process_leader")


@pytest.fixture
def evaluator(cohort):
    return EvaluatorFactory(cohort=cohort).user


def page_of(cohort, key, part=None):
    name, more = ("joint_part", [part]) if part else ("joint_chapter", [])
    return reverse(f"reports:{name}", args=[cohort.slug, key, *more])


def save(cohort, by, key="preface", words="Hej", revision=0):
    return actions.save_chapter(cohort=cohort, key=key, text=document_of(words), revision=revision, by=by)


def move(cohort, by, state, key="preface"):
    return actions.move_chapter(cohort=cohort, key=key, state=ChapterState(state), by=by)


def events():
    return list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))


class TestPlaces:
    def test_the_ten_usual_ones_with_a_part_for_each_moment_and_stage(self, cohort):
        places = places_of(cohort)
        assert [place.chapter for place in places if place.part is None] == list(USUAL)
        parts = [place.key for place in places if place.part]
        assert (parts[0], parts[-1], len(parts)) == ("results--moment-1", "results--societal_effect", 15)
        written_by = {place.key for place in places if place.usual_owner == ChapterOwner.EVALUATOR}
        assert written_by == {"lessons", "attainment"}

    def test_an_omgangs_own(self, cohort):
        Chapter.objects.create(cohort=cohort, key="egen", heading="Ett eget kapitel", position=1)
        assert [heading.text for heading in headings_of(cohort)] == ["Ett eget kapitel"]


class TestSaving:
    def test_the_first_save_makes_the_report_and_the_same_again_is_no_change(self, cohort, leader):
        first = save(cohort, leader, words="# Hej\n\n- ett")
        assert save(cohort, leader, words="# Hej\n\n- ett", revision=7).pk == first.pk
        assert (first.text, first.revision, first.owner) == ("Hej\n\n- ett", 1, "skr")
        assert events() == ["joint_chapter_saved"]

    def test_a_stale_text_is_refused_and_both_are_kept(self, client, cohort, leader):
        save(cohort, leader, words="Den andras")
        with pytest.raises(TextTaken) as taken:
            save(cohort, leader, words="Min")
        assert taken.value.stored.text == "Den andras"
        client.force_login(leader)
        answer = client.post(page_of(cohort, "preface"), {"text": "Min", "revision": "0"})
        assert answer.status_code == 422
        for words in ("Den andras", "Min</textarea>", 'value="1"', "Spara min text ändå", "Behåll den sparade"):
            assert words in answer.text
        assert ChapterText.objects.get().text == "Den andras"

    def test_in_the_background_the_fragment_says_so(self, client, cohort, leader):
        client.force_login(leader)
        sent = {"text": "Hej", "revision": "0"}
        answer = client.post(page_of(cohort, "preface"), sent, headers={"hx-request": "true"})
        assert "✓ Sparat" in answer.text
        assert 'value="1"' in answer.text
        answer = client.post(page_of(cohort, "preface"), {**sent, "text": "Annat"}, headers={"hx-request": "true"})
        assert answer["HX-Retarget"] == "#kapiteltext"
        assert "Annat</textarea>" in answer.text

    def test_parts_begin_with_the_owner_of_their_chapter(self, cohort, leader):
        actions.give_chapter(cohort=cohort, key="results", owner="evaluator", by=leader)
        assert save(cohort, leader, key="results--moment-3").owner == ChapterOwner.EVALUATOR

    def test_a_chapter_that_is_not_there(self, cohort, leader):
        with pytest.raises(ActionRefused, match=r"^Rapporten har inget sådant kapitel\.$"):
            save(cohort, leader, key="results--moment-99")

    def test_a_text_that_is_done_is_opened_first(self, cohort, leader):
        save(cohort, leader)
        move(cohort, leader, "done")
        with pytest.raises(ActionRefused, match=r"^Texten är klar\. Öppna den igen innan du ändrar den\.$"):
            save(cohort, leader, words="Nytt", revision=1)
        with pytest.raises(ActionRefused, match=r"^Texten är klar\. Öppna den igen först\.$"):
            move(cohort, leader, "review")
        assert move(cohort, leader, "draft").state == "draft"
        assert save(cohort, leader, words="Nytt", revision=1).text == "Nytt"

    def test_what_is_typed_stays_when_somebody_else_has_made_it_done(self, client, cohort, leader):
        save(cohort, leader)
        move(cohort, leader, "done")
        client.force_login(leader)
        answer = client.post(page_of(cohort, "preface"), {"text": "Mina ord", "revision": "1"})
        assert answer.status_code == 422
        assert "Mina ord</textarea>" in answer.text
        assert "Öppna den igen innan du ändrar den." in answer.text

    @pytest.mark.parametrize("name", ["save", "move", "give", "front"])
    def test_nothing_is_changed_in_what_is_published(self, cohort, leader, name):
        save(cohort, leader)
        JointReport.objects.update(state=JointState.PUBLISHED)
        write = {
            "save": lambda: save(cohort, leader, words="Nytt", revision=1),
            "move": lambda: move(cohort, leader, "done"),
            "give": lambda: actions.give_chapter(cohort=cohort, key="preface", owner="evaluator", by=leader),
            "front": lambda: actions.save_front(cohort=cohort, seen=None, audience="Alla", by=leader),
        }
        with pytest.raises(ActionRefused, match=r"^Rapporten är publicerad och ändras inte\.$"):
            write[name]()


class TestWhoWrites:
    def test_the_evaluator_reads_all_and_writes_their_own(self, client, cohort, leader, evaluator):
        save(cohort, leader, words="SKR:s ord")
        client.force_login(evaluator)
        index = client.get(reverse("reports:joint", args=[cohort.slug])).text
        assert "Förord" in index
        assert "Bygg PDF" not in index
        page = client.get(page_of(cohort, "preface")).text
        assert "SKR:s ord" in page
        assert 'id="kapiteltext"' not in page  # the form that writes
        assert client.post(page_of(cohort, "preface"), {"text": "Mitt", "revision": "1"}).status_code == 403
        assert "SKR:s ord" in client.get(reverse("reports:joint_preview", args=[cohort.slug])).text
        assert client.post(page_of(cohort, "lessons"), {"text": "Mitt", "revision": "0"}).status_code == 302
        assert ChapterText.objects.get(key="lessons").text == "Mitt"

    def test_the_evaluator_sends_to_review_and_skr_says_that_it_is_done(self, client, cohort, leader, evaluator):
        save(cohort, evaluator, key="lessons")
        client.force_login(evaluator)
        page = page_of(cohort, "lessons")
        sent = {"text": "Nu klart", "revision": "1"}
        assert client.post(page, {**sent, "then": "done"}).status_code == 403
        assert client.post(page, {"text": "Ännu bättre", "revision": "2", "then": "review"}).status_code == 302
        text = ChapterText.objects.get()
        assert (text.text, text.state) == ("Ännu bättre", "review")
        client.force_login(leader)
        assert "Väntar på granskning" in client.get(reverse("reports:joint", args=[cohort.slug])).text
        client.post(page, {"text": text.text, "revision": "3", "then": "done"})
        assert ChapterText.objects.get().is_done
        client.force_login(evaluator)
        assert "Öppna texten igen" not in client.get(page).text
        assert client.post(page, {"then": "draft"}).status_code == 403

    def test_skr_gives_a_chapter_to_the_evaluator_and_back(self, client, cohort, leader, evaluator):
        client.force_login(leader)
        page = page_of(cohort, "preface")
        assert "Låt utvärderaren skriva" in client.get(page).text
        client.post(page, {"owner": "evaluator"})
        client.post(page, {"owner": "evaluator"})
        client.force_login(evaluator)
        assert client.post(page, {"text": "Vårt", "revision": "0"}).status_code == 302
        assert client.post(page, {"owner": "skr"}).status_code == 403
        assert events() == ["joint_chapter_given", "joint_chapter_saved"]

    def test_an_evaluator_of_another_omgang_reads_nothing(self, client, cohort):
        save(cohort, UserFactory(), words="Hemligt")
        client.force_login(EvaluatorFactory().user)
        assert client.get(page_of(cohort, "preface")).status_code in (403, 404)

    def test_organisations_read_it_when_it_is_published(self, client, cohort):
        from tests.factories import DelegateFactory

        member = ParticipationFactory(cohort=cohort)
        client.force_login(DelegateFactory(participation=member).user)
        for address in (page_of(cohort, "preface"), reverse("reports:joint_preview", args=[cohort.slug])):
            assert client.get(address).status_code == 403


class TestIndex:
    def test_the_headline_says_what_is_done_and_who_is_not_mentioned(self, cohort, leader):
        names = ("Almforsa kommun", "Tranmo kommun", "Älgnäs kommun")
        members = [ParticipationFactory(cohort=cohort, organisation__name=name) for name in names]
        said = SimpleNamespace(joint=JointReportFactory(cohort=cohort))

        def now():
            lines = chapter_lines(cohort, JointReport.objects.get())
            return headline(lines, not_heard(cohort, lines))

        assert now() == "Inget kapitel är skrivet än."
        short = [member.organisation.short_name for member in members]
        save(cohort, leader, words=f"{names[0]} och {short[1]}s mallar.")
        move(cohort, leader, "done")
        assert now() == f"Ett av tio kapitel är klart. {short[2]} nämns inte i texten än."
        save(cohort, leader, key="results--moment-1", words=f"{short[2]} har tagit ett beslut.")
        assert now() == "Ett av tio kapitel är klart."
        assert said.joint.pk

    def test_one_that_has_left_is_not_missed(self, cohort, leader):
        ParticipationFactory(cohort=cohort, status="withdrawn", withdrawn_on=date(2026, 5, 1))
        save(cohort, leader)
        assert not_heard(cohort, chapter_lines(cohort, JointReport.objects.get())) == []

    def test_a_chapter_with_an_unfinished_part_is_not_done(self, cohort, leader):
        move(cohort, leader, "done", key="results")
        save(cohort, leader, key="results--moment-1")
        results = chapter_lines(cohort, JointReport.objects.get())[5]
        assert (results.is_done, results.parts_in_words) == (False, "En av 15 delar är skriven")


def filled(cohort):
    """Six kommuner in two groups with a mentor, two assessments, and efforts that are offered."""
    groups = [GroupFactory(cohort=cohort, name=name, position=place) for place, name in enumerate(("Norr", "Syd"), 1)]
    meetings = [MeetingFactory(cohort=cohort, starts_on=date(2026, month, 1), goals="Att se.") for month in (4, 9)]
    members = [ParticipationFactory(cohort=cohort, group=groups[place % 2]) for place in range(6)]
    for place, member in enumerate(members):
        for meeting, up in zip(meetings, (0, 1), strict=True):
            values = [1 + (place + number) % 2 + up for number in range(10)]
            AssessmentFactory(
                participation=member, meeting=meeting, submitted=True, submitted_on=meeting.starts_on, values=values
            )
        effort = EffortFactory(participation=member, shared=True, public=place == 0, example=place == 0)
        EffortStepFactory(effort=effort, text=f"Vi mätte {place}.")
    return members


class TestAutomaticParts:
    def test_groups_with_those_who_supported_them_and_those_who_left(self, cohort):
        members = filled(cohort)
        mentor = ParticipationFactory(cohort=cohort, role="mentor", organisation__name="Lindebo kommun")
        cohort.groups.first().mentorships.create(participation=mentor, position=1)
        Participation.objects.filter(pk=members[0].pk).update(status="withdrawn", withdrawn_on=date(2026, 5, 3))
        content = joint_content(JointReportFactory(cohort=cohort), None, None)
        assert content.groups.headers == ("Grupp", "Deltagare", "Med stöd av")
        assert content.groups.rows[0][2] == "Lindebo kommun"
        assert content.left == f"{members[0].organisation.name} (3 maj 2026) lämnade omgången."

    def test_without_a_mentor_the_column_is_left_out(self, cohort):
        filled(cohort)
        content = joint_content(JointReportFactory(cohort=cohort), None, None)
        assert content.groups.headers == ("Grupp", "Deltagare")
        assert content.left == ""

    def test_the_steps_are_the_omgangs_own_meetings_with_days_and_goals(self, cohort):
        filled(cohort)
        MeetingFactory(cohort=cohort, starts_on=date(2026, 10, 1), cancelled_on=date(2026, 9, 1), name="Inställd")
        steps = joint_content(JointReportFactory(cohort=cohort), None, None).steps
        assert [row[1:] for row in steps.rows] == [("1 april 2026", "Att se."), ("1 september 2026", "Att se.")]

    def test_examples_are_only_those_that_are_offered_and_may_be_published(self, cohort):
        filled(cohort)
        stages = joint_content(JointReportFactory(cohort=cohort), None, None).stages
        said = str(stages.rows)
        assert "Vi mätte 0." in said
        assert [f"Vi mätte {place}." in said for place in range(1, 6)] == [False] * 5

    def test_what_organisations_write_is_not_printed_by_itself(self, cohort):
        from tests.reports.printed_samples import WORDS, cohort_of_six, joint_of

        content = joint_of(cohort_of_six())
        assert WORDS not in json.dumps(freeze(content), ensure_ascii=False)
        assert content.sections == ()

    def test_expected_results_are_counted_under_the_rule_of_three(self, cohort):
        members = filled(cohort)
        result = ExpectedResult.objects.create(cohort=cohort, key="r", kind="expected", text="Delat.", position=1)
        joint = JointReportFactory(cohort=cohort)
        for member in members[:4]:
            member.result_answers.create(result=result, judgement="reached")
        assert joint_content(joint, None, None).answers == ()
        members[4].result_answers.create(result=result, judgement="partly")
        [table] = joint_content(joint, None, None).answers
        assert table.rows == (("Delat.", "4", "1", "0", "0"),)
        joint.figures_as = "words"
        assert joint_content(joint, None, None).answers == ()

    @pytest.mark.parametrize(("order", "first"), [(RowOrder.NOW, None), (RowOrder.THEN, None), (RowOrder.CHECKLIST, 1)])
    def test_the_order_of_the_rows(self, cohort, order, first):
        filled(cohort)
        for number, value in ((4, 3), (7, 1)):
            scores = cohort.participations.first().assessments.model.objects
            for assessment in scores.filter(participation__cohort=cohort):
                is_first = assessment.meeting.starts_on.month == 4
                assessment.scores.filter(item__number=number).update(value=value if is_first else 4 - value)
        renew_releases(cohort=cohort)
        figures = joint_figures(cohort, *joint_occasions(cohort))
        rows = in_order(figures[0], order).rows
        strongest = {RowOrder.NOW: 7, RowOrder.THEN: 4}
        assert rows[0].item.number == strongest.get(order, first)
        assert len({row.item.number for row in rows}) == 10

    def test_pictures_and_tables_are_numbered_through_the_report(self, cohort):
        filled(cohort)
        chapters = chapters_of(joint_content(JointReportFactory(cohort=cohort), None, None))
        blocks = [block for chapter in chapters for block in flat(chapter.blocks)]
        tables = [block.table.number for block in blocks if hasattr(block, "table")]
        pictures = [block for block in blocks if hasattr(block, "picture")]
        assert tables == list(range(1, len(tables) + 1))
        assert [block.number for block in pictures] == list(range(1, len(pictures) + 1))
        assert len(pictures) >= 3
        assert all(block.words for block in pictures)


class TestPages:
    """No chapter leaves a page with only a few lines."""

    def pages(self, cohort, **texts):
        content = joint_content(JointReportFactory(cohort=cohort, texts=texts), None, None)
        return {chapter.title: chapter.new_page for chapter in chapters_of(content) if chapter.title}

    @pytest.mark.parametrize(("signs", "begins"), [(599, False), (600, True)])
    def test_a_long_chapter_begins_a_page_where_the_short_ones_before_fill_theirs(self, cohort, signs, begins):
        pages = self.pages(cohort, preface="x" * signs)
        assert (pages["Förord"], pages["Inledning"], pages["Modellkonceptet"]) == (True, begins, True)

    @pytest.mark.parametrize(("signs", "begins"), [(900, False), (901, True)])
    def test_a_short_chapter_follows_the_one_before(self, cohort, signs, begins):
        assert self.pages(cohort, development="x" * signs)["Utveckling av konceptet"] is begins

    def test_after_a_short_one_that_followed_a_long_one_nothing_is_broken(self, cohort):
        assert self.pages(cohort, development="x" * 700)["Deltagarnas resultat"] is False


class TestEditions:
    def test_one_from_before_there_were_chapters_is_printed_as_it_was(self, cohort):
        filled(cohort)
        joint = JointReportFactory(cohort=cohort)
        now = joint_content(joint, None, None)
        texts = (Prose("", "Almforsa kommun", "Vi frågade fler."),)
        new = (
            "chapters",
            "front",
            "groups",
            "map",
            "steps",
            "timetable",
            "stages",
            "drawn_chains",
            "movement",
            "answers",
        )
        bare = {name: JointContent.__dataclass_fields__[name].default for name in new}
        kinds = tuple(replace(kind, picture=None) for kind in now.kinds)
        before = replace(
            now,
            **bare,
            left="",
            kinds=kinds,
            introduction=("Nio kommuner.",),
            conclusions=("Slut.",),
            sections=(SectionPart("avsnitt-results", "Resultat", texts),),
        )
        frozen = json.loads(json.dumps(freeze(before)))
        assert {*new, "left"} & set(frozen) == set()
        assert "picture" not in frozen["kinds"][0]
        edition = ReportEdition.objects.create(
            joint=joint, number=1, frozen_on=date(2026, 5, 1), content=frozen, checksum=checksum_of(frozen)
        )
        content = content_of_edition(edition)
        assert thaw(JointContent, frozen) == before
        titles = [chapter.title for chapter in chapters_of(content) if chapter.title]
        assert titles == [
            *("Inledning", "Omgången", "Självskattning", "Resultat längs resultatkedjan"),
            *(["Arbetet med momenten"] if before.moments else []),
            *("Deltagarnas egna ord", "Slutsatser"),
        ]
        assert "Vi frågade fler." in str(content.section_texts)

    def test_all_that_fills_itself_in_comes_back(self, cohort):
        filled(cohort)
        content = joint_content(
            JointReportFactory(cohort=cohort, isbn="91-7585-1", texts={"preface": "Hej"}), None, None
        )
        again = thaw(JointContent, json.loads(json.dumps(freeze(content))))
        assert freeze(again) == freeze(content)
        assert again.headings == content.headings
        assert again.numbers == content.numbers


class TestFront:
    @pytest.mark.parametrize("right", ["978-91-7585-999-6", "9789175859996", "ISBN 91-7585-123-7", "080442957X", ""])
    def test_a_right_number(self, right):
        assert checked_isbn(right) == right

    @pytest.mark.parametrize("wrong", ["978-91-7585-999-7", "91-7585-123-4"])
    def test_a_wrong_check_digit(self, wrong):
        with pytest.raises(ValidationError, match=r"Kontrollsiffran stämmer inte\."):
            checked_isbn(wrong)

    @pytest.mark.parametrize("wrong", ["123", "977-91-7585-999-6", "elva"])
    def test_no_number_at_all(self, wrong):
        with pytest.raises(ValidationError, match="tio eller tretton siffror"):
            checked_isbn(wrong)

    def test_it_stands_after_the_cover(self, client, cohort, leader):
        client.force_login(leader)
        page = reverse("reports:joint_front", args=[cohort.slug])
        facts = {"responsible": "Projektledare: SKR", "audience": "", "information": "", "row_order": "then"}
        seen = client.get(page).context["form"]["seen"].value()
        refused = client.post(page, {**facts, "seen": seen, "isbn": "978-91-7585-999-7"})
        assert refused.status_code == 422
        assert client.post(page, {**facts, "seen": seen, "isbn": "978-91-7585-999-6"}).status_code == 302
        stale = client.post(page, {**facts, "seen": seen, "isbn": "", "audience": "Alla"})
        assert "Så står det sparat nu" in stale.text
        joint = JointReport.objects.get()
        assert (joint.row_order, joint.responsible) == ("then", "Projektledare: SKR")
        from reports.printers.pdf import html_of

        html = html_of(joint_content(joint, None, None))
        assert html.index("cover-sender") < html.index("978-91-7585-999-6") < html.index("<main>")
        assert "Målgrupp" not in html


def test_few_questions_to_the_database(client, cohort, leader, django_assert_max_num_queries):
    filled(cohort)
    JointReportFactory(cohort=cohort, texts={"preface": "Hej", "results--moment-1": "Hej"})
    client.force_login(leader)
    with django_assert_max_num_queries(25):
        client.get(reverse("reports:joint", args=[cohort.slug]))
