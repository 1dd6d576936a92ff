"""Exports: what is selected, how it is written, the work that lies in a row."""
