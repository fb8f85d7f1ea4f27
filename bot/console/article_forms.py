"""The form in which an article is written, with the copy of its source; filled from what stands, and read back."""

from collections.abc import Mapping
from datetime import date

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, Regexp

from bot.console import labels
from bot.console.options import options, places
from bot.errors import Unacceptable
from bot.office.act import Act
from bot.office.snapshots import LARGEST, Copy
from knowledge.article import Article, Category, Scope, Source, Validity
from knowledge.article_text import (
    LONGEST_ANSWER,
    LONGEST_IN_SOURCE,
    LONGEST_PHRASING,
    LONGEST_QUESTION,
    MOST_PHRASINGS,
    phrasings_from,
)

# The office's faults in the words of the form, by field.
FAULTS: Mapping[str, str] = {
    "question": f"请写问题，最多 {LONGEST_QUESTION} 字",
    "answer": f"请写答复，最多 {LONGEST_ANSWER} 字",
    "phrasings": f"最多 {MOST_PHRASINGS} 行，每行最多 {LONGEST_PHRASING} 字",
    "issuer": "请写明依据由谁发布",
    "title": "标题和文号至少写一个",
    "document_number": "文号太长",
    "url": "请写网址（http:// 或 https:// 开头），或上传、粘贴一份原文",
    "issued_on": "发布日期不能晚于今天",
    "valid_to": "结束日期早于开始日期，或已经过了",
    "area_code": "没有这个地方，或不在您的负责范围内",
    "file": "只收 5 MB 以内的 PDF、PNG、JPEG、网页或文本",
}
PASTED = "text/plain"


def _plain(typed: str | None) -> str:
    """One way of ending a line: the same words give the same bytes whichever browser sent them."""
    return (typed or "").replace("\r\n", "\n").strip()


class ArticleForm(FlaskForm):
    """Everything but the words may wait until it is handed over."""

    edition = HiddenField()
    question = StringField(
        validators=[
            DataRequired(FAULTS["question"]),
            Length(max=LONGEST_QUESTION, message=FAULTS["question"]),
        ]
    )
    phrasings = TextAreaField()
    answer = TextAreaField(
        filters=[_plain],
        validators=[DataRequired(FAULTS["answer"]), Length(max=LONGEST_ANSWER, message=FAULTS["answer"])],
    )
    category = SelectField(choices=options(labels.CATEGORIES), default=Category.OTHER.value)
    area_code = SelectField(validate_choice=False)
    issuer = StringField(validators=[Length(max=LONGEST_IN_SOURCE["issuer"], message="太长了")])
    title = StringField(validators=[Length(max=LONGEST_IN_SOURCE["title"], message="太长了")])
    document_number = StringField(
        validators=[Length(max=LONGEST_IN_SOURCE["document_number"], message="太长了")]
    )
    url = StringField(
        validators=[
            Optional(),
            Length(max=LONGEST_IN_SOURCE["url"], message="太长了"),
            Regexp(r"^https?://", message="请以 http:// 或 https:// 开头"),
        ]
    )
    issued_on = DateField(validators=[Optional()])
    valid_from = DateField(validators=[Optional()])
    valid_to = DateField(validators=[Optional()])
    file = FileField()
    pasted = TextAreaField()
    note = StringField(validators=[Length(max=500, message="请不要超过 500 字")])

    def offer_places(self, act: Act, *, chosen: str = "") -> None:
        """The places to choose from; the one that is chosen stays among them, be it a village."""
        offered = places(act.areas, within=act.member.area_code)
        if chosen and chosen not in {choice.value for choice in offered}:
            offered += options([(chosen, act.areas.full_name(chosen))])
        self.area_code.choices = offered

    def is_good(self) -> bool:
        """Whether all can be taken as entered; the fields say what cannot."""
        good = self.validate()
        for field in (self.issued_on, self.valid_from, self.valid_to):
            if field.process_errors and any(map(str.strip, field.raw_data or ())):
                field.errors = ["日期的写法读不懂，请从日历里选"]
        if self._names_source() and not (self.issuer.data or "").strip():
            self.issuer.errors = [FAULTS["issuer"]]
            good = False
        return good

    def article(self, article_id: str) -> Article:
        """As the office takes it."""
        return Article(
            id=article_id,
            question=" ".join(_plain(self.question.data).split()),
            answer=_plain(self.answer.data),
            phrasings=phrasings_from(self.phrasings.data or ""),
            source=self._source(),
            validity=Validity(_day(self.valid_from.data), _day(self.valid_to.data)),
            scope=Scope(self.area_code.data or ""),
            category=Category(self.category.data),
        )

    @property
    def file_was_sent(self) -> bool:
        """Whether a file came with it: a browser does not choose it again by itself."""
        return isinstance(self.file.data, FileStorage) and bool(self.file.data.filename)

    def copy(self) -> Copy | None:
        """An uploaded file, or the page as it was pasted; None for neither."""
        file = self.file.data
        if isinstance(file, FileStorage) and file.filename:
            return Copy(file.stream.read(LARGEST + 1), file.mimetype, file.filename)
        pasted = (self.pasted.data or "").strip()
        return Copy(pasted.encode("utf-8", "replace"), PASTED) if pasted else None

    def mark(self, error: Unacceptable) -> None:
        """Say at its field what the office did not accept."""
        for name in error.faults:
            field = self[name] if name in FAULTS else self.question
            field.errors = [FAULTS.get(name, "填写有误，请核对")]

    def _names_source(self) -> bool:
        return any(
            (field.data or "").strip() for field in (self.issuer, self.title, self.document_number, self.url)
        )

    def _source(self) -> Source | None:
        if not self._names_source():
            return None
        return Source(
            _plain(self.issuer.data),
            title=_plain(self.title.data),
            document_number=_plain(self.document_number.data),
            url=_plain(self.url.data),
            issued_on=_day(self.issued_on.data),
        )


def filled(article: Article, *, edition: int) -> ArticleForm:
    """The form with an article as it stands."""
    source = article.source
    return ArticleForm(
        formdata=None,
        data={
            "edition": edition,
            "question": article.question,
            "phrasings": "\n".join(article.phrasings),
            "answer": article.answer,
            "category": article.category.value,
            "area_code": article.scope.area_code,
            "issuer": source.issuer if source else "",
            "title": source.title if source else "",
            "document_number": source.document_number if source else "",
            "url": source.url if source else "",
            "issued_on": source.issued_on if source else None,
            "valid_from": article.validity.valid_from,
            "valid_to": article.validity.valid_to,
        },
    )


def _day(entered: object) -> date | None:
    return entered if isinstance(entered, date) else None
