"""The fonts of the PDFs (`static/fonts/`), and the signs that they have."""

from functools import cache
from io import BytesIO
from pathlib import Path

from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont, woff2  # type: ignore[import-untyped]

INTER = {
    "Inter-Regular.woff2": "400",
    "Inter-Italic.woff2": "400; font-style: italic",
    "Inter-Medium.woff2": "500",
    "Inter-SemiBold.woff2": "600",
    "Inter-Bold.woff2": "700",
}
# The signs that Inter lacks are taken from these.
OTHERS = (
    "NotoEmoji-Regular.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansArmenian-Regular.ttf",
    "NotoSansEthiopic-Regular.ttf",
    "NotoSansGeorgian-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoSansMath-Regular.ttf",
    "NotoSansSymbols-Regular.ttf",
    "NotoSansSymbols2-Regular.ttf",
)


def faces() -> str:
    inter = [("Inter", file, f"; font-weight: {weight}") for file, weight in INTER.items()]
    others = [(file.partition("-")[0], file, "") for file in OTHERS]
    return "\n".join(
        f'@font-face {{ font-family: {family}{more}; src: url("static:fonts/{file}"); }}'
        for family, file, more in (*inter, *others)
    )


@cache
def covered() -> frozenset[int]:
    """Return the code points that have a glyph. Inter's italics lack a few, which its upright then lends."""
    files = (*[file for file in INTER if "Italic" not in file], *OTHERS)
    fonts = [_signs_of(file) for file in files]
    inter, others = fonts[: len(INTER) - 1], fonts[len(INTER) - 1 :]
    return frozenset(set.intersection(*inter).union(*others))


def _signs_of(file: str) -> set[int]:
    with TTFont(font_path(file), lazy=True) as font:
        return set(font.getBestCmap())


@cache
def unpacked(font: Path) -> bytes:
    # WeasyPrint would unpack Inter for each document, which takes a second.
    plain = BytesIO()
    woff2.decompress(BytesIO(font.read_bytes()), plain)
    return plain.getvalue()


def read_ahead() -> None:
    """Unpack the fonts now, which takes seconds, so that the first PDF of a process does not wait for them."""
    for file in INTER:
        unpacked(font_path(file))
    covered()


def font_path(file: str) -> Path:
    return Path(str(finders.find(f"fonts/{file}")))
