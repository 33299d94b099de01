"""Follow-up: what was promised is followed until it is kept."""
