"""All figures, one JSON line each: `python -m benchmarks [figure]`."""

import subprocess
import sys

FIGURES = {
    "certificate.signed": "benchmarks.certificate",
    "filing.web": "benchmarks.filing_web",
    "filing.api": "benchmarks.filing_api",
    "queue.10k": "benchmarks.queue",
    "hitech.save": "benchmarks.hitech_save",
    "load": "benchmarks.load",
    "soak": "benchmarks.load",
    "queue.1m": "benchmarks.queue",
    "dashboard.1m": "benchmarks.queue",
    "queue.sme_eval.10k": "benchmarks.queue",
    "lists.15k": "benchmarks.lists",
    "panels.5k": "benchmarks.panels",
    "national.1500": "benchmarks.national",
    "import.xlsx.100k": "benchmarks.import_xlsx",
    "export.xlsx.600k": "benchmarks.export",
    "export.csv.600k": "benchmarks.export",
    "assess.sme_eval": "benchmarks.assess",
    "assess.sme_eval.http": "benchmarks.assess",
    "assess.hitech_cert": "benchmarks.assess",
    "assess.hitech_cert.http": "benchmarks.assess",
    "rules.stats": "benchmarks.rules_stats",
    "stats.autosave": "benchmarks.stats_autosave",
    "stats.check": "benchmarks.stats_check",
    "stats.storage": "benchmarks.stats_check",
}
# Only when asked for: ten minutes, what queue.1m prints as well, and 400,000 returns.
LONG = {"soak", "dashboard.1m", "stats.check", "stats.storage"}


# Modules with more than one figure are told which.
SEVERAL = {"benchmarks.queue", "benchmarks.load", "benchmarks.export", "benchmarks.assess"}


def _command(name: str) -> list[str]:
    module = FIGURES[name]
    return [sys.executable, "-m", module, *([name] if module in SEVERAL else [])]


def main() -> int:
    """Run the figures that were asked for, each in a process of its own."""
    asked = sys.argv[1:] or [name for name in FIGURES if name not in LONG]
    unknown = [name for name in asked if name not in FIGURES]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(FIGURES)}", file=sys.stderr)
        return 2
    results = [subprocess.run(_command(n), check=False) for n in asked]
    return max(result.returncode for result in results)


if __name__ == "__main__":
    sys.exit(main())
