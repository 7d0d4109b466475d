"""Which requests for another SCO an LMS can grant from this one (SCORM 2004 SN, section 5.6.2), by control modes alone.

Flow and choice of the cluster an item stands in. Rules and limits are not looked at.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

_VALID: Final = "adl.nav.request_valid"


def requests(item: etree._Element) -> dict[str, str]:
    """Values of the elements below `adl.nav.request_valid` while `item` is played; no item, nothing."""
    organization = next(item.iterancestors("{*}organization"), None)
    if organization is None:
        return {}
    leaves = [each for each in organization.iter("{*}item") if each.get("identifierref")]
    here = leaves.index(item)
    flow = _mode(item, "flow", otherwise="false")
    back = flow and not _mode(item, "forwardOnly", otherwise="false")
    return {
        f"{_VALID}.continue": _word(flow and here + 1 < len(leaves)),
        f"{_VALID}.previous": _word(back and here > 0),
        **{
            f"{_VALID}.choice.{{target={each.get('identifier', '')}}}": _word(
                _mode(each, "choice", otherwise="true")
            )
            for each in leaves
        },
    }


def _mode(item: etree._Element, name: str, *, otherwise: str) -> bool:
    """A control mode of the cluster that an item stands in."""
    cluster = item.getparent()
    mode = None if cluster is None else cluster.find("{*}sequencing/{*}controlMode")
    return (otherwise if mode is None else mode.get(name, otherwise)) == "true"


def _word(truth: bool) -> str:
    return "true" if truth else "false"
