"""From "kvinnor väntar längre" to a first cycle with an indicator, on a phone and by the keyboard alone."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect

from improvements.models import Cycle, Improvement
from indicators.models import Indicator
from tests.browser.conftest import patient, sign_in_as
from tests.factories import DelegateFactory, ParticipationFactory

pytestmark = [pytest.mark.browser, pytest.mark.any_day, pytest.mark.django_db(transaction=True)]

# Key presses outside running text.
MOST = 45
PHONE = {"width": 360, "height": 740}


class Keyboard:
    """A person who has no pointer; `presses` counts every key but those of running text."""

    def __init__(self, page: Page) -> None:
        self.page, self.main, self.presses = page, page.get_by_role("main"), 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.presses += 1

    def reach(self, control: Locator) -> None:
        expect(control).to_be_visible()
        while not control.evaluate("element => element === document.activeElement"):
            self.press("Tab")
            assert self.presses <= MOST, f"{control} is too far away"

    def skip_to_main(self) -> None:
        # A browser keeps the fragment through a redirect, and then begins there.
        if self.page.url.endswith("#main"):
            return
        self.reach(self.page.get_by_role("link", name="Hoppa till innehållet"))
        self.press("Enter")

    def follow(self, name: str) -> None:
        """Use a link or a button of the main part, and come to the next page."""
        self.reach(self.main.get_by_role("link", name=name).or_(self.main.get_by_role("button", name=name)).first)
        before = self.page.url.partition("#")[0]
        self.press("Enter")
        # A form that a script sends comes to the next page a while after.
        self.page.wait_for_url(lambda url: url.partition("#")[0] != before)
        self.skip_to_main()

    def write(self, label: str, text: str) -> None:
        self.reach(self.main.get_by_label(label))
        self.page.keyboard.type(text)


@pytest.fixture
def measured(live_server):
    """Someone whose organisation follows an indicator, and the address of their improvements."""
    user = DelegateFactory(participation=ParticipationFactory()).user
    own = user.seats.get().participation
    Indicator.objects.create(
        participation=own,
        key="vantetid",
        title="Väntetid till första besök",
        unit="dagar",
        direction="lower",
        kind="mean",
        source="own",
    )
    return user, live_server.url, reverse("improvements:work", args=[own.cohort.slug, own.code])


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_first_cycle_takes_few_key_presses(browser: Browser, browser_context_args, measured, scripts):
    user, site, address = measured
    context = browser.new_context(**{**browser_context_args, "viewport": PHONE, "java_script_enabled": scripts})
    page = patient(context).new_page()
    sign_in_as(page, site, user)
    page.goto(f"{site}{address}")
    person = Keyboard(page)
    person.skip_to_main()
    person.follow("Ny förbättring")
    person.write("Rubrik", "Lika väntetid till smärtvården")
    person.write("Vad vill ni åstadkomma?", "Kvinnor väntar längre. De ska vänta lika länge som män.")
    person.reach(person.main.get_by_text("Hur vet ni att en förändring är en förbättring?"))
    person.press("Enter")
    person.reach(person.main.get_by_label("Väntetid till första besök"))
    person.press("Space")
    person.follow("Spara")
    person.follow("Planera den första cykeln")
    person.write("Planera", "En bedömare läser remisser utan uppgift om kön.")
    person.write("I hur liten skala?", "Fem remisser")
    person.write("Vad tror ni händer?", "Alla får samma prioritet.")
    person.follow("Spara")
    expect(person.main).to_contain_text("Alla får samma prioritet.")
    cycle = Cycle.objects.get()
    assert (cycle.number, cycle.scale) == (1, "Fem remisser")
    assert [row.key for row in Improvement.objects.get().indicators.all()] == ["vantetid"]
    assert person.presses <= MOST
