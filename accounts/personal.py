"""What is held about a person here, and in Django's and allauth's own tables (kit/holding.py)."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session

from accounts.models import AddressChange, ProviderSubject, User
from kit.holding import Held
from kit.retention import Keeping

HELD = {
    User: Held(
        shows=("name", "email", "skr_role", "skr_since", "is_active", "date_joined", "last_login"),
        called="konto",
        labels={"last_login": "inloggad senast"},
        by=("pk",),
    ),
    AddressChange: Held(shows=("email", "asked_on", "asked_by"), by=("user",), made=("asked_by",), deletes=True),
    ProviderSubject: Held(shows=("provider", "subject"), by=("user",), deletes=True),
    EmailAddress: Held(
        shows=("email",),
        called="adresser som har använts för att logga in",
        labels={"email": "adress"},
        by=("user",),
        by_address=("email",),
        deletes=True,
    ),
    EmailConfirmation: Held(
        shows=("created",),
        called="bekräftelser av adresser",
        labels={"created": "skapad"},
        by=("email_address__user",),
        deletes=True,
    ),
    # A passkey and an app are known by when they were made; what they hold is secret.
    Authenticator: Held(
        shows=("created_at", "last_used_at"),
        called="nycklar, appar och reservkoder",
        labels={"created_at": "skapad", "last_used_at": "använd senast"},
        by=("user",),
        deletes=True,
    ),
    SocialAccount: Held(
        shows=("provider", "uid", "date_joined"),
        called="inloggning hos din organisation",
        labels={"provider": "inloggning", "uid": "person hos inloggningen", "date_joined": "skapad"},
        by=("user",),
        deletes=True,
    ),
    SocialToken: Held(
        shows=("expires_at",),
        called="biljetter från din organisations inloggning",
        labels={"expires_at": "gäller till"},
        by=("account__user",),
        deletes=True,
    ),
    UserSession: Held(
        shows=("created_at", "last_seen_at", "user_agent"),
        called="inloggade enheter",
        labels={"created_at": "inloggad", "last_seen_at": "använd senast", "user_agent": "webbläsare"},
        by=("user",),
        deletes=True,
    ),
}
NOTHING = {
    SocialApp: "the organisations' own sign-ins",
    Session: "packed: privacy/sessions.py reads what each one holds",
    Group: "not used",
    Permission: "not used",
    ContentType: "the names of tables",
}
# The cookie of a sign-in lasts 60 days, so a longer time would keep nothing.
SESSIONS = Keeping("sessions", "Inloggningar och de enheter de gjordes på", "från inloggningen", 60, 1, 60)
