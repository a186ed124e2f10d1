#!/usr/bin/env bash
# Checks Dockerfile and docker-compose.yml as far as that goes without a container engine.
#
# usage: tests/docker/check.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=$(scripts/tools.sh python)

"$bin/hadolint" --failure-threshold info Dockerfile
"$bin/check-jsonschema" --quiet --builtin-schema vendor.compose-spec docker-compose.yml
"$bin/python" tests/docker/check.py
