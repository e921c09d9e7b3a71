"""What waits for a person about a result report is told by one mail, to those who have the task."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from cohorts.enums import Function
from mailings.models import Mail
from reports.actions import (
    approve_report,
    ask_query,
    ask_reopening,
    submit_report,
    take_back_report,
)
from tests.factories import DelegateFactory, ReportFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 20)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def pia(cast):
    DelegateFactory(participation=cast.own, user__name="Ersättaren", function=Function.POLITICIAN, deputy=True)
    DelegateFactory(participation=cast.own, user__name="Malin", function=Function.MANAGER)
    return DelegateFactory(participation=cast.own, user__name="Pia", function=Function.POLITICIAN).user


@pytest.fixture
def report(cast, pia):
    report = ReportFactory(participation=cast.own)
    report.texts.create(key="purpose", text="Vi ville se vem som frågar.")
    return report


def page(name, cast, place=""):
    return reverse(f"reports:{name}", args=[cast.cohort.slug, cast.own.code]) + place


def mailed(kind):
    return sorted(Mail.objects.filter(kind=kind).values_list("recipient__name", flat=True))


def mail(kind):
    row = Mail.objects.filter(kind=kind).order_by("pk").last()
    row.text = " ".join(row.text.split())
    return row


class TestAnEdition:
    def test_those_who_may_approve_it_are_mailed_once(self, cast, report):
        for _ in range(2):
            submit_report(report=report, by=cast.anna)
        assert mailed("approval_asked") == ["Malin", "Pia"], "a deputy only where a function has nobody else"
        take_back_report(report=report, by=cast.anna)
        submit_report(report=report, by=cast.anna)
        assert len(mailed("approval_asked")) == 2, "the same edition once more"

    def test_it_says_which_edition_and_opens_the_page_that_shows_it(self, cast, report):
        submit_report(report=report, by=cast.anna)
        sent = mail("approval_asked")
        assert sent.subject == f"Läs och godkänn resultatrapporten från {cast.own}"
        assert f"{cast.own} har lämnat in första utgåvan av sin resultatrapport i {cast.cohort}." in sent.text
        assert (sent.path, sent.about) == (page("approve", cast), cast.cohort.slug)

    def test_a_new_edition_is_a_new_mail_and_an_approved_one_none(self, cast, report, pia):
        submit_report(report=report, by=cast.anna)
        approve_report(report=report, number=1, by=pia)
        take_back_report(report=report, by=cast.anna)
        submit_report(report=report, by=cast.anna)
        assert len(mailed("approval_asked")) == 2
        take_back_report(report=report, by=cast.anna)
        report.texts.update(text="Vi ville se vem som svarar.")
        submit_report(report=report, by=cast.anna)
        assert len(mailed("approval_asked")) == 4
        assert "har lämnat in utgåva 2 av sin resultatrapport" in mail("approval_asked").text


class TestWhatSkrAsks:
    @pytest.fixture(autouse=True)
    def handed_in(self, cast, report):
        submit_report(report=report, by=cast.anna)

    def test_a_question_is_mailed_once_to_those_who_may_answer(self, cast, report, today):
        for text in ("Hur många?", "Hur många?", "Vilka?"):
            ask_query(report=report, key="purpose", text=text, by=cast.cia)
        assert mailed("report_query_asked") == ["Anna", "Eva"]
        sent = mail("report_query_asked")
        assert sent.subject == "SKR har en fråga om er resultatrapport"
        assert f"SKR undrar över något i resultatrapporten från {cast.own}." in sent.text
        assert "Hur många?" not in sent.text
        assert sent.path == page("report", cast, "#fragor")
        today.shift(timedelta(days=1))
        ask_query(report=report, key="purpose", text="När?", by=cast.cia)
        assert len(mailed("report_query_asked")) == 4

    def test_a_request_to_reopen_is_mailed_once_to_the_strategist(self, cast, report):
        for _ in range(2):
            ask_reopening(report=report, reason="Ett tal är fel.", by=cast.cia)
        assert mailed("report_reopening_asked") == ["Anna"]
        sent = mail("report_reopening_asked")
        assert sent.subject == "Får er resultatrapport öppnas igen?"
        assert f"SKR vill att {cast.own} ändrar i sin resultatrapport." in sent.text
        assert "Ett tal är fel." not in sent.text
        assert sent.path == page("report", cast, "#oppna-igen")
