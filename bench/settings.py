"""The site as it is served, with one page more: the frame with nothing in it, which every time is compared with."""

from modell.settings import *  # noqa: F403
from modell.settings import ALLOWED_HOSTS, DATABASES, VAR_DIR

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
ROOT_URLCONF = "bench.urls"
CELERY_TASK_ALWAYS_EAGER = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "bench.sqlite3")}
