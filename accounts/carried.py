"""The cohort package carries no person."""

from accounts.models import AddressChange, User

NOT_CARRIED = {User: "people", AddressChange: "people"}
