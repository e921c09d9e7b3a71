"""The library's own template made ours: 16:9, our colours and fonts, two layouts and nothing else."""

from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Opened
from pptx.util import Inches

from kit.ramp import LAST, MIDDLE

FONT = "Arial"
INK, TEXT, MUTED, AMBER = (RGBColor.from_string(colour) for colour in ("0F3D45", "25323B", "4F5B64", "6B4A00"))
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, ROOM = Inches(0.6), Inches(12.13)
TITLE_ONLY, TITLE_AND_TEXT = "Title Only", "Title and Content"
# The places of the placeholders: left, top, width, height.
PLACES = {
    PP_PLACEHOLDER.TITLE: (LEFT, Inches(0.4), ROOM, Inches(0.9)),
    PP_PLACEHOLDER.BODY: (LEFT, Inches(2.15), ROOM, Inches(4.5)),
    PP_PLACEHOLDER.OBJECT: (LEFT, Inches(2.15), ROOM, Inches(4.5)),
    PP_PLACEHOLDER.FOOTER: (LEFT, Inches(6.93), Inches(11), Inches(0.35)),
    PP_PLACEHOLDER.SLIDE_NUMBER: (Inches(11.73), Inches(6.93), Inches(1), Inches(0.35)),
    PP_PLACEHOLDER.DATE: (Inches(11.6), Inches(6.93), Inches(0.1), Inches(0.35)),
}


LINE = f"""<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="90" name="Linje"/><p:cNvSpPr/>
<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{WIDTH}" cy="{Inches(0.14)}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill>
<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"""


def new_presentation() -> Opened:
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = WIDTH, HEIGHT
    _keep_two_layouts(presentation)
    _dress_theme(presentation)
    master = presentation.slide_master
    for owner in (master, *presentation.slide_layouts):
        for place in owner.placeholders:
            place.left, place.top, place.width, place.height = PLACES[place.placeholder_format.type]
    _dress_master(master)
    return presentation


def layout(presentation: Opened, name: str) -> Any:
    # By name and never by number: another template has others.
    return next(layout for layout in presentation.slide_layouts if layout.name == name)


def _keep_two_layouts(presentation: Opened) -> None:
    layouts = presentation.slide_layouts
    for each in list(layouts):
        if each.name not in (TITLE_ONLY, TITLE_AND_TEXT):
            layouts.remove(each)


def _dress_theme(presentation: Opened) -> None:
    """Give charts and new text our colours and a font that every office has."""
    theme = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = theme.blob.decode()
    for old, new in (("4F81BD", LAST.fill[1:]), ("C0504D", MIDDLE.fill[1:]), ("1F497D", "0F3D45")):
        text = text.replace(f'val="{old}"', f'val="{new.upper()}"')
    theme._blob = text.replace('latin typeface="Calibri"', f'latin typeface="{FONT}"').encode()


def _dress_master(master: Any) -> None:
    title = master._element.find(".//" + qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    text = title.find(qn("a:defRPr"))
    text.set("sz", "3000")
    text.set("b", "1")
    text.find(qn("a:solidFill")).find(qn("a:schemeClr")).set("val", "tx2")
    # A line along the top, below all else.
    tree = master.shapes._spTree
    tree.insert(tree.index(tree.find(qn("p:sp"))), parse_xml(LINE))
