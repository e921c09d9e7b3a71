from django.db.models import Model

from accounts.models import User
from cohorts.models import Participation
from indicators.trail import IndicatorEvent
from kit import audit


def record(kind: IndicatorEvent, target: Model | str, participation: Participation, by: User, **more: object) -> None:
    # Values stay out of the trail: the nyckeltal and its period are enough.
    cohort = str(participation.cohort)
    audit.record(kind, target=target, by=by, organisation=participation.organisation.code, cohort=cohort, **more)
