"""What a browser sends: of a form that is too large the text is read all the same, its files are not."""

from io import BytesIO
from typing import IO, Final

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import RequestEntityTooLarge

MOST_READ: Final = 4  # times what a form may weigh: whatever is larger is not read at all


class Nothing(BytesIO):
    """Where a file goes that is not kept."""

    def write(self, data: object, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride] -- whatever it is
        """Takes it, and keeps none of it."""
        return 0


class FormRequest(Request):
    """A request whose typed text can be given back, however large its files are."""

    drops_files = False

    def read_typed(self) -> None:
        """Makes the text of a form that was refused as too large readable; what is far too large stays unread."""
        self.max_content_length = MOST_READ * (self.max_content_length or 0)
        self.drops_files = True
        try:
            self._load_form_data()
        except RequestEntityTooLarge:  # far too large, or the text itself is
            self.__dict__["form"] = self.__dict__["files"] = ImmutableMultiDict()

    def _get_file_stream(self, *args: object, **kwargs: object) -> IO[bytes]:
        if self.drops_files:
            return Nothing()
        return super()._get_file_stream(*args, **kwargs)  # pyright: ignore[reportArgumentType] -- passed on as they come
