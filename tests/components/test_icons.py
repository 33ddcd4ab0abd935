"""Pages may only ask for icons that the build puts into the sprite."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASKED = re.compile(r"""\bicon(?:_name)?\s*[(=]\s*["']([a-z_]+)["']""")


def test_every_icon_that_a_page_asks_for_is_in_the_sprite() -> None:
    offered = set((ROOT / "app/assets/icons.txt").read_text().splitlines())
    asked = {
        (name, str(path.relative_to(ROOT)))
        for folder, pattern in ((ROOT / "app/templates", "*.html"), (ROOT / "app", "*.py"))
        for path in folder.rglob(pattern)
        for name in ASKED.findall(path.read_text())
    }
    assert asked, "nothing asks for an icon: the pattern of this test has gone stale"
    assert not [(name, where) for name, where in asked if name not in offered]
