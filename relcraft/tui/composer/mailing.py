"""A message handed to the user's own mail program. Nothing is sent: the program opens with it, and the user looks."""

import re
import webbrowser
from collections.abc import Iterable

from relcraft.domain.text import clean_line

_ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")


def address_of(emails: Iterable[str]) -> str:
    """Return the first of these that is an e-mail address; empty where none is."""
    return next((one for each in emails if _ADDRESS.fullmatch(one := clean_line(each))), "")


def open_mail(link: str) -> bool:
    """Open the mail program with a `mailto:` link; return whether there is one that leaves this terminal alone."""
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    if type(browser) is webbrowser.GenericBrowser:  # one that draws in the terminal, and knows no mail
        return False
    return webbrowser.open(link)
