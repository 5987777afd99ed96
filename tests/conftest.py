"""For every test: no network. This machine alone answers, so that a mail or a sync server can be played on it."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.offline import sitecustomize

OFFLINE = Path(sitecustomize.__file__).parent


def pytest_configure() -> None:
    """Put the refusal on the path of every Python program that is started from here."""
    known = os.environ.get("PYTHONPATH", "")
    if str(OFFLINE) not in known.split(os.pathsep):
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(OFFLINE), known)))


@pytest.fixture(scope="session", autouse=True)
def _nothing_was_refused() -> Iterator[None]:
    """At the end nothing has tried: not even something that took the refusal for a failure like any other."""
    with tempfile.TemporaryDirectory() as folder:
        noted = Path(folder) / "refused"
        os.environ[sitecustomize.NOTED] = str(noted)
        yield
        del os.environ[sitecustomize.NOTED]
        assert not noted.exists() or noted.read_text("utf-8") == ""
