"""What every worker of a drill needs, imported once."""

import tracker.bulletin.jobs
import tracker.care.upgrade
import tracker.cli
import tracker.escalation.jobs
import tracker.mail.jobs
import tracker.schedule.ring  # noqa: F401 - so that a forked process has it
