"""A world's files, environment and command line, laid out where botocore or xcred is to find them."""

import datetime
import hashlib
import json
import os
import re
import shutil

import curves

TIME = re.compile(r"<now([+-]\d+)(?::(\w+))?>")
SHAPES = {None: "%Y-%m-%dT%H:%M:%SZ", "utc": "%Y-%m-%dT%H:%M:%SUTC", "offset": "%Y-%m-%dT%H:%M:%S+00:00",
          "naive": "%Y-%m-%dT%H:%M:%S", "mail": "%a, %d %b %Y %H:%M:%S GMT", "day": "%Y-%m-%d",
          "micro": "%Y-%m-%dT%H:%M:%S.123456Z"}
KEY = curves.sign_in_key()


def moment(match):
    then = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=int(match[1]))
    return then.strftime(SHAPES[match[2]])


class Place:
    """`~~` is the home, `<http>` the fake AWS, `<now+60>` a time, `<key>` a sign-in key, wherever they stand."""

    def __init__(self, home, port, bundle):
        self.home, self.port, self.bundle = home, port, bundle

    def filled(self, value):
        if isinstance(value, dict):
            return {self.filled(name): self.filled(member) for name, member in value.items()}
        if isinstance(value, list):
            return [self.filled(member) for member in value]
        if not isinstance(value, str):
            return value
        value = value.replace("~~", self.home).replace("<http>", f"http://127.0.0.1:{self.port}")
        value = value.replace("<ca>", self.bundle).replace("<key>", KEY)
        return TIME.sub(moment, value)

    def lay_out(self, world):
        """Makes the home anew and returns the environment that goes with it."""
        shutil.rmtree(self.home, ignore_errors=True)
        os.makedirs(self.home)
        for path, text in world.get("files", {}).items():
            self.put(path, self.filled(text).encode())
        for path, program in world.get("programs", {}).items():
            self.program(path, self.filled(program))
        for cache, folder, digest in (("sso", ".aws/sso/cache", hashlib.sha1),
                                      ("login", world.get("login_folder", ".aws/login/cache"), hashlib.sha256)):
            for name, token in world.get(cache, {}).items():
                token = self.filled(token)
                text = token if isinstance(token, str) else json.dumps(token)
                self.put(f"{folder}/{digest(name.encode()).hexdigest()}.json", text.encode())
        env = {"HOME": self.home, "PATH": "/usr/bin:/bin", "AWS_EC2_METADATA_DISABLED": "true",
               "HTTPS_PROXY": f"http://127.0.0.1:{self.port}", "NO_PROXY": "127.0.0.1,localhost",
               "AWS_CA_BUNDLE": self.bundle, "SSL_CERT_FILE": self.bundle}
        env.update(world.get("env", {}))
        return {name: self.filled(value) for name, value in env.items() if value is not None}

    def put(self, path, content, mode=0o600):
        path = os.path.join(self.home, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
        os.chmod(path, mode)

    def program(self, path, program):
        """A program that writes `out` (JSON unless a text) and `err`, notes that it ran, and ends with `exit`."""
        out = program.get("out", "")
        self.put(path + ".out", (out if isinstance(out, str) else json.dumps(out)).encode())
        self.put(path + ".err", program.get("err", "").encode())
        own = os.path.join(self.home, path)
        lines = f"echo ran >> '{own}.runs'\ncat '{own}.out'\ncat '{own}.err' >&2\nexit {program.get('exit', 0)}\n"
        self.put(path, f"#!/bin/sh\n{lines}".encode(), 0o700)

    def left(self):
        """What a run left in the token caches, and how often programs ran."""
        found = {}
        for folder, _, names in os.walk(self.home):
            for name in names:
                path = os.path.join(folder, name)
                short = os.path.relpath(path, self.home)
                if "/cache/" in short and not short.startswith(".aws/cli"):
                    found[short] = self.token(path)
                elif name.endswith(".runs"):
                    with open(path) as file:
                        found[short] = len(file.readlines())
        return found

    @staticmethod
    def token(path):
        """A token file without what differs from run to run."""
        try:
            with open(path) as file:
                token = json.load(file)
            mode = oct(os.stat(path).st_mode & 0o777)
            differs = ("expiresAt", "registrationExpiresAt", "dpopKey", "accessToken" if "login" in path else "")
            return {"mode": mode, **{name: value for name, value in token.items() if name not in differs}}
        except (ValueError, AttributeError, TypeError):
            return "not a token"
