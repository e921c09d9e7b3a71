"""The cohort package carries no person."""

from people.models import ErasureRequest, SeatOffer

NOT_CARRIED = {SeatOffer: "people", ErasureRequest: "people"}
