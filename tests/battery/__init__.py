"""The battery: what Relcraft promises of its files, tried on every crash, failure and damage that can be made."""
