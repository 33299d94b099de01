"""Intake: a suggestion arrives and is written down once, completely."""
