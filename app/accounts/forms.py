"""The forms of accounts."""

from wtforms import HiddenField, PasswordField

from app.forms import BaseForm, EmailField, required


class SignInForm(BaseForm):
    """Address and password, and the page that was asked for."""

    email = EmailField("Work e-mail address", validators=[required("Enter your e-mail address.")])
    password = PasswordField("Password", validators=[required("Enter your password.")])
    next = HiddenField()
