"""Short codes for the keys that saves hold: two characters of base64url, unique in their namespace.

A key's code is the first free one in a sequence of hashes of the key, so that it does not depend on the order of
lessons or scenes. Codes once released (``course/keys.toml``) never change and are never given to another key.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256

from builder.diagnostics import BuilderError

LENGTH = 2
ROOM = 64**LENGTH


def codes(keys: Iterable[str], released: Mapping[str, str]) -> dict[str, str]:
    """A code for each of ``keys``, by key, sorted; those in ``released`` keep theirs.

    Raises ``BuilderError("keys-full")`` when a namespace holds more keys than there are codes.
    """
    wanted = sorted(set(keys))
    taken = set(released.values())
    given = {}
    for key in wanted:
        code = released.get(key) or _free(key, taken)
        taken.add(code)
        given[key] = code
    return given


def _free(key: str, taken: set[str]) -> str:
    for attempt in range(ROOM):
        digest = sha256(f"{attempt}:{key}".encode()).digest()
        code = urlsafe_b64encode(digest[:3]).decode()[:LENGTH]
        if code not in taken:
            return code
    raise BuilderError("keys-full", key=key)
