"""An omgång set up in one sitting, from a spreadsheet: twelve participants, three mentors, every day moved by one."""

from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from accounts.enums import SkrRole
from cohorts.enums import Role
from cohorts.models import Cohort, Group, Organisation
from meetings.whom import theme_of
from planning.models import Edition
from planning.setup.blueprint import of_edition
from planning.setup.dating import dated
from tests.browser.conftest import sign_in_as
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Clicks, fields, choices, pastes and submits, where one form for each thing took about two hundred.
MOST = 60
BEGINS = date(2027, 9, 13)
KOMMUNER = (
    "Lund",
    "Borgholm",
    "Växjö",
    "Nybro",
    "Emmaboda",
    "Alvesta",
    "Hultsfred",
    "Vimmerby",
    "Boden",
    "Luleå",
    "Piteå",
)
KOMMUNER = (*KOMMUNER, "Umeå")
MENTORS = ("Region Värmland", "Region Norrbotten", "Region Västerbotten")


class Sitting:
    """The leader at the page, and each thing done."""

    def __init__(self, page: Page) -> None:
        self.page, self.main = page, page.get_by_role("main")
        self.took: Counter[str] = Counter()

    def click(self, role: str, name: str) -> None:
        self.main.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        self.took["clicks"] += 1
        self.page.wait_for_load_state()

    def go(self, name: str) -> None:
        self.page.get_by_role("navigation", name="Omgångens sidor").get_by_role("link", name=name, exact=True).click()
        self.took["clicks"] += 1

    def fill(self, label: str, text: str) -> None:
        self.main.get_by_label(label).first.fill(text)
        self.took["fields"] += 1

    def choose(self, label: str, option: str) -> None:
        self.main.get_by_label(label).select_option(option)
        self.took["fields"] += 1

    def sees(self, text: str) -> None:
        expect(self.main.get_by_text(text).first).to_be_visible()


def wanted_days() -> dict[str, date]:
    """Every meeting a day later than the concept has it."""
    plan = dated(of_edition(Edition.objects.get(key="koncept-2021")), BEGINS)
    return {meeting.name: meeting.starts_on + timedelta(days=1) for meeting in plan.in_order()}


def sheet(days: dict[str, date]) -> str:
    rows = [
        f"{name}\t{day}\t9.00\t16.00\tSal Björken\thttps://moten.exempel.invalid/{at}"
        for at, (name, day) in enumerate(days.items())
    ]
    return "\n".join(["Träff\tDatum\tBörjar\tSlutar\tPlats\tLänk", *rows])


def people() -> str:
    names = Organisation.objects.filter(participations__isnull=False).values_list("name", "code")
    functions = ("politiker", "chef", "strateg")
    rows = [
        f"{name}\t{function.title()} {code}\t{function}.{code}@exempel.invalid\t{function}"
        for name, code in names
        for function in functions
    ]
    return "\n".join(["Organisation\tNamn\tE-post\tFunktion", *rows])


@time_machine.travel(date(2027, 1, 11))
def test_an_omgang_of_twelve_with_three_mentors(page: Page, live_server):
    days = wanted_days()
    sign_in_as(page, live_server.url, UserFactory(skr_role=SkrRole.PROCESS_LEADER, name="Petra Ledare"))
    page.goto(f"{live_server.url}/omgangar/")
    sitting = Sitting(page)
    lay_out(sitting)
    set_days(sitting, days)
    add_organisations(sitting)
    add_people(sitting)
    group(sitting)
    share(sitting)
    stands(days)
    assert sum(sitting.took.values()) <= MOST, sitting.took


def lay_out(sitting: Sitting) -> None:
    sitting.click("link", "Ny omgång")
    sitting.fill("Namn", "Modellkommuner 2027–2029")
    sitting.choose("Upplägg", "Konceptet 2021")
    sitting.fill("Uppstartens första dag", BEGINS.isoformat())
    sitting.click("button", "Visa dagarna")
    sitting.click("button", "Lägg upp omgången")
    sitting.sees("saker är kvar att göra")
    sitting.click("link", "Dagar för intresseanmälan")
    for label, day in (("Intresseanmälan öppnar", "2027-01-11"), ("Styrgruppen beslutar", "2027-03-01")):
        sitting.fill(label, day)
    sitting.click("button", "Spara")


def set_days(sitting: Sitting, days: dict[str, date]) -> None:
    sitting.click("link", "Fyll i tider och platser")
    sitting.main.get_by_text("Klistra in från ett kalkylark", exact=True).first.click()
    sitting.took["clicks"] += 1
    sitting.fill("Klistra in från ett kalkylark", sheet(days))
    sitting.click("button", "Fyll i tabellen")
    sitting.sees("Tolv träffar är ifyllda från kalkylarket, och inget är sparat än.")
    sitting.click("button", "Spara alla")
    sitting.sees("Tolv träffar är ändrade.")


def add_organisations(sitting: Sitting) -> None:
    sitting.go("Personer")
    sitting.click("link", "Lägg till organisationer")
    sitting.fill("Klistra in organisationerna", "\n".join([*KOMMUNER, *(f"{name}\tmentor" for name in MENTORS)]))
    sitting.click("button", "Se hur listan läses")
    sitting.click("button", "Lägg till 15 organisationer")
    sitting.sees("15 organisationer är tillagda.")


def add_people(sitting: Sitting) -> None:
    sitting.click("link", "Lägg till personer från en lista")
    sitting.fill("Klistra in listan här", people())
    sitting.click("button", "Se vad som händer")
    sitting.click("button", "Lägg till 45 personer")
    sitting.sees("45 personer är tillagda.")


def group(sitting: Sitting) -> None:
    sitting.go("Grupper")
    sitting.click("link", "Föreslå grupper")
    sitting.main.get_by_role("button", name="förslaget").first.click()
    sitting.took["clicks"] += 1
    sitting.sees("Förslaget är genomfört.")


def share(sitting: Sitting) -> None:
    sitting.go("Mentorer")
    sitting.click("link", "Mentorer efter tema")
    sitting.sees("Ingen är mentor för Ledning och styrning.")
    rows = sitting.page.locator(".theme-shares fieldset")
    for at, name in enumerate(("Värmland", "Norrbotten", "Västerbotten")):
        rows.nth(at).get_by_text(name, exact=True).click()
        sitting.took["clicks"] += 1
    sitting.click("button", "Spara mentorerna")
    sitting.sees("grupper har fått sina mentorer.")


def stands(days: dict[str, date]) -> None:
    cohort = Cohort.objects.get()
    assert dict(cohort.meetings.values_list("name", "starts_on")) == days
    assert not cohort.meetings.filter(place="").exists()
    assert not cohort.meetings.filter(starts_at=None).exists()
    assert cohort.participations.filter(role=Role.PARTICIPANT, group__isnull=False).count() == len(KOMMUNER)
    for group in Group.objects.all():
        assert len({theme_of(mentorship) for mentorship in group.mentorships.all()}) == len(MENTORS)
