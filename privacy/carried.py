"""The cohort package carries no person."""

from privacy.models import ErasureRequest

NOT_CARRIED = {ErasureRequest: "people"}
