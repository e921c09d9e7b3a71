"""The sentences of the pages that ask before a report is handed in, published or taken back."""

from collections.abc import Iterator, Mapping
from datetime import date

from assessments.figures.reach import brought_within_reach
from assessments.figures.statistics import Answers
from improvements.models import Improvement
from kit.rich.placing import placed_in
from kit.templatetags.swedish import day, enumerated, in_words, sentence
from reports.content.organisation import OrganisationContent
from reports.live import changed_in, figures_of
from reports.models import Quote, Report, ReportEdition, ReportSection
from reports.placing import placeables_of, unprinted_in
from reports.quoting import documents_in, stands_in
from reports.sections import places_of, section_of, sections_of

ANYONE = "Vem som helst kan läsa den när den är publicerad, också utan att logga in."
READ_WHEN_HANDED_IN = "SKR:s processledare, era mentorer och den lärande utvärderaren läser den när den är inlämnad."


def what_happens(edition: ReportEdition, newest: ReportEdition | None, began: date | None) -> Iterator[str]:
    """Say what handing in does: `edition` is the one it would make, `newest` the one before."""
    if edition._state.adding:
        yield (
            f"Rapporten fryses som utgåva {edition.number}. Det ni ändrar efteråt i självskattningar, insatser och "
            "förbättringsarbeten kommer inte med."
        )
        yield "En politiker eller chef hos er blir ombedd att läsa och godkänna just den utgåvan."
        if newest:
            yield f"Rapporten har ändrats sedan utgåva {newest.number}, så den behöver godkännas på nytt."
    else:
        again = ", och godkännandet gäller fortfarande" if edition.is_approved else ""
        yield f"Inget har ändrats sedan utgåva {edition.number}, så den utgåvan gäller som förut{again}."
    yield "Inget publiceras än. Det gör du själv, när rapporten är godkänd."
    if began:
        yield f"SKR började sammanställa rapporterna {day(began)}, så ni kan inte ta tillbaka den själva."
    else:
        yield "Ni kan ta tillbaka den tills SKR börjar sammanställa omgångens rapporter."


def what_is_missing(report: Report, content: OrganisationContent) -> Iterator[str]:
    yield from _unwritten(report, content)
    if content.values is None:
        yield "Era värden i självskattningen kommer inte med."
    elif not content.values.comments:
        yield "Inga kommentarer till momenten kommer med."
    if content.results is None:
        yield "Era svar om förväntade resultat och era egna mål kommer inte med."
    if not content.efforts:
        yield "Ingen insats kommer med."
    if not content.improvements:
        yield "Inget förbättringsarbete kommer med."
    for work in unnamed(report):
        yield (
            f"Idén till ”{work.title}” kommer från {work.borrowed_from}, som inte har sagt ja till att nämnas. Därför "
            "står det ”en annan organisation”."
        )


def _unwritten(report: Report, content: OrganisationContent) -> Iterator[str]:
    written = {section.key for section in content.sections}
    begun = set(map(section_of, written))
    sections = sections_of(report.participation.cohort)
    empty = [f"”{section.text}”" for section in sections if section.key not in begun]
    if len(empty) == 1:
        yield f"Avsnittet {empty[0]} är tomt."
    elif empty:
        yield f"{sentence(in_words(len(empty)))} avsnitt är tomma: {enumerated(empty)}."
    for section in sections:
        parts = [place for place in section.places if place.part]
        if section.key in begun and (n := sum(place.key not in written for place in parts)):
            yield f"{sentence(in_words(n))} av {in_words(len(parts))} delar av ”{section.text}” är tomma."


def what_is_required(report: Report, content: OrganisationContent) -> str:
    """Return the sentence that refuses a report where a section that must be there is empty; else nothing."""
    begun = {section_of(section.key) for section in content.sections}
    sections = sections_of(report.participation.cohort)
    empty = [f"”{section.text}”" for section in sections if section.required and section.key not in begun]
    if not empty:
        return ""
    what = "Avsnittet ska vara med" if len(empty) == 1 else "De avsnitten ska vara med"
    return f"Skriv {enumerated(empty)} innan ni lämnar in rapporten. {what}."


def what_has_changed(report: Report) -> Iterator[str]:
    """Say which figures in running text are no longer those of the tables, and which tables in it are not printed."""
    figures = figures_of(report)
    texts = {text.key: text for text in report.texts.all()}
    places = places_of(report.participation.cohort)
    for place in places:
        for figure in changed_in(texts[place.key].document, figures) if place.key in texts else ():
            yield f"En siffra i ”{place.full}” har ändrats. {figure.in_words}"
    yield from _not_printed(report, {place.full: texts[place.key] for place in places if place.key in texts})


def _not_printed(report: Report, texts: Mapping[str, ReportSection]) -> Iterator[str]:
    holding = {name: text.document for name, text in texts.items() if placed_in(text.document)}
    placeables = placeables_of(report) if holding else ()
    for name, document in holding.items():
        yield from (f"{each.title} i ”{name}”. {each.text}" for each in unprinted_in(document, placeables))


def which_quotes_are_gone(report: Report, content: OrganisationContent) -> Iterator[str]:
    documents = documents_in(content)
    names = {place.key: place.full for place in places_of(report.participation.cohort)}
    for quote in Quote.objects.to_be_quoted().filter(section__report=report):
        key = quote.section.key
        if key not in documents or not stands_in(quote.text, documents[key]):
            yield (
                f"Citatet ”{quote.text}” står inte längre i ”{names.get(key, key)}”, så SKR kan inte använda det. Märk "
                "meningen på nytt om den är omskriven."
            )


def what_comes_within_reach(report: Report, values: Mapping[int, Answers]) -> Iterator[str]:
    """Say whose values someone could work out more of, if these are published."""
    others = brought_within_reach(report.participation, values)
    if others:
        names = enumerated(other.organisation.name for other in others)
        yield (
            "Era värden går att ställa bredvid omgångens siffror. När de är publicerade kan den som läser båda räkna "
            f"ut mer om {names}."
        )


def unnamed(report: Report) -> list[Improvement]:
    works = report.participation.improvements.filter(public=True, borrowed_from__isnull=False)
    return list(works.exclude(lender_agrees=True).select_related("borrowed_from"))


def what_is_public(content: OrganisationContent) -> Iterator[str]:
    parts = [_number(len(content.sections), "avsnitt", "avsnitt")]
    if content.values:
        parts.append("era värden i självskattningen")
        if content.values.comments:
            parts.append(_number(len(content.values.comments), "kommentar", "kommentarer"))
    if content.results:
        parts.append(content.results.called)
    if content.indicators:
        parts.append("nyckeltal som ni har lagt in i texten")
    if content.efforts:
        parts.append(_number(len(content.efforts), "insats", "insatser"))
    if content.improvements:
        parts.append(_number(len(content.improvements), "förbättringsarbete", "förbättringsarbeten"))
    yield f"{ANYONE} Det gäller {enumerated(parts)}."
    shared = [f"”{section.title}”" for section in content.sections if section.shared]
    if shared:
        yield f"SKR får använda {enumerated(shared)} i den gemensamma rapporten, med ert namn, när den är godkänd."
    else:
        yield "SKR får inte använda något avsnitt i den gemensamma rapporten."


def _number(number: int, singular: str, plural: str) -> str:
    return (
        f"{'ett' if singular in ('avsnitt', 'förbättringsarbete') else 'en'} {singular}"
        if number == 1
        else (f"{in_words(number)} {plural}")
    )
