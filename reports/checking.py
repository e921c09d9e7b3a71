"""What to look at before the joint report is published: each thing in a sentence, with the way to where it is mended.

A quote without consent stops the publishing (`reports.consent`). All else is told, and SKR decides.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cohorts.models import Participation
from decisions.elections import election_in
from kit.figures import FIGURE
from kit.rich.figures import figures_of as figures_in
from kit.templatetags.swedish import counted, day, enumerated, in_words, sentence
from reports.checked import Check, Checked, CheckGroup, CheckKind
from reports.consent import without_consent
from reports.content.blocks import FigureTable, TableBlock, flat
from reports.content.joint_chapters import AUTOMATIC, values_table
from reports.content.joint_value import JointContent
from reports.enums import ChapterKind
from reports.joint_chapters import ChapterPlace
from reports.joint_index import ChapterLine
from reports.live import ChangedFigure, changed_in, figures_in_joint, figures_of
from reports.models import JointReport, Report
from reports.placing import JOINT_GONE, placeables_in_joint, unprinted_in
from reports.quoting import documents_in
from reports.taken_in import unheard_among

# How a table says of how many its means are: a column of n, or the number of answers in a head.
SAYS_N = re.compile(r"\(n\)|\d+ svar")


def checks_of(joint: JointReport, content: JointContent, today: date | None = None) -> tuple[Check, ...]:
    """Return everything that `content` should be looked at for, by kind; what stops it comes first."""
    checked = Checked(joint, content)
    return (
        *without_consent(checked),
        *_changed_figures(checked, content),
        *_not_printed(checked, content),
        *_without_text(checked),
        *_without_words(checked, content),
        *_lost_sources(checked),
        *_not_done(checked),
        *_commented(checked),
        *_not_approved(checked),
        *_unheard(checked),
        *_without_n(checked, content),
        *_near_an_election(today or timezone.localdate()),
    )


def _changed_figures(checked: Checked, content: JointContent) -> Iterator[Check]:
    figures = figures_in_joint(content.kinds)
    for line in checked.written:
        for changed in changed_in(line.text.document, figures):
            yield Check(CheckKind.FIGURE, _changed(f"”{line.place.title}”", changed), line.place.url)
    yield from _changed_in_reports(checked)


def _not_printed(checked: Checked, content: JointContent) -> Iterator[Check]:
    placeables = placeables_in_joint(content)
    for line in checked.written:
        for each in unprinted_in(line.text.document, placeables, JOINT_GONE):
            yield Check(CheckKind.UNPRINTED, f"{each.title} i ”{line.place.title}”. {each.text}", line.place.url)


def _changed_in_reports(checked: Checked) -> Iterator[Check]:
    """Yield the figures that have changed in the texts that the joint report may use.

    What an organisation's figures are now takes many queries, so only the texts that hold a figure are compared.
    """
    for member in checked.members:
        report: Report | None = getattr(member, "report", None)
        content = checked.approved.get(report.pk) if report else None
        if report is None or content is None:
            continue
        documents = documents_in(content)
        shared = [documents[section.key] for section in content.sections if section.shared]
        if not any(figures_in(document) for document in shared):
            continue
        member.cohort = checked.cohort
        report.participation = member
        figures, place = figures_of(report), f"Resultatrapporten från {member.organisation.name}"
        for changed in (each for document in shared for each in changed_in(document, figures)):
            yield Check(CheckKind.FIGURE, _changed(place, changed), _report_url(member))


def _changed(place: str, figure: ChangedFigure) -> str:
    now = f"nu är det {figure.printed}" if figure.printed else "siffran finns inte längre i någon tabell"
    return f"{place} säger ”{figure.words}”, men {now}."


def _without_text(checked: Checked) -> Iterator[Check]:
    for line in checked.chapters:
        kind = line.place.chapter.kind
        if line.is_written or any(part.is_written for part in line.parts):
            continue
        if checked.is_interim or kind not in AUTOMATIC:
            yield Check(CheckKind.NO_TEXT, f"”{line.place.title}” har ingen text och kommer inte med.", line.place.url)
        elif kind != ChapterKind.ANNEX:
            text = f"”{line.place.title}” har ingen text, bara det som fylls i av sig självt."
            yield Check(CheckKind.NO_TEXT, text, line.place.url)


def _without_words(checked: Checked, content: JointContent) -> Iterator[Check]:
    """Yield the moments and stages whose figures are printed without a word about them."""
    moments, stages = _moments_with_values(content), _stages_with_shares(content)
    for line in checked.chapters:
        empty = [part.place for part in line.parts if not part.is_written]
        bare = [place for place in empty if place.part and place.part.short in moments]
        if bare:
            name = "Moment " + enumerated([place.part.short for place in bare if place.part])
            have = "har ett medelvärde" if len(bare) == 1 else "har medelvärden"
            yield Check(CheckKind.NO_WORDS, f"{name} {have} men ingen text.", _way(line, bare))
        bare = [place for place in empty if place.part and place.part.short in stages]
        if bare:
            name = enumerated([f"”{place.title}”" for place in bare])
            have = "har en andel" if len(bare) == 1 else "har andelar"
            yield Check(CheckKind.NO_WORDS, f"{name} {have} men ingen text.", _way(line, bare))


def _way(line: ChapterLine, places: Sequence[ChapterPlace]) -> str:
    return places[0].url if len(places) == 1 else line.place.url


def _moments_with_values(content: JointContent) -> set[str]:
    tables = [table for kind in content.kinds if (table := values_table(kind))]
    rows = [row for table in tables for row in table.rows if any(map(FIGURE.fullmatch, row[1:]))]
    return {row[0].partition(". ")[0] for row in rows if ". " in row[0]}


def _stages_with_shares(content: JointContent) -> set[str]:
    return {row[0] for table in content.chain for row in table.rows}


def _not_done(checked: Checked) -> Iterator[Check]:
    for line in checked.chapters:
        title = line.place.title
        if line.is_written and not line.text.is_done:
            how = "väntar på granskning" if line.text.is_reviewed else "är ett utkast"
            yield Check(CheckKind.NOT_DONE, f"”{title}” {how}.", line.place.url)
        parts = [part for part in line.parts if part.is_written and not part.text.is_done]
        if len(parts) == 1:
            text = f"Delen ”{parts[0].place.title}” är inte klar."
            yield Check(CheckKind.NOT_DONE, text, parts[0].place.url)
        elif parts:
            text = f"{sentence(in_words(len(parts)))} delar av ”{title}” är inte klara."
            yield Check(CheckKind.NOT_DONE, text, line.place.url)


def _not_approved(checked: Checked) -> Iterator[Check]:
    """Yield the reports that are not approved; an interim report does not wait for them."""
    for member in () if checked.is_interim else checked.members:
        report: Report | None = getattr(member, "report", None)
        if (report is None or report.is_draft) and not member.reported:
            text = f"Resultatrapporten från {member.organisation.name} är inte inlämnad."
            # Nobody else reads a report that is not handed in; its people can be asked.
            yield Check(CheckKind.REPORT, text, reverse("people:people", args=[member.cohort.slug, member.code]))
        elif report and not report.is_draft and report.pk not in checked.approved:
            text = f"Resultatrapporten från {member.organisation.name} är inte godkänd."
            yield Check(CheckKind.REPORT, text, _report_url(member))


def _lost_sources(checked: Checked) -> Iterator[Check]:
    """Yield the texts and examples that were taken in and are not offered any more."""
    for line in checked.written:
        for use in checked.lost:
            if use.row.text_id == line.text.pk and not use.row.needs_consent:
                text = f"{use.row.credit}: det går inte längre att ta in. Läs om det ska stå i ”{line.place.title}”."
                yield Check(CheckKind.LOST, text, line.place.url)


def _unheard(checked: Checked) -> Iterator[Check]:
    """Yield the organisations with an approved report of which nothing is taken in."""
    members = [row for row in checked.members if getattr(row, "report", None) and row.report.pk in checked.approved]
    place = next((line.place for line in checked.chapters if line.parts), checked.chapters[0].place)
    offering = {source.participation for source in checked.sources}
    for member in unheard_among(members, checked.uses):
        name = member.organisation.name
        if member.pk in offering:
            url = f"{place.url}?{urlencode({'fran': name})}#kallor"
            yield Check(CheckKind.UNHEARD, f"Inget från {name} är taget in i texterna.", url)
        else:
            text = f"{name} har inget i sin rapport som får tas in."
            yield Check(CheckKind.UNHEARD, text, _report_url(member))


def _commented(checked: Checked) -> Iterator[Check]:
    for line in (each for chapter in checked.chapters for each in (chapter, *chapter.parts)):
        if line.n_comments:
            number = counted(line.n_comments, "en öppen kommentar", "öppna kommentarer")
            yield Check(CheckKind.COMMENT, f"”{line.place.title}” har {number}.", f"{line.place.url}#kommentarer")


def _without_n(checked: Checked, content: JointContent) -> Iterator[Check]:
    urls = {chapter.text.anchor: chapter.key for chapter in content.chapters}
    for chapter in content.printed:
        for block in flat(chapter.blocks):
            if isinstance(block, TableBlock) and not says_n(block.table):
                url = reverse("reports:joint_chapter", args=[checked.cohort.slug, urls[chapter.anchor]])
                text = f"Tabellen ”{block.table.caption}” säger inte hur många organisationer som ligger bakom."
                yield Check(CheckKind.NO_N, text, url)


def says_n(table: FigureTable) -> bool:
    """True if the table has no figures, only counts of organisations, or says of how many its figures are."""
    figures = [cell for row in table.rows for cell in row[1:] if FIGURE.fullmatch(cell)]
    if not table.key or all(cell.isdigit() for cell in figures):
        return True
    return any(SAYS_N.search(text) for text in (table.caption, *table.headers))


def _near_an_election(today: date) -> Iterator[Check]:
    election = election_in(today.year)
    days = (election - today).days if election else -1
    if election and 0 <= days <= settings.QUIET_DAYS:
        when = {0: "i dag", 1: "i morgon"}.get(days, f"om {days} dagar")
        text = f"Valet är {when}, {day(election)}. Överväg att vänta med att publicera tills det är över."
        yield Check(CheckKind.ELECTION, text)


def _report_url(member: Participation) -> str:
    return reverse("reports:report", args=[member.cohort.slug, member.code])


def grouped(checks: Iterable[Check]) -> tuple[CheckGroup, ...]:
    return tuple(CheckGroup(kind, tuple(rows)) for kind, rows in groupby(checks, attrgetter("kind")))


def headline(checks: Sequence[Check]) -> str:
    """Return how many things there are to look at, and that some stop the publishing, or that there is none."""
    if not checks:
        return "Kontrollen har inte hittat något att rätta."
    words = f"{sentence(counted(len(checks), 'en sak', 'saker'))} att titta på innan ni publicerar."
    stops = sum(check.stops for check in checks)
    if not stops:
        return f"{words} Ni kan publicera ändå."
    which = "Citatet nedan" if stops == 1 else f"De {in_words(stops)} citaten nedan"
    return f"{words} {which} måste bort först."
