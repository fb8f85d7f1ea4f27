"""An article's way to the public by two people, and back: written, handed over, published, withdrawn, restored.

Everybody's edits go to one version that stands beside what is public. Whoever wrote or submitted any of it cannot publish it;
what is published is the fingerprint the second person saw. Every change takes the edition the form was opened with.
"""

from collections.abc import Mapping
from dataclasses import replace

from bot.access import Permission
from bot.errors import Conflict, Stale, Unacceptable
from bot.messages import Work
from bot.office import snapshots
from bot.office.act import Act
from bot.office.approvals import ruled
from bot.office.articles import find_version, hold, require_place, subject
from bot.office.snapshots import Copy
from bot.store import article_files, article_versions, question_groups
from bot.store.article_files import ArticleFile
from bot.store.article_versions import ArticleVersion
from knowledge import approval
from knowledge.article import Article
from knowledge.article_life import ArticleState, ArticleStep, ArticleStepRefused, after
from knowledge.article_text import Writing, day_faults_of, draft_faults_of, faults_of, fingerprint


def create(act: Act, article: Article, *, copy: Copy | None = None) -> ArticleFile:
    """A new draft of which `article` is the text; its id is given here. Raises Unacceptable."""
    act.require(Permission.ARTICLE_WRITE)
    writing = _fit_to_keep(act, replace(article, id=_name(act, article)), copy, None)
    file = article_files.open_article(
        act.session, writing.article.id, writing, owner=act.member.name, now=act.now
    )
    writing = replace(writing, article=replace(writing.article, id=file.id))
    _write(act, file, writing, note="")
    act.note("article.create", subject(file.id), detail={"fingerprint": fingerprint(writing)})
    return file


def edit(
    act: Act,
    article_id: str,
    edition: int,
    article: Article,
    *,
    copy: Copy | None = None,
    note: str = "",
) -> ArticleFile:
    """Write it anew: whatever was handed over before is void, what is public stays. Raises Unacceptable, Stale."""
    act.require(Permission.ARTICLE_WRITE)
    file = hold(act, article_id, edition)
    before = _waiting(act, file)
    kept = before.writing.snapshot if before else file.snapshot
    writing = _fit_to_keep(act, replace(article, id=article_id), copy, kept)
    return _edited(act, file, writing, "article.edit", note=note.strip())


def restore(act: Act, article_id: str, edition: int, *, number: int) -> ArticleFile:
    """An earlier version as what is being written; it takes the same way to the public as anything else, and whoever
    wrote it then is one of its authors now.
    """
    act.require(Permission.ARTICLE_WRITE)
    version = find_version(act, article_id, number)
    file = hold(act, article_id, edition)
    require_place(act, version.writing.article.scope.area_code)
    return _edited(
        act,
        file,
        version.writing,
        "article.restore",
        note=f"version {number}",
        words_of=version.pending.authors,
    )


def submit(act: Act, article_id: str, edition: int, *, seen: str) -> ArticleFile:
    """Hand the bytes with this fingerprint to a second person. Raises Unacceptable when something is missing."""
    act.require(Permission.ARTICLE_WRITE)
    file = hold(act, article_id, edition)
    written = _written(act, file)
    moved = _moved(file, ArticleStep.SUBMIT)
    _require_whole(act, written.writing)
    pending = ruled(lambda: approval.submitted(written.pending, seen, by=act.member.name))
    article_versions.save_pending(act.session, written, pending, note=written.note)
    return _save(act, moved, "article.submit", detail={"fingerprint": seen})


def send_back(act: Act, article_id: str, edition: int, *, reason: str) -> ArticleFile:
    """Back to its authors, with a reason they can act on."""
    act.require(Permission.ARTICLE_APPROVE)
    told = _required(reason)
    file = hold(act, article_id, edition)
    written = _written(act, file)
    if written.pending.submitted_by is None:
        raise Conflict(f"article {article_id} has not been handed over")
    moved = _moved(file, ArticleStep.SEND_BACK)
    article_versions.save_pending(act.session, written, approval.sent_back(written.pending), note=told)
    return _save(act, moved, "article.send_back", reason=told)


def publish(act: Act, article_id: str, edition: int, *, seen: str) -> ArticleFile:
    """A second person's yes to the bytes with this fingerprint: residents are told them from now on, and whoever asked in
    a group it was written for hears of it. Raises Conflict (also for an author), Stale, Unacceptable.
    """
    act.require(Permission.ARTICLE_APPROVE)
    file = hold(act, article_id, edition)
    written = _written(act, file)
    require_place(act, written.writing.article.scope.area_code)
    moved = _moved(file, ArticleStep.PUBLISH)
    _require_whole(act, written.writing)
    if fingerprint(written.writing) != written.pending.fingerprint:
        raise Stale("what is stored is not what was written; it must be written and handed over again")
    pending = ruled(lambda: approval.approved(written.pending, seen, by=act.member.name, at=act.now))
    ruled(lambda: approval.require_approved(pending, seen))
    article_versions.save_pending(act.session, written, pending, note=written.note)
    told = article_files.publish(act.session, moved, written.writing, now=act.now)
    article_versions.mark_published(act.session, article_id, told.version, now=act.now)
    act.note("article.publish", subject(article_id), detail={"version": told.version, "fingerprint": seen})
    if question_groups.start_telling(act.session, article_id):
        # May be taken up before this transaction commits; the scheduler's nudge gives the hint again.
        act.runtime.enqueue(Work.ANSWERS)
    return told


def withdraw(act: Act, article_id: str, edition: int, *, reason: str) -> ArticleFile:
    """Take it back: like a halt, one person is enough. Of a public one whoever may publish; a draft its writers too."""
    act.require(Permission.ARTICLE_WRITE)
    told = _required(reason)
    file = hold(act, article_id, edition)
    if file.state in {ArticleState.PUBLISHED, ArticleState.EXPIRED}:
        act.require(Permission.ARTICLE_APPROVE)
    moved = _moved(file, ArticleStep.WITHDRAW)
    written = _waiting(act, file)
    if written is not None:
        article_versions.save_pending(act.session, written, approval.sent_back(written.pending), note=told)
    question_groups.release(act.session, article_id)
    return _save(act, moved, "article.withdraw", reason=told)


def drop(act: Act, article_id: str, edition: int, *, reason: str) -> ArticleFile:
    """Give up what is being written for an article that stays as it is."""
    act.require(Permission.ARTICLE_WRITE)
    told = _required(reason)
    file = hold(act, article_id, edition)
    written = _written(act, file)
    moved = _moved(file, ArticleStep.DROP)
    article_versions.drop_version(act.session, article_id, written.number)
    return _save(act, moved, "article.drop", reason=told)


def _edited(
    act: Act,
    file: ArticleFile,
    writing: Writing,
    action: str,
    *,
    note: str,
    words_of: frozenset[str] = frozenset(),
) -> ArticleFile:
    moved = _moved(file, ArticleStep.EDIT)
    _write(act, file, writing, note=note, words_of=words_of)
    shown = article_files.show_draft(act.session, moved, writing)
    return _save(act, shown, action, detail={"fingerprint": fingerprint(writing)})


def _write(
    act: Act, file: ArticleFile, writing: Writing, *, note: str, words_of: frozenset[str] = frozenset()
) -> None:
    before = _waiting(act, file)
    pending = approval.edited(before.pending if before else None, fingerprint(writing), by=act.member.name)
    pending = replace(pending, authors=pending.authors | words_of)
    article_versions.write_version(
        act.session, file.id, file.version + 1, writing, pending, note=note, now=act.now
    )


def _fit_to_keep(act: Act, article: Article, copy: Copy | None, kept: str | None) -> Writing:
    """What is to be written, with the copy of its source. `kept`: that of the version before."""
    faults = _as_of_today(act, article) | draft_faults_of(article)
    code = article.scope.area_code
    if code and act.areas.get(code) is None:
        faults["area_code"] = "there is no such area"
    if faults:
        raise Unacceptable(faults)
    require_place(act, code)
    url = article.source.url if article.source else ""
    return Writing(article, snapshots.keep(act, copy, url=url) if copy else kept)


def _require_whole(act: Act, writing: Writing) -> None:
    faults = faults_of(writing) | _as_of_today(act, writing.article)
    if faults:
        raise Unacceptable(faults)


def _as_of_today(act: Act, article: Article) -> dict[str, str]:
    return day_faults_of(article.source, article.validity, day=act.today)


def _waiting(act: Act, file: ArticleFile) -> ArticleVersion | None:
    return article_versions.find_version(act.session, file.id, file.version + 1)


def _written(act: Act, file: ArticleFile) -> ArticleVersion:
    written = _waiting(act, file)
    if written is None:
        raise Conflict(f"nothing is being written for article {file.id}")
    return written


def _moved(file: ArticleFile, step: ArticleStep) -> ArticleFile:
    try:
        return replace(file, state=after(file.state, step))
    except ArticleStepRefused as refused:
        raise Conflict(str(refused)) from None


def _save(
    act: Act, file: ArticleFile, action: str, *, reason: str = "", detail: Mapping[str, object] | None = None
) -> ArticleFile:
    saved = article_files.save_file(act.session, file, now=act.now)
    act.note(action, subject(file.id), reason=reason, detail=detail)
    return saved


def _required(reason: str) -> str:
    if not reason.strip():
        raise Unacceptable({"reason": "must be said"})
    return reason.strip()


def _name(act: Act, article: Article) -> str:
    return f"{article.category}-{act.today:%Y%m%d}"
