"""One sign very many times: what takes twice as long for each doubling is found here before a user finds it."""

import pytest

from tests.fuzz.answers import in_time
from tests.fuzz.targets import TARGETS

_ONE = (
    "a",
    "A",
    "9",
    "²",
    " ",
    "\n",
    "\\",
    ";",
    ",",
    '"',
    "'",
    ":",
    "=",
    "\t",
    "\r",
    "\0",
    "é",
    "@",
    "#",
    "(",
    "[",
    "{",
)
_MORE = (
    "\n ",
    "\u0301\u0323",
    "{name}",
    "a ",
    "A ",
    "Grace ",
    "a,",
    '""',
    '" ',
    '"a;',
    "w/",
    "<intro:",
    ">rec+@",
    "@g ",
)
_LAST = (
    "!a ",
    "and ",
    "3d ",
    "12 mar ",
    "=\n",
    "=41",
    "\n\n",
    "-",
    "--",
    "org:",
    'org:"',
    "a.",
    "a@",
    "\u200d",
    "\U0001f3fb",
)
SIGNS = (*_ONE, *_MORE, *_LAST, "<", "!", "coffee ")
FRAMES = {
    "vcard": (
        "{}",
        "BEGIN:VCARD\nFN:{}\nEND:VCARD\n",
        "BEGIN:VCARD\nFN:a\nN:{}\nBDAY:{}\nADR:{}\nORG:{}\nEND:VCARD",
        "BEGIN:VCARD\nFN:a\nTEL;{}:1\nNOTE;ENCODING=QUOTED-PRINTABLE:{}\nCATEGORIES:{}\nURL:{}\nTZ:{}",
        "BEGIN:VCARD\nFN:a\nBDAY;X-APPLE-OMIT-YEAR={}:19900312\nEMAIL:{}@\nNICKNAME:{}",
    ),
    "linkedin": (
        "{}",
        "First Name,Last Name,Connected On,Tags,URL\n{}",
        'First Name,Last Name,Connected On,Email Address\na,"{}',
    ),
    "csv": ("{}", "uid,name,emails\n{}", 'uid,name,emails,notes\n{},{},"{}",{}'),
    "table": ("Name,E-mail,Birthday\n{}", 'Name,E-mail,Birthday\n"{}', "Name,Birthday,Web\na,{}"),
    "ldif": ("dn: {}\ncn:: {}\nmail: {}\n{}: {}\n {}",),
    "any": ("{}",),
    "line": ("{}", "coffee with {}", "met Grace {} <intro:{}", "!{}"),
    "filter": ("{}", "due:{}", 'org:"{}', "tag:{}", "lean:{}"),
    "settings": ("{}", 'theme = "{}"', "{} = 1", "x = {}", "data_file = '{}'"),
    "template": ("{}", "Hi {{name}}{}", "{{{}}}"),
}


FEW = ("a", "9", " ", "\n", "\\", ";", ",", '"', "{name}", "@g ", "=\n", '"a;', "\u0301\u0323")


def answered(name: str, sign: str, many: int) -> None:
    """Hold a target to its second, with one sign `many` times in every place."""
    for frame in FRAMES[name]:
        in_time(TARGETS[name].run, frame.format(*[sign * (many // len(sign))] * 9).encode())


@pytest.mark.parametrize("sign", FEW)
@pytest.mark.parametrize("name", FRAMES)
def test_one_sign_ten_thousand_times_takes_no_second(name: str, sign: str) -> None:
    answered(name, sign, 10_000)


@pytest.mark.long
@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("name", FRAMES)
def test_one_sign_fifty_thousand_times_takes_no_second(name: str, sign: str) -> None:
    answered(name, sign, 50_000)
