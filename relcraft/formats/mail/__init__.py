"""Mail as people: who wrote to whom and when, by the headers alone."""
