"""Refuses every connection but those to this machine, in each Python program that finds this module on its path.

Python loads a module of this name when it starts. What was refused is noted in the file that `OFFLINE_REFUSED` names,
so that a program that swallows the error does not get away with it.
"""

import os
import sys

NOTED = "OFFLINE_REFUSED"
_UNIX = 1
"""The family of sockets that are files."""
_HERE = ("", "localhost", "localhost.localdomain", "::1", "0.0.0.0", "::")
_WHERE = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
}
"""The place of the address among the arguments of each event."""


class OnThisMachineOnly(RuntimeError):
    """A test, or a program that it started, tried to reach another machine."""


def is_here(address: object) -> bool:
    """Tell whether an address is on this machine: a Unix socket, a loopback address, or none at all."""
    host = address[0] if isinstance(address, tuple) and address else address
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host is None or not isinstance(host, str):
        return True
    if not isinstance(address, tuple) and "/" in host:
        return True
    return host.lower() in _HERE or host.startswith(("127.", "\0", "::ffff:127.")) or host == _own_name()


def _own_name() -> str:
    return os.uname().nodename


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    place = _WHERE.get(event)
    if place is None or len(arguments) <= place or is_here(arguments[place]):
        return
    if getattr(arguments[0], "family", None) == _UNIX:
        return
    told = f"{event} {arguments[place]!r} by {sys.argv[0] if hasattr(sys, 'argv') and sys.argv else 'Python'}"
    noted = os.environ.get(NOTED)
    if noted:
        with open(noted, "a", encoding="utf-8") as file:  # noqa: PTH123 - pathlib would be loaded in every program
            file.write(f"{told}\n")
    raise OnThisMachineOnly(f"No test may reach another machine: {told}")


if not getattr(sys, "_relcraft_offline", False):
    sys._relcraft_offline = True  # type: ignore[attr-defined]  # a mark that outlives a second import of this file
    sys.addaudithook(_refuse)
