"""Our pictures as PNG, for Word and slides, which do not draw SVG alike."""

from pathlib import Path
from tempfile import TemporaryDirectory

from resvg_py import svg_to_bytes

from kit.fonts import INTER, OTHERS, font_path, unpacked
from kit.pictures.base import Picture

WIDTH = 1600


def png_of(picture: Picture) -> bytes:
    svg = str(picture.svg_for_print)
    with TemporaryDirectory() as folder:
        # It reads no woff2, and without the machine's own fonts it draws the same everywhere.
        inter = [_plain(file, Path(folder)) for file in INTER]
        fonts = [*inter, *(str(font_path(file)) for file in OTHERS)]
        return bytes(
            svg_to_bytes(svg_string=svg, width=WIDTH, background="white", font_files=fonts, skip_system_fonts=True)
        )


def _plain(file: str, folder: Path) -> str:
    path = folder / f"{Path(file).stem}.ttf"
    path.write_bytes(unpacked(font_path(file)))
    return str(path)
