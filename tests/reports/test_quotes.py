"""Quotes: a sentence said by a function, which may be quoted in the joint report until it is withdrawn."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.enums import SkrRole
from cohorts.enums import Function, Status
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.rich import document_of, stored
from reports import actions
from reports.content.joint import approved_contents
from reports.forms_quotes import LONGEST, QuoteForm
from reports.models import JointReport, Quote, ReportEdition, ReportSection
from reports.quoting import stands_in, usable
from tests.factories import DelegateFactory, ParticipationFactory, ReportFactory, UserFactory, frozen

pytestmark = pytest.mark.django_db
SENTENCE = "Vi hade läst samma tabell i tio år utan att se skillnaden."
TYPED = """# Resultat

Så här var det^[En not.]. **Vi hade läst** samma [tabell](https://exempel.invalid/) i
tio år utan att se skillnaden.

- Punkt ett
- Punkt två"""


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-22 09:00:00+01:00", tick=False):
        yield


@pytest.fixture
def own():
    return ParticipationFactory()


@pytest.fixture
def report(own):
    return ReportFactory(participation=own)


@pytest.fixture
def section(report):
    text, structure = stored(document_of(TYPED))
    return ReportSection.objects.create(report=report, key="results", text=text, structure=structure, revision=1)


@pytest.fixture
def strategist(own):
    return DelegateFactory(participation=own, function="strategist").user


def mark(report, by, text=SENTENCE, **changes):
    values = {"key": "results", "function": Function.POLITICIAN, "may_be_quoted": True} | changes
    return actions.mark_quote(report=report, text=text, by=by, **values)


def kinds():
    return list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))


class TestStandsIn:
    @pytest.mark.parametrize(
        "sentence",
        [SENTENCE, "vi hade LÄST samma tabell i tio år", "Så här var det.", "Punkt ett", "Resultat Så här var det."],
    )
    def test_marks_lines_addresses_and_footnotes_do_not_count(self, sentence):
        assert stands_in(sentence, document_of(TYPED))

    @pytest.mark.parametrize("sentence", ["Vi hade läst samma tabell i nio år", "En not.", "https://exempel.invalid/"])
    def test_other_words_do(self, sentence):
        assert not stands_in(sentence, document_of(TYPED))

    def test_a_figure_is_its_words(self):
        assert stands_in("Vi ligger på 2,5 nu", document_of("Vi ligger på [2,5]{a.b} nu."))


class TestMarking:
    def test_a_sentence_with_function_and_day(self, report, section, strategist):
        quote = mark(report, strategist)
        assert (quote.section, quote.function, quote.consented_on) == (section, "politician", date(2026, 11, 22))
        assert quote.may_be_quoted
        assert kinds() == ["report_quote_marked"]

    def test_without_consent_there_is_no_day(self, report, section, strategist):
        assert mark(report, strategist, may_be_quoted=False).consented_on is None

    def test_the_same_again_is_no_change(self, report, section, strategist):
        assert mark(report, strategist) == mark(report, strategist)
        assert kinds() == ["report_quote_marked"]

    def test_another_function_for_the_same_sentence_is_refused(self, report, section, strategist):
        mark(report, strategist)
        with pytest.raises(ActionRefused, match="Meningen är redan märkt som citat"):
            mark(report, strategist, function=Function.MANAGER)

    @pytest.mark.parametrize(("key", "text"), [("results", "Det här står inte där."), ("purpose", SENTENCE)])
    def test_what_does_not_stand_in_the_saved_text_is_refused(self, report, section, strategist, key, text):
        with pytest.raises(ActionRefused, match="Meningen står inte i avsnittets sparade text"):
            mark(report, strategist, text, key=key)
        assert not Quote.objects.exists()

    def test_also_when_the_report_is_handed_in(self, report, section, strategist):
        frozen(report)
        assert mark(report, strategist)

    @pytest.mark.parametrize(("more", "is_right"), [(0, True), (1, False)])
    def test_it_is_a_sentence_or_two(self, more, is_right):
        form = QuoteForm({"text": "x" * (LONGEST + more), "function": "manager"})
        assert form.is_valid() is is_right
        if not is_right:
            assert form.errors["text"] == ["Ett citat får ha högst 500 tecken."]

    def test_the_form_asks_for_both(self):
        assert QuoteForm({}).errors == {"text": ["Klistra in meningen."], "function": ["Välj funktion."]}
        assert QuoteForm({"text": "x", "function": "kock"}).errors == {"function": ["Välj funktion i listan."]}


class TestConsent:
    def test_it_is_withdrawn_and_given_again(self, report, section, strategist):
        quote = mark(report, strategist)
        frozen(report)
        quote = actions.withdraw_quote(quote=quote, by=strategist)
        assert (quote.withdrawn_on, quote.may_be_quoted) == (date(2026, 11, 22), False)
        with time_machine.travel("2026-11-23 09:00:00+01:00", tick=False):
            quote = actions.allow_quote(quote=quote, by=strategist)
        assert (quote.consented_on, quote.withdrawn_on) == (date(2026, 11, 23), None)
        assert kinds()[-2:] == ["report_quote_withdrawn", "report_quote_allowed"]

    def test_a_second_press_changes_nothing(self, report, section, strategist):
        quote = mark(report, strategist)
        actions.allow_quote(quote=quote, by=strategist)
        actions.withdraw_quote(quote=quote, by=strategist)
        actions.withdraw_quote(quote=quote, by=strategist)
        assert kinds() == ["report_quote_marked", "report_quote_withdrawn"]

    def test_it_stands_when_the_joint_report_is_published(self, own, report, section, strategist):
        quote = mark(report, strategist)
        edition = ReportEdition.objects.create(
            joint=JointReport.objects.create(cohort=own.cohort), number=1, frozen_on="2026-11-20", content={}
        )
        actions.withdraw_quote(quote=quote, by=strategist)
        actions.allow_quote(quote=quote, by=strategist)
        ReportEdition.objects.filter(pk=edition.pk).update(published_on="2026-11-20")
        with pytest.raises(ActionRefused, match="Den gemensamma rapporten är publicerad, så citatet går inte att ta"):
            actions.withdraw_quote(quote=quote, by=strategist)

    def test_a_mark_is_removed_when_nobody_may_quote_it(self, report, section, strategist):
        quote = mark(report, strategist)
        with pytest.raises(ActionRefused, match="Ta tillbaka det först"):
            actions.remove_quote(quote=quote, by=strategist)
        actions.withdraw_quote(quote=quote, by=strategist)
        actions.remove_quote(quote=quote, by=strategist)
        assert not Quote.objects.exists()
        with pytest.raises(ActionRefused, match="Citatet är borttaget"):
            actions.allow_quote(quote=quote, by=strategist)


class TestUsable:
    @pytest.fixture
    def quote(self, report, section, strategist):
        quote = mark(report, strategist)
        frozen(report, approved_on="2026-11-02")
        return quote

    def test_what_is_approved_and_allowed(self, own, quote):
        assert usable(approved_contents(own.cohort)) == [quote]

    def test_not_what_is_withdrawn(self, own, quote, strategist):
        actions.withdraw_quote(quote=quote, by=strategist)
        assert usable(approved_contents(own.cohort)) == []

    def test_not_before_the_report_is_approved(self, own, report, quote):
        report.editions.update(approved_on=None)
        assert usable(approved_contents(own.cohort)) == []

    def test_not_what_is_no_longer_in_the_approved_text(self, own, report, section, quote):
        section.text, section.structure = "En annan text.", None
        section.save()
        report.refresh_from_db()
        frozen(report, approved_on="2026-11-20")
        assert usable(approved_contents(own.cohort)) == []

    def test_a_draft_that_has_changed_does_not_count(self, own, section, quote):
        section.text, section.structure = "En annan text.", None
        section.save()
        assert usable(approved_contents(own.cohort)) == [quote]

    @pytest.mark.parametrize(("days", "has_left"), [(0, False), (-1, True)])
    def test_not_from_the_day_after_its_organisation_has_left(self, own, quote, days, has_left):
        own.status, own.withdrawn_on = Status.WITHDRAWN, timezone.localdate() + timedelta(days=days)
        own.save()
        assert usable(approved_contents(own.cohort)) == ([] if has_left else [quote])

    def test_another_omgang_has_its_own(self, quote):
        assert usable(approved_contents(ParticipationFactory().cohort)) == []


class TestPages:
    @pytest.fixture
    def signed_in(self, client, strategist):
        client.force_login(strategist)
        return client

    def page(self, own, name="quotes", *more):
        return reverse(f"reports:{name}", args=[own.cohort.slug, own.code, *more])

    def test_one_is_marked_and_taken_back(self, signed_in, own, section):
        page = self.page(own, "quotes", "results")
        sent = {"text": f" {SENTENCE}\r\n", "function": "manager", "may_be_quoted": "on"}
        answer = signed_in.post(page, sent, follow=True)
        assert "Meningen är märkt som citat." in answer.text
        assert "Får citeras i den gemensamma rapporten sedan 22 november 2026." in answer.text
        change = reverse("reports:change_quote", args=[Quote.objects.get().pk])
        assert "Citatet är tillbakataget." in signed_in.post(change, {"do": "withdraw"}, follow=True).text
        assert "Citatet får användas" in signed_in.post(change, {"do": "allow"}, follow=True).text
        signed_in.post(change, {"do": "withdraw"})
        assert "Citatet är borttaget." in signed_in.post(change, {"do": "remove"}, follow=True).text

    def test_what_is_refused_stays_in_the_field(self, signed_in, own, section):
        answer = signed_in.post(self.page(own, "quotes", "results"), {"text": "Något annat.", "function": "manager"})
        assert answer.status_code == 422
        assert "Meningen står inte i avsnittets sparade text." in answer.text
        assert "Något annat.</textarea>" in answer.text

    def test_a_section_without_text_has_none(self, signed_in, own, section):
        assert "Avsnittet har ingen text än." in signed_in.get(self.page(own, "quotes", "purpose")).text
        assert (
            signed_in.post(self.page(own, "quotes", "purpose"), {"text": "x", "function": "manager"}).status_code == 422
        )
        assert signed_in.get(self.page(own, "quotes", "finns-inte")).status_code == 404

    def test_the_writing_page_saves_and_brings_the_sentence(self, signed_in, own, section):
        sent = {"s-purpose-text": "Nytt syfte.", "s-purpose-revision": "0", "sentence": " Nytt  syfte. "}
        answer = signed_in.post(self.page(own, "go_to_quotes", "purpose"), sent, follow=True)
        assert "Nytt syfte.</textarea>" in answer.text
        assert ReportSection.objects.get(key="purpose").text == "Nytt syfte."

    def test_the_writing_page_lists_them_and_says_what_has_gone(self, signed_in, own, report, section, strategist):
        mark(report, strategist)
        page = " ".join(signed_in.get(self.page(own, "section", section.key)).text.split())
        assert f"”{SENTENCE}” (politiker, får citeras)" in page
        ReportSection.objects.update(text="Annat.", structure=None)
        page = " ".join(signed_in.get(self.page(own, "section", section.key)).text.split())
        assert "(politiker, får citeras, står inte längre i texten)" in page

    def test_readers_see_what_may_be_quoted_with_its_function(self, client, own, report, section, strategist):
        mark(report, strategist)
        mark(report, strategist, "Punkt ett", function=Function.MANAGER, may_be_quoted=False)
        frozen(report)
        client.force_login(UserFactory(skr_role=SkrRole.PROCESS_LEADER))
        page = client.get(self.page(own, "report")).text
        assert "Citat ur rapporten" in page
        assert "Politiker." in page
        assert "Chef." not in page
        client.force_login(strategist)
        page = client.get(self.page(own, "report")).text
        assert "Chef." in page
        assert self.page(own, "quotes", "results") in page

    def test_a_draft_is_its_owners(self, report, section, strategist, own):
        mark(report, strategist)
        from cohorts.roles import roles_of

        leader = roles_of(UserFactory(skr_role=SkrRole.PROCESS_LEADER))
        assert not Quote.objects.visible_to(leader).exists()
        assert Quote.objects.visible_to(roles_of(strategist)).exists()
