"""Feedback: the deputy judges attitude and result; not satisfied means it is handled again."""
