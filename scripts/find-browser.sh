#!/usr/bin/env bash
# The browser tests need a Chromium: finds one, installs Debian's where it may, or says how to get it.
set -euo pipefail

for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
  if [ -n "$name" ] && command -v "$name" > /dev/null; then
    exit 0
  fi
done

if command -v apt-get > /dev/null && [ "$(id -u)" = 0 ]; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium
elif command -v apt-get > /dev/null && sudo -n true 2> /dev/null; then
  sudo apt-get update -qq && sudo apt-get install -y -qq --no-install-recommends chromium
else
  echo "Missing: a Chromium browser for the browser tests." >&2
  echo "  Install Chromium or Google Chrome, or set CHROMIUM to its program file." >&2
  exit 1
fi
