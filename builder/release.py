"""``course/keys.toml``: every key ever released with its short code. Codes are added, never changed or taken away."""

from __future__ import annotations

import json
import tomllib

from builder.model.course import Course

_HEADING = (
    "# Alle sleutels die ooit zijn uitgebracht, met hun korte code in bewaarde standen.\n"
    "# Geschreven door `waterlijn release`. Verander hier niets met de hand.\n"
)


def keys_file(course: Course, before: bytes) -> tuple[bytes, int]:
    """The file's new content, and how many keys were added to what it held ``before``."""
    held = tomllib.loads(before.decode("utf-8")) if before.strip() else {}
    added = 0
    parts = [_HEADING]
    for namespace in sorted({*held, *course.codes}):
        keys = dict(held.get(namespace, {}))
        for key, code in course.codes.get(namespace, {}).items():
            added += key not in keys
            keys.setdefault(key, code)
        rows = "\n".join(
            f"{json.dumps(key, ensure_ascii=False)} = {json.dumps(keys[key])}" for key in sorted(keys)
        )
        parts.append(f"[{json.dumps(namespace, ensure_ascii=False)}]\n{rows}\n")
    return "\n".join(parts).encode(), added
