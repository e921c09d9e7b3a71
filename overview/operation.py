"""What SKR's page "Drift" says, in the reader's words, of how the site is."""

from dataclasses import dataclass

from django.db.models import Count

from cohorts.models import Cohort
from cohorts.roles import Roles
from kit.periodic import ScheduledTask
from kit.templatetags.swedish import counted, sentence
from mailings.models import Mail
from overview.condition import Condition, Queue


@dataclass(frozen=True)
class Work:
    """What Modell does by itself: the name of it, and what follows when it is not done."""

    name: str
    otherwise: str


@dataclass(frozen=True)
class QueueWords:
    name: str
    none: str
    singular: str
    plural: str
    oldest: str


WORK = {
    "mailings.tasks.send_codes": Work(
        "Skicka koder för inloggning", "Den som ber om en kod kan få vänta på den, eller bli utan."
    ),
    "mailings.tasks.send_waiting": Work(
        "Skicka mejl som väntar", "Ett mejl som inte gick iväg genast ligger kvar, och mottagaren får det inte."
    ),
    "mailings.tasks.send_digests": Work(
        "Skicka sammandrag av mejl", "De som har valt ett sammandrag om dagen får inga mejl."
    ),
    "follow_up.tasks.remind": Work(
        "Påminna", "Ingen får en inbjudan till en träff eller en påminnelse om det som ska lämnas in."
    ),
    "follow_up.tasks.open_aggregates": Work(
        "Öppna siffrorna efter en träff", "Deltagarna ser inte omgångens siffror från de senaste träffarna."
    ),
    "reports.tasks.requeue_lost_reports": Work(
        "Ta hand om PDF:er som har avbrutits", "En PDF som avbröts när den byggdes blir inte färdig."
    ),
    "reports.tasks.discard_old_drafts": Work(
        "Ta bort gamla PDF:er av utkast", "Gamla filer ligger kvar och tar plats."
    ),
    "archive.tasks.requeue_lost_bundles": Work(
        "Ta hand om filer med handlingar som har avbrutits", "En fil som avbröts när den byggdes blir inte färdig."
    ),
    "kolada.tasks.fetch_nightly": Work(
        "Hämta siffror från Kolada", "Nyckeltalen visar de siffror som redan är hämtade."
    ),
    "kolada.tasks.requeue_lost_fetches": Work(
        "Ta hand om hämtningar som har avbrutits", "En hämtning från Kolada som avbröts blir inte färdig."
    ),
    "archive.tasks.discard_expired": Work(
        "Ta bort gamla filer med handlingar", "Filer med allt en organisation har ligger kvar längre än vi har lovat."
    ),
    "kit.tasks.remove_orphans": Work(
        "Ta bort filer som inte hör till något", "Filer som blev över när något avbröts ligger kvar och tar plats."
    ),
    "admission.tasks.erase_interest_people": Work(
        "Ta bort personer ur gamla intresseanmälningar", "Namn och adresser ligger kvar längre än vi har lovat."
    ),
    "mailings.tasks.erase_old_mail": Work(
        "Ta bort texten i gamla mejl", "Adresser och text ligger kvar längre än vi har lovat."
    ),
    "follow_up.tasks.remove_old_mailings": Work(
        "Ta bort gamla utskick", "Text och bilagor ligger kvar längre än vi har lovat."
    ),
    "kit.tasks.clear_sessions": Work(
        "Ta bort gamla inloggningar", "Spår av gamla inloggningar ligger kvar längre än de behövs."
    ),
    "privacy.tasks.erase_old_trail": Work(
        "Ta bort gamla händelser", "Det står kvar vem som gjorde vad längre än vi har lovat."
    ),
    "privacy.tasks.end_old_sessions": Work(
        "Avsluta gamla inloggningar", "Man är inloggad, och enheterna står kvar, längre än vi har lovat."
    ),
    "privacy.tasks.erase_old_ratings": Work(
        "Ta bort gamla enskilda skattningar", "Enskilda personers skattningar ligger kvar längre än vi har lovat."
    ),
    "privacy.tasks.erase_left_uploads": Work(
        "Ta bort filer från organisationer som har lämnat", "Filerna ligger kvar längre än vi har lovat."
    ),
    "privacy.tasks.erase_old_approvals": Work(
        "Ta bort namn på gamla godkännanden",
        "Namnen på dem som har godkänt rapporter står kvar längre än vi har lovat.",
    ),
    "privacy.tasks.erase_old_notes": Work(
        "Ta bort gamla anteckningar från intervjuer", "Utvärderarens anteckningar ligger kvar längre än vi har lovat."
    ),
    "kit.tasks.erase_old_forms": Work(
        "Ta bort text som aldrig blev sparad", "Texten ligger kvar längre än vi har lovat."
    ),
}
QUEUES = {
    "code": QueueWords("Inloggningskoder", "Ingen kod väntar på att skickas.", "en kod", "koder", "Den äldsta"),
    "mail": QueueWords("Andra mejl", "Inget mejl väntar på att skickas.", "ett mejl", "mejl", "Det äldsta"),
    "builds": QueueWords("PDF:er och andra filer", "Ingen fil väntar på att byggas.", "en fil", "filer", "Den äldsta"),
}


@dataclass(frozen=True)
class WorkState:
    work: Work
    task: ScheduledTask


@dataclass(frozen=True)
class QueueRow:
    words: QueueWords
    waiting: str
    queue: Queue


@dataclass(frozen=True)
class UnsettledRow:
    """How much mail of an omgång, or of none, that may not have arrived."""

    cohort: Cohort | None
    mails: str


@dataclass(frozen=True)
class Operation:
    headline: str
    late: list[WorkState]
    work: list[WorkState]
    queues: list[QueueRow]
    unsettled: list[UnsettledRow]
    stuck_builds: str
    takes_work: bool

    @property
    def is_stuck(self) -> bool:
        return bool(self.late or self.stuck_builds or any(row.queue.is_stuck for row in self.queues))


def operation_of(now: Condition, roles: Roles) -> Operation:
    in_order = sorted(now.periodic, key=lambda task: list(WORK).index(task.task))
    work = [WorkState(WORK[task.task], task) for task in in_order]
    late = [row for row in work if row.task.late]
    unsettled = _unsettled(roles)
    wrong = len(late) + len(now.stuck_queues) + bool(unsettled) + bool(now.stuck_builds) + (not now.broker)
    things = sentence(counted(wrong, "en sak", "saker"))
    return Operation(
        headline=f"{things} behöver ses över." if wrong else "Allt går som det ska.",
        late=late,
        work=work,
        queues=[_queue_row(queue) for queue in now.queues],
        unsettled=unsettled,
        stuck_builds=counted(now.stuck_builds, "en fil", "filer") if now.stuck_builds else "",
        takes_work=now.broker,
    )


def _queue_row(queue: Queue) -> QueueRow:
    words = QUEUES[queue.name]
    if not queue.waiting:
        return QueueRow(words, words.none, queue)
    return QueueRow(words, f"{sentence(counted(queue.waiting, words.singular, words.plural))} väntar.", queue)


def _unsettled(roles: Roles) -> list[UnsettledRow]:
    """Return those of each omgång; mail about an omgång that is gone stands with the mail about none."""
    counts = dict(Mail.objects.visible_to(roles).unsettled().order_by().values_list("about").annotate(Count("pk")))
    cohorts = Cohort.objects.visible_to(roles).filter(slug__in=counts)
    rows = [(cohort, counts.pop(cohort.slug)) for cohort in cohorts]
    elsewhere = [(None, sum(counts.values()))] if counts else []
    return [UnsettledRow(cohort, counted(number, "ett mejl", "mejl")) for cohort, number in [*rows, *elsewhere]]
