"""A certificate authority for one run, and certificates for whatever host is asked for."""

import datetime
import ipaddress
import os
import ssl
import threading

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def named(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


class Authority:
    def __init__(self, room):
        self.room = room
        self.bundle = os.path.join(room, "ca.pem")
        self.key = ec.generate_private_key(ec.SECP256R1())
        # One key for all hosts: making keys costs more than signing.
        self.leaf_key = ec.generate_private_key(ec.SECP256R1())
        usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
        built = self.builder("xcred's tests", self.key).add_extension(usage, critical=True)
        built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        self.certificate = built.sign(self.key, hashes.SHA256())
        with open(self.bundle, "wb") as file:
            file.write(self.certificate.public_bytes(serialization.Encoding.PEM))
        self.contexts, self.lock = {}, threading.Lock()

    def builder(self, subject, key):
        now = datetime.datetime.now(datetime.timezone.utc)
        built = x509.CertificateBuilder().subject_name(named(subject)).issuer_name(named("xcred's tests"))
        built = built.public_key(key.public_key()).serial_number(x509.random_serial_number())
        identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        built = built.add_extension(identifier, critical=False)
        day = datetime.timedelta(days=1)
        return built.not_valid_before(now - day).not_valid_after(now + day)

    def context(self, host):
        """What a server that is `host` speaks TLS with."""
        with self.lock:
            if host not in self.contexts:
                self.contexts[host] = self.make(host, os.path.join(self.room, f"leaf-{len(self.contexts)}.pem"))
            return self.contexts[host]

    def make(self, host, path):
        try:
            name = x509.IPAddress(ipaddress.ip_address(host.strip("[]")))
        except ValueError:
            name = x509.DNSName(host)
        built = self.builder("a fake of AWS", self.leaf_key)
        built = built.add_extension(x509.SubjectAlternativeName([name]), critical=False)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        built = built.add_extension(issuer, critical=False)
        certificate = built.sign(self.key, hashes.SHA256())
        with open(path, "wb") as file:
            file.write(certificate.public_bytes(serialization.Encoding.PEM))
            file.write(self.leaf_key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context
