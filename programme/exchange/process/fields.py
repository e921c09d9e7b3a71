"""What version 2 added, as tables: each field's kind, what stands where nothing is said, and its way in and out.

No person is among it, and nothing that is SKR's alone (why an organisation left, or changed group).
"""

from typing import Any

from checklist.enums import TitleRule
from checklist.models import Checklist, TitleDecision
from cohorts.enums import DecisionKind, Function, MentorAnswer, MentorModel
from cohorts.models import PoliticalDecision
from meetings.enums import AgendaPart, HostPhase, ImpressionKind, MaterialKind, Whose
from meetings.models import (
    AgendaItem,
    Agreement,
    HostTask,
    Impression,
    Material,
    Meeting,
    Period,
    Preparation,
    Takeaway,
)
from meetings.models.meeting import DUE_BEFORE, INVITE_BEFORE, OPENS_BEFORE, PRESENT_BEFORE
from programme.exchange.shapes import (
    A_DAY,
    AN_ADDRESS,
    AN_HOUR,
    CODE,
    FLAG,
    LARGEST_SUM,
    LONG,
    NO_ROWS,
    THE_DAY,
    YES_NO_OR_NEITHER,
    Field,
    Fields,
    Kind,
    OrNull,
    Rows,
    Shape,
    count,
    kinds,
    limit,
    one_of,
    or_null,
    own,
    text,
    words,
)

A_TEXT = words(LONG)
MEETING_KEY = text(limit(Meeting, "key"))
A_FUNCTION = words(one_of(Function.values))


def needed(kind: Kind) -> Field:
    return Field(kind)


def title(model: Any, name: str) -> Field:
    return needed(text(limit(model, name)))


def rows(fields: Fields, **refers: Kind) -> Field:
    """A list whose rows have these columns; what they refer to comes first."""
    return Field(Rows(Shape({**refers, **kinds(fields)})), NO_ROWS)


def one(fields: Fields) -> Field:
    return Field(OrNull(Shape(kinds(fields))))


COHORT_COLUMNS: Fields = {
    "mentor_model": Field(one_of(MentorModel.values), MentorModel.PER_GROUP.value),
    "mentor_hours": count(0, empty=12),
    "group_min": count(0, empty=2),
    "group_max": count(0, empty=3),
    "fee": count(0, most=LARGEST_SUM),
    "interest_opens_on": A_DAY,
    "interest_closes_on": A_DAY,
    "board_meets_on": A_DAY,
    "extended_from": A_DAY,
}
LETTER: Fields = {"introduction": A_TEXT, "closing": A_TEXT}
COHORT: Fields = {
    **COHORT_COLUMNS,
    "title_rule": Field(one_of(TitleRule.values), TitleRule.NONE.value),
    "part_checklist": Field(or_null(text(limit(Checklist, "key")))),
    "letter": one(LETTER),
}

DECISION: Fields = {
    "kind": needed(one_of(DecisionKind.values)),
    "body": title(PoliticalDecision, "body"),
    "decided_on": THE_DAY,
    "paragraph": own(PoliticalDecision, "paragraph"),
    "diary_number": own(PoliticalDecision, "diary_number"),
    "text": own(PoliticalDecision, "text"),
    "cemr": YES_NO_OR_NEITHER,
}
OFFER: Fields = {
    "answer": needed(one_of(MentorAnswer.values)),
    "not_before": A_DAY,
    "tells_about": A_TEXT,
    "said_on": THE_DAY,
}
MENTOR_AGREEMENT: Fields = {"agreed_on": THE_DAY, "hours": count(0), "note": A_TEXT}
TITLE: Fields = {
    "rule": needed(one_of(TitleRule.values)),
    "given": needed(FLAG),
    "decided_on": THE_DAY,
    "decided_by": title(TitleDecision, "decided_by"),
    "note": A_TEXT,
}
PARTICIPANT_COLUMNS: Fields = {
    "joined_on": A_DAY,
    "both_sides": YES_NO_OR_NEITHER,
    "capacity": count(0),
    "thanked_on": A_DAY,
}
PARTICIPANT: Fields = {
    **PARTICIPANT_COLUMNS,
    "decisions": rows(DECISION),
    "mentor_offer": one(OFFER),
    "mentor_agreement": one(MENTOR_AGREEMENT),
    "title": one(TITLE),
}

AGENDA: Fields = {
    "day": Field(count(1, empty=1).kind),
    "position": Field(count(0, empty=0).kind),
    "starts_at": AN_HOUR,
    "title": title(AgendaItem, "title"),
    "minutes": Field(count(1, empty=30, most=1440).kind),
    "part": needed(one_of(AgendaPart.values)),
    "whose": needed(one_of(Whose.values)),
    "text": A_TEXT,
}
PREPARATION: Fields = {
    "function": A_FUNCTION,
    "text": title(Preparation, "text"),
    "url": AN_ADDRESS,
    "days_before": Field(count(0, empty=0).kind),
}
HOST_TASK: Fields = {
    "phase": needed(one_of(HostPhase.values)),
    "text": title(HostTask, "text"),
    "done_on": A_DAY,
}
AGREEMENT: Fields = {
    "function": A_FUNCTION,
    "text": title(Agreement, "text"),
    "due_on": A_DAY,
    "done_on": A_DAY,
}
IMPRESSION: Fields = {"kind": needed(one_of(ImpressionKind.values)), "text": title(Impression, "text")}
TAKEAWAY: Fields = {"text": title(Takeaway, "text")}
LINK: Fields = {
    "kind": needed(one_of(MaterialKind.values)),
    "title": title(Material, "title"),
    "url": Field(AN_ADDRESS.kind),
}
MEETING_COLUMNS: Fields = {
    "starts_at": AN_HOUR,
    "ends_at": AN_HOUR,
    "place": own(Meeting, "place"),
    "link": AN_ADDRESS,
    "goals": A_TEXT,
    "documentation": A_TEXT,
    "opens_before": count(0, empty=OPENS_BEFORE),
    "due_before": count(0, empty=DUE_BEFORE),
    "present_before": count(0, empty=PRESENT_BEFORE),
    "invite_before": count(0, empty=INVITE_BEFORE),
    "has_presentations": Field(FLAG, empty=False),
    "cancelled_on": A_DAY,
}
MEETING: Fields = {
    **MEETING_COLUMNS,
    "host": Field(or_null(CODE)),
    "hangs_on": Field(or_null(MEETING_KEY)),
    "agenda": rows(AGENDA),
    "preparations": rows(PREPARATION),
    "host_tasks": rows(HOST_TASK),
    "agreements": rows(AGREEMENT, organisation=or_null(CODE)),
    "impressions": rows(IMPRESSION, organisation=CODE),
    "takeaways": rows(TAKEAWAY, organisation=CODE, source=CODE, improvement=or_null(LONG)),
    "links": rows(LINK, organisation=or_null(CODE)),
}

PERIOD: Fields = {
    "name": title(Period, "name"),
    "goals": A_TEXT,
    "is_reporting": needed(FLAG),
    "due_before": Field(count(0, empty=0).kind),
}
PACKAGE: Fields = {"periods": rows(PERIOD, after=or_null(MEETING_KEY), before=or_null(MEETING_KEY))}
