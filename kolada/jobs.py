"""What a worker does with an ordered fetch, and the fetch of every night."""

import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.models import Organisation
from kit import building
from kit.building import UNDER_WAY, lease
from kit.enums import BuildState
from kolada import fetching
from kolada.client import Client
from kolada.fetching import Fetched
from kolada.models import Fetch, KeyFigure

BROKEN = "Det blev fel i hämtningen. Försök igen, och hör av dig till den som sköter webbplatsen om det inte hjälper."
NO_ADDRESS = "Den här webbplatsen hämtar inte siffror från Kolada. De läses in från filer."
NO_ANSWER = "Kolada svarade inte. Siffrorna är som förut."
SOME_ANSWERS = "Kolada svarade inte på allt. De siffror som inte kom är som förut."
# A row names so many faults; the log has them all.
MOST_TOLD = 50
# How long a fetch is remembered; more would be of no use to anyone.
KEPT = timedelta(days=90)
# A wait is cut into pieces, so that the lease is renewed meanwhile.
PIECE = 5.0


@transaction.atomic
def fetch_of_the_night() -> list[int]:
    """Make the fetch of the night and return its id to send, if it is to be; forget those of long ago."""
    Fetch.objects.filter(ordered_at__lt=timezone.now() - KEPT).delete()
    if not settings.KOLADA_URL or hold_and_find():
        return []
    return [make_fetch(None).pk]


def hold_and_find(organisation: Organisation | None = None) -> Fetch | None:
    """Return the fetch that is under way, of all or of an organisation, so that two who order at once get the same."""
    # The first key figure is held: there is no row above the fetches.
    KeyFigure.objects.select_for_update(no_key=True).order_by("pk").first()
    return Fetch.objects.filter(organisation=organisation, state__in=UNDER_WAY).first()


def make_fetch(by: User | None, organisation: Organisation | None = None, codes: Sequence[str] = ()) -> Fetch:
    about = {"organisation": organisation, "codes": list(codes)}
    return Fetch.objects.create(ordered_by=by, lease_until=timezone.now() + lease(), **about)


def latest_fetch() -> Fetch | None:
    return Fetch.objects.of_all().first()


def run(fetch_id: int) -> None:
    """Fetch unless another worker does."""
    job = take(fetch_id)
    if job:
        building.work_on(job, job.work, BROKEN)


def take(fetch_id: int) -> "FetchJob | None":
    row = building.take_row(Fetch.objects.select_related("ordered_by", "organisation"), fetch_id, steps=1)
    return FetchJob(row) if row else None


def requeue_lost() -> list[int]:
    return building.requeue_lost_rows(Fetch.objects.all())


class FetchJob(building.Job):
    def work(self) -> None:
        if not settings.KOLADA_URL:
            self.fail(NO_ADDRESS)
            return
        own = self.build.organisation
        fetched = self.fetch_own(own) if own else self.fetch_all()
        self.finish(fetched)

    def fetch_all(self) -> Fetched:
        return fetching.fetch(
            codes=fetching.followed(),
            places=fetching.places_of_register(),
            years=fetching.default_years(),
            client=Client(pause=self.pause),
            catalogue=True,
            tell=self.tell,
            by=self.build.ordered_by,
        )

    def fetch_own(self, organisation: Organisation) -> Fetched:
        return fetching.fetch(
            codes=self.build.codes,
            places=fetching.places_of([organisation]),
            years=fetching.default_years(),
            client=Client(pause=self.pause, per_second=1),  # other fetches may be under way beside it
            tell=self.tell,
            by=self.build.ordered_by,
            organisation=organisation.code,
        )

    def tell(self, done: int, of: int) -> None:
        self._update(step=done, steps=of, lease_until=timezone.now() + lease())

    def pause(self, seconds: float) -> None:
        while seconds > 0:
            self.beat()
            time.sleep(min(seconds, PIECE))
            seconds -= PIECE

    def finish(self, fetched: Fetched) -> None:
        nothing = bool(fetched.failed) and not fetched.rows
        error = NO_ANSWER if nothing else SOME_ANSWERS if fetched.failed else ""
        values: dict[str, Any] = {name: value for name, value in vars(fetched).items() if name != "failed"}
        values["failed"] = fetched.failed[:MOST_TOLD]
        state = BuildState.FAILED if nothing else BuildState.READY
        self._update(state=state, error=error, ready_at=timezone.now(), **values)
