"""The People screen: contacts, the timeline of one of them, and how give and take stand."""
