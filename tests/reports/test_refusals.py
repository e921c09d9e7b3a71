"""What the actions on reports refuse, each with its words."""

from datetime import date

import pytest

from kit.rich import from_plain
from reports import actions
from reports.builds import run
from reports.enums import JointState, ReportState
from tests.factories import JointReportFactory, ReportFactory, frozen
from tests.refusing import refused

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)
NOT_HANDED_IN = "Rapporten är inte inlämnad än."
NEWER = "Rapporten har fått en ny utgåva sedan ni öppnade sidan. Läs den först."
CHANGED = "Rapporten har ändrats sedan PDF:en byggdes. Bygg den igen och läs den innan den publiceras."


@pytest.fixture
def draft(cast):
    report = ReportFactory(participation=cast.own)
    report.texts.create(key="purpose", text="Vi ville se våra värden.", shared=True)
    return report


@pytest.fixture
def submitted(draft):
    frozen(draft)
    return draft


@pytest.fixture
def published(draft):
    frozen(draft, ReportState.PUBLISHED, ON)
    return draft


@pytest.fixture
def build(cast, drawn):
    """Build the joint report's PDF, as one does before it is published."""

    def order():
        run(actions.order_joint(cohort=cast.cohort, meeting=None, since=None, by=cast.cia).pk)
        return cast.cohort.joint_report

    return order


def test_a_draft_is_not_approved(cast, draft):
    with refused(NOT_HANDED_IN):
        actions.approve_report(report=draft, number=1, by=cast.anna)


def test_nothing_is_published_unapproved(cast, submitted):
    with refused("Rapporten publiceras först när en politiker eller chef hos er har godkänt den."):
        actions.publish_report(report=submitted, number=1, by=cast.anna)


@pytest.mark.parametrize("action", [actions.approve_report, actions.publish_report])
def test_only_the_edition_that_was_read(cast, submitted, action):
    with refused(NEWER):
        action(report=submitted, number=2, by=cast.anna)


def test_not_handed_in_if_it_has_changed_since_the_page(cast, draft):
    with refused("Rapporten har ändrats sedan du öppnade sidan. Läs igenom den igen och lämna sedan in den."):
        actions.submit_report(report=draft, seen="0" * 64, by=cast.anna)
    assert not draft.editions.exists()


class TestTakingBack:
    def test_until_skr_has_begun_to_compile(self, cast, submitted):
        actions.start_compiling(cohort=cast.cohort, by=cast.cia)
        with refused("SKR började sammanställa rapporterna"):
            actions.take_back_report(report=submitted, by=cast.anna)

    def test_not_what_is_published(self, cast, published):
        with refused("Rapporten är publicerad. Rätta den i en ny utgåva i stället."):
            actions.take_back_report(report=published, by=cast.anna)

    def test_what_is_not_published_needs_no_correction(self, cast, submitted):
        with refused("Rapporten är inte publicerad, så den behöver inte rättas i en ny utgåva."):
            actions.correct_report(report=submitted, reason="Ett tal är fel.", by=cast.anna)


class TestChoosing:
    def test_comments_stand_at_the_values(self, cast):
        with refused("Kommentarerna står vid värdena. Låt också värdena publiceras, eller ta bort kommentarerna."):
            actions.choose_public(
                participation=cast.own,
                with_values=False,
                with_comments=True,
                with_results=False,
                efforts=(),
                improvements=(),
                by=cast.anna,
            )

    def test_nothing_is_chosen_when_it_is_handed_in(self, cast, submitted):
        with refused("Rapporten är inlämnad och ändras inte."):
            actions.choose_public(
                participation=cast.own,
                with_values=True,
                with_comments=False,
                with_results=False,
                efforts=(),
                improvements=(),
                by=cast.anna,
            )


class TestDialogue:
    def test_a_question_is_about_what_is_handed_in(self, cast, draft):
        with refused("Organisationen har tagit tillbaka rapporten. Frågan ställs när den är inlämnad."):
            actions.ask_query(report=draft, key="purpose", text="Hur många?", by=cast.cia)

    def test_a_draft_needs_no_opening(self, cast, draft):
        with refused("Rapporten är inte inlämnad. Organisationen kan själv ändra den."):
            actions.ask_reopening(report=draft, reason="Ett tal är fel.", by=cast.cia)

    def test_one_request_at_a_time(self, cast, submitted):
        first = actions.ask_reopening(report=submitted, reason="Ett tal är fel.", by=cast.cia)
        assert actions.ask_reopening(report=submitted, reason="Ett tal är fel.", by=cast.cia) == first
        with refused("Det finns redan en begäran som väntar på svar. Ta tillbaka den först."):
            actions.ask_reopening(report=submitted, reason="Två tal är fel.", by=cast.cia)

    def test_an_answer_stands(self, cast, submitted):
        asked = actions.ask_reopening(report=submitted, reason="Ett tal är fel.", by=cast.cia)
        actions.answer_reopening(reopening=asked, consented=False, by=cast.anna)
        with refused("Begäran är redan besvarad."):
            actions.answer_reopening(reopening=asked, consented=True, by=cast.anna)
        with refused("Organisationen har redan svarat på begäran."):
            actions.withdraw_reopening(reopening=asked, by=cast.cia)

    def test_a_request_that_is_taken_back_is_not_answered(self, cast, submitted):
        asked = actions.ask_reopening(report=submitted, reason="Ett tal är fel.", by=cast.cia)
        actions.withdraw_reopening(reopening=asked, by=cast.cia)
        with refused("SKR har tagit tillbaka sin begäran."):
            actions.answer_reopening(reopening=asked, consented=True, by=cast.anna)


class TestJointReport:
    """It is published only as it was read, and leaves out what nobody has approved."""

    def test_is_read_first(self, cast):
        joint = JointReportFactory(cohort=cast.cohort)
        with refused("Bygg rapporten som PDF och läs den innan den publiceras."):
            actions.publish_joint(joint=joint, by=cast.cia)

    def test_a_text_that_nobody_has_approved_is_left_out(self, cast, submitted, build):
        joint = actions.publish_joint(joint=build(), by=cast.cia)
        assert joint.state == JointState.PUBLISHED
        assert "Vi ville se våra värden." not in str(joint.editions.get().content)

    def test_not_after_a_save_in_another_tab(self, cast, build):
        joint = build()
        actions.save_chapter(cohort=cast.cohort, key="preface", text=from_plain("Ny"), revision=0, by=cast.cia)
        with refused(CHANGED):
            actions.publish_joint(joint=joint, by=cast.cia)

    def test_not_another_build_than_the_page_was_about(self, cast, build):
        joint = build()
        seen = actions.frozen_joint(joint, actions.read_build(joint)).checksum
        actions.save_chapter(cohort=cast.cohort, key="preface", text=from_plain("Ny"), revision=0, by=cast.cia)
        joint = build()
        with refused(CHANGED):
            actions.publish_joint(joint=joint, seen=seen, by=cast.cia)

    def test_what_is_not_published_is_not_corrected(self, cast, build):
        with refused("Rapporten är inte publicerad, så den behöver inte rättas i en ny utgåva."):
            actions.correct_joint(joint=build(), reason="Ett namn är fel.", by=cast.cia)
