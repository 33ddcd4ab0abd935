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
if ! command -v node > /dev/null || ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)'; then
  lacks "Node.js 20 or newer" "nodejs (or from https://nodejs.org)"
fi
command -v npm > /dev/null || lacks "npm" "npm"

exit "$missing"
