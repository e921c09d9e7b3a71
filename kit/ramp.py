"""The colours of the steps. Only `static/kit/ramp.css` repeats them, and a test compares the two.

The number always stands in the colour, so nobody has to tell the colours apart.
"""

from typing import NamedTuple


class Tone(NamedTuple):
    """A colour, and the colour of the text on it."""

    fill: str
    ink: str


FIRST, LAST = Tone("#d5e6e6", "#10272b"), Tone("#0f5b66", "#ffffff")
MIDDLE = Tone("#5fa3a6", "#08191c")
# The colours by the number of steps in the scale, for paper and a light screen. The ends are the same on every scale.
RAMPS = {
    3: (FIRST, MIDDLE, LAST),
    4: (FIRST, Tone("#86b9bb", "#08191c"), Tone("#3b7f86", "#ffffff"), LAST),
}
DARK_FIRST, DARK_LAST = Tone("#24444a", "#f1f5f5"), Tone("#9fd6d6", "#08191c")
DARK_RAMPS = {
    3: (DARK_FIRST, Tone("#4f9499", "#04100f"), DARK_LAST),
    4: (DARK_FIRST, Tone("#41797f", "#ffffff"), Tone("#6aaaad", "#08191c"), DARK_LAST),
}
