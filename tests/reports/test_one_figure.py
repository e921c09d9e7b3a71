"""Numbers from the page, the PDF, the Excel file and the JSON are the same object: walked through all four."""

import json
import re
from datetime import date
from html.parser import HTMLParser
from io import BytesIO, StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from assessments.occasions import occasions_of
from cohorts.roles import roles_of
from kit.figures import dotted
from kit.templatetags.swedish import change, mean
from tests.factories import AssessmentFactory, CohortFactory, DelegateFactory, MeetingFactory, ParticipationFactory
from tests.pdf_checks import pdf_text

pytestmark = pytest.mark.django_db
THEN = [1, 1.5, 2, 2.5, 3, 1, 1.5, 2, 2.5, 3]
NOW = [1.5, 1.5, 3, 2, 1, 2, 3, 2.5, 2.5, 2.5]


@pytest.fixture
def seat():
    participation = ParticipationFactory(cohort=CohortFactory(plan__half_steps=True))
    for month, values in ((4, THEN), (9, NOW)):
        day = date(2026, month, 1)
        meeting = MeetingFactory(cohort=participation.cohort, starts_on=date(2026, month, 10))
        AssessmentFactory(participation=participation, meeting=meeting, submitted=True, submitted_on=day, values=values)
    with time_machine.travel(date(2026, 11, 22)):
        yield DelegateFactory(participation=participation)


@pytest.fixture
def occasion(seat):
    return occasions_of(seat.participation, roles_of(seat.user))[-1]


@pytest.fixture
def get(client, seat):
    client.force_login(seat.user)
    return client.get


def own_place(occasion):
    participation = occasion.assessment.participation
    return [participation.cohort.slug, participation.code]


class Cells(HTMLParser):
    """The rows of every table, as texts."""

    def __init__(self):
        super().__init__()
        self.rows, self.inside = [], False

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.inside = True
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] = " ".join(f"{self.rows[-1][-1]} {data}".split())


def the_page(get, occasion):
    """The organisation's own: number, value, the time before, change; and the sum with its scale."""
    text = get(reverse("assessments:own", args=own_place(occasion))).text
    parser = Cells()
    parser.feed(text)
    rows = [row for row in parser.rows if len(row) == 4 and re.match(r"\d+\. ", row[0])]
    scale = re.search(r"Summan är (\S+) på en skala från (\d+) till (\d+)\.", text)
    return [(int(row[0].split(".")[0]), row[2], row[1], row[3]) for row in rows], scale.groups()


def the_pdf(get, occasion):
    response = get(reverse("reports:paper", args=[occasion.assessment.pk]))
    text = pdf_text(b"".join(response.streaming_content))
    triples = re.findall(r"Värde (\S+), förra gången (\S+), förändring (\S+?)[.,](?=\s)", text)
    numbers = [int(number) for number in re.findall(r"(?<=\s)(\d+)\. [A-ZÅÄÖ]", text.split("Summa ")[0])]
    scale = re.search(r"Summa (\S+) på en skala från (\d+) till (\d+)\.", text)
    return [(number, *row) for number, row in zip(numbers, triples, strict=True)], scale.groups()


def the_json(occasion):
    printed = StringIO()
    slug, code = own_place(occasion)
    call_command("statistics", slug, organisation=code, meeting=occasion.assessment.meeting.key, stdout=printed)
    (measured,) = json.loads(printed.getvalue())["occasions"]
    rows = [(row["number"], row["value"], row["before"], row["change"]) for row in measured["items"]]
    return rows, (measured["total"], measured["floor"], measured["max_possible"])


def the_workbook(get, occasion):
    """One sheet for each meeting: of each moment the value, at the foot the sum with its scale."""
    content = get(reverse("assessments:workbook", args=own_place(occasion))).content
    book = load_workbook(BytesIO(content), data_only=True)
    rows = list(book[occasion.name].iter_rows(values_only=True))
    heading = next(row for row in rows if row[0] == "Nr")
    at = heading.index("Värde")
    values = [(row[0], row[at]) for row in rows if isinstance(row[0], int)]
    foot = next(row for row in rows if "Summa poäng" in row)
    scale = re.search(r"från (\d+) till (\d+)", " ".join(str(cell) for cell in foot if cell))
    return values, (foot[at], *scale.groups())


def test_page_pdf_excel_and_json_print_the_same_object(get, occasion):
    items = [(row.item.number, row.now, row.before, row.change) for row in occasion.items]
    printed = [(number, mean(value), mean(before), change(moved)) for number, value, before, moved in items]
    foot = (mean(occasion.total), str(occasion.floor), str(occasion.max_possible))
    assert printed[:2] == [(1, "1,5", "1", "+0,5"), (2, "1,5", "1,5", "0")]  # the object itself, once, by hand
    assert foot == ("21,5", "10", "30")

    assert the_page(get, occasion) == (printed, foot)
    assert the_pdf(get, occasion) == (printed, foot)
    values, sum_with_scale = the_workbook(get, occasion)
    assert values == [(number, value) for number, value, _, _ in items]
    assert sum_with_scale == (occasion.total, *foot[1:])
    exact = [(number, *(dotted(figure, 1) for figure in figures)) for number, *figures in items]
    assert the_json(occasion) == (exact, (dotted(occasion.total, 1), occasion.floor, occasion.max_possible))
