"""Every source of "Mina uppgifter", with the mail that tells the person once, or why none does.

A source is a call that makes a task, in an app's `duties.py`. tests/follow_up/test_sources.py finds them all, and fails
for one without a row here.
"""

from dataclasses import dataclass

from admission import mails as admission
from assessments import mails as assessments
from cohorts.duty import Matter
from follow_up import mails as reminders
from improvements import mails as improvements
from mailings.kinds import MailKind
from meetings import mails as meetings
from mentoring import mails as mentoring
from people import mails as people
from reports import mails as reports


@dataclass(frozen=True)
class Source:
    """One source: the app and the matter of its tasks, what waits, and the kinds of mail or the reason for none."""

    app: str
    matter: Matter
    waits: str
    mails: tuple[MailKind, ...] = ()
    why_none: str = ""


BEFORE_A_MEETING = (reminders.MEETING_INVITATION, reminders.MEETING_REMINDER)

SOURCES: tuple[Source, ...] = (
    # An organisation's people.
    Source("people", Matter.SEAT, "a seat that one is offered", (people.SEAT_OFFER,)),
    Source(
        "assessments",
        Matter.RATING,
        "one's own rating; whoever takes over a seat is told with it",
        (assessments.RATING_ASKED, people.TAKES_OVER),
    ),
    Source(
        "meetings",
        Matter.ANSWER,
        "an answer to an invitation, again when the meeting is moved or a deputy is asked",
        (reminders.MEETING_INVITATION, meetings.DEPUTY_ASKED, meetings.OTHER_HOURS),
    ),
    Source("meetings", Matter.PREPARATION, "something to prepare for a meeting", BEFORE_A_MEETING),
    Source("meetings", Matter.PRESENTATION, "the presentation", (*BEFORE_A_MEETING, reminders.MEETING_LATE)),
    Source(
        "meetings",
        Matter.AGREEMENT,
        "what one has taken on at a meeting",
        (reminders.MEETING_WRAP_UP, reminders.AGREEMENT_REMINDER),
    ),
    Source("meetings", Matter.HOST, "the host's checklist", (*BEFORE_A_MEETING, reminders.MEETING_WRAP_UP)),
    Source("meetings", Matter.ATTENDANCE, "who was there, for the host to note", (reminders.MEETING_WRAP_UP,)),
    Source(
        "assessments",
        Matter.ASSESSMENT,
        "the self-assessment before a meeting",
        (reminders.ASSESSMENT_OPENS, reminders.MEETING_REMINDER, reminders.MEETING_LATE),
    ),
    Source("assessments", Matter.QUERY, "SKR's question about a self-assessment", (assessments.QUERY_ASKED,)),
    Source("assessments", Matter.REOPENING, "SKR asks to reopen it", (assessments.REOPENING_ASKED,)),
    Source(
        "reports",
        Matter.SECTION,
        "the sections of the report that one writes",
        why_none="The strategist gives them out among colleagues, and the reminders of the report go to all who write.",
    ),
    Source(
        "reports",
        Matter.COMMENT,
        "what colleagues have said of the sections that one writes",
        why_none="Colleagues talk to each other, and the sections are open before them while they write.",
    ),
    Source("reports", Matter.REPORT, "the result report", (reminders.REPORT_REMINDER, reminders.REPORT_LATE)),
    Source(
        "reports",
        Matter.BOARD,
        "the paper to the board about the result report",
        why_none="It follows from one's own handing in, and a board need not be asked.",
    ),
    Source("reports", Matter.APPROVAL, "an edition to approve", (reports.APPROVAL_ASKED, reminders.REPORT_REMINDER)),
    Source("reports", Matter.QUERY, "SKR's question about a report", (reports.REPORT_QUERY_ASKED,)),
    Source("reports", Matter.REOPENING, "SKR asks to reopen it", (reports.REPORT_REOPENING_ASKED,)),
    Source(
        "improvements", Matter.PREPARATION, "the organisation's own goals, from before the kickoff", BEFORE_A_MEETING
    ),
    Source("improvements", Matter.NAMING, "another organisation wants to name one's own", (improvements.NAMING_ASKED,)),
    Source("improvements", Matter.CYCLE, "a cycle whose last day has passed", (reminders.CYCLE_LATE,)),
    Source(
        "people",
        Matter.COMPOSITION,
        "a function that nobody has",
        why_none="Nobody has asked for it: it is how things stand until a person is found, and SKR can remind by hand.",
    ),
    Source(
        "mentoring",
        Matter.MENTOR,
        "a yes to being a mentor; whoever gets a seat later is told with the invitation",
        (mentoring.ADDED, people.MENTOR_INVITATION),
    ),
    Source("mentoring", Matter.MENTOR, "SKR's question about being a mentor", (mentoring.QUESTION,)),
    # SKR's own.
    Source("admission", Matter.INTEREST, "someone asks to write an interest form", (admission.INTEREST_TO_SKR,)),
    Source("admission", Matter.INTEREST, "a form that waits for an answer", (admission.INTEREST_ARRIVED,)),
    Source(
        "admission",
        Matter.LETTER,
        "the letter to those who are admitted",
        why_none="It follows from SKR's own answer, and stands on the page that the answer leads to.",
    ),
    Source(
        "meetings",
        Matter.MEETING,
        "a meeting soon without hour or place",
        why_none="It is SKR's own plan, and nothing has happened that one could be told of.",
    ),
    Source(
        "grouping",
        Matter.MENTOR,
        "a theme without a mentor",
        why_none="It is SKR's own plan, and nothing has happened that one could be told of.",
    ),
    Source(
        "follow_up",
        Matter.MAIL,
        "mail that may be lost",
        why_none="A mail about lost mail would be lost as well.",
    ),
    Source("people", Matter.ERASURE, "a person who wants what is stored about them erased", (people.ERASURE_ASKED,)),
)
