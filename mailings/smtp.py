"""Django's SMTP backend, extended to know whether the server may have the mail."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp


class Watched:
    """A connection that remembers whether a mail's content was begun; before that no server can have it."""

    handed_over = False

    def data(self, msg: Any) -> Any:
        self.handed_over = True
        return super().data(msg)  # type: ignore[misc]


class Plain(Watched, smtplib.SMTP):
    pass


class Wrapped(Watched, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return Wrapped if self.use_ssl else Plain

    @property
    def handed_over(self) -> bool:
        return bool(getattr(self.connection, "handed_over", False))
