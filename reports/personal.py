"""What is held about a person here, and for how long (kit/holding.py)."""

from django.db.models import Q
from django.utils import timezone

from kit.holding import Held, NamedException, Printed
from kit.retention import Keeping
from reports.erasing import print_again
from reports.models import (
    Build,
    Chapter,
    ChapterText,
    JointReport,
    Quote,
    Report,
    ReportComment,
    ReportEdition,
    ReportReopening,
    ReportSection,
    Section,
    SectionQuery,
    SectionVersion,
    TakenIn,
)

ASKED = ("asked_by", "answered_by")
HELD = {
    Build: Held(
        shows=("report", "joint", "format", "ordered_at"), called="filer som du har beställt", made=("ordered_by",)
    ),
    ReportSection: Held(
        shows=("report", "key", "due_on"), called="avsnitt som du skriver i en resultatrapport", made=("writer__user",)
    ),
    SectionVersion: Held(shows=("section", "text", "saved_at"), made=("saved_by",)),
    TakenIn: Held(
        shows=("text", "words", "taken_on"),
        called="källor som du har tagit in i en gemensam rapport",
        made=("taken_by",),
    ),
    ReportComment: Held(
        shows=("section", "chapter", "paragraph", "text", "written_at", "resolved_at"),
        called="kommentarer till rapporttexter som du har skrivit eller gjort klara",
        made=("written_by", "resolved_by"),
    ),
    SectionQuery: Held(shows=("report", "text", "answer", *ASKED), made=ASKED),
    ReportReopening: Held(shows=("report", "reason", "consented", *ASKED), made=ASKED),
    ReportEdition: Held(
        shows=("report", "number", "approved_on", "approved_as", "approved_by", "published_on"),
        called="rapporter som du har godkänt",
        by_name=("approved_by",),
    ),
}
NOTHING = dict.fromkeys((Chapter, ChapterText, JointReport, Quote, Report, Section), "a report's own text")
APPROVALS = Keeping(
    "approvals",
    "Namnet på den som godkände en publicerad rapport",
    "från publiceringen",
    730,
    365,
    3650,
)
PRINTED = {ReportEdition: Printed(print_again, empties=("approved_by",))}


def _recently_published() -> Q:
    return Q(published_on__gt=APPROVALS.last_day(timezone.localdate()))


EXCEPTIONS = (
    NamedException(
        ReportEdition,
        ("approved_by",),
        until="två år efter publiceringen, om SKR inte har valt en annan tid",
        why=(
            "Den som läser en publicerad rapport ska kunna se vem som svarar för den. Namnet står också i rapportens "
            "PDF."
        ),
        rows=_recently_published,
    ),
)
