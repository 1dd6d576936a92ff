"""The API of filings of any line: reading and refusing, entries by kind, files, talk, service.

A line's view is a `Frame` that gives `row(request, id)` (its main row if the person may see it,
If-Match heeded), `base` (the address of its list), and says `line`, `row_argument` (what its acts
call the row) and `acts` (its module of actions).
"""
