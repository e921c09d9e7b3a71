"""Interest, the board's decision, the letter."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import Page as Browser

from admission.enums import InterestState
from admission.letter.letter import content_of
from admission.models import Interest, InterestAsk, LetterIssue
from bench.pages import Page as Counted
from bench.pages import whole
from cohorts.enums import Function
from cohorts.models import Cohort
from reports.content.frozen import freeze
from tests.access import IN_COHORT, SKR, Row, rest
from tests.browser.steps import Page, Scene, Steps, nowhere, press, refused
from tests.factories import (
    CohortFactory,
    OrganisationFactory,
)
from tests.process_factories import InterestFactory, InterestPersonFactory, InterestWriterFactory

NOT_SKR = ("evaluator", *IN_COHORT)


LEADER = ("process_leader",)


ROWS: list[Row] = [
    Row("admission:interests", "cohort", ok=SKR, forbidden=NOT_SKR),
    Row("admission:interest_read", "interest", ok=SKR, forbidden=NOT_SKR),
    Row("admission:interest_let_in", "interest_ask", ok=SKR, forbidden=NOT_SKR, post=True),
    Row("admission:interest_turn_away", "interest_ask", ok=SKR, forbidden=NOT_SKR, post=True),
    Row("admission:interest_let_go", "interest_writer", ok=SKR, forbidden=NOT_SKR, post=True),
    Row("admission:interests_answer", "cohort_redirect", ok=LEADER, forbidden=rest(*LEADER)),
    Row("admission:interests_answer", "cohort_redirect", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("admission:letter", "cohort", ok=(*SKR, *IN_COHORT), forbidden=("evaluator",)),
    Row("admission:letter_version", "letter", ok=(*SKR, *IN_COHORT), forbidden=("evaluator",)),
    Row("admission:letter_words", "cohort", ok=LEADER, forbidden=rest(*LEADER)),
    Row("admission:letter_words", "cohort", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("admission:letter_send", "cohort_redirect", ok=LEADER, forbidden=rest(*LEADER)),
    Row("admission:letter_send", "cohort_redirect", ok=LEADER, forbidden=rest(*LEADER), post=True),
    Row("admission:letter_pdf", "cohort_file", ok=SKR, forbidden=NOT_SKR),
    Row("admission:letter_issue", "letter_file", ok=(*SKR, *IN_COHORT), forbidden=("evaluator",)),
]


PUBLIC: set[str] = {
    "admission:interest_start",
    "admission:interest_new",
    "admission:interest_sent",
    "admission:interest",
    "admission:interest_section",
    "admission:interest_submit",
    "admission:interest_withdraw",
    "admission:interest_writers",
    "admission:interest_writer_remove",
    "admission:interest_person_add",
    "admission:interest_person",
    "admission:interest_person_remove",
}


def handed_in(world: Any) -> Interest:
    interest: Interest = InterestFactory(cohort=world.cohort, state=InterestState.SUBMITTED)
    return interest


def asked(cohort: Cohort, email: str = "anna@okand.invalid") -> InterestAsk:
    organisation = OrganisationFactory(county_name="Provlän")
    ask: InterestAsk = InterestAsk.objects.create(
        cohort=cohort, organisation=organisation, email=email, asked_on=timezone.localdate()
    )
    return ask


def _written(world: Any) -> tuple[Any, ...]:
    writer = InterestWriterFactory(interest__cohort=world.cohort)
    return world.cohort.slug, writer.interest_id, writer.pk


def _issue(cohort: Cohort) -> LetterIssue:
    file = ContentFile(b"%PDF-1.7", "brev.pdf")
    today = timezone.localdate()
    content = freeze(content_of(cohort).issued(1, "", today))
    issue, _ = LetterIssue.objects.get_or_create(
        cohort=cohort,
        number=1,
        defaults={"checksum": "x", "issued_on": today, "file": file, "content": content},
    )
    return issue


def issued(world: Any) -> tuple[Any, ...]:
    _issue(world.cohort)
    return (world.cohort.slug, 1)


PLACES: dict[str, Callable[[Any], tuple[Any, ...]]] = {
    "interest": lambda world: (world.cohort.slug, handed_in(world).pk),
    "interest_ask": lambda world: (world.cohort.slug, asked(world.cohort).pk),
    "interest_writer": _written,
    "cohort_redirect": lambda world: (world.cohort.slug,),
    "cohort_file": lambda world: (world.cohort.slug,),
    "letter": issued,
    "letter_file": issued,
}


NO_HTML: tuple[str, ...] = (
    "cohort_redirect",
    "cohort_file",
    "letter_file",
)


def of(state: str) -> Callable[[Scene], Interest]:
    return lambda scene: coming(scene).interests.get(organisation__name=f"{InterestState(state).label} kommun")


def chosen(*states: str) -> Steps:
    """The page of the answer, for the forms in these states."""

    def steps(page: Browser, scene: Scene) -> None:
        query = "&".join(f"anmalan={of(state)(scene).pk}" for state in states)
        page.goto(f"{page.url.partition('?')[0].replace('intresseanmalningar/', 'intresseanmalningar/svara/')}?{query}")

    return steps


def answered(label: str, *states: str) -> Steps:
    def steps(page: Browser, scene: Scene) -> None:
        chosen(*states)(page, scene)
        page.get_by_label("Antas inte").check()
        page.get_by_label("Svar med skäl").fill("Många har sökt.")
        press(label)(page, scene)

    return steps


def filled(cohort: Cohort, organisation: Any, state: str, **fields: Any) -> Interest:
    interest: Interest = InterestFactory(
        cohort=cohort,
        organisation=organisation,
        state=state,
        submitted_at=None if state == InterestState.DRAFT else timezone.now(),
        withdrawn_on=timezone.localdate() if state == InterestState.WITHDRAWN else None,
        body="Kommunfullmäktige",
        decided_on=timezone.localdate(),
        paragraph="§ 45",
        cemr=True,
        focus="Vi vill följa upp våra resultat bättre.",
        wish="nearness",
        **fields,
    )
    InterestWriterFactory(interest=interest)
    InterestWriterFactory(interest=interest)
    for function in (Function.POLITICIAN, Function.MANAGER, Function.STRATEGIST):
        InterestPersonFactory(interest=interest, function=function, title="Titel")
    return interest


def coming(scene: Scene) -> Cohort:
    """An omgång of the scene that takes interest forms, with one in each state."""
    there = Cohort.objects.filter(slug="tar-emot").first()
    if there:
        return there
    today = timezone.localdate()
    cohort: Cohort = CohortFactory(
        slug="tar-emot",
        name="Provomgång som tar emot anmälningar",
        starts_on=today + timedelta(days=200),
        ends_on=today + timedelta(days=700),
        interest_opens_on=today - timedelta(days=5),
        interest_closes_on=today + timedelta(days=30),
        board_meets_on=today + timedelta(days=40),
        contact=scene.users["process_leader"],
    )
    for state in InterestState:
        answered = {"answered_on": today, "answered_by": "SKR:s styrgrupp", "answer": "Vi har vägt in bredden."}
        given = answered if state in (InterestState.ADMITTED, InterestState.WAITING, InterestState.DECLINED) else {}
        organisation = OrganisationFactory(name=f"{state.label} kommun", county_name="Provlän")
        filled(cohort, organisation, state, **given)
    for email in ("anna@okand.invalid", "anna.ek@gmail.com"):
        asked(cohort, email)
    return cohort


def in_coming(*more: Any) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (coming(scene).slug, *more)


def empty(*more: Any) -> Callable[[Scene], tuple[Any, ...]]:
    """A form in which nothing is written yet."""

    def place(scene: Scene) -> tuple[Any, ...]:
        interest = InterestFactory(cohort=coming(scene), organisation=OrganisationFactory(county_name="Provlän"))
        return (InterestWriterFactory(interest=interest).key, *more)

    return place


def written(state: str = InterestState.DRAFT, *more: Any) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (of(state)(scene).writers.order_by("pk").first().key, *more)


def hand_in_anyway(page: Browser, scene: Scene) -> None:
    """From a tab in which all was there, while another has taken something away."""
    page.goto(page.url.replace(page.url.rstrip("/").rpartition("/")[2], written()(scene)[0]))
    of(InterestState.DRAFT)(scene).people.filter(function=Function.MANAGER).delete()
    press("Skicka in anmälan")(page, scene)
    page.locator(".notice", has_text="Anmälan kan inte skickas in än.").wait_for()


def changed_meanwhile(page: Browser, scene: Scene) -> None:
    """Another has saved since the page was drawn."""
    of(InterestState.DRAFT)(scene).__class__.objects.filter(state=InterestState.DRAFT).update(
        focus="Någon annans text."
    )
    refused("Spara", focus="Min text.")(page, scene)


def person(scene: Scene) -> tuple[Any, ...]:
    interest = of(InterestState.DRAFT)(scene)
    return (interest.writers.order_by("pk").first().key, interest.people.order_by("pk").first().pk)


def read(state: str) -> Callable[[Scene], tuple[Any, ...]]:
    return lambda scene: (coming(scene).slug, of(state)(scene).pk)


def issued_page(scene: Scene) -> tuple[Any, ...]:
    _issue(scene.running)
    return (scene.running.slug,)


def version_page(scene: Scene) -> tuple[Any, ...]:
    _issue(scene.running)
    return (scene.running.slug, 1)


def previewed(page: Browser, scene: Scene) -> None:
    page.get_by_label("Vad arbetet ska bidra till").fill("Så här skriver SKR, till {deltagare}.")
    page.get_by_role("button", name="Förhandsgranska brevet").click()
    page.locator("#brevet").wait_for()


def unknown_field(page: Browser, scene: Scene) -> None:
    page.get_by_label("Vad arbetet ska bidra till").fill("Till {alla}.")
    page.get_by_role("button", name="Spara").click()
    page.locator(".field__errors").wait_for()


def seen(page: Browser, scene: Scene) -> None:
    page.get_by_role("link", name="Se vem som får det").click()
    page.wait_for_load_state()


PAGES: tuple[Page, ...] = (
    Page("admission:interest_start", "", nowhere, "nothing is open"),
    Page("admission:interest_new", "", in_coming()),
    Page("admission:interest_new", "", in_coming(), "refused", refused("Skicka länken", email="anna")),
    Page("admission:interest_start", "", lambda scene: coming(scene) and (), "one is open"),
    Page("admission:interest_sent", "", in_coming()),
    Page("admission:interest", "", empty(), "empty"),
    *(Page("admission:interest", "", written(state), state) for state in InterestState),
    Page("admission:interest", "", empty(), "not complete", hand_in_anyway),
    *(
        Page("admission:interest_section", "", written(InterestState.DRAFT, part), part)
        for part in ("beslut", "personer", "inriktning", "mal", "onskemal", "praktiskt")
    ),
    Page("admission:interest_section", "", empty("personer"), "nobody is named"),
    Page(
        "admission:interest_section",
        "",
        written(InterestState.DRAFT, "beslut"),
        "refused",
        refused("Spara", decided_on="2090-01-01"),
    ),
    Page("admission:interest_section", "", written(InterestState.DRAFT, "inriktning"), "stale", changed_meanwhile),
    Page("admission:interest_person_add", "", written()),
    Page("admission:interest_person_add", "", written(), "refused", refused()),
    Page("admission:interest_person", "", person),
    Page("admission:interest_writers", "", written()),
    Page("admission:interest_writers", "", written(), "refused", refused("Skicka inbjudan", email="anna")),
    Page("admission:interest_withdraw", "", written()),
    Page("admission:interests", "process_leader", lambda scene: (scene.empty.slug,), "empty"),
    Page("admission:interests", "process_leader", in_coming()),
    Page("admission:interests", "administrator", in_coming()),
    Page("admission:interest_read", "process_leader", read(InterestState.SUBMITTED), "submitted"),
    Page("admission:interest_read", "process_leader", read(InterestState.DECLINED), "declined"),
    Page("admission:interests_answer", "process_leader", in_coming(), "several", chosen("submitted", "waiting")),
    Page(
        "admission:interests_answer",
        "process_leader",
        in_coming(),
        "preview",
        answered("Förhandsgranska mejlet", "submitted"),
    ),
    Page(
        "admission:interests_answer",
        "process_leader",
        in_coming(),
        "refused",
        answered("Spara och mejla svaret", "waiting"),
    ),
    Page("admission:letter", "process_leader", in_coming(), "empty"),
    Page("admission:letter", "process_leader", lambda scene: (scene.running.slug,)),
    Page("admission:letter", "strategist", lambda scene: (scene.running.slug,), "not sent"),
    Page("admission:letter", "administrator", issued_page, "issued"),
    Page("admission:letter_version", "strategist", version_page),
    Page("admission:letter_words", "process_leader", lambda scene: (scene.running.slug,)),
    Page("admission:letter_words", "process_leader", lambda scene: (scene.running.slug,), "previewed", previewed),
    Page("admission:letter_words", "process_leader", lambda scene: (scene.running.slug,), "refused", unknown_field),
    Page("admission:letter_send", "process_leader", lambda scene: (scene.running.slug,), "", seen),
)


NO_PAGE: dict[str, str] = {
    "admission:interest_submit": "takes a post only",
    "admission:interest_writer_remove": "takes a post only",
    "admission:interest_person_remove": "takes a post only",
    "admission:letter_pdf": "a file",
    "admission:letter_issue": "a file",
}


def many_asked(omgang: Any) -> list[Any]:
    """As many interest forms as there are participants."""
    if not omgang.cohort.interests.exists():
        for row in omgang.cohort.participations.select_related("organisation"):
            filled(omgang.cohort, row.organisation, InterestState.SUBMITTED)
    return [omgang.cohort.slug]


def one_of_many(omgang: Any) -> list[Any]:
    return [*many_asked(omgang), omgang.cohort.interests.first().pk]


def one_sent(omgang: Any) -> list[Any]:
    _issue(omgang.cohort)
    return [omgang.cohort.slug, 1]


COUNTED: tuple[Counted, ...] = (
    Counted("Interest forms", "admission:interests", "process_leader", many_asked),
    Counted("An interest form", "admission:interest_read", "process_leader", one_of_many),
    Counted("Admission letter", "admission:letter", "process_leader", whole),
    Counted("The letter as it was sent", "admission:letter_version", "strategist", one_sent),
    Counted("The letter's texts", "admission:letter_words", "process_leader", whole),
)
