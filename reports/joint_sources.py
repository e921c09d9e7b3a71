"""What may be taken in to the joint report: quotes, shared texts of approved reports, examples, and the evaluator's."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from django.utils import timezone
from django.utils.text import Truncator

from cohorts.models import Cohort, Participation
from evaluation.models import EvaluatorQuote, Observation
from improvements.enums import Stage
from improvements.models import Effort, EffortStep
from kit.rich import Document, from_plain
from kit.rich.plain import running_words
from kit.rich.structure import Heading, PlacedNode
from kit.templatetags.swedish import day
from reports.content.joint import approved_contents
from reports.content.organisation import OrganisationContent
from reports.enums import SourceKind
from reports.joint_chapters import ChapterPlace
from reports.models.taken_in import Identity, identity_of
from reports.quoting import documents_in, usable
from reports.sections import BETWEEN

# A longer text is shortened when it is taken in; whoever takes it in goes on from there.
LONGEST_WORDS = 60
EVALUATOR = "Utvärderaren"
Members = tuple[Participation, ...]


@dataclass(frozen=True)
class JointSource:
    """`words` is what is offered of the `original`; `moment` ("moment-3") and `stage` are what it is about, or "".

    `participation` and `group` are the organisation's, of the evaluator's none; `function` is in words.
    """

    key: str
    kind: SourceKind
    whose: str
    label: str
    words: str
    original: str
    participation: int | None = None
    place: str = ""
    moment: str = ""
    stage: str = ""
    group: str = ""
    function: str = ""

    @property
    def taken(self) -> str:
        return Truncator(self.words).words(LONGEST_WORDS)

    @property
    def credit(self) -> str:
        return f"{self.whose}, {self.label}"

    @property
    def identity(self) -> Identity:
        return identity_of(self.kind, self.participation, self.place, self.original)

    def is_about(self, part: str) -> bool:
        return bool(part) and part in (self.moment, self.stage)


@dataclass(frozen=True)
class _Ground:
    """What the sources of an omgång are made with; `numbers` are of the moments, by their keys."""

    cohort: Cohort
    members: Members
    numbers: Mapping[str, str]
    by_report: Mapping[int, Participation] = field(default_factory=dict)

    def about(self, part: str) -> dict[str, Any]:
        if part in Stage.values:
            return {"stage": part}
        return {"moment": self.numbers[part]} if part in self.numbers else {}


def members_of(cohort: Cohort) -> Members:
    rows = cohort.participations.with_organisation().select_related("group", "report")
    return tuple(rows.order_by("position", "pk"))


def sources_in(
    cohort: Cohort,
    place: ChapterPlace,
    members: Members | None = None,
    approved: Mapping[int, OrganisationContent] | None = None,
) -> list[JointSource]:
    """Return all that may be taken in, what is about the place's moment or stage first.

    The first of each organisation come before any second, so that nobody has all the places that are shown.
    """
    ground = _ground(cohort, members_of(cohort) if members is None else members)
    approved = approved_contents(cohort) if approved is None else approved
    sources = [
        *_quotes(ground, approved),
        *_texts(ground, approved),
        *_examples(ground),
        *_of_the_evaluator(ground),
    ]
    part, seen, ranks = place.part.part if place.part else "", Counter[tuple[bool, str]](), []
    for source in sources:
        near = source.is_about(part)
        ranks.append((not near, seen[near, source.whose]))
        seen[near, source.whose] += 1
    return [source for _, source in sorted(zip(ranks, sources, strict=True), key=itemgetter(0))]


def _ground(cohort: Cohort, members: Members) -> _Ground:
    plan = getattr(cohort, "plan", None)
    by_report = {row.report.pk: row for row in members if hasattr(row, "report")}
    numbers = {item.key: f"moment-{item.number}" for item in plan.items} if plan else {}
    return _Ground(cohort, members, numbers, by_report)


def _of(member: Participation) -> dict[str, Any]:
    group = member.group.name if member.group else ""
    return {"participation": member.pk, "group": group, "whose": member.organisation.name}


def _quotes(ground: _Ground, approved: Mapping[int, OrganisationContent]) -> Iterator[JointSource]:
    for quote in usable(approved):
        function, section = str(quote.get_function_display()).lower(), quote.section
        yield JointSource(
            key=f"citat-{quote.pk}",
            kind=SourceKind.QUOTE,
            label=function,
            words=quote.text,
            original=quote.text,
            place=section.key,
            function=function,
            **_of(ground.by_report[section.report_id]),
            **ground.about(_part_of(section.key)),
        )


def _texts(ground: _Ground, approved: Mapping[int, OrganisationContent]) -> Iterator[JointSource]:
    for report, content in approved.items():
        texts = documents_in(content)
        for section in content.sections:
            if section.shared and section.text:
                yield JointSource(
                    key=f"text-{report}-{section.key}",
                    kind=SourceKind.TEXT,
                    label=f"”{section.title}”",
                    words=_first_words(texts[section.key]),
                    original=_all_words(texts[section.key]),
                    place=section.key,
                    **_of(ground.by_report[report]),
                    **ground.about(_part_of(section.key)),
                )


def _examples(ground: _Ground) -> Iterator[JointSource]:
    """Yield the examples that may be published, each as its title and the first paragraph of how far it has come."""
    today = timezone.localdate()
    stayed = {row.pk: row for row in ground.members if not row.has_left_by(today)}
    offered = Effort.objects.public_examples().filter(participation__in=stayed)
    steps = EffortStep.objects.filter(effort__in=offered).select_related("effort__item")
    furthest = {step.effort: step for step in sorted(steps, key=lambda step: (step.is_got, step.order))}
    for effort, step in sorted(furthest.items(), key=lambda pair: _place(pair[0], stayed)):
        words = f"{effort.title.rstrip('.')}. {_words(step.text)}".strip()
        yield JointSource(
            key=f"exempel-{effort.pk}",
            kind=SourceKind.EXAMPLE,
            label=f"exempel, {step.get_stage_display().lower()}" if step.is_got else "exempel",
            words=words,
            original=words,
            place=effort.title,
            moment=f"moment-{effort.item.number}" if effort.item else "",
            stage=step.stage,
            **_of(stayed[effort.participation_id]),
        )


def _place(effort: Effort, members: Mapping[int, Participation]) -> tuple[int, int, int]:
    return members[effort.participation_id].position, effort.participation_id, effort.pk


def _of_the_evaluator(ground: _Ground) -> Iterator[JointSource]:
    used = {"cohort": ground.cohort, "may_be_used": True}
    for quote in EvaluatorQuote.objects.filter(**used):
        function = quote.function.lower()
        yield JointSource(
            key=f"intervju-{quote.pk}",
            kind=SourceKind.EVALUATOR,
            whose=EVALUATOR,
            label=function,
            words=_words(quote.text),
            original=_all_words(from_plain(quote.text)),
            place="interview",
            function=function,
        )
    for seen in Observation.objects.filter(**used).select_related("item"):
        yield JointSource(
            key=f"observation-{seen.pk}",
            kind=SourceKind.EVALUATOR,
            whose=EVALUATOR,
            label=f"observation {day(seen.seen_on)}",
            words=_words(seen.text),
            original=_all_words(from_plain(seen.text)),
            place="observation",
            moment=f"moment-{seen.item.number}" if seen.item else "",
        )


def _words(typed: str) -> str:
    return _first_words(from_plain(typed))


def _first_words(document: Document) -> str:
    """Return a text's first paragraph or list as one runs through it; headings and footnotes are left out."""
    first = next((block for block in document.blocks if not isinstance(block, Heading | PlacedNode)), None)
    return running_words(Document((first,) if first else document.blocks))


def _all_words(document: Document) -> str:
    """Return all paragraphs and lists of a text as one runs through them."""
    blocks = tuple(block for block in document.blocks if not isinstance(block, Heading | PlacedNode))
    return running_words(Document(blocks or document.blocks))


def _part_of(key: str) -> str:
    return key.partition(BETWEEN)[2]
