"""What looks like a name, and the words that never do."""

import unicodedata
from collections.abc import Sequence

from relcraft.domain.addline.lexing import Token


def words(text: str) -> frozenset[str]:
    """Return the words of `text` as a set."""
    return frozenset(text.split())


_MOST_CAPITALS = 3
"""Words of a new name; "van" and the like between them do not count, nor what ends in a full stop."""
AND = frozenset({"and", "&", "+"})
WITH = frozenset({"with", "w/"})
_PARTICLES = words("van von der den de la le du da di do dos del della al bin ibn ben ter ten el zu zur y")
_ABBREVIATIONS = words("jr sr dr mr mrs ms mx prof st")
SMALL_WORDS = words(
    "a about after all an and any are as at be been but by for from had has have he her here hers him his how i if "
    "in is it its just me mine more my no not of off on or our out over re she so some that the their them then there "
    "they this to too up us was we were what when where who why with you your"
)
"""Never a name when written small, and never the beginning of one."""
ALSO_NAMES = words("will may mark bill art grant hope chase drew sue rob guy rich frank pat dean")
"""Words that are names, too: right after a noun ("call will follow") they are names only with a capital."""


def end_of(token: Token) -> int:
    """Return where a name that ends with this word ends: before the punctuation after it."""
    return token.start + len(word_of(token))


def word_of(token: Token) -> str:
    """Return a word of a name: with the full stop of an initial, without other punctuation after it."""
    core = token.core
    dotted = token.tail.startswith(".") and (len(core) == 1 or core.lower() in _ABBREVIATIONS)
    return core + "." if dotted else core


def words_of(tokens: Sequence[Token]) -> list[str]:
    """Return the words that may belong to one name: up to punctuation, "and", "with", a literal or an @."""
    words: list[str] = []
    for token in tokens:
        word = word_of(token)
        if not word or (words and (token.quoted or token.text[0] == "@" or word.lower() in AND | WITH)):
            break
        words.append(word)
        if len(word) < len(token.text):
            break
    return words


def capitals_of(words: Sequence[str]) -> int:
    """Return how many words at the start are a name by their looks: one to three capitalised ones, 0 for none.

    "Dr." alone is nobody, and neither are initials.
    """
    count = capitals = 0
    for at, word in enumerate(words):
        if at and word in _PARTICLES:
            continue
        if not _is_name_word(word) or (at and _shouts(word) and not _shouts(words[0])):
            break
        if word.lower() in SMALL_WORDS:
            break
        capitals += not word.endswith(".")
        count = at + 1 if capitals else 0
        if capitals == _MOST_CAPITALS or _is_east_asian(word):
            break
    return count


def _is_name_word(word: str) -> bool:
    """Whether a word is of letters, with a capital if its script has any: "O'Brien", "李明"; not "C#", "Ada's"."""
    first = word[0]
    if not first.isalpha() or first.islower() or word.endswith(("'s", "’s")):
        return False
    return all(char.isalpha() or char in "'’-‐." or unicodedata.category(char)[0] == "M" for char in word)


def _shouts(word: str) -> bool:
    return len(word) > 1 and word.isupper() and "." not in word


def _is_east_asian(word: str) -> bool:
    """Whether a word is in a script that puts no space into a name."""
    return unicodedata.name(word[0], "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"))
