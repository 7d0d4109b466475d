"""The pages of the LMS a package is launched from. They differ in where the API stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One launch: what its page is to tell the LMS's script, and where the package's window stands.

    ``unit`` is which SCO it is, in a package of several: each has a record of its own.
    """

    identifier: str
    package: str
    entry: str
    learner: str
    via: str
    page: Mapping[str, object]
    unit: str = ""

    @property
    def holder(self) -> str:
        """Whose record it is, within the package."""
        return f"{self.learner}/{self.unit}" if self.unit else self.learner


def launch_url(origin: str, session: Session) -> str:
    """Where the package starts. On "cross-origin" it is another origin that is the same server."""
    host = origin.replace("127.0.0.1", "localhost") if session.via == "cross-origin" else origin
    return f"{host}/package/{session.package}/{session.entry}"


def document(title: str, body: str) -> str:
    """A page of the LMS; ``body`` is HTML."""
    style = "html,body,iframe{margin:0;border:0;width:100%;height:100%;display:block}"
    return (
        f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{style}</style></head><body>{body}</body></html>"
    )


def _desk(session: Session) -> str:
    """The API: the launch as data, a sign of life when the page goes, the scripts."""
    data = json.dumps(session.page).replace("<", "\\u003c")
    theirs = "scorm12" if session.page["standard"] == "scorm12" else "scorm2004"
    second = session.page["lms"] == "scorm-again"
    again = f'<script src="/lms/scorm-again-{theirs}.js"></script>' if second else ""
    left = (
        f"addEventListener('pagehide', () => navigator.sendBeacon('/lms/left?session={session.identifier}'))"
    )
    return (
        f'<script type="application/json" id="lms">{data}</script><script>{left}</script>'
        f'{again}<script src="/lms/lms.js"></script>'
    )


def _frame(url: str) -> str:
    return f'<iframe title="Lespakket" allowfullscreen src="{escape(url)}"></iframe>'


def shell(origin: str, session: Session) -> str:
    """The page that launches a package: the API's place differs with `via`."""
    package = launch_url(origin, session)
    inner = f"/lms/inner?session={session.identifier}"
    match session.via:
        case "none":
            body = _frame(package)
        case "two-up":
            body = _desk(session) + _frame(inner)
        case "opener":
            body = _desk(session) + _opens(package)
        case "popup":
            body = _opens(inner)
        case _:
            body = _desk(session) + _frame(package)
    return document("Leeromgeving", body)


def inner(origin: str, session: Session) -> str:
    """The page between: a plain frame, or the player page of a pop-up, which forgets who opened it."""
    frame = _frame(launch_url(origin, session))
    if session.via == "popup":
        return document("Lespakket", f"<script>window.opener = null</script>{_desk(session)}{frame}")
    return document("Lespakket", frame)


def _opens(url: str) -> str:
    return f'<button onclick="window.open({escape(json.dumps(url))}, &quot;package&quot;)">Start</button>'
