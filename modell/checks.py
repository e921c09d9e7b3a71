"""Checks for an unsafe production, each with the cure. They run with `manage.py check --deploy`, the last one always.

A setting without which the site cannot run at all (secret key, hosts, mail) is refused by the settings themselves.
"""

from collections.abc import Sequence
from email.utils import parseaddr

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution

FEWEST_UNREAD, SMALLEST_GROUP = 3, 5
SHORTEST_KEY, FEWEST_SIGNS = 50, 10
# Keys that anyone can read: the embedded site's, and those that Django writes into a new project.
PUBLISHED_KEYS = ("embedded-site-on-loopback-only", "django-insecure-")
MOST_MB = 100


def _in_production(app_configs: Sequence[AppConfig] | None) -> bool:
    return bool(settings.PRODUCTION) and app_configs is None


@register(Tags.security, deploy=True)
def environment(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    if settings.PRODUCTION:
        return []
    return [
        Caution(
            "The site runs embedded: it trusts whoever reaches the port.",
            hint="Set MODELL_ENV=production where others than you can reach it.",
            id="modell.W001",
        )
    ]


@register(Tags.security, deploy=True)
def demonstration(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    if not (_in_production(app_configs) and settings.DEMO):
        return []
    return [
        Error(
            "The demonstration's sign-in buttons are open in production.", hint="Remove MODELL_DEMO.", id="modell.E001"
        )
    ]


@register(Tags.security, deploy=True)
def key(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    # Whoever knows or guesses the key can sign in as anyone.
    if not _in_production(app_configs):
        return []
    known = settings.SECRET_KEY.startswith(PUBLISHED_KEYS)
    if not known and len(settings.SECRET_KEY) >= SHORTEST_KEY and len(set(settings.SECRET_KEY)) >= FEWEST_SIGNS:
        return []
    return [
        Error(
            "SECRET_KEY is published." if known else "SECRET_KEY is short or simple enough to be guessed.",
            hint="Set SECRET_KEY to fifty random characters, as .env.example says how.",
            id="modell.E008",
        )
    ]


@register(Tags.security, deploy=True)
def hosts(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    # A request may then name any host, and links would lead there.
    if not _in_production(app_configs) or "*" not in settings.ALLOWED_HOSTS:
        return []
    return [Error("ALLOWED_HOSTS takes any host.", hint="Set ALLOWED_HOSTS to the site's own names.", id="modell.E009")]


@register(Tags.security, deploy=True)
def limits(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    if not _in_production(app_configs):
        return []
    days = {"MODELL_INTEREST_KEEP_DAYS": settings.INTEREST_KEEP_DAYS, "MODELL_MAIL_KEEP_DAYS": settings.MAIL_KEEP_DAYS}
    messages: list[CheckMessage] = [
        Error(f"{name} is {number}.", hint=f"Set {name} to 1 day or more, or remove it.", id="modell.E010")
        for name, number in days.items()
        if number < 1
    ]
    if settings.MIN_GROUP < SMALLEST_GROUP:
        messages.append(
            Error(
                f"Figures with {settings.MIN_GROUP} organisations behind them would be shown.",
                hint=f"Set MODELL_MIN_GROUP to {SMALLEST_GROUP} or more, or remove it.",
                id="modell.E011",
            )
        )
    if not 1 <= settings.EVIDENCE_MAX_MB <= MOST_MB:
        messages.append(
            Error(
                f"MODELL_EVIDENCE_MAX_MB is {settings.EVIDENCE_MAX_MB}.",
                hint=f"Set MODELL_EVIDENCE_MAX_MB to a number from 1 to {MOST_MB}, or remove it.",
                id="modell.E012",
            )
        )
    return messages


@register(Tags.security, deploy=True)
def factors(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    if not _in_production(app_configs) or settings.SKR_SECOND_FACTOR:
        return []
    return [
        Caution(
            "People at SKR, who read all that is handed in, sign in by a mailed code alone.",
            hint="Remove MODELL_SKR_SECOND_FACTOR.",
            id="modell.W003",
        )
    ]


@register(Tags.compatibility, deploy=True)
def worker(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    # Reports are built by a worker, never in the request.
    messages: list[CheckMessage] = []
    if not _in_production(app_configs):
        return messages
    if getattr(settings, "CELERY_TASK_ALWAYS_EAGER", False):
        messages.append(
            Error(
                "Tasks run inside the request (CELERY_TASK_ALWAYS_EAGER).",
                hint="Remove CELERY_TASK_ALWAYS_EAGER and start `celery -A modell worker`.",
                id="modell.E002",
            )
        )
    if not settings.REDIS_URL:
        messages.append(
            Error(
                "There is no Redis: web and worker share neither queue nor cache.",
                hint="Set REDIS_URL to redis://host:6379/0.",
                id="modell.E003",
            )
        )
    return messages


@register(Tags.compatibility, deploy=True)
def mail(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    # Codes for signing in are mailed, and mail from localhost does not arrive.
    messages: list[CheckMessage] = []
    if not _in_production(app_configs):
        return messages
    if parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] in ("", "localhost"):
        messages.append(
            Error(
                f"Mail would be sent from {settings.DEFAULT_FROM_EMAIL}.",
                hint='Set DEFAULT_FROM_EMAIL to an address of yours, as in "Modell <modell@example.se>".',
                id="modell.E004",
            )
        )
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        messages.append(
            Error(
                f"Mail does not leave the machine ({settings.EMAIL_BACKEND}), so nobody can sign in.",
                hint="Set EMAIL_URL to smtp://user:password@host:587/?tls=True.",
                id="modell.E005",
            )
        )
    elif not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        messages.append(
            Caution(
                "Mail, with its codes, goes to the mail server in clear.",
                hint="Add ?tls=True (or ?ssl=True) to EMAIL_URL, unless the server is on this machine.",
                id="modell.W004",
            )
        )
    return messages


@register(Tags.security, deploy=True)
def address(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    # Mail and calendars lead to this address, and a calendar's address holds its key.
    if not _in_production(app_configs) or settings.SITE_URL.startswith("https://"):
        return []
    return [
        Error(
            f"Mail and calendars would lead to {settings.SITE_URL}, where anyone between can read along.",
            hint="Set SITE_URL to https:// and the site's host name, as in https://modell.example.se.",
            id="modell.E006",
        )
    ]


@register(Tags.compatibility, deploy=True)
def database(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    if not _in_production(app_configs) or not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return []
    return [
        Caution(
            "Production runs on SQLite: one machine only.",
            hint="Set DATABASE_URL to postgres://user:password@host:5432/name.",
            id="modell.W002",
        )
    ]


@register(Tags.security)
def figures(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    # With two unread organisations behind a figure, each of them would work out the other's value.
    if settings.MIN_UNREAD >= FEWEST_UNREAD:
        return []
    return [
        Error(
            f"Figures with {settings.MIN_UNREAD} unread organisations behind them would be shown.",
            hint="Set MODELL_MIN_UNREAD to 3 or more, or remove it.",
            id="modell.E007",
        )
    ]
