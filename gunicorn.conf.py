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
