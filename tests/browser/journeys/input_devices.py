"""How somebody works a page: with a pointer, or with nothing but a keyboard that shows where it is."""

from datetime import date
from typing import Protocol

from playwright.sync_api import ElementHandle, Locator, Page

MOST_STOPS = 250
NEXT = {"before": "Tab", "after": "Shift+Tab", "among": "ArrowDown"}  # from there to the control

# Where the focus is, seen from a control, and what is wrong with how the page shows it (WCAG 2.4.7 and 2.4.11).
FOCUS = """target => {
    const at = document.activeElement;
    if (!at || at === document.body) return { where: "before", wrong: "", words: "" };
    const off = at.labels?.[0] && at.getBoundingClientRect().right < 0;  // USWDS draws these in their label
    const drawn = off ? at.labels[0] : at;
    const outline = getComputedStyle(drawn, off ? "::before" : null);
    const seen = [...drawn.getClientRects()].some(box => [0.5, 0.1, 0.9].some(part => {
        const [top, foot] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
        const hit = document.elementFromPoint(box.left + box.width * part, top + (foot - top) * part);
        return hit && (drawn.contains(hit) || hit.contains(drawn));
    }));
    const isCalendar = at.type === "date" && !at.matches(":focus");  // the browser's own button shows its own ring
    const isShown = isCalendar || (outline.outlineStyle !== "none" && parseFloat(outline.outlineWidth) > 0);
    const wrong = !isShown ? "does not show its focus" : !seen ? "is hidden while it has the focus" : "";
    const words = `${at.tagName.toLowerCase()} ${at.id} ${(drawn.innerText || at.name || "").trim().slice(0, 60)}`;
    if (!target) return { wrong, words };
    if (at === target) return { where: "here", wrong, words };
    if (at.type === "radio" && target.type === "radio" && at.name === target.name && at.form === target.form)
        return { where: "among", wrong, words };
    const follows = target.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING;
    return { where: follows ? "after" : "before", wrong, words };
}"""


class Hand(Protocol):
    """What a person does with the controls of a page."""

    def press(self, control: Locator) -> None:
        """Uses a link, a button or what opens a fold."""

    def fill(self, control: Locator, text: str) -> None:
        """Writes into a field, in place of what is there; a date as 2027-01-29."""

    def mark(self, control: Locator) -> None:
        """Chooses a radio button or ticks a box."""

    def pick(self, control: Locator, words: str) -> None:
        """Chooses the option with these words from a list."""


class Pointer:
    """A mouse or a finger: whatever is in the way of it, or off the page, cannot be used."""

    def press(self, control: Locator) -> None:
        control.click()

    def fill(self, control: Locator, text: str) -> None:
        control.fill(text)

    def mark(self, control: Locator) -> None:
        if not control.is_checked():
            control.page.locator(f"label[for='{control.get_attribute('id')}']").click()

    def pick(self, control: Locator, words: str) -> None:
        control.select_option(label=option(control, words))


class Keys:
    """Tab and Shift+Tab from control to control, then Enter, Space, arrows and letters: never a click."""

    def press(self, control: Locator) -> None:
        self.reach(control)
        control.page.keyboard.press("Enter")

    def fill(self, control: Locator, text: str) -> None:
        target = self.reach(control)
        if target.get_attribute("type") == "date":
            self._go_to_the_month(target, control.page)
            control.page.keyboard.type(f"{date.fromisoformat(text):%m%d%Y}")
        else:
            control.page.keyboard.press("Control+A")
            control.page.keyboard.type(text)

    def _go_to_the_month(self, target: ElementHandle, page: Page) -> None:
        """A date has a stop for its month, day, year and calendar; somebody may have come to it from behind."""
        while target.evaluate("e => e === document.activeElement"):
            page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")

    def mark(self, control: Locator) -> None:
        target = self.reach(control)
        if not target.is_checked():
            control.page.keyboard.press("Space")
        assert target.is_checked()

    def pick(self, control: Locator, words: str) -> None:
        self.reach(control)
        wanted = option(control, words)
        control.page.keyboard.type(wanted)
        assert control.locator("option:checked").inner_text().strip() == wanted

    def reach(self, control: Locator) -> ElementHandle:
        """Goes to the control by the shorter way; every stop on it shows that it has the focus."""
        page, target = control.page, control.element_handle()
        assert target
        stops = []
        for _ in range(MOST_STOPS):
            focus = page.evaluate(FOCUS, target)
            assert not focus["wrong"], f"{page.url}: {focus['words']} {focus['wrong']}"
            if focus["where"] == "here":
                return target
            stops.append(focus["words"])
            page.keyboard.press(NEXT[focus["where"]])
        raise AssertionError(f"{page.url}: no Tab leads to {control}; it came by {stops[-8:]}")


def walk(page: Page) -> list[str]:
    """Goes through a page by Tab from its first stop to its last, and tells what is wrong with how it shows them."""
    wrong = []
    for _ in range(MOST_STOPS * 2):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS, None)
        if not focus["words"]:
            return wrong
        if focus["wrong"]:
            wrong.append(f"{focus['words']} {focus['wrong']}")
    raise AssertionError(f"{page.url}: the keyboard never comes out of the page")


def option(control: Locator, words: str) -> str:
    """The whole label of the first option with these words."""
    return control.locator("option", has_text=words).first.inner_text().strip()
