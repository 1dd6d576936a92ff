"""A registry of enterprises for the tests: a real HTTP server that answers, hangs or talks junk."""

import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NINGBO = {
    "code": "91330106MAE942HR7E",
    "name": "宁波海曙智控有限公司",
    "address": "宁波市海曙区中山西路1号",
    "division": "330203",
}


class Registry:
    """`says` is what it does: known entries by code, a status, "hang", "drip", or raw bytes."""

    def __init__(self, says):
        self.says, self.asked, self.tokens = says, [], []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append(self.path)
                outer.tokens.append(self.headers.get("Authorization"))
                with contextlib.suppress(OSError):
                    outer.answer(self)

            def log_message(self, *_words):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/enterprises"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def answer(self, handler):
        """What it does with one question."""
        if self.says == "hang":
            time.sleep(30)
        elif self.says == "drip":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for _n in range(300):
                handler.wfile.write(b"X-Slow: 1\r\n")
                handler.wfile.flush()
                time.sleep(0.1)
        elif isinstance(self.says, int):
            self.send(handler, self.says, b"")
        elif isinstance(self.says, bytes):
            self.send(handler, 200, self.says)
        else:
            known = self.says.get(handler.path.rpartition("/")[2])
            self.send(handler, 200 if known else 404, json.dumps(known or {}).encode())

    def send(self, handler, status, body):
        """A whole answer."""
        handler.send_response(status)
        if 300 <= status < 400:
            handler.send_header("Location", self.url + "/elsewhere")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def end(self):
        """Nobody listens any more."""
        self.server.shutdown()
        self.server.server_close()
