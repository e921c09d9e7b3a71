"""The bar of reminders: an omgång of eighteen months, day by day. Exactly these mails, to these people, on these days.

Every run is cut off after each single mail and started again, so that the table also holds when workers are killed.
The dates are those of the round 2021–2023.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail as post
from django.utils import timezone

from cohorts.enums import CohortKind, Function, MentorModel, Role
from cohorts.models import Delegate
from follow_up import tasks
from follow_up.actions import reminding
from mailings.models import Mail
from mailings.tasks import send_waiting
from meetings.enums import MaterialKind, Rsvp
from meetings.kinds import MeetingKind
from meetings.models import Agreement, Attendance, Meeting, PreparationTick
from reports.models import ReportEdition
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    ParticipationFactory,
    ReportFactory,
    UserFactory,
    frozen,
    share_by_theme,
)
from tests.process_factories import AgreementFactory, MaterialFactory, PeriodFactory, PreparationFactory

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2021, 7, 25), date(2023, 3, 31)
# Beat stood still on these days: what fell due is made up for on the next.
STOOD_STILL = {date(2021, 8, 30), date(2021, 8, 31), date(2022, 2, 16)}
FUNCTIONS = {"p": Function.POLITICIAN, "c": Function.MANAGER, "s": Function.STRATEGIST}

# R is the region, K the kommun, M the mentor; p is politiker, c chef, s strateg, e the ersättare of K's politiker,
# n the strateg of K who comes after Ks.
EXPECTED = """
2021-08-05 inbjudan Strategträff 1: Rs Ks Ms
2021-08-05 inbjudan Mentorträff: Mp Mc Ms
2021-08-20 efter Strategträff 1: Rs Ks Ms
2021-08-20 efter Mentorträff: Mp Mc Ms
2021-09-01 inbjudan Uppstartskonferens: Rp Rc Rs Kp Kc Ks Mp Mc Ms
2021-09-03 kvar Uppstartskonferens: Rs Kp Kc Ks
2021-09-15 efter Uppstartskonferens: Rp Rc Rs Kp Kc Ks Mp Mc Ms
2021-09-29 inbjudan Strategträff 2: Rs Ks Ms
2021-10-06 självskattningen öppnar Lärandeträff 1: Rs Ks
2021-10-14 efter Strategträff 2: Rs Ks Ms
2021-11-03 inbjudan Lärandeträff 1: Rp Rc Rs Kp Kc Ks Mp Mc Ms
2021-11-07 kvar Lärandeträff 1: Rc Ks
2021-11-11 sent Lärandeträff 1: Ks
2021-11-18 efter Lärandeträff 1: Rp Rc Rs Kp Ks Mp Mc Ms
2022-01-07 överenskommelse Lärandeträff 1: Rs
2022-02-01 inbjudan Strategträff 3: Rs Ks Ms
2022-02-17 efter Strategträff 3: Rs Ks Ms
2022-02-22 överenskommelse Lärandeträff 1: Ks
2022-02-23 självskattningen öppnar Lärandeträff 2: Rs Ks
2022-03-02 överenskommelse Lärandeträff 1: Ks
2022-03-23 inbjudan Lärandeträff 2: Rp Rc Rs Kp Kc Ks Ms
2022-04-13 inbjudan Lärandeträff 2: Rp Rc Rs Kp Kc Ks Ms
2022-04-17 kvar Lärandeträff 2: Ks
2022-04-21 sent Lärandeträff 2: Ks
2022-04-28 efter Lärandeträff 2: Rp Rc Rs Kp Kc Ks Ms
2022-08-15 inbjudan Strategträff 4: Rs Kn Ms
2022-08-17 självskattningen öppnar Lärandeträff 3: Rs Kn
2022-08-25 överenskommelse Lärandeträff 2: Kn
2022-08-30 efter Strategträff 4: Rs Kn Ms
2022-09-14 inbjudan Lärandeträff 3: Rp Rc Rs Kp Kc Kn Ms
2022-09-15 inbjudan Lärandeträff 3: Ke
2022-09-29 efter Lärandeträff 3: Rp Rc Rs Ke Kc Kn Ms
2022-12-26 rapporten: Rs Kn
2022-12-28 inbjudan Strategträff 5: Rs Kn Ms
2022-12-28 självskattningen öppnar Resultatkonferens: Rs Kn
2023-01-05 rapporten: Rp Rc
2023-01-12 efter Strategträff 5: Rs Kn Ms
2023-01-18 rapporten: Rp Rc Kn
2023-01-25 inbjudan Resultatkonferens: Rp Rc Rs Kp Kc Kn Mp Mc Ms
2023-01-26 rapporten är sen: Kn
2023-02-09 efter Resultatkonferens: Rp Rc Rs Kp Kc Kn Mp Mc Ms
"""


class Killed(BaseException):
    """What a worker that is killed does not live to handle."""


class World:
    """Two organisations in a group and their mentor, with everyone in every function."""

    def __init__(self) -> None:
        self.cohort = CohortFactory(
            name="Modellkommuner och Modellregioner 2021–2023",
            kind=CohortKind.MIXED,
            mentor_model=MentorModel.BY_THEME,
            starts_on=date(2021, 8, 19),
            ends_on=date(2023, 2, 28),
            contact=UserFactory(name="Processledaren", email="processledaren@exempel.invalid"),
        )
        group = GroupFactory(cohort=self.cohort)
        self.region = ParticipationFactory(cohort=self.cohort, group=group, organisation__name="Region Granvik")
        self.kommun = ParticipationFactory(cohort=self.cohort, group=group, organisation__name="Almby kommun")
        self.mentor = ParticipationFactory(cohort=self.cohort, role=Role.MENTOR, organisation__name="Region Solbygden")
        mentorship = GroupMentorFactory(group=group, participation=self.mentor)
        self.people: dict[str, Delegate] = {}
        for letter, participation in (("R", self.region), ("K", self.kommun), ("M", self.mentor)):
            for short, function in FUNCTIONS.items():
                self.seat(letter + short, participation, function)
        self.seat("Ke", self.kommun, Function.POLITICIAN, deputy=True)
        self.meetings = {
            key: MeetingFactory(
                cohort=self.cohort, key=key, kind=kind, starts_on=on, number=number, name=name, theme=theme
            )
            for number, (key, kind, on, name, theme) in enumerate(MEETINGS, 1)
        }
        share_by_theme(mentorship, "Ledning och styrning")
        Meeting.objects.filter(key="uppstart").update(ends_on=date(2021, 9, 14))
        Meeting.objects.filter(key="larande-2").update(has_presentations=True)
        self.everyone = PreparationFactory(meeting=self.meetings["larande-1"], text="Läs målbilden", days_before=7)
        self.politicians = PreparationFactory(
            meeting=self.meetings["larande-1"], text="Ta med budgeten", function=Function.POLITICIAN, days_before=3
        )
        PeriodFactory(
            cohort=self.cohort, before=self.meetings["resultat"], is_reporting=True, due_before=14, name="Rapporten"
        )

    def seat(self, short: str, participation, function: Function, *, deputy: bool = False, **more) -> None:
        user = UserFactory(name=short, email=f"{short.lower()}@exempel.invalid")
        self.people[short] = DelegateFactory(
            participation=participation,
            user=user,
            function=function,
            deputy=deputy,
            **{"starts_on": date(2021, 6, 1), **more},
        )

    def answer(self, key: str, names: str, answer: str = Rsvp.YES) -> None:
        meeting = Meeting.objects.get(cohort=self.cohort, key=key)
        for short in names.split():
            Attendance.objects.update_or_create(
                meeting=meeting,
                delegate=self.people[short],
                defaults={"answer": answer, "answered_to": meeting.sequence, "answered_at": timezone.now()},
            )

    def came(self, key: str, names: str, *, attended: bool = True) -> None:
        for short in names.split():
            Attendance.objects.update_or_create(
                meeting=self.meetings[key], delegate=self.people[short], defaults={"attended": attended}
            )

    def tick(self, preparation, names: str) -> None:
        for short in names.split():
            PreparationTick.objects.create(preparation=preparation, delegate=self.people[short])

    def hand_in(self, participation, key: str) -> None:
        day = timezone.localdate()
        AssessmentFactory(participation=participation, meeting=self.meetings[key], submitted=True, submitted_on=day)

    def present(self, participation, key: str) -> None:
        MaterialFactory(meeting=self.meetings[key], participation=participation, kind=MaterialKind.PRESENTATION)

    def agree(self, key: str, short: str, due_on: date) -> None:
        AgreementFactory(meeting=self.meetings[key], owner=self.people[short], due_on=due_on, text=f"Löfte av {short}")

    def keep(self, short: str) -> None:
        Agreement.objects.filter(owner=self.people[short]).update(done_on=timezone.localdate())

    def move(self, key: str, to: date) -> None:
        meeting = Meeting.objects.get(cohort=self.cohort, key=key)
        meeting.starts_on = meeting.ends_on = to
        meeting.sequence += 1
        meeting.save()

    def hand_over(self, leaver: str, heir: str) -> None:
        """Ks leaves and Kn comes: what Ks had promised is still Ks's in the register, and still somebody's task."""
        old, today = self.people[leaver], timezone.localdate()
        Delegate.objects.filter(pk=old.pk).update(ends_on=today - timedelta(days=1))
        self.seat(heir, old.participation, old.function, starts_on=today)

    def report(self, participation) -> None:
        frozen(ReportFactory(participation=participation))

    def approve(self, participation) -> None:
        ReportEdition.objects.filter(report__participation=participation).update(approved_on=timezone.localdate())


S, L = MeetingKind.STRATEGIST_MEETING, MeetingKind.LEARNING_MEETING
MEETINGS = (
    ("mentor-1", MeetingKind.MENTOR_MEETING, date(2021, 8, 19), "Mentorträff", ""),
    ("strateg-1", S, date(2021, 8, 19), "Strategträff 1", ""),
    ("uppstart", MeetingKind.KICKOFF, date(2021, 9, 13), "Uppstartskonferens", ""),
    ("strateg-2", S, date(2021, 10, 13), "Strategträff 2", ""),
    ("larande-1", L, date(2021, 11, 17), "Lärandeträff 1", "Ledning och styrning"),
    ("strateg-3", S, date(2022, 2, 15), "Strategträff 3", ""),
    ("larande-2", L, date(2022, 4, 6), "Lärandeträff 2", "Förbättringsarbete"),
    ("strateg-4", S, date(2022, 8, 29), "Strategträff 4", ""),
    ("larande-3", L, date(2022, 9, 28), "Lärandeträff 3", "Analys och uppföljning"),
    ("strateg-5", S, date(2023, 1, 11), "Strategträff 5", ""),
    ("resultat", MeetingKind.RESULTS_CONFERENCE, date(2023, 2, 8), "Resultatkonferens", ""),
)
ALL = "Rp Rc Rs Kp Kc Ks Mp Mc Ms"


def what_happens(world: World) -> dict[date, list[Callable[[], None]]]:
    """What people do, and when. It is done before the day's mails are made."""
    plan: dict[date, list[Callable[[], None]]] = defaultdict(list)

    def on(year: int, month: int, day: int, *doings: Callable[[], None]) -> None:
        plan[date(year, month, day)] += doings

    w = world
    on(2021, 8, 6, lambda: w.answer("strateg-1", "Rs Ks Ms"), lambda: w.answer("mentor-1", "Mp Mc Ms"))
    # Nobody has answered to the uppstart but R and M when ten days are left.
    on(2021, 9, 2, lambda: w.answer("uppstart", "Rp Rc Rs Mp Mc Ms"))
    on(2021, 9, 5, lambda: w.answer("uppstart", "Kp Kc Ks"))
    on(2021, 10, 1, lambda: w.answer("strateg-2", "Rs Ks Ms"))
    # Lärandeträff 1: R is early; K is late with the self-assessment. Rc ticks nothing.
    on(2021, 10, 20, lambda: w.hand_in(w.region, "larande-1"))
    on(2021, 11, 4, lambda: w.answer("larande-1", ALL))
    on(2021, 11, 5, lambda: w.tick(w.everyone, "Rp Rs Kp Kc Ks Mp Mc Ms"), lambda: w.tick(w.politicians, "Rp Kp Mp"))
    on(2021, 11, 12, lambda: w.hand_in(w.kommun, "larande-1"))
    # Kc said yes and did not come; two take on something each.
    on(
        2021,
        11,
        17,
        lambda: w.came("larande-1", "Rp Rc Rs Kp Ks Mp Mc Ms"),
        lambda: w.came("larande-1", "Kc", attended=False),
    )
    on(
        2021,
        11,
        17,
        lambda: w.agree("larande-1", "Rs", date(2022, 1, 14)),
        lambda: w.agree("larande-1", "Ks", date(2022, 3, 1)),
    )
    on(2022, 1, 10, lambda: w.keep("Rs"))
    on(2022, 2, 2, lambda: w.answer("strateg-3", "Rs Ks Ms"))
    on(2022, 3, 4, lambda: w.keep("Ks"))
    # Lärandeträff 2 is moved three weeks when everyone is invited: their answers were to the old day. Another mentor
    # supports 2 and 3, so of M only the strateg comes.
    on(2022, 3, 10, lambda: w.hand_in(w.region, "larande-2"), lambda: w.hand_in(w.kommun, "larande-2"))
    on(2022, 3, 24, lambda: w.answer("larande-2", "Rp Rc Rs Kp Kc Ks Ms"))
    on(2022, 3, 25, lambda: w.move("larande-2", date(2022, 4, 27)))
    on(2022, 4, 14, lambda: w.answer("larande-2", "Rp Rc Rs Kp Kc Ks Ms"), lambda: w.present(w.region, "larande-2"))
    on(2022, 4, 22, lambda: w.present(w.kommun, "larande-2"))
    on(2022, 4, 27, lambda: w.agree("larande-2", "Ks", date(2022, 9, 1)))
    # Ks leaves half-way. What Ks has promised is Kn's task from the first day.
    on(2022, 7, 1, lambda: w.hand_over("Ks", "Kn"))
    on(2022, 8, 16, lambda: w.answer("strateg-4", "Rs Kn Ms"))
    on(2022, 8, 30, lambda: w.keep("Ks"))
    on(2022, 9, 1, lambda: w.hand_in(w.region, "larande-3"), lambda: w.hand_in(w.kommun, "larande-3"))
    # Kp cannot come to Lärandeträff 3: the deputy is asked.
    on(2022, 9, 15, lambda: w.answer("larande-3", "Rp Rc Rs Kc Kn Ms"), lambda: w.answer("larande-3", "Kp", Rsvp.NO))
    on(2022, 9, 17, lambda: w.answer("larande-3", "Ke"))
    on(2022, 12, 29, lambda: w.answer("strateg-5", "Rs Kn Ms"))
    # R hands its report in early and has it approved late; K is late.
    on(
        2023,
        1,
        5,
        lambda: w.report(w.region),
        lambda: w.hand_in(w.region, "resultat"),
        lambda: w.hand_in(w.kommun, "resultat"),
    )
    on(2023, 1, 20, lambda: w.approve(w.region))
    on(2023, 1, 26, lambda: w.answer("resultat", "Rp Rc Rs Kp Kc Kn Mp Mc Ms"))
    on(2023, 2, 1, lambda: w.report(w.kommun), lambda: w.approve(w.kommun))
    return plan


class Reaper:
    """Kills the worker at every mail: once before it is stored, and once when it just is."""

    def __init__(self, monkeypatch) -> None:
        self.real, self.calls = reminding.queue_mail, 0
        monkeypatch.setattr(reminding, "queue_mail", self)

    def __call__(self, **kwargs):
        self.calls += 1
        if self.calls % 2:
            raise Killed
        return self.real(**kwargs)


def run_until_done() -> None:
    """The hours of a day: a run that is killed is followed by another, and when all is made one more makes nothing."""
    while True:
        there = Mail.objects.count()
        try:
            tasks.remind()
        except Killed:
            continue
        if Mail.objects.count() == there:
            return


@pytest.mark.in_turn("mails")
def test_exactly_these_mails_on_these_days(monkeypatch):
    world = World()
    plan, reaper = what_happens(world), Reaper(monkeypatch)
    day = FIRST
    while day <= LAST:
        with time_machine.travel(
            datetime(day.year, day.month, day.day, 9, 5, tzinfo=ZoneInfo("Europe/Stockholm")), tick=False
        ):
            for happens in plan[day]:
                happens()
            if day not in STOOD_STILL:
                run_until_done()
                send_waiting()
        day += timedelta(days=1)
    assert mail_by_day() == EXPECTED.strip()
    sent = Mail.objects.filter(kind__in=KINDS)
    assert reaper.calls > sent.count()
    assert {mail.state for mail in sent} == {"sent"}
    assert len(post.outbox) == sent.count()


KINDS = {
    "meeting_invitation": "inbjudan",
    "assessment_opens": "självskattningen öppnar",
    "meeting_reminder": "kvar",
    "meeting_late": "sent",
    "meeting_wrap_up": "efter",
    "agreement_reminder": "överenskommelse",
    "report_reminder": "rapporten",
    "report_late": "rapporten är sen",
}


def mail_by_day() -> str:
    """A line for each day, kind and matter, with those who got it."""
    lines: dict[tuple[date, str, str], list[str]] = defaultdict(list)
    for mail in Mail.objects.order_by("made_at", "pk").select_related("recipient"):
        about = mail.key.split(":")[2].split(".")
        matter = Meeting.objects.get(pk=about[1]).name if about[0] != "report" else ""
        lines[timezone.localdate(mail.made_at), KINDS[mail.kind], matter].append(mail.recipient.name)
    return "\n".join(
        f"{day} {kind} {matter}".strip() + f": {' '.join(people)}" for (day, kind, matter), people in lines.items()
    )
