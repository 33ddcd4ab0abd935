"""One spelling, the American one, in names, pages, comments and documents."""

import re
from pathlib import Path
from typing import Final

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS: Final = ("app", "bench", "docs", "migrations", "scripts", "tests")
KINDS: Final = {".py", ".html", ".md", ".toml", ".typ", ".scss", ".js", ".mjs"}
# Keys agreed with others, a value of the iCalendar standard, names of libraries, and what the glossary says not to use.
AGREED: Final = re.compile(r"offence_focus|catalogue_version|CANCELLED|Traveller|\| finalise \|")
BRITISH: Final = re.compile(
    r"""
      \w*(?:aerodrome|ageing|aluminium|artefact|behaviour|catalogue|centre\b|cheque|colour|defence|draught)\w*
    | \w*(?:endeavour|enquir|favour|fulfil(?:s|ment)?\b|grey\b|harbour|honour|judgement|labour|licence|manoeuvr)\w*
    | \w*(?:neighbour|offence|plough|practise|programme\b|programmes\b|rumour|sceptic|whilst|amongst|learnt|spelt)\w*
    | \w*(?:travell|cancell|labell|modell|signall|totall|counsell|fuell|levell|marshall)(?:ed|ing|er)s?\b
    | \w*(?:organ|author|recogn|summar|initial|normal|serial|final|util|special|prior|critic|emphas|minim|maxim
          |standard|categor|apolog|character|general|central|local|real|visual|custom|random|synchron)is(?:e|es|ed|ing|ation)\b
    | \w*analys(?:e|ed|es|ing)\b(?<!\banalyses)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def written() -> list[Path]:
    folders = [
        path for name in ("app", "docs", "tests", "scripts", "migrations", "bench") for path in (ROOT / name).rglob("*")
    ]
    files = [path for path in [*folders, *ROOT.iterdir()] if path.suffix in KINDS and path != Path(__file__)]
    return [path for path in files if not {"dist", "data"} & set(path.relative_to(ROOT).parts)]


def test_nothing_is_spelled_the_british_way() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): words
        for path in written()
        if (words := BRITISH.findall(AGREED.sub("", path.read_text(encoding="utf-8"))))
    }
    assert found == {}


@pytest.mark.parametrize("word", ["organisation", "Behaviour", "recolour", "cancelled", "catalogue", "analysed"])
def test_it_would_be_found(word: str) -> None:
    assert BRITISH.search(word)


@pytest.mark.parametrize("word", ["organization", "canceled", "excellent", "analyses", "localized", "promise"])
def test_what_is_american_is_not(word: str) -> None:
    assert not BRITISH.search(word)
