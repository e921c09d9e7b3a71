"""The cohort package carries no person."""

from accounts.models import AddressChange, ProviderSubject, User

NOT_CARRIED = {User: "people", AddressChange: "people", ProviderSubject: "people"}
