"""What boto3 makes of the world that this process is in."""

import functools
import gc
import os
import time

time.sleep = lambda seconds: None  # pauses between attempts change no answer; botocore takes hold of it early

import boto3
import botocore.credentials
import botocore.httpsession
import botocore.loaders
import botocore.session

import curves

# botocore refuses sign-in sessions without `awscrt`; the rest of its code needs no more than this of it.
botocore.credentials.EC = curves.EC
# The models are read once here and not in every fork; a fork's changes to them are its own.
botocore.loaders.JSONFileLoader.load_file = functools.cache(botocore.loaders.JSONFileLoader.load_file)
loader = botocore.loaders.JSONFileLoader()
botocore.loaders.JSONFileLoader = lambda: loader


def warm():
    """Reads the models that the chain's own clients need."""
    session = boto3.Session(aws_access_key_id="w", aws_secret_access_key="w", region_name="us-east-1")
    for service in ("sts", "sso", "sso-oidc", "signin"):
        session.client(service)
    botocore.session.get_session().full_config
    gc.freeze()


def answer(options):
    # The container's fetcher trusts the bundle that comes with botocore, so let the tests' authority be in it.
    if "SSL_CERT_FILE" in os.environ:
        botocore.httpsession.where = lambda: os.environ["SSL_CERT_FILE"]
    stage, said, credentials = "S", {}, None
    named = {"profile": "profile_name", "region": "region_name", "access_key_id": "aws_access_key_id",
             "secret_access_key": "aws_secret_access_key", "session_token": "aws_session_token",
             "account_id": "aws_account_id"}
    try:
        session = boto3.Session(**{named[name]: value for name, value in options.items()})
        said["region"] = session.region_name
        stage = "L"
        credentials = session.get_credentials()
        if credentials is None:
            return {**said, "error": "NoCredentials", "stage": "L", "provider": None, "message": ""}
        stage = "R"
        frozen = credentials.get_frozen_credentials()
        return {**said, "method": credentials.method, "access_key": frozen.access_key,
                "secret_key": frozen.secret_key, "token": frozen.token,
                "account_id": getattr(frozen, "account_id", None)}
    except Exception as error:
        said.update(error=type(error).__name__, stage=stage, message=str(error))
        said["kinds"] = [kind.__name__ for kind in type(error).__mro__]
        said["provider"] = provider_in(error.__traceback__)
        return said


def provider_in(trace):
    """The method of the innermost provider that was at work, or whose credentials were, when an error was raised."""
    found = None
    while trace is not None:
        at_work = trace.tb_frame.f_locals.get("self")
        if isinstance(at_work, botocore.credentials.CredentialProvider):
            found = at_work.METHOD
        elif isinstance(at_work, botocore.credentials.Credentials):
            found = at_work.method
        trace = trace.tb_next
    return found


warm()
