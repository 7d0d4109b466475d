// Stands for the module "cmi5" (`cmi5.ts`) in the bundle of its player: a script before it put it there.
module.exports = owlCmi5;
