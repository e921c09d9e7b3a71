"""A fetch in words, for the pages that show how far it has come and what it gave."""

from dataclasses import dataclass

from kit.building_page import BuildShown
from kit.templatetags.swedish import counted, sentence
from kolada.models import Fetch


@dataclass(frozen=True)
class FetchShown(BuildShown):
    """A fetch as its page draws it."""

    @property
    def words(self) -> str:
        fetch = self.build
        if fetch.is_working:
            return f"Modell frågar Kolada: {fetch.step} av {fetch.steps} frågor är klara."
        if fetch.is_ready or fetch.is_queued:
            return super().words
        return "Hämtningen gick inte."


def shown_at(fetch: Fetch, page: str, asked: int) -> FetchShown:
    return FetchShown(fetch, "Hämtningen", (), page=page, file="", again="", fetch="", asked=asked)


def summary_of(row: Fetch) -> list[str]:
    said = [f"{sentence(counted(row.rows, 'en rad', 'rader'))} kom från Kolada."]
    if row.changed:
        said.append(f"{sentence(counted(row.changed, 'en rad', 'rader'))} har ändrats sedan förra gången.")
    if row.missing:
        said.append(f"I {counted(row.missing, 'en rad', 'rader')} saknas något värde.")
    if row.withdrawn:
        n = counted(len(row.withdrawn), "ett nyckeltal", "nyckeltal")
        said.append(f"Kolada har tagit bort {n}. Värdena vi redan har finns kvar.")
    return said
