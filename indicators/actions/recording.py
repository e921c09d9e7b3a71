from django.core.exceptions import ValidationError
from django.db.models import Model

from accounts.models import User
from cohorts.models import Participation
from indicators.trail import IndicatorEvent
from kit import audit
from kit.refusals import ActionRefused


def record(kind: IndicatorEvent, target: Model | str, participation: Participation, by: User, **more: object) -> None:
    # Values stay out of the trail: the nyckeltal and its period are enough.
    cohort = str(participation.cohort)
    audit.record(kind, target=target, by=by, organisation=participation.organisation.code, cohort=cohort, **more)


def refuse_what_the_database_would(row: Model, *, field: str) -> None:
    try:
        row.validate_constraints()
    except ValidationError as error:
        raise ActionRefused(error.messages[0], field=field) from error
