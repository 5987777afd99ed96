"""The terminal interface: app, screens, widgets and the one registry of commands."""
