"""The file that a book is kept in: one TinyDB JSON file, a journal beside it while in use, backups."""

from relcraft.store.opening import open_store, write_book

__all__ = ["open_store", "write_book"]
