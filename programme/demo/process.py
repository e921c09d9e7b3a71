"""The example omgång as a process: hours and lists of all its meetings, decisions, and the omgång that comes next.

All of it is invented, and entered once, when its omgång is loaded. What has been cannot be done by today's actions, so
those are rows; the coming omgång is set up as the page does it. Its two lärandeträffar have more (`meetings.py`).
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from cohorts.enums import CohortKind, DecisionKind, Function, InterestState, Wish
from cohorts.models import Cohort, Interest, InterestPerson, Organisation, Participation, PoliticalDecision
from improvements.models import Improvement
from meetings.enums import MeetingForm, MeetingKind
from meetings.models import Meeting, Period, Takeaway
from programme.actions.cohorts import give_lists, set_up_cohort
from programme.demo.days import RUNNING
from programme.models import Edition
from programme.setup.blueprint import of_edition
from programme.setup.dating import dated

EDITION = "koncept-2023"
COMING = "Exempelomgång som kommer"
LEADER = "processledare@demo.invalid"
HOURS = {
    MeetingKind.KICKOFF: (time(12), time(13)),
    MeetingKind.LEARNING_MEETING: (time(13), time(12)),
    MeetingKind.RESULTS_CONFERENCE: (time(9, 30), time(15, 30)),
}
HALF_DAY = (time(13), time(16))
# Each strategträff prepares what comes next; the mentorträff and the fördjupningar stand by themselves.
PREPARES = {"strategist-1": "learning-1", "strategist-2": "learning-2", "strategist-3": "learning-3"}
HOME_WORK = (("kickoff-1", "learning-1"), ("learning-1", "learning-2"), ("learning-2", "learning-3"))
# What `meetings.py` tells of is its own.
TOLD = ("learning-1", "learning-2")
ASKED = (
    ("9203", InterestState.SUBMITTED, Wish.NEARNESS),
    ("9201", InterestState.SUBMITTED, Wish.PARTNER),
    ("98", InterestState.DRAFT, Wish.THEME),
)


def add_process(loaded: Collection[str], *, today: date) -> None:
    """For the omgångar that were loaded just now; before what is told of single meetings."""
    if RUNNING not in loaded:
        return
    running, leader = Cohort.objects.get(slug=RUNNING), User.objects.get(email=LEADER)
    running.contact = leader
    running.save(update_fields=["contact"])
    _fill_meetings(running)
    _decide(running)
    _borrow(running)
    _coming(today, leader)


def _fill_meetings(cohort: Cohort) -> None:
    steps = of_edition(Edition.objects.get(key=EDITION)).meetings
    meetings = {meeting.key: meeting for meeting in cohort.meetings.all()}
    for meeting in meetings.values():
        alike = [step for step in steps if step.kind == meeting.kind]
        step = alike[min(meeting.number, len(alike)) - 1]
        _tell(meeting, meetings, goals=step.fields["goals"])
        if meeting.key not in TOLD:
            give_lists(meeting, step)
    Period.objects.bulk_create(
        Period(cohort=cohort, name="Arbete på hemmaplan", after=meetings[after], before=meetings[before], position=at)
        for at, (after, before) in enumerate(HOME_WORK)
    )
    Period.objects.create(
        cohort=cohort,
        name="Resultatrapporten skrivs",
        after=meetings["learning-3"],
        before=meetings["conference-1"],
        is_reporting=True,
        due_before=14,
        position=len(HOME_WORK),
    )


def _tell(meeting: Meeting, meetings: dict[str, Meeting], *, goals: str) -> None:
    """What a meeting has beside its day: hours, where, and what it prepares."""
    meeting.goals = goals
    meeting.starts_at, meeting.ends_at = HOURS.get(MeetingKind(meeting.kind), HALF_DAY)
    if meeting.form == MeetingForm.DIGITAL:
        meeting.link = "https://exempel.invalid/mote"
    meeting.hangs_on = meetings.get(PREPARES.get(meeting.key, ""))
    meeting.save()


def _decide(cohort: Cohort) -> None:
    for participation in cohort.participations.participants():
        participation.both_sides = True
        participation.save(update_fields=["both_sides"])
        PoliticalDecision.objects.create(
            participation=participation,
            kind=DecisionKind.ENTRY,
            body=_body(participation.code),
            decided_on=cohort.starts_on - timedelta(days=90),
            paragraph="14",
            cemr=True,
        )


def _borrow(cohort: Cohort) -> None:
    """The improvement that came from another was an idea noted at the first lärandeträff."""
    held = cohort.meetings.get(key="learning-1")
    of = {row.organisation_id: row for row in cohort.participations.all()}
    for work in Improvement.objects.filter(participation__cohort=cohort, borrowed_from__in=of).order_by("pk"):
        source: Participation = of[work.borrowed_from_id]
        if work.participation.is_participant and source.is_participant:
            work.takeaway = Takeaway.objects.create(
                meeting=held, participation=work.participation, source=source, text=work.title
            )
            work.save(update_fields=["takeaway"])


def _coming(today: date, leader: User) -> None:
    """The next omgång: set up, open for interest, with three that have asked."""
    blueprint = of_edition(Edition.objects.get(key=EDITION))
    begins = today + timedelta(weeks=26)
    plan = dated(blueprint, begins - timedelta(days=begins.weekday()))
    cohort = set_up_cohort(name=COMING, kind=CohortKind.MIXED, blueprint=blueprint, plan=plan, by=leader)
    cohort.constructed = True
    cohort.interest_opens_on, cohort.interest_closes_on = today - timedelta(days=20), today + timedelta(days=40)
    cohort.board_meets_on = today + timedelta(days=54)
    cohort.save()
    sent = timezone.now() - timedelta(days=6)
    for code, state, wish in ASKED:
        _ask(cohort, Organisation.objects.get(code=code), state, wish, sent)


def _ask(cohort: Cohort, organisation: Organisation, state: str, wish: str, sent: datetime) -> None:
    submitted = state == InterestState.SUBMITTED
    interest = Interest.objects.create(
        cohort=cohort,
        organisation=organisation,
        state=state,
        submitted_at=sent if submitted else None,
        body=_body(organisation.code),
        decided_on=cohort.starts_on - timedelta(days=300) if submitted else None,
        paragraph="§ 41",
        diary_number="118/26",
        cemr=True if submitted else None,
        focus="Beslutsunderlag och uppföljning med kön som indelningsgrund.",
        wish=wish,
        theme="Analys och uppföljning" if wish == Wish.THEME else "",
        mentor_later="maybe",
        both_sides=True,
    )
    # Begun some days before it was sent in, as it is in life.
    Interest.objects.filter(pk=interest.pk).update(created_at=sent - timedelta(days=5))
    if wish == Wish.PARTNER:
        interest.partners.set(Organisation.objects.filter(code="9203"))
    for function in (Function.POLITICIAN, Function.MANAGER, Function.STRATEGIST) if submitted else ():
        InterestPerson.objects.create(
            interest=interest,
            function=function,
            name=f"Demo {function.label} {organisation.short_name}",
            email=f"{function}.{organisation.code}@demo.invalid",
        )


def _body(code: str) -> str:
    return "Regionfullmäktige" if len(code) == 2 else "Kommunfullmäktige"
