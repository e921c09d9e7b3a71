"""Addresses of a published report, its chapters and its tables."""

from dataclasses import dataclass

from django.urls import reverse

from reports.content.blocks import PrintedChapter
from reports.models import ReportEdition


@dataclass(frozen=True)
class ChapterAddress:
    """Where a report is read: at its own address, which leads to the newest edition, or at that of an edition."""

    edition: ReportEdition
    number: int | None

    @property
    def whole(self) -> str:
        return self._reverse("edition" if self.number else "")

    def chapter(self, anchor: str) -> str:
        return self._reverse("edition_chapter" if self.number else "chapter", anchor)

    def table(self, name: str) -> str:
        # The figures of an edition never change, so a table is always that of an edition.
        return self._reverse("edition_table", name, numbered=True)

    def _reverse(self, page: str, *last: str, numbered: bool = False) -> str:
        edition = self.edition
        kind = "joint" if edition.joint_id else "report"
        name = f"{kind}_{page}" if page.startswith("edition") else "_".join(filter(None, ("published", kind, page)))
        code = [edition.report.participation.code] if edition.report else []
        number = [edition.number] if self.number or numbered else []
        return reverse(f"reports:{name}", args=[edition.cohort.slug, *code, *number, *last])

    def first_of(self, chapters: tuple[PrintedChapter, ...]) -> str:
        return next((self.chapter(each.anchor) for each in chapters if each.title), "")
