"""With Redis away everything but work in the background goes on, and what a worker is to do waits in its row."""

import re
import socket
import ssl
import subprocess
from contextlib import closing
from threading import Thread

import pytest
from django.urls import reverse

from admission.models import Interest
from tests.admission.test_interest import ANNA, cohort, granvik, today  # noqa: F401
from tests.admission.test_interest import ask as ask_for_interest
from tests.factories import DelegateFactory
from tests.factors import mailed_code
from tests.modell.test_deployment import PATIENCE_SECONDS, PRODUCTION, ROOT, manage
from tests.people.test_sign_in import CODE, ask, is_signed_in
from tests.redis_away import redis_at, refused, silent

TELLS = "from kit.broker import tell_worker; from mailings.tasks import deliver; tell_worker(deliver, 7)"
COUNTS = "from django.core.cache import cache; cache.get('a')"


@pytest.fixture(params=[refused, silent])
def away(request):
    with request.param() as (address, asked):
        yield address, asked


@pytest.mark.django_db
class TestTheSite:
    @pytest.fixture(autouse=True)
    def without_redis(self, away, settings):
        settings.CACHES = redis_at(away[0])

    def test_one_can_sign_in(self, client):
        DelegateFactory(user__email="stina@kommun.invalid")
        assert client.get(reverse("account_login")).status_code == 200
        assert ask(client, "stina@kommun.invalid").url == CODE
        client.post(CODE, {"code": mailed_code()})
        assert is_signed_in(client)

    def test_the_form_of_interest_works_and_its_limit_is_kept(self, client, cohort, granvik, today):  # noqa: F811
        answers = [ask_for_interest(client, cohort, granvik, ANNA).status_code for _ in range(6)]
        assert answers == [302] * 5 + [422]
        assert Interest.objects.count() == 1


class TestTheBroker:
    def test_whoever_tells_a_worker_goes_on(self, away, tmp_path):
        """In a process of its own: Celery keeps its connections, and the suite's tasks run at once."""
        address, asked = away
        done = manage("shell", "--verbosity=0", "-c", TELLS, REDIS_URL=address, MODELL_VAR=str(tmp_path))
        assert done.returncode == 0, done.stderr
        assert "No broker: mailings.tasks.deliver(7,) waits for the next sweep." in done.stderr
        # By itself Celery would try for a minute or so.
        assert asked() in (0, 1)

    def test_there_is_no_other_way_to_tell_a_worker(self):
        ways = re.compile(r"\.(delay|apply_async|send_task)\(")
        files = [path for path in ROOT.glob("*/**/*.py") if path.relative_to(ROOT).parts[0] not in (".venv", "tests")]
        assert [str(path.relative_to(ROOT)) for path in files if ways.search(path.read_text())] == ["kit/broker.py"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Of an authority of its own, for this address."""
    folder = tmp_path_factory.mktemp("tls")
    made = [folder / "key.pem", folder / "certificate.pem"]
    command = ["openssl", "req", "-x509", "-nodes", "-days", "2", "-newkey", "rsa:2048", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(made[0]), "-out", str(made[1])]
    subprocess.run(command, check=True, capture_output=True)
    return made


class Greeter:
    """A server with TLS that hangs up after the greeting, and what each greeting led to."""

    def __init__(self, certificate):
        key, chain = certificate
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(chain, key)
        self.server = socket.create_server(("127.0.0.1", 0))
        self.address = f"rediss://127.0.0.1:{self.server.getsockname()[1]}/0"
        self.greeted: list[str] = []
        self.thread = Thread(target=self.serve)
        self.thread.start()

    def serve(self):
        while True:
            connection, _ = self.server.accept()
            with closing(connection):
                if connection.recv(1, socket.MSG_PEEK) == b"!":
                    return
                connection.settimeout(PATIENCE_SECONDS)
                try:
                    # With TLS 1.3 whoever calls says only after the greeting that the certificate is not good.
                    with self.context.wrap_socket(connection, server_side=True) as secret:
                        self.greeted.append("trusted" if secret.recv(1) else "hung up")
                except OSError as error:
                    self.greeted.append(getattr(error, "reason", "hung up"))

    def close(self):
        with socket.create_connection(self.server.getsockname()) as last:
            last.send(b"!")
        self.thread.join()
        self.server.close()


class TestItsCertificate:
    @pytest.fixture
    def server(self, certificate):
        server = Greeter(certificate)
        yield server
        server.close()

    @pytest.mark.parametrize("client", [TELLS, COUNTS], ids=["Celery", "the cache"])
    def test_is_checked(self, server, certificate, client, tmp_path):
        own = f"&ssl_ca_certs={certificate[1]}"
        for more in ("", own):
            address = f"{server.address}?ssl_cert_reqs=required{more}"
            done = manage("shell", "--verbosity=0", "-c", client, REDIS_URL=address, MODELL_VAR=str(tmp_path))
            assert done.returncode == 0, done.stderr
        assert server.greeted == ["TLSV1_ALERT_UNKNOWN_CA", "trusted"]

    @pytest.mark.parametrize("query", ["", "?ssl_cert_reqs=none", "?ssl_cert_reqs=optional", "?ssl_ca_certs=/ca.pem"])
    def test_is_not_left_unchecked(self, query):
        done = manage("check", **PRODUCTION | {"REDIS_URL": f"rediss://redis.example.se:6379/0{query}"})
        assert done.returncode != 0
        assert "Add ?ssl_cert_reqs=required" in done.stderr.strip().splitlines()[-1]
