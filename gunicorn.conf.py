"""Gunicorn reads this file wherever it is started in this folder: its lines are as the site's own, and it sums their
numbers over its processes.

The site writes a line for each request itself (modell/insight.py), so gunicorn's access log stays off.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from gunicorn import glogging
from gunicorn.config import Config

from kit.logs import line_format


class Logger(glogging.Logger):
    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(line_format(os.environ.get("MODELL_ENV") == "production"))


logger_class = Logger
# The app is loaded once, before the first worker: none takes a request that then waits for imports, and one that dies
# is replaced at once. Nothing that is loaded opens a connection, which must not be shared over a fork.
preload_app = True

# Each process writes its numbers to a file of its own in a folder that prometheus_client reads from the environment.
# A server that takes over from another (USR2) has inherited the other's, which goes when the other ends.
FOLDER, OURS = "PROMETHEUS_MULTIPROC_DIR", "modell-metrics-"
MINE = f"{OURS}{os.getpid()}-"
_given = Path(os.environ.get(FOLDER, OURS)).name
if os.environ.get("MODELL_METRICS_TOKEN") and _given.startswith(OURS) and not _given.startswith(MINE):
    os.environ[FOLDER] = tempfile.mkdtemp(prefix=MINE)


def on_exit(server: Any) -> None:
    if folder := os.environ.get(FOLDER):
        shutil.rmtree(Path(folder), ignore_errors=True)
