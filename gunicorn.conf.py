"""Gunicorn reads this file wherever it is started in this folder: its logs, too, are without private keys."""

from gunicorn import glogging
from gunicorn.config import Config

from kit.logs import WITHOUT_KEYS


class Logger(glogging.Logger):
    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.addFilter(WITHOUT_KEYS)


logger_class = Logger
# The app is loaded once, before the first worker: none takes a request that then waits for imports, and one that dies
# is replaced at once. Nothing that is loaded opens a connection, which must not be shared over a fork.
preload_app = True
