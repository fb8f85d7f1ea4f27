"""A source, validity and scope between the domain and the columns that articles and claims share."""

from bot.store.tables import ArticleRow, ClaimRow
from knowledge.article import Article, Scope, Source, Validity
from knowledge.claim import Claim


def source_of(row: ArticleRow | ClaimRow) -> Source | None:
    """The row's source; None when nobody is named."""
    if row.source_issuer is None:
        return None
    return Source(
        issuer=row.source_issuer,
        title=row.source_title,
        document_number=row.source_document_number,
        url=row.source_url,
        issued_on=row.source_issued_on,
    )


def validity_of(row: ArticleRow | ClaimRow) -> Validity:
    """From when until when it holds."""
    return Validity(row.valid_from, row.valid_to)


def dated_columns(item: Article | Claim) -> dict[str, object]:
    """The shared columns' values."""
    source = item.source
    return {
        "source_issuer": source.issuer if source else None,
        "source_title": source.title if source else "",
        "source_document_number": source.document_number if source else "",
        "source_url": source.url if source else "",
        "source_issued_on": source.issued_on if source else None,
        "valid_from": item.validity.valid_from,
        "valid_to": item.validity.valid_to,
        "area_code": item.scope.area_code,
    }


def scope_of(row: ArticleRow | ClaimRow) -> Scope:
    """Where it holds."""
    return Scope(row.area_code)
