"""Reading of a finished page: its forms, and where the tag of each field begins and ends."""

from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate
from urllib.parse import urljoin, urlsplit

from kit.guard.key import FIELD as FORM_KEY

BUTTONS = {"submit", "button", "image", "reset"}
OWN = {"csrfmiddlewaretoken", FORM_KEY}  # fields that nobody types in


@dataclass
class Tag:
    """A field, an option or a fold of the page; `content` is where a textarea's `text` stands, `folds` what hide it."""

    name: str
    attributes: dict[str, str | None]
    start: int
    end: int
    folds: tuple["Tag", ...] = ()
    content: tuple[int, int] = (0, 0)
    text: str = ""
    options: list["Tag"] = field(default_factory=list)

    def get(self, attribute: str) -> str:
        return self.attributes.get(attribute) or ""

    @property
    def choice(self) -> str:
        """Return what a checkbox or a radio sends when it is chosen."""
        return self.attributes.get("value", "on") or ""

    @property
    def kind(self) -> str:
        return (self.get("type") or "text").lower() if self.name == "input" else self.name


@dataclass
class PageForm:
    """A form with its fields, wherever on the page they stand; `addresses` are where its buttons send it."""

    tag: Tag
    addresses: set[str]
    fields: list[Tag] = field(default_factory=list)
    buttons: list[Tag] = field(default_factory=list)

    @property
    def is_posted(self) -> bool:
        return self.tag.get("method").lower() == "post"

    @property
    def names(self) -> set[str]:
        return {tag.get("name") for tag in self.fields} - OWN - {""}

    @property
    def shown(self) -> list[Tag]:
        return [tag for tag in self.fields if tag.kind != "hidden"]


class PageReader(HTMLParser):
    def __init__(self, html: str, path: str) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._html, self._path = html, path
        self._lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self._elsewhere: list[Tag] = []
        self._folds: list[Tag] = []
        self._form: PageForm | None = None
        self._open: Tag | None = None  # the textarea or select that is being read
        self.feed(html)
        self.close()
        for tag in self._elsewhere:
            for form in self.forms:
                if form.tag.get("id") == tag.get("form"):
                    self._put(form, tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._here()
        start_tag = Tag(tag, dict(attrs), start, start + len(self.get_starttag_text() or ""), tuple(self._folds))
        if tag == "form":
            self._begin(start_tag)
        elif tag == "details":
            self._folds.append(start_tag)
        elif tag == "option" and self._open:
            self._open.options.append(start_tag)
        elif tag in ("input", "textarea", "select", "button"):
            self._take(start_tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "details" and self._folds:
            self._folds.pop()
        elif tag in ("textarea", "select") and self._open:
            self._open.content = (self._open.end, self._here())
            self._open.text = unescape(self._html[slice(*self._open.content)]).removeprefix("\n")
            self._open = None

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _begin(self, tag: Tag) -> None:
        self._form = PageForm(tag, {self._address(tag.get("action"))})
        self.forms.append(self._form)

    def _take(self, tag: Tag) -> None:
        if tag.name in ("textarea", "select"):
            self._open = tag
        if tag.get("form"):
            self._elsewhere.append(tag)
        elif self._form:
            self._put(self._form, tag)

    def _put(self, form: PageForm, tag: Tag) -> None:
        if tag.name != "button" and tag.kind not in BUTTONS:
            form.fields.append(tag)
            return
        form.buttons.append(tag)
        if tag.get("formaction"):
            form.addresses.add(self._address(tag.get("formaction")))

    def _address(self, written: str) -> str:
        return urlsplit(urljoin(self._path, written)).path


def forms_of(html: str, path: str) -> list[PageForm]:
    return PageReader(html, path).forms
