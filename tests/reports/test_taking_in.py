"""Taking a source in to the joint report and out again, shortening it, and what its owner sees of that."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from evaluation.models import Observation
from kit.models import AuditEvent
from kit.rich import Document, document_of, markdown_of, stored
from reports import actions
from reports.actions import TextTaken
from reports.content import joint_content
from reports.enums import ChapterState
from reports.joint_chapters import places_of
from reports.joint_index import chapter_lines
from reports.joint_panel import panel_of
from reports.joint_sources import sources_in
from reports.models import ChapterText, JointReport, Report, TakenIn
from reports.sections import LONGEST
from reports.taken_in import InText, unheard, uses_in_joint, uses_of_member, without_quotation
from tests.factories import EvaluatorFactory, ParticipationFactory, frozen
from tests.refusing import refused

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LONG = "Vi nådde målet bara i två av tio fall. Sedan ändrade vi mallen."
QUOTE = "Nu frågar alla."


@pytest.fixture
def cohort(cast):
    return cast.cohort


@pytest.fixture
def report(cast):
    """The approved report of Anna's organisation, with a shared text of two paragraphs and a quote."""
    report = Report.objects.create(participation=cast.own)
    text, structure = stored(document_of(f"{LONG}\n\n{QUOTE}"))
    section = report.texts.create(key="purpose", text=text, structure=structure, shared=True, revision=1)
    section.quotes.create(text=QUOTE, function="politician", consented_on=date(2026, 5, 1))
    frozen(report, approved_on="2026-05-02")
    return report


@pytest.fixture
def quote(cohort, report):
    return source_of(cohort, "quote")


@pytest.fixture
def leader_client(client, cast):
    client.force_login(cast.cia)
    return client


def source_of(cohort, kind, key="lessons"):
    place = next(place for place in places_of(cohort) if place.key == key)
    return next(source for source in sources_in(cohort, place) if source.kind == kind)


def page_of(cohort, key="lessons"):
    return reverse("reports:joint_chapter", args=[cohort.slug, key])


def text_of(cohort, key="lessons"):
    return ChapterText.objects.get(joint__cohort=cohort, key=key)


def written(cohort, key="lessons"):
    return markdown_of(text_of(cohort, key).document)


def save(cohort, by, typed, key="lessons"):
    there = ChapterText.objects.filter(joint__cohort=cohort, key=key).first()
    revision = there.revision if there else 0
    return actions.save_chapter(cohort=cohort, key=key, text=document_of(typed), revision=revision, by=by)


def panel(cohort, **query):
    place = next(place for place in places_of(cohort) if place.key == "lessons")
    joint = JointReport.objects.filter(cohort=cohort).first() or JointReport(cohort=cohort)
    return panel_of(query, place, cohort, chapter_lines(cohort, joint))


class TestTakingIn:
    def test_it_stands_last_with_its_source_and_a_row_keeps_it(self, leader_client, cast, cohort, quote):
        sent = {"text": "Många frågar mer.", "revision": "0", "put_in": quote.key}
        answer = leader_client.post(page_of(cohort), sent, follow=True)
        assert written(cohort) == f"Många frågar mer.\n\n> {QUOTE}\n>\n> *{quote.credit}*"
        row = TakenIn.objects.get()
        assert (row.kind, row.participation, row.place) == ("quote", cast.own, "purpose")
        assert (row.words, row.original, row.credit, row.taken_by) == (QUOTE, QUOTE, quote.credit, cast.cia)
        assertContains(answer, f"Taget från {quote.credit}")
        assertContains(answer, f"Ingen från {cast.theirs.organisation.short_name} än.")
        assertContains(answer, 'name="take_out"')
        assertContains(answer, "✓ Används i")
        assert AuditEvent.objects.filter(kind="joint_source_taken_in").count() == 1

    def test_it_is_printed_in_the_report_with_its_source(self, cast, cohort, quote):
        actions.take_in(cohort=cohort, key="lessons", source=quote, by=cast.cia)
        content = joint_content(JointReport.objects.get(cohort=cohort), None, None)
        lessons = next(chapter for chapter in content.chapters if chapter.key == "lessons")
        assert lessons.text.words == f"{QUOTE}\n\n{quote.credit}"

    def test_the_same_again_is_no_change(self, cast, cohort, quote):
        for _ in range(2):
            actions.take_in(cohort=cohort, key="lessons", source=quote, by=cast.cia)
        assert text_of(cohort).revision == 1
        assert TakenIn.objects.count() == 1
        assert AuditEvent.objects.filter(kind="joint_source_taken_in").count() == 1

    def test_once_more_after_it_was_taken_away_by_hand_keeps_one_row(self, cast, cohort, report):
        source = source_of(cohort, "text")
        actions.take_in(cohort=cohort, key="lessons", source=source, by=cast.cia)
        save(cohort, cast.cia, "")
        actions.take_in(cohort=cohort, key="lessons", source=source, words="Sedan ändrade vi mallen.", by=cast.cia)
        assert TakenIn.objects.get().words == "Sedan ändrade vi mallen."

    def test_what_another_has_saved_meanwhile_is_shown_and_nothing_is_lost(self, leader_client, cast, cohort, quote):
        save(cohort, cast.cia, "Deras.")
        answer = leader_client.post(page_of(cohort), {"text": "Min.", "revision": "0", "put_in": quote.key})
        assertContains(answer, "Deras.", status_code=422)
        assertContains(answer, ">\nMin.</textarea>", status_code=422)
        assertContains(answer, "Källan är inte inlagd. Välj text först, och ta sedan in den igen.", status_code=422)
        assert not TakenIn.objects.exists()
        assert written(cohort) == "Deras."

    def test_one_that_is_gone_is_not_put_in_and_the_text_is_saved(self, leader_client, cohort, report):
        sent = {"text": "Min.", "revision": "0", "put_in": "citat-0"}
        answer = leader_client.post(page_of(cohort), sent, follow=True)
        assertContains(answer, "Källan får inte användas längre, så den är inte inlagd.")
        assert written(cohort) == "Min."

    def test_a_text_that_is_done_takes_nothing_in(self, cast, cohort, quote):
        save(cohort, cast.cia, "Klar.")
        actions.move_chapter(cohort=cohort, key="lessons", state=ChapterState.DONE, by=cast.cia)
        with refused("Texten är klar. Öppna den igen innan du ändrar den."):
            actions.take_in(cohort=cohort, key="lessons", source=quote, by=cast.cia)

    def test_a_text_that_would_be_too_long_is_refused_with_all_that_was_typed(self, leader_client, cohort, quote):
        sent = {"text": "a" * LONGEST, "revision": "0", "put_in": quote.key}
        answer = leader_client.post(page_of(cohort), sent)
        assertContains(answer, "Texten blir för lång om det tas in.", status_code=422)
        assertContains(answer, "a" * LONGEST, status_code=422)
        assert not TakenIn.objects.exists()

    def test_what_is_chosen_in_the_panel_stays_chosen(self, leader_client, cohort, quote):
        sent = {"text": "", "revision": "0", "put_in": quote.key}
        answer = leader_client.post(f"{page_of(cohort)}?slag=quote", sent)
        assert answer.url == f"{page_of(cohort)}?slag=quote&taget={TakenIn.objects.get().pk}#kapiteltext"

    def test_the_evaluator_takes_in_where_they_write(self, client, cohort, quote):
        client.force_login(EvaluatorFactory(cohort=cohort).user)
        sent = {"text": "", "revision": "0", "put_in": quote.key}
        assert client.post(page_of(cohort), sent).status_code == 302
        assertNotContains(client.get(page_of(cohort, "preface")), "Ta in")
        assert client.post(page_of(cohort, "preface"), sent).status_code == 403
        assert TakenIn.objects.get().text.key == "lessons"


class TestTakingOut:
    @pytest.fixture
    def taken(self, cast, cohort, quote):
        save(cohort, cast.cia, "Först.")
        actions.take_in(cohort=cohort, key="lessons", source=quote, by=cast.cia)
        return TakenIn.objects.get()

    def test_it_is_gone_and_what_was_typed_since_stays(self, leader_client, cast, cohort, taken):
        sent = {"text": f"{written(cohort)}\n\nSedan.", "revision": "2", "take_out": taken.pk}
        answer = leader_client.post(page_of(cohort), sent, follow=True)
        assert written(cohort) == "Först.\n\nSedan."
        assert text_of(cohort).revision == 3
        assert not TakenIn.objects.exists()
        assertContains(answer, "Det är borttaget ur texten.")
        own, theirs = cast.own.organisation.short_name, cast.theirs.organisation.short_name
        assertContains(answer, f"Ingen från {own} och {theirs} än.")
        assert AuditEvent.objects.filter(kind="joint_source_taken_out").count() == 1

    def test_another_text_saved_meanwhile_is_told_and_nothing_is_lost(self, leader_client, cast, cohort, taken):
        before = written(cohort)
        save(cohort, cast.cia, f"{before}\n\nDeras.")
        answer = leader_client.post(
            page_of(cohort), {"text": f"{before}\n\nMin.", "revision": "2", "take_out": taken.pk}
        )
        assertContains(answer, "Min.</textarea>", status_code=422)
        assertContains(answer, "Deras.", status_code=422)
        assertContains(answer, "Inget är borttaget ur texten än.", status_code=422)
        assert TakenIn.objects.exists()

    def test_words_that_are_changed_are_not_taken_out(self, leader_client, cohort, taken):
        sent = {"text": written(cohort).replace(QUOTE, "Nu frågar nästan alla."), "revision": "2", "take_out": taken.pk}
        answer = leader_client.post(page_of(cohort), sent)
        assertContains(answer, "Orden står inte kvar i texten som de togs in. Ta bort dem för hand.", status_code=422)
        assertContains(answer, "nästan alla", status_code=422)
        assert TakenIn.objects.exists()

    @pytest.mark.parametrize("pk", ["0", "99999999999999999999", "²", "x", ""])
    def test_what_is_no_row_of_the_text_is_not_taken_out(self, leader_client, cohort, taken, pk):
        sent = {"text": written(cohort), "revision": "2", "take_out": pk}
        assert leader_client.post(page_of(cohort), sent).status_code in (302, 422)
        assert TakenIn.objects.exists()

    def test_twice_is_told(self, cast, cohort, taken):
        text = text_of(cohort).document
        actions.take_out(cohort=cohort, key="lessons", taken=taken.pk, text=text, revision=2, by=cast.cia)
        with refused("Det är redan borttaget ur texten. Läs in sidan igen."):
            actions.take_out(cohort=cohort, key="lessons", taken=taken.pk, text=text, revision=3, by=cast.cia)

    def test_not_from_another_text(self, cast, cohort, taken):
        with refused("Det är redan borttaget ur texten."):
            actions.take_out(cohort=cohort, key="preface", taken=taken.pk, text=Document(), revision=0, by=cast.cia)

    def test_stale_is_a_clash(self, cast, cohort, taken):
        with pytest.raises(TextTaken):
            actions.take_out(
                cohort=cohort, key="lessons", taken=taken.pk, text=text_of(cohort).document, revision=1, by=cast.cia
            )

    def test_of_two_that_are_one_quotation_only_its_own_lines_go(self):
        document = document_of("> Ett.\n>\n> *A*\n>\n> Två.\n>\n> *B*")
        assert markdown_of(without_quotation(document, "Ett.", "A")) == "> Två.\n>\n> *B*"
        assert without_quotation(document, "Ett.", "B") is None

    def test_no_button_where_the_text_is_read_only(self, leader_client, cast, cohort, taken):
        actions.move_chapter(cohort=cohort, key="lessons", state=ChapterState.DONE, by=cast.cia)
        assertNotContains(leader_client.get(page_of(cohort)), "take_out")


class TestWhatIsUsed:
    @pytest.fixture
    def taken(self, cast, cohort, quote):
        actions.take_in(cohort=cohort, key="lessons", source=quote, by=cast.cia)
        return TakenIn.objects.get()

    def standing(self, cohort):
        return [use.standing for use in uses_in_joint(cohort)]

    def test_it_is_used_while_its_words_stand_wherever_in_the_text(self, cast, cohort, taken):
        assert self.standing(cohort) == [InText.STANDS]
        save(cohort, cast.cia, f"De säger att  *{QUOTE}*")
        assert self.standing(cohort) == [InText.STANDS]

    def test_changed_words_are_said_to_be_and_the_row_keeps_what_was_taken(self, leader_client, cast, cohort, taken):
        save(cohort, cast.cia, written(cohort).replace("alla", "flera"))
        assert self.standing(cohort) == [InText.CHANGED]
        answer = leader_client.get(page_of(cohort))
        assertContains(answer, "Orden har ändrats i")
        assertContains(answer, f"Togs in: {QUOTE}")
        assert TakenIn.objects.get().words == QUOTE
        assert panel(cohort).n_used == 0

    def test_words_that_are_gone_may_be_taken_in_again(self, leader_client, cast, cohort, taken):
        save(cohort, cast.cia, "Annat.")
        assert self.standing(cohort) == [InText.GONE]
        assertContains(
            leader_client.get(page_of(cohort)),
            f'value="citat-{taken.participation.report.texts.get().quotes.get().pk}"',
        )

    def test_two_of_the_same_source_line_are_told_apart(self, cast, cohort, report, taken):
        section = report.texts.get()
        section.quotes.create(text=LONG, function="politician", consented_on=date(2026, 5, 1))
        other = next(
            each
            for each in sources_in(cohort, next(iter(places_of(cohort))))
            if each.kind == "quote" and each.words == LONG
        )
        actions.take_in(cohort=cohort, key="lessons", source=other, by=cast.cia)
        save(cohort, cast.cia, f"> {LONG}\n>\n> *{other.credit}*")
        assert self.standing(cohort) == [InText.GONE, InText.STANDS]

    def test_changed_words_are_of_the_row_that_they_are_likest(self, cast, cohort, report, taken):
        section = report.texts.get()
        section.quotes.create(text=LONG, function="politician", consented_on=date(2026, 5, 1))
        place = next(iter(places_of(cohort)))
        other = next(each for each in sources_in(cohort, place) if each.kind == "quote" and each.words == LONG)
        actions.take_in(cohort=cohort, key="lessons", source=other, by=cast.cia)
        save(cohort, cast.cia, f"> Sedan ändrade vi mallen.\n>\n> *{other.credit}*")
        assert self.standing(cohort) == [InText.GONE, InText.CHANGED]

    def test_other_words_above_the_same_source_are_no_change(self, cast, cohort, taken):
        save(cohort, cast.cia, f"> Vi valde helt andra ord här.\n>\n> *{taken.credit}*")
        assert self.standing(cohort) == [InText.GONE]

    def test_a_text_that_is_not_offered_any_more_is_told_in_other_words(self, leader_client, cast, cohort, report):
        source = source_of(cohort, "text")
        actions.take_in(cohort=cohort, key="lessons", source=source, by=cast.cia)
        edition = report.editions.get()
        sections = [{**part, "shared": False} for part in edition.content["sections"]]
        type(edition).objects.filter(pk=edition.pk).update(content={**edition.content, "sections": sections})
        answer = leader_client.get(page_of(cohort))
        assertContains(answer, "Går inte längre att ta in")
        assertNotContains(answer, "Får inte användas längre")

    def test_a_quote_that_is_taken_back_is_told_with_the_button(self, leader_client, cast, cohort, report, taken):
        actions.withdraw_quote(quote=report.texts.get().quotes.get(), by=cast.anna)
        answer = leader_client.get(page_of(cohort))
        assertContains(answer, "Får inte användas längre")
        assertContains(answer, f'value="{taken.pk}"')
        assert [each.use.row for each in panel(cohort).gone] == [taken]

    def test_a_used_text_is_known_again_when_its_report_has_been_corrected(self, cast, cohort, report):
        actions.take_in(cohort=cohort, key="lessons", source=source_of(cohort, "text"), by=cast.cia)
        report.texts.update(text=f"{LONG} Och mer.", structure=None)
        frozen(report, approved_on="2026-06-02")
        (used,) = [each for each in panel(cohort).shown if each.is_used]
        assert used.source.kind == "text"
        assert panel(cohort).gone == ()


class TestWhoIsHeard:
    def test_those_with_nothing_in_any_text(self, cast, cohort, quote):
        assert unheard(cohort) == [cast.own, cast.theirs]
        actions.take_in(cohort=cohort, key="preface", source=quote, by=cast.cia)
        assert unheard(cohort) == [cast.theirs]
        save(cohort, cast.cia, "", "preface")
        assert unheard(cohort) == [cast.own, cast.theirs]

    def test_nobody_who_has_left(self, cast, cohort):
        ParticipationFactory(cohort=cohort, status="withdrawn")
        assert unheard(cohort) == [cast.own, cast.theirs]

    def test_a_line_for_each_and_those_with_nothing_first(self, cast, cohort, quote):
        actions.take_in(cohort=cohort, key="preface", source=quote, by=cast.cia)
        own, theirs = cast.own.organisation.short_name, cast.theirs.organisation.short_name
        assert [(line.name, line.number) for line in panel(cohort).heard] == [(theirs, 0), (own, 1)]


class TestShortening:
    @pytest.fixture
    def page(self, cohort, report):
        return reverse("reports:shorten_source", args=[cohort.slug, "lessons", source_of(cohort, "text").key])

    def test_the_button_saves_the_text_and_leads_to_its_page(self, leader_client, cohort, page):
        sent = {"text": "Min.", "revision": "0", "shorten": page.split("/")[-2]}
        answer = leader_client.post(page_of(cohort), sent, follow=True)
        assert written(cohort) == "Min."
        assertContains(answer, "Korta innan du tar in")
        assertContains(answer, f"{LONG} {QUOTE}")

    def test_the_chosen_words_are_put_in_after_what_is_saved(self, leader_client, cast, cohort, page):
        save(cohort, cast.cia, "Min.")
        answer = leader_client.post(page, {"words": "Vi nådde målet […] i två av\ntio fall."}, follow=True)
        row = TakenIn.objects.get()
        assert (row.words, row.original) == ("Vi nådde målet […] i två av tio fall.", f"{LONG} {QUOTE}")
        assert written(cohort).startswith("Min.\n\n> Vi nådde målet \\[…\\] i två av tio fall.")
        assertContains(answer, "Det står nu sist i texten.")

    def test_other_words_are_refused_and_stay_in_the_field(self, leader_client, page):
        answer = leader_client.post(page, {"words": "Vi nådde alla mål."})
        said = "Orden är inte källans egna i samma ordning. Skriv […] där något är utelämnat, och ändra inget annat."
        assertContains(answer, said, status_code=422)
        assertContains(answer, "Vi nådde alla mål.</textarea>", status_code=422)
        assert not TakenIn.objects.exists()

    def test_one_that_is_gone_is_told(self, leader_client, cohort, report):
        page = reverse("reports:shorten_source", args=[cohort.slug, "lessons", "text-0-purpose"])
        assertContains(leader_client.get(page), "Källan får inte användas längre.")
        assert leader_client.post(page, {"words": "Hej."}).status_code == 422

    def test_only_who_writes_the_text(self, client, cast, cohort, page):
        evaluator = EvaluatorFactory(cohort=cohort).user
        others = page.replace("lessons", "preface")
        for user, address, status in (
            (evaluator, page, 200),
            (evaluator, others, 403),
            (cast.anna, page, 403),
            (cast.cia, others, 200),
        ):
            client.force_login(user)
            assert client.get(address).status_code == status
            if status == 403:
                assert client.post(address, {"words": LONG}).status_code == 403
        assert not TakenIn.objects.exists()

    def test_no_such_text(self, leader_client, page):
        assert leader_client.get(page.replace("lessons", "nothing")).status_code == 404


class TestWhatTheOwnerSees:
    @pytest.fixture
    def taken(self, cast, cohort, report):
        words = "Vi nådde målet […] i två av tio fall."
        source = source_of(cohort, "text")
        actions.take_in(cohort=cohort, key="results--moment-1", source=source, words=words, by=cast.cia)
        return TakenIn.objects.get()

    def page(self, member):
        return reverse("reports:report", args=[member.cohort.slug, member.code])

    def test_the_chapter_the_printed_words_and_the_whole(self, client, cast, taken):
        client.force_login(cast.anna)
        answer = client.get(self.page(cast.own))
        assertContains(answer, "Det här är hämtat till den gemensamma rapporten")
        assertContains(answer, "Deltagarnas resultat, moment 1")
        assertContains(answer, "Vi nådde målet […] i två av tio fall.")
        assertContains(answer, f"Källans egna ord: {LONG} {QUOTE}")

    def test_the_words_as_skr_has_changed_them_since(self, client, cast, cohort, taken):
        key = "results--moment-1"
        save(cohort, cast.cia, written(cohort, key).replace("två", "tre"), key)
        client.force_login(cast.anna)
        answer = client.get(self.page(cast.own))
        assertContains(answer, "Vi nådde målet […] i tre av tio fall.")
        assertContains(answer, "Orden har ändrats sedan de hämtades.")

    def test_nothing_that_no_longer_stands_there(self, client, cast, cohort, taken):
        save(cohort, cast.cia, "", "results--moment-1")
        client.force_login(cast.anna)
        assertNotContains(client.get(self.page(cast.own)), "hämtat till den gemensamma rapporten")

    def test_those_who_read_the_report_and_nobody_else(self, client, cast, taken):
        for user, status in ((cast.eva, 200), (cast.cia, 200), (cast.bo, 200), (cast.gun, 403), (cast.dag, 404)):
            client.force_login(user)
            answer = client.get(self.page(cast.own))
            assert answer.status_code == status
            assert ("hämtat till den gemensamma rapporten" in answer.text) == (status == 200)

    def test_it_stays_while_the_report_is_corrected(self, client, cast, report, taken):
        Report.objects.update(state="draft")
        client.force_login(cast.anna)
        assertContains(client.get(self.page(cast.own)), "Det här är hämtat till den gemensamma rapporten")

    def test_one_sees_only_ones_own(self, cast, cohort, taken):
        Observation.objects.create(cohort=cohort, seen_on=date(2026, 4, 1), text="Sett.", may_be_used=True)
        actions.take_in(cohort=cohort, key="lessons", source=source_of(cohort, "evaluator"), by=cast.cia)
        assert [name for name, _ in uses_of_member(cast.own)] == ["Deltagarnas resultat, moment 1"]
        assert uses_of_member(cast.theirs) == []
