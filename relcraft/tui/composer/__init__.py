"""The composer: an ask as it is drafted, and the moment of hesitation before it."""

from relcraft.tui.composer.screen import Composer

__all__ = ["Composer"]
