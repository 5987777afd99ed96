"""The refusal refuses: else the whole run would prove nothing."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.offline import sitecustomize
from tests.offline.sitecustomize import NOTED, is_here

TRIES = (
    "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
    "import socket; socket.getaddrinfo('relcraft.invalid', 80)",
    "import socket\nwith socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one: one.sendto(b'x', ('192.0.2.1', 53))",
    "import urllib.request; urllib.request.urlopen('http://192.0.2.1/', timeout=1)",
    "import socket\nwith socket.socket(socket.AF_INET6) as one: one.connect(('2001:db8::1', 80))",
)


@pytest.fixture
def noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where what is refused in one test is noted, so that the run does not fail for it."""
    path = tmp_path / "refused"
    monkeypatch.setenv(NOTED, str(path))
    return path


@pytest.mark.parametrize("code", TRIES, ids=["connection", "name", "datagram", "page", "other family"])
def test_another_machine_is_refused_in_a_test(noted: Path, code: str) -> None:
    with pytest.raises(RuntimeError, match="No test may reach another machine"):
        exec(code)
    assert noted.read_text("utf-8").count("\n") == 1


def test_another_machine_is_refused_in_every_program_that_a_test_starts(noted: Path) -> None:
    for code in TRIES:
        ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert ended.returncode != 0
        assert "OnThisMachineOnly" in ended.stderr
    caught = "import socket\ntry: socket.create_connection(('192.0.2.1', 80))\nexcept Exception: pass"
    subprocess.run([sys.executable, "-c", caught], check=True)
    assert noted.read_text("utf-8").count("\n") == len(TRIES) + 1, "what was swallowed is noted"


def test_the_command_line_finds_the_refusal_too(noted: Path) -> None:
    program = Path(sys.executable).with_name("relcraft")
    code = "import sys; print('sitecustomize' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "True\n"
    assert subprocess.run([program, "--version"], capture_output=True, check=True).stdout
    assert str(Path(sitecustomize.__file__).parent) in os.environ["PYTHONPATH"]


def test_this_machine_answers(noted: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), 5).close()
        socket.create_connection(("localhost", server.getsockname()[1]), 5).close()
    assert not noted.exists()


@pytest.mark.parametrize(
    "address", [None, ("127.0.0.1", 1), ("::1", 1, 0, 0), "/run/x.sock", b"\0abstract", "localhost"]
)
def test_what_is_here(address: object) -> None:
    assert is_here(address)


@pytest.mark.parametrize("address", [("192.0.2.1", 1), "example.org", b"example.org", ("localhost.example.org", 1)])
def test_what_is_elsewhere(address: object) -> None:
    assert not is_here(address)
