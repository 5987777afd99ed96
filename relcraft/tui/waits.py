"""How the bar says that something waits for a look: quietly, and in as many words as there is room for."""

from collections.abc import Sequence

from relcraft.domain.telling import tell_count


def words_of(conflicts: int, copies: int) -> Sequence[str]:
    """Return how much waits, in fewer and fewer words: "2 conflicts wait", "2 conflicts", "2"; none: nothing does."""
    if not conflicts and not copies:
        return ()
    counts = [tell_count(conflicts, "conflict")] if conflicts else []
    counts += ["1 copy" if copies == 1 else f"{copies} copies"] if copies else []
    waiting = conflicts + copies
    verb = "waits" if waiting == 1 else "wait"
    told = f"{' and '.join(counts)} {verb}", f"{waiting} {verb}", str(waiting)
    return told if len(counts) > 1 else (told[0], counts[0], *told[1:])
