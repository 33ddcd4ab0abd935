"""The public finder: which programs fit, from a dozen questions, without an account and without storing anything.

Everything stands in the address: `topic` up to three times, each answer under its question's key (a question with
several answers repeats its key), and `more` for questions asked beyond those of the topics. "Start a request with
these answers" leads to the new request with `from=finder` and the same keys, through sign-in where that is needed.
"""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, render_template, request, url_for

from app.needs.consistency import contradictions_in
from app.needs.finder_questions import MOST_TOPICS, TOPICS, next_questions, questions_for
from app.needs.questions import QUESTIONS, Answers, Question
from app.needs.scoring import rank
from app.programs.catalog import CATALOG
from app.programs.finder_result import grouped_result, measure_words
from app.programs.forms import AnswersForm, TopicsForm, answers_form
from app.security import Page, public

blueprint = Blueprint("finder", __name__, url_prefix="/finder")
TOPIC_KEYS = {topic.key for topic in TOPICS}
HINTS = {topic.key: topic.hint for topic in TOPICS}


@blueprint.get("")
@public
def start() -> str:
    """First: what the problems are, up to three."""
    chosen = TopicsForm(formdata=None, meta={"csrf": False}, data={"topic": _topics()})
    return render_template("programs/finder.html", form=chosen, hints=HINTS)


@blueprint.get("/questions")
@public
def questions() -> Page:
    """Then: the questions that those problems and the gates need."""
    form = TopicsForm(formdata=request.args, meta={"csrf": False})
    if not form.validate():
        return render_template("programs/finder.html", form=form, hints=HINTS), 422
    return _ask(answers_form(_asked(), request.args))


@blueprint.get("/result")
@public
def result() -> Page:
    """Every entry in order, with reasons; nothing is kept."""
    asked = _asked()
    form = answers_form(asked, request.args)
    return _result_page(asked, form.answers) if form.validate() else (_ask(form), 422)


def _result_page(asked: Collection[Question], answers: Answers) -> str:
    ranking = rank(answers, CATALOG.scores)
    known = [key for key, value in answers.items() if QUESTIONS[key].is_known(value)]
    return render_template(
        "programs/finder_result.html",
        ranking=ranking,
        groups=grouped_result(ranking),
        answers=[(QUESTIONS[key].short, QUESTIONS[key].words(value)) for key, value in answers.items()],
        known=len(known),
        asked=len(asked),
        warnings=contradictions_in(answers),
        ask_next=[(question.short, _again(answers, question)) for question in next_questions(answers, ranking, 3)],
        carry=url_for("agency_requests.new_request", **{"from": "finder"}, **_plain(answers)),
        again=_again(answers),
        scores=CATALOG.scores,
        catalog=CATALOG,
    )


@blueprint.get("/weights")
@public
def weights() -> str:
    """Every weight, low and high of the score, with what is inferred."""
    return render_template("programs/weights.html", scores=CATALOG.scores, questions=QUESTIONS, measure=measure_words)


def _topics() -> list[str]:
    """The problems that the address names, as many as the finder takes."""
    return [topic for topic in dict.fromkeys(request.args.getlist("topic")) if topic in TOPIC_KEYS][:MOST_TOPICS]


def _asked() -> tuple[Question, ...]:
    """The questions of the topics, and whatever else the address answers or wants to answer: nothing typed is lost."""
    topics = _topics()
    keys = {question.key for question in questions_for(topics, CATALOG.scores)} if topics else set()
    keys |= {*request.args, *request.args.getlist("more")}
    return tuple(each for each in QUESTIONS.values() if each.key in keys and each.asked_of == "agency")


def _ask(form: AnswersForm) -> str:
    return render_template("programs/finder_questions.html", form=form, questions=QUESTIONS, topics=_topics())


def _again(answers: Answers, question: Question | None = None) -> str:
    """The address that asks again with these answers filled in, at one more question if there is one."""
    topics = _topics()
    more = [each for each in request.args.getlist("more") if each in QUESTIONS]
    if question is None:
        return url_for(".questions" if topics else ".start", topic=topics, more=more, **_plain(answers))
    anchor = f"{question.key}-0" if question.choices else question.key
    # Without topics there is no list of questions to go back to, so the problem of the question becomes the topic.
    topics = topics or ([question.group] if question.group in TOPIC_KEYS else [TOPICS[0].key])
    more = list(dict.fromkeys([*more, question.key]))
    return url_for(".questions", topic=topics, more=more, **_plain(answers), _anchor=anchor)


def _plain(answers: Answers) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in answers.items()}
