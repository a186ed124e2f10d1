"""The rules for our container files that no general linter knows.

Read as a list of facts: each `require` is one. What they protect: nothing runs as root, nothing is published to the
network, images don't move under us, and no file or variable is named that does not exist.
"""

import re
import sys
from pathlib import Path

import yaml

failures = []
checked = 0


def require(holds, fact):
    global checked
    checked += 1
    if not holds:
        failures.append(fact)


def instructions(text):
    """(NAME, rest) of each instruction, comments dropped, continued lines joined."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [tuple(line.split(None, 1)) for line in joined.splitlines() if line.strip()]


def check_tag(image):
    tag = image.rpartition("/")[2].partition(":")[2]
    require(tag and tag != "latest", f"the image {image} has a version")


dockerfile = instructions(Path("Dockerfile").read_text())
stages = [rest for name, rest in dockerfile if name == "FROM"]
last_stage = dockerfile[max(i for i, (name, _) in enumerate(dockerfile) if name == "FROM") :]
runtime = {name: rest for name, rest in last_stage}

for stage in stages:
    check_tag(stage.split()[0])
toolchain = re.search(r'channel = "([\d.]+)"', Path("rust-toolchain.toml").read_text())
require(toolchain and any(f"rust:{toolchain[1]}-" in stage for stage in stages), "the build uses the toolchain of rust-toolchain.toml")
user = runtime.get("USER", "0")
require(re.fullmatch(r"[1-9]\d*:[1-9]\d*", user), f"the user {user!r} is numeric and not root")
require('"credits", "health"' in runtime.get("HEALTHCHECK", ""), "the image checks its own health")
require(runtime.get("ENTRYPOINT", "").startswith("["), "signals reach the server: ENTRYPOINT is a list, no shell")

ignored = Path(".dockerignore").read_text().split()
for name in (".git", "data", ".env*", "**/target", "**/node_modules"):
    require(name in ignored, f"{name} stays out of the build context")
for name, rest in dockerfile:
    if name == "COPY" and "--from=" not in rest:
        for source in [word for word in rest.split() if not word.startswith("--")][:-1]:
            require(source == "." or list(Path().glob(source)), f"COPY {source}: it exists")

compose = yaml.safe_load(Path("docker-compose.yml").read_text())
services, volumes = compose["services"], compose["volumes"]
require(set(services) == {"postgres", "credits"}, "the services are postgres and credits")
for name, service in services.items():
    if "image" in service:
        check_tag(service["image"])
    for port in service.get("ports", []):
        require(str(port).startswith("127.0.0.1:"), f"{name}: port {port} is published on loopback only")
    for volume in service["volumes"]:
        require(volume.split(":")[0] in volumes, f"{name}: volume {volume} is declared")
    require("healthcheck" in service or "build" in service, f"{name} has a health check")
waits_for = services["credits"]["depends_on"]["postgres"]["condition"]
require(waits_for == "service_healthy", "credits starts when postgres is healthy")
exposed = set(runtime["EXPOSE"].split())
published = {str(port).rpartition(":")[2] for port in services["credits"]["ports"]}
require(published <= exposed, f"published ports {published} are those of the image, {exposed}")

documentation = Path("docs/CONFIGURATION.md")
require(documentation.is_file(), "docs/CONFIGURATION.md exists (make generate writes it)")
documented = set(re.findall(r"CREDITS_[A-Z_]+", documentation.read_text() if documentation.is_file() else ""))
named = set(re.findall(r"CREDITS_[A-Z_]+", runtime["ENV"])) | set(services["credits"]["environment"])
for variable in sorted(named):
    require(variable in documented, f"{variable} is a variable of the service (docs/CONFIGURATION.md)")

for fact in failures:
    print(f"not so: {fact}", file=sys.stderr)
print(f"container files: {checked - len(failures)} of {checked} facts hold")
sys.exit(bool(failures))
