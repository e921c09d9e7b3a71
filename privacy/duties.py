"""The tasks that people's requests give SKR."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from cohorts.duty import Matter, Task, key_of
from privacy.models import ErasureRequest

ANSWER_WITHIN = timedelta(days=30)


def skr_duties() -> Iterator[Task]:
    for request in ErasureRequest.objects.select_related("user"):
        yield Task(
            key=key_of(Matter.ERASURE, 0, request.pk),
            matter=Matter.ERASURE,
            title=f"Svara {request.user.name}, som vill få sina uppgifter raderade",
            why="Den som ber om radering ska få svar inom en månad.",
            url=reverse("privacy:requests"),
            due_on=request.asked_on + ANSWER_WITHIN,
        )
