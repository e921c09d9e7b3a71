"""Documents of any shape that the schema allows, as JSON, for tests by Hypothesis."""

from typing import Any

from hypothesis import strategies as st

# Signs that mean something in Markdown or HTML, that nobody sees, or that a printer lacks.
SIGNS = st.sampled_from(
    [*"ab åÅ*[]()\\#>-•^.!1293\n\t_`~<&\"'", "\u00a0", "\u200b", "中", "👍", "{{", " http://a.se/b?c=d&e"]
)
words = st.lists(SIGNS, min_size=1, max_size=12).map("".join)
REFERRING = ("[a]{b.c-1}", "]{a}", "\n![a]{b}\n", "!")
texts = st.lists(
    st.one_of(words, st.sampled_from(["- a\n", "1. b\n", "  - c\n", "\n\n", "# ", "> ", *REFERRING])),
    max_size=12,
).map("".join)
hrefs = st.sampled_from(["https://exempel.invalid/a_(b)?c=1&d=2", "http://å.invalid/", "mailto:a@exempel.invalid"])
refs = st.sampled_from(["sjalvskattning.moment-1.mars-2026", "forflyttning.framat", "a"])
MARKS = st.one_of(
    st.just({"type": "strong"}),
    st.just({"type": "em"}),
    hrefs.map(lambda href: {"type": "link", "attrs": {"href": href}}),
)


def node(kind: str, content: Any) -> Any:
    return content.map(lambda parts: {"type": kind, "content": parts})


runs = st.builds(
    lambda text, marks: {"type": "text", "text": text} | ({"marks": marks} if marks else {}),
    words,
    st.lists(MARKS, max_size=3, unique_by=lambda mark: mark["type"]),
)
inlines = st.one_of(
    runs,
    runs,
    st.just({"type": "hard_break"}),
    words.map(lambda text: {"type": "footnote", "attrs": {"text": text}}),
    st.builds(lambda ref, text: {"type": "figure", "attrs": {"ref": ref, "text": text}}, refs, words),
)
lines = st.lists(inlines, max_size=5)
paragraphs = node("paragraph", lines)


def lists(depth: int = 1) -> Any:
    nested = st.lists(st.deferred(lambda: lists(depth + 1)), max_size=1) if depth < 3 else st.just([])
    items = st.builds(lambda line, inner: {"type": "list_item", "content": [line, *inner]}, paragraphs, nested)
    return st.one_of(*(node(kind, st.lists(items, min_size=1, max_size=3)) for kind in ("bullet_list", "ordered_list")))


headings = st.builds(
    lambda level, content: {"type": "heading", "attrs": {"level": level}, "content": content},
    st.sampled_from([1, 2]),
    lines,
)
quotes = node("blockquote", st.lists(st.one_of(paragraphs, lists()), max_size=3))


placed = st.builds(lambda ref, text: {"type": "placed", "attrs": {"ref": ref, "text": text}}, refs, words)


def documents(most: int = 5) -> Any:
    return node("doc", st.lists(st.one_of(paragraphs, headings, lists(), quotes, placed), max_size=most))
