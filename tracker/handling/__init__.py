"""Handling: the body speaks with the deputy, asks for time if it must, and answers; the office reads and delivers."""
