#!/usr/bin/env bash
# Installs what `make trace-test` needs: a headless Chromium from Debian and playwright, which drives it, from PyPI.
set -euo pipefail
cd "$(dirname "$0")/.."
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
if ! command -v chromium-headless-shell >/dev/null; then
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-dejavu-core >/dev/null
fi
if [ ! -x .tools/browser/bin/playwright ]; then
  python3 -m venv .tools/browser
  .tools/browser/bin/pip install -q --disable-pip-version-check playwright==1.65.2
fi
