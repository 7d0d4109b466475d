"""Looking back on what was played: the second script of the page."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.browser.conftest import NewContext, Unpacked
from tests.browser.harness import Guard
from tests.browser.walk import Built, Walk, always, say

SECOND = re.compile(r"/looking-back-[0-9a-f]{8}\.js$")


def test_the_player_waits_for_the_script_of_looking_back(
    unpacked: Unpacked, new_context: NewContext, guard: Guard, real: Built
) -> None:
    address = unpacked(real.zip) + "index.html"
    page = new_context().new_page()
    page.goto(address)
    walk = Walk(page.main_frame, real)
    walk.open_step(0, 1)
    walk.play(always(0))
    walk.go(say("to_debrief"))

    held: list[Route] = []
    page.route(SECOND, lambda route: held.append(route))
    page.reload(wait_until="commit")
    again = Walk(page.main_frame, real)
    again.go(say("offer_shared_accept"))  # and back in the debrief
    again.shows(say("waiting"))
    expect(again.frame.get_by_text(say("waiting_more"))).to_be_visible()
    held.pop().abort()
    again.told("waiting_failed")
    with page.expect_request(SECOND):
        again.press(say("refetch"))
    held.pop().continue_()
    again.shows(say("debrief"))
    assert [error for error in guard.errors if "net::ERR_FAILED" not in error] == []
