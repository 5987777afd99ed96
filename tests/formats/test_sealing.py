"""Files sealed with a passphrase: they open again, elsewhere too, and whatever does not open is told in words."""

import base64
import builtins
import re
import shutil
import textwrap
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relcraft.domain.errors import BadInput
from relcraft.formats.sealing import NoSealing, is_sealed, read_sealed, seal, unseal
from tests import age_v1

PASSPHRASE = "correct horse battery staple"
TEXT = '{"contacts": {"1": {"name": "Zoë"}}}\n'.encode()


@pytest.fixture(scope="module")
def sealed() -> bytes:
    """A sealed file; sealing takes its time on purpose."""
    return seal(TEXT, PASSPHRASE)


@pytest.fixture
def quick() -> bytes:
    """A file that was sealed with so little work that it opens at once."""
    return age_v1.sealed(TEXT, PASSPHRASE)


def law_of_sealing(data: bytes, passphrase: str) -> None:
    sealed = seal(data, passphrase)
    assert is_sealed(sealed)
    assert unseal(sealed, passphrase) == data
    assert len(data) < 8 or data not in sealed


SECRETS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
BYTES = st.one_of(st.binary(max_size=200), st.integers(65_530, 65_540).map(bytes))
SLOWLY = [HealthCheck.too_slow, HealthCheck.data_too_large]


def test_what_was_sealed_opens_again(sealed: bytes) -> None:
    assert is_sealed(sealed)
    assert unseal(sealed, PASSPHRASE) == TEXT


@pytest.mark.long
@settings(max_examples=100, deadline=None, suppress_health_check=SLOWLY)
@given(data=BYTES, passphrase=SECRETS)
def test_what_was_sealed_opens_again_a_hundred_times(data: bytes, passphrase: str) -> None:
    law_of_sealing(data, passphrase)


def test_a_sealed_file_is_one_of_the_age_format_version_1(sealed: bytes) -> None:
    head, mac, _rest = re.split(rb"\n---", sealed, maxsplit=1)[0], *sealed.partition(b"\n--- ")[1:]
    version, stanza, *body = head.split(b"\n")
    assert version == b"age-encryption.org/v1"
    assert re.fullmatch(rb"-> scrypt [A-Za-z0-9+/]{22} \d\d", stanza), "a salt of 16 bytes and a work factor"
    assert len(base64.b64decode(b"".join(body) + b"=")) == 32, "the wrapped key of the file"
    assert mac
    assert TEXT not in sealed


def test_the_same_is_never_sealed_to_the_same_bytes(sealed: bytes) -> None:
    assert seal(TEXT, PASSPHRASE) != sealed


def test_a_reader_written_from_the_published_format_opens_what_we_seal(sealed: bytes) -> None:
    assert age_v1.opened(sealed, PASSPHRASE) == TEXT


@pytest.mark.parametrize("data", [b"", b"x", TEXT, bytes(65_536)], ids=len)
def test_what_others_seal_by_the_published_format_opens(data: bytes) -> None:
    closed = age_v1.sealed(data, PASSPHRASE)
    assert unseal(closed, PASSPHRASE) == data == age_v1.opened(closed, PASSPHRASE)


@pytest.mark.long
def test_a_reader_written_from_the_published_format_opens_a_file_of_several_parts() -> None:
    data = bytes(range(256)) * 600
    assert age_v1.opened(seal(data, PASSPHRASE), PASSPHRASE) == data


@pytest.mark.skipif(shutil.which("age") is None, reason="the age program is not on this machine")
def test_the_age_program_opens_what_we_seal(sealed: bytes, tmp_path: Path) -> None:
    import pexpect

    (tmp_path / "book.age").write_bytes(sealed)
    age = pexpect.spawn("age", ["--decrypt", "-o", str(tmp_path / "book"), str(tmp_path / "book.age")], timeout=30)
    age.expect("passphrase")
    age.sendline(PASSPHRASE)
    age.expect(pexpect.EOF)
    assert (tmp_path / "book").read_bytes() == TEXT


def test_an_armored_file_of_the_age_program_opens_too(quick: bytes) -> None:
    lines = textwrap.wrap(base64.b64encode(quick).decode(), 64)
    armored = "\n".join(["-----BEGIN AGE ENCRYPTED FILE-----", *lines, "-----END AGE ENCRYPTED FILE-----", ""]).encode()
    assert is_sealed(armored)
    assert unseal(armored, PASSPHRASE) == TEXT


def test_another_passphrase_is_told(quick: bytes) -> None:
    with pytest.raises(BadInput, match=r"book\.age could not be opened: that is another passphrase"):
        unseal(quick, "correct horse battery stable", "book.age")


def test_an_empty_passphrase_is_none(sealed: bytes) -> None:
    for act in (seal, unseal):
        with pytest.raises(BadInput, match="The passphrase is empty"):
            act(sealed, "")


def test_a_file_that_was_cut_short_is_told_as_damaged(quick: bytes) -> None:
    with pytest.raises(BadInput, match="is damaged: the passphrase fits"):
        unseal(quick[:-1], PASSPHRASE, "book.age")


def test_a_file_cut_in_its_first_lines_is_told(quick: bytes) -> None:
    for length in range(0, quick.index(b"---"), 5):
        with pytest.raises(BadInput, match=r"^book\.age "):
            unseal(quick[:length], PASSPHRASE, "book.age")


def test_a_flipped_byte_is_told(quick: bytes) -> None:
    for at in range(len(quick)):
        damaged = bytearray(quick)
        damaged[at] ^= 1
        with pytest.raises(BadInput, match=r"damaged|passphrase"):
            unseal(bytes(damaged), PASSPHRASE)


@pytest.mark.parametrize("data", [b"", b"{}", b"age-encryption.org/v2\n", b"\x00\xff", b"PK\x03\x04"])
def test_what_is_no_age_file_is_told(data: bytes) -> None:
    with pytest.raises(BadInput, match="The file is not sealed with a passphrase"):
        unseal(data, PASSPHRASE)


def test_a_file_sealed_for_a_key_is_told() -> None:
    import pyrage

    sealed = pyrage.encrypt(TEXT, [pyrage.x25519.Identity.generate().to_public()])
    with pytest.raises(BadInput, match="sealed for a key"):
        unseal(sealed, PASSPHRASE)


def test_a_file_that_asks_for_hours_of_work_is_refused_at_once(sealed: bytes) -> None:
    with pytest.raises(BadInput, match=r"asks for more work than Relcraft does \(2\^40"):
        unseal(re.sub(rb" \d+\n", b" 40\n", sealed, count=1), PASSPHRASE)


def test_reading_asks_for_a_passphrase_only_where_a_file_is_sealed(quick: bytes, tmp_path: Path) -> None:
    asked = []

    def ask() -> str:
        asked.append(1)
        return PASSPHRASE

    plain, closed = tmp_path / "book.json", tmp_path / "book.json.age"
    plain.write_bytes(TEXT)
    closed.write_bytes(quick)
    assert (read_sealed(plain, ask), asked) == (TEXT, [])
    assert (read_sealed(closed, ask), asked) == (TEXT, [1])
    with pytest.raises(BadInput, match="could not be read: no such file"):
        read_sealed(tmp_path / "none", ask)


def test_without_the_library_it_is_said_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, sealed: bytes, tmp_path: Path
) -> None:
    imported = builtins.__import__

    def without(
        name: str,
        globals: Mapping[str, object] | None = None,  # noqa: A002 - named as Python calls it
        locals: Mapping[str, object] | None = None,  # noqa: A002 - as above
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if name == "pyrage":
            raise ImportError(name)
        return imported(name, globals, locals, fromlist or (), level)

    (tmp_path / "book.age").write_bytes(sealed)
    monkeypatch.setattr(builtins, "__import__", without)
    acts: tuple[Callable[[], bytes], ...] = (
        lambda: seal(b"x", "y"),
        lambda: unseal(sealed, "y"),
        lambda: read_sealed(tmp_path / "book.age", str),
    )
    for act in acts:
        with pytest.raises(NoSealing, match=r"pip install 'relcraft\[age\]'"):
            act()
