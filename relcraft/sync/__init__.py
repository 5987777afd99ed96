"""Two books into one: what another file of the same book says, brought in as one change."""
