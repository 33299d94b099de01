"""Care: checking, backing up, restoring and upgrading what the office has stored."""
