"""Acts at the same moment, each on a database connection of its own."""

import threading
import time

from django.db import connection

SECONDS = 60


def at_once(*acts):
    """Run these in threads from one starting line; what each answered or raised, in order."""
    line = threading.Barrier(len(acts))
    answers = [None] * len(acts)

    def run(number, act):
        try:
            line.wait(SECONDS)
            answers[number] = act()
        except Exception as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert not any(thread.is_alive() for thread in threads)
    return answers


def wait_until(true, *, seconds=30, every=0.05, what="the condition"):
    """Wait for `true()`; its value. Fails with `what` when it never comes."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := true():
            return value
        time.sleep(every)
    raise AssertionError(f"{what} did not come within {seconds} s")


def backends_waiting_for_locks():
    """The pids of this database's connections that wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return [row[0] for row in cursor.fetchall()]


def cut(pid):
    """End another connection as a failing network or a restarting server does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
        assert cursor.fetchone()[0]
