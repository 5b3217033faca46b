"""Has botocore sign requests at a fixed time, and prints them: tests/cases/signatures.json.

Run with the Python of the peers: `target/peers/*/bin/python tests/cases/signatures.py > tests/cases/signatures.json`.
"""
import datetime
import json

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

TIME = datetime.datetime(2026, 11, 21, 12, 0, 5, tzinfo=datetime.timezone.utc)
botocore.auth.get_current_datetime = lambda remove_tzinfo=True: TIME.replace(tzinfo=None)

FORM = "application/x-www-form-urlencoded; charset=utf-8"
IDENTITY = "Action=GetCallerIdentity&Version=2011-06-15"
ROLE = "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fr+r&RoleSessionName=x"
CASES = [
    ("https://sts.amazonaws.com/", "us-east-1", "sts", IDENTITY, None),
    ("https://sts.eu-west-1.amazonaws.com/", "eu-west-1", "sts", ROLE, "token/with+signs=="),
    ("http://127.0.0.1:5000", "us-east-1", "sts", ROLE, None),
    ("http://127.0.0.1:5000/", "us-east-1", "sts", ROLE, ""),
    ("https://example.com:8443/path/to", "cn-north-1", "sts", ROLE, "t"),
    ("https://example.com:443/a%20b//c/../d/", "us-west-2", "sts", ROLE, "t"),
    ("http://[::1]:4566/x", "eu-central-1", "sts", IDENTITY, None),
    ("http://localhost:80/", "eu-central-1", "iam", "Action=GetUser&Version=2010-05-08", None),
]


def sign(url, region, service, body, token):
    request = AWSRequest("POST", url, {"Content-Type": FORM}, body.encode())
    keys = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token)
    botocore.auth.SigV4Auth(keys, service, region).add_auth(request)
    headers = {name.lower(): value for name, value in request.headers.items()}
    return {"url": url, "region": region, "service": service, "body": body, "token": token, "headers": headers}


print("[\n" + ",\n".join(json.dumps(sign(*case)) for case in CASES) + "\n]")
