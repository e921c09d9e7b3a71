"""Tasks, readiness, reminders, mail, its words and one's choice."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

from admission.mails import INTEREST_LINK
from bench import MIDDLE
from bench.pages import Page as Counted
from bench.pages import no_place, whole
from follow_up.models import Mailing
from mailings.attachments import attach
from mailings.enums import MailState
from mailings.models import Mail, Wording
from people.mails import INVITATION
from tests.access import ROLES, SKR, Row, rest, without
from tests.browser.steps import Page, Scene, Steps, cohort, nowhere, press, refused, unfold
from tests.process_factories import (
    EVERYBODY,
    MailFactory,
    MailingFactory,
    PreparationFactory,
)

NOT_SKR = without(ROLES, *SKR)


LEADER_ONLY = {"ok": ("process_leader",), "forbidden": without(ROLES, "process_leader")}


ROWS: list[Row] = [
    Row("follow_up:mail", "cohort", ok=SKR, forbidden=rest(*SKR)),
    Row("follow_up:skr_mail", "-", ok=SKR, forbidden=NOT_SKR),
    Row("follow_up:mail_one", "mail", ok=SKR),
    Row("follow_up:mail_file", "mail_file", ok=SKR),
    Row("follow_up:mail_resend", "mail", ok=SKR, post=True),
    Row("follow_up:mail_leave", "mail", ok=SKR, post=True),
    Row("follow_up:mail_wordings", "-", **LEADER_ONLY),
    Row("follow_up:mail_wording", "mail_kind", **LEADER_ONLY),
    Row("follow_up:mail_wording", "mail_kind", **LEADER_ONLY, post=True),
    Row("follow_up:mail_wording_reset", "mail_kind", **LEADER_ONLY, post=True),
    Row("follow_up:mail_choice", "-", ok=ROLES),
    Row("follow_up:mail_choice", "-", ok=ROLES, post=True),
    Row("follow_up:mailings", "cohort", ok=SKR, forbidden=rest(*SKR)),
    Row("follow_up:mailing_new", "cohort", ok=SKR, forbidden=rest(*SKR)),
    Row("follow_up:mailing_new", "cohort", ok=SKR, forbidden=rest(*SKR), post=True),
    Row("follow_up:mailing", "mailing", ok=SKR),
    Row("follow_up:mailing", "mailing", ok=SKR, post=True),
    Row("follow_up:mailing_people", "mailing", ok=SKR),
    Row("follow_up:mailing_people", "mailing", ok=SKR, post=True),
    Row("follow_up:mailing_files", "mailing", ok=SKR),
    Row("follow_up:mailing_files", "mailing", ok=SKR, post=True),
    Row("follow_up:mailing_file", "mailing_file", ok=SKR),
    Row("follow_up:mailing_file_remove", "mailing_with_file", ok=SKR, post=True),
    Row("follow_up:mailing_send", "mailing", ok=SKR),
    Row("follow_up:mailing_send", "mailing", ok=SKR, post=True),
    Row("follow_up:mailing_remove", "mailing", ok=SKR, post=True),
    Row("follow_up:tasks", "-", ok=ROLES),
    Row("follow_up:readiness", "cohort", ok=SKR, forbidden=rest(*SKR)),
    Row("follow_up:remind", "cohort", ok=SKR, forbidden=rest(*SKR)),
    Row("follow_up:remind", "cohort", ok=SKR, forbidden=rest(*SKR), post=True),
]


PUBLIC: set[str] = set()


def an_uncertain_mail(world: Any) -> tuple[Any, ...]:
    return (MailFactory(about=world.cohort.slug, state=MailState.UNCERTAIN).pk,)


def a_mailing(world: Any) -> tuple[Any, ...]:
    return (MailingFactory(cohort=world.cohort).pk,)


def a_mailing_with_a_file(world: Any) -> tuple[Any, ...]:
    mailing = MailingFactory(cohort=world.cohort)
    mailing.files.add(file := attach("program.txt", b"Program"))
    return (mailing.pk, file.pk)


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "mail": an_uncertain_mail,
    "mail_file": an_uncertain_mail,
    "mail_kind": lambda world: (INVITATION.key,),
    "mailing": a_mailing,
    "mailing_file": a_mailing_with_a_file,
    "mailing_with_file": a_mailing_with_a_file,
}


NO_HTML: tuple[str, ...] = (
    "mail_file",
    "mail_kind",
    "mailing_file",
)


def in_every_state(scene: Scene) -> tuple[Any, ...]:
    """The running omgång's mail, once in each state, and one that is settled."""
    about = scene.running.slug
    if not Mail.objects.filter(about=about, state=MailState.DIGESTED).exists():
        digest = MailFactory(kind="digest", subject="Sammandrag från Modell: två saker", state=MailState.SENT)
        for state in MailState:
            part = {"digest": digest} if state == MailState.DIGESTED else {}
            MailFactory(about=about, state=state, error="E-postservern svarade inte.", **part)
        MailFactory(about=about, state=MailState.UNCERTAIN, left_at=timezone.now())
    return (about,)


def filtered(page: Browser, scene: Scene) -> None:
    page.get_by_label("Läge").select_option("sent")
    press("Visa")(page, scene)
    page.get_by_label("Slag").select_option("digest")
    press("Visa")(page, scene)
    expect(page.get_by_text("Inget matchar filtret.")).to_be_visible()


def a_mail(state: MailState) -> Callable[[Scene], tuple[Any, ...]]:
    def place(scene: Scene) -> tuple[Any, ...]:
        about = in_every_state(scene)[0]
        return (Mail.objects.filter(about=about, state=state, left_at=None).first().pk,)

    return place


def a_digest(scene: Scene) -> tuple[Any, ...]:
    in_every_state(scene)
    return (Mail.objects.filter(kind="digest").first().pk,)


def with_a_personal_link(scene: Scene) -> tuple[Any, ...]:
    return (MailFactory(about=scene.running.slug, kind=INTEREST_LINK.key, state=MailState.SENT).pk,)


def invitation(scene: Scene) -> tuple[Any, ...]:
    return (INVITATION.key,)


def words_of_skr(scene: Scene) -> tuple[Any, ...]:
    Wording.objects.get_or_create(
        kind=INVITATION.key, subject="Välkommen", body="Välkommen.", changed_by=scene.users["process_leader"]
    )
    return (INVITATION.key,)


def changed_by_another(page: Browser, scene: Scene) -> None:
    Wording.objects.update_or_create(kind=INVITATION.key, defaults={"subject": "Något annat", "body": "Annat."})
    refused(body="Det här skriver jag.")(page, scene)
    expect(page.get_by_text("Så står det sparat nu")).to_be_visible()


def with_preparations(page: Browser, scene: Scene) -> None:
    """Late, due and done, in one list."""
    meeting = scene.own.cohort.meetings.order_by("starts_on").last()
    for days_before in (300, 90, 1):
        PreparationFactory(meeting=meeting, days_before=days_before, text=f"Läs sidan {days_before}")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("väntar på dig")


def follow(*links: str) -> Steps:
    """By the names of links on the page, one after the other."""

    def steps(page: Browser, scene: Scene) -> None:
        for link in links:
            page.locator("main").get_by_role("link", name=link).first.click()
            page.wait_for_load_state()

    return steps


def who_gets_it(page: Browser, scene: Scene) -> None:
    for choice in page.get_by_role("checkbox").all():
        choice.check()
    page.get_by_role("button", name="Visa vilka som får påminnelsen").click()
    expect(page.get_by_role("heading", name="2. Läs igenom och skicka")).to_be_visible()


def a_draft(scene: Scene) -> tuple[Any, ...]:
    return (MailingFactory(cohort=scene.running, answers_to=scene.users["process_leader"], choice=EVERYBODY).pk,)


def a_draft_with_files(scene: Scene) -> tuple[Any, ...]:
    [pk] = a_draft(scene)
    Mailing.objects.get(pk=pk).files.add(attach("program.txt", b"Program"), attach("karta.txt", b"Karta"))
    return (pk,)


def a_sent_mailing(scene: Scene) -> tuple[Any, ...]:
    """Sent to three, whom it has reached, waits for and has not reached."""
    mailing = MailingFactory(cohort=scene.running, sent_at=timezone.now(), sent_by=scene.users["process_leader"])
    for number, state in enumerate((MailState.SENT, MailState.QUEUED, MailState.FAILED)):
        MailFactory(
            about=scene.running.slug, kind="own_words", key=f"{mailing.stem}{number}", state=state, error="Nej."
        )
    return (mailing.pk,)


def mailings_of(scene: Scene) -> tuple[Any, ...]:
    a_draft(scene)
    a_sent_mailing(scene)
    return (scene.running.slug,)


PAGES: tuple[Page, ...] = (
    Page("follow_up:mailings", "process_leader", cohort("empty"), "none"),
    Page("follow_up:mailings", "administrator", mailings_of, "a draft and a sent one"),
    Page("follow_up:mailing_new", "process_leader", cohort("running"), "unfolded", unfold),
    Page("follow_up:mailing_new", "process_leader", cohort("empty"), "nobody"),
    Page("follow_up:mailing", "process_leader", a_draft_with_files, "draft"),
    Page(
        "follow_up:mailing", "process_leader", a_draft, "unknown field", refused("Spara utkastet", body="Hej [okänt]!")
    ),
    Page("follow_up:mailing", "administrator", a_sent_mailing, "sent"),
    Page("follow_up:mailing_people", "process_leader", a_draft),
    Page("follow_up:mailing_files", "process_leader", a_draft_with_files),
    Page("follow_up:mailing_send", "process_leader", a_draft_with_files, "read", unfold),
    Page("follow_up:mail", "process_leader", cohort("empty"), "none"),
    Page("follow_up:mail", "process_leader", in_every_state, "every state"),
    Page("follow_up:mail", "administrator", in_every_state, "none left by the filter", filtered),
    Page("follow_up:skr_mail", "process_leader", nowhere),
    Page("follow_up:mail_one", "process_leader", a_mail(MailState.UNCERTAIN), "uncertain"),
    Page("follow_up:mail_one", "administrator", a_mail(MailState.DIGESTED), "in a digest"),
    Page("follow_up:mail_one", "process_leader", a_digest, "a digest"),
    Page("follow_up:mail_one", "process_leader", a_mail(MailState.QUEUED), "waiting"),
    Page("follow_up:mail_one", "administrator", with_a_personal_link, "a personal link"),
    Page("follow_up:mail_wordings", "process_leader", nowhere),
    Page("follow_up:mail_wording", "process_leader", invitation, "unfolded", unfold),
    Page("follow_up:mail_wording", "process_leader", invitation, "previewed", press("Förhandsgranska")),
    Page("follow_up:mail_wording", "process_leader", invitation, "unknown field", refused(body="Hej {okänt}!")),
    Page("follow_up:mail_wording", "process_leader", words_of_skr, "SKR's words", unfold),
    Page("follow_up:mail_wording", "process_leader", words_of_skr, "another has saved", changed_by_another),
    Page("follow_up:mail_choice", "strategist", nowhere),
    Page("follow_up:mail_choice", "politician", nowhere, "saved", press("Spara")),
    Page("follow_up:tasks", "strategist", nowhere),
    Page("follow_up:tasks", "strategist", nowhere, "late and due", with_preparations),
    Page("follow_up:tasks", "politician", nowhere),
    Page("follow_up:tasks", "mentor", nowhere),
    Page("follow_up:tasks", "process_leader", nowhere),
    Page("follow_up:tasks", "evaluator", nowhere, "nothing"),
    Page("follow_up:readiness", "process_leader", cohort("running")),
    Page("follow_up:readiness", "process_leader", cohort("running"), "list", follow("Lista")),
    Page("follow_up:readiness", "process_leader", cohort("running"), "lacking", follow("Bara de som saknar något")),
    Page("follow_up:readiness", "process_leader", cohort("empty"), "empty"),
    Page("follow_up:remind", "process_leader", cohort("running")),
    Page("follow_up:remind", "process_leader", cohort("running"), "who gets it", who_gets_it),
)


NO_PAGE: dict[str, str] = {
    "follow_up:mail_file": "a file",
    "follow_up:mailing_file": "a file",
    "follow_up:mail_resend": "takes a post only",
    "follow_up:mail_leave": "takes a post only",
    "follow_up:mail_wording_reset": "takes a post only",
}


def mailed(omgang: Any) -> list[str]:
    """One to each of the omgång, every third uncertain, some in a digest."""
    digest = MailFactory(about=omgang.cohort.slug, kind="digest", state=MailState.SENT)
    for number, member in enumerate(omgang.cohort.participations.all()):
        user = member.delegates.first().user
        state = MailState.UNCERTAIN if number % 3 == 0 else MailState.DIGESTED
        MailFactory(about=omgang.cohort.slug, recipient=user, state=state, digest=digest if number % 3 else None)
    return whole(omgang)


def mailed_anywhere(omgang: Any) -> list[str]:
    mailed(omgang)
    Mail.objects.update(about="")
    return no_place(omgang)


def the_digest(omgang: Any) -> list[int]:
    mailed(omgang)
    return [Mail.objects.filter(kind="digest", about=omgang.cohort.slug).first().pk]


def drafted(omgang: Any) -> list[int]:
    return [MailingFactory(cohort=omgang.cohort, choice=EVERYBODY, body="[grupp] [nästa träff]").pk]


def sent(omgang: Any) -> list[int]:
    mailing = MailingFactory(cohort=omgang.cohort, sent_at=timezone.now())
    for member in omgang.cohort.participations.all():
        user = member.delegates.first().user
        MailFactory(about=omgang.cohort.slug, kind="own_words", recipient=user, key=f"{mailing.stem}{user.pk}")
    return [mailing.pk]


def mailed_by_skr(omgang: Any) -> list[str]:
    for _ in omgang.cohort.participations.all():
        sent(omgang)
        break
    drafted(omgang)
    return whole(omgang)


COUNTED: tuple[Counted, ...] = (
    Counted("SKR's mailings", "follow_up:mailings", "process_leader", mailed_by_skr),
    Counted("People of a new mailing", "follow_up:mailing_new", "process_leader", whole, timed=MIDDLE),
    Counted("A draft of a mailing", "follow_up:mailing", "process_leader", drafted),
    Counted("A mailing before it is sent", "follow_up:mailing_send", "process_leader", drafted),
    Counted("A sent mailing", "follow_up:mailing", "process_leader", sent),
    Counted("Readiness", "follow_up:readiness", "process_leader", whole, timed=MIDDLE),
    Counted("Mail of the omgång", "follow_up:mail", "process_leader", whole, timed=MIDDLE),
    Counted("Mail of an omgång", "follow_up:mail", "process_leader", mailed),
    Counted("Mail outside omgångar", "follow_up:skr_mail", "process_leader", mailed_anywhere),
    Counted("A digest", "follow_up:mail_one", "process_leader", the_digest),
    Counted("Words of mail", "follow_up:mail_wordings", "process_leader", no_place),
    Counted("Tasks, strategist", "follow_up:tasks", "strategist", no_place),
    Counted("Tasks, politician", "follow_up:tasks", "politician", no_place),
    Counted("Tasks, mentor", "follow_up:tasks", "mentor", no_place),
    Counted("Tasks, process leader", "follow_up:tasks", "process_leader", no_place),
    Counted("Reminding", "follow_up:remind", "process_leader", whole),
)
