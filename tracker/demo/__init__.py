"""The fictitious city: made only by calling the office's own actions, day by day."""
