"""The one door to the broker: a web request or action that has work for a worker says so here."""

import logging
from typing import Any

from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def tell_worker(task: Any, *arguments: Any) -> None:
    """Send the task to a worker; without a broker its row waits for the next sweep, which sends it again."""
    try:
        task.delay(*arguments)
    except (OperationalError, RedisError, OSError):
        log.warning("No broker: %s%r waits for the next sweep.", task.name, arguments, exc_info=True)
