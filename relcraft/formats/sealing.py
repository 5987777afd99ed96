"""Files sealed with a passphrase, in the age format (age-encryption.org/v1): any `age` program opens them again."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from relcraft.domain.errors import BadInput, RelcraftError

_FIRST_LINE = b"age-encryption.org/v1\n"
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"
_PASSPHRASE = re.compile(rb"-> scrypt \S+ ([0-9]{1,3})\n")
_MOST_WORK = 22
"""Of what effort a file may ask: 4 GB and some 15 s, as in the age program. What we seal asks for about a second."""


class NoSealing(RelcraftError):
    """The library that seals is not installed; the message says how to install it."""


def is_sealed(data: bytes) -> bool:
    """Whether `data`, or what it begins, is an age file."""
    return data.startswith((_FIRST_LINE, _ARMOR))


def seal(data: bytes, passphrase: str) -> bytes:
    """Return `data` as an age file that `passphrase` opens. Takes about a second, so that guessing takes long.

    Raises `BadInput` for an empty passphrase, `NoSealing`.
    """
    _check(passphrase)
    sealed: bytes = _age().passphrase.encrypt(data, passphrase)
    return sealed


def unseal(data: bytes, passphrase: str, name: str = "The file") -> bytes:
    """Return what was sealed; `name` is what sentences call the file. Takes about a second.

    Raises `BadInput` where `data` is no age file, is damaged, or another passphrase opens it; `NoSealing`.
    """
    _check(passphrase)
    _check_head(data, name)
    age = _age()
    try:
        opened: bytes = age.passphrase.decrypt(data, passphrase)
    except age.DecryptError as error:
        raise BadInput(_why(error, name)) from error
    return opened


def read_sealed(path: Path, ask: Callable[[], str]) -> bytes:
    """Return what is in the file at `path`; where it is sealed, what was sealed, opened by what `ask` returns.

    `ask` is called only where a passphrase is needed. Raises `BadInput`, `NoSealing`, and what `ask` raises.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} could not be read: {str(error.strerror or error).lower()}.") from error
    if not is_sealed(data):
        return data
    _check_head(data, path.name)
    _age()
    return unseal(data, ask(), path.name)


def _check(passphrase: str) -> None:
    if not passphrase:
        raise BadInput("The passphrase is empty: a few words were expected.")


def _check_head(data: bytes, name: str) -> None:
    """Refuse what no passphrase opens before anybody is asked for one."""
    if not is_sealed(data):
        raise BadInput(f"{name} is not sealed with a passphrase: a file in the age format was expected.")
    if data.startswith(_ARMOR):
        return
    found = _PASSPHRASE.match(data, len(_FIRST_LINE))
    if found is None:
        raise BadInput(f"{name} was sealed for a key, or it is cut short: one sealed with a passphrase was expected.")
    if int(found[1]) > _MOST_WORK:
        raise BadInput(f"{name} asks for more work than Relcraft does (2^{int(found[1])}; at most 2^{_MOST_WORK}).")


def _why(error: Exception, name: str) -> str:
    match str(error):
        case "Decryption failed":
            return f"{name} could not be opened: that is another passphrase, or its first lines are damaged."
        case "decryption error" | "last chunk is truncated":
            return f"{name} is damaged: the passphrase fits, and what it opens is not whole."
    return f"{name} could not be opened: that is another passphrase, or the file is damaged or cut short."


def _age() -> Any:
    """Return the library. Raises `NoSealing`."""
    try:
        import pyrage  # noqa: PLC0415 - an extra, and only who seals needs it
    except ImportError:
        raise NoSealing("Sealing with a passphrase needs one more library: pip install 'relcraft[age]'") from None
    return pyrage
