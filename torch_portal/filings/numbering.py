"""Serial numbers without gap or double: taken under the row lock of their series."""

from django.db import connection

TAKE = """
INSERT INTO filings_numberseries (key, last) VALUES (%s, %s)
ON CONFLICT (key) DO UPDATE SET last = filings_numberseries.last + EXCLUDED.last
RETURNING last
"""


def take(key: str) -> int:
    """The next number of a series, from 1.

    Call it inside the transaction that uses the number: a roll-back gives it back, and others of
    the same series wait until then, so no gap and no double can arise.
    """
    return take_many(key, 1)


def take_many(key: str, count: int) -> int:
    """The first of so many consecutive numbers of a series (at least one); see take."""
    if count < 1:
        raise ValueError("at least one number is taken")
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [key, count])
        return int(cursor.fetchone()[0]) - count + 1
