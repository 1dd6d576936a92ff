"""A virus scanner in front of every upload: clamd, asked over its INSTREAM command.

Off while CLAMD_URL is empty. Once switched on it fails closed: a file that nobody could scan is
not kept, and the person is told to send it again later; nothing else of theirs is touched.
"""

import logging
import socket
import struct
import urllib.parse
from collections.abc import Iterable

from django.conf import settings

log = logging.getLogger(__name__)
CONNECT_SECONDS = 5
SCAN_SECONDS = 60
PIECE = 64 * 1024
INSTREAM = b"zINSTREAM\0"
MOST_ANSWER = 4096


class ScannerDown(ConnectionError):
    """The scanner is switched on and gave no verdict."""


def scan(pieces: Iterable[bytes]) -> str:
    """The name of what was found in the bytes; "" when they are clean or nothing scans here.

    Raises ScannerDown when a scanner is configured and gives no verdict.
    """
    if not settings.CLAMD_URL:
        return ""
    try:
        return _verdict(_ask(settings.CLAMD_URL, pieces))
    except OSError as error:
        log.error("the scanner gives no verdict: %s", error)
        raise ScannerDown(str(error)) from error


def _connect(url: str) -> socket.socket:
    """A connection to tcp://host:3310 or unix:///path."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(CONNECT_SECONDS)
        connection.connect(parts.path)
    else:
        address = (parts.hostname or "", parts.port or 3310)
        connection = socket.create_connection(address, CONNECT_SECONDS)
    connection.settimeout(SCAN_SECONDS)
    return connection


def _ask(url: str, pieces: Iterable[bytes]) -> str:
    """Send the bytes in pieces with their length in front; the one line that comes back."""
    with _connect(url) as connection:
        connection.sendall(INSTREAM)
        try:
            for piece in pieces:
                for begin in range(0, len(piece), PIECE):
                    part = piece[begin : begin + PIECE]
                    connection.sendall(struct.pack("!L", len(part)) + part)
            connection.sendall(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            log.warning("the scanner did not hear the file to its end")  # it may still say why
        return _line(connection)


def _line(connection: socket.socket) -> str:
    heard = b""
    while b"\0" not in heard and len(heard) < MOST_ANSWER:
        more = connection.recv(MOST_ANSWER)
        if not more:
            break
        heard += more
    return heard.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _verdict(line: str) -> str:
    """“stream: OK”, “stream: NAME FOUND”; anything else (a size limit, an error) is no verdict."""
    words = line.removeprefix("stream:").strip()
    if words == "OK":
        return ""
    if words.endswith(" FOUND"):
        return words.removesuffix(" FOUND")
    raise ScannerDown(line or "no answer")
