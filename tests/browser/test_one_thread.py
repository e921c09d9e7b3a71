"""One thread from an idea at a meeting to a line in the report: what is typed once is read in four places."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from cohorts.models import Participation
from improvements.enums import State
from improvements.models import Improvement
from meetings.models import Meeting
from tests.browser.conftest import editor, sign_in_as

pytestmark = [pytest.mark.browser, pytest.mark.any_day, pytest.mark.django_db(transaction=True)]

IDEA = "Nämnden får en sida om följder för kvinnor och män."
PLAN = "Två handläggare skriver en sida till nästa möte."
DID = "Båda skrev sidan på en halvtimme."
STUDY = "Ledamöterna frågade om följderna i tre av fyra ärenden."
ACT = "Alla handläggare börjar med sidan i januari."
PURPOSE = "Vi ville att nämnden skulle fråga om följderna."


class Writer:
    """Someone who types and presses; `typed` is all the text that they have typed."""

    def __init__(self, page: Page) -> None:
        self.page, self.main = page, page.get_by_role("main")
        self.typed: list[str] = []

    def write(self, label: str, text: str) -> None:
        # A field that may be left empty says so after its label.
        self.main.get_by_role("textbox", name=re.compile(f"^{re.escape(label)}")).fill(text)
        self.typed.append(text)

    def press(self, control: Locator) -> None:
        control.focus()
        expect(control).to_be_focused()
        before = self.page.url
        control.press("Enter")
        self.page.wait_for_url(lambda url: url != before)

    def button(self, name: str) -> None:
        self.press(self.main.get_by_role("button", name=name, exact=True))

    def link(self, name: str) -> None:
        self.press(self.main.get_by_role("link", name=name, exact=True))


@pytest.fixture
def meeting(demonstration):
    """A meeting of today, at which no idea is noted yet."""
    meeting = Meeting.objects.select_related("cohort").get(cohort__slug="demo-pagaende", key="learning-2")
    today = timezone.localdate()
    Meeting.objects.filter(pk=meeting.pk).update(starts_on=today, ends_on=today, ends_at=None)
    return meeting


def test_each_sentence_is_typed_once_and_read_four_times(page: Page, demonstration, meeting):
    own = Participation.objects.get(cohort=meeting.cohort, code="99")
    sign_in_as(page, demonstration.url, own.delegates.get(user__email="strateg@demo.invalid").user)
    writer = Writer(page)

    page.goto(f"{demonstration.url}{meeting.get_absolute_url()}")
    writer.link("Anteckna en idé att ta med hem")
    writer.write("Vilken idé tar ni med er?", IDEA)
    page.get_by_label("Vem kommer idén från?").select_option(label="Region Västanmark")
    page.get_by_role("button", name="Spara idén").press("Enter")
    expect(page.get_by_role("list", name="Idéer från träffen")).to_contain_text(IDEA)
    writer.link(f"Gör till förbättringsarbete av ”{IDEA}”")
    page.get_by_role("radio", name="Delas med gruppen").check()
    writer.button("Spara")

    writer.link("Planera den första cykeln")
    writer.write("Planera: vad ska ni pröva?", PLAN)
    page.locator("main").get_by_text("Göra, studera och agera").click()
    for label, text in (("Göra", DID), ("Studera", STUDY), ("Agera", ACT)):
        writer.write(label, text)
    page.get_by_role("radio", name="Inför").check()
    writer.button("Spara")
    # The decision leads to the question of where the improvement moves, with the answer chosen.
    expect(page.get_by_role("radio", name="Införd")).to_be_checked()
    writer.button("Spara")
    for text in writer.typed:
        expect(writer.main).to_contain_text(text)

    writer.link("Lägg på resultatkedjan")
    writer.button("Lägg på kedjan")
    for text in (IDEA, STUDY):
        expect(writer.main).to_contain_text(text)

    report = f"{demonstration.url}/omgangar/{own.cohort.slug}/{own.code}/rapport/"
    page.goto(f"{report}offentligt/")
    for box in page.get_by_role("checkbox", name=IDEA).all():
        box.check()
    writer.button("Spara valet")
    # A report has one text of its own; all the rest of it is there already.
    page.goto(report)
    writer.link("Syfte och mål")
    editor(page, "Er text").fill(PURPOSE)
    writer.typed.append(PURPOSE)
    writer.button("Nästa: Så organiserades arbetet")
    page.goto(report)
    writer.link("Gå vidare till inlämningen")
    # The page before has the same fold.
    expect(page.get_by_role("button", name="Lämna in resultatrapporten")).to_be_visible()
    whole = page.locator("details", has_text="Läs hela rapporten")
    whole.locator("summary").press("Enter")
    expect(whole).to_contain_text("Förbättringsarbeten", use_inner_text=True)
    efforts, improvements = whole.inner_text().split("\nFörbättringsarbeten\n")
    writer.button("Lämna in resultatrapporten")

    made = Improvement.objects.get(title=IDEA)
    assert (made.state, made.takeaway.source.organisation) == (State.ADOPTED, made.borrowed_from)
    assert writer.typed == [IDEA, PLAN, DID, STUDY, ACT, PURPOSE]
    at_meeting, at_home, on_chain = (
        words_of(page, f"{demonstration.url}{reverse(name, args=place)}")
        for name, place in (
            ("meetings:ideas", [meeting.cohort.slug, meeting.key]),
            ("improvements:improvement", [made.pk]),
            ("improvements:effort", [made.effort.pk]),
        )
    )
    read = (at_meeting, at_home, on_chain, efforts, improvements)
    assert [IDEA in words for words in read] == [True] * 5
    assert [STUDY in words for words in read] == [False, *[True] * 4]
    assert [PLAN in words for words in read] == [False, True, False, False, True]
    printed = own.report.editions.get().content
    assert STUDY in printed["efforts"][-1]["steps"][0]["text"]


def words_of(page: Page, address: str) -> str:
    page.goto(address)
    return page.get_by_role("main").inner_text()
