"""The joint report: the programme's own tables, and what the organisations share.

It holds no value and no count of a single organisation, but for an indicator that an organisation has published in a
text that the joint report may use. The figures are those that someone without a seat may see
(`reports.figures.joint_figures`), or words where SKR has chosen that.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from assessments.enums import AssessmentState
from assessments.figures.panels import answered_meetings
from assessments.figures.statistics import Result, Totals
from assessments.models import Score
from checklist.models import Item
from cohorts.enums import ExpectedKind
from cohorts.kinds import SEVERAL
from cohorts.mapping import map_of
from cohorts.models import Cohort
from improvements.models import Effort
from improvements.statistics import ChainShare, chain_of_cohort
from kit.figures import FEWEST_COMPARED, printed
from kit.pdf import Cover
from kit.pictures import GapPicture, PictureTable
from kit.templatetags.swedish import day, enumerated, in_words, sentence
from meetings.models import Meeting
from meetings.timetable import timetable_of
from reports.content.base import DEMO_SENDER, Prose, effort_part, period, with_numbered_notes
from reports.content.frozen import thaw
from reports.content.indicators import shared_gaps
from reports.content.interim import as_interim, named_by
from reports.content.joint_evaluation import advice_in, goals_of, interviews_of
from reports.content.joint_tables import (
    answers_of,
    beside_table,
    drawn_chains,
    in_order,
    means_drawn,
    movement_of,
    stages_of,
    steps_of,
    strength_table,
    without_empty_end,
)
from reports.content.joint_value import FrontMatter, ItemPart, JointContent, KindPart, WrittenChapter
from reports.content.line_up import checklist_in_words, groups, left_in_words, mentors, participants, taking_part
from reports.content.organisation import OrganisationContent
from reports.figure_values import KindFigures
from reports.figures import joint_figures, joint_occasions
from reports.joint_chapters import places_of, texts_of
from reports.models import ChapterText, JointReport, Report, ReportEdition
from reports.naming import joint_name

SENDER = ("Sveriges Kommuner och Regioner",)
# The provenance of an omgång from before the system begins so (data/PROVENANCE.md).
PUBLISHED = "Publicerat"
OUR_READING = ". Antalen är vår läsning av publicerade exempel. SKR har inte räknat dem"


def joint_content(
    joint: JointReport, meeting: Meeting | None, since: Meeting | None, *, interim: bool = False
) -> JointContent:
    """Return what the joint report holds now; an interim report as of the meeting names who has an approved report."""
    cohort = joint.cohort
    now, before = joint_occasions(cohort, meeting, since)
    # If only single groups have met, the last of their meetings is used: its part says why no figures are shown.
    now = now or answered_meetings(cohort).last()
    participations = list(cohort.participations.select_related("organisation", "group").order_by("position", "pk"))
    results = list(cohort.expected_results.all())
    approved = approved_in(cohort) if interim else None
    chain = chain_of_cohort(cohort)
    if approved is not None:
        chain = named_by(chain, approved)
    figures = joint_figures(cohort, now, before, words_only=joint.is_in_words)
    plan = timetable_of(cohort)
    after = str(now) if interim and now else ""
    content = JointContent(
        cover=_cover(joint, now, after),
        introduction=(),
        conclusions=(),
        expected=tuple(result.text for result in results if result.kind == ExpectedKind.EXPECTED),
        desirable=tuple(result.text for result in results if result.kind == ExpectedKind.DESIRABLE),
        taking_part=taking_part(participations, reports_are_due=not interim),
        participants=participants(participations),
        mentors=mentors(cohort, participations),
        checklist=checklist_in_words(cohort),
        kinds=_kinds(joint, figures),
        chain=tuple(_chain(joint, kind, shares) for kind, shares in chain.items()),
        moments=_items(cohort, now, approved),
        sections=(),
        provenance=cohort.provenance if cohort.constructed or is_our_reading(cohort) else "",
        chain_rule=_chain_rule(share for shares in chain.values() for share in shares),
        chapters=_chapters(joint),
        front=_front(joint),
        groups=without_empty_end(table) if (table := groups(cohort, participations)) else None,
        left=left_in_words(participations),
        map=map_of(cohort),
        steps=steps_of(cohort),
        timetable=plan if plan and plan.activities else None,
        stages=stages_of(chain),
        drawn_chains=() if joint.is_in_words else drawn_chains(chain),
        movement=() if joint.is_in_words else movement_of(cohort, before, chain),
        answers=() if joint.is_in_words else answers_of(cohort),
        gaps=_gaps(cohort),
        goals=goals_of(cohort, in_words=joint.is_in_words),
        interviews=interviews_of(cohort),
        advice=advice_in(cohort),
        interim_after=after,
    )
    return as_interim(content) if interim else content


def kinds_of(joint: JointReport) -> tuple[KindPart, ...]:
    now, before = joint_occasions(joint.cohort)
    return _kinds(joint, joint_figures(joint.cohort, now, before, words_only=joint.is_in_words))


def _kinds(joint: JointReport, figures: Iterable[KindFigures]) -> tuple[KindPart, ...]:
    return tuple(_kind(in_order(each, joint.row_order), joint.row_order) for each in figures)


def _chapters(joint: JointReport) -> tuple[WrittenChapter, ...]:
    """Return every chapter with its texts, whose footnotes are counted through the report."""
    texts, places, taken = texts_of(joint), places_of(joint.cohort), Counter[str]()
    proses = []
    for place in places:
        anchor = place.part.part if place.part else slugify(place.title) or place.key
        taken[anchor] += 1
        name = anchor if taken[anchor] == 1 else f"{anchor}-{taken[anchor]}"
        proses.append(_prose(name, place.title, texts.get(place.key)))
    pairs = list(zip(places, with_numbered_notes(proses), strict=True))
    return tuple(
        WrittenChapter(
            place.key,
            place.chapter.kind,
            prose,
            tuple(part for other, part in pairs if other.part and other.chapter == place.chapter),
        )
        for place, prose in pairs
        if place.part is None
    )


def _prose(anchor: str, title: str, text: ChapterText | None) -> Prose:
    document = text.document if text and text.structure else None
    return Prose(anchor, title, text.text if text else "", document=document)


def _front(joint: JointReport) -> FrontMatter | None:
    front = FrontMatter(joint.isbn, joint.responsible, joint.information, joint.audience)
    return None if front == FrontMatter() else front


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


def _cover(joint: JointReport, now: Meeting | None, interim_after: str) -> Cover:
    cohort = joint.cohort
    basis = f"Självskattning till och med {now}, {day(now.starts_on)}" if now else "Ingen självskattning registrerad"
    return Cover(
        title=f"{joint_name(interim_after)} – {cohort.name}",
        subtitle=f"{cohort.name}, {period(cohort)}",
        sender=(*_sender(cohort), basis),
        demonstration=cohort.constructed,
    )


def _kind(figures: KindFigures, order: str) -> KindPart:
    result, meeting = figures.result, figures.meeting
    basis = f"{meeting.name}, {day(meeting.starts_on)}: {figures.n_submitted} av {figures.n_expected} har lämnat in."
    if result and figures.is_partial:
        basis += f" Siffrorna bygger på de {in_words(result.n)} som ingår i de öppnade siffrorna."
    basis = f"{basis} {figures.counted_in}".strip()
    return KindPart(
        title=sentence(figures.plural),
        basis=basis if result else "",
        withheld=figures.withheld,
        strength=strength_table(figures, order) if result else None,
        beside=beside_table(figures) if result and figures.before else None,
        moved=figures.moved_words,
        total=_totals(figures),
        short=tuple(f"{row.item.number}. {row.item.short}" for row in figures.rows) if result else (),
        picture=means_drawn(figures),
    )


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
    rows = tuple((share.label, _share(_for_anyone(share, joint))) for share in shares)
    caption = f"{sentence(SEVERAL[kind])} som har delat en insats som nått steget"
    caption += OUR_READING if is_our_reading(joint.cohort) else ""
    return PictureTable(caption, ("Steg", "Andel av deltagarna"), rows)


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


def _share(share: ChainShare) -> str:
    counted = f" ({share.n_reached} av {share.n_participants})" if share.n_reached else ""
    return f"{sentence(share.share_in_words)}{counted}"


def _items(cohort: Cohort, now: Meeting | None, named: set[str] | None) -> tuple[ItemPart, ...]:
    """Return the items with something offered, in the checklist's order.

    What is shared with the group or offered in the omgång stays there. The report leaves it, so it has only examples
    that may be published, and the names of those that gladly tell: of the `named` organisations, where that is given.
    """
    offered = Effort.objects.public_examples().filter(participation__cohort=cohort)
    efforts = list(offered.select_related("item", "participation__organisation").prefetch_related("steps"))
    glad = _glad_to_tell(now)
    if named is not None:
        efforts = [effort for effort in efforts if effort.participation.organisation.name in named]
        glad = [score for score in glad if score.assessment.participation.organisation.name in named]
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


def approved_contents(cohort: Cohort) -> dict[int, OrganisationContent]:
    """Return the last approved edition of each report by the report's id, in the order of the omgång."""
    editions = _last_approved(cohort)
    return {edition.report_id: thaw(OrganisationContent, edition.content) for edition in editions if edition.report_id}


def _last_approved(cohort: Cohort) -> list[ReportEdition]:
    editions = ReportEdition.objects.approved_in(cohort).select_related("report__participation")
    last = {edition.report_id: edition for edition in editions}
    return sorted(last.values(), key=lambda edition: _place(edition.report))


def _gaps(cohort: Cohort) -> tuple[GapPicture, ...]:
    """Return the gaps that organisations let the report draw; to read all their reports for them would take long."""
    today = timezone.localdate()
    contents = [
        thaw(OrganisationContent, edition.content)
        for edition in _last_approved(cohort)
        if "indicators" in (edition.content or {})
        and edition.report
        and not edition.report.participation.has_left_by(today)
    ]
    return tuple(shared_gaps(contents))


def approved_in(cohort: Cohort) -> set[str]:
    editions = ReportEdition.objects.approved_in(cohort).order_by()
    return set(editions.values_list("report__participation__organisation__name", flat=True))


def _place(report: Report | None) -> tuple[int, int]:
    assert report is not None
    return report.participation.position, report.participation_id
