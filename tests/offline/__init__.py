"""What keeps every test, and every Python program that a test starts, off the network."""
