#!/usr/bin/env bash
# Hands what certalog writes for other fields to their own programs: OSCAL, layers of ATT&CK, CSV on the Web. CERTALOG names the program.
set -euo pipefail
cd "$(dirname "$0")/../.."

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
# Each file is one of those that were looked at; what their programs need besides is not asked for here.
"$folder/python/bin/pip" install --quiet --disable-pip-version-check --require-hashes --no-deps --ignore-requires-python \
    --requirement tests/interchange/requirements.txt
for site in . tests/sites/*; do
    name="$(basename "$(realpath "$site")")"
    [ "$site" != . ] || name=own
    "$CERTALOG" --quiet build --root "$site" --as-of 2026-01-01 --out "$folder/site/$name"
    "$CERTALOG" --quiet export oscal --root "$site" --as-of 2026-01-01 --out "$folder/oscal/$name"
    "$CERTALOG" --quiet export navigator --root "$site" --as-of 2026-01-01 --out "$folder/layers/$name"
done
"$folder/python/bin/python" tests/interchange/validate.py "$folder"
