"""The story of an improvement as PDF and Word: whole, accessible, and never more than others may read."""

import io
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from docx import Document

from cohorts.enums import Function
from cohorts.roles import roles_of
from improvements.enums import Decision, State
from improvements.papers import html_of, word_of
from improvements.story import paper_of
from improvements.trials import LONGEST_BESIDE, MOST_LINES_BESIDE, Trial
from kit.pdf import render_pdf
from kolada.models import KeyFigure
from tests.factories import (
    CycleFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    ImprovementFactory,
    IndicatorFactory,
    OrganisationFactory,
    ValueFactory,
)
from tests.hostile import ADDRESS, HOSTILE
from tests.improvements.pages import with_a_gap
from tests.pdf_checks import (
    assert_accessible_pdf,
    missing_glyphs,
    outside_the_margins,
    pdf_text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def work(world):
    """A shared improvement that was tried twice, adopted and laid on the chain."""
    responsible = DelegateFactory(participation=world.own, user__name="Kim Namnsson", function=Function.CONTRIBUTOR)
    work = ImprovementFactory(
        participation=world.own,
        title="Remisser utan kön",
        target="Högst en dag.",
        aim_on=date(2027, 12, 31),
        women=True,
        whom="över 18 år",
        state=State.ADOPTED,
        begins_on=date(2026, 3, 1),
        learnt="Två bedömare behövs.",
        shared=True,
        responsible=responsible,
        borrowed_from=OrganisationFactory(name="Region Långivare", code="98"),
    )
    work.indicators.add(with_a_gap(world.own))
    work.ideas.create(text="Bedöm utan kön")
    cycle_texts = {"do": "Fem remisser lästes.", "act": "Vi låter två läsa."}
    CycleFactory(
        improvement=work,
        plan="En bedömare läser.",
        scale="fem remisser",
        begins_on=date(2026, 3, 1),
        ends_on=date(2026, 3, 7),
        prediction="Alla får samma prioritet.",
        study="Fyra av fem fick det.",
        decision=Decision.ADAPT,
        **cycle_texts,
    )
    CycleFactory(improvement=work, number=2, plan="Alla läser.", prediction="Högst två dagar.")
    effort = EffortFactory(participation=world.own, title="Remisser", improvement=work, shared=True)
    EffortStepFactory(effort=effort, stage="practice", month=6, text="Alla remisser bedöms så.")
    return work


def answer(client, user, work, name):
    client.force_login(user)
    return client.get(reverse(f"improvements:improvement{name and f'_{name}'}", args=[work.pk]))


def word_text(data):
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


def texts(client, user, work):
    """Return the words of the PDF and of the Word file, on one line each."""
    pdf = pdf_text(answer(client, user, work, "pdf").getvalue())
    return pdf, " ".join(word_text(answer(client, user, work, "word").getvalue()).split())


WHOLE = (
    "Remisser utan kön",
    "Införd. Från 1 mars 2026. Ansvarig: medverkande.",
    "Att kvinnor och män väntar lika länge.",
    "Hur det ska bli: Högst en dag.",
    "Senast: 31 december 2027",
    "Gäller: Kvinnor, över 18 år",
    "Kvinnor väntar fyra dagar längre än män.",
    "men för att männen väntar längre",
    "Källa: eget system.",
    "Cykel 1 börjar, 1 mars 2026",
    "Bedöm utan kön",
    "Varje steg är en PDSA-cykel: planera, göra, studera, agera.",
    "Cykel 1, 1–7 mars 2026, fem remisser",
    "Alla får samma prioritet.",
    "Fyra av fem fick det.",
    "Beslut: ändra och pröva igen. Vi låter två läsa.",
    "Inget beslut än.",
    "Två bedömare behövs.",
    "Nytt eller ändrat arbetssätt",
    "Nått, juni 2026",
    "Alla remisser bedöms så.",
)


def test_both_papers_tell_the_whole_story(client, world, work):
    for text in texts(client, world.users["groupmate"], work):
        assert [said for said in WHOLE if said not in text] == []


def test_the_pdf_can_be_read_by_all_and_archived(client, world, work):
    assert_accessible_pdf(answer(client, world.users["groupmate"], work, "pdf").getvalue())


def test_the_page_leads_to_both(client, world, work):
    page = answer(client, world.users["groupmate"], work, "").text
    for name in ("pdf", "word"):
        assert reverse(f"improvements:improvement_{name}", args=[work.pk]) in page
    assert "På resultatkedjan" in page


def test_people_stand_by_function_and_never_by_name(client, world, work):
    for text in texts(client, world.users["strategist"], work):
        assert "Kim Namnsson" not in text
        assert "Ansvarig: medverkande." in text


@pytest.mark.parametrize("agrees", [None, False, True])
def test_whose_idea_it_was_is_named_only_with_a_yes(client, world, work, agrees):
    work.lender_agrees = agrees
    work.save()
    for text in texts(client, world.users["strategist"], work):
        assert ("Idén kommer från Region Långivare." in text) is (agrees is True)
        assert ("Idén kommer från en annan organisation." in text) is (agrees is not True)
        assert ("Långivare" in text) is (agrees is True)


def test_a_paper_has_no_value_that_few_people_are_behind(client, world, work):
    people = {"women_denominator": Decimal(4), "men_denominator": Decimal(60)}
    indicator = work.indicators.get()
    ValueFactory(indicator=indicator, period="2026", women=Decimal("73.125"), men=Decimal(40), **people)
    assert "73,1" in answer(client, world.users["strategist"], work, "").text
    for text in texts(client, world.users["strategist"], work):
        assert "73,1" not in text
        assert "2026: värdet för kvinnor visas inte, eftersom få personer ligger bakom det." in text


class TestWhatIsNotShared:
    """The paper of a shared improvement is what the group reads; of one's own it is what one reads oneself."""

    @pytest.fixture
    def beside(self, world, work):
        hidden = IndicatorFactory(participation=world.own, title="Bara vårt", says="tiger längre", shared=False)
        ValueFactory(indicator=hidden, period="2025", women=Decimal(9), men=Decimal(7))
        work.indicators.add(hidden)
        work.effort.shared = False
        work.effort.save()
        return work

    def test_is_not_on_the_paper_of_a_shared_one(self, client, world, beside):
        for text in texts(client, world.users["strategist"], beside):
            assert "Bara vårt" not in text
            assert "Alla remisser bedöms så." not in text

    def test_is_on_the_paper_of_ones_own(self, client, world, beside):
        beside.shared = False
        beside.save()
        for text in texts(client, world.users["strategist"], beside):
            assert "Kvinnor tiger två dagar längre än män." in text
            assert "Alla remisser bedöms så." in text

    def test_nor_do_others_read_it_on_the_page(self, client, world, beside):
        page = answer(client, world.users["groupmate"], beside, "").text
        assert "Bara vårt" not in page
        assert "På resultatkedjan" not in page


def test_official_values_name_kolada_and_the_original_producer(client, world, work):
    figure = KeyFigure.objects.create(code="N99999", title="Väntande", source="Socialstyrelsen", place_kind="A")
    official = IndicatorFactory(
        participation=world.own, title="Väntande", source="kolada", key_figure=figure, unit="procent", shared=True
    )
    work.indicators.add(official)
    for text in texts(client, world.users["groupmate"], work):
        assert "Källa: Kolada (Socialstyrelsen). Nyckeltal N99999 i Kolada." in text


def test_a_new_one_has_a_paper_too(client, world):
    new = ImprovementFactory(participation=world.own, title="Nytt", aim="")
    for text in texts(client, world.users["strategist"], new):
        assert "Inte beskrivet än." in text
        assert "Inget mått än." in text
        assert "Vad vi har prövat" not in text
    assert_accessible_pdf(answer(client, world.users["strategist"], new, "pdf").getvalue())


def test_long_texts_stand_after_each_other(work):
    cycle = work.cycles.first()
    for n, is_beside in ((LONGEST_BESIDE, True), (LONGEST_BESIDE + 1, False)):
        cycle.study = "x" * n
        assert bool(Trial(cycle, TODAY).beside) is is_beside
    for n, is_beside in ((MOST_LINES_BESIDE, True), (MOST_LINES_BESIDE + 1, False)):
        cycle.study = "rad\n" * n
        assert bool(Trial(cycle, TODAY).beside) is is_beside


def test_any_text_can_be_printed(world, work):
    everything = "\n\n".join(text.replace("\x00", "") for text in HOSTILE.values())
    work.title, work.aim, work.whom = HOSTILE["unbroken"][:160], everything, HOSTILE["signs"]
    work.save()
    work.cycles.update(study=HOSTILE["list"], do=HOSTILE["signs"])
    work.ideas.update(text=HOSTILE["markup"])
    work.effort.steps.update(text=HOSTILE["line ends"])
    paper = paper_of(work, roles_of(world.users["strategist"]), TODAY)
    data = render_pdf(html_of(paper))
    assert_accessible_pdf(data)
    assert missing_glyphs(data) == []
    assert outside_the_margins(data, 62, 62) == []
    assert ADDRESS in word_text(word_of(paper))
