// Bundles every tests/*.test.ts of the player and of the strict LMS into a temporary folder and runs
// them with Node's own test runner: `npm test`, or `npm test -- save` for the files with "save" in their name.
// The working directory of a test is builder/player.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const words = process.argv.slice(2);
const entryPoints = ["tests", "../lms/tests"]
  .map((folder) => join(here, folder))
  .filter(existsSync)
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((path) => path.endsWith(".test.ts") && words.every((word) => path.includes(word)))
  .sort();
if (entryPoints.length === 0) {
  console.error(`no *.test.ts found${words.length ? ` for ${words.join(" ")}` : ""}`);
  process.exit(1);
}

const outdir = mkdtempSync(join(tmpdir(), "waterlijn-tests-"));
try {
  await build({
    entryPoints,
    outdir,
    outbase: join(here, ".."),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    nodePaths: [join(here, "node_modules")],
    // Some packages on npm are CommonJS and call require() for what Node itself has.
    banner: { js: 'import { createRequire as _cr } from "node:module"; const require = _cr(import.meta.url);' },
    loader: { ".txt": "text" },
    sourcemap: "inline",
    logLevel: "warning",
  });
  const files = readdirSync(outdir, { recursive: true }).filter((name) => name.endsWith(".mjs"));
  const run = spawnSync(
    process.execPath,
    ["--enable-source-maps", "--test", "--test-reporter=spec", ...files.map((name) => join(outdir, name)).sort()],
    { cwd: here, stdio: "inherit" },
  );
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
