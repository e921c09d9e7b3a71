"""Links that tell how items of one version became items of another, over as many versions as the links reach."""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from checklist.enums import LinkKind
from checklist.models import Checklist, Item, ItemLink
from kit.templatetags.swedish import enumerated, in_words


@dataclass
class Lineage:
    """All links, read at once: there are only some tens, and a chain may pass versions that were never used."""

    origins: dict[int, list[ItemLink]] = field(default_factory=lambda: defaultdict(list))
    heirs: dict[int, list[ItemLink]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls) -> "Lineage":
        lineage = cls()
        for link in ItemLink.objects.select_related("old__checklist", "new__checklist"):
            lineage.origins[link.new_id].append(link)
            lineage.heirs[link.old_id].append(link)
        return lineage

    def past_of(self, item: Item) -> dict[int, list[ItemLink]]:
        """Return, by the older version's id, the links on every path from the item back in time."""
        past: dict[int, list[ItemLink]] = defaultdict(list)
        seen, waiting = {item.pk}, deque([item.pk])
        while waiting:
            for link in self.origins[waiting.popleft()]:
                past[link.old.checklist_id].append(link)
                if link.old_id not in seen:
                    seen.add(link.old_id)
                    waiting.append(link.old_id)
        return past

    def same_as(self, item: Item) -> set[int]:
        """Return the ids of the same item in every version, including its own."""
        seen, waiting = {item.pk}, deque([item.pk])
        while waiting:
            pk = waiting.popleft()
            near = [link.old_id for link in self.origins[pk] if link.kind == LinkKind.SAME]
            near += [link.new_id for link in self.heirs[pk] if link.kind == LinkKind.SAME]
            waiting.extend(other for other in near if other not in seen)
            seen.update(near)
        return seen

    def in_words(self, links: Iterable[ItemLink], root: Item) -> str:
        """Describe the links; for an older item also say what it became in the version after it."""
        rows = sorted(links, key=_together)
        return "; ".join(self._link_in_words(list(group), root) for _, group in groupby(rows, key=_together))

    def _link_in_words(self, links: list[ItemLink], root: Item) -> str:
        kind, new = links[0].kind, links[0].new
        who = f"moment {enumerated(str(link.old.number) for link in links)}"
        # The reader has the item itself before their eyes, so it is not named.
        where = "" if new.pk == root.pk else f"moment {new.number} i {version_name(new.checklist)}"
        if kind == LinkKind.SAME:
            return f"{who}, samma som {where}" if where else f"{who}, samma moment"
        if kind == LinkKind.MERGED:
            words = "sammanslagna" if len(links) > 1 else "sammanslaget"
            return f"{who}, {words} till {where}" if where else f"{who}, {words}"
        if kind == LinkKind.SPLIT:
            return f"{who}, delat i moment {self._parts_of(links[0])} i {version_name(new.checklist)}"
        return f"{who}, besläktat med {where}" if where else f"{who}, besläktat"

    def _parts_of(self, link: ItemLink) -> str:
        rows = [
            other.new.number
            for other in self.heirs[link.old_id]
            if other.kind == LinkKind.SPLIT and other.new.checklist_id == link.new.checklist_id
        ]
        return enumerated(str(number) for number in sorted(rows))


def _together(link: ItemLink) -> tuple[int, int, str, int]:
    # Merged items share one sentence; every other link has its own.
    alone = 0 if link.kind == LinkKind.MERGED else link.old.number
    return (link.new.number, link.new_id, link.kind, alone)


def version_name(checklist: Checklist) -> str:
    name = f"{checklist.year} års version"
    return f"{name} ({checklist.get_level_display().lower()})" if checklist.level else name


def scale_name(highest_step: int) -> str:
    return f"{in_words(highest_step)} steg"
