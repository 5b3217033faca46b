"""Asks botocore where each service is, and prints the answers: tests/cases/endpoints.json.

Every answer is that of a request which a real client made and which was caught before it was sent.
Run with the Python of the peers: `target/peers/*/bin/python tests/cases/endpoints.py > tests/cases/endpoints.json`.
"""
import itertools
import json
import os

os.environ.clear()
os.environ.update(AWS_CONFIG_FILE="/dev/null", AWS_SHARED_CREDENTIALS_FILE="/dev/null", AWS_EC2_METADATA_DISABLED="true")

import botocore
import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.config import Config

CALLS = {
    "sts": ("get_caller_identity", {}),
    "iam": ("get_user", {}),
    "sso": ("get_role_credentials", {"roleName": "r", "accountId": "1", "accessToken": "t"}),
    "sso-oidc": ("create_token", {"clientId": "c", "clientSecret": "s", "grantType": "refresh_token"}),
    "signin": (
        "create_o_auth2_token",
        {"tokenInput": {"clientId": "c", "grantType": "refresh_token", "refreshToken": "r"}},
    ),
}
REGIONS = [
    None, "", "aws-global", "us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1", "eu-west-2", "eu-west-3",
    "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "ap-northeast-1", "ap-northeast-2", "ap-south-1",
    "ap-south-2", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-east-1", "ca-central-1", "ca-west-1",
    "sa-east-1", "af-south-1", "il-central-1", "me-south-1", "mx-central-1",
    "cn-north-1", "cn-northwest-1", "cn-south-9", "aws-cn-global",
    "us-gov-west-1", "us-gov-east-1", "us-gov-north-3", "aws-us-gov-global",
    "us-iso-east-1", "us-iso-west-1", "aws-iso-global", "us-isob-east-1", "us-isob-west-1", "aws-iso-b-global",
    "eu-isoe-west-1", "aws-iso-e-global", "us-isof-south-1", "us-isof-east-1", "aws-iso-f-global",
    "eusc-de-east-1", "eusc-de-west-7", "eusc-fr-east-1",
    "us-east-99", "moon-base-1", "local", "US-EAST-1", "123", "1-2", "-us", "us-", "us_east_1", "us east", "a.b",
    "a" * 63, "a" * 64, "fips-us-east-1", "us-east-1-fips", "us-east-1\n", "é",
]


def ask(service, region, fips, dual, legacy, url):
    os.environ["AWS_STS_REGIONAL_ENDPOINTS"] = "legacy" if legacy else "regional"
    session = botocore.session.Session()
    session.set_credentials("AKIDEXAMPLE", "secret")
    caught = {}

    def catch(request, **_):
        caught["url"] = request.url
        authorization = request.headers.get("Authorization")
        if authorization is not None:
            text = authorization.decode() if isinstance(authorization, bytes) else authorization
            caught["signed"] = text.split("Credential=")[1].split("/")[2]
            caught["service"] = text.split("Credential=")[1].split("/")[3]
        raise SystemExit

    try:
        config = Config(use_fips_endpoint=fips, use_dualstack_endpoint=dual, retries={"max_attempts": 0})
        client = session.create_client(service, region, endpoint_url=url, config=config)
        client.meta.events.register("before-send.*", catch)
        method, arguments = CALLS[service]
        getattr(client, method)(**arguments)
    except SystemExit:
        path = caught["url"].split("?")[0]
        for tail in ("/federation/credentials", "/token", "/v1/token"):
            if service in ("sso", "sso-oidc", "signin") and path.endswith(tail):
                path = path[: -len(tail)]
                if path.endswith("/v1"):
                    path = path[:-3]
                break
        answer = {"url": path.rstrip("/") if service not in ("sts", "iam") or url is None else path}
        if "signed" in caught:
            answer["signed"] = caught["signed"]
            assert caught["service"] == service
    except Exception as error:
        answer = {"error": type(error).__name__, "message": str(error)}
    return answer


def rows():
    for service, region in itertools.product(CALLS, REGIONS):
        for fips, dual in itertools.product((False, True), repeat=2):
            for legacy in (False, True) if service == "sts" else (False,):
                yield service, region, fips, dual, legacy, None
    for service in CALLS:
        for region in (None, "", "aws-global", "us-east-1", "eu-west-1", "us-east-99", "cn-north-1", "us_east_1"):
            for fips, dual, legacy in ((False, False, False), (True, True, False), (False, False, True)):
                for url in ("http://127.0.0.1:5000", "https://example.com:8443/path/to", "http://h/"):
                    yield service, region, fips, dual, legacy, url
        for url in ("example.com", "http://", "http://ho st", "ftp://h", "http://h?q=1"):
            yield service, "us-east-1", False, False, False, url


def main():
    print("[")
    lines = []
    for service, region, fips, dual, legacy, url in rows():
        line = {"service": service, "region": region}
        line.update({key: True for key, value in (("fips", fips), ("dual", dual), ("legacy", legacy)) if value})
        if url is not None:
            line["custom"] = url
        line.update(ask(service, region, fips, dual, legacy, url))
        lines.append(json.dumps(line))
    print(",\n".join(lines))
    print("]")


main()
