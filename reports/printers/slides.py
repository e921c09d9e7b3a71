"""A report as slides: `reports.content.slide_values` says what they show."""

from collections.abc import Callable

from kit.references.in_slides import NAMED
from kit.slides import Deck, SlideFoot
from kit.slides.deck import DeckSlide
from reports.content import ReportContent
from reports.content.slide_values import SlideValue, slides_of

DRAFT, INVENTED = "Arbetsmaterial", "Påhittade organisationer, värden och texter"
# Points and a table share the slide so.
COLUMNS = 2


def printed(content: ReportContent, progress: Callable[[], None] | None = None) -> bytes:
    cover = content.cover
    mark = " · ".join([DRAFT] * cover.draft + [INVENTED] * cover.demonstration)
    number = f", utgåva {content.stamp.number}" if content.stamp.number else ""
    deck = Deck(title=cover.title, author=cover.author, day=cover.day, foot=SlideFoot(mark, f"{cover.title}{number}"))
    about = (f"{cover.title}. {cover.subtitle}.", *(f"{line}." for line in cover.sender_lines))
    for place, value in enumerate(slides_of(content)):
        _add(deck, value, about if place == 0 else ())
        if progress:
            progress()
    return deck.done()


def _add(deck: Deck, value: SlideValue, about: tuple[str, ...]) -> None:
    slide = deck.add(value.title, with_text=bool(value.points))
    if value.lead:
        slide.lead(value.lead)
    if value.chart:
        chart = value.chart
        slide.bars(f"{NAMED}{chart.table.key}", chart.table, chart.rows, chart.places)
    slide.cards([(card.title, card.about, card.text) for card in value.cards], max(len(value.cards), COLUMNS))
    _columns(slide, value)
    if value.small:
        slide.small(value.small)
    slide.notes((*about, *filter(None, (value.lead, value.small)), *value.notes))
    slide.close()


def _columns(slide: DeckSlide, value: SlideValue) -> None:
    columns = COLUMNS if value.points and value.table else 1
    if value.points:
        slide.points(value.points, slide.body.column(0, columns))
    if value.table:
        share = 1 / len(value.table.headers)
        area = slide.body.column(columns - 1, columns)
        name = f"{NAMED}{value.table.key}" if value.table.key else value.table.caption
        slide.table(name, value.table, area, [share] * len(value.table.headers))
