"""The page of the tests does what a browser does, and refuses what a person could not do."""

from functools import partial
from io import BytesIO

import pytest
from flask import Flask, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from tests.checked import CheckedClient
from tests.page import NotOnThePage, Page

FORMS = """<!doctype html><html lang="en"><head><title>Forms</title></head><body><h1>Forms</h1>
<a href="/second">Next<span class="usa-sr-only"> page</span></a>
<form method="post" action="/sent">
  <input type="hidden" name="key" value="a"><input type="hidden" name="key" value="b">
  <input name="town" value="Ames"><input name="fixed" value="1" readonly><input name="off" value="1" disabled>
  <textarea name="note">
one
two</textarea>
  <input type="checkbox" name="kept" value="x" checked><input type="checkbox" name="kept" value="y">
  <input type="radio" name="way" value="up"><input type="radio" name="way" value="down" checked>
  <select name="state"><option value="">Choose</option><option>Texas</option><option value="IA" selected>Iowa</option>
  </select><input type="date" name="day">
  <fieldset disabled><legend>Off</legend><input name="grouped" value="1"></fieldset>
  <button name="then" value="stay">Save</button><button type="button" name="no" value="1">Show</button>
  <button name="then" value="go" formaction="/elsewhere">Go</button>
</form><input name="outside" value="o" form="second">
<ul><li>Pat <form method="post" id="second" action="/pat"><button>Remove</button></form></li>
<li>Kim <form method="post" action="/kim"><button>Remove</button></form></li></ul>
<form method="post" action="/sent" enctype="multipart/form-data"><input type="file" name="paper"><button>Attach</button>
</form><form method="get" action="/list?old=1"><input name="q"><button>Search</button></form></body></html>"""


@pytest.fixture
def shown() -> Page:
    app = Flask(__name__)
    app.test_client_class = CheckedClient

    @app.route("/", methods=["GET", "POST"])
    def forms() -> ResponseReturnValue:
        return FORMS

    @app.post("/<where>")
    def taken(where: str) -> ResponseReturnValue:
        files = {name: [file.filename for file in request.files.getlist(name)] for name in request.files}
        return jsonify(where=where, referer=request.referrer, **request.form.to_dict(flat=False), **files)

    @app.get("/<where>")
    def read(where: str) -> ResponseReturnValue:
        return redirect("/list?q=again") if where == "second" else jsonify(where=where, **request.args)

    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client.get_page("/")


def test_nothing_is_sent_past_a_page_unsaid(shown: Page) -> None:
    for send in (shown.client.post, partial(shown.client.open, method="POST")):
        with pytest.raises(AssertionError, match="say with `craft_post`"):
            send("/sent", data={"town": "Ames"})
    crafted = shown.client.craft_post("/sent", data={"town": "Ames"}, token=False)
    assert crafted.json == {"where": "sent", "referer": None, "town": ["Ames"]}


def test_a_form_is_sent_with_everything_that_stands_in_it(shown: Page) -> None:
    assert shown.submit("Save").response.json == {
        "where": "sent", "referer": "http://localhost/", "key": ["a", "b"], "town": ["Ames"], "fixed": ["1"],
        "note": ["one\r\ntwo"], "kept": ["x"], "way": ["down"], "state": ["IA"], "day": [""], "then": ["stay"],
    }  # fmt: skip


def test_what_is_typed_and_chosen_takes_the_place_of_what_stood_there(shown: Page) -> None:
    typed = {"town": "Iowa City", "kept": ["y"], "way": "up", "state": "Texas", "day": "2027-01-04"}
    sent = shown.submit("Go", typed).response.json
    assert sent is not None
    assert {name: sent[name] for name in typed} == {
        "town": ["Iowa City"], "kept": ["y"], "way": ["up"], "state": ["Texas"], "day": ["2027-01-04"],
    }  # fmt: skip
    assert (sent["where"], sent["then"]) == ("elsewhere", ["go"])


@pytest.mark.parametrize(
    "typed",
    [
        {"nothing": "1"}, {"key": "c"}, {"fixed": "2"}, {"off": "2"}, {"grouped": "2"}, {"state": "Ohio"},
        {"way": "left"}, {"kept": ["z"]}, {"kept": True}, {"day": "tomorrow"}, {"then": "go"},
    ],
)  # fmt: skip
def test_what_a_person_could_not_do_is_refused(shown: Page, typed: dict[str, object]) -> None:
    with pytest.raises(NotOnThePage):
        shown.submit("Save", typed)


def test_the_button_meant_must_be_plain(shown: Page) -> None:
    for label in ("Remove", "Show", "Send"):
        with pytest.raises(NotOnThePage):
            shown.submit(label)
    assert shown.submit("Remove", within="Kim").response.json == {"where": "kim", "referer": "http://localhost/"}
    assert shown.submit("Remove", to="/pat", outside="p").response.json["outside"] == ["p"]  # type: ignore[index] # an object


def test_files_go_only_where_the_form_can_carry_them(shown: Page) -> None:
    assert shown.submit("Attach").response.json["paper"] == [""]  # type: ignore[index] # an object
    sent = shown.submit("Attach", paper=(BytesIO(b"x"), "letter.pdf")).response.json
    assert sent is not None
    assert sent["paper"] == ["letter.pdf"]
    shown.forms[-2].element.set("enctype", "text/plain")
    with pytest.raises(NotOnThePage):
        shown.submit("Attach")


def test_a_search_and_a_link_lead_where_a_browser_would_go(shown: Page) -> None:
    assert shown.submit("Search", q="jail").response.json == {"where": "list", "q": "jail"}
    followed = shown.follow("Next")
    assert (followed.address, followed.status_code, len(followed.came_by)) == ("/list?q=again", 200, 1)
    with pytest.raises(NotOnThePage):
        shown.follow("Elsewhere")
