"""What may be taken in to the joint report: quotes, shared texts of approved reports, and the evaluator's material."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.text import Truncator

from cohorts.models import Cohort
from evaluation.models import EvaluatorQuote, Observation
from improvements.enums import Stage
from kit.rich import Document, from_plain, markdown_of
from kit.rich.plain import running_words
from kit.rich.structure import Heading, Paragraph, Quotation, Run
from kit.templatetags.swedish import day
from reports.content.joint import approved_contents
from reports.content.organisation import OrganisationContent
from reports.joint_chapters import ChapterPlace
from reports.models import ChapterText
from reports.quoting import documents_in, usable
from reports.sections import BETWEEN

# So many are shown before the reader asks for all.
MOST = 12
# A longer text is shortened when it is taken in; whoever takes it in goes on from there.
LONGEST_WORDS = 60


class SourceKind(TextChoices):
    QUOTE = "citat", "Citat"
    TEXT = "text", "Text ur en resultatrapport"
    EVALUATOR = "utvarderaren", "Utvärderarens"


@dataclass(frozen=True)
class JointSource:
    """`whose` is the organisation, or the evaluator; `about` is a moment ("moment-3") or a stage, or "" for neither."""

    key: str
    kind: SourceKind
    whose: str
    label: str
    words: str
    about: str = ""

    @property
    def taken(self) -> str:
        """Return the words that are put in, at most so many of them."""
        return Truncator(self.words).words(LONGEST_WORDS)

    @property
    def credit(self) -> str:
        return f"{self.whose}, {self.label}"

    @property
    def markdown(self) -> str:
        """Return the words as a quotation with its source, as they are put into a text."""
        lines = Paragraph((Run(self.taken),)), Paragraph((Run(self.credit, em=True),))
        return markdown_of(Document((Quotation(lines),)))

    def is_in(self, text: str) -> bool:
        return self.taken.rstrip("…") in " ".join(text.split())


def put_in(typed: str, source: JointSource) -> str:
    """Return the typed text with the source as its last quotation."""
    return f"{typed.rstrip()}\n\n{source.markdown}".lstrip()


def sources_in(cohort: Cohort, place: ChapterPlace) -> list[JointSource]:
    """Return all that may be taken in, what is about the place's moment or stage first."""
    approved, abouts = approved_contents(cohort), _abouts(cohort)
    sources = [*_quotes(approved, abouts), *_texts(approved, abouts), *_of_the_evaluator(cohort)]
    about = place.part.part if place.part else ""
    return sorted(sources, key=lambda source: bool(about) and source.about != about)


def uses_of(source: JointSource, texts: Iterable[ChapterText], titles: Mapping[str, str]) -> list[str]:
    """Return the titles of the places whose text has the source's words."""
    return [titles[text.key] for text in texts if text.key in titles and source.is_in(text.text)]


def _quotes(approved: Mapping[int, OrganisationContent], abouts: Mapping[str, str]) -> Iterator[JointSource]:
    for quote in usable(approved):
        organisation = quote.section.report.participation.organisation.name
        function = str(quote.get_function_display()).lower()
        about = abouts.get(_part_of(quote.section.key), "")
        yield JointSource(f"citat-{quote.pk}", SourceKind.QUOTE, organisation, function, quote.text, about)


def _texts(approved: Mapping[int, OrganisationContent], abouts: Mapping[str, str]) -> Iterator[JointSource]:
    for report, content in approved.items():
        texts = documents_in(content)
        for section in content.sections:
            if section.shared and section.text:
                key = f"text-{report}-{section.key}"
                about = abouts.get(_part_of(section.key), "")
                label, words = f"”{section.title}”", _first_words(texts[section.key])
                yield JointSource(key, SourceKind.TEXT, content.organisation, label, words, about)


def _of_the_evaluator(cohort: Cohort) -> Iterator[JointSource]:
    kind = SourceKind.EVALUATOR
    for quote in EvaluatorQuote.objects.filter(cohort=cohort, may_be_used=True):
        yield JointSource(f"intervju-{quote.pk}", kind, "Utvärderaren", quote.function.lower(), _words(quote.text))
    for seen in Observation.objects.filter(cohort=cohort, may_be_used=True).select_related("item"):
        about = f"moment-{seen.item.number}" if seen.item else ""
        label = f"observation {day(seen.seen_on)}"
        yield JointSource(f"observation-{seen.pk}", kind, "Utvärderaren", label, _words(seen.text), about)


def _words(typed: str) -> str:
    return _first_words(from_plain(typed))


def _first_words(document: Document) -> str:
    """Return a text's first paragraph or list as one runs through it; headings and footnotes are left out."""
    first = next((block for block in document.blocks if not isinstance(block, Heading)), None)
    return running_words(Document((first,) if first else document.blocks))


def _abouts(cohort: Cohort) -> dict[str, str]:
    """Return what a part of a section is about, by its key: a moment by its number, a stage as it is."""
    plan = getattr(cohort, "plan", None)
    items = {item.key: f"moment-{item.number}" for item in plan.items} if plan else {}
    return {stage: stage for stage in Stage.values} | items


def _part_of(key: str) -> str:
    return key.partition(BETWEEN)[2]
