"""Content of the demonstration's lärandeträffar: in the mixed omgång the past one with its outcome, and the next one as
its host has prepared it; in the two larger ones who came to those that have been.

All of it is invented. It is stored as rows, since it was written on days before today.
"""

from collections.abc import Collection
from datetime import time, timedelta

from cohorts.enums import Function
from cohorts.models import Delegate, Participation
from demo.days import NEXT_MEETINGS, NINE, RUNNING, SIX
from meetings.enums import AgendaPart, HostPhase, ImpressionKind, MaterialKind, Rsvp, Whose
from meetings.models import (
    AgendaItem,
    Agreement,
    Attendance,
    HostTask,
    Impression,
    Material,
    Meeting,
    Preparation,
    PreparationTick,
)

PAST, NEXT = "learning-1", "learning-2"
JOINT, EXCHANGE = AgendaPart.JOINT, Whose.EXCHANGE
GOALS = (
    "Ni har prövat ett sätt att arbeta systematiskt på en egen fråga.\n"
    "Ni vet vad ni gör annorlunda fram till nästa träff, och vem som gör det."
)
# Day, position, who takes part, whose time it is, minutes and title.
AGENDA = (
    (1, 1, JOINT, Whose.SKR, 20, "Välkomna och vad vi kom överens om sist"),
    (1, 2, JOINT, EXCHANGE, 75, "Varje organisation visar hur långt den har kommit"),
    (1, 3, JOINT, Whose.PAUSE, 25, "Kaffe"),
    (1, 4, AgendaPart.POLITICIAN, EXCHANGE, 60, "Hur frågar vi efter resultat?"),
    (1, 4, AgendaPart.MANAGER, EXCHANGE, 60, "Hur håller vi i när vardagen tar över?"),
    (1, 4, AgendaPart.STRATEGIST, EXCHANGE, 60, "Så planerar vi en PDSA-cykel"),
    (1, 5, JOINT, Whose.MENTOR, 30, "Mentorn berättar om ett försök som inte gick som tänkt"),
    (2, 6, AgendaPart.BY_ORGANISATION, EXCHANGE, 90, "Planera er första cykel"),
    (2, 7, JOINT, Whose.SKR, 30, "Om förändringar som varar"),
    (2, 8, JOINT, EXCHANGE, 45, "Till nästa gång, och plus – minus – intressant"),
)
PREPARATIONS = (
    ("", 14, "Läs självskattningen från förra träffen och välj en fråga att arbeta med"),
    (Function.POLITICIAN, 7, "Fundera på vilken fråga om jämställdhet du ställde senast i nämnden"),
    (Function.MANAGER, 7, "Ta med ett exempel på något ni har slutat att göra"),
    (Function.STRATEGIST, 10, "Boka en timme med politiker och chef före träffen"),
    (Function.STRATEGIST, 7, "Gör er presentation, högst fem bilder"),
)
TASKS = (
    (HostPhase.BEFORE, "Boka lokal som alla kan ta sig in i, med hörslinga och mikrofon", True),
    (HostPhase.BEFORE, "Skicka inbjudan med dagordning två veckor före", False),
    (HostPhase.BEFORE, "Bestäm vem som leder och vem som antecknar", True),
    (HostPhase.DURING, "Bestäm dag för nästa träff", False),
    (HostPhase.AFTER, "Lägg ut dokumentationen inom en vecka", False),
)
IMPRESSIONS = (
    ("99", ImpressionKind.PLUS, "Att politiker och chefer fick prata var för sig."),
    ("90", ImpressionKind.PLUS, "Mentorn var ärlig om vad som hade gått fel."),
    ("99", ImpressionKind.MINUS, "För lite tid för den egna planeringen."),
    ("90", ImpressionKind.INTERESTING, "Att de andra hade samma svårighet med statistiken som vi."),
)


def add_meetings(loaded: Collection[str]) -> None:
    """Fill the omgångar that have just been loaded: what people have entered since in others is theirs."""
    for slug in {NINE, SIX} & set(loaded):
        _add_attendance(slug)
    if RUNNING not in loaded:
        return
    meetings = {meeting.key: meeting for meeting in Meeting.objects.filter(cohort__slug=RUNNING, key__in=(PAST, NEXT))}
    own, host = (Participation.objects.get(cohort__slug=RUNNING, code=code) for code in ("99", "90"))
    _add_outcome(meetings[PAST], {"99": own, "90": host})
    _prepare(meetings[NEXT], host, own)


def _add_attendance(slug: str) -> None:
    meetings = Meeting.objects.filter(cohort__slug=slug).assessed()
    past = meetings.filter(starts_on__lt=meetings.get(key=NEXT_MEETINGS[slug]).starts_on)
    seats = list(Delegate.objects.filter(participation__cohort__slug=slug))
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, delegate=seat, answer=Rsvp.YES, attended=True) for meeting in past for seat in seats
    )


def _add_outcome(meeting: Meeting, by_code: dict[str, Participation]) -> None:
    meeting.documentation = (
        "Vi gick igenom självskattningarna två och två. Alla tre hade lägst värden för uppföljning.\n\n"
        "Gruppen enades om att börja med en nämnd i taget."
    )
    meeting.save(update_fields=["documentation"])
    seats = Delegate.objects.filter(participation__in=by_code.values())
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, delegate=seat, answer=Rsvp.YES, attended=True) for seat in seats
    )
    Impression.objects.bulk_create(
        Impression(meeting=meeting, participation=by_code[code], kind=kind, text=text)
        for code, kind, text in IMPRESSIONS
    )
    own, other = by_code["99"], by_code["90"]
    done, due = meeting.ends_on + timedelta(days=30), meeting.ends_on + timedelta(days=120)
    strategist = own.delegates.filter(function=Function.STRATEGIST).first()
    rows = (
        (None, "", "Alla läser varandras senaste uppföljning", None, None, done),
        (own, Function.STRATEGIST, "Pröva mallen för beslutsunderlag i en nämnd", strategist, due, None),
        (other, Function.MANAGER, "Ta upp frågan på ledningsgruppens dagordning", None, due, done),
    )
    Agreement.objects.bulk_create(
        Agreement(
            meeting=meeting,
            participation=whose,
            function=function,
            text=text,
            owner=owner,
            due_on=due_on,
            done_on=done_on,
            position=place,
        )
        for place, (whose, function, text, owner, due_on, done_on) in enumerate(rows, start=1)
    )


def _prepare(meeting: Meeting, host: Participation, own: Participation) -> None:
    meeting.host, meeting.place, meeting.goals = host, "Regionens hus, sal Björken", GOALS
    meeting.starts_at, meeting.ends_at, meeting.has_presentations = time(13), time(12), True
    meeting.save()
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            day=day,
            position=position,
            starts_at=time(8, 30) if position == 6 else None,  # the second day begins with it
            part=part,
            whose=whose,
            minutes=minutes,
            title=title,
        )
        for day, position, part, whose, minutes, title in AGENDA
    )
    rows = [
        Preparation(meeting=meeting, function=function, days_before=days, text=text, position=place)
        for place, (function, days, text) in enumerate(PREPARATIONS, start=1)
    ]
    for row in rows:
        row.save()
    HostTask.objects.bulk_create(
        HostTask(
            meeting=meeting,
            phase=phase,
            text=text,
            position=place,
            done_on=meeting.starts_on - timedelta(days=40) if done else None,
            done_by="Demo Strateg Västanmark" if done else "",
        )
        for place, (phase, text, done) in enumerate(TASKS, start=1)
    )
    url = "https://exempel.invalid/vastanmark-bilder"
    about = {"participation": host, "kind": MaterialKind.PRESENTATION, "title": "Så långt har vi kommit"}
    Material.objects.create(meeting=meeting, url=url, **about)
    for seat in Delegate.objects.filter(participation__in=(host, own), function=Function.STRATEGIST):
        PreparationTick.objects.create(preparation=rows[0], delegate=seat)
        Attendance.objects.create(meeting=meeting, delegate=seat, answer=Rsvp.YES)
