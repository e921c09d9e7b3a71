"""A name and an address put through every form are afterwards nowhere but where the named exceptions say."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from accounts.models import AddressChange, ProviderSubject
from admission.interest.sections import SECTIONS
from cohorts.models import Delegate
from kit.enums import BuildState
from kit.guard.reading import forms_of
from kit.models import KeptForm
from meetings.models import CalendarFeed
from privacy.actions.erasing import erase_person
from privacy.finding import text_columns
from privacy.held import HELD, NOTHING
from tests.factories import ReportFactory, frozen
from tests.factors import mailed_code
from tests.modell.test_typed import DRAWN, pages_of
from tests.privacy.canary import ADDRESS, NAME, SAID, Canary, in_cache, is_trace, traces
from tests.process_factories import InterestWriterFactory
from tests.sent_forms import MAKES, NOT_NEW
from tests.strict import StrictClient
from tests.world import build

pytestmark = pytest.mark.django_db

# After these the others could not be typed in.
LAST = ("people:participation_withdraw", "people:person_leaves", "planning:date_cancel", "people:election")
TAKES_AWAY = {name for name, reason in NOT_NEW.items() if reason == "takes away"} | {
    *("planning:setup_delete", "people:account_close", "people:staff_end", "people:evaluator_end", "privacy:regret"),
    *("privacy:erase", "privacy:erase_stranger", "mfa_activate_totp", "mfa_add_webauthn"),
}
FEWEST_COLUMNS = 60


@pytest.fixture
def canary(world):
    """The strategist, who then writes in every form as well as being named in it by the others."""
    user = world.users["strategist"]
    user.name, user.email = NAME, ADDRESS
    user.save()
    return user


def fill_in(client, world):
    """Type the canary into each form of each page, as everyone who may open it; return the views that took it."""
    took = set()
    for row in sorted(DRAWN, key=lambda row: row.name in LAST):
        if row.name in TAKES_AWAY:
            continue
        for user, page in pages_of(client, world, row):
            for form in forms_of(page.text, page.request["PATH_INFO"]):
                for address in form.addresses if form.is_posted and form.shown else ():
                    if (name := resolve(address).view_name) not in TAKES_AWAY and send(client, user, form, address):
                        took.add(name)
    return took


def send(client, user, form, address):
    client.force_login(user)
    typed = MAKES.get(resolve(address).view_name, {})
    canary = Canary(form)
    beside = {name: [value] for name, value in typed.items() if name not in canary.typed or not is_trace(value)}
    for name, value in beside.items():
        if not any(is_trace(text) for text in canary.typed.get(name, ())):
            canary.typed[name] = value
    return canary.send(client, address).status_code in (204, 302)


def apply_for_the_omgang(world):
    """The public forms: asking to write, writing, and the people of the form."""
    cohort = world.cohort
    cohort.interest_opens_on, cohort.interest_closes_on = date(2026, 9, 1), date(2026, 10, 30)
    cohort.save()
    writer = InterestWriterFactory(interest__cohort=cohort, email=ADDRESS)
    pages = [
        reverse("admission:interest_new", args=[cohort.slug]),
        *(reverse("admission:interest_section", args=[writer.key, section.key]) for section in SECTIONS),
        reverse("admission:interest_person_add", args=[writer.key]),
        reverse("admission:interest_writers", args=[writer.key]),
    ]
    client = StrictClient()
    for page in pages:
        answer = client.get(page)
        for form in forms_of(answer.text, page):
            for address in form.addresses if form.is_posted and form.shown else ():
                Canary(form).send(client, address)


def live(user):
    """What a person leaves who signs in, types without being signed in, and keeps a calendar."""
    client = Client(headers={"User-Agent": "Firefox"})
    client.post(reverse("account_login"), {"email": ADDRESS})
    client.post(reverse("account_confirm_login_code"), {"code": "FEL-KOD"})
    client.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
    stranger = Client()
    stranger.post(reverse("account_login"), {"email": ADDRESS})  # waits for a code, with the address in its session
    EmailAddress.objects.update_or_create(user=user, defaults={"email": ADDRESS})
    SocialAccount.objects.create(user=user, provider="norrby", uid="1", extra_data={"name": NAME, "email": ADDRESS})
    ProviderSubject.objects.create(user=user, provider="norrby", subject=ADDRESS)
    AddressChange.objects.create(user=user, email="kanarie@ny.invalid", asked_on=timezone.localdate())
    CalendarFeed.objects.get_or_create(user=user)
    kept = {"address": "/", "page": "/", "why": "signed_out", "typed": SAID, "kept_at": timezone.now()}
    KeptForm.objects.create(person=None, **kept)
    return client


def approve(world, published_on):
    """A published edition that the canary has approved, with its file."""
    report = ReportFactory()
    edition = frozen(report)
    edition.content["cover"]["title"] = SAID
    edition.approved_on, edition.approved_as, edition.approved_by = published_on, "politician", f"{NAME}, politiker"
    edition.published_on = published_on
    edition.save()
    build(report=report, edition=edition, state=BuildState.READY, file=ContentFile(SAID.encode(), "r.txt"))
    return edition


def left(user):
    yesterday = timezone.localdate() - timedelta(days=1)
    Delegate.objects.filter(user=user).update(starts_on=yesterday - timedelta(days=9), ends_on=yesterday)


@pytest.mark.in_turn("canary")
def test_erased_a_person_is_nowhere(client, world, canary, django_capture_on_commit_callbacks):
    apply_for_the_omgang(world)
    took = fill_in(client, world)
    assert len(took) > 60, sorted(took)
    device = live(canary)
    approve(world, date(2026, 9, 1))
    left(canary)
    before = traces()
    assert len(before) >= FEWEST_COLUMNS, sorted(before)
    with django_capture_on_commit_callbacks(execute=True):
        plan = erase_person(email=ADDRESS, by=world.users["process_leader"])
    assert plan.doubtful == []
    assert traces() == {"reports.ReportEdition.approved_by"}
    assert device.get(reverse("home")).url.startswith("/logga-in/")


def test_two_years_after_it_was_published_the_approver_is_gone_too(world, canary, django_capture_on_commit_callbacks):
    edition = approve(world, date(2024, 9, 1))
    left(canary)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(email=ADDRESS, by=None)
    assert traces() == set()
    edition.refresh_from_db()
    assert edition.approved_as == "politician"


def test_the_search_reads_every_text_of_every_table():
    """Whatever column a canary is put into, a place is found: no column is left out by its kind."""
    columns = {(model, field.name) for model in (*HELD, *NOTHING) for field in text_columns(model)}
    assert len(columns) > 200
    assert in_cache
