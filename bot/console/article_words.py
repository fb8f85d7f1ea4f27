"""What the knowledge desk's own words are called on its pages, and an article's fields as people read them."""

from collections.abc import Mapping

from bot.console import labels
from bot.store.areas import AreaTree
from knowledge.article import Source, Validity
from knowledge.article_life import ArticleState
from knowledge.article_text import Writing

STATES: Mapping[ArticleState, str] = {
    ArticleState.DRAFT: "草稿",
    ArticleState.IN_REVIEW: "待审",
    ArticleState.PUBLISHED: "已发布",
    ArticleState.EXPIRED: "已过期",
    ArticleState.WITHDRAWN: "已撤下",
}
# What keeps an article from being handed over, and what a verdict should not be signed without, by field.
MISSING: Mapping[str, str] = {
    "issuer": "发布机构",
    "title": "标题或文号",
    "issued_on": "发布日期（不晚于今天）",
    "url": "网址或原文副本",
    "valid_to": "有效期（已经过了）",
}


def fields_of(writing: Writing, areas: AreaTree) -> dict[str, str]:
    """All that is approved, by the labels of the form."""
    article = writing.article
    code = article.scope.area_code
    return {
        "问题": article.question,
        "其他问法": "\n".join(article.phrasings),
        "答复": article.answer,
        "类别": labels.CATEGORIES[article.category],
        "适用地区": areas.full_name(code) if code and areas.get(code) else code or "全市",
        "有效期": validity_in_words(article.validity),
        **source_fields(article.source),
        "原文副本": writing.snapshot or "",
    }


def validity_in_words(validity: Validity) -> str:
    """Both days included."""
    return f"{validity.valid_from or '现在'} 至 {validity.valid_to or '另行通知'}"


def source_fields(source: Source | None) -> dict[str, str]:
    """All of a source, by the labels of the form."""
    return {
        "发布机构": source.issuer if source else "",
        "标题": source.title if source else "",
        "文号": source.document_number if source else "",
        "网址": source.url if source else "",
        "发布日期": str(source.issued_on or "") if source else "",
    }
