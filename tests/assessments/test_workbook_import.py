"""Workbooks read in: what each cell means, what is asked, what is stored, on the command line and on the page."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from assessments.actions.scores import ScoreContent, save_score
from assessments.models import Assessment, RatingRound, Score
from assessments.workbook.expecting import expected_of
from assessments.workbook.exporting import workbook_of
from assessments.workbook.matching import Certainty
from assessments.workbook.understanding import NOTHING_FOUND, UNKNOWN_VERSION, understand
from checklist.models import Checklist
from cohorts.enums import Function, Role
from cohorts.models import Part
from cohorts.roles import roles_of
from kit.models import AuditEvent
from kit.workbook.reading import read_workbook
from kit.workbook.refusing import WorkbookRefused
from meetings.kinds import MeetingKind
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.workbooks import add_2017, blank, of_2017, of_2018, replaced, saved

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 20)
TENS = [1, 2, 3, 2, 2, 1, 3, 2, 1, 2]


@pytest.fixture(autouse=True)
def before_the_second_meeting():
    with time_machine.travel(TODAY):
        yield


def an_organisation(checklist="skr-2018", **plan):
    """A participant of an omgång with a meeting that has been, two to come and the results conference."""
    cohort = CohortFactory(plan__checklist=checklist, **{f"plan__{name}": value for name, value in plan.items()})
    days = (date(2026, 4, 1), date(2026, 10, 1), date(2027, 2, 1))
    for number, day in enumerate(days, start=1):
        MeetingFactory(cohort=cohort, number=number, starts_on=day)
    MeetingFactory(
        cohort=cohort,
        number=1,
        key="results",
        name="Resultatkonferens",
        kind=MeetingKind.RESULTS_CONFERENCE,
        starts_on=date(2027, 6, 1),
    )
    return ParticipationFactory(cohort=cohort)


@pytest.fixture
def own():
    return an_organisation()


@pytest.fixture
def checklist():
    return Checklist.objects.get(key="skr-2018")


@pytest.fixture
def strategist(own):
    return DelegateFactory(participation=own, user__name="Anna").user


def read(own, raw, meeting=None):
    return understand(read_workbook(raw), expected_of(own), meeting)


def the_row(own, raw, moment=1):
    [sheet] = read(own, raw)
    return next(row for row in sheet.rows if row.moment == moment)


def refused(own, raw):
    with pytest.raises(WorkbookRefused) as refusal:
        read(own, raw)
    return str(refusal.value)


def values_of(assessment):
    return [score.value for score in assessment.scores.order_by("item__number")]


def at(own, number):
    return Assessment.objects.get(participation=own, meeting__key=f"learning-{number}", part=None)


class TestSheets:
    def test_the_template_of_2017(self):
        own = an_organisation("skr-2017")
        raw = of_2017(
            own.cohort.plan.checklist, [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1], foot=25, comments={2: "Beslut"}
        )
        [sheet] = read(own, raw)
        assert [row.value for row in sheet.rows] == [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1]
        assert {row.certainty for row in sheet.rows} == {Certainty.TAKEN}
        assert sheet.rows[1].comment == "Beslut"
        assert sheet.head == ("Hedemora kommun 3/4 2017",)
        assert (sheet.stated, sheet.sum_differs, sheet.meeting) == ((25,), False, "")

    @pytest.mark.parametrize("mark", ["x", "X", "✓", "✔", " x ", "ü", None, True])
    def test_a_mark_or_the_number_in_the_column(self, own, checklist, mark):
        [sheet] = read(own, of_2017(checklist, TENS, mark=mark))
        assert [row.value for row in sheet.rows] == TENS

    def test_a_tab_for_each_meeting_of_2018(self, own, checklist):
        tabs = {"BM 1": TENS, "BM 2": [2] * 10, "BM 3": [], "Resultatkonferens": [3] * 10}
        sheets = read(own, of_2018(checklist, tabs, comments={3: "Ny rutin"}))
        assert [sheet.meeting for sheet in sheets] == ["learning-1", "learning-2", "learning-3", "results"]
        assert [row.value for row in sheets[0].rows] == TENS
        assert sheets[0].rows[2].comment == "Ny rutin"
        assert [sheet.is_empty for sheet in sheets] == [False, False, False, False]  # the comment stands on each
        assert sheets[0].ignored == ("Ansvarig",)
        assert not sheets[0].sum_differs

    @pytest.mark.parametrize(
        ("title", "key"),
        [
            ("bm2", "learning-2"),
            ("Benchmarkingträff 2", "learning-2"),
            ("Lärandeträff 3", "learning-3"),
            ("learning-1", "learning-1"),
            ("Resultatkonf.", "results"),
            ("BM 9", ""),
            ("Blad1", ""),
        ],
    )
    def test_which_meeting_a_sheets_name_means(self, own, checklist, title, key):
        book = blank()
        add_2017(book, title, checklist, TENS)
        assert read(own, saved(book))[0].meeting == key

    def test_two_sheets_for_one_meeting_are_both_asked_about(self, own, checklist):
        sheets = read(own, of_2018(checklist, {"BM 1": TENS, "Lärandeträff 1": TENS}))
        assert [sheet.meeting for sheet in sheets] == ["", ""]

    def test_sheets_of_something_else_are_told_apart(self, own, checklist):
        book = blank()
        book.create_sheet("Kommunfakta").append(["Invånare", 15000])
        add_2017(book, "BM 1", checklist, TENS)
        add_2017(book, "BM 2", checklist, TENS).sheet_state = "hidden"
        skipped = {sheet.title: sheet.skipped for sheet in read(own, saved(book))}
        assert skipped == {
            "Kommunfakta": "Det finns ingen självskattning på bladet.",
            "BM 1": "",
            "BM 2": "Bladet är dolt.",
        }

    def test_our_sheets_outside_meetings_are_not_read(self, own, strategist):
        part = Part.objects.create(organisation=own.organisation, name="Socialnämnden")
        meeting = own.cohort.meetings.get(key="learning-2")
        AssessmentFactory(participation=own, meeting=meeting, part=part, submitted=True, values=[2] * 10)
        AssessmentFactory(participation=own, meeting=None, submitted=True, values=[2] * 10)
        skipped = [sheet.skipped for sheet in read(own, workbook_of(own, roles_of(strategist)))]
        assert skipped == [
            "",
            "",
            "",
            "",
            "Bladet hör inte till någon träff, och sådana läses inte in från Excel.",
            "",
        ]

    def test_the_table_may_lie_anywhere_and_have_columns_of_its_own(self, own, checklist):
        book = blank()
        sheet = book.create_sheet("BM 1")
        sheet.cell(11, 3, "Nummer"), sheet.cell(11, 4, "Framgångsfaktor"), sheet.cell(11, 5, "Ansvarig")
        for step in (1, 2, 3):
            sheet.cell(11, 5 + step, f"{step} = steg {step}")
        sheet.cell(11, 9, "Klart när"), sheet.cell(11, 10, "Kommentar")
        for item in checklist.items.all():
            row = 11 + item.number * 2
            sheet.cell(row, 3, item.number), sheet.cell(row, 4, item.text), sheet.cell(row, 5, "Ledningskontoret")
            sheet.cell(row, 7, "x"), sheet.cell(row, 10, f"Om {item.number}")
        [read_sheet] = read(own, saved(book))
        assert [(row.moment, row.value, row.comment) for row in read_sheet.rows] == [
            (n, 2, f"Om {n}") for n in range(1, 11)
        ]
        assert read_sheet.ignored == ("Klart när",)

    def test_a_heading_in_two_rows(self, own, checklist):
        book = blank()
        sheet = add_2017(book, "BM 1", checklist, TENS)
        sheet["E3"], sheet["E2"], sheet["B2"], sheet["E4"] = None, "Kommentar", "Poäng", "Antaget i juni"
        sheet.merge_cells("B2:D2")
        row = the_row(own, saved(book))
        assert (row.value, row.comment) == (1, "Antaget i juni")


class TestValues:
    def cells(self, own, checklist, **cells):
        """A sheet where moment 1 stands on row 4, its steps in B, C and D."""
        book = blank()
        sheet = add_2017(book, "BM 1", checklist, [])
        for place, value in cells.items():
            sheet[place] = value
        return saved(book)

    @pytest.mark.parametrize(
        ("cells", "trouble"),
        [
            ({"B4": "x", "C4": "x"}, "Raden har mer än en markering."),
            ({"C4": "kanske"}, "I kolumnen för steg 2 står ”kanske”."),
            ({"B4": 3}, "I kolumnen för steg 1 står 3."),
            ({"D4": 1}, "I kolumnen för steg 3 står 1."),
            ({"C4": "=1+1"}, "Cellen har en formel utan uträknat värde."),
        ],
    )
    def test_what_is_not_understood_is_said_and_not_guessed(self, own, checklist, cells, trouble):
        row = the_row(own, self.cells(own, checklist, **cells))
        assert (row.value, row.troubles) == (None, (trouble,))

    @pytest.mark.parametrize("value", ["2,5", 2.5, "2.5", " 2,5 "])
    def test_half_steps_where_the_omgang_has_them(self, checklist, value):
        own = an_organisation(half_steps=True)
        assert the_row(own, self.cells(own, checklist, C4=value)).value == Decimal("2.5")

    @pytest.mark.parametrize(
        ("value", "printed"),
        [("2,5", "2,5"), (4, "4"), (0, "0"), (-1, "-1"), (1.25, "1,25"), ("99", "99"), (1e300, f"1{'0' * 38}…")],
    )
    def test_off_the_scale_is_told_at_its_row_and_not_read(self, own, checklist, value, printed):
        row = the_row(own, self.cells(own, checklist, C4=value))
        said = f"Värdet {printed} finns inte på skalan från 1 till 3 (bara hela steg används)."
        assert (row.value, row.off_scale, row.troubles) == (None, (said,), ())

    def test_a_formula_counts_as_the_value_it_was_worked_out_to(self, own, checklist):
        raw = self.cells(own, checklist, C4="=1+1")
        row = the_row(own, replaced(raw, "xl/worksheets/sheet1.xml", "<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>"))
        assert (row.value, row.troubles) == (2, ())

    def test_a_formula_that_failed_is_said(self, own, checklist):
        raw = self.cells(own, checklist, C4="=1+1")
        sheet = ZipFile(BytesIO(raw)).read("xl/worksheets/sheet1.xml")
        cell = re.search(rb'<c r="C4"[^>]*>.*?</c>', sheet)
        failed = '<c r="C4" t="e"><f>1+1</f><v>#REF!</v></c>'
        row = the_row(own, replaced(raw, "xl/worksheets/sheet1.xml", cell.group().decode(), failed))
        assert row.troubles == ("Cellen visar felet #REF!.",)

    def test_a_mark_over_merged_columns_is_not_understood(self, own, checklist):
        book = blank()
        sheet = add_2017(book, "BM 1", checklist, [])
        sheet["B4"] = "x"
        sheet.merge_cells("B4:C4")
        assert the_row(own, saved(book)).troubles == ("Cellen är sammanslagen över flera steg.",)

    def test_merged_wordings_are_read(self, own, checklist):
        book = blank()
        sheet = add_2017(book, "BM 1", checklist, TENS)
        sheet.merge_cells("E4:F6")
        sheet["E4"] = "Gäller alla tre"
        [read_sheet] = read(own, saved(book))
        assert [row.comment for row in read_sheet.rows[:3]] == ["Gäller alla tre", "", ""]

    def test_the_column_for_the_value_and_the_steps_must_agree(self, own, strategist):
        book = load_workbook(BytesIO(workbook_of(own, roles_of(strategist))))
        sheet = book["Lärandeträff 2"]
        top = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "Nr")
        sheet.cell(top + 1, 6, "2"), sheet.cell(top + 2, 4, "x"), sheet.cell(top + 3, 3, "x"), sheet.cell(top + 3, 6, 3)
        rows = next(s for s in read(own, saved(book)) if s.title == "Lärandeträff 2").rows
        assert [row.value for row in rows[:2]] == [2, 2]
        assert rows[2].troubles == ("Kolumnerna säger 1, men i kolumnen för värdet står 3.",)

    @pytest.mark.parametrize(("foot", "differs"), [(19, False), (21, True), (None, False)])
    def test_the_foot_is_held_against_the_rows(self, own, checklist, foot, differs):
        [sheet] = read(own, of_2017(checklist, TENS, foot=foot))
        assert (sheet.total, sheet.sum_differs) == (19, differs)

    def test_a_foot_with_a_sum_for_each_column(self, own, checklist):
        book = blank()
        sheet = add_2017(book, "BM 1", checklist, TENS)
        sheet["B14"], sheet["C14"], sheet["D14"] = 3, 10, 6
        assert not read(own, saved(book))[0].sum_differs

    def test_a_text_longer_than_ours_is_left_out_and_said(self, own, checklist):
        row = the_row(own, of_2017(checklist, TENS, comments={1: "å" * 4001}))
        assert (row.value, row.comment) == (1, "")
        assert row.troubles == ("Kommentaren är längre än 4 000 tecken och läses inte in.",)


class TestWordings:
    def text(self, own, text, number=None, **cells):
        """Row 4 has this number and wording instead of its own."""
        checklist = own.cohort.plan.checklist
        book = blank()
        sheet = add_2017(book, "BM 1", checklist, TENS)
        sheet["A4"] = f"{number}. {text}" if number else text
        for place, value in cells.items():
            sheet[place] = value
        [read_sheet] = read(own, saved(book))
        return next((row for row in read_sheet.rows if row.at == 4), None)

    def test_a_little_different_is_taken_to_be_confirmed(self, own):
        row = self.text(own, "Den politiska församlingen har beslutat om jämställdhetsintegrering", 1)
        assert (row.moment, row.certainty, row.is_sure) == (1, Certainty.CONFIRM, True)

    def test_case_spaces_and_full_stops_make_no_difference(self, own):
        text = own.cohort.plan.items[0].text.upper().replace(" ", "  ")
        assert self.text(own, f"{text}.", 1).certainty == Certainty.TAKEN

    def test_without_a_number_the_wording_is_enough(self, own):
        row = self.text(own, own.cohort.plan.items[0].text)
        assert (row.moment, row.certainty) == (1, Certainty.TAKEN)

    def test_swapped_numbers_are_asked_about(self, own):
        row = self.text(own, own.cohort.plan.items[0].text, 2)
        assert (row.certainty, row.why) == (
            Certainty.ASK,
            "Numret säger moment 2, men formuleringen liknar moment 1.",
        )

    def test_a_number_that_does_not_exist_is_asked_about(self, own):
        row = self.text(own, own.cohort.plan.items[0].text, 11)
        assert (row.certainty, row.moment) == (Certainty.ASK, 1)

    def test_a_wording_like_nothing_is_asked_about_where_it_has_a_value(self, own):
        assert self.text(own, "Vi firar Luciadagen", 1).certainty == Certainty.ASK
        assert self.text(own, "Vi firar Luciadagen", 1, B4=None) is None

    def test_the_same_moment_twice_is_asked_about(self, own):
        checklist = own.cohort.plan.checklist
        texts = {2: f"1. {own.cohort.plan.items[0].text}"}
        [sheet] = read(own, of_2017(checklist, TENS, texts=texts))
        assert [row.certainty for row in sheet.rows[:2]] == [Certainty.ASK] * 2
        assert sheet.rows[0].why == "Moment 1 står på mer än en rad."


class TestVersions:
    def test_thirteen_moment_do_not_go_into_ten(self, own):
        raw = of_2017(Checklist.objects.get(key="skr-2017"), [1] * 13)
        assert refused(own, raw) == (
            "Bladet ”Blad1” följer Checklista för jämställdhetsintegrering 2017, men omgången använder "
            "Checklista för jämställdhetsintegrering 2018–2019; värden från olika versioner blandas aldrig."
        )

    def test_the_same_words_on_another_scale_are_another_version(self, own):
        said = refused(own, of_2017(Checklist.objects.get(key="skr-2020"), [4] * 10))
        assert "följer Checklista för jämställdhetsintegrering 2020," in said

    def test_an_unknown_checklist(self, own, checklist):
        texts = {number: f"Fråga {number} om något annat" for number in range(1, 11)}
        assert refused(own, of_2017(checklist, TENS, texts=texts)) == UNKNOWN_VERSION

    def test_no_checklist_at_all(self, own):
        book = blank()
        book.create_sheet("Blad1").append(["Hej"])
        assert refused(own, saved(book)) == NOTHING_FOUND

    def test_another_organisations_export(self, own):
        theirs = ParticipationFactory(cohort=own.cohort)
        raw = workbook_of(theirs, roles_of(DelegateFactory(participation=theirs).user))
        assert refused(own, raw) == (
            f"Arbetsboken gäller {theirs.organisation.name} ({theirs.code}), inte {own.organisation.name}."
        )


# On the command line


@pytest.fixture
def run(own, tmp_path, capsys):
    def run(raw, *options, participation=own):
        file = tmp_path / "bok.xlsx"
        file.write_bytes(raw)
        where = ["--cohort", participation.cohort.slug, "--organisation", participation.code]
        call_command("import_assessments", str(file), *where, *options)
        return capsys.readouterr().out

    return run


def events(*kinds):
    return AuditEvent.objects.filter(kind__in=kinds or ("workbook_imported", "assessment_submitted"))


class TestCommand:
    def test_complete_sheets_are_handed_in_and_the_rest_are_drafts(self, own, checklist, run):
        said = run(of_2018(checklist, {"BM 1": TENS, "BM 2": TENS[:6], "BM 3": []}))
        first, second = at(own, 1), at(own, 2)
        assert values_of(first) == TENS
        assert (first.state, first.submitted_on, first.assessors) == ("submitted", date(2026, 3, 25), None)
        assert (second.state, second.submitted_on) == ("draft", None)
        assert said.splitlines() == [
            "BM 1: Lärandeträff 1, 10 av 10 moment har värde, 10 moment ändras, inlämnad 25 mars 2026.",
            "  Kolumner som inte lästes: Ansvarig.",
            "BM 2: Lärandeträff 2, 6 av 10 moment har värde, 6 moment ändras, utkast.",
            "  Kolumner som inte lästes: Ansvarig.",
            "BM 3: Bladet är inte ifyllt.",
        ]
        assert Assessment.objects.filter(participation=own).count() == 2

    def test_handed_in_today_where_the_meeting_is_to_come(self, own, checklist, run):
        run(of_2018(checklist, {"BM 2": TENS}))
        assert at(own, 2).submitted_on == TODAY
        assert all(score.agreed for score in at(own, 2).scores.all())

    def test_the_trail_names_the_command_line(self, own, checklist, run):
        run(of_2018(checklist, {"BM 2": TENS}))
        kinds = [(event.kind, event.actor, event.organisation) for event in AuditEvent.objects.order_by("pk")]
        assert kinds == [
            (kind, "Kommandoraden", own.organisation.code)
            for kind in ("assessment_started", "workbook_imported", "assessment_submitted")
        ]

    def test_the_same_again_changes_nothing(self, own, checklist, run):
        raw = of_2018(checklist, {"BM 1": TENS, "BM 2": TENS[:6]})
        run(raw)
        before = AuditEvent.objects.count()
        assert run(raw).splitlines()[0] == "BM 1: Lärandeträff 1, 10 av 10 moment har värde, inget ändras."
        assert AuditEvent.objects.count() == before
        assert not Score.objects.filter(revision__gt=1).exists()

    def test_a_dry_run_stores_nothing(self, own, checklist, run):
        said = run(of_2018(checklist, {"BM 1": TENS}), "--dry-run")
        assert said.splitlines()[0].endswith("inlämnad 25 mars 2026.")
        assert said.splitlines()[-1] == "Provkörning: inget är lagrat."
        assert not Assessment.objects.exists()
        assert not AuditEvent.objects.exists()

    def test_what_is_handed_in_changes_only_with_replace(self, own, checklist, run):
        run(of_2018(checklist, {"BM 1": TENS}))
        raw = of_2018(checklist, {"BM 1": [3, *TENS[1:]]})
        with pytest.raises(CommandError, match=r"är inlämnad\. Den ändras bara med --replace\.$"):
            run(raw)
        assert values_of(at(own, 1)) == TENS
        assert "1 moment ändras, inlämnad sedan förut." in run(raw, "--replace")
        assert values_of(at(own, 1))[0] == 3
        [event] = events("agreed_value_changed")
        assert event.data == {"before": "1", "after": "3", "why": "Inläst från Excel"}
        assert at(own, 1).submitted_on == date(2026, 3, 25)

    def test_what_is_empty_in_the_file_stands(self, own, checklist, run):
        draft = AssessmentFactory(participation=own, meeting=own.cohort.meetings.get(key="learning-2"), values=[1, 2])
        Score.objects.filter(assessment=draft, item__number=2).update(comment="Vår egen", aim=3, shared=True)
        run(of_2018(checklist, {"BM 2": [3]}))
        first, second = draft.scores.order_by("item__number")
        assert (first.value, second.value, second.comment, second.aim, second.shared) == (3, 2, "Vår egen", 3, True)

    def test_a_suggestion_gives_way_to_a_value(self, own, checklist, run):
        draft = AssessmentFactory(participation=own, meeting=own.cohort.meetings.get(key="learning-2"))
        Score.objects.create(assessment=draft, item=draft.items[0], suggested=1)
        run(of_2018(checklist, {"BM 2": [3]}))
        assert (draft.scores.get().value, draft.scores.get().suggested) == (3, None)

    def test_a_single_sheet_is_for_the_meeting_that_is_named(self, own, checklist, run):
        raw = of_2017(checklist, TENS)
        with pytest.raises(CommandError, match="Det framgår inte vilken träff bladet ”Blad1” gäller"):
            run(raw)
        run(raw, "--meeting", "results")
        assert Assessment.objects.get().meeting.key == "results"

    def test_a_meeting_for_several_sheets_is_refused(self, checklist, run):
        with pytest.raises(CommandError, match="ett ifyllt blad; den här har 2"):
            run(of_2018(checklist, {"BM 1": TENS, "BM 2": TENS}), "--meeting", "learning-1")

    def test_a_wrong_sum_is_shown_and_the_rows_count(self, own, checklist, run):
        said = run(of_2017(checklist, TENS, foot=21), "--meeting", "learning-2")
        assert "  Summan i filen är 21, men värdena på raderna ger summan 19. Raderna gäller." in said.splitlines()

    def test_a_row_that_is_not_understood_leaves_a_draft(self, own, checklist, run):
        book = blank()
        add_2017(book, "BM 2", checklist, TENS)["C4"] = "x"
        said = run(saved(book))
        assert "  Rad 4: Raden har mer än en markering." in said.splitlines()
        assert at(own, 2).is_draft

    def test_a_reworded_row_is_taken_and_said(self, own, checklist, run):
        texts = {1: "1. Den politiska församlingen har beslutat om jämställdhetsintegrering"}
        said = run(of_2017(checklist, TENS, texts=texts), "--meeting", "learning-2")
        assert "  Rad 4: togs som moment 1, fast där står ”1. Den politiska" in said
        assert at(own, 2).is_submitted

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("2. Den politiska församlingen har tagit beslut om jämställdhetsintegrering", "numret säger moment 2"),
            (
                "1. Politiken har beslutat om jämställdhet i integreringen",
                r"är \d\d % lik moment 1, och här krävs 80 %",
            ),
            ("1. Vi firar Luciadagen", "formuleringen liknar inget av momenten"),
        ],
    )
    def test_a_row_that_is_not_sure_refuses_all(self, own, checklist, run, text, said):
        with pytest.raises(CommandError, match=f"Bladet ”Blad1”, rad 4: .*{said}"):
            run(of_2017(checklist, TENS, texts={1: text}), "--meeting", "learning-2")
        assert not Assessment.objects.exists()

    def test_all_sheets_are_stored_or_none(self, own, checklist, run):
        AssessmentFactory(
            participation=own,
            meeting=own.cohort.meetings.get(key="learning-3"),
            submitted=True,
            values=TENS,
        )
        with pytest.raises(CommandError, match="Lärandeträff 3 är inlämnad"):
            run(of_2018(checklist, {"BM 1": TENS, "BM 2": TENS, "BM 3": [3] * 10}))
        assert Assessment.objects.count() == 1
        assert not AuditEvent.objects.exists()

    def test_individual_rating_goes_on_undisturbed(self, own, checklist, run):
        draft = AssessmentFactory(participation=own, meeting=own.cohort.meetings.get(key="learning-2"))
        RatingRound.objects.create(assessment=draft)
        with pytest.raises(CommandError, match="Den enskilda skattningen inför Lärandeträff 2 pågår"):
            run(of_2018(checklist, {"BM 2": TENS}))

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--cohort", "nej", "--organisation", "1"], "Det finns ingen omgång nej."),
            (["--organisation", "1"], "Det finns ingen organisation med koden 1 i omgången "),
            (["--meeting", "nej"], "Det finns ingen träff nej att läsa in till; det finns learning-1, "),
            (["--meeting"], "expected one argument"),
        ],
    )
    def test_wrong_arguments_are_one_line(self, checklist, run, options, said):
        with pytest.raises(CommandError) as refusal:
            run(of_2017(checklist, TENS), *options)
        assert said in str(refusal.value)
        assert len(str(refusal.value).splitlines()) == 1

    def test_a_file_that_is_not_there(self, own, tmp_path):
        where = {"cohort": own.cohort.slug, "organisation": own.code}
        with pytest.raises(CommandError, match=r"Filen kan inte läsas: No such file or directory\.$"):
            call_command("import_assessments", str(tmp_path / "a.xlsx"), **where)

    def test_a_mentor_has_no_meetings_to_read_in_to(self, own, checklist, run):
        mentor = ParticipationFactory(cohort=own.cohort, role=Role.MENTOR)
        with pytest.raises(CommandError, match="Det framgår inte vilken träff"):
            run(of_2018(checklist, {"BM 1": TENS}), participation=mentor)


# Our own export


TEXTS = st.one_of(
    st.just(""),
    st.sampled_from(["=1+1", "+46", "-", "@a", "_x0041_", "_x005F_", "x", "#N/A", " mellanslag ", "å" * 4001, "SANT"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60),  # no form takes NUL
    st.text("=+-@'\"\r\n\t\x0b👩‍🏫e\u0301_x0D;", max_size=30),
)
ROWS = st.fixed_dictionaries(
    {
        "value": st.sampled_from([None, "1", "1.5", "2", "2.5", "3"]),
        "aim": st.sampled_from([None, "1", "2.5", "3"]),
        "comment": TEXTS,
        "since_last": TEXTS,
        "shared": st.booleans(),
    }
)


@pytest.mark.in_turn(3)
@given(st.lists(ROWS, min_size=20, max_size=20), st.booleans())
def test_import_of_an_export_changes_nothing(tmp_path_factory, rows, handed_in):
    with transaction.atomic():
        own = an_organisation(half_steps=True)
        meetings = own.cohort.meetings.order_by("starts_on")
        first = AssessmentFactory(participation=own, meeting=meetings[0], submitted=handed_in)
        second = AssessmentFactory(participation=own, meeting=meetings[1])
        for assessment, content in ((first, rows[:10]), (second, rows[10:])):
            for item, row in zip(assessment.items, content, strict=True):
                numbers = {name: row[name] and Decimal(row[name]) for name in ("value", "aim")}
                Score.objects.create(assessment=assessment, item=item, revision=1, **{**row, **numbers})
        before = list(Score.objects.order_by("pk").values()), list(Assessment.objects.order_by("pk").values())
        file = tmp_path_factory.mktemp("export") / "a.xlsx"
        file.write_bytes(workbook_of(own, roles_of(DelegateFactory(participation=own).user)))
        AuditEvent.objects.all().delete()
        call_command("import_assessments", str(file), cohort=own.cohort.slug, organisation=own.code, stdout=StringIO())
        after = list(Score.objects.order_by("pk").values()), list(Assessment.objects.order_by("pk").values())
        assert after == before
        assert not AuditEvent.objects.exists()
        transaction.set_rollback(True)


# On the page


@pytest.fixture
def address(own):
    return reverse("assessments:import_workbook", args=[own.cohort.slug, own.code])


@pytest.fixture
def choose(client, own, strategist, address):
    """Choose a file, then post the preview's own form with what is chosen in it."""
    client.force_login(strategist)

    def sent(raw, **chosen):
        answer = client.post(address, {"file": SimpleUploadedFile("bok.xlsx", raw)})
        return answer if not chosen else confirm(answer, **chosen)

    def confirm(answer, **chosen):
        token = re.search(r'name="understood" value="([^"]+)"', answer.text)
        chosen.pop("as_it_is", None)
        return client.post(address, {"understood": token[1], **{k.replace("_", "-"): v for k, v in chosen.items()}})

    sent.confirm = confirm
    return sent


class TestPage:
    def test_first_it_is_shown_and_nothing_is_stored(self, own, checklist, choose):
        answer = choose(of_2018(checklist, {"BM 2": TENS}))
        assert answer.status_code == 200
        assert "Inget är inläst än" in answer.text
        assert "Tio moment har ett värde i filen" in answer.text
        assert not Assessment.objects.exists()

    def test_then_it_is_read_in_as_a_draft(self, own, checklist, choose, strategist):
        answer = choose(of_2018(checklist, {"BM 2": TENS}, comments={1: "Beslut i juni"}), as_it_is=True)
        draft = at(own, 2)
        assert answer.url == draft.get_absolute_url()
        assert (draft.state, values_of(draft)) == ("draft", TENS)
        first = draft.scores.get(item__number=1)
        assert (first.comment, first.shared, first.saved_by) == ("Beslut i juni", False, strategist)
        [event] = events("workbook_imported")
        assert (event.actor, event.data) == ("Anna", {"moment": 10})

    def test_what_would_change_stands_beside_what_is_stored(self, own, checklist, choose):
        AssessmentFactory(participation=own, meeting=own.cohort.meetings.get(key="learning-2"), values=[1, 3, None, 2])
        answer = choose(of_2018(checklist, {"BM 2": [1, 2, 3]}))
        cells = re.findall(r'class="workbook__change">([^<]+)<', answer.text)
        assert cells == [
            "Som förut",
            "Ändras från 3 till 2",
            "Nytt värde",
            *["Tomt i filen"] * 7,
        ]

    def test_past_meetings_and_what_is_handed_in_are_left(self, own, checklist, choose):
        handed_in = AssessmentFactory(
            participation=own, meeting=own.cohort.meetings.get(key="learning-3"), submitted=True, values=[1] * 10
        )
        answer = choose(of_2018(checklist, {"BM 1": TENS, "BM 2": TENS, "BM 3": TENS}))
        assert "Träffen har redan börjat. Äldre självskattningar läses in av SKR." in answer.text
        assert "Självskattningen är redan inlämnad. Ta tillbaka den först om den ska ändras." in answer.text
        choose.confirm(answer)
        assert [row.meeting.key for row in Assessment.objects.exclude(pk=handed_in.pk)] == ["learning-2"]
        assert values_of(handed_in) == [1] * 10

    def test_where_nothing_is_open_there_is_nothing_to_press(self, checklist, choose):
        answer = choose(of_2018(checklist, {"BM 1": TENS}))
        assert "Inget i arbetsboken går att läsa in här" in answer.text
        assert "Läs in som utkast" not in answer.text

    def test_the_meeting_is_chosen_where_the_sheet_does_not_say(self, own, checklist, choose):
        raw = of_2017(checklist, TENS)
        assert "Vilken träff gäller bladet ”Blad1”?" in choose(raw).text
        unanswered = choose(raw, as_it_is=True)
        assert unanswered.status_code == 422
        assert "Välj träff, eller att bladet inte ska läsas in." in unanswered.text
        choose(raw, s0_meeting="learning-2")
        assert values_of(at(own, 2)) == TENS

    def test_a_sheet_may_be_left_out(self, checklist, choose):
        choose(of_2017(checklist, TENS), s0_meeting="-")
        assert not Assessment.objects.exists()

    def test_two_sheets_do_not_go_into_one_meeting(self, own, checklist, choose):
        raw = of_2018(checklist, {"Blad1": TENS, "Blad2": TENS})
        answer = choose(raw, s0_meeting="learning-2", s1_meeting="learning-2")
        assert answer.status_code == 422
        assert "Två blad kan inte läsas in till samma träff." in answer.text

    def test_a_reworded_row_is_confirmed_or_moved_or_left_out(self, own, checklist, choose):
        texts = {1: "1. Den politiska församlingen har beslutat om jämställdhetsintegrering"}
        raw = of_2017(checklist, [3], texts=texts)
        shown = choose(raw)
        assert "Vilket moment gäller rad 4 på bladet ”Blad1”?" in shown.text
        assert re.search(r'<option value="1"\s+selected', shown.text)
        choose.confirm(shown, s0_meeting="learning-2", s0_r4="1")
        assert at(own, 2).scores.get().item.number == 1
        choose.confirm(shown, s0_meeting="learning-3", s0_r4="-")
        assert not Assessment.objects.filter(meeting__key="learning-3").exists()

    def test_a_question_is_not_answered_beforehand(self, own, checklist, choose):
        texts = {1: "2. Den politiska församlingen har tagit beslut om jämställdhetsintegrering"}
        shown = choose(of_2017(checklist, [3], texts=texts))
        assert "Numret säger moment 2, men formuleringen liknar moment 1." in shown.text
        assert choose.confirm(shown, s0_meeting="learning-2").status_code == 422
        choose.confirm(shown, s0_meeting="learning-2", s0_r4="2")
        assert at(own, 2).scores.get().item.number == 2

    def test_one_moment_is_not_chosen_for_two_rows(self, checklist, choose):
        texts = {1: "Vi firar Luciadagen"}
        answer = choose(of_2017(checklist, TENS, texts=texts), s0_meeting="learning-2", s0_r4="2")
        assert answer.status_code == 422
        assert "Moment 2 är valt för mer än en rad på bladet." in answer.text

    def test_sums_are_compared(self, checklist, choose):
        assert "Summan stämmer inte med raderna" in choose(of_2017(checklist, TENS, foot=21)).text
        assert "Summan stämmer med raderna: 19." in choose(of_2017(checklist, TENS, foot=19)).text

    def test_what_another_has_saved_meanwhile_is_not_written_over(self, own, checklist, choose):
        colleague = DelegateFactory(participation=own, function=Function.CONTRIBUTOR).user
        draft = AssessmentFactory(participation=own, meeting=own.cohort.meetings.get(key="learning-2"))
        shown = choose(of_2018(checklist, {"BM 2": TENS}))
        save_score(
            assessment=draft, item=draft.items[0], content=ScoreContent(value=Decimal(3)), revision=0, by=colleague
        )
        answer = choose.confirm(shown)
        assert answer.status_code == 422
        assert "Någon har sparat i självskattningen inför Lärandeträff 2 sedan ni valde filen." in answer.text
        assert values_of(draft) == [3]
        choose.confirm(answer)  # having seen it one may decide
        assert values_of(draft) == TENS

    def test_what_is_handed_in_meanwhile_is_not_written_over(self, own, checklist, choose):
        shown = choose(of_2018(checklist, {"BM 2": TENS}))
        meeting = own.cohort.meetings.get(key="learning-2")
        AssessmentFactory(participation=own, meeting=meeting, submitted=True, values=[1] * 10)
        assert choose.confirm(shown).status_code == 422
        assert values_of(at(own, 2)) == [1] * 10

    def test_a_second_click_changes_nothing(self, own, checklist, choose):
        shown = choose(of_2018(checklist, {"BM 2": TENS}))
        choose.confirm(shown)
        choose.confirm(shown)
        assert {score.revision for score in at(own, 2).scores.all()} == {1}
        assert events("workbook_imported").count() == 1

    def test_an_agreed_value_that_changes_stands_in_the_trail(self, own, checklist, choose):
        draft = AssessmentFactory(participation=own, meeting=own.cohort.meetings.get(key="learning-2"), values=[1])
        draft.scores.update(agreed=True)
        choose(of_2018(checklist, {"BM 2": [3]}), as_it_is=True)
        assert events("agreed_value_changed").get().data["why"] == "Inläst från Excel"

    def test_the_carried_content_is_ours_this_organisations_and_fresh(self, own, checklist, choose, client, address):
        shown = choose(of_2018(checklist, {"BM 2": TENS}))
        token = re.search(r'name="understood" value="([^"]+)"', shown.text)[1]
        for other in ("", "x", token[:-1] + ("a" if token[-1] != "a" else "b")):
            answer = client.post(address, {"understood": other})
            assert (answer.status_code, "Välj den igen" in answer.text) == (422, True)
        theirs = ParticipationFactory(cohort=own.cohort)
        client.force_login(DelegateFactory(participation=theirs).user)
        elsewhere = reverse("assessments:import_workbook", args=[own.cohort.slug, theirs.code])
        assert client.post(elsewhere, {"understood": token}).status_code == 422
        with time_machine.travel(date(2026, 9, 21)):
            client.force_login(own.delegates.get().user)
            assert client.post(address, {"understood": token}).status_code == 422
        assert not Assessment.objects.exists()

    @pytest.mark.parametrize("raw", [b"hej", b"", None])
    def test_what_is_no_workbook_is_refused_at_the_field(self, client, address, strategist, raw):
        client.force_login(strategist)
        sent = {} if raw is None else {"file": SimpleUploadedFile("bok.xlsx", raw)}
        answer = client.post(address, sent)
        assert answer.status_code == 422
        assert 'id="id_file_error"' in answer.text

    def test_too_big_a_file_is_refused_at_the_field(self, client, address, strategist):
        client.force_login(strategist)
        answer = client.post(address, {"file": SimpleUploadedFile("a.xlsx", b"PK" + bytes(5 * 1024 * 1024))})
        assert (answer.status_code, "större än 5 MB" in answer.text) == (422, True)

    def test_a_closed_omgang_takes_nothing(self, own, client, address, strategist):
        type(own.cohort).objects.update(ends_on=date(2026, 9, 1))
        client.force_login(strategist)
        assert "Det finns ingen träff att läsa in till" in client.get(address).text

    @pytest.mark.parametrize("function", [Function.CONTRIBUTOR, Function.POLITICIAN, Function.MANAGER])
    def test_only_the_strategist_reads_in(self, own, client, address, function):
        client.force_login(DelegateFactory(participation=own, function=function).user)
        assert client.get(address).status_code == 403

    def test_not_even_skr_reads_in_for_another(self, client, address):
        client.force_login(UserFactory(skr_role="process_leader"))
        assert client.get(address).status_code == 403

    def test_the_preview_asks_no_more_the_more_there_is(self, checklist, choose, django_assert_max_num_queries):
        with django_assert_max_num_queries(15):
            choose(of_2018(checklist, {"BM 1": TENS, "BM 2": TENS, "BM 3": TENS, "Resultatkonferens": TENS}))
