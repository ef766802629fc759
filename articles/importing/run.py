"""A whole import: read, group, match, convert, save; one bad file never stops the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from articles.document.parse import parse
from articles.importing.conversion import Converted, Surroundings, convert
from articles.importing.files import markdown_files, printable, read_source
from articles.importing.groups import Group, group_pages
from articles.importing.locale_names import take_locale
from articles.importing.matching import Match, match_groups
from articles.importing.options import Options
from articles.importing.pages import Page, read_page
from articles.importing.pictures import Pictures
from articles.importing.refused import Refused
from articles.importing.report import ImportedText, Notice, Report
from articles.importing.saving import Piece, save_piece
from articles.importing.site import Site
from articles.models import ArticleText, Snippet


def run_import(options: Options) -> Report:
    """Bring the folder's Markdown in as drafts and say what became of each file.

    The same folder again changes nothing. In a dry run nothing is written.
    """
    report = Report()
    paths, refused = markdown_files(options.folder)
    for path, why in refused:
        report.refuse(path, None, why)
    pages = _read(paths, options, report)
    groups = group_pages(pages, report)
    matches = match_groups(
        groups,
        collection=options.collection,
        keys_in_folder=[take_locale(path.rpartition(".")[0])[1] for path in paths],
    )
    report.gone = matches.gone
    for group in groups:
        if reason := matches.refused.get(group.key):
            for page in group.pages.values():
                report.refuse(page.path, page.lines.get("id"), reason)
    accepted = [group for group in groups if group.key in matches.by_key]
    pictures = Pictures(options.folder)
    converted = _convert(accepted, matches.by_key, pictures, report)
    pieces = [
        Piece(page, group, matches.by_key[group.key], converted[page.path])
        for group in accepted
        for page in group.in_order()
    ]
    _save(pieces, options, pictures, report)
    return report


def _read(paths: Iterable[str], options: Options, report: Report) -> list[Page]:
    pages = []
    for path in paths:
        try:
            file = read_source(options.folder, path)
            pages.append(read_page(file, default_locale=options.locale))
        except Refused as refusal:
            report.refuse(printable(path), refusal.line, refusal.reason)
            continue
        if file.cleaned:
            report.warn(path, None, "Characters that no channel can carry are left out.")
    return pages


def _convert(
    groups: list[Group], matches: dict[str, Match], pictures: Pictures, report: Report
) -> dict[str, Converted]:
    """Return every page's body by path. A link to an article that no reader would find is left
    out, since it would keep the page it stands on from being published."""
    public_ids = {key: match.public_id for key, match in matches.items()}
    around = Surroundings(
        site=Site(groups, public_ids),
        pictures=pictures,
        snippet_keys=frozenset(Snippet.objects.values_list("key", flat=True)),
    )
    told = _told_already(matches.values())
    pages = [page for group in groups for page in group.in_order()]
    converted = {page.path: convert(page, around) for page in pages}
    unsound = _unsound(pages, converted)
    untold = frozenset(
        group.key
        for group in groups
        if public_ids[group.key] not in told
        and all(page.draft or page.path in unsound for page in group.pages.values())
    )
    if untold:
        around = replace(around, untold=untold)
        for page in pages:
            if converted[page.path].links & untold:
                converted[page.path] = convert(page, around)
    for page in pages:
        report.warnings += converted[page.path].warnings
    report.unsound = unsound
    return converted


def _told_already(matches: Iterable[Match]) -> set[str]:
    """Return the public ids of the articles that were approved before this run."""
    known = {match.article_pk: match.public_id for match in matches if match.article_pk}
    approved = ArticleText.objects.filter(article__source__isnull=False, approved__isnull=False)
    return {
        known[pk] for pk in approved.values_list("article_id", flat=True).iterator() if pk in known
    }


def _unsound(pages: Iterable[Page], converted: dict[str, Converted]) -> dict[str, list[Notice]]:
    """Return what a publish would refuse of each page."""
    found = {}
    for page in pages:
        problems = parse(converted[page.path].body, locale=page.locale).problems
        if problems:
            found[page.path] = [
                Notice(
                    page.path, page.line(problem.line) if problem.line else None, problem.message
                )
                for problem in problems
            ]
    return found


def _save(pieces: list[Piece], options: Options, pictures: Pictures, report: Report) -> None:
    """Save the pieces. One whose address another article still has waits until that one had its
    turn: it may have given the address up."""
    done, total = 0, len(pieces)
    while pieces:
        refused: list[tuple[Piece, Refused]] = []
        for piece in pieces:
            try:
                saved = save_piece(piece, options=options, pictures=pictures)
            except Refused as refusal:
                refused.append((piece, refusal))
                continue
            done += 1
            options.progress(done, total)
            report.outcomes[piece.page.path] = saved.outcome
            report.texts.append(
                ImportedText(piece.page, piece.match.public_id, saved.revision, saved.outcome)
            )
        if len(refused) == len(pieces):
            for piece, reason in refused:
                report.refuse(piece.page.path, reason.line, reason.reason)
            return
        pieces = [piece for piece, _ in refused]
