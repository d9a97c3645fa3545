#!/usr/bin/env bash
# Makes the environment in which the Python package is tested, `.tools/python`, whose packages are pinned. What is there
# stays; nothing is made where FLASHLIGHT_PYTHON_ENVIRONMENT names another.
set -euo pipefail
cd "$(dirname "$0")/.."

[ -z "${FLASHLIGHT_PYTHON_ENVIRONMENT:-}" ] || exit 0
requirements=python/tests/requirements.txt
environment=.tools/python
if ! cmp -s "$requirements" "$environment/installed.txt"; then
  echo "python: installing $(tr '\n' ' ' <"$requirements")"
  rm -rf "$environment"
  python3 -m venv "$environment"
  "$environment/bin/python" -m pip install -q --disable-pip-version-check -r "$requirements"
  cp "$requirements" "$environment/installed.txt"
fi
