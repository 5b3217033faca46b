"""moto's server with its checks of signatures and permissions on, and a back door to what it holds.

Answers questions like `oracle.py`: one line of JSON each. Three things are made as AWS has them: inactive keys sign
nothing, lists come in pages, and every secret holds the mark that tests watch for.
"""

import datetime
import json
import sys
import threading
import traceback

import moto.iam.access_control as access
import moto.iam.models as models
import moto.iam.responses as responses
from moto import settings
from moto.core.responses import ActionResult
from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from moto.server import ThreadedMotoServer

CANARY = sys.argv[1]
ACCOUNT = "123456789012"
PAGE = 100

settings.INITIAL_NO_AUTH_ACTION_COUNT = 0


# moto is not made to be asked and changed at once.
one = threading.RLock()
serve = DomainDispatcherApplication.__call__


def served(self, environ, start_response):
    with one:
        return serve(self, environ, start_response)


DomainDispatcherApplication.__call__ = served


def backend():
    return models.iam_backends[ACCOUNT]["aws"]


random_alphanumeric = models.random_alphanumeric
models.random_alphanumeric = lambda length: (
    CANARY + random_alphanumeric(length - len(CANARY)) if length == 40 else random_alphanumeric(length)
)

known = access.IAMUserAccessKey.__init__


def active(self, account_id, partition, access_key_id, headers):
    known(self, account_id, partition, access_key_id, headers)
    if backend().access_keys[access_key_id].status != "Active":
        raise access.CreateAccessKeyFailure(reason="InvalidId")


access.IAMUserAccessKey.__init__ = active


def page(self, name, whole, **more):
    start = int(self._get_param("Marker") or 0)
    rest = whole[start : start + PAGE]
    result = {name: rest, "IsTruncated": start + PAGE < len(whole), **more}
    if result["IsTruncated"]:
        result["Marker"] = str(start + PAGE)
    return ActionResult(result)


def list_users(self):
    return page(self, "Users", list(self.backend.list_users("/", None, None)))


def list_access_keys(self):
    user = self._get_param("UserName")
    if not user:
        user = self.backend.get_access_key_last_used(self.get_access_key())["user_name"]
    return page(self, "AccessKeyMetadata", self.backend.list_access_keys(user), UserName=user)


responses.IamResponse.list_users = list_users
responses.IamResponse.list_access_keys = list_access_keys


def user(question):
    """A new user who may do these things, with one key."""
    name = question["name"]
    backend().create_user("us-east-1", name)
    if question["may"]:
        document = {"Statement": [{"Effect": "Allow", "Action": question["may"], "Resource": "*"}], "Version": "2012-10-17"}
        backend().put_user_policy(name, "may", json.dumps(document))
    return key(question)


def key(question):
    """One more key for a user."""
    made = backend().create_access_key(question["name"])
    return {"id": made.access_key_id, "secret": made.secret_access_key}


def keys(question):
    """The keys of a user."""
    found = backend().get_user(question["name"]).access_keys
    return [{"id": key.access_key_id, "secret": key.secret_access_key, "status": key.status} for key in found]


def status(question):
    """Sets the status of a key."""
    backend().update_access_key(question["name"], question["id"], question["status"])


def created(question):
    """Sets the date of a key: some seconds from now, or years ago."""
    date = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)
    if question["seconds"] is not None:
        date = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=question["seconds"])
    backend().access_keys[question["id"]].create_date = date


def used(question):
    """Sets the last use of a key: for a service, now, or none."""
    now = datetime.datetime.now(datetime.timezone.utc)
    service = question["service"]
    use = models.AccessKeyLastUsed(timestamp=now, service=service, region="us-east-1") if service else None
    backend().access_keys[question["id"]].last_used = use


def delete(question):
    """Deletes a key."""
    backend().delete_access_key(question["id"], question["name"])


def limit(question):
    """Sets how many keys a user can have."""
    models.LIMIT_KEYS_PER_USER = question["most"]


ASKS = {ask.__name__: ask for ask in (user, key, keys, status, created, used, delete, limit)}


def main():
    answers, sys.stdout = sys.stdout, sys.stderr
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    answers.write(json.dumps(server.get_host_and_port()[1]) + "\n")
    answers.flush()
    for line in sys.stdin:
        try:
            question = json.loads(line)
            with one:
                answer = json.dumps(ASKS[question["ask"]](question))
        except Exception:
            answer = json.dumps({"fault": traceback.format_exc()})
        answers.write(answer + "\n")
        answers.flush()


main()
