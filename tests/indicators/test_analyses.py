"""Jämställdhetsanalys: six steps, why asked five times, signed and locked."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from docx import Document

from cohorts.enums import Function
from indicators.actions import analyses as actions
from indicators.analyses import STEPS, WHYS, analysis_paper, headline, missing_steps, reached, written_steps
from indicators.models import Analysis, Indicator
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import Stale, content_of, digest
from tests.cast import make_cast
from tests.indicators.analysis_pages import analysed, signed
from tests.pdf_checks import assert_accessible_pdf, pdf_text

pytestmark = [
    pytest.mark.django_db,
    # WeasyPrint leaves its own colour profile to the garbage collector to close.
    pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014.icc:ResourceWarning"),
]
TODAY = date(2026, 9, 20)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def anna(cast, client):
    client.force_login(cast.anna)
    return cast.anna


def url(name, participation, *more):
    return reverse(f"indicators:{name}", args=[participation.cohort.slug, participation.code, *more])


def indicator(participation, key, title):
    about = {"unit": "dagar", "direction": "lower", "kind": "mean", "source": "own"}
    return Indicator.objects.create(participation=participation, key=key, title=title, **about)


def seen_at(analysis, step, answers=1):
    return digest(content_of(analysis, *step.columns[:answers]))


class TestSteps:
    def test_every_text_of_the_model_belongs_to_one_step(self):
        columns = [name for step in STEPS for name in step.columns]
        texts = [field.name for field in Analysis._meta.concrete_fields if field.get_internal_type() == "TextField"]
        assert sorted(columns) == sorted(texts)
        assert len(STEPS) == 6

    def test_says_in_words_how_far_it_has_come(self, cast):
        row = Analysis(participation=cast.own, title="Ny")
        assert reached(row) == "Inget steg är skrivet än."
        row.starting_point = "Uppdrag."
        assert reached(row) == "Ett av sex steg är skrivet, senast ”utgångspunkt och uppdrag”."
        row.why_1 = "Därför."
        assert reached(row) == "Två av sex steg är skrivna, senast ”sök orsaker”."
        assert missing_steps(row) == "”samla information”, ”fokusera”, ”dra slutsatser” och ”förslag till åtgärder”"
        assert reached(analysed(cast.own)) == "Alla sex stegen är skrivna. Den är inte undertecknad än."
        assert reached(signed(cast.own)) == "Undertecknad av chef 1 september 2026."

    def test_the_headline_answers(self, cast):
        draft, ready = analysed(cast.own), signed(cast.own)
        assert headline([], "Provby", own=True) == "Ni har inte börjat på någon analys än."
        assert headline([], "Provby", own=False) == "Provby delar ingen analys än."
        assert headline([draft], "Provby", own=True) == "Ni har en jämställdhetsanalys. Den är inte undertecknad än."
        assert headline([draft, ready], "Provby", own=True) == "Ni har två jämställdhetsanalyser. En är undertecknad."
        assert (
            headline([ready, ready], "Provby", own=True) == "Ni har två jämställdhetsanalyser. Alla är undertecknade."
        )
        assert headline([draft, ready], "Provby", own=False) == "Provby delar två jämställdhetsanalyser."


class TestWriting:
    def test_a_new_one_needs_a_title_and_is_private(self, cast, client, anna):
        assert client.post(url("analysis_add", cast.own), {"title": " "}).status_code == 422
        response = client.post(url("analysis_add", cast.own), {"title": "Väntetider"}, follow=True)
        assert "Inget steg är skrivet än. Bara ni läser den." in response.text
        again = client.post(url("analysis_add", cast.own), {"title": "Väntetider"})
        assert "Ni har redan en analys med den rubriken." in again.text
        assert Analysis.objects.count() == 1

    def test_each_step_leads_on_to_the_next(self, cast, client, anna):
        row = Analysis.objects.create(participation=cast.own, title="Väntetider")
        for step, following in zip(STEPS, (*STEPS[1:], None), strict=True):
            page = url("analysis_step", cast.own, row.pk, step.key)
            assert step.asks in client.get(page).text
            data = {step.columns[0]: f"Om {step.key}", "onward": "", "seen": seen_at(row, step)}
            onward = url("analysis_step", cast.own, row.pk, following.key) if following else None
            assert client.post(page, data).url == (onward or url("analysis", cast.own, row.pk))
            row.refresh_from_db()
        assert missing_steps(row) == ""

    def test_asks_why_five_times_one_after_the_other(self, cast, client, anna):
        row, causes = Analysis.objects.create(participation=cast.own, title="Väntetider"), STEPS[3]
        page = url("analysis_step", cast.own, row.pk, "orsaker")
        for number, name in enumerate(WHYS, 1):
            drawn = client.get(page).text
            assert f'name="{name}"' in drawn
            assert drawn.count("<textarea") == number
            assert ("Spara och fråga varför igen" in drawn) is (number < 5)
            given = {before: getattr(row, before) for before in WHYS[: number - 1]}
            data = {**given, name: f"Svar {number}", "again": "", "seen": seen_at(row, causes, number)}
            assert client.post(page, data).url == page
            row.refresh_from_db()
        assert [text for _, text in written_steps(row)[3].answers] == [f"Svar {number}" for number in range(1, 6)]

    def test_refuses_a_gap_among_the_answers_to_why(self, cast, client, anna):
        row = analysed(cast.own)
        data = {"why_1": "", "why_2": "Kvar", "why_3": "", "seen": seen_at(row, STEPS[3], 3)}
        response = client.post(url("analysis_step", cast.own, row.pk, "orsaker"), data)
        assert "Svara på varför i ordning, utan luckor." in response.text
        assert "Kvar</textarea>" in response.text

    def test_a_stale_page_shows_both_and_loses_nothing(self, cast, client, anna):
        row = analysed(cast.own)
        old = seen_at(row, STEPS[2])
        actions.write_step(analysis=row, focus="Evas text", seen=old, by=cast.eva)
        response = client.post(url("analysis_step", cast.own, row.pk, "fokus"), {"focus": "Annas text", "seen": old})
        assert "Evas text" in response.text
        assert "Annas text</textarea>" in response.text
        with pytest.raises(Stale):
            actions.write_step(analysis=row, focus="Annas text", seen=old, by=cast.anna)

    def test_the_same_text_again_writes_nothing(self, cast):
        row = analysed(cast.own)
        actions.write_step(analysis=row, focus=row.focus, seen="gammalt", by=cast.anna)
        assert not AuditEvent.objects.filter(kind="analysis_saved").exists()

    def test_is_tied_to_own_indicators_only(self, cast, client, anna):
        row = analysed(cast.own)
        ours, theirs = indicator(cast.own, "vantan", "Väntan"), indicator(cast.theirs, "deras", "Deras")
        page = url("analysis_edit", cast.own, row.pk)
        drawn = client.get(page)
        assert "Väntan" in drawn.text
        assert "Deras" not in drawn.text
        seen = digest(actions.about_of(row))
        data = {"title": row.title, "readers": "group", "indicators": [ours.pk], "seen": seen}
        assert client.post(page, {**data, "indicators": [theirs.pk]}).status_code == 422
        assert client.post(page, data).status_code == 302
        row.refresh_from_db()
        assert (row.shared, list(row.indicators.all())) == (True, [ours])
        assert "Analysen handlar om ”Väntan”." in client.get(url("analysis", cast.own, row.pk)).text

    def test_a_title_stands_once(self, cast):
        row, other = analysed(cast.own), signed(cast.own)
        with pytest.raises(ActionRefused, match=r"Ni har redan en analys med den rubriken\."):
            actions.change_analysis(
                analysis=row, title=other.title, shared=False, indicators=(), seen=None, by=cast.anna
            )


class TestSigning:
    def sign(self, client, row, day=TODAY, function=Function.POLITICIAN):
        page = url("analysis_sign", row.participation, row.pk)
        return client.post(page, {"signed_function": function, "signed_on": day.isoformat()}, follow=True)

    def test_says_by_which_function_and_which_day(self, cast, client, anna):
        response = self.sign(client, analysed(cast.own))
        assert "Undertecknad av politiker 20 september 2026." in response.text
        event = AuditEvent.objects.get(kind="analysis_signed")
        assert (event.actor, event.data["what"]) == ("Anna", "politiker")

    @pytest.mark.parametrize(("days", "status"), [(-1, 200), (0, 200), (1, 422)])
    def test_never_on_a_day_to_come(self, cast, client, anna, days, status):
        response = self.sign(client, analysed(cast.own), TODAY + timedelta(days=days))
        assert response.status_code == status
        assert ("Datumet ligger i framtiden." in response.text) is (status == 422)

    def test_waits_until_every_step_is_written(self, cast, client, anna):
        row = analysed(cast.own, conclusions="")
        assert "Skriv först det som saknas: ”dra slutsatser”." in self.sign(client, row).text
        with pytest.raises(ActionRefused, match="Skriv först det som saknas: "):
            actions.sign_analysis(analysis=row, signed_function="manager", signed_on=TODAY, by=cast.anna)

    def test_locks_it_until_the_signature_is_taken_back(self, cast, client, anna):
        row = signed(cast.own)
        for write in (
            lambda: actions.write_step(analysis=row, focus="Ny", seen=None, by=cast.anna),
            lambda: actions.change_analysis(
                analysis=row, title="Ny", shared=True, indicators=(), seen=None, by=cast.anna
            ),
            lambda: actions.remove_analysis(analysis=row, by=cast.anna),
            lambda: actions.sign_analysis(analysis=row, signed_function="politician", signed_on=TODAY, by=cast.anna),
        ):
            with pytest.raises(ActionRefused, match=r"Analysen är undertecknad\. Ta tillbaka"):
                write()
        for name, more in (("analysis_step", ["fokus"]), ("analysis_edit", []), ("analysis_remove", [])):
            page = url(name, cast.own, row.pk, *more)
            assert "Analysen är undertecknad. Ta tillbaka undertecknandet" in client.get(page).text
            assert client.post(page, {"focus": "Ny", "title": "Ny"}).status_code == 422
        response = client.post(url("analysis_unsign", cast.own, row.pk), follow=True)
        assert "Undertecknandet är tillbakataget." in response.text
        assert AuditEvent.objects.filter(kind="analysis_reopened").count() == 1
        client.post(url("analysis_unsign", cast.own, row.pk))
        assert AuditEvent.objects.filter(kind="analysis_reopened").count() == 1
        actions.write_step(analysis=row, focus="Ny", seen=None, by=cast.anna)

    def test_a_second_click_signs_once(self, cast):
        row = analysed(cast.own)
        for _ in range(2):
            actions.sign_analysis(analysis=row, signed_function="manager", signed_on=TODAY, by=cast.anna)
        assert AuditEvent.objects.filter(kind="analysis_signed").count() == 1


class TestRemoving:
    def test_is_asked_about_and_done_once(self, cast, client, anna):
        row = analysed(cast.own, shared=True)
        page = url("analysis_remove", cast.own, row.pk)
        assert "utvärderaren kan inte längre läsa den." in client.get(page).text
        for _ in range(2):
            assert client.post(page, {"seen": digest(content_of(row, *actions.TEXTS))}).status_code == 302
        assert not Analysis.objects.exists()
        assert AuditEvent.objects.filter(kind="analysis_removed").count() == 1

    def test_not_if_it_has_changed_and_nothing_is_written_in_what_is_gone(self, cast):
        row = analysed(cast.own)
        old = digest(content_of(row, *actions.TEXTS))
        actions.write_step(analysis=row, focus="Ny", seen=None, by=cast.eva)
        with pytest.raises(ActionRefused, match="Någon har ändrat analysen sedan du öppnade sidan"):
            actions.remove_analysis(analysis=row, seen=old, by=cast.anna)
        actions.remove_analysis(analysis=row, by=cast.anna)
        actions.remove_analysis(analysis=row, by=cast.anna)
        with pytest.raises(ActionRefused, match=r"Någon har tagit bort analysen\."):
            actions.write_step(analysis=row, focus="Sen", seen=None, by=cast.eva)


class TestWhoReads:
    def test_what_is_private_is_read_by_the_own_organisation(self, cast, client):
        private, shared = analysed(cast.own), signed(cast.own, shared=True)
        for user, statuses in (
            (cast.eva, (200, 200)),
            (cast.gun, (404, 200)),
            (cast.bo, (404, 200)),
            (cast.cia, (404, 200)),
            (cast.dag, (404, 404)),
        ):
            client.force_login(user)
            pages = [client.get(url("analysis", cast.own, row.pk)).status_code for row in (private, shared)]
            assert tuple(pages) == statuses
        client.force_login(cast.gun)
        text = client.get(url("analyses", cast.own)).text
        assert "delar en jämställdhetsanalys." in text
        assert private.title not in text


class TestPrinting:
    def test_page_pdf_and_word_print_the_same_value(self, cast, client, anna):
        row = signed(cast.own)
        row.indicators.add(indicator(cast.own, "vantan", "Väntan"))
        paper = analysis_paper(row, TODAY)
        assert (paper.signed, paper.written_on) == ("Undertecknad av chef 1 september 2026.", date(2026, 9, 1))
        assert paper.indicators == ("Väntan",)
        assert not paper.is_draft
        assert paper.steps[0].heading == "1. Utgångspunkt och uppdrag"
        pdf = client.get(url("analysis_pdf", cast.own, row.pk))
        data = b"".join(pdf.streaming_content)
        assert_accessible_pdf(data)
        printed = pdf_text(data)
        assert all(step.heading in printed for step in paper.steps)
        assert "Undertecknad av chef 1 september 2026." in printed
        assert "Konstruerade demonstrationsuppgifter." in printed
        word = client.get(url("analysis_word", cast.own, row.pk))
        said = "\n".join(line.text for line in Document(BytesIO(word.content)).paragraphs)
        for step in paper.steps:
            assert step.heading in said
            for _, text in step.answers:
                assert text in said
        assert "Konstruerade demonstrationsuppgifter." in said

    def test_a_draft_says_so(self, cast):
        paper = analysis_paper(analysed(cast.own, title="Utkastet", proposals=""), TODAY)
        assert paper.is_draft
        assert paper.written_on == TODAY
        assert not paper.steps[5].is_written
