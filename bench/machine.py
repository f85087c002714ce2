"""What the figures were measured on: machine, Python, versions.

Takes nothing; gives lines of text and the same as a dict. Must not import what is measured.
"""

import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

#: The share of one core that other programs may take before the figures are called doubtful.
QUIET = 0.3
PACKAGES = ("allonym", "followthemoney", "rigour", "rapidfuzz", "numpy", "lxml", "sqlalchemy", "orjson")


def cpu() -> str:
    """The processor's name as the system tells it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    if sys.platform == "darwin":
        told = subprocess.run(["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"], capture_output=True, text=True)
        return told.stdout.strip()
    return platform.processor() or platform.machine()


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def memory() -> float:
    """Memory in 1e9 bytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def versions() -> dict[str, str]:
    """Installed versions of what is measured and of the peers."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def describe() -> dict[str, object]:
    """All of it, and how busy the machine is."""
    return {
        "cpu": cpu(),
        "cores": cores(),
        "memory": f"{memory():.1f} GB",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "load": round(os.getloadavg()[0], 2),
        "versions": versions(),
    }


def lines(described: dict[str, object]) -> list[str]:
    """`describe()` for people."""
    packages = described["versions"]
    assert isinstance(packages, dict)
    load = described["load"]
    assert isinstance(load, float)
    told = [
        f"machine   {described['cpu']}, {described['cores']} cores, {described['memory']}",
        f"system    {described['system']}, {described['python']}",
        f"versions  {', '.join(f'{name} {number}' for name, number in packages.items())}",
        f"load      {load} in the last minute before the start",
    ]
    if load > QUIET:
        told.append("WARNING   other programs are running: times are too high; run it again when the machine is quiet")
    return told
