"""Settings of the served site with one page added: the empty frame that every page is compared with."""

from modell.settings import *  # noqa: F403
from modell.settings import ALLOWED_HOSTS, DATABASES, VAR_DIR

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
ROOT_URLCONF = "bench.urls"
CELERY_TASK_ALWAYS_EAGER = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "bench.sqlite3")}
