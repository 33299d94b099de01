"""The weekly bulletin: frozen, numbered, to each by rank."""
