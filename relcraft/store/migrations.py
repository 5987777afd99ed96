"""The numbered path from the shape of an older book to this version's."""

from collections.abc import Callable, Sequence

from relcraft.store.rows import Data

Migration = Callable[[Data], None]
"""Changes the tables of a book in place from one schema to the next. It may rely on nothing but the tables."""

MIGRATIONS: tuple[Migration, ...] = ()
"""The first leads from schema 1 to 2, and so on: a new schema is one more migration at the end."""

SCHEMA = 1 + len(MIGRATIONS)
"""The schema that this version writes."""


def migrate(tables: Data, schema: int, migrations: Sequence[Migration] = MIGRATIONS) -> int:
    """Bring `tables` from `schema` up to the newest; return that one."""
    for migration in migrations[schema - 1 :]:
        migration(tables)
    return max(schema, 1 + len(migrations))
