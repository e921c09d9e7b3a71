"""The cohort package carries no person."""

from people.models import SeatOffer

NOT_CARRIED = {SeatOffer: "people"}
