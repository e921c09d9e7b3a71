"""Those of an omgång who have not signed in, each person once."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef
from django.utils import timezone

from cohorts.enums import Status
from cohorts.models import Cohort, Delegate


@dataclass(frozen=True)
class Silent:
    """By their first seat in the omgång; an invitation to any of a person's seats is one to the person."""

    to_invite: tuple[Delegate, ...]
    invited_today: tuple[Delegate, ...]

    @property
    def number(self) -> int:
        return len(self.to_invite) + len(self.invited_today)


def silent_in(cohort: Cohort, today: date) -> Silent:
    """In one question. Nothing is asked of an organisation that has left, nor of one whose account is closed."""
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    today_already = Delegate.objects.filter(user=OuterRef("user"), invited_at__gte=midnight)
    seats = (
        Delegate.objects.filter(participation__cohort=cohort, user__last_login=None, user__is_active=True)
        .exclude(participation__status=Status.WITHDRAWN)
        .current(today)
        .annotate(has_one=Exists(today_already))
        .select_related("user", "participation__organisation", "participation__cohort__contact")
        .order_by("participation__organisation__name", "participation", "pk")
    )
    firsts: dict[int, Delegate] = {}
    for seat in seats:
        firsts.setdefault(seat.user_id, seat)
    has_one = {user for user, seat in firsts.items() if vars(seat)["has_one"]}
    return Silent(
        tuple(seat for user, seat in firsts.items() if user not in has_one),
        tuple(seat for user, seat in firsts.items() if user in has_one),
    )
