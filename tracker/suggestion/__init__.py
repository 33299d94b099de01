"""The suggestion, the journey it makes, and what has happened to it so far."""
