"""The buttons and small forms on the page of a thing: which edition it was opened with, what was typed, and what became of it."""

from collections.abc import Callable, Mapping

from flask import request
from flask_wtf import FlaskForm
from werkzeug.exceptions import BadRequest
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from bot.console.visit import Visit
from bot.errors import Unacceptable

MOST_DIGITS = 9
ANY_FAULT = "填写有误，请核对。"


class ReasonForm(FlaskForm):
    """Why something is taken back or ended; it stays in the trail."""

    reason = StringField(
        validators=[DataRequired("请写明原因"), Length(max=500, message="请不要超过 500 字")]
    )


def edition() -> int:
    """Which edition the form was opened with. Raises BadRequest for none."""
    given = request.form.get("edition", "")
    if not is_number(given):
        raise BadRequest
    return int(given)


def is_number(typed: str) -> bool:
    """Whether it is a number that a row could have: longer ones no column takes."""
    return typed.isdecimal() and len(typed) <= MOST_DIGITS


def said(name: str) -> str:
    """What was typed into a field."""
    return request.form.get(name, "").strip()


def complain(visit: Visit, error: Unacceptable, faults: Mapping[str, str]) -> None:
    """Say above the next page what was wrong; `faults`: what each is called, by the office's name of the field."""
    for field in error.faults:
        visit.say(faults.get(field, ANY_FAULT), "danger")


def attempt(visit: Visit, work: Callable[[], object], sentence: str, faults: Mapping[str, str]) -> None:
    """Do it, and say above the next page that it was done, or what was wrong."""
    try:
        work()
    except Unacceptable as error:
        complain(visit, error, faults)
    else:
        visit.say(sentence)
