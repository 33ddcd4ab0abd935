"""A form whose step was refused comes back with what was typed and what is missing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from app.extensions import db
from app.security import Page
from app.workflow.refusals import RefusalKind, StepRefused

RefusedPage = Callable[..., Page]  # of the refusal and of what the address said


def shows_again(
    page: RefusedPage, *, kind: RefusalKind = RefusalKind.INCOMPLETE
) -> Callable[[Callable[..., Page]], Callable[..., Page]]:
    """Answers a refusal of this kind with the page, nothing kept; any other is answered as everywhere."""

    def decorate(view: Callable[..., Page]) -> Callable[..., Page]:
        @wraps(view)
        def answered(**address: Any) -> Page:
            try:
                return view(**address)
            except StepRefused as refused:
                if refused.kind is not kind:
                    raise
                db.session.rollback()
                return page(refused, **address)

        return answered

    return decorate
