// Stands for the module "player" (`shared.ts`) in the bundle of this folder: the player's script put it there.
module.exports = owlPlayer;
