#!/usr/bin/env bash
# Lints the checked-in OpenAPI document with two tools; a warning is a failure.
#
# usage: tests/contract/lint.sh [DOCUMENT]
set -euo pipefail
cd "$(dirname "$0")/../.."
document=${1:-openapi/openapi.json}
[ -s "$document" ] || { echo "lint: $document is missing; make openapi writes it" >&2; exit 1; }
bin=$(scripts/tools.sh node)
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true

"$bin/spectral" lint "$document" --ruleset tests/contract/.spectral.yaml --fail-severity warn
"$bin/redocly" lint "$document" --config tests/contract/redocly.yaml
