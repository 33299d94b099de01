"""Whole ledgers in and out: what a row says of hand-over, reply and rating becomes rows of those stages."""
