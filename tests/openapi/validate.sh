#!/usr/bin/env bash
# Checks the OpenAPI description that a site carries against the schema of OpenAPI 3.1. CERTALOG names the program.
set -euo pipefail
cd "$(dirname "$0")/../.."

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check --requirement tests/openapi/requirements.txt
"$CERTALOG" build --quiet --as-of 2026-01-01 --out "$folder/site"

validate="$folder/python/bin/openapi-spec-validator"
"$validate" --schema 3.1 "$folder/site/api/v1/openapi.json"

# A schema that accepts anything would prove nothing.
sed 's/"responses":/"answers":/; s/"in":"path"/"in":"nowhere"/' "$folder/site/api/v1/openapi.json" > "$folder/broken.json"
if "$validate" --schema 3.1 "$folder/broken.json" > "$folder/output" 2>&1; then
    echo "a broken description was accepted" >&2
    exit 1
fi
