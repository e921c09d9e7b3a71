"""One person holds one heavy answer at a time, a process makes two, and an hour has its number of orders and files."""

import logging
from threading import Event, Thread
from types import SimpleNamespace

import pytest
import time_machine
from django.core.cache import cache

from kit import limits
from kit.limits import AT_ONCE, Hourly, TooMuch, forget_files, heavy, made_once
from kit.uploads import BYTES_AN_HOUR, FILES_AN_HOUR
from reports.actions.building import ORDERS_AN_HOUR
from tests.refusing import refused

ALREADY = "Vi bygger redan en fil åt dig. Vänta några sekunder och försök igen."
BUSY = "Många hämtar filer just nu. Vänta en liten stund och försök igen."


def person(pk):
    return SimpleNamespace(pk=pk, name="Anna Ek")


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(limits, "PATIENCE_SECONDS", 0)


@pytest.fixture
def making():
    """Begin heavy answers in threads, as the web server does; they go on until the test ends."""
    end, threads = Event(), []

    def begin(pk):
        begun = Event()

        def answer():
            with heavy(person(pk)):
                begun.set()
                end.wait()

        threads.append(Thread(target=answer))
        threads[-1].start()
        begun.wait()

    yield begin
    end.set()
    for thread in threads:
        thread.join()


class TestHeavy:
    def test_sixteen_by_one_person_leave_a_place_for_another(self, making, caplog):
        """The attack: one person asks for the same paper sixteen times at once."""
        making(1)
        for _ in range(15):
            with refused(ALREADY), heavy(person(1)):
                raise AssertionError
        with heavy(person(2)):
            pass
        assert {record.getMessage() for record in caplog.records if record.levelno == logging.WARNING} == {
            "User 1 asked for a heavy answer while another was made."
        }

    def test_no_more_than_two_in_a_process_whoever_asks(self, making, caplog):
        for pk in range(AT_ONCE):
            making(pk)
        with pytest.raises(TooMuch) as busy, heavy(person(9)):
            raise AssertionError
        assert (busy.value.sentence, busy.value.status) == (BUSY, 503)
        assert "User 9 got no place for a heavy answer." in caplog.text

    def test_who_got_no_place_may_ask_again(self, making):
        making(1)
        with heavy(person(2)), refused(BUSY), heavy(person(3)):
            raise AssertionError
        with heavy(person(3)):
            pass

    def test_what_fails_gives_back_turn_and_place(self):
        for _ in range(AT_ONCE + 1):
            with pytest.raises(ZeroDivisionError), heavy(person(1)):
                raise ZeroDivisionError

    def test_a_turn_that_nobody_gives_back_ends_by_itself(self):
        with time_machine.travel("2027-03-01T12:00", tick=False) as clock:
            cache.add("heavy:1", 1, limits.LONGEST_TURN.seconds)
            clock.shift(limits.LONGEST_TURN.seconds + 1)
            # The cache on Redis has a clock of its own.
            if not cache.get("heavy:1"):
                with heavy(person(1)):
                    pass


class TestMadeOnce:
    def test_the_same_for_all_is_made_once(self):
        made = []
        for pk in (1, 2, 3):
            assert made_once(person(pk), "abc", lambda: made.append(1) or b"%PDF") == b"%PDF"
        assert made == [1]

    def test_another_content_is_another_file(self):
        assert [made_once(person(1), name, name.encode) for name in ("a", "b")] == [b"a", b"b"]

    def test_what_is_made_waits_for_no_turn(self, making):
        made_once(person(1), "abc", lambda: b"%PDF")
        for pk in range(AT_ONCE):
            making(pk)
        assert made_once(person(0), "abc", lambda: 1 / 0) == b"%PDF"

    def test_what_is_forgotten_is_made_again(self):
        for name in ("a", "b"):
            made_once(person(1), name, lambda: b"%PDF")
        forget_files()
        assert made_once(person(1), "a", lambda: b"new") == b"new"
        assert made_once(person(1), "b", lambda: b"new") == b"new"


TWO = Hourly("things", 2, "Högst {} i timmen. Försök igen efter klockan {}.")


class TestHourly:
    def test_at_the_limit_and_one_more(self, caplog):
        with time_machine.travel("2027-03-01T12:20:00+00:00", tick=False):
            TWO.use(person(1))
            TWO.use(person(1))
            with pytest.raises(TooMuch) as refusal:
                TWO.use(person(1), field="file")
        assert refusal.value.sentence == "Högst 2 i timmen. Försök igen efter klockan 14.00."
        assert (refusal.value.status, refusal.value.field, refusal.value.wait.total_seconds()) == (429, "file", 2400)
        assert "User 1 has reached the limit of things: 2 an hour." in caplog.text

    def test_each_person_has_an_own_count_and_each_hour_too(self):
        with time_machine.travel("2027-03-01T12:20:00+00:00", tick=False) as clock:
            TWO.use(person(1), 2)
            TWO.use(person(2), 2)
            clock.shift(40 * 60)
            TWO.use(person(1), 2)

    @pytest.mark.parametrize(
        ("limit", "said"),
        [
            (FILES_AN_HOUR, "Du kan skicka in högst 60 filer i timmen. Försök igen efter klockan"),
            (BYTES_AN_HOUR, "Du har skickat in mycket den här timmen. Försök igen efter klockan"),
            (ORDERS_AN_HOUR, "Du kan beställa högst 20 filer i timmen. Försök igen efter klockan"),
        ],
    )
    def test_ours(self, limit, said):
        limit.use(person(1), limit.most)
        with refused(said):
            limit.use(person(1))
