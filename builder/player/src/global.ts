/** Stands for fflate in the players' bundles: the library of the page (`library.ts`). Elsewhere the package itself is used. */
declare const owlLibrary: typeof import("./library.js");

export const { deflateSync, inflateSync } = owlLibrary;
