"""What the system must have to make certificates, as Django system checks."""

import ctypes
from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, register

from torch_portal.certificates.fonts import song_family

PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
SUBSET = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")
INSTALL = "apt-get install --yes --no-install-recommends "


def system_problems() -> list[str]:
    """What is missing on this machine, one sentence each, with the Debian command that mends it."""
    problems = []
    if not _loads(PANGO):
        problems.append(
            "Pango is missing, certificates cannot be laid out: "
            f"{INSTALL}libpango-1.0-0 libpangoft2-1.0-0"
        )
    if not _loads(SUBSET):
        problems.append(
            "HarfBuzz-subset is missing, one certificate takes eleven seconds instead of less "
            f"than one: {INSTALL}libharfbuzz-subset0"
        )
    if song_family() is None:
        problems.append(
            "No Chinese Song (serif) font is installed, certificates cannot be printed: "
            f"{INSTALL}fontconfig fonts-noto-cjk"
        )
    return problems


def _loads(names: Iterable[str]) -> bool:
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


@register("certificates")
def check_system(app_configs: Any, **_options: Any) -> list[CheckMessage]:
    """Each missing part of the system as an error."""
    return [
        Error(problem, id=f"certificates.E{number:03d}")
        for number, problem in enumerate(system_problems(), start=1)
    ]
