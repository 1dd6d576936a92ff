"""Serial numbers without gap or double: taken under the row lock of their series."""

from django.db import connection

TAKE = """
INSERT INTO filings_numberseries (key, last) VALUES (%s, 1)
ON CONFLICT (key) DO UPDATE SET last = filings_numberseries.last + 1
RETURNING last
"""


def take(key: str) -> int:
    """The next number of a series, from 1.

    Call it inside the transaction that uses the number: a roll-back gives it back, and others of
    the same series wait until then, so no gap and no double can arise.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [key])
        return int(cursor.fetchone()[0])
