"""Puts one fault of bugs.toml into a copy of the repository; it never runs anything.

usage: plant.py names                  every fault's name, a line each
       plant.py harm NAME              what the fault would do to people
       plant.py plant NAME FOLDER      put it into the copy in FOLDER
       plant.py mend NAME FOLDER       take it out again
       plant.py manifest FOLDER MEMBER...   a workspace of these crates alone, with our own's settings
"""

import pathlib
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def bugs():
    with open(HERE / "bugs.toml", "rb") as file:
        return tomllib.load(file)["bug"]


def bug(name):
    for candidate in bugs():
        if candidate["name"] == name:
            return candidate
    sys.exit(f"plant: there is no fault called {name}")


def plant(name, folder):
    fault = bug(name)
    original = (ROOT / fault["file"]).read_text()
    count = original.count(fault["find"])
    if count != 1:
        sys.exit(f"plant: {name} does not apply any more: its text stands {count} times in {fault['file']}")
    (pathlib.Path(folder) / fault["file"]).write_text(original.replace(fault["find"], fault["replace"]))


def mend(name, folder):
    fault = bug(name)
    (pathlib.Path(folder) / fault["file"]).write_text((ROOT / fault["file"]).read_text())


def manifest(folder, *members):
    ours = (ROOT / "Cargo.toml").read_text()
    workspace = ours.split("\n[package]\n")[0].splitlines()
    profiles = ours[ours.index("\n[profile.") :] if "\n[profile." in ours else ""
    wanted = ", ".join(f'"{member}"' for member in members)
    lines = [f"members = [{wanted}]" if line.startswith("members = ") else line for line in workspace]
    (pathlib.Path(folder) / "Cargo.toml").write_text("\n".join(lines) + "\n" + profiles)


def main():
    match sys.argv[1:]:
        case ["names"]:
            names = [fault["name"] for fault in bugs()]
            if len(set(names)) != len(names):
                sys.exit("plant: two faults have one name")
            print(*names, sep="\n")
        case ["harm", name]:
            print(bug(name)["harm"])
        case ["plant", name, folder]:
            plant(name, folder)
        case ["mend", name, folder]:
            mend(name, folder)
        case ["manifest", folder, *members]:
            manifest(folder, *members)
        case _:
            sys.exit(__doc__)


main()
