"""All settings, read from the environment.

README.md says what each variable means. A wrong or missing variable stops the start with the cure.
"""

from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError
from whitenoise.compress import Compressor

from kit.logs import logging_config
from modell import clock, release
from modell.oidc import providers
from people import sign_in_limits

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

ENVIRONMENT = env.str("MODELL_ENV", "embedded")
if ENVIRONMENT not in ("embedded", "production"):
    raise ImproperlyConfigured(f"MODELL_ENV is {ENVIRONMENT!r}; set it to embedded or production.")
PRODUCTION = ENVIRONMENT == "production"
DEMO = env.bool("MODELL_DEMO", False)
if DEMO and PRODUCTION:
    raise ImproperlyConfigured("MODELL_DEMO opens the site to anyone; remove it, or MODELL_ENV=production.")
TIME_ZONE = "Europe/Stockholm"
if NOW := env.str("MODELL_NOW", ""):
    if PRODUCTION:
        raise ImproperlyConfigured("MODELL_NOW sets the clock; remove it, or MODELL_ENV=production.")
    clock.go_on_from(NOW, TIME_ZONE)


def required_in_production(read: Callable[..., Any], name: str, otherwise: object, cure: str) -> Any:
    """Return a variable that production must set; the embedded site uses `otherwise`."""
    if not PRODUCTION:
        return read(name, otherwise)
    try:
        value = read(name)
        if not value:
            raise EnvError("it is empty")
        return value
    except EnvError as error:
        raise ImproperlyConfigured(f"{name} is missing or wrong ({error}). {cure}") from error


VAR_DIR = Path(env.str("MODELL_VAR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)
DATA_DIR = BASE_DIR / "data"
DEBUG = False
SECRET_KEY = required_in_production(
    env.str, "SECRET_KEY", "embedded-site-on-loopback-only", "Set it to fifty random characters."
)
ALLOWED_HOSTS = required_in_production(
    env.list, "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"], "Set it to the site's host names, with commas."
)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []

INSTALLED_APPS = [
    "modell",
    "overview",
    "archive",
    "exchange",
    "follow_up",
    "privacy",
    "planning",
    "grouping",
    "admission",
    "mentoring",
    "reports",
    "papers",
    "evaluation",
    "improvements",
    "people",
    "questions",
    "assessments",
    "indicators",
    "checklist",
    "decisions",
    "meetings",
    "kolada",
    "cohorts",
    "policy",
    "mailings",
    "accounts",
    "kit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "django_linear_migrations",
    "csp",
]

if DEMO:
    INSTALLED_APPS.insert(1, "demo")

MIDDLEWARE = [
    "modell.insight.logged",
    "modell.middleware.headers",
    "modell.middleware.methods",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "modell.middleware.compressed",
    "modell.middleware.unchanged",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.idle",
    "modell.insight.named",
    "modell.middleware.private",
    "modell.middleware.bounded",
    "modell.middleware.refused_posts",
    "modell.middleware.TooMuchMiddleware",
    "kit.guard.middleware.GuardMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "modell.urls"
WSGI_APPLICATION = "modell.wsgi.application"

# The automatic set-ups of cotton and of the partials clash on Django 5.2 (docs/adr/0002), so the loaders are listed.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.static",
                "kit.templatetags.colours",
                "kit.templatetags.guard",
                "kit.templatetags.paging",
                "kit.templatetags.swedish",
                "kit.templatetags.tables",
                "kit.templatetags.typed",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "modell.context.site",
            ],
        },
    }
]
if DEMO:
    TEMPLATES[0]["OPTIONS"]["context_processors"].append("demo.context.sign_in_buttons")  # type: ignore[index]
COTTON_DIR = "components"
COTTON_ISOLATE_BY_DEFAULT = True
FORM_RENDERER = "kit.renderer.Renderer"

DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'modell.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "kit.sqlite3"  # with the Swedish collation
    # Without IMMEDIATE two writers get "database is locked" even in WAL mode.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # A connection that the server has ended meanwhile is found out before it is used, in the pool too.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {**DATABASES["default"].get("OPTIONS", {}), "connect_timeout": 2}
    # By its default the planner tries every order of eight joins, which for an assessment takes ten times as long as
    # to read it. Django writes them in a good order: what is looked up first, and then what belongs to it.
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c join_collapse_limit=4")
    if POOL_SIZE := env.int("DATABASE_POOL", 8):  # 0 means no pool, for a worker process
        # By its defaults the pool holds each request for 30 seconds while the database is away, and looks for it
        # ever more seldom: after ten seconds without an answer it begins anew with the next request.
        pool = {"min_size": 1, "max_size": POOL_SIZE, "timeout": 2, "reconnect_timeout": 10}
        DATABASES["default"]["OPTIONS"]["pool"] = pool
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL:
    _REDIS = urlsplit(REDIS_URL)
    if _REDIS.scheme == "rediss" and parse_qs(_REDIS.query).get("ssl_cert_reqs") != ["required"]:
        # The cache checks the certificate by itself; Celery only where it is told to.
        raise ImproperlyConfigured(
            "REDIS_URL is rediss:// without ssl_cert_reqs=required, so the server's certificate would not be checked. "
            "Add ?ssl_cert_reqs=required, and &ssl_ca_certs=/path/authority.pem for an authority of your own."
        )
    CACHES = {
        "default": {
            "BACKEND": "kit.cache.RedisOrMemory",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 0.25, "socket_timeout": 0.25},
        }
    }
    CELERY_BROKER_URL = REDIS_URL
    # A request that tells a worker something waits no longer than this (kit/broker.py).
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "socket_connect_timeout": 0.5,
        "socket_timeout": 0.5,
        "max_retries": 0,
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CELERY_BROKER_URL = "filesystem://localhost/"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "queue"),
        "data_folder_out": str(VAR_DIR / "queue"),
        "control_folder": str(VAR_DIR / "queue-control"),
        "polling_interval": 0.1,  # kombu's own second is half of what a short PDF takes
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_SERIALIZER = "json"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Beat keeps no file of what ran when, so every task finds its own work, also what a run that never was left behind.
CELERY_BEAT_SCHEDULER = "modell.beat:SelfHealing"
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
# A lane of its own, with its own worker, so that nothing slow stands before a code (docs/adr/0022).
CODE_QUEUE = "code"
CELERY_TASK_ROUTES = {f"mailings.tasks.{name}": {"queue": CODE_QUEUE} for name in ("deliver_code", "send_codes")}
CELERY_BEAT_SCHEDULE = {
    # With the lease, 45 seconds at most pass before a killed worker's report is built again.
    "requeue-lost-reports": {"task": "reports.tasks.requeue_lost_reports", "schedule": 15.0},
    "send-waiting-mail": {"task": "mailings.tasks.send_waiting", "schedule": 60.0},
    # A sweep that no worker has taken when the next one comes is not needed.
    "send-codes": {"task": "mailings.tasks.send_codes", "schedule": 5.0, "options": {"expires": 5}},
    "send-digests": {"task": "mailings.tasks.send_digests", "schedule": 600.0},
    "erase-interest-people": {"task": "admission.tasks.erase_interest_people", "schedule": 3600.0},
    "erase-old-forms": {"task": "kit.tasks.erase_old_forms", "schedule": 3600.0},
    "erase-old-mail": {"task": "mailings.tasks.erase_old_mail", "schedule": 3600.0},
    "remove-old-mailings": {"task": "follow_up.tasks.remove_old_mailings", "schedule": 3600.0},
    # At night, when nobody waits for the disk.
    "remove-orphans": {"task": "kit.tasks.remove_orphans", "schedule": crontab(minute="20", hour="3")},
    "discard-old-drafts": {"task": "reports.tasks.discard_old_drafts", "schedule": crontab(minute="10", hour="3")},
    "requeue-lost-bundles": {"task": "archive.tasks.requeue_lost_bundles", "schedule": 15.0},
    "discard-expired": {"task": "archive.tasks.discard_expired", "schedule": crontab(minute="10", hour="3")},
    "requeue-lost-fetches": {"task": "kolada.tasks.requeue_lost_fetches", "schedule": 15.0},
    # After Kolada's own nightly work, and before anyone reads.
    "fetch-kolada": {"task": "kolada.tasks.fetch_nightly", "schedule": crontab(minute="15", hour="4")},
    "open-aggregates": {"task": "follow_up.tasks.open_aggregates", "schedule": 600.0},
    "clear-sessions": {"task": "kit.tasks.clear_sessions", "schedule": crontab(minute="20", hour="3")},
    # What SKR has said how long to keep (kit/retention.py).
    "erase-old-trail": {"task": "privacy.tasks.erase_old_trail", "schedule": crontab(minute="30", hour="3")},
    "end-old-sessions": {"task": "privacy.tasks.end_old_sessions", "schedule": crontab(minute="35", hour="3")},
    "erase-old-ratings": {"task": "privacy.tasks.erase_old_ratings", "schedule": crontab(minute="40", hour="3")},
    "erase-left-uploads": {"task": "privacy.tasks.erase_left_uploads", "schedule": crontab(minute="45", hour="3")},
    "erase-old-approvals": {"task": "privacy.tasks.erase_old_approvals", "schedule": crontab(minute="50", hour="3")},
    "erase-old-notes": {"task": "privacy.tasks.erase_old_notes", "schedule": crontab(minute="55", hour="3")},
    # Only by day, so that nobody gets mail at night; the next hour makes up for a missed one.
    "remind": {"task": "follow_up.tasks.remind", "schedule": crontab(minute="5", hour="7-18")},
}

# Report files are kept in a folder, or in a bucket if S3_BUCKET is set.
S3_BUCKET = env.str("S3_BUCKET", "")
_FILES: dict[str, object] = {
    "BACKEND": "kit.storage.WholeFiles",
    "OPTIONS": {"location": VAR_DIR / "files"},
}
if S3_BUCKET:
    _FILES = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.str("S3_ENDPOINT_URL", None),
            "access_key": env.str("S3_ACCESS_KEY", None),
            "secret_key": env.str("S3_SECRET_KEY", None),
            "default_acl": "private",
            # As in a folder. Else a worker that has lost its lease would delete the file of the one that took over.
            "file_overwrite": False,
        },
    }
STORAGES = {
    "default": _FILES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# A static file's name holds the hash of its content, so a cached copy never becomes wrong.
WHITENOISE_MAX_AGE = 31_536_000
# The fonts of PDFs go to no browser, so packing them is time for nothing.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "ttf")

_MAIL = required_in_production(
    env.dj_email_url, "EMAIL_URL", f"file:///{VAR_DIR / 'mail'}", "Set it to smtp://user:password@host:587/?tls=True."
)
EMAIL_BACKEND = _MAIL["EMAIL_BACKEND"]
if EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "mailings.smtp.EmailBackend"  # knows whether the server may have the mail
if DEMO:  # invented people get no mail, whatever EMAIL_URL says
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_HOST = _MAIL.get("EMAIL_HOST", "")
EMAIL_PORT = _MAIL.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = _MAIL.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _MAIL.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 60  # seconds for each answer; without it a silent server would block the worker for ever
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Modell <modell@localhost>")
MAIL_DOMAIN = parseaddr(DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
# Links in mail begin with this address, since a worker has no request to read it from.
SITE_URL = (
    env.str("SITE_URL", "")
    or (f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else f"http://127.0.0.1:{env.str('PORT', '') or 8000}")
).rstrip("/")
# All kinds of mail, collected from the apps (mailings.kinds.occasions).
MAIL_OCCASIONS = "modell.mails.OCCASIONS"
MAIL_IS_REHEARSED = "modell.mails.is_rehearsed"
# The hour, in Swedish time, at which mail that waits for the daily digest is gathered.
DIGEST_HOUR = 7

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "rules.permissions.ObjectPermissionBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "people.sign_in.Adapter"
ACCOUNT_FORMS = {
    "request_login_code": "people.forms.sign_in.AskForCodeForm",
    "confirm_login_code": "people.forms.sign_in.GiveCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = sign_in_limits.CODE_GOOD_FOR.total_seconds()
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = sign_in_limits.TRIES
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
# The public form that sends mail is limited by IP address and by e-mail address or form. Those of people.sign_in_limits
# replace allauth's own limits of asking for a code, which stopped a whole room behind one address.
ACCOUNT_RATE_LIMITS = {
    "interest": "20/h/ip,5/h/key",
    "interest_writer": "20/h/key",
    "request_login_code": None,
    sign_in_limits.FAULT: sign_in_limits.FAULTS_OF_A_NETWORK,
}
# Everyone may add a passkey or an app to their sign-in; people at SKR and evaluators must, unless the operator says
# otherwise.
SKR_SECOND_FACTOR = env.bool("MODELL_SKR_SECOND_FACTOR", PRODUCTION)
MFA_ADAPTER = "accounts.factors.FactorAdapter"
MFA_FORMS = {
    "authenticate": "people.forms.factors.FactorCodeForm",
    "reauthenticate": "people.forms.factors.ConfirmByCodeForm",
    "activate_totp": "people.forms.factors.AddAppForm",
    "add_webauthn": "people.forms.factors.AddPasskeyForm",
    "authenticate_webauthn": "people.forms.factors.GivePasskeyForm",
    "reauthenticate_webauthn": "people.forms.factors.ConfirmByPasskeyForm",
    "login_webauthn": "people.forms.factors.SignInByPasskeyForm",
}
# A passkey cannot be guessed, and a whole room may sign in from one address; each sign-in counts twice.
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a mailed code proves the address, and leaves no row of it
MFA_TOTP_ISSUER = "Modell"
MFA_TOTP_TOLERANCE = 1  # the clock of a phone may be half a minute wrong
# The organisations' own sign-in: a file that names their providers (README).
SOCIALACCOUNT_ADAPTER = "accounts.oidc.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 4
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": providers(env.str("MODELL_OIDC", ""), https_only=PRODUCTION),
    }
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
CSRF_FAILURE_VIEW = "kit.guard.views.csrf_failure"

LANGUAGE_CODE = "sv"
USE_I18N = True
USE_TZ = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Designsystemet's icons are data: images in its CSS
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
# With these names a browser takes the cookies from this host over TLS only, and never from a neighbour's.
_HOST = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_HOST}sessionid", f"{_HOST}csrftoken"
SECURE_REDIRECT_EXEMPT = [r"^halsa/$", r"^halsa/redo/$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Without it a limit by IP address would count all visitors as the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# W005 and W021: only the operator knows if all subdomains have TLS and are in the browsers' preload lists.
SILENCED_SYSTEM_CHECKS = ["templates.E003", "security.W005", "security.W021"]

# The rule of three (ADR 18): a figure is shown to someone who may not read all entries behind it only if it has
# MIN_GROUP organisations behind it and MIN_UNREAD of them are unread; modell/checks.py refuses fewer than three.
MIN_GROUP = env.int("MODELL_MIN_GROUP", 5)
MIN_UNREAD = env.int("MODELL_MIN_UNREAD", 3)
# So many days before an election SKR is reminded of it when the joint report is published; it may publish all the same.
# No law says how long before; fifteen weeks reach back to about 1 June, when the campaigns begin.
QUIET_DAYS = env.int("MODELL_QUIET_DAYS", 105)
# An interest form keeps its names and addresses for so many days after its answer.
INTEREST_KEEP_DAYS = env.int("MODELL_INTEREST_KEEP_DAYS", 90)
# A mail keeps its address and words for so many days after it was sent.
MAIL_KEEP_DAYS = env.int("MODELL_MAIL_KEEP_DAYS", 365)
# The largest file that a person may send in (kit/uploads.py).
EVIDENCE_MAX_MB = env.int("MODELL_EVIDENCE_MAX_MB", 10)
# Kolada's API; empty where the site does not reach it and reads files instead (load_kolada).
KOLADA_URL = env.str("KOLADA_URL", "")
# The most questions it is asked in a second.
KOLADA_PER_SECOND = env.int("KOLADA_PER_SECOND", 5)
# The lease of a report that is being built; a worker that does not renew it in this time counts as dead.
REPORT_LEASE_SECONDS = env.int("MODELL_REPORT_LEASE_SECONDS", 30)

RELEASE = release.RELEASE  # what an app below this one tells of it
# Whoever has it may read /matt/ (modell/metrics.py); without it the address does not exist.
METRICS_TOKEN = env.str("MODELL_METRICS_TOKEN", "")
LOGGING = logging_config(env.str("LOG_LEVEL", "INFO" if PRODUCTION else "WARNING"), production=PRODUCTION)
