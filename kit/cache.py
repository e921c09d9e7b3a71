"""The cache in production: Redis, and this process's own memory while Redis cannot be reached.

Limits rest on the cache. Without it they would either stop everyone or nobody; here they go on, counted by process.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

# So long Redis is left alone when it has not answered, since each question may take as long as the socket's limit.
PAUSE_SECONDS = 10
# A room of people at the kick-off has some keys each; an empty form as PDF is kept here too.
MOST_ENTRIES = 2000
# By address, for all threads of the process: each has a cache object of its own.
_ask_again: dict[str, float] = {}


def _or_memory(name: str) -> Callable[..., Any]:
    def method(self: "RedisOrMemory", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= _ask_again.get(self.address, 0.0):
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except (RedisError, OSError) as error:
                _ask_again[self.address] = time.monotonic() + PAUSE_SECONDS
                log.warning("Redis cannot be used (%s): limits are counted in this process.", type(error).__name__)
        return getattr(self.memory, name)(*args, **kwargs)

    return method


class RedisOrMemory(RedisCache):
    def __init__(self, address: str, params: dict[str, Any]) -> None:
        super().__init__(address, params)
        self.address = address
        self.memory = LocMemCache(f"instead of {address}", {**params, "OPTIONS": {"MAX_ENTRIES": MOST_ENTRIES}})

    # All that asks the server; the rest of Django's interface is made of these.
    add = _or_memory("add")
    get = _or_memory("get")
    set = _or_memory("set")
    touch = _or_memory("touch")
    delete = _or_memory("delete")
    get_many = _or_memory("get_many")
    has_key = _or_memory("has_key")
    incr = _or_memory("incr")
    set_many = _or_memory("set_many")
    delete_many = _or_memory("delete_many")

    def clear(self) -> None:
        raise NotImplementedError("Emptying Redis would also take the queue and the keys of other sites in it.")
