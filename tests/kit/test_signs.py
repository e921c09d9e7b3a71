"""What is typed can be printed: every sign has a glyph, or its name stands for it, and every line ends where it did."""

import re

import pytest
from fontTools.ttLib import TTFont
from whitenoise.compress import Compressor

from kit.canonical import with_line_ends
from kit.fonts import INTER, OTHERS, covered, faces, font_path
from kit.prose import parts, split_in_paragraphs, with_links
from kit.signs import in_xml, named_on_paper, on_paper, paper_note
from kit.templatetags.typed import typed, typed_in_cell, typed_inline
from tests.hostile import ADDRESS, HOSTILE


class TestFonts:
    def test_together_they_are_at_most_three_megabytes(self):
        files = list(font_path("README.md").parent.iterdir())
        assert sum(file.stat().st_size for file in files) < 3_000_000

    def test_each_is_listed_used_and_licensed(self):
        folder = font_path("README.md").parent
        fonts = {file.name for file in folder.iterdir() if file.suffix in (".ttf", ".woff2")}
        assert fonts == {*INTER, *OTHERS}
        assert all(f"static:fonts/{name}" in faces() for name in fonts)
        readme = (folder / "README.md").read_text()
        for licence in ("LICENSE-Inter.txt", "LICENSE-Noto.txt"):
            assert licence in readme
            assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / licence).read_text()

    @pytest.mark.parametrize("file", [*INTER, *OTHERS])
    def test_each_has_a_space_since_a_run_in_it_may_hold_one(self, file):
        with TTFont(font_path(file), lazy=True) as font:
            assert ord(" ") in font.getBestCmap()

    def test_they_are_not_packed_for_browsers_which_takes_longer_than_all_else(self, settings):
        packer = Compressor(settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS)
        assert [name for name in (*INTER, *OTHERS, "kit/base.css") if packer.should_compress(name)] == ["kit/base.css"]


class TestOnPaper:
    @pytest.mark.parametrize("kind", ["emoji", "kinds of emoji", "scripts", "markup", "address", "list", "decomposed"])
    def test_what_our_fonts_have_is_printed_as_it_is(self, kind):
        assert on_paper(HOSTILE[kind]) == HOSTILE[kind]
        assert named_on_paper(HOSTILE[kind]) == {}

    @pytest.mark.parametrize(
        ("typed", "printed"),
        [
            ("中", "[CJK UNIFIED IDEOGRAPH-4E2D]"),
            ("ह", "[DEVANAGARI LETTER HA]"),
            ("\ue000", "[U+E000]"),
            ("\uffff", "[U+FFFF]"),
            ("ﬁ 𝐀 Ａ ㎡", "fi A A m2"),
            ("a\u3000b\u1680c", "a b c"),
            ("a\x07b\u2060c\u180ed", "abcd"),
            ("\uf0b7 \uf0fc", "• ✓"),
        ],
    )
    def test_what_stands_for_another_sign(self, typed, printed):
        assert on_paper(typed) == printed

    def test_every_sign_has_a_glyph_or_shapes_one(self):
        for text in HOSTILE.values():
            shown = re.sub(
                "[\n\u00ad\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufe0e\ufe0f\U000e0020-\U000e007f]", "", on_paper(text)
            )
            assert {ord(sign) for sign in shown} <= covered()

    def test_it_is_told_which_signs_are_named(self):
        assert paper_note("Vi är nöjda 👍") == ""
        assert paper_note("中中") == (
            "Ett tecken finns inte i PDF:ens typsnitt. Där står dess namn i stället: 中 blir "
            "[CJK UNIFIED IDEOGRAPH-4E2D]."
        )
        assert paper_note("中文报告").startswith(
            "4 tecken finns inte i PDF:ens typsnitt. Där står deras namn i stället: 中"
        )
        assert paper_note("中文报告").endswith("och så vidare.")
        assert paper_note("中文").endswith("文 blir [CJK UNIFIED IDEOGRAPH-6587].")


class TestLines:
    def test_shift_enter_of_word_is_a_line_end(self):
        assert with_line_ends("Rad ett\x0brad två") == "Rad ett\nrad två"
        assert in_xml("Rad ett\x0brad två") == "Rad ett\nrad två"
        assert on_paper("Rad ett\x0brad två") == "Rad ett\nrad två"

    def test_every_kind_of_line_end_is_one(self):
        lines = with_line_ends(HOSTILE["line ends"]).split("\n")
        assert [line.split()[1] for line in lines] == ["ett", "två", "tre", "fyra", "fem", "sex", "sju"]

    def test_paragraphs_stand_between_empty_lines(self):
        assert split_in_paragraphs("a\r\nb\n\n \n  c\n\n") == ["a\nb", "c"]
        assert split_in_paragraphs(" \n ") == []

    def test_a_list_is_two_lines_or_more_with_signs(self):
        assert list(parts("Vi mätte:\n- kvinnor 14\n- män 9\nKlart.")) == [
            (False, ["Vi mätte:"]),
            (True, ["- kvinnor 14", "- män 9"]),
            (False, ["Klart."]),
        ]
        assert list(parts("1. Först\n2) sedan")) == [(True, ["1. Först", "2) sedan"])]
        assert list(parts("– Vi har slutat fråga om.\nOrdföranden")) == [
            (False, ["– Vi har slutat fråga om.", "Ordföranden"])
        ]
        assert list(parts("2019. Ett år\n-1 grad")) == [(False, ["2019. Ett år", "-1 grad"])]

    def test_text_becomes_paragraphs_lists_and_lines(self):
        assert typed("Så här:\nrad\n\n- <a>\n- b & c") == (
            '<p>Så här:<br>rad</p>\n<ul class="typed"><li>- &lt;a&gt;</li><li>- b &amp; c</li></ul>'
        )

    def test_addresses_are_links_and_nothing_else_is(self):
        assert f'<a href="{ADDRESS}" rel="nofollow">{ADDRESS}</a>' in typed_inline(f"Se {ADDRESS}.")
        assert 'href="mailto:anna.ek@exempel.invalid"' in typed_inline(HOSTILE["addresses"])
        assert "<a" not in typed_inline("javascript:alert(1) file:///etc/passwd =1+1")

    def test_the_same_addresses_in_pieces(self):
        assert list(with_links("Se http://exempel.invalid/a?b=c&d=<e>, ja & nej.")) == [
            ("Se ", ""),
            ("http://exempel.invalid/a?b=c&d=", "http://exempel.invalid/a?b=c&d="),
            ("<e>, ja & nej.", ""),
        ]
        assert list(with_links("")) == []

    def test_in_a_cell_an_unbroken_text_may_be_cut_between_signs(self):
        assert typed_in_cell("jämställdhetsintegrering") == "jämställdhetsintegrering"
        assert typed_in_cell("&" * 40) == "&amp;" * 24 + "\u200b" + "&amp;" * 16
        linked = typed_in_cell(ADDRESS)
        assert f'href="{ADDRESS}"' in linked
        assert "\u200b" in linked
