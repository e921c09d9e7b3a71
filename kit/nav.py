"""The parts of the menus: each app's `nav.py` states its entries and places, and `modell/menu.py` collects them."""

from dataclasses import dataclass

from kit.permissions import Perm


@dataclass(frozen=True)
class MenuEntry:
    """A line of a menu: its label and the URL name of its page, which `takes` the slug, or slug and code.

    With `under`, every page whose address begins with the entry's own belongs to it. `stands_for` is the label of the
    entry that other users have in its place. `needs` is the permission of a page that not every reader of the menu has.
    """

    label: str
    name: str
    takes: tuple[str, ...] = ()
    under: bool = False
    stands_for: str = ""
    needs: Perm | None = None

    @property
    def key(self) -> str:
        return self.stands_for or self.label


@dataclass(frozen=True)
class MenuPlace:
    """The entry that pages belong to, in each menu, if their URL name begins with one of `names`.

    The menus are SKR's, SKR's menu of an omgång, a seat's, and the tabs of an organisation's work at home. The longest
    match decides.
    """

    names: tuple[str, ...]
    skr: str = ""
    cohort: str = ""
    seat: str = ""
    work: str = ""


@dataclass(frozen=True)
class NavItem:
    """A line as drawn. `current` is its aria-current: `page` on its own page, `true` on pages that belong to it."""

    url: str
    label: str
    current: str
