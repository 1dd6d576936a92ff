"""All figures, one JSON line each: `python -m benchmarks [figure]`."""

import subprocess
import sys

FIGURES = {
    "certificate.signed": "benchmarks.certificate",
    "filing.web": "benchmarks.filing_web",
    "filing.api": "benchmarks.filing_api",
    "queue.10k": "benchmarks.queue",
    "import.xlsx.100k": "benchmarks.import_xlsx",
}


def main() -> int:
    """Run the figures that were asked for, each in a process of its own."""
    asked = sys.argv[1:] or list(FIGURES)
    unknown = [name for name in asked if name not in FIGURES]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; known: {', '.join(FIGURES)}", file=sys.stderr)
        return 2
    results = [subprocess.run([sys.executable, "-m", FIGURES[n]], check=False) for n in asked]
    return max(result.returncode for result in results)


if __name__ == "__main__":
    sys.exit(main())
