// Joins the style sheets of the given NL Design System packages into one: node components.mjs OUT PACKAGE…
// What none of our pages has is left out: parts for which we write plain HTML, warning buttons, and the classes
// that imitate :hover or :focus in documentation. That saves two thirds of what every course package would carry.
import { writeFileSync } from "node:fs";
import { build } from "esbuild";
import { PurgeCSS } from "purgecss";

const UNUSED = [
  "blockquote|button-group|form-field|ordered-list|root|table|textarea__|unordered-list", // prose has no classes
  ".*--(active|box-content|busy|checked|current|danger|disabled|distanced|external|focus|focus-visible|hover)",
  ".*--(html-content|icon-only|numeric|oneline|pressed|ready|row-|submit|telephone|truncate|warning)",
].join("|");

const [output, ...packages] = process.argv.slice(2);
const joined = await build({
  stdin: {
    contents: packages.map((name) => `@import "${name}/dist/index.css";`).join("\n"),
    loader: "css",
    resolveDir: import.meta.dirname,
  },
  bundle: true,
  write: false,
  minify: true,
  legalComments: "none", // the licences stand in NOTICES.txt
  logLevel: "warning",
  logOverride: { "invalid-@charset": "silent" }, // repeated by each package, without meaning inside
});
const [purged] = await new PurgeCSS().purge({
  content: [],
  css: [{ raw: joined.outputFiles[0].text }],
  safelist: { standard: [new RegExp(`^(?!utrecht-(${UNUSED}))`)] },
});
writeFileSync(output, purged.css);
