#!/usr/bin/env bash
# Builds the Python package and tests it as it is installed: in the environment of `scripts/python-environment.sh`, or that of
# FLASHLIGHT_PYTHON_ENVIRONMENT, and, alone, in an empty one. Arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/python-environment.sh
environment=$(realpath "${FLASHLIGHT_PYTHON_ENVIRONMENT:-.tools/python}")

# In the profile that `cargo test` has built; `pip install .` takes the release one.
wheels=target/python
rm -rf "$wheels"
PATH="$environment/bin:$PATH" "$environment/bin/maturin" build --quiet --profile dev --out "$wheels"
"$environment/bin/python" -m pip install -q --disable-pip-version-check --force-reinstall --no-deps "$wheels"/*.whl

FLASHLIGHT_WHEEL=$(realpath "$wheels"/*.whl)
FLASHLIGHT_PTXAS=${FLASHLIGHT_PTXAS:-$PWD/.tools/nvidia/cu13/bin/ptxas}
export FLASHLIGHT_WHEEL FLASHLIGHT_PTXAS
cd python/tests
# Two files at a time: most of a test is one thread's work.
exec "$environment/bin/python" -m pytest -q -p no:cacheprovider -n 2 --dist loadfile "$@"
