"""How a source may be shortened: its own words in their order, with a mark where some are left out."""

import pytest

from reports.shortening import keeps_the_words

ORIGINAL = "Vi nådde målet bara i två av tio fall. Sedan ändrade vi mallen. Nu frågar alla!"


@pytest.mark.parametrize(
    "shortened",
    [
        ORIGINAL,
        "Sedan ändrade vi mallen.",
        "Vi nådde målet […] i två av tio fall.",
        "Vi nådde målet bara i två… Nu frågar alla!",
        "… ändrade vi mallen. […]",
        "Sedan  ändrade\nvi mallen. [...] alla!",
        "Vi nådde målet bara i två av tio fall. … Nu frågar alla!",
    ],
)
def test_its_words_in_order_with_marks(shortened):
    assert keeps_the_words(shortened, ORIGINAL)


@pytest.mark.parametrize(
    "shortened",
    [
        "",
        "[…]",
        "Vi nådde målet",
        "målet bara i två av tio fall.",
        "Vi nådde målet i två av tio fall.",
        "Nu frågar alla! […] Vi nådde målet […]",
        "Vi nådde målet […] i tre av tio fall.",
        "Vi nådde målet … målet bara i två av tio fall.",
        "Sedan ändrade vi mallen. Nu frågar alla! Nu frågar alla!",
        ORIGINAL.upper(),
    ],
)
def test_nothing_else(shortened):
    assert not keeps_the_words(shortened, ORIGINAL)


def test_a_mark_in_the_source_itself_is_no_word():
    assert keeps_the_words("Vi väntade och sedan kom det.", "Vi väntade … och sedan kom det.")
    assert keeps_the_words("Vi väntade … kom det.", "Vi väntade… och sedan kom det.")


def test_the_later_of_two_places_is_found():
    assert keeps_the_words("Ja. Nej.", "Jo, Ja. Kanske. Ja. Nej.")
