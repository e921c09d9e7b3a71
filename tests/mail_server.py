"""A mail server of a few lines on the loopback, which behaves as each test asks: it accepts, refuses or breaks off."""

import contextlib
import socket
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType

DROP = "drop"  # the connection is closed, and nothing said
SILENT = "silent"  # nothing is said, and the connection stays


class MailServer:
    """`answers` replaces what is said to a step: `{"RCPT": "450 later"}`; DROP and SILENT break off there.

    Steps: HELLO (the greeting), EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, and END after the mail's content.
    `on_accepted` is called when a mail has been stored and before it is confirmed.
    """

    def __init__(self, on_accepted=None, extensions: str = "", **answers: str) -> None:
        self.answers, self.extensions, self.on_accepted = answers, extensions, on_accepted
        self.received: list[EmailMessage] = []
        self.over = threading.Event()
        self.open: list[socket.socket] = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]

    def __enter__(self) -> "MailServer":
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.over.set()
        with contextlib.suppress(OSError):
            self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        for connection in self.open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        self.thread.join(5)

    @property
    def message_ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.received]

    def listen(self) -> None:
        while not self.over.is_set():
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            self.open.append(connection)
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, Dropped), connection, connection.makefile("rb") as lines:
            self.say(connection, "HELLO", "220 ready")
            for line in lines:
                verb = line[:4].upper().decode("latin-1").strip()
                step = "STARTTLS" if verb == "STAR" else verb
                if verb == "QUIT":
                    connection.sendall(b"221 bye\r\n")
                    return
                self.say(connection, step, self.usual(step))
                if step == "DATA" and self.answers.get("DATA", "354").startswith("354"):
                    self.take(connection, lines)

    def usual(self, step: str) -> str:
        if step == "EHLO" and self.extensions:
            return f"250-here\r\n250 {self.extensions}"
        return {"DATA": "354 go on", "AUTH": "235 welcome"}.get(step, "250 ok")

    def take(self, connection: socket.socket, lines) -> None:
        content = []
        for line in lines:
            if line == b".\r\n":
                break
            content.append(line[1:] if line.startswith(b"..") else line)
        else:
            return  # broken off in the middle: a server throws that away
        if self.answers.get("END", "250").startswith("250") or self.answers.get("END") in (DROP, SILENT):
            self.received.append(message_from_bytes(b"".join(content), policy=policy.default))
            if self.on_accepted:
                self.on_accepted()
        self.say(connection, "END", "250 stored")

    def say(self, connection: socket.socket, step: str, usual: str) -> None:
        answer = self.answers.get(step, usual)
        if answer == DROP:
            connection.shutdown(socket.SHUT_RDWR)
            raise Dropped
        if answer == SILENT:
            self.over.wait(60)
            raise Dropped
        connection.sendall(f"{answer}\r\n".encode())


class Dropped(Exception):
    pass
