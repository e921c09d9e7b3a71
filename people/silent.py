"""People of an omgång who have not signed in, each listed once."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef
from django.utils import timezone

from cohorts.enums import Status
from cohorts.models import Cohort, Delegate
from cohorts.querysets import DelegateQuerySet
from kit.ordering import by_name


@dataclass(frozen=True)
class Silent:
    """Lists each person by their first seat; an invitation to any seat counts as one to the person."""

    to_invite: tuple[Delegate, ...]
    invited_today: tuple[Delegate, ...]
    anyone: bool

    @property
    def number(self) -> int:
        return len(self.to_invite) + len(self.invited_today)


def _seats(cohort: Cohort, today: date) -> DelegateQuerySet:
    seats = Delegate.objects.filter(participation__cohort=cohort, user__is_active=True).current(today)
    return seats.exclude(participation__status=Status.WITHDRAWN)


def silent_in(cohort: Cohort, today: date) -> Silent:
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    today_already = Delegate.objects.filter(user=OuterRef("user"), invited_at__gte=midnight)
    seats = (
        _seats(cohort, today)
        .filter(user__last_login=None)
        .annotate(already_invited=Exists(today_already))
        .select_related("user", "participation__organisation", "participation__cohort__contact")
        .order_by(by_name("participation__organisation__name"), "participation", "pk")
    )
    firsts: dict[int, Delegate] = {}
    for seat in seats:
        firsts.setdefault(seat.user_id, seat)
    already_invited = {user for user, seat in firsts.items() if vars(seat)["already_invited"]}
    return Silent(
        tuple(seat for user, seat in firsts.items() if user not in already_invited),
        tuple(seat for user, seat in firsts.items() if user in already_invited),
        anyone=bool(firsts) or _seats(cohort, today).exists(),
    )
