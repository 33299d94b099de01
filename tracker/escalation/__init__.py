"""Escalation: a deadline that passes climbs the ladder, one step at a time, each told once."""
