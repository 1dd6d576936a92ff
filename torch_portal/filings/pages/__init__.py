"""The enterprise's pages that every line has: files, talk, corrections, status, service.

They know no line. A line's name (`filing.line`) is its URL namespace, and its addresses have these
names: detail, answers, files, attach, attachment, detach, hand_over, rate, thread, thread_file.
"""
