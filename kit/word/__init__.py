"""Word documents: the set-up that all of them share, and what a long one needs beside it."""

from kit.word.document import (
    LANGUAGE,
    MEDIA_TYPE,
    ONE_PAGE,
    ROOMY,
    About,
    bytes_of,
    describe,
    keep_whole,
    new_document,
    paragraph,
    repeat_head,
    write,
)

__all__ = (
    "LANGUAGE",
    "MEDIA_TYPE",
    "ONE_PAGE",
    "ROOMY",
    "About",
    "bytes_of",
    "describe",
    "keep_whole",
    "new_document",
    "paragraph",
    "repeat_head",
    "write",
)
