"""The trail: who signed in, exported, administered; and history sealed into a chain so that changes are seen."""
