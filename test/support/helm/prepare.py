"""Puts Helm's own library, and the strict schemas of Kubernetes, into a folder: `prepare.py <folder>`."""

import subprocess
import sys
import zipfile
from pathlib import Path

KUBERNETES = ("1.30.0", "1.37.0")
SCHEMAS = tuple(
    f"kubernetes_validate/kubernetes-json-schema/v{version}-local-strict/" for version in KUBERNETES
)
# Of 17,000 files, those of whole kinds that a chart may have.
KINDS = ("-v1.json", "-v2.json", "_definitions.json")

folder = Path(sys.argv[1])
wheels = folder / "wheels"
requirements = Path(__file__).with_name("requirements.txt")
pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-cache-dir"]
subprocess.run(
    [*pip, "download", "--no-deps", "--require-hashes", "-r", requirements, "-d", wheels], check=True
)
for path in wheels.iterdir():
    with zipfile.ZipFile(path) as wheel:
        for name in wheel.namelist():
            wanted = name.startswith("helm_python/") or (
                name.startswith(SCHEMAS) and name.endswith(KINDS)
            )
            if wanted:
                wheel.extract(name, folder)
    path.unlink()
wheels.rmdir()
