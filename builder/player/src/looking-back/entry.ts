/** The second script of a page: looking back on what was played. It comes after the player's, which waits for it where it must. */
import { bring } from "player";
import { debriefView } from "./debrief.js";
import { mirrorView } from "./mirror.js";

bring({
  debrief(app, view, scenario) {
    const { place } = app.session.state();
    (place.at === "step" && place.mirror ? mirrorView : debriefView)(app, view, scenario);
  },
});
