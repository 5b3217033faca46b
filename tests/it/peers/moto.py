"""AWS as moto plays it, with signatures and permissions checked: a user, a role, and an expired or wrong key to be
refused. Prints one line of JSON and then serves until standard input ends."""

import json
import logging
import os
import sys

os.environ.update(AWS_ACCESS_KEY_ID="setup", AWS_SECRET_ACCESS_KEY="setup", AWS_EC2_METADATA_DISABLED="true")
logging.getLogger("werkzeug").setLevel(logging.ERROR)

import boto3  # noqa: E402
from moto import settings  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
url = f"http://{host}:{port}"
iam = boto3.client("iam", region_name="us-east-1", endpoint_url=url)
allow = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
trust = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
iam.create_user(UserName="alice")
iam.put_user_policy(UserName="alice", PolicyName="all", PolicyDocument=allow)
key = iam.create_access_key(UserName="alice")["AccessKey"]
role = iam.create_role(
    RoleName="deploy",
    AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
)["Role"]
iam.put_role_policy(RoleName="deploy", PolicyName="all", PolicyDocument=allow)
settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
print(json.dumps({"url": url, "id": key["AccessKeyId"], "secret": key["SecretAccessKey"], "role": role["Arn"]}), flush=True)
sys.stdin.read()
os._exit(0)
