"""Contact with bodies: the log, the invitations, reminders and thanks."""
