"""Which lärandeträffar a mentor supports, as a package carries it: by their theme."""

import pytest
from django.conf import settings

from cohorts.models import GroupMentor, Organisation
from cohorts.register import load_register
from meetings.whom import theme_of
from tests.exchange.test_exchange import RUNNING, changed, export, read, run, write

pytestmark = pytest.mark.django_db
THEME = ("groups", 0, "mentors", 0, "theme")


@pytest.fixture(autouse=True)
def _invented_organisations(db):
    load_register(Organisation, settings.DATA_DIR / "organisations-demo.csv", invented=True)


def first():
    return GroupMentor.objects.prefetch_related("meetings").order_by("position", "pk")[0]


def test_the_theme_is_read_as_the_meetings_that_have_it():
    run(RUNNING)
    document = read(RUNNING)
    for mentorship in GroupMentor.objects.all():
        [meeting] = mentorship.meetings.all()
        assert meeting.theme == theme_of(mentorship)
        assert mentorship.wished_theme == ""
    assert theme_of(first()) == document["groups"][0]["mentors"][0]["theme"]


def test_a_theme_that_no_meeting_has_is_kept(tmp_path):
    run(RUNNING)
    document = changed(read(RUNNING), THEME, "Ett tema som ingen träff har")
    package = write(tmp_path / "a.json", document)
    assert run(package) == "demo-pagaende: updated\n"
    assert (list(first().meetings.all()), first().wished_theme) == ([], "Ett tema som ingen träff har")
    assert export("demo-pagaende", tmp_path / "out.json") == document
    assert run(package) == "demo-pagaende: unchanged\n"


def test_a_wish_is_met_when_a_meeting_has_the_theme(tmp_path):
    document = read(RUNNING)
    wanted = document["groups"][0]["mentors"][0]["theme"]
    run(write(tmp_path / "a.json", changed(document, THEME, "Okänt")))
    run(RUNNING)
    [meeting] = first().meetings.all()
    assert (meeting.theme, first().wished_theme) == (wanted, "")


def test_written_alike_but_for_capitals_is_the_same_theme(tmp_path):
    document = read(RUNNING)
    wanted = document["groups"][0]["mentors"][0]["theme"]
    run(write(tmp_path / "a.json", changed(document, THEME, f" {wanted.upper()} ")))
    assert theme_of(first()) == wanted


def test_no_theme_is_all_of_the_groups_meetings(tmp_path):
    run(RUNNING)
    document = changed(read(RUNNING), THEME, None)
    run(write(tmp_path / "a.json", document))
    assert (list(first().meetings.all()), first().wished_theme) == ([], "")
    assert export("demo-pagaende", tmp_path / "out.json") == document


def test_a_renamed_meeting_is_written_by_its_new_theme(tmp_path):
    run(RUNNING)
    mentorship = first()
    mentorship.meetings.update(theme="Ledning & styrning")
    assert export("demo-pagaende", tmp_path / "out.json")["groups"][0]["mentors"][0]["theme"] == "Ledning & styrning"
