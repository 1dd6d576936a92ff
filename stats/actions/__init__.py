"""What can be done in the survey."""
