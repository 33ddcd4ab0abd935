"""What gunicorn and `flask` start."""

import sys

from app import create_app
from config import UnsafeSetting

NOT_AGAIN = 3  # the status after which gunicorn stops instead of starting its workers over and over

try:
    app = create_app()
except UnsafeSetting as fault:
    sys.stderr.write(f"The service does not start. {fault}\n")
    sys.exit(NOT_AGAIN)
