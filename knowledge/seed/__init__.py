"""Starter content in our own words: what a fresh installation answers before the bureau enters its own articles.

Folders of TOML files, one `[[…]]` table per entry. Whatever is local is made up, says 示例 in its source's title, and is
dated by `*_days` relative to the day it is loaded, so that a demo shows rules that hold and rules that run out.
"""
