"""Workbooks as people have sent them: from other programs, with notes at cells, for nämnder, with several faults."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from unicodedata import normalize

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.comments import Comment

from assessments.models import Assessment, Score
from assessments.workbook.expecting import expected_of
from assessments.workbook.exporting import workbook_of
from assessments.workbook.understanding import understand
from checklist.models import Checklist
from cohorts.models import Part
from cohorts.roles import roles_of
from kit.uploads import recognised
from kit.workbook import refusing
from kit.workbook.reading import read_workbook
from kit.workbook.refusing import WorkbookRefused
from tests.assessments.test_workbook_import import TODAY, an_organisation
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    MeetingFactory,
    ParticipationFactory,
)
from tests.workbooks import add_2017, blank, edited, of_2018, replaced, saved, with_member

pytestmark = pytest.mark.django_db
CASES = Path(__file__).parent / "cases"
# What stands in all three of the cases' files.
TENS = [2, 2, 3, 2, 2, 1, 2, 2, 1, 1]
TYPES = "[Content_Types].xml"


@pytest.fixture(autouse=True)
def before_the_second_meeting():
    with time_machine.travel(TODAY):
        yield


def case(name):
    return (CASES / f"{name}.xlsx").read_bytes()


@pytest.fixture
def own():
    """The organisation that the cases' files are for."""
    cohort = CohortFactory(plan__checklist="skr-2020")
    for number, day in enumerate((date(2026, 4, 1), date(2026, 12, 22)), start=1):
        MeetingFactory(cohort=cohort, number=number, starts_on=day)
    return ParticipationFactory(cohort=cohort, code="99", group=GroupFactory(cohort=cohort))


@pytest.fixture
def strategist(own):
    return DelegateFactory(participation=own, user__name="Anna").user


def read(own, raw):
    return understand(read_workbook(raw), expected_of(own))


def run(own, raw, tmp_path, *options):
    file, output = tmp_path / "bok.xlsx", StringIO()
    file.write_bytes(raw)
    where = ["--cohort", own.cohort.slug, "--organisation", own.code]
    call_command("import_assessments", str(file), *where, *options, stdout=output)
    return output.getvalue()


@pytest.fixture
def choose(client, own, strategist):
    client.force_login(strategist)
    address = reverse("assessments:import_workbook", args=[own.cohort.slug, own.code])

    def sent(raw):
        return client.post(address, {"file": SimpleUploadedFile("bok.xlsx", raw)})

    def confirm(answer, **chosen):
        token = re.search(r'name="understood" value="([^"]+)"', answer.text)[1]
        return client.post(address, {"understood": token, **{k.replace("_", "-"): v for k, v in chosen.items()}})

    sent.confirm = confirm
    return sent


def values_of(assessment):
    return [score.value for score in assessment.scores.order_by("item__number")]


def words(answer):
    return " ".join(answer.text.split())


class TestSheetJS:
    """It says what .bin files are though it writes none; taken for .xlsb or for macros, its files were refused."""

    def test_it_is_read(self, own, tmp_path):
        assert run(own, case("sheetjs"), tmp_path).startswith("Lärandeträff 2: Lärandeträff 2, 10 av 10 moment")
        assert values_of(Assessment.objects.get()) == TENS

    def test_it_is_read_on_the_page(self, choose):
        answer = choose(case("sheetjs"))
        assert "Tio moment har ett värde i filen" in answer.text
        choose.confirm(answer)
        assert values_of(Assessment.objects.get()) == TENS

    def test_a_part_is_what_its_override_says(self):
        binary = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
        raw = with_member(case("sheetjs"), "xl/printerSettings/printerSettings1.bin", b"x")
        assert read_workbook(raw)
        main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        with pytest.raises(WorkbookRefused, match=re.escape(refusing.BINARY)):
            read_workbook(replaced(raw, TYPES, main, binary))
        with pytest.raises(WorkbookRefused, match=re.escape(refusing.MACROS)):
            read_workbook(replaced(raw, TYPES, main, "application/vnd.ms-excel.sheet.macroEnabled.main+xml"))

    def test_a_default_for_what_is_there_counts(self):
        macro = '<Default Extension="vba" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
        raw = replaced(case("sheetjs"), TYPES, "</Types>", macro)
        assert read_workbook(raw)
        with pytest.raises(WorkbookRefused, match=re.escape(refusing.MACROS)):
            read_workbook(with_member(raw, "xl/odd.vba", b"x"))

    def test_it_is_taken_as_underlag(self):
        assert recognised(SimpleUploadedFile("bok.xlsx", case("sheetjs"))).ending == "xlsx"


class TestNotes:
    def test_they_become_the_comment_of_their_row(self, own, tmp_path):
        run(own, case("notes"), tmp_path)
        comments = Score.objects.order_by("item__number").values_list("comment", flat=True)
        assert list(comments) == [
            "Beslut i fullmäktige i mars, se protokoll § 12.",
            "Kommunstyrelsen frågade tre gånger i år.",
            *[""] * 8,
        ]

    def test_the_preview_says_where_a_comment_comes_from(self, choose):
        answer = words(choose(case("notes")))
        assert "Kommentar, från anteckningen vid cellen: Beslut i fullmäktige i mars, se protokoll § 12." in answer
        assert "Anteckningar som inte läses in" not in answer

    def book(self, **notes):
        book = load_workbook(BytesIO(case("notes")))
        sheet = book.worksheets[0]
        for cell in ("G9", "B10"):
            sheet[cell].comment = None
        for place, (text, author) in notes.items():
            sheet[place].comment = Comment(text, author)
        sheet["H10"] = "Står redan här."
        return saved(book)

    def test_what_no_row_takes_is_told(self, own, choose, tmp_path):
        raw = self.book(B8=("Om rubriken", "Bo"), C10=("Om moment två", "Bo"), B19=("Om summan", "Bo"))
        answer = words(choose(raw))
        assert "Anteckningar som inte läses in" in answer
        for note in ("B8: Om rubriken", "C10: Om moment två", "B19: Om summan"):
            assert note in answer
            assert f"  Anteckning som inte lästes: {note}" in run(own, raw, tmp_path, "--dry-run")

    def test_several_at_a_row_are_lines_and_an_author_is_not_part_of_the_words(self, own):
        [sheet] = read(own, self.book(A9=("Åsa Ek:\nFörst", "Åsa Ek"), G9=("Sedan", "Bo")))
        assert (sheet.rows[0].comment, sheet.rows[0].from_note) == ("Först\nSedan", True)
        assert sheet.rows[1].comment == "Står redan här."

    def test_threads_are_read_and_not_their_copies(self, own):
        copy = self.book(G9=("[Threaded comment]\nComment: Gammal kopia", "tc={1}"))
        kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
        relation = f'<Relationship Id="rId77" Type="{kind}" Target="/xl/threadedComments/t1.xml"/></Relationships>'
        raw = replaced(copy, "xl/worksheets/_rels/sheet1.xml.rels", "</Relationships>", relation)
        thread = (
            '<ThreadedComments xmlns="x">'
            '<threadedComment ref="G9" id="{1}"><text>Frågan ställd</text></threadedComment>'
            '<threadedComment ref="G9" id="{2}" parentId="{1}"><text>Och besvarad</text></threadedComment>'
            "</ThreadedComments>"
        )
        [sheet] = read(own, with_member(raw, "xl/threadedComments/t1.xml", thread))
        assert sheet.rows[0].comment == "Frågan ställd\nOch besvarad"


def from_macos(members):
    """The same workbook with every å, ä and ö as two signs, in its cells, headings and sheet names."""
    two = {name: normalize("NFD", part.decode()).encode() for name, part in members.items() if name.endswith(".xml")}
    assert any(two[name] != members[name] for name in two)
    return {**members, **two}


class TestLettersInTwoSigns:
    """Case 02; the values and the meeting are the same as in one sign."""

    @pytest.mark.parametrize("name", ["notes", "sheetjs"])
    def test_02_the_meeting_and_all_ten_values_are_read(self, own, choose, name):
        [sheet] = read(own, edited(case(name), from_macos))
        assert (sheet.meeting, [row.value for row in sheet.rows]) == ("learning-2", TENS)
        answer = choose(edited(case(name), from_macos))
        choose.confirm(answer)
        assert values_of(Assessment.objects.get()) == TENS

    def test_02_a_comment_is_stored_in_one_sign(self, own, tmp_path):
        run(own, edited(case("notes"), from_macos), tmp_path)
        assert Score.objects.get(item__number=2).comment == "Kommunstyrelsen frågade tre gånger i år."


class TestRenamedSheets:
    def test_numbers_names_a_sheet_after_its_table_too(self, own, tmp_path):
        skipped, sheet = read(own, case("numbers"))
        assert (skipped.skipped, sheet.meeting) == ("Det finns ingen självskattning på bladet.", "learning-2")
        run(own, case("numbers"), tmp_path)
        assert values_of(Assessment.objects.get(meeting__key="learning-2")) == TENS

    @pytest.mark.parametrize("title", ["Blad1", "Lärandeträff 2 (2)", "Kopia av blad", "Tabell 1", "BM 2 - Tabell 1"])
    def test_what_we_wrote_above_the_table_is_believed_where_the_name_says_nothing(self, own, title, tmp_path):
        book = load_workbook(BytesIO(case("notes")))
        book.worksheets[0].title = title
        assert read(own, saved(book))[0].meeting == "learning-2"
        run(own, saved(book), tmp_path)
        assert Assessment.objects.get().meeting.key == "learning-2"

    def test_the_name_that_somebody_gave_the_sheet_comes_first(self, own):
        book = load_workbook(BytesIO(case("notes")))
        book.worksheets[0].title = "Lärandeträff 1"
        assert read(own, saved(book))[0].meeting == "learning-1"

    def test_a_meeting_that_has_moved_since_is_the_same(self, own):
        own.cohort.meetings.filter(key="learning-2").update(starts_on=date(2027, 1, 12), ends_on=date(2027, 1, 12))
        book = load_workbook(BytesIO(case("notes")))
        book.worksheets[0].title = "Blad1"
        assert read(own, saved(book))[0].meeting == "learning-2"

    def test_a_copied_sheet_and_its_original_are_both_asked_about(self, own, tmp_path):
        book = load_workbook(BytesIO(case("notes")))
        book.copy_worksheet(book.worksheets[0]).title = "Lärandeträff 2 (2)"
        assert [sheet.meeting for sheet in read(own, saved(book))] == ["", ""]
        with pytest.raises(CommandError) as refusal:
            run(own, saved(book), tmp_path)
        assert str(refusal.value).count("Det framgår inte vilken träff bladet") == 2


class TestParts:
    @pytest.fixture
    def part(self, own):
        return Part.objects.create(organisation=own.organisation, name="Hälso- och sjukvårdsnämnden")

    @pytest.fixture
    def assessment(self, own, part):
        meeting = own.cohort.meetings.get(key="learning-2")
        return AssessmentFactory(participation=own, meeting=meeting, part=part, values=[2] * 6)

    def exported(self, own, strategist, **changes):
        book = load_workbook(BytesIO(workbook_of(own, roles_of(strategist))))
        sheet = book["Hälso- och sj… – Lärandeträff 2"]
        top = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "Nr")
        for place, value in changes.items():
            sheet[f"{place[0]}{top + int(place[1:])}"] = value
        return saved(book)

    def test_a_sheet_of_a_namnd_comes_in(self, own, part, assessment, strategist, choose):
        raw = self.exported(own, strategist, D1=None, E1=3, D7="x")
        answer = choose(raw)
        assert "Lärandeträff 2, Hälso- och sjukvårdsnämnden" in words(answer)
        assert "Ändras från 2 till 3" in answer.text
        choose.confirm(answer)
        assert values_of(assessment) == [3, 2, 2, 2, 2, 2, 2]
        assert Assessment.objects.get() == assessment, "The whole organisation's is not begun."

    def test_the_command_takes_it_too(self, own, assessment, strategist, tmp_path):
        output = run(own, self.exported(own, strategist, D7="x"), tmp_path)
        assert (
            "Lärandeträff 2, Hälso- och sjukvårdsnämnden, 7 av 10 moment har värde, 1 moment ändras, utkast." in output
        )

    def test_one_that_is_not_begun_is_begun(self, own, part, assessment, strategist, choose):
        raw = self.exported(own, strategist)
        assessment.delete()
        choose.confirm(choose(raw))
        assert Assessment.objects.get().part == part

    def test_it_is_read_by_the_checklist_of_parts(self, own, part, strategist):
        own.cohort.plan.part_checklist = Checklist.objects.get(key="skr-2018")
        own.cohort.plan.save()
        meeting = own.cohort.meetings.get(key="learning-2")
        assessment = AssessmentFactory(participation=own, meeting=meeting, part=part)
        Assessment.objects.filter(pk=assessment.pk).update(checklist=own.cohort.plan.part_checklist)
        own.refresh_from_db()
        sheets = read(own, self.exported(own, strategist, E1=3))
        [of_part] = [sheet for sheet in sheets if sheet.part]
        assert (of_part.part, of_part.rows[0].value) == (part.pk, 3)
        with_four = read(own, self.exported(own, strategist, F1=4))
        assert not any(sheet.rows[0].value for sheet in with_four if sheet.part)

    def test_what_is_handed_in_for_the_part_is_closed(self, own, assessment, strategist, choose):
        raw = self.exported(own, strategist, D7="x")
        Assessment.objects.filter(pk=assessment.pk).update(state="submitted", submitted_on=TODAY)
        assert "Självskattningen är redan inlämnad." in choose(raw).text

    def test_a_part_that_we_do_not_know_is_told_with_a_way_on(self, own, part, assessment, strategist, choose):
        raw = self.exported(own, strategist, D7="x")
        Part.objects.update(name="Kulturnämnden")
        said = "Bladet gäller Hälso- och sjukvårdsnämnden. Lägg till den bland era nämnder och förvaltningar"
        assert said in words(choose(raw))

    def test_what_another_saves_meanwhile_is_not_written_over(self, own, assessment, strategist, choose):
        answer = choose(self.exported(own, strategist, D7="x"))
        Score.objects.filter(assessment=assessment).update(revision=9)
        refused = choose.confirm(answer)
        assert refused.status_code == 422
        assert "Någon har sparat i självskattningen inför Lärandeträff 2, Hälso- och sjukvårdsnämnden" in words(refused)


class TestAllAtOnce:
    def book(self, own):
        checklist = own.cohort.plan.checklist
        book = blank()
        first, second = (add_2017(book, title, checklist, [2] * 10) for title in ("BM 2", "BM 3"))
        first["C4"], first["C6"], second["C5"] = 7, "2,5", "kanske"
        return saved(book)

    @pytest.fixture
    def own(self):
        return an_organisation()

    def test_the_page_tells_every_fault_at_its_row_and_reads_the_rest(self, own, choose):
        answer = choose(self.book(own))
        scale = "finns inte på skalan från 1 till 3 (bara hela steg används)."
        for sentence in (
            f"Rad 4: Värdet 7 {scale}",
            f"Rad 6: Värdet 2,5 {scale}",
            "Rad 5: I kolumnen för steg 2 står ”kanske”.",
        ):
            assert sentence in words(answer)
        choose.confirm(answer)
        second, third = Assessment.objects.order_by("meeting__starts_on")
        assert (second.scores.count(), third.scores.count()) == (8, 9)

    def test_the_command_names_sheet_and_row_of_every_value_off_the_scale(self, own, tmp_path):
        with pytest.raises(CommandError) as refusal:
            run(own, self.book(own), tmp_path)
        said = str(refusal.value)
        assert len(said.splitlines()) == 1
        assert "Bladet ”BM 2”, rad 4: värdet 7 finns inte på skalan" in said
        assert "Bladet ”BM 2”, rad 6: värdet 2,5 finns inte på skalan" in said
        assert not Assessment.objects.exists()

    def test_the_command_names_every_row_that_it_would_have_to_ask_about(self, own, tmp_path):
        texts = {1: "Vi firar Luciadagen", 2: "Vi äter bullar"}
        book = blank()
        add_2017(book, "BM 2", own.cohort.plan.checklist, [2] * 10, texts=texts)
        with pytest.raises(CommandError, match=r"rad 4: .* Bladet ”BM 2”, rad 5: "):
            run(own, saved(book), tmp_path)

    def test_every_sheet_of_another_version_is_named(self, own):
        other = Checklist.objects.get(key="skr-2017")
        book = blank()
        for title in ("BM 2", "BM 3"):
            add_2017(book, title, other, [2] * 13)
        with pytest.raises(WorkbookRefused) as refusal:
            read(own, saved(book))
        assert [sentence[:14] for sentence in refusal.value.sentences] == ["Bladet ”BM 2” ", "Bladet ”BM 3” "]

    def test_they_stand_at_the_field(self, own, choose):
        book = blank()
        for title in ("BM 2", "BM 3"):
            add_2017(book, title, Checklist.objects.get(key="skr-2017"), [2] * 13)
        answer = choose(saved(book))
        assert answer.status_code == 422
        errors = re.search(r'id="id_file_error">(.*?)</ul>', answer.text, re.S)[1]
        assert errors.count("<li>") == 2

    def test_too_many_unlike_rows_are_told_soon(self, own):
        book = blank()
        for number in range(8):
            sheet = book.create_sheet(f"Blad{number}")
            sheet.append(["", 1, 2, 3])
            for item in own.cohort.plan.items:
                sheet.append([item.text])
            for row in range(99):
                sheet.append([f"{row} och {number} " + "beslut om jämställdhet och annat " * 9, "x"])
        add_2017(book, "BM 2", own.cohort.plan.checklist, [2] * 10)
        with pytest.raises(WorkbookRefused, match="För mycket i arbetsboken är olikt"):
            read(own, saved(book))


class TestOurOwn:
    @pytest.fixture
    def draft(self, own):
        meeting = own.cohort.meetings.get(key="learning-2")
        draft = AssessmentFactory(participation=own, meeting=meeting, values=[1, 2, 3, 4, 1, 2])
        texts = {"comment": "Kommentar", "since_last": "Sedan", "reasoning": "Så tänkte vi", "next_step": "Ett beslut"}
        draft.scores.filter(item__number=1).update(**texts, agreed=True)
        return draft

    def changed(self, own, strategist, *, keep_results, **changes):
        """Our workbook with other values; a program that calculates writes new results, and one that does not none."""
        raw = workbook_of(own, roles_of(strategist))
        book = load_workbook(BytesIO(raw))
        sheet = book["Lärandeträff 2"]
        top = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "Nr")
        for place, value in changes.items():
            sheet[f"{place[0]}{top + int(place[1:])}"] = value
        if keep_results:  # as stale as they can be
            stale = load_workbook(BytesIO(raw), data_only=True)["Lärandeträff 2"]
            return with_results(saved(book), stale)
        return saved(book)

    @pytest.mark.parametrize("keep_results", [True, False])
    def test_after_a_change_it_never_warns_about_itself(self, own, draft, strategist, choose, keep_results):
        raw = self.changed(own, strategist, keep_results=keep_results, C1=None, F1=4, D7="x", E8=3)
        answer = words(choose(raw))
        for warning in ("Summan stämmer inte", "gick inte att förstå", "Kolumnerna säger", "Kolumner som inte läses"):
            assert warning not in answer
        assert "Ändras från 1 till 4, fast ni har enats om 1" in answer

    def test_the_new_values_come_in(self, own, draft, strategist, choose):
        choose.confirm(choose(self.changed(own, strategist, keep_results=True, C1=None, F1=4, D7="x", E8=3)))
        assert values_of(draft) == [4, 2, 3, 4, 1, 2, 2, 3]

    def test_a_value_written_over_the_formula_comes_in(self, own, draft, strategist, choose):
        choose.confirm(choose(self.changed(own, strategist, keep_results=True, G9=2)))
        assert draft.scores.get(item__number=9).value == 2

    def test_a_sum_that_somebody_has_typed_is_held_against_the_rows(self, own, draft, strategist, choose):
        answer = choose(self.changed(own, strategist, keep_results=True, G11=99))
        assert "Summan stämmer inte med raderna" in answer.text

    def test_reasoning_and_next_step_go_out_and_in(self, own, draft, strategist, choose):
        changes = {"K1": "Så tänkte vi om", "L1": "Två beslut", "K2": "Nytt", "L2": "Steg"}
        answer = choose(self.changed(own, strategist, keep_results=False, **changes))
        assert "Så resonerade vi: Så tänkte vi om" in words(answer)
        choose.confirm(answer)
        first, second = draft.scores.filter(item__number__lte=2).order_by("item__number")
        assert (first.reasoning, first.next_step, first.comment) == ("Så tänkte vi om", "Två beslut", "Kommentar")
        assert (second.reasoning, second.next_step) == ("Nytt", "Steg")

    def test_others_never_get_the_reasoning(self, own, draft):
        Score.objects.update(shared=True)
        Assessment.objects.update(state="submitted", submitted_on=TODAY)
        mate = DelegateFactory(participation=ParticipationFactory(cohort=own.cohort, group=own.group)).user
        [sheet] = load_workbook(BytesIO(workbook_of(own, roles_of(mate)))).worksheets
        cells = {cell.value for row in sheet.iter_rows() for cell in row}
        assert "Kommentar" in cells
        assert not {"Så tänkte vi", "Ett beslut", "Så resonerade vi"} & cells

    def test_a_vertical_tab_of_word_is_a_line_end(self, own, draft, strategist):
        draft.scores.filter(item__number=1).update(comment="Rad ett\x0brad två")
        sheet = load_workbook(BytesIO(workbook_of(own, roles_of(strategist))))["Lärandeträff 2"]
        assert "Rad ett\nrad två" in {cell.value for row in sheet.iter_rows() for cell in row}

    def test_a_vertical_tab_in_a_file_is_a_line_end(self):
        raw = of_2018(Checklist.objects.get(key="skr-2018"), {"BM 2": [2] * 10}, comments={1: "Rad ett_x000B_rad två"})
        [sheet] = read_workbook(raw)
        assert "Rad ett\nrad två" in {cell.text for cell in sheet.cells.values()}

    def test_its_values_are_shown_by_programs_that_do_not_calculate(self, own, draft, strategist):
        raw = workbook_of(own, roles_of(strategist))
        sheet = load_workbook(BytesIO(raw), data_only=True)["Lärandeträff 2"]
        top = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "Nr")
        assert [sheet.cell(top + number, 7).value for number in range(1, 8)] == [1, 2, 3, 4, 1, 2, None]
        assert Decimal(sheet.cell(top + 11, 7).value) == 13


def with_results(raw, stale):
    """The file with these results at its formulas, which openpyxl leaves out."""
    name = "xl/worksheets/sheet2.xml"
    for row in stale.iter_rows():
        for cell in row:
            if isinstance(cell.value, int | float):
                raw = result_put(raw, name, cell)
    return raw


def result_put(raw, name, cell):
    from zipfile import ZipFile

    xml = ZipFile(BytesIO(raw)).read(name).decode()
    formula = re.search(rf'(<c r="{cell.coordinate}"[^>]*><f>[^<]*</f>)<v ?/>', xml) or re.search(
        rf'(<c r="{cell.coordinate}"[^>]*><f>[^<]*</f>)<v></v>', xml
    )
    return replaced(raw, name, formula[0], f"{formula[1]}<v>{cell.value}</v>") if formula else raw
