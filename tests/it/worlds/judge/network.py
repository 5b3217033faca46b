"""A network of its own: loopback alone, which carries the addresses that AWS serves machines and containers from.

Where the system lets us have one, nothing of a test gets out, and the real link-local URLs can be asked. Where it
doesn't, the worlds that need those addresses are left out (`alone` answers False).
"""

import ctypes
import fcntl
import os
import socket
import struct

NEW_USER, NEW_NET = 0x10000000, 0x40000000
SET_ADDRESS, SET_MASK, GET_FLAGS, SET_FLAGS, INDEX = 0x8916, 0x891C, 0x8913, 0x8914, 0x8933
UP = 1
ADDRESSES = ("169.254.169.254", "169.254.170.2", "169.254.170.23", "10.0.0.1")
ADDRESSES_6 = ("fd00:ec2::254", "fd00:ec2::23")


def alone():
    """Leaves the machine's network, before any thread is started. False where that is not allowed."""
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "unshare"):
        return False
    if libc.unshare(NEW_NET) != 0:
        if libc.unshare(NEW_USER | NEW_NET) != 0:
            return False
        for file, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            with open(f"/proc/self/{file}", "w") as map_:
                map_.write(text)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as four:
        name = b"lo".ljust(16, b"\0")
        flags = struct.unpack_from("H", fcntl.ioctl(four, GET_FLAGS, name + bytes(24)), 16)[0]
        fcntl.ioctl(four, SET_FLAGS, name + struct.pack("H", flags | UP).ljust(24, b"\0"))
    try:
        add_addresses(name)
    except OSError:
        return False  # the network is gone, but plain loopback is there
    return True


def add_addresses(name):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as four:
        for number, address in enumerate(ADDRESSES):
            alias = f"lo:{number + 1}".encode().ljust(16, b"\0")
            for request, value in ((SET_ADDRESS, address), (SET_MASK, "255.255.255.255")):
                where = struct.pack("HH4s8x", socket.AF_INET, 0, socket.inet_aton(value))
                fcntl.ioctl(four, request, alias + where.ljust(24, b"\0"))
        index = struct.unpack_from("i", fcntl.ioctl(four, INDEX, name + bytes(24)), 16)[0]
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as six:
            for address in ADDRESSES_6:
                packed = socket.inet_pton(socket.AF_INET6, address)
                fcntl.ioctl(six, SET_ADDRESS, packed + struct.pack("Ii", 128, index))
    except OSError:
        pass  # a system without IPv6
