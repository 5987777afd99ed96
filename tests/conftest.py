"""For every test: no network. This machine alone answers, so that a mail or a sync server can be played on it.

And what is started many times is compiled once, as an installation is.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.offline import sitecustomize

OFFLINE = Path(sitecustomize.__file__).parent
_COMPILED = pytest.StashKey[str]()

settings.register_profile("relcraft", deadline=None)  # a machine that is busy for a moment is no failure
settings.load_profile("relcraft")


def pytest_configure(config: pytest.Config) -> None:
    """Put the refusal on the path of every Python program that is started from here.

    Where Python is told to leave no compiled modules about, they go to a folder that is removed at the end: a program
    that a test starts would else compile all of Relcraft, each time.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        config.stash[_COMPILED] = os.environ["PYTHONPYCACHEPREFIX"] = tempfile.mkdtemp()
    known = os.environ.get("PYTHONPATH", "")
    if str(OFFLINE) not in known.split(os.pathsep):
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(OFFLINE), known)))


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the collector of garbage looks among what tests make alone, and rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what was compiled for these tests alone."""
    if folder := config.stash.get(_COMPILED, ""):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _nothing_was_refused() -> Iterator[None]:
    """At the end nothing has tried: not even something that took the refusal for a failure like any other."""
    with tempfile.TemporaryDirectory() as folder:
        noted = Path(folder) / "refused"
        os.environ[sitecustomize.NOTED] = str(noted)
        yield
        del os.environ[sitecustomize.NOTED]
        assert not noted.exists() or noted.read_text("utf-8") == ""
