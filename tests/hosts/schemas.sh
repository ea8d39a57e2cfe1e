#!/usr/bin/env bash
# Checks the files that `certalog init --ci` writes against the published schemas of the hosts. CERTALOG names the program.
set -euo pipefail
cd "$(dirname "$0")/../.."

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check --requirement tests/hosts/requirements.txt
"$CERTALOG" --quiet init --ci github "$folder/github"
"$CERTALOG" --quiet init --ci gitlab "$folder/gitlab"

check() {
    "$folder/python/bin/check-jsonschema" --builtin-schema "vendor.$1" "${@:2}"
}
check github-workflows "$folder"/github/.github/workflows/*.yml
forms=("$folder"/github/.github/ISSUE_TEMPLATE/*.yml)
check github-issue-config "$folder/github/.github/ISSUE_TEMPLATE/config.yml"
for form in "${forms[@]}"; do
    case "$form" in */config.yml) ;; *) check github-issue-forms "$form" ;; esac
done
check gitlab-ci "$folder/gitlab/.gitlab-ci.yml"

# A schema that accepts anything would prove nothing.
sed 's/runs-on/runs-no/' "$folder/github/.github/workflows/check.yml" > "$folder/broken.yml"
if check github-workflows "$folder/broken.yml" > "$folder/output"; then
    echo "a broken workflow was accepted" >&2
    exit 1
fi
