from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Refuse open sign-up: people are added by SKR or by their own organisation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
