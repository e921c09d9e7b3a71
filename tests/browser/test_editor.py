"""The editor of texts with a structure, in Chromium: with keys and buttons, pasting, and the guard over it."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.urls import reverse
from hypothesis import Phase, given, settings
from playwright.sync_api import Browser, Page, expect

from kit.canonical import canonical
from kit.rich import document_of, markdown_of, read_document
from kit.rich.structure import Paragraph, Run
from reports.live import figures_of
from reports.models import ChapterText, Quote, Report, ReportSection
from tests.browser.conftest import editor, patient, sign_in_as
from tests.documents import documents, texts
from tests.factories import AssessmentFactory, MeetingFactory, ReportFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# HTML as other programs put it on the clipboard, made up in their shape, and the Markdown that it becomes.
PASTED = Path(__file__).parent / "pasted"
COLLECT = "addEventListener('securitypolicyviolation', (event) => console.error(`CSP ${event.violatedDirective}`))"


@pytest.fixture
def writing(page: Page, live_server, cast):
    """A strategist at the page of the report; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if "Permissions-Policy" not in said.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.add_init_script(COLLECT)
    sign_in_as(page, live_server.url, cast.anna)
    page.goto(f"{live_server.url}{reverse('reports:section', args=[cast.own.cohort.slug, cast.own.code, 'purpose'])}")
    part = page.locator("#avsnitt-purpose")
    yield SimpleNamespace(page=page, part=part, text=editor(part, "Syfte och mål"), own=cast.own)
    assert complaints == []


def asked(page: Page, name: str, values: list) -> list:
    """What a function of the editor's answers for each of the values."""
    script = """async ([name, values]) => {
        const editor = await import(document.querySelector("script[src*=editor]").src);
        return values.map((value) => editor[name](value));
    }"""
    return page.evaluate(script, [name, values])


def without_empty(node):
    if isinstance(node, list):
        return [without_empty(part) for part in node]
    if isinstance(node, dict):
        return {key: without_empty(value) for key, value in node.items() if value != []}
    return node


def button(writing, name: str):
    return writing.part.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


def markdown(writing) -> str:
    return writing.part.locator("textarea").input_value()


def sample(program: str, kind: str) -> str:
    return (PASTED / f"{program}.{kind}").read_text(encoding="utf-8")


def stored(key: str = "purpose") -> str:
    return markdown_of(ReportSection.objects.get(key=key).document)


def press(writing, *keys: str) -> None:
    """Press the keys that have a name, and type the rest."""
    for key in keys:
        is_named = key == "Enter" or "+" in key
        writing.page.keyboard.press(key) if is_named else writing.page.keyboard.type(key)


def paste(writing, html: str, plain: str = "") -> None:
    writing.text.focus()
    writing.text.evaluate(
        """(field, [html, plain]) => {
            const clipboardData = new DataTransfer();
            if (html) clipboardData.setData("text/html", html);
            clipboardData.setData("text/plain", plain);
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        [html, plain],
    )


def examples(strategy, number: int = 200) -> list:
    """So many values of the strategy, to be tried in one call of the browser's."""
    drawn: list = []

    @settings(max_examples=number, phases=[Phase.generate], database=None)
    @given(strategy)
    def draw(value) -> None:
        drawn.append(value)

    draw()
    return drawn


class TestTheSameMarkdown:
    def test_what_the_editor_writes_is_read_as_meant(self, writing):
        values = examples(documents())
        for value, written in zip(values, asked(writing.page, "write", values), strict=True):
            assert document_of(written) == read_document(value)

    def test_what_the_server_writes_is_read_alike(self, writing):
        meant = [document for value in examples(documents()) if (document := read_document(value)).blocks]
        shown = asked(writing.page, "read", [markdown_of(document) for document in meant])
        for document, read in zip(meant, shown, strict=True):
            assert without_empty(read) == without_empty(document.as_json())

    def test_whatever_is_typed_is_read_alike(self, writing):
        typed = [canonical(value) for value in examples(texts)]
        for value, read in zip(typed, asked(writing.page, "read", typed), strict=True):
            assert read_document(read) == document_of(value)


class TestTyping:
    def test_by_keys_alone(self, writing):
        writing.text.focus()
        press(writing, "## Så gjorde vi", "Enter", "Vi prövade ", "Control+B", "två", "Control+B", " sätt.", "Enter")
        press(writing, "- ett", "Enter", "inre", "Control+]", "Enter", "Enter", "Enter", "> Citat.", "Shift+Enter", "*")
        expect(writing.part).to_contain_text("✓ Sparat")
        assert stored() == "## Så gjorde vi\n\nVi prövade **två** sätt.\n\n- ett\n  - inre\n\n> Citat.\n> \\*"

    def test_by_buttons(self, writing):
        writing.text.press_sequentially("Rubriken")
        button(writing, "Rubrik").click()
        expect(button(writing, "Rubrik")).to_have_attribute("aria-pressed", "true")
        expect(button(writing, "Fet")).to_have_attribute("aria-disabled", "true")
        writing.text.press("Enter")
        button(writing, "Numrerad lista").click()
        button(writing, "Kursiv").click()
        writing.text.press_sequentially("lutar")
        assert markdown(writing) == "# Rubriken\n\n1. *lutar*"
        button(writing, "Numrerad lista").click()
        button(writing, "Citat").click()
        assert markdown(writing) == "# Rubriken\n\n> *lutar*"
        writing.text.press("Control+z")
        assert ">" not in markdown(writing)

    def test_one_stop_for_tab_and_arrows_between_the_buttons(self, writing):
        writing.text.focus()
        writing.page.keyboard.press("Shift+Tab")
        expect(button(writing, "Rubrik")).to_be_focused()
        writing.page.keyboard.press("ArrowLeft")
        expect(button(writing, "Märk citat")).to_be_focused()
        writing.page.keyboard.press("Home")
        writing.page.keyboard.press("ArrowRight")
        expect(button(writing, "Underrubrik")).to_be_focused()
        writing.page.keyboard.press("Tab")
        expect(writing.text).to_be_focused()
        writing.page.keyboard.press("Tab")
        expect(writing.part.get_by_role("link", name="Historik")).to_be_focused()

    def test_a_link_is_asked_for_its_address(self, writing):
        box = writing.page.get_by_role("dialog", name="Länk")
        writing.text.press_sequentially("Se ")
        writing.text.press("Control+k")
        box.get_by_label("Text").fill("rapporten")
        box.get_by_label("Adress").fill("javascript:alert(1)")
        box.get_by_role("button", name="Lägg in").click()
        expect(box.get_by_role("alert")).to_contain_text("Skriv en adress som börjar med https://")
        box.get_by_label("Adress").fill("www.exempel.invalid/a_(b)")
        box.get_by_label("Adress").press("Enter")
        expect(box).to_have_count(0)
        expect(writing.text).to_be_focused()
        writing.page.keyboard.type(".")
        expect(writing.part).to_contain_text("✓ Sparat")
        assert stored() == r"Se [rapporten](https://www.exempel.invalid/a_\(b\))."
        writing.text.get_by_role("link").click()
        button(writing, "Länk").click()
        expect(box.get_by_label("Adress")).to_have_value("https://www.exempel.invalid/a_(b)")
        box.get_by_role("button", name="Ta bort").click()
        assert markdown(writing) == "Se rapporten."

    def test_a_footnote_is_put_in_changed_and_left_alone(self, writing):
        box = writing.page.get_by_role("dialog", name="Fotnot")
        writing.text.press_sequentially("Kvinnor väntar längre")
        button(writing, "Fotnot").click()
        box.get_by_label("Fotnotens text").fill("Enligt [vår] mätning.")
        box.get_by_role("button", name="Lägg in").click()
        writing.page.keyboard.type(".")
        assert markdown(writing) == r"Kvinnor väntar längre^[Enligt \[vår\] mätning.]."
        writing.text.get_by_role("img", name="Fotnot: Enligt [vår] mätning.").click()
        box.get_by_label("Fotnotens text").fill("Ny.")
        box.get_by_role("button", name="Ändra").click()
        assert markdown(writing) == "Kvinnor väntar längre^[Ny.]."
        writing.text.get_by_role("img").click()
        writing.page.keyboard.press("Escape")
        expect(box).to_have_count(0)
        assert markdown(writing) == "Kvinnor väntar längre^[Ny.]."

    def test_the_label_names_it_and_leads_to_it(self, writing):
        text = writing.page.get_by_role("textbox", name="Syfte och mål")
        expect(text).to_have_attribute("aria-multiline", "true")
        expect(text).to_have_attribute("lang", "sv")
        expect(writing.part.get_by_role("toolbar", name="Formatera: Er text: Syfte och mål")).to_be_visible()
        expect(writing.page.locator("[data-editor-help]")).to_be_hidden()


class TestPasting:
    @pytest.mark.parametrize("program", ["word", "libreoffice", "google", "web"])
    def test_structure_stays_and_looks_go(self, writing, program):
        expected = sample(program, "md").strip()
        paste(writing, sample(program, "html"))
        assert markdown(writing) == expected
        expect(writing.part).to_contain_text("✓ Sparat")
        assert stored() == expected
        writing.page.reload()
        assert markdown(writing) == expected

    def test_plain_text_keeps_its_lines_and_means_nothing_else(self, writing):
        paste(writing, "", "Vi mätte:\r\n- kvinnor *14*\r\n- män 9\r\n\r\n# ingen rubrik\r\nrad två")
        assert markdown(writing) == "Vi mätte:\n\n- kvinnor \\*14\\*\n- män 9\n\n\\# ingen rubrik\nrad två"

    def test_what_is_copied_here_comes_back_whole(self, writing):
        writing.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        paste(writing, sample("word", "html"))
        writing.text.press("Control+a")
        writing.text.press("Control+x")
        assert markdown(writing) == ""
        writing.text.press("Control+v")
        assert markdown(writing) == sample("word", "md").strip()


class TestGuarded:
    def test_what_another_saved_is_shown_and_what_is_typed_stays(self, writing):
        writing.text.press_sequentially("Mitt")
        ReportSection.objects.create(
            report=Report.objects.get_or_create(participation=writing.own)[0], key="purpose", text="Deras", revision=1
        )
        expect(writing.part.get_by_text("En annan text har sparats")).to_be_visible()
        expect(writing.part.get_by_role("textbox")).to_have_text("Mitt")
        writing.part.get_by_role("textbox").press_sequentially(" ord")
        assert markdown(writing).strip() == "Mitt ord"
        writing.part.get_by_role("button", name="Spara min text ändå").click()
        expect(writing.part).to_contain_text("✓ Sparat")
        assert stored() == "Mitt ord"

    def test_back_and_forth_keeps_what_was_saved(self, writing):
        writing.text.press_sequentially("- ett")
        expect(writing.part).to_contain_text("✓ Sparat")
        address = writing.page.url
        writing.page.goto(f"{address.split('/omgangar')[0]}/om/")
        writing.page.go_back()
        expect(writing.text.get_by_role("listitem")).to_have_text("ett")

    def test_without_scripts_it_is_typed_as_markdown(self, writing, browser: Browser, cast):
        page = patient(browser.new_context(java_script_enabled=False)).new_page()
        address = writing.page.url
        sign_in_as(page, address.split("/omgangar")[0], cast.anna)
        page.goto(address)
        expect(page.locator("main").get_by_text("Skriv # före en rubrik")).to_be_visible()
        page.get_by_role("textbox", name="Syfte och mål").fill("# Rubrik\n\n- **ett**\n- två")
        page.get_by_role("button", name="Spara", exact=True).click()
        expect(page.get_by_role("textbox", name="Syfte och mål")).to_have_value("# Rubrik\n\n- **ett**\n- två")
        assert stored() == "# Rubrik\n\n- **ett**\n- två"
        page.context.close()


def test_a_chapter_of_the_joint_report(page: Page, live_server, cast):
    sign_in_as(page, live_server.url, cast.cia)
    page.goto(f"{live_server.url}{reverse('reports:joint_chapter', args=[cast.cohort.slug, 'introduction'])}")
    page.get_by_role("textbox", name="Inledning").press_sequentially("- ett")
    page.get_by_role("main").get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("textbox", name="Inledning").get_by_role("listitem")).to_have_text("ett")
    expect(page.locator("main").get_by_text("Sparat.", exact=True)).to_be_visible()
    assert markdown_of(ChapterText.objects.get().document) == "- ett"


class TestFigures:
    """The list on the page has the values of the organisation's self-assessment."""

    @pytest.fixture
    def listed(self, cast):
        meeting = MeetingFactory(cohort=cast.own.cohort, starts_on=date(2026, 4, 1))
        AssessmentFactory(
            participation=cast.own, meeting=meeting, submitted=True, values=[2] * 10, submitted_on=meeting.starts_on
        )
        return figures_of(Report(participation=cast.own))[0]

    @pytest.fixture
    def text(self, listed, writing):
        writing.page.reload()
        return writing

    def test_one_is_found_and_put_in_by_keys_alone(self, text, listed):
        box = text.page.get_by_role("dialog", name="Siffra")
        text.text.press_sequentially("Vi ligger på ")
        button(text, "Siffra").focus()
        text.page.keyboard.press("Enter")
        expect(box.get_by_label("Sök bland siffrorna")).to_be_focused()
        text.page.keyboard.type("moment finns inte")
        box.get_by_role("button", name="Lägg in").click()
        expect(box.get_by_role("alert")).to_have_text("Välj en siffra i listan.")
        box.get_by_label("Sök bland siffrorna").fill("1.")
        text.page.keyboard.press("Tab")
        text.page.keyboard.press("Enter")
        expect(box).to_have_count(0)
        text.page.keyboard.type(".")
        assert markdown(text) == f"Vi ligger på {listed.markdown}."
        expect(text.text.get_by_role("img", name="2, levande siffra", exact=True)).to_be_visible()
        expect(text.part).to_contain_text("✓ Sparat")
        assert stored() == f"Vi ligger på {listed.markdown}."

    def test_arrows_go_past_it_and_delete_takes_it_away(self, text, listed):
        paste(text, f'<p>a <span data-figure="{listed.ref}">2</span> b</p>')
        assert markdown(text) == f"a {listed.markdown} b"
        chosen = text.text.locator(".ProseMirror-selectednode")
        for is_chosen in (False, False, True, False):
            text.page.keyboard.press("ArrowLeft")
            expect(chosen).to_have_count(int(is_chosen))
        text.page.keyboard.type("x")
        assert markdown(text) == f"a x{listed.markdown} b"
        text.page.keyboard.press("Delete")
        assert markdown(text) == "a x b"

    def test_one_that_has_changed_says_so(self, text, listed):
        paste(text, f'<p><span data-figure="{listed.ref}">3</span></p>')
        expect(text.text.get_by_role("img", name="3, levande siffra som har ändrats")).to_be_visible()
        text.text.get_by_role("img").click()
        button(text, "Siffra").click()
        box = text.page.get_by_role("dialog", name="Siffra")
        expect(box.get_by_label("Siffra", exact=True)).to_have_value(listed.ref)
        box.get_by_role("button", name="Byt").click()
        assert markdown(text) == listed.markdown

    def test_a_changed_figure_follows_the_table_by_a_button(self, text, listed, cast):
        paste(text, f'<p>Vi ligger på <span data-figure="{listed.ref}">3</span></p>')
        expect(text.part).to_contain_text("✓ Sparat")
        text.page.reload()
        text.part.get_by_role("button", name="Ändra till 2").click()
        expect(text.page.locator("main").get_by_text("Siffran är ändrad i texten.", exact=True)).to_be_visible()
        assert stored() == f"Vi ligger på {listed.markdown}"

    def test_without_a_list_there_is_no_button(self, writing):
        expect(writing.part.get_by_role("toolbar")).to_be_visible()
        expect(button(writing, "Siffra")).to_have_count(0)


class TestTables:
    """The list on the page has the table and the picture of the organisation's self-assessment."""

    LINE = "![Självskattning vid varje träff]{tabell-varden}"

    @pytest.fixture
    def text(self, writing, cast):
        meeting = MeetingFactory(cohort=cast.own.cohort, starts_on=date(2026, 4, 1))
        AssessmentFactory(
            participation=cast.own, meeting=meeting, submitted=True, values=[2] * 10, submitted_on=meeting.starts_on
        )
        ReportFactory(participation=cast.own, with_values=True)
        writing.page.get_by_role("link", name="Visa tabeller och bilder att lägga in i texten").click()
        return writing

    def put(self, text, sought="varje träff"):
        button(text, "Tabell").focus()
        text.page.keyboard.press("Enter")
        box = text.page.get_by_role("dialog", name="Tabell eller bild")
        expect(box.get_by_label("Sök bland tabeller och bilder")).to_be_focused()
        text.page.keyboard.type(sought)
        text.page.keyboard.press("Tab")
        text.page.keyboard.press("Enter")
        expect(box).to_have_count(0)

    def placed(self, text):
        return text.text.get_by_role("img", name="Tabell: Självskattning vid varje träff", exact=True)

    def test_one_is_put_in_by_keys_alone_and_one_writes_on_below(self, text):
        text.text.press_sequentially("Före.")
        self.put(text)
        text.page.keyboard.type("Efter.")
        expect(self.placed(text)).to_be_visible()
        assert markdown(text) == f"Före.\n\n{self.LINE}\n\nEfter."
        expect(text.part).to_contain_text("✓ Sparat")
        assert stored() == markdown(text)
        text.page.reload()
        expect(self.placed(text)).to_be_visible()
        assert markdown(text) == f"Före.\n\n{self.LINE}\n\nEfter."

    def test_arrows_reach_it_delete_takes_it_away_and_undo_brings_it_back(self, text):
        text.text.press_sequentially("Före.")
        self.put(text)
        text.page.keyboard.type("Efter.")
        chosen = text.text.locator(".ProseMirror-selectednode")
        text.page.keyboard.press("ArrowUp")
        expect(chosen).to_have_count(1)
        expect(button(text, "Tabell")).to_have_attribute("aria-pressed", "true")
        text.page.keyboard.press("Delete")
        assert markdown(text) == "Före.\n\nEfter."
        text.page.keyboard.press("Control+z")
        assert markdown(text) == f"Före.\n\n{self.LINE}\n\nEfter."

    def test_what_is_typed_where_it_is_chosen_goes_beside_it(self, text):
        self.put(text)
        text.page.keyboard.press("ArrowUp")
        expect(text.text.locator(".ProseMirror-selectednode")).to_have_count(1)
        text.page.keyboard.type("Ny rad")
        assert sorted(markdown(text).split("\n\n")) == sorted([self.LINE, "Ny rad"])
        text.page.keyboard.press("Control+a")
        text.page.keyboard.press("Backspace")
        assert markdown(text) == ""

    def test_it_is_exchanged_or_taken_away_in_its_box(self, text):
        self.put(text)
        text.page.keyboard.press("ArrowUp")
        button(text, "Tabell").click()
        box = text.page.get_by_role("dialog", name="Tabell eller bild")
        expect(box.get_by_label("Tabell eller bild")).to_have_value("tabell-varden")
        box.get_by_label("Tabell eller bild").select_option("bild-rorelse")
        box.get_by_role("button", name="Byt").click()
        expect(text.text.get_by_role("img", name="Bild: Värde per moment")).to_be_visible()
        text.text.get_by_role("img").click()
        button(text, "Tabell").click()
        box.get_by_role("button", name="Ta bort").click()
        assert markdown(text) == ""

    def test_one_that_is_gone_or_not_chosen_says_so(self, text):
        Report.objects.update(with_values=False)
        text.page.reload()
        self.put(text)
        name = "Tabell: Självskattning vid varje träff. Trycks inte, eftersom ni inte har valt att publicera det"
        expect(text.text.get_by_role("img", name=name)).to_be_visible()
        assert markdown(text) == self.LINE
        expect(text.part).to_contain_text("✓ Sparat")
        ReportSection.objects.update(structure=document_of("![Borta]{tabell-borta}").as_json(), text="Borta")
        text.page.reload()
        expect(text.text.get_by_role("img", name="Tabell: Borta. Finns inte längre")).to_be_visible()
        expect(text.page.locator("main").get_by_text("”Borta” trycks inte.")).to_be_visible()
        text.text.press("Control+End")
        assert markdown(text) == "![Borta]{tabell-borta}"

    def test_only_our_own_clipboard_holds_one(self, text):
        paste(text, '<p>a</p><div data-placed="tabell-varden" data-caption="x">x</div>', "")
        assert markdown(text) == "a\n\nx"
        text.text.press("Control+a")
        text.page.keyboard.press("Delete")
        paste(text, "", self.LINE)
        assert document_of(markdown(text)).blocks[0] == Paragraph((Run(self.LINE),))
        text.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        text.text.press("Control+a")
        text.page.keyboard.press("Delete")
        self.put(text)
        text.text.press("Control+a")
        text.text.press("Control+x")
        assert markdown(text) == ""
        text.text.press("Control+v")
        assert markdown(text) == self.LINE

    def test_without_a_list_there_is_no_button(self, writing):
        expect(writing.part.get_by_role("toolbar")).to_be_visible()
        expect(button(writing, "Tabell")).to_have_count(0)

    def test_without_scripts_the_line_is_typed(self, text, browser: Browser, cast):
        page = patient(browser.new_context(java_script_enabled=False)).new_page()
        address = text.page.url
        sign_in_as(page, address.split("/omgangar")[0], cast.anna)
        page.goto(address)
        page.locator("main").get_by_text("Tabeller och bilder att lägga in i texten").click()
        line = page.locator("[data-placeables] code").first.text_content()
        assert line == self.LINE
        page.get_by_role("textbox", name="Syfte och mål").fill(f"Före.\n{line}\nEfter.")
        page.get_by_role("button", name="Spara", exact=True).click()
        expect(page.get_by_role("textbox", name="Syfte och mål")).to_have_value(f"Före.\n\n{line}\n\nEfter.")
        assert stored() == f"Före.\n\n{line}\n\nEfter."
        page.context.close()


class TestQuotes:
    def test_the_sentence_at_the_cursor_goes_along(self, writing):
        writing.text.press_sequentially("Det var svårt. Nu frågar alla! Sist.")
        for _ in range(8):
            writing.page.keyboard.press("ArrowLeft")
        button(writing, "Märk citat").click()
        field = writing.page.get_by_label("Meningen")
        expect(field).to_have_value("Nu frågar alla!")
        writing.page.get_by_label("Politiker").check()
        writing.page.get_by_role("button", name="Märk som citat").click()
        expect(writing.page.locator("main").get_by_text("Meningen är märkt som citat.", exact=True)).to_be_visible()
        assert Quote.objects.get().text == "Nu frågar alla!"

    def test_what_is_chosen_goes_along(self, writing):
        writing.text.press_sequentially("Ett. Två.")
        writing.text.press("Control+a")
        button(writing, "Märk citat").click()
        expect(writing.page.get_by_label("Meningen")).to_have_value("Ett. Två.")
