"""Letters go encrypted to a real server whose certificate our own authority signed, and to no other."""

import ssl
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.mail.test_sending import carry, states
from tests.outside import MailSink, free_port

HERE = Path(__file__).parent / "certificates"
AUTHORITY = str(HERE / "authority.pem")
KNOWN = (b"tracker", b"p@ss/word")


def _ours(_server, _session, _envelope, _mechanism, asked) -> AuthResult:
    return AuthResult(success=(asked.login, asked.password) == KNOWN, handled=False)


@pytest.fixture(params=["smtps", "smtp+starttls"])
def vault(request):
    """A server that speaks only encrypted, and only with who signs in; `.url` with the password in it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(HERE / "server.pem")
    sink = MailSink(free_port())
    how = {"ssl_context": context} if request.param == "smtps" else {"tls_context": context, "require_starttls": True}
    signing_in = {"authenticator": _ours, "auth_require_tls": request.param != "smtps"}  # there all is encrypted
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, **how, **signing_in)
    controller.start()
    sink.address = f"{request.param}://tracker:{{}}@127.0.0.1:{sink.port}"
    yield sink
    controller.stop()


def test_letters_go_encrypted_and_signed_in(app, session, write, vault):
    write(2)
    counts = carry(app, SMTP_URL=vault.address.format("p%40ss%2Fword"), SMTP_CA_FILE=AUTHORITY)
    assert (counts["sent"], len(vault.letters)) == (2, 2)


def test_a_server_nobody_vouches_for_gets_no_letter_and_the_letter_waits(app, session, write, vault):
    write()
    assert carry(app, SMTP_URL=vault.address.format("p%40ss%2Fword"))["sent"] == 0
    assert (vault.letters, states(session)) == ([], ["waiting"])


def test_a_wrong_password_loses_no_letter(app, session, write, vault):
    write()
    counts = carry(app, SMTP_URL=vault.address.format("wrong"), SMTP_CA_FILE=AUTHORITY)
    assert (counts["sent"], counts["later"]) == (0, 1)
    assert states(session) == ["waiting"]
