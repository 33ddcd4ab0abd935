#!/usr/bin/env bash
# Names plainly what setup needs and does not find, with how to get it.
set -euo pipefail

missing=0

lacks() {
  echo "Missing: $1" >&2
  echo "  On Debian or Ubuntu: sudo apt-get install $2" >&2
  missing=1
}

if ! command -v python3 > /dev/null || ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  lacks "Python 3.11 or newer" "python3"
elif ! python3 -c 'import ensurepip, venv' 2> /dev/null; then
  lacks "Python's venv module" "python3-venv"
fi
if ! command -v node > /dev/null || ! node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 18 || (major === 18 && minor >= 20) ? 0 : 1)'; then
  lacks "Node.js 18.20 or newer" "nodejs"
  echo "  Or from https://nodejs.org" >&2
fi
command -v npm > /dev/null || lacks "npm" "npm"

exit "$missing"
