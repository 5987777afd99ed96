"""The Conflicts screen: what waits for a look after two books were brought together."""
