"""Age files read and written from the published format alone (C2SP age.md, RFC 8439), to hold ours against."""

import hmac
import os
import re
import struct
from base64 import b64decode, b64encode
from hashlib import scrypt

_CHUNK, _TAG = 65_536, 16


def opened(sealed: bytes, passphrase: str) -> bytes:
    """Return what was sealed with a passphrase. Raises `ValueError` where a checksum does not fit."""
    found = re.fullmatch(
        rb"(age-encryption\.org/v1\n-> scrypt (\S{22}) (\d+)\n(\S{43})\n---) (\S{43})\n(.+)", sealed, re.DOTALL
    )
    if found is None:
        raise ValueError("no age file")
    head, salt, work, body, mac, payload = found.groups()
    file_key = _decrypted(_wrapping(passphrase, _bytes(salt), int(work)), bytes(12), _bytes(body))
    if not hmac.compare_digest(hmac.digest(_derived(file_key, b"", b"header"), head, "sha256"), _bytes(mac)):
        raise ValueError("the head was changed")
    nonce, rest = payload[:16], payload[16:]
    key, parts = _derived(file_key, nonce, b"payload"), []
    for number, start in enumerate(range(0, len(rest), _CHUNK + _TAG)):
        is_last = start + _CHUNK + _TAG >= len(rest)
        counter = number.to_bytes(11, "big") + bytes([is_last])
        parts.append(_decrypted(key, counter, rest[start : start + _CHUNK + _TAG]))
    return b"".join(parts)


def sealed(data: bytes, passphrase: str, work: int = 1) -> bytes:
    """Return `data` (of one part, 64 kB at most) sealed with a passphrase, by as little work as one likes."""
    if len(data) > _CHUNK:
        raise ValueError("too long")
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    body = _encrypted(_wrapping(passphrase, salt, work), bytes(12), file_key)
    head = b"age-encryption.org/v1\n-> scrypt %b %d\n%b\n---" % (_text(salt), work, _text(body))
    mac = hmac.digest(_derived(file_key, b"", b"header"), head, "sha256")
    payload = _encrypted(_derived(file_key, nonce, b"payload"), bytes(11) + b"\x01", data)
    return b"%b %b\n%b%b" % (head, _text(mac), nonce, payload)


def _wrapping(passphrase: str, salt: bytes, work: int) -> bytes:
    salted = b"age-encryption.org/v1/scrypt" + salt
    return scrypt(passphrase.encode(), salt=salted, n=1 << work, r=8, p=1, maxmem=(1 << 31) - 1, dklen=32)


def _text(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    return b64decode(text + b"=" * (-len(text) % 4))


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """HKDF-SHA256, 32 bytes."""
    return hmac.digest(hmac.digest(salt or bytes(32), secret, "sha256"), purpose + b"\x01", "sha256")


def _decrypted(key: bytes, nonce: bytes, sealed: bytes) -> bytes:
    """ChaCha20-Poly1305 without additional data."""
    text, tag = sealed[:-_TAG], sealed[-_TAG:]
    if not hmac.compare_digest(_tag(key, nonce, text), tag):
        raise ValueError("the text was changed")
    return _mixed(key, nonce, text)


def _encrypted(key: bytes, nonce: bytes, text: bytes) -> bytes:
    mixed = _mixed(key, nonce, text)
    return mixed + _tag(key, nonce, mixed)


def _tag(key: bytes, nonce: bytes, sealed: bytes) -> bytes:
    padded = sealed + bytes(-len(sealed) % 16) + struct.pack("<QQ", 0, len(sealed))
    return _poly1305(_block(key, 0, nonce)[:32], padded)


def _mixed(key: bytes, nonce: bytes, text: bytes) -> bytes:
    blocks = b"".join(_block(key, 1 + number, nonce) for number in range((len(text) + 63) // 64))
    return bytes(one ^ other for one, other in zip(text, blocks, strict=False))


def _poly1305(key: bytes, message: bytes) -> bytes:
    factor = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for start in range(0, len(message), 16):
        total = (total + int.from_bytes(message[start : start + 16] + b"\x01", "little")) * factor % ((1 << 130) - 5)
    return ((total + int.from_bytes(key[16:], "little")) & ((1 << 128) - 1)).to_bytes(16, "little")


def _block(key: bytes, counter: int, nonce: bytes) -> bytes:
    """One block of the ChaCha20 stream."""
    start = struct.unpack("<16I", b"expand 32-byte k" + key + struct.pack("<I", counter) + nonce)
    now = list(start)
    for _ in range(10):
        for a, b, c, d in _ROUNDS:
            now[a], now[d] = _turned(now[a] + now[b], now[d], 16)
            now[c], now[b] = _turned(now[c] + now[d], now[b], 12)
            now[a], now[d] = _turned(now[a] + now[b], now[d], 8)
            now[c], now[b] = _turned(now[c] + now[d], now[b], 7)
    return struct.pack("<16I", *((one + other) & 0xFFFFFFFF for one, other in zip(now, start, strict=True)))


_COLUMNS = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15))
_DIAGONALS = ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))
_ROUNDS = _COLUMNS + _DIAGONALS


def _turned(total: int, other: int, by: int) -> tuple[int, int]:
    total &= 0xFFFFFFFF
    mixed = total ^ other
    return total, (mixed << by | mixed >> (32 - by)) & 0xFFFFFFFF
