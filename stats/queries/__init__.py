"""Reads of the Torch statistics survey."""
