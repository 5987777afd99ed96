"""How people come into a book: the first screen, the import, and the choice of those who matter."""
