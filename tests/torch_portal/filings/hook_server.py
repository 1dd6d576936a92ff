"""A receiver of webhooks on a real socket: keeps what came, answers as told."""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer


class Receiver(HTTPServer):
    """Answers `status`; `came` has (headers, body) of each request."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.came, self.elsewhere = 204, [], ""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/hook?who=torch"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.came.append((self.path, dict(self.headers), self.rfile.read(length)))
        self.send_response(self.server.status)
        if self.server.elsewhere:
            self.send_header("Location", self.server.elsewhere)
        self.end_headers()

    def log_message(self, *_arguments):
        """Nothing on the console."""


@contextlib.contextmanager
def receiver():
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
