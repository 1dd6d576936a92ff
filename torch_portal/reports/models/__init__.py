"""Exports that were asked for; periods and their frozen tables."""
