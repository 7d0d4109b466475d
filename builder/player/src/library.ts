/** What of other people's work the players use: a script of its own in the page, before the player's, as the global `owlLibrary`. */
export { deflateSync, inflateSync } from "fflate";
