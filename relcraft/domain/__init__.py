"""What a relationship is: frozen values and pure rules. No input or output, no clock."""
