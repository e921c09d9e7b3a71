"""The running omgångar as processes: hours and lists of their meetings, decisions, and the omgång that comes next.

All of it is invented, and entered once, when its omgång is loaded. The past is stored as rows, since the actions refuse
past days; the coming omgång is set up by the same actions as on the page. `meetings.py` adds more to two
lärandeträffar of the mixed omgång.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from admission.enums import InterestState, Wish
from admission.models import Interest, InterestPerson
from cohorts.enums import CohortKind, ContactTask, Function
from cohorts.models import Cohort, CohortContact, Organisation, Participation
from decisions.enums import DecisionKind
from decisions.models import PoliticalDecision
from demo.days import NEXT_MEETINGS, RUNNING
from improvements.models import Improvement
from meetings.enums import MeetingForm
from meetings.models import Meeting, Period, Takeaway
from planning.actions.cohorts import give_lists, set_up_cohort
from planning.models import Edition
from planning.setup.blueprint import Blueprint, of_edition
from planning.setup.dating import dated

EDITION = "koncept-2023"
COMING = "Exempelomgång som kommer"
LEADER, ADMINISTRATOR = "processledare@demo.invalid", "administrator@demo.invalid"
TWO_DAYS = (time(13), time(12))
HOURS = {
    "kickoff-1": (time(12), time(13)),
    "learning-1": TWO_DAYS,
    "learning-2": TWO_DAYS,
    "learning-3": TWO_DAYS,
    "conference-1": (time(9, 30), time(15, 30)),
}
HALF_DAY = (time(13), time(16))
# Each strategträff prepares the next lärandeträff; the mentorträff and the fördjupningar prepare nothing.
PREPARES = {"strategist-1": "learning-1", "strategist-2": "learning-2", "strategist-3": "learning-3"}
HOME_WORK = (("kickoff-1", "learning-1"), ("learning-1", "learning-2"), ("learning-2", "learning-3"))
# The lists of these meetings are made in `meetings.py`.
LISTED_ELSEWHERE = ((RUNNING, "learning-1"), (RUNNING, "learning-2"))
INTERESTS = (
    ("9203", InterestState.SUBMITTED, Wish.NEARNESS),
    ("9201", InterestState.SUBMITTED, Wish.PARTNER),
    ("98", InterestState.DRAFT, Wish.THEME),
)


def add_process(loaded: Collection[str], *, today: date) -> None:
    """Fill the running omgångar that were just loaded; `add_meetings` comes after and changes two meetings of one."""
    leader, blueprint = User.objects.get(email=LEADER), of_edition(Edition.objects.get(key=EDITION))
    administrator = User.objects.get(email=ADMINISTRATOR)
    for cohort in Cohort.objects.filter(slug__in=NEXT_MEETINGS.keys() & loaded).order_by("slug"):
        cohort.contact = leader
        cohort.save(update_fields=["contact"])
        CohortContact.objects.create(cohort=cohort, user=administrator, task=ContactTask.SUPPORT)
        _fill_meetings(cohort, blueprint)
        _decide(cohort)
        _borrow(cohort)
    if RUNNING in loaded:
        _add_coming(today, leader, blueprint)


def _fill_meetings(cohort: Cohort, blueprint: Blueprint) -> None:
    steps = blueprint.meetings
    goals = [step.goals for step in blueprint.periods if not step.is_reporting]
    meetings = {meeting.key: meeting for meeting in cohort.meetings.all()}
    for meeting in meetings.values():
        alike = [step for step in steps if step.kind == meeting.kind]
        step = alike[min(meeting.number, len(alike)) - 1]
        _describe(meeting, meetings, goals=step.fields["goals"])
        if (cohort.slug, meeting.key) not in LISTED_ELSEWHERE:
            give_lists(meeting, step)
    Period.objects.bulk_create(
        Period(
            cohort=cohort,
            name="Arbete på hemmaplan",
            goals=goals[min(at, len(goals) - 1)],
            after=meetings[after],
            before=meetings[before],
            position=at,
        )
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


def _describe(meeting: Meeting, meetings: dict[str, Meeting], *, goals: str) -> None:
    meeting.goals = goals
    meeting.starts_at, meeting.ends_at = HOURS.get(meeting.key, HALF_DAY)
    if meeting.form == MeetingForm.DIGITAL:
        meeting.link = "https://exempel.invalid/mote"
    meeting.hangs_on = meetings.get(PREPARES.get(meeting.key, ""))
    meeting.save()


def _decide(cohort: Cohort) -> None:
    participants = cohort.participations.participants()
    participants.update(both_sides=True)
    PoliticalDecision.objects.bulk_create(
        PoliticalDecision(
            participation=participation,
            kind=DecisionKind.ENTRY,
            body=_body(participation.code),
            decided_on=cohort.starts_on - timedelta(days=90),
            paragraph="14",
            cemr=True,
        )
        for participation in participants
    )


def _borrow(cohort: Cohort) -> None:
    # An improvement that was borrowed began as an idea noted at the first lärandeträff.
    meeting = cohort.meetings.get(key="learning-1")
    of = {row.organisation_id: row for row in cohort.participations.all()}
    for work in Improvement.objects.filter(participation__cohort=cohort, borrowed_from__in=of).order_by("pk"):
        source: Participation = of[work.borrowed_from_id]
        if work.participation.is_participant and source.is_participant:
            work.takeaway = Takeaway.objects.create(
                meeting=meeting, participation=work.participation, source=source, text=work.title
            )
            work.save(update_fields=["takeaway"])


def _add_coming(today: date, leader: User, blueprint: Blueprint) -> None:
    begins = today + timedelta(weeks=26)
    plan = dated(blueprint, begins - timedelta(days=begins.weekday()))
    cohort = set_up_cohort(name=COMING, kind=CohortKind.MIXED, blueprint=blueprint, plan=plan, by=leader)
    cohort.constructed = True
    cohort.interest_opens_on, cohort.interest_closes_on = today - timedelta(days=20), today + timedelta(days=40)
    cohort.board_meets_on = today + timedelta(days=54)
    cohort.save()
    sent = timezone.now() - timedelta(days=6)
    for code, state, wish in INTERESTS:
        _add_interest(cohort, Organisation.objects.get(code=code), state, wish, sent)


def _add_interest(cohort: Cohort, organisation: Organisation, state: str, wish: str, sent: datetime) -> None:
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
        goals="Alla beslutsunderlag säger vad förslaget betyder för kvinnor och män.\nChefer frågar efter statistiken.",
        wish=wish,
        theme="Analys och uppföljning" if wish == Wish.THEME else "",
        mentor_later="maybe",
        both_sides=True,
    )
    # Saving sets `created_at` to now, so an earlier day has to be written afterwards.
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
