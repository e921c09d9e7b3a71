"""Mail, its words and one's choice; the calendar."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page as Browser
from playwright.sync_api import expect

from bench.pages import Page as Counted
from bench.pages import nowhere as no_place
from bench.pages import whole
from mailings.enums import MailState
from mailings.kinds.admission import INTEREST_LINK
from mailings.kinds.people import INVITATION
from mailings.models import Mail, Wording
from meetings.models import CalendarFeed
from tests.access import IN_COHORT, ROLES, SKR, Row, rest, without
from tests.browser.steps import Page, Scene, cohort, nowhere, press, refused, unfold
from tests.process_factories import MailFactory

NOT_SKR = without(ROLES, *SKR)
LEADER_ONLY = {"ok": ("process_leader",), "forbidden": without(ROLES, "process_leader")}

ROWS: list[Row] = [
    Row("programme:mail", "cohort", ok=SKR, forbidden=rest(*SKR)),
    Row("programme:skr_mail", "-", ok=SKR, forbidden=NOT_SKR),
    Row("programme:mail_one", "mail", ok=SKR),
    Row("programme:mail_file", "mail_file", ok=SKR),
    Row("programme:mail_resend", "mail", ok=SKR, post=True),
    Row("programme:mail_leave", "mail", ok=SKR, post=True),
    Row("programme:mail_wordings", "-", **LEADER_ONLY),
    Row("programme:mail_wording", "mail_kind", **LEADER_ONLY),
    Row("programme:mail_wording", "mail_kind", **LEADER_ONLY, post=True),
    Row("programme:mail_wording_reset", "mail_kind", **LEADER_ONLY, post=True),
    Row("programme:mail_choice", "-", ok=ROLES),
    Row("programme:mail_choice", "-", ok=ROLES, post=True),
    Row("meetings:ics", "meeting_file", ok=(*SKR, "evaluator", *IN_COHORT)),
    Row("meetings:calendar", "-", ok=ROLES),
    Row("meetings:calendar_make", "-", ok=ROLES, post=True),
    Row("meetings:calendar_replace", "-", ok=ROLES, post=True),
    Row("meetings:calendar_remove", "-", ok=ROLES, post=True),
]
PUBLIC: set[str] = {"meetings:feed", "programme:demo_mail", "programme:demo_mail_one"}


def an_uncertain_mail(world: Any) -> tuple[Any, ...]:
    return (MailFactory(about=world.cohort.slug, state=MailState.UNCERTAIN).pk,)


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "mail": an_uncertain_mail,
    "mail_file": an_uncertain_mail,
    "mail_kind": lambda world: (INVITATION.key,),
    "meeting_file": lambda world: (world.cohort.slug, world.untouched.key),
}
# The words of a kind belong to no omgång, so they are no one's invented data.
NO_HTML: tuple[str, ...] = ("mail_file", "mail_kind", "meeting_file")


def in_every_state(scene: Scene) -> tuple[Any, ...]:
    """The running omgång's mail, once in each state, and one that is settled."""
    about = scene.running.slug
    if not Mail.objects.filter(about=about).exists():
        digest = MailFactory(kind="digest", subject="Sammandrag från Modell: två saker", state=MailState.SENT)
        for state in MailState:
            part = {"digest": digest} if state == MailState.DIGESTED else {}
            MailFactory(about=about, state=state, error="E-postservern svarade inte.", **part)
        MailFactory(about=about, state=MailState.UNCERTAIN, left_at=timezone.now())
    return (about,)


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


def filtered(page: Browser, scene: Scene) -> None:
    page.get_by_label("Läge").select_option("sent")
    press("Visa")(page, scene)
    page.get_by_label("Slag").select_option("digest")
    press("Visa")(page, scene)
    expect(page.get_by_text("Inga mejl stämmer med urvalet.")).to_be_visible()


def words_of_skr(scene: Scene) -> tuple[Any, ...]:
    Wording.objects.get_or_create(
        kind=INVITATION.key, subject="Välkommen", body="Välkommen.", changed_by=scene.users["process_leader"]
    )
    return (INVITATION.key,)


def changed_by_another(page: Browser, scene: Scene) -> None:
    Wording.objects.update_or_create(kind=INVITATION.key, defaults={"subject": "Något annat", "body": "Annat."})
    refused(body="Det här skriver jag.")(page, scene)
    expect(page.get_by_text("Så står det sparat nu")).to_be_visible()


def with_an_address(page: Browser, scene: Scene) -> None:
    press("Skapa min adress")(page, scene)
    expect(page.get_by_label("Adress att kopiera")).to_be_visible()
    unfold(page, scene)


def nothing_sent(page: Browser, scene: Scene) -> None:
    Mail.objects.all().delete()
    page.reload()


PAGES: tuple[Page, ...] = (
    Page("programme:mail", "process_leader", cohort("empty"), "none"),
    Page("programme:mail", "process_leader", in_every_state, "every state"),
    Page("programme:mail", "administrator", in_every_state, "none left by the filter", filtered),
    Page("programme:skr_mail", "process_leader", nowhere),
    Page("programme:mail_one", "process_leader", a_mail(MailState.UNCERTAIN), "uncertain"),
    Page("programme:mail_one", "administrator", a_mail(MailState.DIGESTED), "in a digest"),
    Page("programme:mail_one", "process_leader", a_digest, "a digest"),
    Page("programme:mail_one", "process_leader", a_mail(MailState.QUEUED), "waiting"),
    Page("programme:mail_one", "administrator", with_a_personal_link, "a personal link"),
    Page("programme:mail_wordings", "process_leader", nowhere),
    Page("programme:mail_wording", "process_leader", invitation, "unfolded", unfold),
    Page("programme:mail_wording", "process_leader", invitation, "previewed", press("Förhandsgranska")),
    Page("programme:mail_wording", "process_leader", invitation, "unknown field", refused(body="Hej {okänt}!")),
    Page("programme:mail_wording", "process_leader", words_of_skr, "SKR's words", unfold),
    Page("programme:mail_wording", "process_leader", words_of_skr, "another has saved", changed_by_another),
    Page("programme:mail_choice", "strategist", nowhere),
    Page("programme:mail_choice", "politician", nowhere, "saved", press("Spara")),
    Page("meetings:calendar", "strategist", nowhere, "with an address", with_an_address),
    Page("meetings:calendar", "politician", nowhere, "none"),
    Page("meetings:calendar", "stranger", nowhere, "no meetings"),
    Page("programme:demo_mail", "", nowhere),
    Page("programme:demo_mail_one", "", a_mail(MailState.SENT)),
    Page("programme:demo_mail", "", nowhere, "none", nothing_sent),
)
NO_PAGE: dict[str, str] = {
    "programme:mail_file": "a file",
    "meetings:ics": "a file",
    "meetings:feed": "a file",
    "programme:mail_resend": "takes a post only",
    "programme:mail_leave": "takes a post only",
    "programme:mail_wording_reset": "takes a post only",
    "meetings:calendar_make": "takes a post only",
    "meetings:calendar_replace": "takes a post only",
    "meetings:calendar_remove": "takes a post only",
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


def the_feed(omgang: Any) -> list[str]:
    CalendarFeed.objects.get_or_create(user=omgang.people["strategist"], key=f"nyckel-{omgang.cohort.slug}")
    return [f"nyckel-{omgang.cohort.slug}"]


COUNTED: tuple[Counted, ...] = (
    Counted("Mail of an omgång", "programme:mail", "process_leader", mailed),
    Counted("Mail outside omgångar", "programme:skr_mail", "process_leader", mailed_anywhere),
    Counted("A digest", "programme:mail_one", "process_leader", the_digest),
    Counted("Words of mail", "programme:mail_wordings", "process_leader", no_place),
    Counted("Mail of the demonstration", "programme:demo_mail", "strategist", lambda o: mailed_anywhere(o)),
    Counted("Calendar", "meetings:calendar", "strategist", no_place),
    Counted("Calendar, mentor", "meetings:calendar", "mentor", no_place),
    Counted("Feed", "meetings:feed", "strategist", the_feed),
)
