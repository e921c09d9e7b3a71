import re
from pathlib import Path

import pytest
from django.conf import settings

from cohorts.enums import OrganisationKind
from cohorts.models import Cohort, Organisation
from kit.editing import change, compare, refuse_stale, save
from kit.staleness import Stale, content_of, digest
from tests.factories import CohortFactory

STORED = {"name": "Så här", "note": ""}
NEW = {"name": "Inte så", "note": ""}
BY_HAND = re.compile(r"raise Stale\(|!= digest\(|\bdigest\(.*\) != ")


class TestCompare:
    def test_the_same_content_is_no_change_however_old_the_page(self):
        assert compare(STORED, dict(STORED), seen="an older page") is None

    def test_a_page_that_showed_what_is_stored_changes_only_what_differs(self):
        changes = compare(STORED, NEW, seen=digest(STORED))
        assert changes is not None
        assert (changes.before, changes.after) == ({"name": "Så här"}, {"name": "Inte så"})
        assert (changes.names, changes.touch(["name"]), changes.touch(["note"])) == (["name"], True, False)

    @pytest.mark.parametrize("seen", ["", digest(NEW), digest({"name": "Så här"})])
    def test_a_page_that_showed_something_else_is_refused_with_what_is_stored(self, seen):
        with pytest.raises(Stale, match="Någon annan har sparat") as stale:
            compare(STORED, NEW, seen=seen)
        assert stale.value.stored == STORED

    def test_what_the_page_did_not_ask_for_is_not_compared(self):
        changes = compare({**STORED, "year": 2026}, NEW, seen=digest(STORED))
        assert changes is not None
        assert changes.names == ["name"]

    def test_without_a_page_there_is_nothing_to_be_stale(self):
        assert compare(STORED, NEW, seen=None)
        refuse_stale(STORED, seen=None)

    def test_where_nothing_is_stored_the_page_saw_nothing(self):
        changes = compare({}, NEW, seen="")
        assert changes is not None
        assert (changes.before, changes.after) == ({}, NEW)
        with pytest.raises(Stale):
            compare({}, NEW, seen=digest(STORED))


@pytest.mark.django_db
class TestSave:
    def test_the_changed_fields_are_stored_and_no_others(self):
        cohort = CohortFactory(name="Före")
        elsewhere = Cohort.objects.filter(pk=cohort.pk)
        elsewhere.update(fee=10_000)
        changes = save(cohort, {"name": "Efter"}, seen=digest({"name": "Före"}))
        assert changes is not None
        assert (changes.before, changes.after) == ({"name": "Före"}, {"name": "Efter"})
        assert changes.labels(Cohort) == "namn"
        assert elsewhere.values_list("name", "fee").get() == ("Efter", 10_000)

    def test_the_same_again_writes_nothing(self, django_assert_num_queries):
        cohort = CohortFactory(name="Före")
        with django_assert_num_queries(0):
            assert save(cohort, {"name": "Före"}, seen="an older page", fee=1) is None

    def test_a_stale_page_writes_nothing(self):
        cohort = CohortFactory(name="Den andras")
        with pytest.raises(Stale) as stale:
            save(cohort, {"name": "Min"}, seen=digest({"name": "Före"}))
        assert stale.value.stored == {"name": "Den andras"}
        assert (cohort.name, Cohort.objects.get().name) == ("Den andras", "Den andras")

    def test_what_stands_beside_is_stored_with_a_change(self):
        cohort = CohortFactory(name="Före", fee=None)
        save(cohort, {"name": "Efter"}, seen=None, fee=0)
        assert content_of(Cohort.objects.get(), "name", "fee") == {"name": "Efter", "fee": 0}

    def test_a_new_row_is_stored_whole(self):
        organisation = Organisation(code="9901", kind=OrganisationKind.KOMMUN, name="")
        changes = save(organisation, {"name": "Ny"}, seen="")
        assert changes is not None
        assert (changes.before, changes.after) == ({}, {"name": "Ny"})
        assert Organisation.objects.get(code="9901").name == "Ny"

    def test_a_change_alone_is_not_stored(self):
        cohort = CohortFactory(name="Före")
        assert change(cohort, {"name": "Efter"}, seen=None)
        assert (cohort.name, Cohort.objects.get().name) == ("Efter", "Före")


def code_outside_the_kit():
    root = Path(settings.BASE_DIR)
    for path in sorted(root.glob("[a-z]*/**/*.py")):
        place = path.relative_to(root)
        if place.parts[0] not in ("kit", "tests") and "migrations" not in place.parts:
            yield place.as_posix(), path.read_text(encoding="utf-8")


def by_hand(text):
    return [line.strip() for line in text.splitlines() if BY_HAND.search(line)]


def test_what_is_stale_is_refused_in_one_place():
    lines_by_place = {place: by_hand(text) for place, text in code_outside_the_kit()}
    assert {place: lines for place, lines in lines_by_place.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "        raise Stale(stored)",
        "    if seen != digest(stored):",
        "    if digest(content_of(row, *ITEM)) != seen:",
    ],
)
def test_a_copy_by_hand_is_found(line):
    assert by_hand(line) == [line.strip()]
