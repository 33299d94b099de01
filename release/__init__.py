"""Making a release: its packages, its source, what it consists of, and the sums of all of it."""
