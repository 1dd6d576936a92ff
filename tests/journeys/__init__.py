"""Journeys of real people through the running portal, in real Chromium."""
