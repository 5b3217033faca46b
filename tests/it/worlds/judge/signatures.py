"""Whether a request to STS is signed as AWS demands: the signature is made again by botocore and compared."""

import datetime
import re
import urllib.parse

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

SHAPE = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>.*)/(?P<day>\d{8})/(?P<region>[^/]*)/(?P<service>[^/]*)/aws4_request, ?"
    r"SignedHeaders=(?P<signed>[^,]*), ?Signature=(?P<signature>[0-9a-f]{64})"
)


def secret_of(key):
    """Every access key of the tests has the secret that is its own name with an `s` behind."""
    return key + "s"


def check(method, url, headers, body, tokens):
    """Who signed and for where, with the error that AWS would answer or None. `tokens` are those given out."""
    shape = SHAPE.fullmatch(headers.get("Authorization", ""))
    if shape is None:
        return {}, "IncompleteSignature"
    signed = shape["signed"].split(";")
    date = headers.get("X-Amz-Date", "")
    who = {"key": shape["key"], "scope": f"{shape['region']}/{shape['service']}"}
    if "host" not in signed or "x-amz-date" not in signed or not date.startswith(shape["day"]):
        return who, "IncompleteSignature"
    now = datetime.datetime.now(datetime.timezone.utc)
    then = datetime.datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
    if abs((now - then).total_seconds()) > 300:
        return who, "RequestExpired"
    kept = {name: value for name, value in headers.items() if name.lower() in signed}
    request = AWSRequest(method, url, kept, body)
    request.context["timestamp"] = date
    auth = SigV4Auth(Credentials(shape["key"], secret_of(shape["key"])), shape["service"], shape["region"])
    again = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    if again != shape["signature"]:
        return who, "SignatureDoesNotMatch"
    host = urllib.parse.urlsplit(url).hostname
    if "amazonaws" in host and shape["region"] != region_of(host):
        return who, "SignatureDoesNotMatch"
    token = headers.get("X-Amz-Security-Token")
    if token is not None:
        who["token"] = token
    if shape["key"] in tokens and token != tokens[shape["key"]]:
        return who, "InvalidClientTokenId"
    return who, None


def region_of(host):
    """The region that a request to a host of STS has to be signed for."""
    labels = host.split(".")
    return "us-east-1" if labels[1] == "amazonaws" else labels[1]
