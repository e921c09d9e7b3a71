"""The site's numbers in Prometheus' format, for whoever has the operator's key."""

import os
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from kit.responses import PRIVATE_FILE
from overview.condition import Condition, condition

# By the name of the page and never by its address, of which there is no end.
SECONDS = Histogram("modell_request_seconds", "How long requests took.", ("view", "status"), registry=None)


class ConditionCollector(Collector):
    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            now = condition()
        except (DatabaseError, InterfaceError):
            yield GaugeMetricFamily("modell_database", "1 if the database answers.", 0)
            return
        yield GaugeMetricFamily("modell_database", "1 if the database answers.", 1)
        yield from _gauges(now)


def _gauges(now: Condition) -> Iterator[GaugeMetricFamily]:
    yield _by("release", {now.release: 1}, "modell_info", "The release that runs.")
    waiting = {queue.name: queue.waiting for queue in now.queues}
    yield _by("queue", waiting, "modell_waiting", "How many wait.")
    oldest = {queue.name: queue.oldest_seconds or 0 for queue in now.queues}
    yield _by("queue", oldest, "modell_oldest_waiting_seconds", "How long the oldest has waited.")
    runs = {task.name: task.last_run.timestamp() for task in now.periodic if task.last_run}
    yield _by("task", runs, "modell_last_run_timestamp_seconds", "When the task last ran to its end.")
    late = {task.name: int(task.late) for task in now.periodic}
    yield _by("task", late, "modell_late", "1 if the task has not run in its time.")
    yield GaugeMetricFamily("modell_broker", "1 if the broker answers.", int(now.broker))
    yield GaugeMetricFamily("modell_migrations_pending", "Migrations that have not been run.", now.migrations_pending)
    yield GaugeMetricFamily("modell_uncertain_mail", "Mail that may not have arrived.", now.uncertain_mail)
    yield GaugeMetricFamily("modell_stuck_builds", "PDFs that have not been built in their time.", now.stuck_builds)
    yield GaugeMetricFamily("modell_free_bytes", "Free space where the site keeps its files.", now.free_bytes)


def _by(label: str, values: dict[str, float] | dict[str, int], name: str, about: str) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, about, labels=(label,))
    for value, number in values.items():
        family.add_metric((value,), number)
    return family


@login_not_required
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    given = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        raise Http404
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)
    else:
        registry.register(SECONDS)
    registry.register(ConditionCollector())
    headers = {"Cache-Control": PRIVATE_FILE}
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST, headers=headers)
