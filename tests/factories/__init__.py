"""People, places and filings for the tests; filings reach a state through the actions."""
