"""A page as somebody at a browser has it: forms are filled in and sent as they were rendered, links are followed.

What a browser would not do, this refuses: a field that is not on the page, an option that is not offered, a text in a
date, a form without its file's encoding. So a form that cannot do what its test says fails here, as it would for a
person.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

if TYPE_CHECKING:
    from tests.checked import CheckedClient

HTML = "{http://www.w3.org/1999/xhtml}"
CONTROLS = {f"{HTML}{tag}" for tag in ("input", "select", "textarea", "button")}
SITE = "http://localhost"
REDIRECTS, REFUSAL = {301, 302, 303, 307, 308}, 400
MULTIPART, URLENCODED = "multipart/form-data", "application/x-www-form-urlencoded"
BUTTONS = {"submit", "image"}
NEVER_SENT = {"button", "reset", *BUTTONS}
MOST_REDIRECTS = 5
Sent = tuple[str, Any]


class NotOnThePage(AssertionError):  # what pytest shows
    """The page offers no such thing, so nobody could have done it."""


def refuse(sentence: str) -> NoReturn:
    """Fails the test with what a person would have found missing."""
    raise NotOnThePage(sentence)


def words(element: Element, *, visible_only: bool = False) -> str:
    """The text of an element in one line; with `visible_only`, without what only a screen reader says."""
    return " ".join("".join(_texts(element, visible_only)).split())


def _texts(element: Element, visible_only: bool) -> Iterator[str]:
    hidden = "usa-sr-only" in (element.get("class") or "").split()
    if not (visible_only and hidden):
        yield element.text or ""
        for child in element:
            if isinstance(child.tag, str):
                yield from _texts(child, visible_only)
            yield child.tail or ""


def kind_of(element: Element) -> str:
    """What sort of control this is: "text", "hidden", "radio", "textarea", "select", "submit" ..."""
    name = element.tag.removeprefix(HTML)
    usual = {"input": "text", "button": "submit"}.get(name)
    return (element.get("type") or usual).casefold() if usual else name


def option_value(option: Element) -> str:
    """What an option sends: its value, else its words."""
    value = option.get("value")
    return words(option) if value is None else value


@dataclass(frozen=True)
class Form:
    """A form of a page, with its controls in document order, those that a person cannot use left out."""

    element: Element
    controls: list[Element]

    @property
    def buttons(self) -> list[Element]:
        return [control for control in self.controls if kind_of(control) in BUTTONS]

    @property
    def method(self) -> str:
        return (self.element.get("method") or "get").casefold()

    def named(self, name: str) -> list[Element]:
        """The controls of this name that somebody can fill in or choose."""
        found = [control for control in self.controls if control.get("name") == name]
        return [control for control in found if kind_of(control) not in {"hidden", *NEVER_SENT}]

    def sent(self, button: Element | None, values: Mapping[str, Any]) -> list[Sent]:
        """What a browser sends when this button is pressed, these values typed or chosen before."""
        chosen: dict[Element, Any] = {}
        for name, value in values.items():
            chosen |= self._filled(name, value)
        return [(name, value) for control in self.controls for name, value in _sent(control, button, chosen)]

    def _filled(self, name: str, value: Any) -> dict[Element, Any]:
        controls = self.named(name)
        if not controls:
            known = sorted({c.get("name") or "" for c in self.controls if kind_of(c) not in NEVER_SENT})
            refuse(f"no field {name!r} can be filled in on this form, only {known}")
        if kind_of(controls[0]) in {"checkbox", "radio"}:
            return _ticked(controls, value)
        several = value if isinstance(value, list) and len(controls) > 1 else [value]
        if len(several) != len(controls):
            refuse(f"{len(controls)} fields are named {name!r}: which one is meant?")
        return {control: _typed(control, one) for control, one in zip(controls, several, strict=True)}


def _ticked(controls: list[Element], value: Any) -> dict[Element, Any]:
    """Which of the boxes or buttons of one name are on: True and False for a single box, else their values."""
    if isinstance(value, bool):
        if len(controls) > 1:
            refuse(f"there are {len(controls)} boxes named {controls[0].get('name')!r}")
        return {controls[0]: value}
    wanted = [str(each) for each in (value if isinstance(value, list | tuple | set) else [value]) if each != ""]
    offered = [control.get("value") or "on" for control in controls]
    if unknown := sorted(set(wanted) - set(offered)):
        refuse(f"{controls[0].get('name')!r} does not offer {unknown}, only {offered}")
    if kind_of(controls[0]) == "radio" and not wanted:
        refuse(f"nobody can take back the choice of {controls[0].get('name')!r}")
    return {control: mark in wanted for control, mark in zip(controls, offered, strict=True)}


def _typed(control: Element, value: Any) -> Any:
    """A value as this control takes it."""
    kind, name = kind_of(control), control.get("name")
    if "readonly" in control.attrib:
        refuse(f"{name!r} can be read only")
    if kind == "file":
        return value if isinstance(value, list) else [value]
    if kind == "select":
        return _picked(control, value)
    text = str(value)
    if kind == "date" and text and not _is_date(text):
        refuse(f"{name!r} takes a date, not {text!r}")
    if kind == "number" and text and not re.fullmatch(r"-?\d+(\.\d+)?", text):
        refuse(f"{name!r} takes a number, not {text!r}")
    return text


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _picked(control: Element, value: Any) -> list[str]:
    wanted = [str(each) for each in (value if isinstance(value, list | tuple | set) else [value])]
    offered = [option_value(option) for option in control.iter(f"{HTML}option") if "disabled" not in option.attrib]
    if unknown := sorted(set(wanted) - set(offered)):
        refuse(f"{control.get('name')!r} does not offer {unknown}, only {offered}")
    return wanted


def _sent(control: Element, button: Element | None, chosen: Mapping[Element, Any]) -> Iterator[Sent]:
    """What one control adds to what is sent."""
    name, kind = control.get("name"), kind_of(control)
    if not name or (kind in NEVER_SENT and control is not button):
        return
    if kind in {"checkbox", "radio"}:
        if chosen.get(control, "checked" in control.attrib):
            yield name, control.get("value") or "on"
    elif kind == "select":
        yield from ((name, value) for value in chosen.get(control, _selected(control)))
    elif kind == "file":
        yield from ((name, value) for value in chosen.get(control, [(BytesIO(), "")]))
    else:
        text = chosen.get(control, control.text if kind == "textarea" else control.get("value")) or ""
        yield name, re.sub(r"\r\n|\r|\n", "\r\n", text) if kind == "textarea" else text


def _selected(control: Element) -> list[str]:
    options = list(control.iter(f"{HTML}option"))
    marked = [option for option in options if "selected" in option.attrib]
    if not marked and "multiple" not in control.attrib:
        marked = [option for option in options if "disabled" not in option.attrib][:1]
    return [option_value(option) for option in marked]


@dataclass
class Page:
    """What an address answered, and what can be done there."""

    client: "CheckedClient"
    response: TestResponse
    came_by: list[TestResponse] = field(default_factory=list)  # the redirects that led here

    @property
    def status_code(self) -> int:
        return self.response.status_code

    @cached_property
    def text(self) -> str:
        return self.response.get_data(as_text=True)

    @property
    def address(self) -> str:
        """Where this is: path and query."""
        query = self.response.request.query_string.decode()
        return self.response.request.path + (f"?{query}" if query else "")

    @property
    def path(self) -> str:
        return self.response.request.path

    @cached_property
    def tree(self) -> Element:
        return html5lib.parse(self.text)

    @cached_property
    def _parents(self) -> dict[Element, Element]:
        return {child: parent for parent in self.tree.iter() for child in parent}

    def _above(self, element: Element) -> Iterator[Element]:
        while element in self._parents:
            element = self._parents[element]
            yield element

    def _off(self, element: Element) -> bool:
        """Whether a control is switched off, itself or by its group, or stands in a template that scripts copy."""
        above = list(self._above(element))
        off = "disabled" in element.attrib or any(
            each.tag == f"{HTML}fieldset" and "disabled" in each.attrib for each in above
        )
        return off or any(each.tag == f"{HTML}template" for each in above)

    @cached_property
    def forms(self) -> list[Form]:
        """The forms that send something, a control outside of its form in the one that it names."""
        every = [each for each in self.tree.iter(f"{HTML}form") if not self._off(each)]
        found = [each for each in every if each.get("method") != "dialog"]
        controls: dict[Element, list[Element]] = {each: [] for each in found}
        ids = {each.get("id"): each for each in found if each.get("id")}
        for element in self.tree.iter():
            if element.tag not in CONTROLS:
                continue
            around = next((each for each in self._above(element) if each.tag == f"{HTML}form"), None)
            owner = ids.get(element.get("form")) if element.get("form") else around
            if owner in controls and not self._off(element):
                controls[owner].append(element)
        return [Form(each, controls[each]) for each in found]

    def submit(
        self, label: str, typed: Mapping[str, Any] | None = None, *, within: str = "", to: str = "", **values: Any
    ) -> "Page":
        """Fills in the form of the button with this label, presses it, and returns the page that follows.

        `within` are words that stand nearest to the button meant, where several have one label; `to` is the address
        that its form leads to, with its query or without. `typed` is for names that are no identifiers.
        """
        form, button = self._button(label, within, to)
        return self.send(form, button, dict(typed or {}) | values)

    def send(self, form: Form, button: Element | None, values: Mapping[str, Any]) -> "Page":
        """Sends this form as the browser would when this button of it is pressed."""
        pressed = button if button is not None else form.element
        sent = form.sent(button, values)
        method = (pressed.get("formmethod") or form.method).casefold()
        address = self.leads_to(form, button)
        if method == "get":
            bare = urlunsplit(urlsplit(address)._replace(query=""))
            pairs = [(name, value) for name, value in sent if isinstance(value, str)]
            return self.client.get_page(bare, query_string=MultiDict(pairs), headers=self._headers)
        encoding = pressed.get("formenctype") or form.element.get("enctype") or URLENCODED
        if encoding != MULTIPART and any(not isinstance(value, str) for _, value in sent):
            refuse(f"the form at {address} has a file and cannot send it: it needs {MULTIPART}")
        answer = self.client.send_form(address, data=MultiDict(sent), content_type=encoding, headers=self._headers)
        return self.client.arrive(answer)

    @property
    def _headers(self) -> dict[str, str]:
        """What a browser says about where a form or a link stood."""
        return {"Referer": SITE + self.address, "Sec-Fetch-Site": "same-origin"}

    def leads_to(self, form: Form, button: Element | None) -> str:
        """The address that a form sends to."""
        action = (button is not None and button.get("formaction")) or form.element.get("action") or self.address
        return self._resolved(action)

    def _addresses(self, form: Form, button: Element | None) -> set[str]:
        """Where a form sends to, with its query and without."""
        whole = self.leads_to(form, button)
        return {whole, whole.partition("?")[0]}

    def _resolved(self, target: str) -> str:
        address = urldefrag(urljoin(SITE + self.address, target)).url
        return address.removeprefix(SITE) or "/"

    def _button(self, label: str, within: str, to: str) -> tuple[Form, Element]:
        every = [(form, button) for form in self.forms for button in form.buttons]
        named = [(form, button) for form, button in every if label in _names(button)]
        found = [each for each in named if not to or to in self._addresses(*each)]
        if not found:
            known = [(words(button), self.leads_to(form, button)) for form, button in every]
            refuse(f"no button {label!r} on {self.address}, only {known}")
        same = [(form.sent(button, {}), self.leads_to(form, button)) for form, button in found]
        if all(each == same[0] for each in same):
            return found[0]  # one thing in two places, as in the menu of a narrow page
        nearest = self._nearest([button for _, button in found], label, within)
        return next(each for each in found if each[1] is nearest)

    def _nearest(self, elements: list[Element], label: str, within: str) -> Element:
        """The one meant: the only one, or the one that the words stand nearest to."""
        if not within and len(elements) == 1:
            return elements[0]
        far = [(self._distance(each, within), each) for each in elements] if within else []
        least = min((steps for steps, _ in far if steps is not None), default=None)
        nearest = [each for steps, each in far if steps is not None and steps == least]
        if len(nearest) != 1:
            refuse(f"{len(nearest) or len(elements)} are called {label!r} on {self.address}: which one is meant?")
        return nearest[0]

    def _distance(self, element: Element, within: str) -> int | None:
        return next((steps for steps, each in enumerate(self._above(element)) if within in words(each)), None)

    @cached_property
    def links(self) -> list[Element]:
        return [each for each in self.tree.iter(f"{HTML}a") if each.get("href") and not self._off(each)]

    def target_of(self, link: Element) -> str:
        """The address that a link leads to."""
        return self._resolved(link.get("href") or "")

    def follow(self, label: str, *, within: str = "") -> "Page":
        """Uses the link with these words, and returns the page that it leads to."""
        found = [link for link in self.links if label in _names(link)]
        targets = {self.target_of(link) for link in found}
        if not found:
            refuse(f"no link {label!r} on {self.address}")
        link = found[0] if len(targets) == 1 else self._nearest(found, label, within)
        return self.client.get_page(self.target_of(link), headers=self._headers)


def _names(element: Element) -> set[str]:
    """What a button or a link is called: all of its words, or those that are seen."""
    spoken = element.get("aria-label") or (element.get("value") if element.tag == f"{HTML}input" else None)
    return {words(element), words(element, visible_only=True), *([spoken] if spoken else [])}
