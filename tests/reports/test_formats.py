"""Every format prints the same figures: each is read back out of the text that people see, and compared."""

import json
import re
from html.parser import HTMLParser
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
import time_machine
from django.core.management import CommandError, call_command

from kit.references.reading import NotRead, figures_in
from kit.zips import packed
from reports.content.chapters import chapters_of
from reports.enums import BuildFormat
from reports.printers import printed
from tests.pdf_checks import assert_accessible_pdf
from tests.reports.printed_samples import cohort_of_six, joint_of, own_content

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22 09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def cohort():
    return cohort_of_six()


@pytest.fixture(params=[own_content, joint_of], ids=["own", "joint"])
def content(request, cohort):
    return request.param(cohort)


def rezipped(data, name, change):
    """The zip with one of its files changed."""
    with ZipFile(BytesIO(data)) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    assert change(files[name]) != files[name]
    return packed({**files, name: change(files[name])})


def test_all_formats_print_the_same_figures(content):
    printed_by_ref = {number.ref: number.printed for number in content.numbers}
    assert len(printed_by_ref) >= 30
    assert len(printed_by_ref) == len(content.numbers)
    for file_format in (BuildFormat.PDF, BuildFormat.WORD, BuildFormat.WEB, BuildFormat.JSON):
        figures = figures_in(printed(content, file_format))
        assert list(figures.items()) == list(printed_by_ref.items()), file_format
    shown = figures_in(printed(content, BuildFormat.SLIDES))
    assert len(shown) >= 20
    assert shown.items() <= printed_by_ref.items()


def test_a_reference_leaves_the_pdf_as_valid_as_it_was(content):
    assert_accessible_pdf(printed(content, BuildFormat.PDF))


def test_chapters_have_the_headings_and_figures_of_the_content(content):
    chapters = chapters_of(content)
    assert tuple(line for chapter in chapters for line in chapter.contents) == content.headings
    cells = [cell for chapter in chapters for block in chapter.tables for row in block.table.cells for cell in row]
    refs = [(cell.ref, cell.text) for cell in cells if cell.ref]
    assert refs == [(number.ref, number.printed) for number in content.numbers]
    names = [block.name for chapter in chapters for block in chapter.tables]
    assert len(names) == len(set(names))


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("file_format", [each for each in BuildFormat if each != BuildFormat.JSON])
def test_the_same_content_gives_the_same_bytes(content, file_format):
    assert printed(content, file_format) == printed(content, file_format)


class TestWhatIsReadIsWhatIsSeen:
    """A figure that is changed in the text alone is read as changed."""

    def test_in_word(self, cohort):
        content = own_content(cohort)
        number = content.numbers[0]

        def other(data):
            return re.sub(rb'(w:name="_siffra_1"/>.*?<w:t>)[^<]*', rb"\g<1>99", data, count=1, flags=re.DOTALL)

        changed = rezipped(printed(content, BuildFormat.WORD), "word/document.xml", other)
        assert figures_in(changed)[number.ref] == "99"

    def test_in_slides(self, cohort):
        data = printed(own_content(cohort), BuildFormat.SLIDES)
        chart = next(
            name for name in ZipFile(BytesIO(data)).namelist() if re.fullmatch(r"ppt/charts/chart\w+.xml", name)
        )

        def other(data):
            return re.sub(rb"(<c:val>.*?<c:v>)[^<]*", rb"\g<1>99.5", data, count=1, flags=re.DOTALL)

        # The same value stands in another chart, and a file that contradicts itself is refused.
        with pytest.raises(NotRead, match="printed both as 99,5 and as"):
            figures_in(rezipped(data, chart, other))

    def test_in_web_pages(self, cohort):
        content = own_content(cohort)
        data = printed(content, BuildFormat.WEB)
        page = next(name for name in ZipFile(BytesIO(data)).namelist() if "sjalvskattning" in name)
        changed = rezipped(data, page, lambda html: re.sub(rb'(data-ref="[^"]*">)[^<]*', rb"\g<1>99", html, count=1))
        assert figures_in(changed)[content.numbers[0].ref] == "99"

    def test_in_a_pdf(self, cohort, monkeypatch):
        from reports.printers import pdf

        content = own_content(cohort)
        html = pdf.html_of(content)
        changed = re.sub(r'(data-ref="[^"]*">)[^<]*', r"\g<1>99", html, count=1)
        monkeypatch.setattr(pdf, "html_of", lambda _: changed)
        assert figures_in(pdf.printed(content))[content.numbers[0].ref] == "99"


class TestTheCommand:
    def test_it_prints_a_line_for_each(self, cohort, tmp_path):
        content = joint_of(cohort)
        path = tmp_path / "rapport.docx"
        path.write_bytes(printed(content, BuildFormat.WORD))
        said = StringIO()
        call_command("numbers", str(path), stdout=said)
        assert said.getvalue() == "".join(f"{number.ref}\t{number.printed}\n" for number in content.numbers)

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "it is no PDF, Word"),
            (b"text", "it is no PDF, Word"),
            (b"PK\x03\x04 broken", "a broken zip file"),
            (b"%PDF-1.7 broken", "a broken PDF"),
            (b"{}", "not that of a report"),
            (
                b'{"numbers": [{"ref": "a", "printed": "1"}, {"ref": "a", "printed": "2"}]}',
                "a is printed both as 1 and as 2",
            ),
        ],
    )
    def test_what_cannot_be_read_is_told_in_one_line(self, tmp_path, data, words):
        path = tmp_path / "fil"
        path.write_bytes(data)
        with pytest.raises(CommandError, match=words) as refused:
            call_command("numbers", str(path))
        assert "\n" not in str(refused.value)

    def test_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(CommandError, match="expected a file that can be read"):
            call_command("numbers", str(tmp_path / "ingen.pdf"))

    def test_word_of_another_make_holds_no_figures(self, tmp_path):
        from docx import Document

        path = tmp_path / "annan.docx"
        Document().save(path)
        said = StringIO()
        call_command("numbers", str(path), stdout=said)
        assert said.getvalue() == ""

    def test_not_read_is_a_plain_error(self):
        with pytest.raises(NotRead):
            figures_in(b"x")


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.tags = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]


class TestWebPages:
    def test_nothing_is_asked_for_elsewhere_and_every_link_leads_somewhere(self, content):
        with ZipFile(BytesIO(printed(content, BuildFormat.WEB))) as archive:
            names = set(archive.namelist())
            pages = {name: archive.read(name).decode() for name in names if name.endswith(".html")}
            css = archive.read("rapport.css").decode()
        assert "url(" not in css
        assert "@import" not in css
        assert len(pages) == len([chapter for chapter in chapters_of(content) if chapter.title]) + 1
        for page in pages.values():
            parser = Links()
            parser.feed(page)
            assert {link.partition("#")[0] for link in parser.links} <= names | {""}
            assert {"script", "img", "style", "iframe"} & set(parser.tags) == set()
            assert parser.tags.count("h1") == parser.tags.count("main") == 1
            assert '<html lang="sv">' in page

    def test_a_draft_and_a_demonstration_say_so_on_every_page(self):
        content = joint_of(cohort_of_six(constructed=True, provenance="Påhittat.")).as_draft()
        with ZipFile(BytesIO(printed(content, BuildFormat.WEB))) as archive:
            pages = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".html")]
        for page in pages:
            assert "Arbetsmaterial" in page
            assert "Påhittade organisationer, värden och texter" in page

    def test_typed_text_is_text(self, cohort):
        report = cohort.participations.first().report
        report.texts.filter(key="results").update(text='<img src="http://127.0.0.1/x"> & <b>fet</b>')
        data = printed(own_content(cohort), BuildFormat.WEB)
        with ZipFile(BytesIO(data)) as archive:
            assert not any(b"<img" in archive.read(name) for name in archive.namelist())

    def test_the_json_is_as_it_was(self, content):
        document = json.loads(printed(content, BuildFormat.JSON))
        assert [number["ref"] for number in document["numbers"]] == [number.ref for number in content.numbers]
