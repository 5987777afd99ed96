"""How the laws of the domain are tried out: on a busy machine too."""

from hypothesis import settings

settings.register_profile("relcraft", deadline=None)
settings.load_profile("relcraft")
