"""Inspects a picture: it must decode completely, to a limited number of pixels."""

import io
import warnings

from PIL import Image

from app.uploads.bad_file import BadFile, damaged

MOST_PIXELS = 50_000_000


def check_picture(data: bytes) -> None:
    """Refuses a picture that is damaged or unfolds to more than 50 megapixels. Raises BadFile."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is the lower one
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise BadFile("This picture is too large to open. Attach one of at most 50 megapixels.")
                picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise damaged() from error
