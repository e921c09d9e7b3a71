"""Text with a small structure: read, tidied, to and from plain text and Markdown, and printed."""

import re
from datetime import date
from html.parser import HTMLParser
from io import BytesIO

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from hypothesis import given, settings

from kit.rich import (
    Document,
    NotADocument,
    document_of,
    from_plain,
    html_of,
    length_of,
    markdown_of,
    read_document,
    restored,
    stored,
    to_plain,
    write_docx,
)
from kit.rich.figures import figures_of, with_figures
from kit.rich.placing import parts_of, placed_in, without_placed
from kit.rich.plain import running_words
from kit.rich.structure import (
    FigureNode,
    Footnote,
    Heading,
    ItemList,
    LineBreak,
    ListItem,
    Paragraph,
    PlacedNode,
    Run,
)
from kit.word import About, bytes_of, new_document
from tests.documents import documents, texts

WHOLE = r"""# Så gjorde vi

Vi **mätte** i *tre* veckor^[Se https://exempel.invalid/x.] och läste [rapporten](https://exempel.invalid/r).
Ny rad.

## Det som hjälpte

- ett
  - inre **fet**
- två

1. först
2. sedan^[Andra noten.]

> Vi hade läst tabellen i tio år.
>
> - med lista"""
PLAIN = """Så gjorde vi

Vi mätte i tre veckor[1] och läste rapporten (https://exempel.invalid/r).
Ny rad.

Det som hjälpte

- ett
  - inre fet
- två

1. först
2. sedan[2]

Vi hade läst tabellen i tio år.
- med lista

[1] Se https://exempel.invalid/x.
[2] Andra noten."""


def para(*content):
    return {"type": "paragraph", "content": list(content)}


def text(words, *marks):
    return {"type": "text", "text": words, "marks": list(marks)}


def doc(*blocks):
    return {"type": "doc", "content": list(blocks)}


def link(href):
    return {"type": "link", "attrs": {"href": href}}


class TestSchema:
    def test_what_is_written_is_read_again(self):
        document = document_of(WHOLE)
        assert read_document(document.as_json()) == document
        assert [block["type"] for block in document.as_json()["content"]] == [
            "heading",
            "paragraph",
            "heading",
            "bullet_list",
            "ordered_list",
            "blockquote",
        ]

    @pytest.mark.parametrize(
        "value",
        [
            None,
            "text",
            [],
            {"type": "paragraph"},
            {"type": "doc", "content": "text"},
            {"type": "doc", "content": [], "attrs": {"style": "x"}},
            doc({"type": "script", "content": []}),
            doc({"type": ["doc"]}),
            doc(text("outside")),
            doc({"type": "paragraph", "attrs": {"class": "x"}, "content": []}),
            doc({"type": "heading", "attrs": {"level": 3}, "content": []}),
            doc({"type": "heading", "attrs": {"level": True}, "content": []}),
            doc({"type": "heading", "content": []}),
            doc({"type": "blockquote", "content": [{"type": "blockquote", "content": []}]}),
            doc({"type": "bullet_list", "content": [para(text("no item"))]}),
            doc({"type": "bullet_list", "content": [{"type": "list_item", "content": []}]}),
            doc({"type": "bullet_list", "content": [{"type": "list_item", "content": [para(), para()]}]}),
            doc(para({"type": "image", "attrs": {"src": "x"}})),
            doc(para({"type": "text", "text": 3})),
            doc(para({"type": "text", "text": "x", "marks": "strong"})),
            doc(para(text("x", {"type": "underline"}))),
            doc(para(text("x", {"type": "strong", "attrs": {}}))),
            doc(para(text("x", {**link("https://exempel.invalid"), "attrs": {"href": "https://a.se", "title": "x"}}))),
            doc(para({"type": "footnote", "attrs": {"text": 1}})),
            doc(para({"type": "figure", "attrs": {"ref": "a.b"}})),
            doc(para({"type": "figure", "attrs": {"ref": "A b", "text": "1"}})),
            doc(para({"type": "figure", "attrs": {"ref": "a" * 201, "text": "1"}})),
            doc(para({"type": "figure", "attrs": {"ref": "a", "text": 1}})),
            doc(para({"type": "figure", "attrs": {"ref": "a", "text": "1"}, "marks": []})),
            doc(para({"type": "hard_break", "content": []})),
        ],
    )
    def test_what_does_not_follow_it_is_refused(self, value):
        with pytest.raises(NotADocument):
            read_document(value)

    @pytest.mark.parametrize("depth", [3, 4])
    def test_lists_are_at_most_three_deep(self, depth):
        inner = {"type": "list_item", "content": [para(text("innerst"))]}
        for _ in range(depth - 1):
            inner = {"type": "list_item", "content": [para(text("x")), {"type": "bullet_list", "content": [inner]}]}
        value = doc({"type": "bullet_list", "content": [inner]})
        if depth == 3:
            assert read_document(value)
        else:
            with pytest.raises(NotADocument, match="at most 3 deep"):
                read_document(value)

    @pytest.mark.parametrize(
        ("href", "is_right"),
        [
            ("https://exempel.invalid/a", True),
            ("HTTP://exempel.invalid", True),
            ("mailto:anna@exempel.invalid", True),
            ("https://exempel.invalid/" + "a" * 476, True),
            ("https://exempel.invalid/" + "a" * 477, False),
            ("javascript:alert(1)", False),
            ("data:text/html,x", False),
            ("//exempel.invalid", False),
            ("/omgangar/", False),
            ("https://", False),
            ("http://[", False),
            ("http://exempel.invalid:port/", False),
            ("https://exempel.invalid/ x", False),
            ("https://exempel.invalid/\n", False),
            (None, False),
        ],
    )
    def test_a_link_leads_to_the_web_or_to_an_address(self, href, is_right):
        value = doc(para(text("x", link(href))))
        if is_right:
            assert read_document(value).as_json() == value
        else:
            with pytest.raises(NotADocument):
                read_document(value)

    def test_what_looks_the_same_is_the_same(self):
        strong = {"type": "strong"}
        untidy = doc(
            para(),
            para(text(" Ett ", strong), text("tu", strong), text("  "), {"type": "hard_break"}),
            para(text("a"), {"type": "hard_break"}, {"type": "hard_break"}, text("b")),
            {"type": "bullet_list", "content": [{"type": "list_item", "content": [para(text("ett"))]}]},
            {"type": "bullet_list", "content": [{"type": "list_item", "content": [para(text("två"))]}]},
            {"type": "bullet_list", "content": [{"type": "list_item", "content": [para(text(" "))]}]},
        )
        assert read_document(untidy) == Document(
            (
                Paragraph((Run("Ett tu", strong=True),)),
                Paragraph((Run("a"),)),
                Paragraph((Run("b"),)),
                ItemList(numbered=False, items=(ListItem((Run("ett"),)), ListItem((Run("två"),)))),
            )
        )


class TestMarkdown:
    def test_the_whole_of_it(self):
        assert markdown_of(document_of(WHOLE)) == WHOLE

    @given(documents())
    def test_every_document_comes_back(self, value):
        document = read_document(value)
        assert document_of(markdown_of(document)) == document

    @given(texts)
    def test_whatever_is_typed_is_stable_after_once(self, typed):
        document = document_of(typed)
        assert document_of(markdown_of(document)) == document

    @pytest.mark.parametrize(
        ("typed", "is_read"),
        [
            ("3 * 4 * 5", "3 * 4 * 5"),
            ("**halv", "**halv"),
            ("Se [SKR](javascript:alert(1))", "Se [SKR](javascript:alert(1))"),
            ("<b>fet</b>", "<b>fet</b>"),
            ("3. mars", "3. mars"),
            ("– Ja, sa hon.", "– Ja, sa hon."),
            (r"C:\temp\*", r"C:\temp*"),
            ("#metoo", "#metoo"),
            ("[1] en källa", "[1] en källa"),
        ],
    )
    def test_what_has_no_meaning_is_text(self, typed, is_read):
        assert document_of(typed) == Document((Paragraph((Run(is_read),)),))

    def test_stars_that_switch_each_other_off(self):
        assert document_of("*a***b**") == Document((Paragraph((Run("a", em=True), Run("b", strong=True))),))

    def test_a_list_after_a_line_and_lines_within_it(self):
        items = (ListItem((Run("a"), LineBreak(), Run("b"))), ListItem((Run("c"),)))
        expected = Document((Paragraph((Run("Vi mätte:"),)), ItemList(numbered=False, items=items)))
        assert document_of("Vi mätte:\n- a\n  b\n\n* c") == expected

    def test_a_footnote_alone_is_no_heading(self):
        assert markdown_of(document_of("# ^[not]")) == "^[not]"

    def test_a_heading_has_two_levels_and_is_never_bold(self):
        assert markdown_of(document_of("### **Tre** *tre*")) == "## Tre *tre*"


class TestPlain:
    def test_lists_addresses_and_footnotes(self):
        assert to_plain(document_of(WHOLE)) == PLAIN

    def test_footnotes_may_begin_at_another_number(self):
        assert to_plain(document_of("a^[b]"), first_note=7) == "a[7]\n\n[7] b"

    def test_the_length_is_of_what_is_seen(self):
        assert length_of(document_of("**abc** [de](https://exempel.invalid/)\n\nf")) == len("abc de\n\nf")

    def test_typed_lines_and_lists(self):
        typed = "Vi mätte:\n- kvinnor\n- män\n\n1. Först\n2. sedan\n\nRad\nrad *två*"
        assert markdown_of(from_plain(typed)) == (
            "Vi mätte:\n\n- kvinnor\n- män\n\n1. Först\n2. sedan\n\nRad\nrad \\*två\\*"
        )

    @pytest.mark.parametrize("typed", ["3. mars\n4. april", "– Ja.\n– Nej.", "- ensam", "a) ett\nb) två", "# Rubrik"])
    def test_what_may_mean_something_else_stays_as_it_was_typed(self, typed):
        document = from_plain(typed)
        assert [type(block) for block in document.blocks] == [Paragraph]
        assert to_plain(document) == typed

    @given(texts)
    def test_opening_and_sending_what_is_stored_changes_nothing(self, typed):
        document = from_plain(typed)
        assert document_of(markdown_of(document)) == document


class TestStored:
    def test_plain_words_have_no_structure(self):
        assert stored(document_of("Ett.\nTvå.\n\nTre, se www.exempel.se.")) == (
            "Ett.\nTvå.\n\nTre, se www.exempel.se.",
            None,
        )

    @pytest.mark.parametrize("typed", ["**a**", "- a\n- b", "# a", "> a", "[a](https://exempel.invalid)", "a^[b]"])
    def test_anything_more_has(self, typed):
        words, structure = stored(document_of(typed))
        assert structure == document_of(typed).as_json()
        assert restored(words, structure) == document_of(typed)

    @given(documents())
    def test_whatever_is_stored_comes_back(self, value):
        document = read_document(value)
        assert restored(*stored(document)) == document

    @pytest.mark.parametrize("structure", [doc(para(text("Kim", {"type": "strong"}))), {"type": "x"}, []])
    def test_words_that_were_changed_alone_count(self, structure):
        assert restored("en medverkande", structure) == from_plain("en medverkande")


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.seen, self.open = set(), []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.seen.add((tag, *sorted(name for name, _ in attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


class TestHtml:
    def test_the_whole_of_it(self):
        html = html_of(document_of(WHOLE), anchor="avsnitt-purpose")
        assert "<h3>Så gjorde vi</h3>" in html
        assert "<h4>Det som hjälpte</h4>" in html
        assert "<li>ett<ul><li>inre <strong>fet</strong></li></ul></li>" in html
        assert '<a href="https://exempel.invalid/r" rel="nofollow">rapporten</a>.<br>Ny rad.' in html
        assert 'href="#avsnitt-purpose-not-2" id="avsnitt-purpose-till-2" aria-label="Fotnot 2">2</a></sup>' in html
        assert '<p id="avsnitt-purpose-not-2">2. Andra noten. <a href="#avsnitt-purpose-till-2"' in html
        assert '1. Se <a href="https://exempel.invalid/x" rel="nofollow">https://exempel.invalid/x</a>.' in html

    def test_no_rank_is_left_out(self):
        assert re.findall(r"<h\d", html_of(document_of("## a\n\n## b\n\n# c\n\n## d"), top=4)) == [
            "<h4",
            "<h5",
            "<h4",
            "<h5",
        ]

    def test_footnotes_go_on_from_the_text_before(self):
        assert html_of(document_of("a^[b]"), first_note=3) == (
            '<p>a<sup class="note-call">3</sup></p>\n<div class="notes"><p>3. b</p></div>'
        )

    @given(documents())
    def test_nothing_but_its_own_tags(self, value):
        page = Tags(html_of(read_document(value), anchor="x"))
        assert page.open == []
        plain = {(tag,) for tag in ("p", "h3", "h4", "ul", "ol", "li", "blockquote", "strong", "em", "br")}
        ours = {("a", "href", "rel"), ("a", "aria-label", "href"), ("a", "aria-label", "href", "id")}
        assert page.seen <= plain | ours | {("sup", "class"), ("div", "class"), ("p", "id"), ("span", "data-ref")}


class TestWord:
    @pytest.fixture
    def word(self):
        word = new_document(About("Titel", "Modell", "Huvud", date(2027, 1, 1)))
        write_docx(word, document_of(WHOLE))
        write_docx(word, document_of("1. om igen^[Tredje noten.]"))
        return docx.Document(BytesIO(bytes_of(word)))

    def test_headings_lists_and_quotations_are_real(self, word):
        assert [(line.style.name, line.text) for line in word.paragraphs] == [
            ("Heading 3", "Så gjorde vi"),
            ("Normal", "Vi mätte i tre veckor och läste rapporten.\nNy rad."),
            ("Heading 4", "Det som hjälpte"),
            ("List Bullet", "ett"),
            ("List Bullet 2", "inre fet"),
            ("List Bullet", "två"),
            ("List Number", "först"),
            ("List Number", "sedan"),
            ("Quote", "Vi hade läst tabellen i tio år."),
            ("List Bullet", "med lista"),
            ("List Number", "om igen"),
        ]

    def test_each_list_counts_from_one(self, word):
        numbers = [line._p.pPr.numPr.numId.val for line in word.paragraphs if line.style.name == "List Number"]
        assert numbers[0] == numbers[1] != numbers[2]

    def test_footnotes_are_numbered_in_the_order_of_the_text(self, word):
        part = next(rel.target_part for rel in word.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.FOOTNOTES)
        xml = part.blob.decode()
        assert re.findall(r'<w:footnote w:id="(\d+)"', xml) == ["1", "2", "3"]
        assert "Andra noten." in xml
        assert re.findall(r'footnoteReference w:id="(\d+)"', word.element.xml) == ["1", "2", "3"]

    def test_marks_and_links(self, word):
        line = word.paragraphs[1]
        assert [run.text for run in line.runs if run.bold] == ["mätte"]
        assert [run.text for run in line.runs if run.italic] == ["tre"]
        assert [link.address for link in line.hyperlinks] == ["https://exempel.invalid/r"]

    @settings(max_examples=15)
    @given(documents(most=3))
    def test_whatever_is_written_opens(self, value):
        word = new_document(About("Titel", "Modell", "Huvud", date(2027, 1, 1)))
        write_docx(word, read_document(value))
        assert docx.Document(BytesIO(bytes_of(word)))


def test_a_footnote_is_a_line():
    value = doc(para({"type": "footnote", "attrs": {"text": " två\nrader "}}, text(".")))
    assert read_document(value) == Document((Paragraph((Footnote("två rader"), Run("."))),))


FIGURES = "Nu är värdet [2,5]{sjalvskattning.moment-1.mars-2026}.\n\n> - [tre *av* \\[fem\\]]{forflyttning.framat}"


class TestPlaced:
    """A table or picture of the product between two paragraphs."""

    TYPED = "Före.\n\n![Värdena [2,5] *nu*]{tabell-varden}\n\nEfter.".replace("[2,5] *nu*", r"\[2,5\] \*nu\*")

    def test_the_reference_and_the_caption_are_stored(self):
        document = document_of(self.TYPED)
        assert document.blocks[1] == PlacedNode("tabell-varden", "Värdena [2,5] *nu*")
        assert document.as_json()["content"][1] == {
            "type": "placed",
            "attrs": {"ref": "tabell-varden", "text": "Värdena [2,5] *nu*"},
        }
        assert read_document(document.as_json()) == document
        assert markdown_of(document) == self.TYPED
        assert restored(*stored(document)) == document

    @pytest.mark.parametrize("typed", ["a\n![b]{c}\nd", "a\n\n![b]{c}\n\nd"])
    def test_a_line_of_its_own_is_enough(self, typed):
        assert [type(block) for block in document_of(typed).blocks] == [Paragraph, PlacedNode, Paragraph]

    @pytest.mark.parametrize(
        "typed",
        ["![a]{B}", "![]{b}", "!\\[a]{b}", f"![a]{{{'b' * 201}}}", "x ![a]{b}", "> ![a]{b}", "- ![a]{b}", r"\![a]{b}"],
    )
    def test_anything_else_is_text(self, typed):
        document = document_of(typed)
        assert placed_in(document) == []
        assert document_of(markdown_of(document)) == document

    def test_the_caption_is_one_line_of_three_hundred_signs(self):
        value = doc({"type": "placed", "attrs": {"ref": "a", "text": f" två\n{'x' * 297} "}})
        assert read_document(value).blocks == (PlacedNode("a", f"två {'x' * 296}"),)

    @pytest.mark.parametrize(
        "node",
        [
            {"type": "placed"},
            {"type": "placed", "attrs": {"ref": "A b", "text": "a"}},
            {"type": "placed", "attrs": {"ref": "a", "text": 1}},
            {"type": "placed", "attrs": {"ref": "a", "text": "b"}, "content": []},
            {"type": "blockquote", "content": [{"type": "placed", "attrs": {"ref": "a", "text": "b"}}]},
            para({"type": "placed", "attrs": {"ref": "a", "text": "b"}}),
        ],
    )
    def test_what_is_none_is_refused(self, node):
        with pytest.raises(NotADocument):
            read_document(doc(node))

    def test_its_caption_is_among_the_words_but_no_one_says_it(self):
        document = document_of(self.TYPED)
        assert to_plain(document) == "Före.\n\nVärdena [2,5] *nu*\n\nEfter."
        assert running_words(document) == "Före. Efter."
        assert to_plain(without_placed(document)) == "Före.\n\nEfter."

    def test_where_the_report_is_not_at_hand_its_caption_stands_for_it(self):
        assert html_of(document_of("![A & B]{c}")) == "<p>[Tabell eller bild: A &amp; B]</p>"
        word = new_document(About("Titel", "Modell", "Huvud", date(2027, 1, 1)))
        write_docx(word, document_of("![A]{c}"))
        assert word.paragraphs[-1].text == "[Tabell eller bild: A]"

    @given(documents())
    def test_the_parts_are_the_whole(self, value):
        document = read_document(value)
        parts = list(parts_of(document))
        joined = (blocks for part in parts for blocks in ([part] if isinstance(part, PlacedNode) else part.blocks))
        assert tuple(joined) == document.blocks
        assert [part for part in parts if isinstance(part, PlacedNode)] == placed_in(document)

    def test_figures_in_the_text_around_it_are_settled(self):
        document = document_of("[1]{a}\n\n![b]{c}")
        assert markdown_of(with_figures(document, lambda figure: Run("2"))) == "2\n\n![b]{c}"

    def test_headings_go_on_under_the_one_before(self):
        assert html_of(document_of("## a"), top=3, under=3) == "<h4>a</h4>"
        assert html_of(document_of("a^[b]"), with_notes=False) == '<p>a<sup class="note-call">1</sup></p>'


class TestFigures:
    def test_the_reference_and_the_words_are_stored(self):
        document = document_of(FIGURES)
        assert figures_of(document) == [
            FigureNode("sjalvskattning.moment-1.mars-2026", "2,5"),
            FigureNode("forflyttning.framat", "tre *av* [fem]"),
        ]
        assert read_document(document.as_json()) == document
        assert document_of(markdown_of(document)) == document

    @pytest.mark.parametrize("typed", ["[a]{B}", "[a]{}", "[a]{.b}", "[]{a}", "[a] {b}", f"[a]{{{'b' * 201}}}"])
    def test_what_names_no_figure_is_text(self, typed):
        assert document_of(typed) == Document((Paragraph((Run(typed),)),))

    def test_the_longest_reference_is_one(self):
        assert figures_of(document_of(f"[a]{{{'b' * 200}}}"))

    def test_a_figure_alone_is_a_heading(self):
        assert document_of("# [2,5]{a}") == Document((Heading(1, (FigureNode("a", "2,5"),)),))

    def test_the_words_are_one_line_of_a_hundred_signs(self):
        value = doc(para({"type": "figure", "attrs": {"ref": "a", "text": f" två\n{'x' * 97} "}}))
        assert figures_of(read_document(value)) == [FigureNode("a", f"två {'x' * 96}")]

    def test_they_are_words_among_words(self):
        document = document_of(FIGURES)
        assert to_plain(document) == "Nu är värdet 2,5.\n\n- tre *av* [fem]"
        assert restored(*stored(document)) == document

    def test_as_html_they_have_their_reference(self):
        html = html_of(document_of("[tre av fem]{a.b}"))
        assert html == '<p><span data-ref="a.b">tre\u00a0av\u00a0fem</span></p>'

    def test_one_that_has_changed_is_marked_for_the_eye_and_the_ear(self):
        changed = {("a", "2,5"): "2,7", ("c", "3"): ""}
        html = html_of(document_of("[2,5]{a}, [2,5]{b}, [3]{c}"), changed=changed)
        assert html == (
            '<p><mark data-ref="a">2,5</mark><span class="ds-sr-only"> (siffran har ändrats till 2,7)</span>, '
            '<span data-ref="b">2,5</span>, '
            '<mark data-ref="c">3</mark><span class="ds-sr-only"> (siffran har ändrats)</span></p>'
        )
