"""Flowise's ciphertexts and hashes: credentials that its passphrase opens, and API keys that it can check."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Any

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tradewind_server.bounded_json import foreign_json

SALT_MARK = b"Salted__"
SALT_BYTES = 8
KEY_BYTES, IV_BYTES = 32, 16
BLOCK_BITS = 128
SCRYPT_COST, SCRYPT_BLOCK, SCRYPT_BYTES = 16_384, 8, 64


def decrypt(text: str, passphrase: str) -> dict[str, Any] | None:
    """The fields of a credential: AES-256-CBC in OpenSSL's salted form, key and vector by MD5 of passphrase and salt, as
    crypto-js writes it. None where the passphrase does not open it."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    salt, ciphertext = data[len(SALT_MARK) : len(SALT_MARK) + SALT_BYTES], data[len(SALT_MARK) + SALT_BYTES :]
    if not data.startswith(SALT_MARK) or not ciphertext or len(ciphertext) % IV_BYTES:
        return None
    bits, block = b"", b""
    while len(bits) < KEY_BYTES + IV_BYTES:
        block = hashlib.md5(block + passphrase.encode() + salt, usedforsecurity=False).digest()
        bits += block
    key, vector = bits[:KEY_BYTES], bits[KEY_BYTES : KEY_BYTES + IV_BYTES]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    unpadder = padding.PKCS7(BLOCK_BITS).unpadder()
    try:
        plain = decryptor.update(ciphertext) + decryptor.finalize()
        fields = foreign_json((unpadder.update(plain) + unpadder.finalize()).decode())
    except (ValueError, UnicodeDecodeError):
        return None
    return fields if isinstance(fields, dict) else None


def is_key(key: str, secret: str) -> bool:
    """Whether ``secret`` is Flowise's hash of an API key: hexadecimal scrypt, a dot, and the salt."""
    digest, dot, salt = secret.partition(".")
    if not key or not dot:
        return False
    key_hash = hashlib.scrypt(key.encode(), salt=salt.encode(), n=SCRYPT_COST, r=SCRYPT_BLOCK, p=1, dklen=SCRYPT_BYTES)
    return hmac.compare_digest(key_hash.hex(), digest.lower())
