"""One conversation with the mail server: many letters over one connection, each with a verdict of its own."""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from enum import StrEnum
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from tracker import clock
from tracker.mail.models import Stopped
from tracker.mail.rules import is_address, one_line

CONNECT_SECONDS, ANSWER_SECONDS = 10, 30
LETTER_SECONDS = 150  # a server that answers a word at a time may not hold a letter longer than its sender may
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


class Verdict(StrEnum):
    """How a try ended. `later`: tried again; `trouble`: the same, the server itself is unwell; `never`: refused."""

    SENT = "sent"
    LATER = "later"
    TROUBLE = "trouble"
    NEVER = "never"


@dataclass(frozen=True)
class Result:
    """The verdict, the server's own words, whether it may have arrived without our knowing, why it never will."""

    verdict: Verdict
    words: str = ""
    uncertain: bool = False
    why: Stopped = Stopped.CONTENT


@dataclass(frozen=True)
class Post:
    """Where letters are handed in, and in whose name."""

    url: str
    sender: str
    only_to: str
    own_host: str
    ca_file: str = ""

    @classmethod
    def of(cls, config: Any) -> Post:
        host = urlsplit(config["BASE_URL"]).hostname or "localhost"
        literal = f"[{host}]" if host.replace(".", "").isdigit() else host
        return cls(config["SMTP_URL"], config["MAIL_FROM"], config["MAIL_ONLY_TO"], literal, config["SMTP_CA_FILE"])

    def trust(self) -> ssl.SSLContext:
        """Whose certificates are believed: those the machine trusts, and the office's own authority."""
        context = ssl.create_default_context()
        if self.ca_file:
            context.load_verify_locations(self.ca_file)
        return context


class Conversation:
    """A connection that is opened when first needed and again after it was lost."""

    def __init__(self, post: Post) -> None:
        self.post = post
        self.server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _wrong: BaseException | None, _where: TracebackType | None
    ) -> None:
        """Say goodbye; what was answered with 250 is sent, whatever happens here."""
        if self.server is not None:
            try:
                self.server.quit()
            except (OSError, smtplib.SMTPException):
                self.hang_up()

    def send(self, letter: Any, enclosed: Sequence[Any] = ()) -> Result:
        """Hand in one letter with what goes with it. Never raises, whatever server, network or letter may be like."""
        recipient = self.post.only_to or letter.to_address
        if not is_address(recipient):
            return Result(Verdict.NEVER, "address", why=Stopped.ADDRESS)
        try:
            content = as_message(letter, self.post, enclosed).as_bytes(policy=SMTP)
        except (ValueError, TypeError, LookupError, AttributeError, MessageError) as wrong:
            return Result(Verdict.NEVER, _words("letter", wrong))
        patience = threading.Timer(LETTER_SECONDS, self._cut)
        patience.daemon = True
        patience.start()
        try:
            return self._hand_in(self._open(), recipient, content)
        except (OSError, smtplib.SMTPException, ValueError) as wrong:
            self.hang_up()
            return Result(Verdict.TROUBLE, _words("connect", wrong))
        finally:
            patience.cancel()

    def hang_up(self) -> None:
        if self.server is not None:
            self.server.close()
        self.server = None

    def _cut(self) -> None:
        """End what goes on in the other thread: whoever reads there finds the connection closed."""
        sock = self.server.sock if self.server else None
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def _open(self) -> smtplib.SMTP:
        if self.server is None:
            self.server = unconnected(self.post)
            connect(self.server, self.post)
        return self.server

    def _hand_in(self, server: smtplib.SMTP, recipient: str, content: bytes) -> Result:
        uncertain = False
        try:
            for step, command in (
                ("from", f"mail FROM:<{parseaddr(self.post.sender)[1]}>"),
                ("to", f"rcpt TO:<{recipient}>"),
                ("data", "data"),
            ):
                code, words = server.docmd(command)
                if code not in (250, 251, 354):
                    return self._refused(server, step, code, words)
            server.send(_dotted(content))
            uncertain = True  # from here on the server may have the letter although we never hear of it
            server.send(b".\r\n")
            code, words = server.getreply()
        except (OSError, smtplib.SMTPException) as wrong:
            self.hang_up()
            return Result(Verdict.TROUBLE, _words("answer" if uncertain else "connection", wrong), uncertain)
        return Result(Verdict.SENT, _text(words)) if code == 250 else self._refused(server, "content", code, words)

    def _refused(self, server: smtplib.SMTP, step: str, code: int, words: bytes) -> Result:
        """4xx: later; 5xx about recipient or content: never; about ourselves, or 421: the server is unwell."""
        said = f"{code} {_text(words)}"[:500]
        if code == 421 or code == -1:
            self.hang_up()
            return Result(Verdict.TROUBLE, said)
        try:
            if server.rset()[0] != 250:
                self.hang_up()
        except (OSError, smtplib.SMTPException):
            self.hang_up()
        if step == "from":
            return Result(Verdict.TROUBLE, said)
        why = Stopped.ADDRESS if step == "to" else Stopped.CONTENT
        return Result(Verdict.NEVER if code >= 500 else Verdict.LATER, said, why=why)


def unconnected(post: Post) -> smtplib.SMTP:
    """A connection of the kind SMTP_URL names, not opened yet."""
    if urlsplit(post.url).scheme == "smtps":
        return smtplib.SMTP_SSL(local_hostname=post.own_host, timeout=CONNECT_SECONDS, context=post.trust())
    return smtplib.SMTP(local_hostname=post.own_host, timeout=CONNECT_SECONDS)


def connect(server: smtplib.SMTP, post: Post) -> None:
    """Open the connection SMTP_URL names, encrypted and signed in as it says.

    :raises OSError: nobody answers in time; :raises smtplib.SMTPException: the server does not want us.
    """
    parts = urlsplit(post.url)
    host, port = parts.hostname or "localhost", parts.port or PORTS[parts.scheme]
    server._host = host  # type: ignore[attr-defined]  # whom the certificate must name; smtplib's own connect forgets it
    code, words = server.connect(host, port)
    if code != 220:
        raise smtplib.SMTPConnectError(code, words)
    if parts.scheme == "smtp+starttls":
        server.starttls(context=post.trust())
    server.ehlo_or_helo_if_needed()
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    if server.sock is not None:
        server.sock.settimeout(ANSWER_SECONDS)
        # The end of a letter is sent apart from it; without this the network holds it back for 40 milliseconds.
        server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def as_message(letter: Any, post: Post, enclosed: Sequence[Any] = ()) -> EmailMessage:
    """The letter as mail: the same bytes at every try. What is enclosed has name, media_type and content.

    With MAIL_ONLY_TO it goes to that address, and says in subject and head for whom it was meant.
    """
    message = EmailMessage(policy=SMTP)
    subject, to = one_line(letter.subject, 300), Address(one_line(letter.to_name, 120), addr_spec=letter.to_address)
    if post.only_to:
        subject, to = f"[→ {to.display_name} {letter.to_address}] {subject}", Address(addr_spec=post.only_to)
        message["X-Intended-For"] = letter.to_address
    name, address = parseaddr(post.sender)
    sender = Address(one_line(name, 120), addr_spec=address)
    message["Subject"] = subject
    message["From"] = sender
    message["To"] = to
    message["Reply-To"] = Address(sender.display_name, addr_spec=letter.reply_to) if letter.reply_to else sender
    message["Date"] = format_datetime(clock.local(letter.written_at))
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = letter.language.replace("_", "-")
    message.set_content(letter.body_text, cte="base64")
    message.add_alternative(letter.body_html, subtype="html", cte="base64")
    boundary = f"=_{letter.message_id.strip('<>').partition('@')[0]}"
    message.set_boundary(boundary)
    for one in enclosed:
        main, _slash, kind = one.media_type.partition("/")
        message.add_attachment(one.content, main, kind, filename=one_line(one.name, 120))
    if enclosed:
        message.set_boundary(f"{boundary}_all")
    return message


def _dotted(content: bytes) -> bytes:
    lines = content.replace(b"\r\n.", b"\r\n..")
    lines = b"." + lines if lines.startswith(b".") else lines
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"


def _text(words: bytes) -> str:
    return one_line(words.decode("utf-8", "replace"), 400)


def _words(step: str, wrong: Exception) -> str:
    return f"{step}: {type(wrong).__name__} {one_line(str(wrong), 400)}".strip()
