from django.db.models import TextChoices


class ReportEvent(TextChoices):
    """The kinds of row that this app writes in the trail; the label follows the actor's name."""

    REPORT_SECTION_SAVED = "report_section_saved", "ändrade ett avsnitt i resultatrapporten"
    REPORT_WRITERS_CHOSEN = "report_writers_chosen", "bestämde vem som skriver vad i resultatrapporten"
    REPORT_PUBLIC_CHOSEN = "report_public_chosen", "valde vad som får publiceras med resultatrapporten"
    REPORT_SUBMITTED = "report_submitted", "lämnade in resultatrapporten"
    REPORT_RETRACTED = "report_retracted", "tog tillbaka resultatrapporten"
    REPORT_APPROVED = "report_approved", "godkände resultatrapporten"
    REPORT_PUBLISHED = "report_published", "publicerade resultatrapporten"
    REPORT_CORRECTING = "report_correcting", "började rätta den publicerade resultatrapporten"
    REPORT_QUERY_ASKED = "report_query_asked", "ställde en fråga om ett avsnitt i resultatrapporten"
    REPORT_QUERY_ANSWERED = "report_query_answered", "svarade på SKR:s fråga om resultatrapporten"
    REPORT_REOPENING_ASKED = "report_reopening_asked", "bad att få öppna resultatrapporten igen"
    REPORT_REOPENING_ANSWERED = "report_reopening_answered", "svarade på begäran om att öppna resultatrapporten igen"
    REPORT_REOPENING_WITHDRAWN = "report_reopening_withdrawn", "tog tillbaka sin begäran om resultatrapporten"
    JOINT_REPORT_SAVED = "joint_report_saved", "ändrade den gemensamma rapporten"
    JOINT_CHAPTER_SAVED = "joint_chapter_saved", "ändrade ett kapitel i den gemensamma rapporten"
    JOINT_CHAPTER_MOVED = "joint_chapter_moved", "ändrade läget för ett kapitel i den gemensamma rapporten"
    JOINT_CHAPTER_GIVEN = "joint_chapter_given", "bytte ansvarig för ett kapitel i den gemensamma rapporten"
    JOINT_REPORT_COMPILING = "joint_report_compiling", "började sammanställa den gemensamma rapporten"
    JOINT_REPORT_PUBLISHED = "joint_report_published", "publicerade den gemensamma rapporten"
    JOINT_REPORT_CORRECTING = "joint_report_correcting", "började rätta den gemensamma rapporten"
    BUILD_ORDERED = "build_ordered", "beställde en PDF"
    BUILD_FINISHED = "build_finished", "byggde en PDF"
