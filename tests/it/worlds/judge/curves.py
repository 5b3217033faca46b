"""The elliptic curves that botocore takes from the `awscrt` package, made with `cryptography` instead.

Without them botocore refuses console sign-in sessions altogether; with them all the rest of its code is its own.
"""

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils


class EC:
    def __init__(self, key):
        self.key = key

    @classmethod
    def new_key_from_der_data(cls, data):
        return cls(serialization.load_der_private_key(data, password=None))

    def get_public_coords(self):
        numbers = self.key.public_key().public_numbers()
        return numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")

    def sign(self, digest):
        return self.key.sign(digest, ec.ECDSA(utils.Prehashed(hashes.SHA256())))

    @staticmethod
    def decode_der_signature_to_padded_pair(signature, pad_to=32):
        return b"".join(half.to_bytes(pad_to, "big") for half in utils.decode_dss_signature(signature))


def sign_in_key():
    """A key as `aws login` stores it."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    ).decode()
