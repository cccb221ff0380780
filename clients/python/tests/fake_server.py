"""A tiny Freshet: it gives the answers that a test has prepared, and keeps what it was asked."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer


class FakeServer:
    def __init__(self):
        self.answers = []
        self.asked = []
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                fake._answer(self, b"")

            def do_POST(self):
                fake._answer(self, self.rfile.read(int(self.headers.get("Content-Length", "0"))))

            def log_message(self, *_):
                return None

        self._http = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    def will_answer(self, status, body=None, **headers):
        self.answers.append((status, body if body is not None else {}, headers))

    def will_break_off(self):
        self.answers.append((None, {}, {}))

    def _answer(self, handler, body):
        self.asked.append((handler.command, handler.path, dict(handler.headers), body))
        status, answer, headers = self.answers.pop(0)
        if status is None:
            handler.close_connection = True
            handler.connection.close()
            return
        text = json.dumps(answer).encode()
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(text)))
        handler.end_headers()
        handler.wfile.write(text)

    def close(self):
        self._http.shutdown()
        self._http.server_close()


class FakeTime:
    """Passes by sleeping alone."""

    def __init__(self):
        self.now = 0.0
        self.slept = []

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds
