import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from kit.commands import OneLineCommand
from kit.periodic import ScheduledTask
from overview.condition import Condition, Queue, condition


class Command(OneLineCommand):
    help = (
        "Prints how the site is: what waits, what has not run in its time, what is stuck. Exits with 1 if anything is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=("json",))

    def handle(self, *args: Any, **options: Any) -> None:
        now = condition()
        if options["format"] == "json":
            self.stdout.write(json.dumps(document(now), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(lines(now)))
        if now.troubles:
            raise SystemExit(1)


def document(now: Condition) -> dict[str, Any]:
    return {
        "release": now.release,
        "database": now.database,
        "migrations_pending": now.migrations_pending,
        "queues": {
            queue.name: {"waiting": queue.waiting, "oldest_seconds": queue.oldest_seconds} for queue in now.queues
        },
        "periodic": [
            {
                "name": task.name,
                "every_seconds": int(task.every.total_seconds()),
                "last_run": task.last_run.isoformat() if task.last_run else None,
                "late": task.late,
            }
            for task in now.periodic
        ],
        "uncertain_mail": now.uncertain_mail,
        "stuck_builds": now.stuck_builds,
        "free_bytes": now.free_bytes,
    }


def lines(now: Condition) -> list[str]:
    free = f"{now.free_bytes / 1e9:.1f} GB free"
    return [
        f"Release {now.release}, {now.database}, migrations pending: {now.migrations_pending}, {free}",
        f"Waiting: {', '.join(_waiting(queue) for queue in now.queues)}",
        f"Uncertain mail: {now.uncertain_mail}, stuck PDFs: {now.stuck_builds}",
        *(_task_line(task) for task in now.periodic),
        *(now.troubles or ["All is well."]),
    ]


def _waiting(queue: Queue) -> str:
    oldest = "" if queue.oldest_seconds is None else f" (the oldest {queue.oldest_seconds} s)"
    return f"{queue.name} {queue.waiting}{oldest}"


def _task_line(task: ScheduledTask) -> str:
    ran = f"{timezone.localtime(task.last_run):%Y-%m-%d %H:%M:%S}" if task.last_run else "never"
    return f"  {task.name:<24} last run {ran:<20} {'LATE' if task.late else 'in time'}"
