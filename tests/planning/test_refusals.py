"""What the actions on an omgång's days and lists refuse, each with its words; days one before and one after."""

from datetime import date, timedelta

import pytest
import time_machine

from kit.staleness import content_of, digest
from meetings.models import Meeting
from planning.actions.dates import DAYS, cancel_meeting, move_meeting, one_for_each_group, remove_meeting
from planning.actions.rows import OF_COHORT, save_rows, stored_rows
from planning.views.pages import usual_chapters
from reports.enums import ChapterKind
from reports.joint_chapters import USUAL, headings_of
from reports.models import Chapter, ReportSection, Section
from tests.factories import JointReportFactory, MeetingFactory, ReportFactory
from tests.process_factories import AttendanceFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
FIRST, LAST, AFTER = date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 3)
BEFORE, LATER = FIRST - timedelta(days=1), date(2026, 11, 3)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(BEFORE) as traveller:
        yield traveller


@pytest.fixture
def meeting(cast):
    """Two days long."""
    return MeetingFactory(cohort=cast.cohort, starts_on=FIRST, ends_on=LAST)


class TestMoving:
    SENTENCE = "Skriv varför träffen flyttas. Skälet sparas bland händelserna."

    def move(self, cast, meeting, to):
        seen = digest(content_of(meeting, *DAYS))
        return move_meeting(meeting=meeting, starts_on=to, days=2, seen=seen, by=cast.cia)

    def test_on_the_day_before_it_begins_without_a_reason(self, cast, meeting):
        self.move(cast, meeting, LATER)
        assert Meeting.objects.get().starts_on == LATER

    @pytest.mark.parametrize("day", [FIRST, AFTER])
    def test_not_from_the_day_it_begins(self, cast, meeting, today, day):
        today.move_to(day)
        with refused(self.SENTENCE):
            self.move(cast, meeting, LATER)
        assert Meeting.objects.get().starts_on == FIRST

    @pytest.mark.parametrize("back", [0, 1])
    def test_nor_to_a_day_that_has_come(self, cast, meeting, back):
        with refused(self.SENTENCE):
            self.move(cast, meeting, BEFORE - timedelta(days=back))
        assert Meeting.objects.get().starts_on == FIRST


class TestCancelling:
    def test_until_its_last_day(self, cast, meeting, today):
        today.move_to(LAST)
        cancel_meeting(meeting=meeting, by=cast.cia)
        assert Meeting.objects.get().cancelled_on == LAST

    def test_not_the_day_after(self, cast, meeting, today):
        today.move_to(AFTER)
        with refused("Träffen har redan varit och kan inte ställas in."):
            cancel_meeting(meeting=meeting, by=cast.cia)
        assert not Meeting.objects.get().is_cancelled


class TestWhatRestsOnAMeeting:
    SENTENCE = "Träffen har svar eller närvaro och kan inte tas bort. Ställ in den i stället."

    @pytest.mark.parametrize("act", [remove_meeting, one_for_each_group])
    def test_keeps_it_whole(self, cast, meeting, act):
        AttendanceFactory(meeting=meeting)
        with refused(self.SENTENCE):
            act(meeting=meeting, by=cast.cia)
        assert Meeting.objects.get() == meeting


def test_a_groups_own_meeting_is_not_divided(cast):
    own = MeetingFactory(cohort=cast.cohort, group=cast.group)
    with refused("Träffen hör redan till en grupp."):
        one_for_each_group(meeting=own, by=cast.cia)
    assert Meeting.objects.get() == own


class TestHeadings:
    @pytest.fixture
    def section(self, cast):
        return Section.objects.create(cohort=cast.cohort, key="purpose", heading="Syfte och mål", position=1)

    def remove(self, cast, section):
        sections = OF_COHORT[1]
        seen = digest(stored_rows(sections, cast.cohort))
        save_rows(of=sections, parent=cast.cohort, rows=[], known=[section.pk], seen=seen, by=cast.cia)

    def write(self, participation, text):
        report = ReportFactory(participation=participation)
        ReportSection.objects.create(report=report, key="purpose", text=text, revision=1)

    def test_one_that_is_written_under_stays(self, cast, section):
        self.write(cast.own, "Vi ville lära.")
        with refused("Någon har skrivit under ”Syfte och mål”. Avsnittet tas därför inte bort."):
            self.remove(cast, section)
        assert Section.objects.get() == section

    @pytest.mark.parametrize(("who", "text"), [("own", ""), ("elsewhere", "Vi ville lära.")])
    def test_not_for_an_empty_text_or_another_omgangs(self, cast, section, who, text):
        self.write(getattr(cast, who), text)
        self.remove(cast, section)
        assert not Section.objects.exists()


class TestChapters:
    @pytest.fixture
    def chapter(self, cast):
        return Chapter.objects.create(
            cohort=cast.cohort, key="results", heading="Resultat", kind=ChapterKind.RESULTS, position=1
        )

    def remove(self, cast):
        chapters = OF_COHORT[2]
        known = [row.pk for row in chapters.of(cast.cohort)]
        seen = digest(stored_rows(chapters, cast.cohort))
        save_rows(of=chapters, parent=cast.cohort, rows=[], known=known, seen=seen, by=cast.cia)

    @pytest.mark.parametrize("key", ["results", "results--moment-3"])
    def test_one_that_is_written_in_stays(self, cast, chapter, key):
        JointReportFactory(cohort=cast.cohort, texts={key: "Fler frågar."})
        with refused("Någon har skrivit i ”Resultat”. Kapitlet tas därför inte bort."):
            self.remove(cast)
        assert Chapter.objects.get() == chapter

    @pytest.mark.parametrize(("key", "text"), [("results", ""), ("results_2", "Text."), ("preface", "Text.")])
    def test_not_for_an_empty_text_or_another_chapters(self, cast, chapter, key, text):
        JointReportFactory(cohort=cast.cohort, texts={key: text})
        self.remove(cast)
        assert not Chapter.objects.exists()

    def test_a_usual_heading_has_its_usual_key(self, cast):
        chapters = OF_COHORT[2]
        rows = [{"pk": None, "place": None, **row} for row in usual_chapters()]
        rows.append({"pk": None, "place": None, "heading": "Vårt eget", "kind": ChapterKind.TEXT})
        save_rows(of=chapters, parent=cast.cohort, rows=rows, known=[], seen="", by=cast.cia)
        assert [heading.key for heading in headings_of(cast.cohort)] == [*(each.key for each in USUAL), "vart_eget"]
