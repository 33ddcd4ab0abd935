"""Sets one PDF and ends: JSON of source and data on standard input, the PDF on standard output.

It runs in a process of its own with limits, because it is the only part of the service that lays out text of any length
that people typed. Its folder is empty, so there is no file a document could read and no package it could load.
"""

import json
import resource
import sys
import tempfile

import typst

SECONDS = 60
BYTES = 4 * 1024**3
STANDARDS = ["a-3a", "ua-1"]


def main() -> None:
    """Sets what stands on standard input. A fault of the typesetter is a line on standard error and exit status 1."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    order = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as empty:
        try:
            made = typst.compile(
                order["source"].encode(),
                root=empty,
                font_paths=[],
                ignore_system_fonts=True,
                format="pdf",
                sys_inputs={"draft": order["data"]},
                pdf_standards=STANDARDS,
                package_path=empty,
                package_cache_path=empty,
                timestamp=order["timestamp"],
            )
        except (typst.TypstError, RuntimeError) as fault:
            sys.exit(str(fault))
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
