"""Celery's beat, which a clock that was wrong for a while does not silence."""

from typing import Any

from celery.beat import Scheduler


class SelfHealing(Scheduler):
    """A scheduler that keeps no file, and for which a task that ran in the future has run now.

    Celery's own would wait until the clock has come as far again, for a day if it was a day ahead.
    """

    def tick(self, *args: Any, **kwargs: Any) -> float:
        now = self.app.now()
        ahead = [entry for entry in self.schedule.values() if entry.last_run_at and entry.last_run_at > now]
        for entry in ahead:
            entry.last_run_at = now
        if ahead:
            self._heap = None  # the times in it are of the wrong clock
        return super().tick(*args, **kwargs)
