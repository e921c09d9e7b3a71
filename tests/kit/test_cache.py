"""With Redis away the cache goes on in memory, so that limits count and nobody is stopped at the door."""

from threading import Thread

import pytest
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache

from kit import cache
from kit.cache import RedisOrMemory
from tests.redis_away import redis_at, refused, silent


@pytest.fixture(params=[refused, silent])
def away(request, settings):
    """The site's cache, with a Redis that cannot be used; what it was asked."""
    with request.param() as (address, asked):
        settings.CACHES = redis_at(address)
        yield asked


@pytest.fixture
def now(monkeypatch):
    """The clock of the pause, which stands still until it is moved."""
    clock = [1000.0]
    monkeypatch.setattr(cache.time, "monotonic", lambda: clock[0])
    return clock


class TestTheCache:
    def test_does_in_memory_what_redis_would_do(self, away):
        here = caches["default"]
        assert here.add("a", 1)
        assert not here.add("a", 2)
        assert here.get("a") == 1
        assert here.get("b", "none") == "none"
        assert here.incr("a") == 2
        assert here.decr("a") == 1
        here.set("b", 5)
        assert here.has_key("b")
        assert here.get_many(["a", "b", "c"]) == {"a": 1, "b": 5}
        assert here.touch("b", 10)
        assert here.delete("b")
        assert here.set_many({"c": 3, "d": 4}) == []
        here.delete_many(["c"])
        assert here.get_or_set("d", 0) == 4
        with pytest.raises(ValueError, match="not found"):
            here.incr("c")

    def test_is_never_emptied_since_the_queue_lies_in_the_same_redis(self, settings):
        settings.CACHES = redis_at("redis://127.0.0.1:1/0")
        with pytest.raises(NotImplementedError, match="the queue"):
            caches["default"].clear()

    def test_every_question_to_redis_has_its_way_out(self):
        """A method that Django adds to its backend must not go past the door."""
        asks = {name for name, value in vars(RedisCache).items() if callable(value) and not name.startswith("_")}
        assert asks - {"get_backend_timeout"} <= set(vars(RedisOrMemory))

    def test_all_threads_of_the_process_count_together(self, away):
        def count():
            caches["default"].add("tries", 0)
            caches["default"].incr("tries")

        for _ in range(3):
            thread = Thread(target=count)
            thread.start()
            thread.join()
        assert caches["default"].get("tries") == 3

    def test_redis_is_asked_once_and_then_left_alone_for_ten_seconds(self, settings, now, caplog):
        with silent() as (address, asked):
            settings.CACHES = redis_at(address)
            for since, number in ((0, 1), (9.9, 0), (0.1, 1), (9, 0)):
                now[0] += since
                for _ in range(5):
                    caches["default"].get("a")
                assert asked() == number, since
        assert caplog.text.count("limits are counted in this process") == 2

    def test_when_it_is_back_it_is_used_again(self, away, now, monkeypatch):
        caches["default"].set("a", 1)
        monkeypatch.setattr(RedisCache, "get", lambda self, key, *more: "from Redis")
        assert caches["default"].get("a") == 1
        now[0] += 10
        assert caches["default"].get("a") == "from Redis"
