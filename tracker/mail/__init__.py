"""Letters leave here: written into the outbox with the change they report, then sent by a job."""
