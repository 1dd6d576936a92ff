"""A scanner for the tests: a real socket that speaks clamd's INSTREAM."""

import contextlib
import socket
import struct
import threading

VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"


class Clamd:
    """Answers FOUND where the bytes hold VIRUS; `says` replaces every answer."""

    def __init__(self, address=("127.0.0.1", 0), family=socket.AF_INET, says=None):
        self.says, self.heard = says, []
        self.server = socket.socket(family, socket.SOCK_STREAM)
        self.server.bind(address)
        self.server.listen()
        name = self.server.getsockname()
        self.url = f"unix://{name}" if family == socket.AF_UNIX else f"tcp://127.0.0.1:{name[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        """One caller after the other until the end."""
        with contextlib.suppress(OSError):
            while True:
                caller, _address = self.server.accept()
                with caller, contextlib.suppress(OSError):
                    caller.sendall(self.answer(caller.makefile("rb")))

    def answer(self, stream):
        """What it says of one file."""
        assert stream.read(10) == b"zINSTREAM\0"
        body = b""
        while length := struct.unpack("!L", stream.read(4))[0]:
            body += stream.read(length)
        self.heard.append(body)
        if self.says is not None:
            return self.says
        return b"stream: Eicar-Signature FOUND\0" if VIRUS in body else b"stream: OK\0"

    def end(self):
        """Nobody listens any more."""
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
