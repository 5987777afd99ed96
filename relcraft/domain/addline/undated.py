"""What of a text looks like a day and names none: for a word about it, since the line is dated today instead."""

import re

_NUMBERS = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_DAY_OF_MONTH = rf"\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH})"
_SPAN = r"(?:last|this|past) (?:week|weekend|month|year|spring|summer|autumn|winter)"
_SOME_AGO = r"(?:a few|several|some) (?:days|weeks|months|years) ago"
_LIKE_A_DAY = re.compile(
    rf"(?<![\w./-])(?:{_NUMBERS}|{_DAY_OF_MONTH}|{_SPAN}|{_SOME_AGO})(?![\w/'’-]|\.\d)", re.IGNORECASE
)


def like_a_day(text: str) -> str:
    """Return the first stretch of `text` that a reader would take for a date: "12/03/2026", "31 feb", "last week".

    Empty where there is none. A figure of two parts ("12/3", "24/7") is none.
    """
    found = _LIKE_A_DAY.search(text)
    return found[0] if found else ""
