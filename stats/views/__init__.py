"""Pages of the respondents."""
