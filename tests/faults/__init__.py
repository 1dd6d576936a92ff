"""What happens when processes die, connections break and people act at the same moment."""
