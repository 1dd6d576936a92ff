"""The review desk for filings of any line: columns, queues, filters, forms, talk, history.

Common ground (`common.desk_admin`) knows no filings; this does, but no line.
"""
