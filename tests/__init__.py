"""What Relcraft promises, held."""
