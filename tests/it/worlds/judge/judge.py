"""Plays worlds: one JSON object per line on stdin, what botocore and xcred made of it per line on stdout.

Started by `worlds/judge.rs` as `python judge.py ROOM [XCRED [SDK PROGRAM…]]`. A world is played in a fork for
botocore, whose modules keep things they saw at import, then for xcred as a process; each time in a fresh home, with
the whole environment replaced, without a terminal, and against the same fake AWS. With an SDK its program plays
botocore's part; it is given the profile, if one is named, and prints one JSON object. Without a program only xcred
is asked.

The answer: {"botocore": …, "xcred": …, "link_local": bool}, each side with what it `asked` of AWS and what it
`left` in its home; `sdk` in place of `botocore` with an SDK; {"fault": traceback} for a mistake in the question or in
here.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
ROOM = os.path.abspath(sys.argv[1])
HOME = os.path.join(ROOM, "home")
os.environ.clear()
os.environ.update({"HOME": HOME, "PATH": "/usr/bin:/bin"})

import theirs  # first: it takes the pauses out of botocore

import certificates
import fake_aws
import network
import place

PATIENCE = 60
SDK_PATIENCE = 20


class Judge:
    def __init__(self, xcred=None, sdk="boto3", *program):
        self.xcred, self.sdk, self.program = xcred, sdk, program
        self.link_local = network.alone()
        authority = certificates.Authority(ROOM)
        addresses = network.ADDRESSES + network.ADDRESSES_6 if self.link_local else ()
        ours, fakes = socket.socketpair()
        if os.fork() == 0:
            ours.close()
            os.close(0)
            os.close(1)
            fake_aws.serve(addresses, authority, fakes)
        fakes.close()
        self.control = ours.makefile("rw")
        self.place = place.Place(HOME, int(self.control.readline()), authority.bundle)

    def stage(self, world):
        """Sets the world that the fake AWS plays; what was asked before."""
        self.control.write(json.dumps(world) + "\n")
        self.control.flush()
        return json.loads(self.control.readline())

    def play(self, world):
        answer = {"link_local": self.link_local}
        if not world.get("needs_link_local") or self.link_local:
            if self.program:
                answer["sdk"] = self.side(world, self.oracle)
            elif self.sdk == "boto3":
                answer["botocore"] = self.side(world, self.botocore)
            if self.xcred:
                answer["xcred"] = self.side(world, self.process)
        return answer

    def side(self, world, run):
        self.stage(self.place.filled(world.get("aws", {})))
        env = self.place.lay_out(world)
        begun = time.monotonic()
        answer = run(world, env)
        answer["seconds"] = time.monotonic() - begun
        answer["asked"] = self.stage({})
        answer["left"] = self.place.left()
        return answer

    def botocore(self, world, env):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            try:
                os.setsid()  # without a terminal to ask for codes
                nothing = os.open(os.devnull, os.O_RDWR)
                for stream in (0, 1, 2):
                    os.dup2(nothing, stream)
                os.chdir(HOME)
                os.environ.clear()
                os.environ.update(env)
                said = theirs.answer(world.get("options", {}))
            except BaseException:
                said = {"fault": traceback.format_exc()}
            with os.fdopen(writing, "w") as answers:
                json.dump(said, answers, default=lambda value: {"type": type(value).__name__})
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as answers:
            ready, _, _ = select.select([answers], [], [], PATIENCE)
            if not ready:
                os.kill(child, signal.SIGKILL)
            text = answers.read()
        os.waitpid(child, 0)
        said = json.loads(text) if text else {"fault": "botocore did not answer"}
        if "fault" in said:
            raise RuntimeError(said["fault"])
        return said

    def oracle(self, world, env):
        profile = world.get("options", {}).get("profile")
        command = [*self.program, *([] if profile is None else [profile])]
        with subprocess.Popen(
                command, env=env, cwd=HOME, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, start_new_session=True) as child:
            try:
                stdout, stderr = child.communicate(timeout=SDK_PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                return {"error": "timeout"}
        try:
            return json.loads(stdout)
        except ValueError:
            raise RuntimeError(f"no answer of {command}: {stdout!r} {stderr!r}") from None

    def process(self, world, env):
        options = world.get("options", {})
        command = [self.xcred, "resolve", "--sdk", self.sdk, "--format", "json", "--reveal", "--no-cache"]
        for flag, name in (("-p", "profile"), ("--region", "region"), ("--access-key-id", "access_key_id"),
                           ("--account-id", "account_id")):
            if name in options:
                command += [flag, options[name]]
        lines = [options[name] for name in ("secret_access_key", "session_token") if name in options]
        ran = subprocess.run(
            command, env=env, cwd=HOME, input="".join(f"{line}\n" for line in lines).encode(),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, timeout=PATIENCE)
        stderr = ran.stderr.decode(errors="replace")
        try:
            document = json.loads(ran.stdout)
        except ValueError:
            document = {"not_json": ran.stdout.decode(errors="replace")}
        return {"exit": ran.returncode, "document": document, "stderr": stderr}


def main():
    judge = Judge(*sys.argv[2:])
    answers, sys.stdout = sys.stdout, sys.stderr  # a stray print must not pass for an answer
    for line in sys.stdin:
        try:
            answer = judge.play(json.loads(line))
        except Exception:
            answer = {"fault": traceback.format_exc()}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


main()
