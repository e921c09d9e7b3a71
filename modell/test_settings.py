"""Settings of the test suite: stricter than production where possible, quicker where it does not matter."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["MODELL_DEMO"] = "1"
if "MODELL_VAR" not in os.environ:
    os.environ["MODELL_VAR"] = tempfile.mkdtemp(prefix="modell-test-")
    atexit.register(shutil.rmtree, os.environ["MODELL_VAR"], ignore_errors=True)

# An organisation's own sign-in, where nobody answers.
os.environ["MODELL_OIDC"] = str(Path(__file__).resolve().parent.parent / "tests/modell/own_sign_ins.json")

from modell.settings import *  # noqa: F403
from modell.settings import DATABASES, STORAGES, VAR_DIR

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a missing folder
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the browser's site is served without TLS
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # It is a file because the browser's server thread and the test share it; in memory they get "table is locked".
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
