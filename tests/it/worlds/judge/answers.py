"""What the services say, in their own words, from the short notes of a world.

A note is an object; `{}` is success under a key of the service's own. Members: `key` (the access key), `expires`
(seconds from now), `account`, `status`, `error` (a service's error code) and `body` (sent as it is).
"""

import datetime
import html
import json
import time

NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/"


def at(seconds):
    then = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=float(seconds))
    return then.strftime("%Y-%m-%dT%H:%M:%SZ")


def sts(step, form):
    """Status, body, and the token that goes with the key given out."""
    if "body" in step:
        return step.get("status", 200), step["body"], {}
    said = step.get("error") or ("ValidationError" if form.get("RoleArn") == "" else None)
    if said:
        error = html.escape(said)
        body = f"<Error><Type>Sender</Type><Code>{error}</Code><Message>no: {error}</Message></Error>"
        body = f'<ErrorResponse xmlns="{NAMESPACE}">{body}<RequestId>r</RequestId></ErrorResponse>'
        return step.get("status", 403), body, {}
    arn = form.get("RoleArn", "")
    key = step.get("key", "STS" + arn.rsplit("/", 1)[-1])
    parts = arn.split(":")
    account = step.get("account", parts[4] if len(parts) > 4 else "000000000000")
    partition = parts[1] if len(parts) > 1 else "aws"
    user = f"arn:{partition}:sts::{account}:assumed-role/x/{form.get('RoleSessionName', '')}"
    action = form.get("Action", "")
    made = {"AccessKeyId": key, "SecretAccessKey": key + "s", "SessionToken": key + "t",
            "Expiration": step.get("expiration", at(step.get("expires", 3600)))}
    credentials = "".join(f"<{name}>{html.escape(value)}</{name}>" for name, value in made.items())
    who = "" if step.get("anonymous") else f"""<AssumedRoleUser>
        <AssumedRoleId>AROA:x</AssumedRoleId><Arn>{html.escape(user)}</Arn></AssumedRoleUser>"""
    body = f"""<{action}Response xmlns="{NAMESPACE}"><{action}Result>{who}
        <Credentials>{credentials}</Credentials></{action}Result>
        <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{action}Response>"""
    return 200, body, {key: key + "t"}


def refused(step):
    code = step.get("error", "InternalFailure")
    return step.get("status", 400), {"__type": code, "error": step.get("reason", code), "message": "no"}


def portal(step, query):
    if "body" in step:
        return step.get("status", 200), step["body"]
    if "error" in step or "status" in step:
        return refused(step)
    key = step.get("key", "SSO" + query.get("role_name", ""))
    milliseconds = int((time.time() + float(step.get("expires", 3600))) * 1000)
    return 200, {"roleCredentials": {
        "accessKeyId": key, "secretAccessKey": key + "s", "sessionToken": key + "t", "expiration": milliseconds}}


def oidc(step):
    if "error" in step or "status" in step:
        return refused(step)
    answer = {"accessToken": step.get("key", "renewed"), "expiresIn": step.get("expires", 28800), "tokenType": "Bearer"}
    if step.get("refresh", True):
        answer["refreshToken"] = "refresh2"
    return 200, answer


def sign_in(step):
    if "error" in step or "status" in step:
        return refused(step)
    key = step.get("key", "LOGIN2")
    return 200, {"accessToken": {"accessKeyId": key, "secretAccessKey": key + "s", "sessionToken": key + "t"},
                 "tokenType": "aws_sigv4", "expiresIn": 900, "refreshToken": "refresh2"}


def container(step):
    """Members of the document can be replaced (`set`) or left out (`without`)."""
    if "body" in step or "status" in step:
        return step.get("status", 200), step.get("body", "no")
    return 200, document(step, step.get("key", "CT"))


def document(step, key):
    made = {"AccessKeyId": key, "SecretAccessKey": key + "s", "Token": key + "t",
            "Expiration": at(step.get("expires", 3600)), **step.get("set", {})}
    return {name: value for name, value in made.items() if name not in step.get("without", ())}


def metadata(step, method, path, token):
    """`token`, `role`, `document` and `region` each replace one of the answers: a status, a text, or `hang`. How long the
    token `holds`, or null, is for the caller."""
    if method == "PUT":
        answer = step.get("token", "imds-token")
    elif path.endswith("/instance-identity/document"):
        answer = step.get("identity", {"region": "us-east-2"} if step.get("region", "us-east-2") else {})
    elif path.endswith("/placement/region"):
        refused = step.get("strict") and token != "imds-token"
        answer = 401 if refused else step.get("region", "us-east-2")
    elif path.endswith("/security-credentials/"):
        refused = step.get("strict") and token != "imds-token"
        answer = 401 if refused else step.get("role", "machine")
    else:
        made = document({**step, "set": {"Code": "Success", **step.get("set", {})}}, step.get("key", "I"))
        answer = step.get("document", made)
    if answer == "hang":
        return "hang", ""
    if isinstance(answer, int):
        return answer, "no"
    return 200, answer if isinstance(answer, str) else json.dumps(answer)
