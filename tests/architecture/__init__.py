"""Tests that guard the house itself: docs/architecture.md says what they hold up."""
