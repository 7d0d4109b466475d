/**
 * The module "player" of the second script (`looking-back/`): all it takes from the player, so that nothing stands twice.
 * In a page it is the global `owlPlayer`; tests use this file.
 */
export { finished, hasEnded, meIn, placeOf, runsOf } from "./core.js";
export { narrowest } from "./core/answers.js";
export { hash } from "./core/chance.js";
export { fresh, isBelow, isShown, offers } from "./core/moves.js";
export { momentsOf } from "./core/run.js";
export { holds } from "./logic.js";
export { beatsOf, play } from "./view/beats.js";
export { copy, fill, find, get, icon, one } from "./view/dom.js";
export { bring } from "./view/later.js";
export { t } from "./view/texts.js";
