"""The workbook that is fetched, and what is refused before anything of a workbook is believed."""

import re
import time
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from assessments.models import Score
from assessments.workbook.exporting import workbook_of
from assessments.workbook.names import title_of_part, titles
from checklist.models import Checklist
from cohorts.models import Part
from cohorts.roles import roles_of
from kit.workbook import refusing
from kit.workbook.reading import read_workbook
from kit.workbook.refusing import WorkbookRefused
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.workbooks import edited, of_2017, replaced, with_member

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 20)


@pytest.fixture(autouse=True)
def before_the_second_meeting():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def own():
    cohort = CohortFactory(plan__half_steps=True)
    return ParticipationFactory(cohort=cohort, group=GroupFactory(cohort=cohort))


@pytest.fixture
def meetings(own):
    days = (date(2026, 4, 1), date(2026, 10, 1))
    return [MeetingFactory(cohort=own.cohort, number=n, starts_on=day) for n, day in enumerate(days, start=1)]


@pytest.fixture
def strategist(own):
    return DelegateFactory(participation=own).user


@pytest.fixture
def submitted(own, meetings):
    return AssessmentFactory(participation=own, meeting=meetings[0], submitted=True, values=[1, 2, 2.5, *[3] * 7])


@pytest.fixture
def draft(own, meetings):
    return AssessmentFactory(participation=own, meeting=meetings[1], values=[2, None, 3])


def book_for(participation, user, *, formulas=False):
    return load_workbook(BytesIO(workbook_of(participation, roles_of(user))), data_only=not formulas)


def rows(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def heading(sheet):
    return next(number for number, row in enumerate(rows(sheet), start=1) if row[0] == "Nr")


class TestExport:
    def test_a_sheet_for_each_meeting_named_after_it(self, own, strategist, submitted, draft):
        assert book_for(own, strategist).sheetnames == ["Lärandeträff 1", "Lärandeträff 2", "Så fyller ni i"]

    def test_the_head_says_whose_it_is_when_and_by_which_version(self, own, strategist, submitted, draft):
        first, second, _ = book_for(own, strategist).worksheets
        assert [row[0] for row in rows(first)[:7]] == [
            "Självskattning inför Lärandeträff 1",
            "Demonstration: organisation, värden och texter är påhittade.",
            f"Organisation: {own.organisation.name} ({own.code})",
            "Gäller: hela organisationen",
            "Träff: Lärandeträff 1, 1 april 2026",
            "Checklista: Checklista för jämställdhetsintegrering 2018–2019 (skr-2018)",
            "Läge: Inlämnad 20 september 2026",
        ]
        assert rows(second)[6][0] == "Läge: Arbetsmaterial, 2 av 10 moment har värde"

    def test_a_row_for_each_moment_with_the_number_in_its_steps_column(self, own, strategist, submitted):
        sheet = book_for(own, strategist)["Lärandeträff 1"]
        at = heading(sheet)
        steps = ["1 Inte påbörjat", "2 Finns men behöver utvecklas", "3 Det finns/vi gör"]
        said = ["Värde", "Kommentar", "Vad har hänt sedan sist", "Mål", "Så resonerade vi"]
        assert rows(sheet)[at - 1] == ["Nr", "Moment", *steps, *said, "Det här krävs för nästa steg"]
        items = submitted.items
        first, second, third = rows(sheet)[at : at + 3]
        assert first[:6] == [1, items[0].text, 1, None, None, 1]
        assert second[:6] == [2, items[1].text, None, 2, None, 2]
        assert third[:6] == [3, items[2].text, None, 2.5, None, 2.5]

    def test_the_sum_has_floor_and_ceiling(self, own, strategist, submitted):
        sheet = book_for(own, strategist)["Lärandeträff 1"]
        last = rows(sheet)[-1]
        assert (last[1], last[5]) == ("Summa poäng", 26.5)
        scale = "På en skala från 10 till 30 när alla 10 moment har ett värde. En fingervisning, inte ett betyg."
        assert last[6] == scale

    def test_value_and_sum_are_formulas_that_follow_what_is_written_in_the_steps(self, own, strategist, submitted):
        sheet = book_for(own, strategist, formulas=True)["Lärandeträff 1"]
        at = heading(sheet) + 1
        across = f"C{at}:E{at}"
        worked_out = f'IF(COUNT({across})=1,SUM({across}),MATCH("*",{across},0))'
        assert sheet.cell(at, 6).value == f'=IF(COUNTA({across})<>1,"",{worked_out})'
        assert sheet.cell(at + 10, 6).value == f'=IF(COUNT(F{at}:F{at + 9})=0,"",SUM(F{at}:F{at + 9}))'

    def test_the_own_organisation_reads_how_to_fill_in_what_is_not_handed_in(self, own, strategist, submitted, draft):
        first, second, _ = book_for(own, strategist).worksheets
        how = (
            "Så fyller ni i: skriv stegets siffra eller ett x i stegets kolumn. Ett halvt steg, som 2,5, skrivs i "
            "kolumnen för det lägre steget. Värde och summa räknas ut."
        )
        assert how not in [row[0] for row in rows(first)]
        assert how in [row[0] for row in rows(second)]
        assert not first.data_validations.dataValidation
        at = heading(second) + 1
        rules = {str(rule.sqref): rule for rule in second.data_validations.dataValidation}
        assert rules[f"D{at}:D{at + 9}"].formula1 == f'OR(D{at}=2,D{at}=2.5,LOWER(D{at})="x")'
        assert rules[f"D{at}:D{at + 9}"].error == "Skriv 2 eller 2,5, eller ett x."
        assert rules[f"I{at}:I{at + 9}"].formula1 == f"OR(I{at}=1,I{at}=1.5,I{at}=2,I{at}=2.5,I{at}=3)"

    def test_a_sheet_tells_the_rest_of_it_where_something_is_to_be_filled_in(self, own, strategist, meetings):
        lines = [row[0] for row in rows(book_for(own, strategist)["Så fyller ni i"])]
        assert "Steg 1 är ”Inte påbörjat”." in lines
        assert "Ligger ni mellan två steg skriver ni ett halvt steg, som 2,5, i kolumnen för det lägre steget." in lines
        for meeting in meetings:
            AssessmentFactory(participation=own, meeting=meeting, submitted=True, values=[2] * 10)
        assert "Så fyller ni i" not in book_for(own, strategist).sheetnames

    def test_every_sheet_prints_across_on_pages_with_numbers(self, own, strategist, draft):
        for sheet in book_for(own, strategist):
            assert sheet.page_setup.orientation == "landscape"
            assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
            assert sheet.print_title_rows
            assert sheet.oddFooter.right.text == "Sida &P av &N"

    def test_every_text_is_in_a_named_font_and_high_enough_for_its_row(self, own, strategist, draft):
        Score.objects.filter(assessment=draft, item__number=1).update(comment="ord " * 100 + "\n- ett\n- två")
        sheet = book_for(own, strategist)["Lärandeträff 2"]
        assert {cell.font.name for row in sheet.iter_rows() for cell in row} == {"Calibri"}
        at = heading(sheet) + 1
        assert sheet.row_dimensions[at].height == 15 * (10 + 2)
        assert sheet.row_dimensions[at + 1].height >= 30
        assert all(sheet.cell(row, 7).alignment.wrap_text for row in range(at, at + 10))

    def test_a_column_is_as_wide_as_the_longest_text_in_it_needs(self, own, strategist, draft):
        Score.objects.filter(assessment=draft, item__number=1).update(comment="å" * 4000, reasoning="å" * 1500)
        sheet = book_for(own, strategist)["Lärandeträff 2"]
        widths = {sheet.cell(heading(sheet), column).value: column for column in range(1, 12)}
        width = {name: sheet.column_dimensions[get_column_letter(at)].width for name, at in widths.items()}
        assert (width["Kommentar"], width["Så resonerade vi"], width["Vad har hänt sedan sist"]) == (150, 60, 44)
        assert sheet.row_dimensions[heading(sheet) + 1].height < 409

    def test_a_row_grows_when_somebody_writes_in_it(self, own, strategist, draft):
        raw = workbook_of(own, roles_of(strategist))
        sheets = [name for name in zipfile.ZipFile(BytesIO(raw)).namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"customHeight" in zipfile.ZipFile(BytesIO(raw)).read(name) for name in sheets)

    def test_a_colour_never_stands_without_its_number(self, own, strategist, submitted):
        sheet = book_for(own, strategist)["Lärandeträff 1"]
        ramp = {"00D5E6E6", "005FA3A6", "000F5B66"}
        coloured = [cell for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb in ramp]
        assert len(coloured) == 20
        assert all(cell.value for cell in coloured)

    def test_it_is_laid_out_for_screen_paper_and_screen_readers(self, own, strategist, submitted):
        book = book_for(own, strategist)
        sheet = book["Lärandeträff 1"]
        at = heading(sheet)
        assert sheet.freeze_panes == f"C{at + 1}"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
            "landscape",
            1,
            0,
        )
        areas = sheet.print_area.replace("$", "").replace("'Lärandeträff 1'!", "").split(",")
        assert areas == [f"A1:G{at + 11}", f"H{at}:K{at + 11}"]
        assert sheet.print_title_cols == "$A:$A"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == f"${at}:${at}"
        assert not sheet.merged_cells.ranges
        [table] = sheet.tables.values()
        assert (table.headerRowCount, table.ref) == (1, f"A{at}:K{at + 10}")
        assert book.properties.language == "sv-SE"
        assert own.organisation.name in book.properties.title

    @pytest.mark.parametrize("text", ["=1+1", "+46 8", "-", "@SUM(A1)", "=cmd|'/c calc'!A1", "#REF!", "_x0041_"])
    def test_what_looks_like_a_formula_is_text(self, own, strategist, draft, text):
        Score.objects.filter(assessment=draft, item__number=1).update(comment=text)
        raw = workbook_of(own, roles_of(strategist))
        formulas = [
            formula
            for name in zipfile.ZipFile(BytesIO(raw)).namelist()
            for formula in re.findall(rb"<f>(.*?)</f>", zipfile.ZipFile(BytesIO(raw)).read(name))
        ]
        assert all(formula.startswith(b"IF(COUNT") for formula in formulas)
        sheet = next(sheet for sheet in read_workbook(raw) if sheet.title == "Lärandeträff 2")
        assert text in {cell.text for cell in sheet.cells.values()}

    def test_characters_that_no_workbook_holds_are_left_out(self, own, strategist, draft):
        Score.objects.filter(assessment=draft, item__number=1).update(comment="a\x0bb\ufffec 👩‍🏫")
        sheet = book_for(own, strategist)["Lärandeträff 2"]
        assert rows(sheet)[heading(sheet)][6] == "a\nbc 👩‍🏫"

    def test_parts_and_what_is_outside_meetings_have_sheets_of_their_own(self, own, strategist, meetings):
        part = Part.objects.create(organisation=own.organisation, name="Social/omsorgs: nämnden")
        AssessmentFactory(participation=own, meeting=meetings[0], part=part, submitted=True, values=[2] * 10)
        AssessmentFactory(participation=own, meeting=None, submitted=True, values=[3] * 10)
        assert book_for(own, strategist).sheetnames == [
            "Lärandeträff 1",
            "Lärandeträff 2",
            "Social omsorg… – Lärandeträff 1",
            "Utanför träffarna 2026-09-20",
            "Så fyller ni i",
        ]

    def test_a_suggestion_that_nobody_confirmed_is_no_value(self, own, strategist, draft):
        Score.objects.create(assessment=draft, item=draft.items[3], suggested=Decimal(3))
        sheet = book_for(own, strategist)["Lärandeträff 2"]
        assert rows(sheet)[heading(sheet) + 3][2:6] == [None] * 4

    def test_before_anything_is_begun_there_are_sheets_to_fill_in(self, own, strategist, meetings):
        sheet = book_for(own, strategist)["Lärandeträff 1"]
        assert "Läge: Inte påbörjad" in [row[0] for row in rows(sheet)]
        assert rows(sheet)[-1][5] is None
        assert rows(sheet)[-1][6].startswith("På en skala från 10 till 30 när alla 10 moment har ett värde.")

    def test_a_closed_omgang_and_one_with_four_steps_work(self, strategist):
        cohort = CohortFactory(plan__checklist="skr-2020", ends_on=date(2026, 8, 1))
        own = ParticipationFactory(cohort=cohort)
        user = DelegateFactory(participation=own).user
        meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 3, 1))
        AssessmentFactory(participation=own, meeting=meeting, submitted=True, values=[1, 2, 3, 4, *[4] * 6])
        sheet = book_for(own, user).worksheets[0]
        at = heading(sheet)
        assert rows(sheet)[at + 3][:7] == [4, rows(sheet)[at + 3][1], None, None, None, 4, 4]
        assert rows(sheet)[-1][7].startswith("På en skala från 10 till 40 när alla 10 moment har ett värde.")


class TestWhoReadsWhat:
    @pytest.fixture
    def commented(self, submitted):
        for number, shared in ((1, True), (2, False)):
            Score.objects.filter(assessment=submitted, item__number=number).update(
                comment=f"Kommentar {number}", since_last=f"Hänt {number}", aim=3, shared=shared
            )

    def texts(self, participation, user):
        return {cell.value for sheet in book_for(participation, user) for row in sheet.iter_rows() for cell in row}

    def test_the_own_organisation_reads_all(self, own, strategist, commented, draft):
        texts = self.texts(own, strategist)
        assert {"Kommentar 1", "Kommentar 2", "Hänt 2", "Mål"} <= texts

    def test_a_groupmate_reads_what_is_handed_in_and_shared(self, own, commented, draft):
        mate = DelegateFactory(participation=ParticipationFactory(cohort=own.cohort, group=own.group)).user
        assert book_for(own, mate).sheetnames == ["Lärandeträff 1"]
        texts = self.texts(own, mate)
        assert {"Kommentar 1", "Hänt 1"} <= texts
        assert not {"Kommentar 2", "Hänt 2", "Mål"} & texts

    def test_skr_gets_a_workbook_that_says_that_nothing_is_handed_in(self, own, draft):
        leader = UserFactory(skr_role="process_leader")
        assert rows(book_for(own, leader).worksheets[0]) == [["Ingen självskattning är inlämnad än."]]

    def test_the_page_gives_it_as_a_file(self, client, own, strategist, submitted):
        client.force_login(strategist)
        answer = client.get(reverse("assessments:workbook", args=[own.cohort.slug, own.code]))
        assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        name = f"sjalvskattningar-{own.cohort.slug}-{own.code}.xlsx"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert load_workbook(BytesIO(answer.content)).sheetnames == [
            "Lärandeträff 1",
            "Lärandeträff 2",
            "Så fyller ni i",
        ]

    def test_the_queries_are_few_and_do_not_grow(
        self, client, own, strategist, submitted, draft, django_assert_max_num_queries
    ):
        client.force_login(strategist)
        for number in range(3, 9):
            later = MeetingFactory(cohort=own.cohort, number=number, starts_on=date(2026, 1, number))
            AssessmentFactory(participation=own, meeting=later, submitted=True, values=[2] * 10)
        with django_assert_max_num_queries(25):
            client.get(reverse("assessments:workbook", args=[own.cohort.slug, own.code]))


def test_titles_are_such_as_excel_takes():
    names = ["Träff: [1]/2", "träff 1 2", "'", "History", "A" * 40, "A" * 41, "👩" * 20]
    sheet_titles = titles(names)
    assert sheet_titles[:4] == ["Träff 1 2", "träff 1 2 (2)", "Blad", "Blad (2)"]
    assert sheet_titles[4:6] == ["A" * 30 + "…", "A" * 27 + " (2)"]
    assert len({title.casefold() for title in sheet_titles}) == len(sheet_titles)
    assert all(len(title.encode("utf-16-le")) // 2 <= 31 for title in sheet_titles)


@pytest.mark.parametrize(
    ("part", "occasion", "title"),
    [
        ("Socialnämnden", "Lärandeträff 2", "Socialnämnden – Lärandeträff 2"),
        ("Hälso- och sjukvårdsnämnden", "Lärandeträff 1", "Hälso- och sj… – Lärandeträff 1"),
        ("Hälso- och sjukvårdsnämnden", "2026-09-20", "Hälso- och sjukvå… – 2026-09-20"),
        ("Nämnd", "Lärandeträff om styrning och ledning 12", "Nämnd – Lärandeträff om s… 12"),
        ("Hälso- och sjukvårdsnämnden", "Lärandeträff om styrning och ledning 12", "Hälso-… – Lärandeträff om s… 12"),
    ],
)
def test_a_sheets_name_says_which_meeting_it_is(part, occasion, title):
    assert title_of_part(part, occasion) == title
    assert len(title) <= 31
    assert titles([title]) == [title]


def test_of_a_long_name_the_number_is_kept():
    long = "Lärandeträff om styrning och ledning"
    assert titles([f"{long} 1", f"{long} 2"]) == ["Lärandeträff om styrning och… 1", "Lärandeträff om styrning och… 2"]


# What is refused


@pytest.fixture
def sound():
    return of_2017(Checklist.objects.get(key="skr-2017"), [1, 2, 3])


def sentence(raw):
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(raw)
    said = str(refused.value)
    assert len(said.splitlines()) == 1
    assert said.endswith(".")
    return said


def zipped(**members):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
SHEET = "xl/worksheets/sheet1.xml"
MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


class TestRefusals:
    @pytest.mark.parametrize(
        ("raw", "said"),
        [
            (b"", refusing.EMPTY),
            (b"hej", refusing.NO_WORKBOOK),
            (b"%PDF-1.7", refusing.NO_WORKBOOK),
            (CFB, refusing.OLD),
            (CFB + "EncryptedPackage".encode("utf-16-le"), refusing.ENCRYPTED),
            (b"PK\x03\x04" + b"\0" * 99, refusing.BROKEN),
            (b"PK" + b"\0" * (5 * 1024 * 1024), refusing.TOO_BIG),
            (zipped(a="b"), refusing.NO_WORKBOOK),
            (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), refusing.OTHER_OFFICE),
        ],
    )
    def test_what_is_no_workbook(self, raw, said):
        assert sentence(raw) == said

    def test_old_excel_is_told_how_to_save_it(self):
        assert "Spara om den som .xlsx" in refusing.OLD

    def test_macros(self, sound):
        assert sentence(with_member(sound, "xl/vbaProject.bin", b"x")) == refusing.MACROS
        assert sentence(with_member(sound, "xl/macrosheets/sheet1.xml", b"x")) == refusing.MACROS
        macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        assert sentence(replaced(sound, "[Content_Types].xml", MAIN.decode(), macro.decode())) == refusing.MACROS

    def test_a_bomb_is_counted_and_not_believed(self, sound):
        strings = with_member(sound, "xl/sharedStrings.xml", b"<sst>" + b" " * (26 * 1024 * 1024) + b"</sst>")
        related = '<Relationship Id="rId98" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        assert sentence(replaced(strings, "xl/_rels/workbook.xml.rels", "</Relationships>", related)) == refusing.BOMB
        many = edited(sound, lambda members: members | {f"xl/media/{n}.bin": b"" for n in range(500)})
        assert sentence(many) == refusing.BOMB

    def test_a_header_that_lies_about_its_size(self, sound):
        raw = with_member(sound, SHEET, b"<worksheet>" + b" " * 99_977 + b"</worksheet>")
        size = (100_000).to_bytes(4, "little")
        assert raw.count(size) >= 2
        assert sentence(raw.replace(size, (10).to_bytes(4, "little"))) == refusing.BROKEN

    def test_a_zip_in_the_zip(self, sound):
        assert sentence(with_member(sound, "xl/media/a.zip", zipped(a="b"))) == refusing.EMBEDDED
        assert sentence(with_member(sound, "xl/embeddings/oleObject1.bin", b"x")) == refusing.EMBEDDED

    def test_a_locked_member(self, sound):
        locked = bytearray(sound)
        at = locked.index(b"PK\x01\x02")
        locked[at + 8] |= 1
        assert sentence(bytes(locked)) == refusing.ENCRYPTED

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_the_same_member_twice(self, sound):
        file = BytesIO(sound)
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr(SHEET, "<worksheet/>")
        assert sentence(file.getvalue()) == refusing.BROKEN

    def test_links_out_of_the_workbook(self, sound):
        assert sentence(with_member(sound, "xl/externalLinks/externalLink1.xml", b"<a/>")) == refusing.OUTSIDE
        assert sentence(with_member(sound, "xl/connections.xml", b"<a/>")) == refusing.OUTSIDE
        out = '<Relationship Id="rId99" Type="http://x/attachedTemplate" Target="http://x" TargetMode="External"/>'
        linked = replaced(sound, "xl/_rels/workbook.xml.rels", "</Relationships>", f"{out}</Relationships>")
        assert sentence(linked) == refusing.OUTSIDE

    def test_a_link_that_a_reader_may_click_is_harmless(self, sound):
        out = '<Relationship Id="rId99" Type="http://x/hyperlink" Target="http://x" TargetMode="External"/>'
        linked = replaced(sound, "xl/_rels/workbook.xml.rels", "</Relationships>", f"{out}</Relationships>")
        assert read_workbook(linked)

    def test_dde(self, sound):
        cell = "<c r=\"E4\"><f>cmd|'/c calc'!A0</f><v>1</v></c>"
        assert sentence(replaced(sound, SHEET, "</row></sheetData>", f"{cell}</row></sheetData>")) == refusing.OUTSIDE

    @pytest.mark.parametrize("formula", ["a|" * 4000, "'&quot;" * 4000, "a " * 4000 + "|", "a|" * 500_000])
    def test_a_formula_takes_no_time_however_it_is_written(self, sound, formula):
        cell = f'<row r="99"><c r="E99"><f>{formula}</f><v>1</v></c></row>'
        raw = replaced(sound, SHEET, "</sheetData>", f"{cell}</sheetData>")
        began = time.process_time()
        if len(formula) > 100_000:  # longer than Excel's own
            assert sentence(raw) == refusing.BROKEN
        else:
            assert read_workbook(raw)
        assert time.process_time() - began < 1

    def test_a_thousand_laughs(self, sound):
        laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(2, 10))
        bomb = f'<!DOCTYPE x [<!ENTITY l1 "ha">{laughs}]><worksheet>&l9;</worksheet>'
        assert sentence(with_member(sound, SHEET, bomb)) == refusing.ENTITIES
        outside = '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'
        assert sentence(with_member(sound, SHEET, outside)) == refusing.ENTITIES
        utf16 = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
        assert sentence(with_member(sound, SHEET, utf16.encode("utf-16"))) == refusing.ENTITIES

    def test_too_many_sheets_rows_or_columns(self, sound):
        down, right = (
            '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
            '<row r="99"><c r="DA99"><v>1</v></c></row>',
        )
        assert sentence(replaced(sound, SHEET, "</sheetData>", f"{down}</sheetData>")) == (
            "Bladet ”Blad1” har innehåll ända nere på rad 1\N{NO-BREAK SPACE}048\N{NO-BREAK SPACE}576. Markera raderna "
            "under tabellen och ta bort dem, eller kopiera tabellen till ett nytt blad, och försök igen."
        )
        assert "långt till höger" in sentence(replaced(sound, SHEET, "</sheetData>", f"{right}</sheetData>"))
        many = "".join(f'<sheet name="{n}" id="rId1"/>' for n in range(31))
        assert sentence(replaced(sound, "xl/workbook.xml", "</sheets>", f"{many}</sheets>")) == refusing.TOO_MUCH
        full = "".join(f'<row r="{row}">{"<c><v>1</v></c>" * 100}</row>' for row in range(100, 800))
        assert sentence(replaced(sound, SHEET, "</sheetData>", f"{full}</sheetData>")) == refusing.TOO_MUCH
        rows = f"<row>{'<c/>' * 2_501_000}</row>"
        assert sentence(replaced(sound, SHEET, "</sheetData>", f"{rows}</sheetData>")) == refusing.TOO_MUCH

    def test_formatted_cells_with_nothing_in_them_are_no_rows(self, sound):
        rows = '<row r="1048576"><c r="A1048576" s="0"/></row><row r="99"><c r="XFD99"/></row>'
        assert read_workbook(replaced(sound, SHEET, "</sheetData>", f"{rows}</sheetData>"))[0].rows()[-1] < 100

    @pytest.mark.parametrize(
        ("last", "cells"),
        [(1_048_576, ""), (100_000, "<c s='0'/>" * 10)],
        ids=["a million rows", "a hundred thousand formatted rows"],
    )
    def test_empty_rows_to_the_end_weigh_nothing(self, sound, last, cells):
        rows = "".join(f'<row r="{row}" ht="15">{cells}</row>' for row in range(100, last + 1))
        [sheet] = read_workbook(replaced(sound, SHEET, "</sheetData>", f"{rows}</sheetData>"))
        assert sheet.rows()[-1] < 100

    def test_every_refusal_has_a_way_on(self):
        ways = ("Spara", "försök igen", "Kopiera", "Kontrollera", "Ta bort", "Öppna", "kopiera")
        said = [words for name, words in vars(refusing).items() if name.isupper() and words.endswith(".")]
        assert {words for words in said if not any(way in words for way in ways)} == {
            refusing.EMPTY,
            refusing.NO_WORKBOOK,
        }

    def test_backslashes_in_the_names_of_parts(self, sound):
        raw = edited(sound, lambda members: {name.replace("/", "\\"): part for name, part in members.items()})
        assert read_workbook(raw) == read_workbook(sound)

    @pytest.mark.parametrize("missing", ["xl/workbook.xml", SHEET, "_rels/.rels", "xl/_rels/workbook.xml.rels"])
    def test_a_missing_part(self, sound, missing):
        assert sentence(edited(sound, lambda members: members.pop(missing) and members)) == refusing.BROKEN

    @pytest.mark.parametrize(
        "cell",
        [
            '<c r="A1" t="s"><v>99999</v></c>',
            '<c r="??"><v>1</v></c>',
            "<c><v>1e999</v></c>",
            "<c><v>ett</v></c>",
            '<c t="b"><v>x</v></c>',
            '<c s="x"><v>1</v></c>',
            "<c><v>1</c>",
        ],
    )
    def test_broken_cells(self, sound, cell):
        assert (
            sentence(replaced(sound, SHEET, "</sheetData>", f"<row r='50'>{cell}</row></sheetData>")) == refusing.BROKEN
        )

    def test_a_number_as_it_stands_on_the_sheet(self, sound):
        cells = '<row r="50"><c r="A50"><v>2.2999999999999998</v></c><c r="B50" t="d"><v>2019-03-01</v></c></row>'
        sheet = read_workbook(replaced(sound, SHEET, "</sheetData>", f"{cells}</sheetData>"))[0]
        assert (sheet.at(50, 1).text, sheet.at(50, 2).text) == ("2,3", "2019-03-01")
