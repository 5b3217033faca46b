"""The AWS of one world, on loopback: STS, Identity Center, sign-in, a container's and a machine's metadata.

One plain port serves everything, told apart by path; a proxy on the same port ends TLS for any host, so that the
real URLs reach it too. What it answers is the current world's; what it was asked is kept for the judge.
"""

import http.server
import json
import os
import re
import socket
import socketserver
import threading
import urllib.parse

import answers
import signatures


class Stage:
    """The world that is being played, and what was asked in it."""

    def __init__(self):
        self.lock = threading.Lock()
        self.set({})

    def set(self, world):
        with self.lock:
            self.world, self.counts, self.requests, self.tokens = world, {}, [], {}

    def record(self, request):
        with self.lock:
            self.requests.append(request)

    def step(self, service, name=None):
        """The next answer of a service: one for all, a list to be played in order (the last stays), or by name."""
        with self.lock:
            step = self.world.get(service, {})
            if isinstance(step, dict) and "by" in step:
                step = step["by"].get(name, {})
            if isinstance(step, list):
                count = self.counts.get(service, 0)
                self.counts[service] = count + 1
                step = step[min(count, len(step) - 1)]
            return {"key": step} if isinstance(step, str) else step


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30
    through = None

    def log_message(self, *arguments):
        pass

    def do_CONNECT(self):
        self.send_response_only(200)
        self.end_headers()
        self.encrypt(self.path.rsplit(":", 1)[0])

    def encrypt(self, host):
        self.connection = self.server.authority.context(host).wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), socketserver._SocketWriter(self.connection)
        self.through = host
        self.close_connection = False

    def handle(self):
        try:
            if self.server.speaks_tls:
                self.encrypt(self.server.server_address[0])
            super().handle()
        except OSError:
            pass  # the other side hung up, or did not like our certificate

    def finish(self):
        try:
            super().finish()
        except OSError:
            pass

    def serve(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)
        url = urllib.parse.urlsplit(self.path)
        self.host, self.query = self.headers.get("Host", ""), dict(urllib.parse.parse_qsl(url.query, True))
        if any(part in url.path for part in ("latest/api/token", "latest/meta-data", "latest/dynamic")):
            self.metadata(url.path)
        elif url.path.endswith("/federation/credentials"):
            self.portal()
        elif self.command == "POST" and url.path.endswith("/v1/token"):
            self.sign_in()
        elif self.command == "POST" and url.path.endswith("/token"):
            self.oidc()
        elif self.command == "POST":
            self.sts(url.path)
        else:
            self.container()

    do_GET = do_POST = do_PUT = serve

    def reply(self, status, body, kind="application/json", **headers):
        body = body if isinstance(body, str) else json.dumps(body)
        self.send_response_only(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def seen(self, service, **what):
        over = "https" if self.through else "http"
        what = {name: value for name, value in what.items() if value is not None}
        self.server.stage.record({"service": service, "at": f"{over}://{self.host}", "path": self.path, **what})

    def sts(self, path):
        form = dict(urllib.parse.parse_qsl(self.body.decode(), True))
        url = f"{'https' if self.through else 'http'}://{self.host}{path}"
        who, error = {}, None
        if form.get("Action") == "AssumeRole":
            who, error = signatures.check(self.command, url, self.headers, self.body, self.server.stage.tokens)
        shown = dict(sorted(form.items()))
        if re.fullmatch(r"[a-z]+-session-\d+", form.get("RoleSessionName", "")):
            shown["RoleSessionName"] = "generated"
        self.seen("sts", form=shown, error=error, **who)
        step = self.server.stage.step("sts", form.get("RoleArn", "").rsplit("/", 1)[-1])
        status, body, token = answers.sts({"error": error} if error else step, form)
        self.server.stage.tokens.update(token)
        self.reply(status, body, "text/xml")

    def portal(self):
        bearer = self.headers.get("x-amz-sso_bearer_token")
        self.seen("sso", bearer=bearer, signed=self.headers.get("Authorization"))
        self.reply(*answers.portal(self.server.stage.step("sso"), self.query))

    def oidc(self):
        self.seen("oidc", json=json.loads(self.body))
        self.reply(*answers.oidc(self.server.stage.step("oidc")))

    def sign_in(self):
        self.seen("signin", json=json.loads(self.body), proof=bool(self.headers.get("DPoP")))
        self.reply(*answers.sign_in(self.server.stage.step("signin")))

    def container(self):
        self.seen("container", authorization=self.headers.get("Authorization"))
        path = urllib.parse.urlsplit(self.path).path
        self.reply(*answers.container(self.server.stage.step("container", path)))

    def metadata(self, path):
        step = self.server.stage.step("imds")
        self.seen("imds", method=self.command, token=self.headers.get("x-aws-ec2-metadata-token"),
                  ttl=self.headers.get("x-aws-ec2-metadata-token-ttl-seconds"))
        status, body = answers.metadata(step, self.command, path, self.headers.get("x-aws-ec2-metadata-token"))
        if status == "hang":
            threading.Event().wait(1.6)  # the judge takes the pauses out of `sleep`
            self.close_connection = True
        else:
            # How long a token holds, which botocore doesn't ask.
            holds = step.get("holds", "21600") if self.command == "PUT" and status == 200 else None
            headers = {} if holds is None else {"x_aws_ec2_metadata_token_ttl_seconds": holds}
            self.reply(status, body, "text/plain", **headers)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    speaks_tls = False

    def __init__(self, address, stage, authority, tls=False):
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.stage, self.authority, self.speaks_tls = stage, authority, tls
        super().__init__(address, Handler)

    def server_bind(self):
        socketserver.TCPServer.server_bind(self)  # without asking for the name of the address
        self.server_name, self.server_port = self.server_address[:2]

    def handle_error(self, request, client_address):
        pass


def serve(link_local, authority, control):
    """Serves until the judge closes `control`, over which it sets the world and takes what was asked."""
    stage = Stage()
    main = Server(("127.0.0.1", 0), stage, authority)
    servers = [main]
    for address, port in [(address, 80) for address in link_local] + [("127.0.0.1", 80), ("10.0.0.1", 443)]:
        if link_local:
            try:
                servers.append(Server((address, port), stage, authority, tls=port == 443))
            except OSError:
                pass
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    with control.makefile("rw") as lines:
        lines.write(f"{main.server_address[1]}\n")
        lines.flush()
        for line in lines:
            order = json.loads(line)
            taken = stage.requests
            stage.set(order)
            lines.write(json.dumps(taken) + "\n")
            lines.flush()
    os._exit(0)
