"""Answers questions about botocore: one JSON object per line on stdin, one JSON object per line on stdout.

Started by `peers/botocore.rs` as `python oracle.py ROOM`, where ROOM is an empty directory that belongs to this
process and that the caller removes. botocore reads files and the environment and nothing else, so each question
puts those in place and calls botocore itself: nothing here imitates it.

An exception that botocore raises is an answer: {"error": class, ...}. A mistake in the question or in this file
is {"fault": traceback}, on which the caller fails.
"""

import base64
import bisect
import configparser
import io
import json
import os
import shlex
import sys
import traceback

import botocore.configloader
import botocore.exceptions
import botocore.session

HOME = os.path.abspath(sys.argv[1])
CONFIG = os.path.join(HOME, ".aws", "config")
CREDENTIALS = os.path.join(HOME, ".aws", "credentials")


def decoded(text):
    return None if text is None else base64.b64decode(text, validate=True)


def put(path, content):
    """Makes `path` hold `content`, or be absent when that is None."""
    if content is not None:
        with open(path, "wb") as file:
            file.write(content)
    elif os.path.exists(path):
        os.remove(path)


def raised(error, content=None):
    """The answer for an exception. `content` is the file that is to blame, where only one can be."""
    answer = {"error": type(error).__name__, "message": str(error)}
    if isinstance(error, botocore.exceptions.ConfigParseError):
        cause = error.kwargs["error"]
        answer["cause"] = type(cause).__name__
        if content is not None:
            answer["line"] = line_to_blame(cause, content)
    return answer


def line_to_blame(cause, content):
    if isinstance(cause, configparser.ParsingError) and getattr(cause, "errors", None):
        return cause.errors[0][0]
    if isinstance(cause, configparser.Error):
        return getattr(cause, "lineno", None)
    if isinstance(cause, UnicodeDecodeError):
        # What botocore reports counts from the start of a read-ahead chunk, so look for the byte again.
        try:
            content.decode()
        except UnicodeDecodeError as again:
            return len(lines_of(content[: again.start] + b"?"))
        return None
    # A nested line without `=`, which botocore reports without its place: the file fails from that line on.
    lines = lines_of(content)
    return 1 + bisect.bisect_left(
        range(1, len(lines) + 1), True, key=lambda count: fails(b"".join(lines[:count]))
    )


def lines_of(content):
    """The lines as Python's text files have them: ended by LF, CRLF or a lone CR."""
    return io.BytesIO(content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")).readlines()


def fails(content):
    put(CONFIG, content)
    try:
        botocore.configloader.raw_config_parse(CONFIG)
    except botocore.exceptions.ConfigParseError:
        return True
    return False


def sorted_out(config):
    """A loaded configuration, with the sections that mean nothing to botocore gathered in one place."""
    known = ("profiles", "sso_sessions", "services")
    answer = {name: config.get(name, {}) for name in known}
    answer["other"] = {name: section for name, section in config.items() if name not in known}
    return answer


def config(question):
    content = decoded(question["bytes_b64"])
    put(CONFIG, content)
    try:
        return sorted_out(botocore.configloader.load_config(CONFIG))
    except botocore.exceptions.BotoCoreError as error:
        return raised(error, content)


def credentials(question):
    content = decoded(question["bytes_b64"])
    put(CREDENTIALS, content)
    try:
        return {"profiles": botocore.configloader.raw_config_parse(CREDENTIALS)}
    except botocore.exceptions.BotoCoreError as error:
        return raised(error, content)


def merged(question):
    session = session_in(question)
    try:
        return sorted_out(session.full_config)
    except botocore.exceptions.BotoCoreError as error:
        return raised(error)


def variable(question):
    session = session_in(question)
    try:
        return {"value": session.get_config_variable(question["name"])}
    except Exception as error:  # conversions let a bare ValueError through
        return raised(error)


def session_in(question):
    """A session that sees the files and the environment of the question and nothing of this machine."""
    put(CONFIG, decoded(question["config_b64"]))
    put(CREDENTIALS, decoded(question["credentials_b64"]))
    os.environ.clear()
    os.environ.update({"HOME": HOME, **question.get("env", {})})
    # The handlers concern requests, which nobody makes here, and cost ten times all the rest.
    return botocore.session.Session(profile=question.get("profile"), include_builtin_handlers=False)


def words(question):
    try:
        return {"words": shlex.split(question["text"])}
    except ValueError as error:
        return raised(error)


ASKS = {ask.__name__: ask for ask in (config, credentials, merged, variable, words)}


def unspeakable(value):
    """What stands in for a value that JSON has no word for."""
    return {"type": type(value).__name__, "repr": repr(value)}


def main():
    os.makedirs(os.path.join(HOME, ".aws"))
    os.environ.clear()
    os.environ["HOME"] = HOME
    answers, sys.stdout = sys.stdout, sys.stderr  # a stray print must not pass for an answer
    for line in sys.stdin:
        try:
            question = json.loads(line)
            answer = json.dumps(ASKS[question["ask"]](question), default=unspeakable)
        except Exception:
            answer = json.dumps({"fault": traceback.format_exc()})
        answers.write(answer + "\n")
        answers.flush()


main()
