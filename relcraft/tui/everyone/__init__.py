"""The Balance screen: how give and take stand with everyone."""
