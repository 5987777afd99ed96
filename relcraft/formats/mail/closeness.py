"""Which messages tell that two people know each other, and why the others do not: lists, robots, spam, drafts."""

import re

from relcraft.formats.mail.headers import Head, decoded

MOST_PEOPLE = 12
"""Something to more people is a broadcast, whoever wrote it."""
MOST_WRITTEN_TO = 3
"""Something from somebody else to more people says nothing of any of them: it warms nobody (`domain.warmth`)."""

A_LIST = "came through a mailing list"
BULK = "was sent in bulk, which is no sign of closeness"
A_ROBOT = "was written by a program, not by a person"
UNANSWERABLE = "is from an address that answers nobody"
SPAM = "is marked as spam"
DRAFT = "is a draft"
DELETED = "is marked as deleted"

_NOBODY = re.compile(
    r"(?:.*[._+-])?(?:(?:no|not|do-?not|dont|never|keine|nicht)[._-]?(?:reply|answer|response|respond|antwort(?:en)?)"
    r"|nepasrepondre|noresponder|mailer-daemon|postmaster|bounces?|daemon|notifications?|notify|newsletters?|news"
    r"|alerts?|automated|auto-confirm|unsubscribe|subscribe|listserv|majordomo|listmaster)(?:[._+=-].*)?"
    r"|.*-(?:request|bounces|owner|confirm|unsubscribe|subscribe)(?:[+=].*)?|owner-.*",
    re.IGNORECASE,
)
_LIST_HOSTS = re.compile(
    r"lists?\..*|(?:.*\.)?(?:googlegroups\.com|groups\.io|yahoogroups\.\w+|list-manage\.com)", re.IGNORECASE
)
_MOZILLA_EXPUNGED = 0x0008
_MOZILLA_DELETED = 0x0020_0000
_SPAM_LABELS = frozenset({"spam", "junk"})
_DELETED_LABELS = frozenset({"trash", "papierkorb", "corbeille", "papelera", "cestino", "prullenbak"})
_DRAFT_LABELS = frozenset({"draft", "drafts", "entwürfe", "brouillons", "borradores", "bozze", "concepten"})
_BULK_LABELS = re.compile(r"category[ _-]?(?:promotions|updates|social|forums)")


def answers_nobody(address: str) -> bool:
    """Whether behind an address there is a program or a list, by how it is written."""
    local, _, host = address.rpartition("@")
    return bool(_NOBODY.fullmatch(local[:100]) or _LIST_HOSTS.fullmatch(host[:100]))


def why_not(head: Head) -> str:
    """Return why a message is no sign of closeness, whoever wrote it; empty where it may be one."""
    return _put_away(head) or _sent_by_many(head)


def _put_away(head: Head) -> str:
    """Return whether the user, or a filter, put the message away."""
    labels = {part.strip().lower() for part in decoded(head.first("x-gmail-labels")).split(",")}
    status = head.first("status").upper() + head.first("x-status").upper()
    spam = head.first("x-spam-flag").lower().startswith("yes") or head.first("x-spam-status").lower().startswith("yes")
    if spam or labels & _SPAM_LABELS:
        return SPAM
    if "D" in status or _is_deleted_in_mozilla(head) or labels & _DELETED_LABELS:
        return DELETED
    if "T" in head.first("x-status").upper() or head.has("x-mozilla-draft-info") or head.first("x-unsent") == "1":
        return DRAFT
    if labels & _DRAFT_LABELS:
        return DRAFT
    return BULK if any(_BULK_LABELS.fullmatch(label) for label in labels) else ""


def _is_deleted_in_mozilla(head: Head) -> bool:
    return bool(_flags(head, "x-mozilla-status") & _MOZILLA_EXPUNGED) or bool(
        _flags(head, "x-mozilla-status2") & _MOZILLA_DELETED
    )


def _flags(head: Head, name: str) -> int:
    try:
        return int(head.first(name)[:8] or "0", 16)
    except ValueError:
        return 0


def _sent_by_many(head: Head) -> str:
    precedence = head.first("precedence").lower()
    if precedence == "list" or any(map(head.has, ("list-id", "list-post", "mailing-list", "x-mailing-list"))):
        return A_LIST
    if precedence in ("bulk", "junk") or head.has("list-unsubscribe") or head.has("feedback-id"):
        return BULK
    submitted = head.first("auto-submitted").lower()
    robot = (submitted and not submitted.startswith("no")) or any(
        map(head.has, ("x-auto-response-suppress", "x-autoreply", "x-autorespond"))
    )
    return A_ROBOT if robot else ""
