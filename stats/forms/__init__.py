"""What people enter for the survey."""
