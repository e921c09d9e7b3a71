"""Every answer that takes the processor for long goes through one door (`kit/limits.py`), and so do the attacks."""

import ast
import re
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kit import limits
from reports.printers import pdf
from tests.pages import TABLE
from tests.world import place

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
# What a view may call that is heavy: it makes a PDF, Word or Excel file, reads one, or reads a list or groups people.
HEAVY = ("render_pdf", "printed", "word_of", "workbook_of", "read_workbook", "thanks_letter", "propose", "send_letter")
# The addresses of those views, and what is posted where it is a form that is heavy.
FILES = (
    *("reports:paper", "reports:empty_form", "planning:timetable_pdf", "admission:letter_pdf"),
    *(
        "mentoring:mentor_paper",
        "mentoring:mentor_letter",
        "reports:board_paper_file",
        "assessments:minutes_word",
        "assessments:workbook",
        "people:directory_file",
        "indicators:analysis_pdf",
        "indicators:analysis_word",
        "indicators:values_workbook",
    ),
    *("grouping:grouping_proposal", "improvements:indicator_pdf", "improvements:indicator_word"),
    *("improvements:improvement_pdf", "improvements:improvement_word"),
)
POSTED = {
    "people:people_list": {"people": "Anna Ek\tanna.ek@exempel.invalid\tstrateg"},
    "people:cohort_people_list": {"people": "Anna Ek\tanna.ek@exempel.invalid\tstrateg"},
    "assessments:import_workbook": {"file": SimpleUploadedFile("bok.xlsx", b"PK")},
    "indicators:values_import": {"file": SimpleUploadedFile("bok.xlsx", b"PK")},
}


def heavy_calls():
    """Each heavy call in a view, with whether it stands in the door."""
    root = Path(settings.BASE_DIR)
    for path in (*root.glob("*/views.py"), *root.glob("*/views/*.py")):
        tree = ast.parse(path.read_text())
        doors = [
            node
            for node in ast.walk(tree)
            if (isinstance(node, ast.With) and "heavy(" in ast.unparse(node.items[0]))
            or (isinstance(node, ast.Call) and ast.unparse(node.func) == "made_once")
        ]
        inside = {id(inner) for door in doors for inner in ast.walk(door)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in HEAVY:
                yield f"{path.relative_to(root)}: {ast.unparse(node.func)}", id(node) in inside


def test_every_heavy_call_in_a_view_stands_in_the_door():
    calls = list(heavy_calls())
    assert len(calls) > 12
    assert [call for call, is_inside in calls if not is_inside] == []


def rows():
    for name in (*FILES, *POSTED):
        first = next(row for row in TABLE if row.name == name and row.ok and not row.post)
        yield pytest.param(first, id=name)


@pytest.mark.parametrize("row", list(rows()))
def test_a_second_at_once_is_refused(client, world, row, monkeypatch):
    monkeypatch.setattr(limits, "PATIENCE_SECONDS", 0)
    user = world.users[row.ok[0]]
    client.force_login(user)
    address = reverse(row.name, args=place(world, row.where))
    turn = f"heavy:{user.pk}"
    cache.set(turn, 1)
    answer = client.post(address, POSTED[row.name]) if row.name in POSTED else client.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (429, "5")
    assert "Vi bygger redan en fil åt dig. Vänta några sekunder och försök igen." in answer.text
    assert ("Gå tillbaka till sidan innan" in answer.text) is (row.name in POSTED)
    assert cache.get(turn), "The one that is under way keeps its turn."


def test_while_one_persons_papers_are_made_anothers_page_answers(client, world, monkeypatch):
    """The attack: sixteen blankett.pdf by one person. While one is made, the others are refused at once."""
    reader = world.users["politician"]
    client.force_login(reader)
    address = reverse("reports:paper", args=place(world, "submitted_file"))
    answers = []

    def made(content):
        others = type(client)()
        others.force_login(reader)
        answers.extend(others.get(address) for _ in range(15))
        others.force_login(world.users["strategist"])
        answers.append(others.get(address.replace("blankett.pdf", "")))
        return b"%PDF"

    monkeypatch.setattr(pdf, "printed", made)
    first = client.get(address)
    assert (first.status_code, first.getvalue()) == (200, b"%PDF")
    assert [answer.status_code for answer in answers] == [429] * 15 + [200]


def test_the_empty_form_is_made_once_for_all(client, world, monkeypatch):
    made = []
    monkeypatch.setattr(pdf, "printed", lambda content: made.append(content) or b"%PDF")
    for role in ("strategist", "politician", "process_leader"):
        client.force_login(world.users[role])
        assert client.get(reverse("reports:empty_form", args=place(world, "version"))).getvalue() == b"%PDF"
    assert len(made) == 1


class TestWhatIsRefused:
    def test_a_download_offers_itself_again(self, client, world):
        user = world.users["strategist"]
        client.force_login(user)
        cache.set(f"heavy:{user.pk}", 1)
        address = reverse("reports:paper", args=place(world, "submitted_file"))
        assert re.search(rf'href="{address}"[^>]*>\s*Försök igen', client.get(address).text)

    def test_an_order_too_many_is_told(self, client, world):
        user = world.users["strategist"]
        client.force_login(user)
        address = reverse("reports:order_report", args=place(world, "organisation"))
        with time_machine.travel("2026-09-20T10:15:00+00:00", tick=False):
            for _ in range(20):
                assert client.post(address).status_code == 302
            answer = client.post(address)
        assert (answer.status_code, answer["Retry-After"]) == (429, "2700")
        assert "Du kan beställa högst 20 filer i timmen. Försök igen efter klockan 13.00." in answer.text
