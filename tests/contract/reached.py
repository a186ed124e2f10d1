"""Says how far a schemathesis run got, and fails one that passed without testing anything.

usage: reached.py NAME REPORT_FOLDER
"""

import json
import sys
from pathlib import Path


def succeeded(events):
    """The operations that answered 2xx at least once."""
    labels = set()
    for line in events.read_text().splitlines():
        recorder = json.loads(line).get("ScenarioFinished", {}).get("recorder", {})
        for interaction in recorder.get("interactions", {}).values():
            response = interaction.get("response") or {}
            if 200 <= response.get("status_code", 0) < 300:
                labels.add(recorder["label"])
    return {label for label in labels if " /" in label}


def main():
    name, folder = sys.argv[1], Path(sys.argv[2])
    report = json.loads((folder / "run.json").read_text())
    operations, cases = report["operations"], report["test_cases"]["generated"]
    answered = succeeded(folder / "run.ndjson")
    print(
        f"{name}: {operations['tested']} of {operations['total']} operations tested with {cases} cases, "
        f"{len(answered)} of them succeeded at least once"
    )
    if report["stop_reason"] != "completed" or not operations["total"] or operations["tested"] < operations["total"]:
        sys.exit(f"{name}: not every operation was tested")
    if not answered:
        sys.exit(f"{name}: no operation ever succeeded; is the token refused?")


main()
