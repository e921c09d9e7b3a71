"""The joint report: the programme's own tables, and what the organisations share.

It holds no value and no count of a single organisation. The figures are those that someone without a seat may see
(`reports.figures.joint_figures`), or words where SKR has chosen that.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings

from assessments.enums import AssessmentState
from assessments.figures.panels import answered_meetings
from assessments.figures.statistics import Result, Totals
from assessments.models import Score
from checklist.models import Item
from cohorts.enums import ExpectedKind
from cohorts.kinds import SEVERAL
from cohorts.models import Cohort
from improvements.models import Effort
from improvements.statistics import ChainShare, chain_of_cohort
from kit.figures import EXACT, FEWEST_COMPARED, printed
from kit.pdf import Cover
from kit.pictures import PictureTable
from kit.prose import split_in_paragraphs
from kit.rich import Document
from kit.rich.structure import notes_of
from kit.templatetags.swedish import change, day, enumerated, in_words, mean, overall, sentence
from meetings.models import Meeting
from reports.content.base import (
    DEMO_SENDER,
    Prose,
    columns_of,
    effort_part,
    period,
    with_numbered_notes,
)
from reports.content.frozen import thaw
from reports.content.joint_value import ItemPart, JointContent, KindPart, SectionPart
from reports.content.line_up import checklist_in_words, mentors, participants, taking_part
from reports.content.organisation import OrganisationContent
from reports.figure_values import KindFigures
from reports.figures import joint_figures, joint_occasions
from reports.models import JointReport, Report, ReportEdition
from reports.sections import sections_of

SENDER = ("Sveriges Kommuner och Regioner",)
# The provenance of an omgång from before the system begins so (data/PROVENANCE.md).
PUBLISHED = "Publicerat"
OUR_READING = ". Antalen är vår läsning av publicerade exempel. SKR har inte räknat dem"


def joint_content(joint: JointReport, meeting: Meeting | None, since: Meeting | None) -> JointContent:
    cohort = joint.cohort
    now, before = joint_occasions(cohort, meeting, since)
    # If only single groups have met, the last of their meetings is used: its part says why no figures are shown.
    now = now or answered_meetings(cohort).last()
    participations = list(cohort.participations.select_related("organisation", "group").order_by("position", "pk"))
    results = list(cohort.expected_results.all())
    chain = chain_of_cohort(cohort)
    opening = joint.introduction_document if joint.introduction_structure else None
    sections, next_note = _sections(cohort, first_note=1 + _notes_in(opening))
    return JointContent(
        cover=_cover(joint, now),
        introduction=tuple(split_in_paragraphs(joint.introduction)),
        conclusions=tuple(split_in_paragraphs(joint.conclusions)),
        expected=tuple(result.text for result in results if result.kind == ExpectedKind.EXPECTED),
        desirable=tuple(result.text for result in results if result.kind == ExpectedKind.DESIRABLE),
        taking_part=taking_part(participations),
        participants=participants(participations),
        mentors=mentors(cohort, participations),
        checklist=checklist_in_words(cohort),
        kinds=tuple(_kind(figures) for figures in joint_figures(cohort, now, before, words_only=joint.is_in_words)),
        chain=tuple(_chain(joint, kind, shares) for kind, shares in chain.items()),
        moments=_items(cohort, now),
        sections=sections,
        provenance=cohort.provenance if cohort.constructed or is_our_reading(cohort) else "",
        chain_rule=_chain_rule(share for shares in chain.values() for share in shares),
        introduction_document=opening,
        conclusions_document=joint.conclusions_document if joint.conclusions_structure else None,
        conclusions_first_note=next_note if joint.conclusions_structure else 1,
    )


def _notes_in(document: Document | None) -> int:
    return len(notes_of(document)) if document else 0


def is_our_reading(cohort: Cohort) -> bool:
    """True if the omgång's efforts were read out of published reports, by us and not by SKR."""
    return cohort.provenance.startswith(PUBLISHED) and not cohort.constructed


def _sender(cohort: Cohort) -> tuple[str, ...]:
    if cohort.constructed:
        return DEMO_SENDER
    return (
        ("Modell – sammanställt ur rapporter från Sveriges Kommuner och Regioner",)
        if is_our_reading(cohort)
        else SENDER
    )


def _cover(joint: JointReport, now: Meeting | None) -> Cover:
    cohort = joint.cohort
    basis = f"Självskattning till och med {now}, {day(now.starts_on)}" if now else "Ingen självskattning registrerad"
    return Cover(
        title=f"Gemensam resultatrapport – {cohort.name}",
        subtitle=f"{cohort.name}, {period(cohort)}",
        sender=(*_sender(cohort), basis),
        demonstration=cohort.constructed,
    )


def _kind(figures: KindFigures) -> KindPart:
    result, meeting = figures.result, figures.meeting
    basis = f"{meeting.name}, {day(meeting.starts_on)}: {figures.n_submitted} av {figures.n_expected} har lämnat in."
    if result and figures.is_partial:
        basis += f" Siffrorna bygger på de {in_words(result.n)} som ingår i de öppnade siffrorna."
    basis = f"{basis} {figures.counted_in}".strip()
    return KindPart(
        title=sentence(figures.plural),
        basis=basis if result else "",
        withheld=figures.withheld,
        strength=_strength(figures) if result else None,
        beside=_beside(figures) if result and figures.before else None,
        moved=figures.moved_words,
        total=_totals(figures),
        short=tuple(f"{row.item.number}. {row.item.short}" for row in figures.rows) if result else (),
    )


def _strength(figures: KindFigures) -> PictureTable:
    assert figures.result is not None
    # Each mean is printed with the number of values behind it.
    rows = [
        (f"{row.item.number}. {row.item.text}", mean(row.now.mean), str(row.now.n or "–"))
        for row in figures.rows
        if row.now is not None
    ]
    rows.append(("Medelvärde av momenten", overall(figures.result.overall_mean), str(figures.result.n)))
    caption = f"{sentence(figures.plural)}: medelvärde per moment vid {figures.meeting.name}"
    caption += ", starkast först" if figures.is_compared else ""
    return PictureTable(caption, ("Moment", "Medelvärde", "Antal (n)"), tuple(rows))


def _beside(figures: KindFigures) -> PictureTable:
    assert figures.result is not None
    assert figures.before is not None
    assert figures.since is not None
    then, now = columns_of((figures.since, figures.meeting))
    heads = ["Moment", f"{then}, {figures.before.n} svar", f"{now}, {figures.result.n} svar"]
    rows = [
        [
            f"{row.item.number}. {row.item.text}",
            mean(row.before.mean if row.before else None),
            mean(row.now.mean if row.now else None),
            *([change(row.moved.change if row.moved else None)] if figures.moved else []),
        ]
        for row in figures.rows
    ]
    ends = ["Medelvärde av momenten", overall(figures.before.overall_mean), overall(figures.result.overall_mean)]
    rows.append([*ends, *([""] if figures.moved else [])])
    caption = f"{sentence(figures.plural)}: medelvärde per moment vid {figures.since.name} och {figures.meeting.name}"
    caption += f". {EXACT}" if figures.moved else ""
    return PictureTable(caption, (*heads, *(["Förändring"] if figures.moved else [])), tuple(map(tuple, rows)))


def _totals(figures: KindFigures) -> str:
    """Return the range of the organisations' sums, at both meetings where there are two."""
    now, before = (_range_of(result) for result in (figures.result, figures.before))
    if now is None:
        return ""
    words = f"Organisationernas sammanlagda värden ligger {_between(now)} på en skala från {now.floor} till "
    words += f"{now.max_possible}. "
    if before and figures.since:
        words += f"Vid {figures.since.name} låg de {_between(before)}. "
    return words + "Summan är bara en fingervisning."


def _range_of(result: Result | None) -> Totals | None:
    return result.totals if result and result.n >= FEWEST_COMPARED else None


def _between(totals: Totals) -> str:
    return f"mellan {printed(totals.minimum, 1)} och {printed(totals.maximum, 1)}"


def _chain(joint: JointReport, kind: str, shares: Iterable[ChainShare]) -> PictureTable:
    shares = [_for_anyone(share, joint) for share in shares]
    rows = [(share.label, _share(share), _examples(share)) for share in shares]
    heads = ("Steg", "Andel av deltagarna", "Lärande exempel som erbjuds")
    caption = f"{sentence(SEVERAL[kind])} som har delat en insats som nått steget"
    caption += OUR_READING if is_our_reading(joint.cohort) else ""
    if not any(_examples(share) for share in shares):
        return PictureTable(caption, heads[:2], tuple(row[:2] for row in rows))
    return PictureTable(caption, heads, tuple(rows))


def _for_anyone(share: ChainShare, joint: JointReport) -> ChainShare:
    """Return the share with the examples that the report names, without numbers where it is not to print them."""
    named = replace(share, examples=tuple(example for example in share.examples if example.public))
    return named.without_numbers if joint.is_in_words or share.n_reached is None else named


def _chain_rule(shares: Iterable[ChainShare]) -> str:
    if all(share.n_reached is not None for share in shares):
        return ""
    group, unread = in_words(settings.MIN_GROUP), in_words(settings.MIN_UNREAD)
    return (
        f"En andel skrivs ut när minst {group} deltagare ligger bakom den, och minst {unread} av dem inte är "
        "nämnda vid steget."
    )


def _examples(share: ChainShare) -> str:
    return "; ".join(f"{example.title} ({example.organisation})" for example in share.examples)


def _share(share: ChainShare) -> str:
    counted = f" ({share.n_reached} av {share.n_participants})" if share.n_reached else ""
    return f"{sentence(share.share_in_words)}{counted}"


def _items(cohort: Cohort, now: Meeting | None) -> tuple[ItemPart, ...]:
    """Return the items with something offered, in the checklist's order.

    What is shared with the group or offered in the omgång stays there. The report leaves it, so it has only examples
    that may be published, and the names of those that gladly tell.
    """
    offered = Effort.objects.examples().filter(participation__cohort=cohort, public=True)
    efforts = list(offered.select_related("item", "participation__organisation").prefetch_related("steps"))
    glad = _glad_to_tell(now)
    parts = [_item(item, efforts, glad) for item in cohort.plan.items]
    return tuple(part for part in parts if part.efforts or part.glad)


def _glad_to_tell(now: Meeting | None) -> list[Score]:
    """Return the scores whose organisation gladly tells about the item, as said at this meeting."""
    if now is None:
        return []
    scores = Score.objects.filter(
        assessment__meeting=now, assessment__part=None, assessment__state=AssessmentState.SUBMITTED, glad_to_tell=True
    )
    related = scores.select_related("item", "assessment__participation__organisation")
    return list(related.order_by("assessment__participation__position"))


def _item(item: Item, efforts: list[Effort], glad: list[Score]) -> ItemPart:
    names = [score.assessment.participation.organisation.name for score in glad if score.item_id == item.pk]
    return ItemPart(
        anchor=f"moment-{item.number}",
        title=f"{item.number}. {item.text}",
        efforts=tuple(effort_part(effort) for effort in efforts if effort.item_id == item.pk),
        glad=enumerated(names) if names else "",
    )


def _sections(cohort: Cohort, first_note: int) -> tuple[tuple[SectionPart, ...], int]:
    """Return the texts that may be used here, of reports that a politician or manager has approved.

    Their footnotes are counted from `first_note`; with them goes the number of the next.
    """
    approved = approved_contents(cohort)
    parts = []
    for heading in sections_of(cohort):
        texts = with_numbered_notes(
            (
                Prose("", report.organisation, text.text, document=text.document)
                for report in approved
                for text in report.sections
                if text.key == heading.key and text.shared
            ),
            first_note,
        )
        first_note += sum(_notes_in(text.document) for text in texts)
        parts.append(SectionPart(f"avsnitt-{heading.key}", heading.text, texts))
    return tuple(part for part in parts if part.texts), first_note


def approved_contents(cohort: Cohort) -> list[OrganisationContent]:
    """Return the last approved edition of each report, in the order of the omgång."""
    editions = ReportEdition.objects.approved_in(cohort).select_related("report__participation")
    last = {edition.report_id: edition for edition in editions}
    in_order = sorted(last.values(), key=lambda edition: _place(edition.report))
    return [thaw(OrganisationContent, edition.content) for edition in in_order]


def _place(report: Report | None) -> tuple[int, int]:
    assert report is not None
    return report.participation.position, report.participation_id
