"""Reads of the certification over several tables."""
