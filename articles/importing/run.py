"""A whole import: read, group, match, convert, save; one bad file never stops the others."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction

from articles.document.parse import parse
from articles.exceptions import OperationRefused
from articles.exported_form import KNOWLEDGE, PAGES
from articles.importing.conversion import Converted, Surroundings, convert
from articles.importing.files import files_in, printable, read_source
from articles.importing.groups import Group, group_pages
from articles.importing.knowledge import Knowledge, read_knowledge, save_knowledge
from articles.importing.locale_names import foreign_language, language_folders, take_locale
from articles.importing.matching import Match, Matches, match_groups
from articles.importing.options import Options
from articles.importing.own_pages import read_any_page, store_for_snippets, take_as_it_is
from articles.importing.pages import Page
from articles.importing.pictures import Pictures
from articles.importing.refused import Refused
from articles.importing.report import ImportedText, Notice, Report
from articles.importing.saving import Piece, save_piece
from articles.importing.site import Site
from articles.importing.slugs import choose_slugs
from articles.locales import default_locale
from articles.models import ArticleText, Attachment, Snippet


def run_import(options: Options) -> Report:
    """Bring the folder's Markdown in as drafts and say what became of each file.

    The same folder again changes nothing. In a dry run nothing stays written. Raises
    OperationRefused where the collection's name was only guessed and is another folder's.
    """
    report = Report()
    files = files_in(options.folder)
    report.others = files.others
    for path, why in files.refused:
        report.refuse(path, None, why)
    knowledge = _knowledge(options, report)
    markdown = files.markdown
    if knowledge.is_export:  # What else lies there, a README, is no page of it.
        markdown = [path for path in markdown if path.startswith(f"{PAGES}/")]
    pages = _read(markdown, options, report)
    groups = group_pages(pages, report)
    matches = match_groups(
        groups,
        collection=options.collection,
        keys_in_folder=[take_locale(_stem(path))[1] for path in markdown],
    )
    if options.collection_guessed:
        _refuse_another_site(matches, options.collection)
    report.gone = matches.gone
    for group in groups:
        if reason := matches.refused.get(group.key):
            for page in group.pages.values():
                report.refuse(page.path, page.lines.get("id"), reason)
    accepted = [group for group in groups if group.key in matches.by_key]
    pictures = Pictures(options.folder)
    pictures.original_names = knowledge.original_names
    converted = _convert(accepted, matches.by_key, pictures, options, report, knowledge)
    slugs = choose_slugs(accepted, matches.by_key, overwrite=options.overwrite)
    owners = _owners(accepted, report)
    pieces = [
        Piece(
            page,
            group,
            matches.by_key[group.key],
            slugs[page.path],
            converted[page.path],
            owners.get(group.owner()),
        )
        for group in accepted
        for page in group.in_order()
    ]
    # One for all in a dry run, or a piece would not see what those before it change.
    with transaction.atomic() if options.dry_run else nullcontext():
        if not options.dry_run:
            store_for_snippets(knowledge, pictures, options=options, report=report)
        save_knowledge(knowledge, options=options, report=report)
        _save(pieces, options, pictures, report)
        if options.dry_run:
            transaction.set_rollback(True)
    return report


def _knowledge(options: Options, report: Report) -> Knowledge:
    try:
        knowledge = read_knowledge(options.folder)
    except Refused as refusal:
        report.refuse(KNOWLEDGE, refusal.line, refusal.reason)
        return Knowledge()
    if knowledge.is_export:
        report.others[".json"] -= 1
        report.others = +report.others
    return knowledge


def _owners(groups: list[Group], report: Report) -> dict[str, User]:
    """Return the people that pages name as owners, by user name."""
    named = {group.owner(): group for group in groups if group.owner()}
    known = {
        person.username: person
        for person in User.objects.filter(username__in=named, is_active=True)
    }
    for name, group in named.items():
        if name not in known:
            page = group.in_order()[0]
            message = f"There is nobody called “{name[:60]}” here: such articles have no owner."
            report.warn(page.path, page.lines.get("owner"), message)
    return known


def _refuse_another_site(matches: Matches, collection: str) -> None:
    """Many a site's folder is called `content` or `docs`."""
    if matches.found_again * 2 < matches.known:
        raise OperationRefused(
            f"{matches.known} articles were imported as “{collection}” before, and this folder "
            f"holds only {matches.found_again} of them. If it is the same site, say --collection "
            f"{collection}; if it is another, give it a name of its own with --collection."
        )


def _read(paths: list[str], options: Options, report: Report) -> list[Page]:
    pages = []
    of_languages = language_folders(paths)
    for done, path in enumerate(paths):
        options.progress("reading", done, len(paths))
        locale = options.locale
        if not locale and not foreign_language(_stem(path), language_folders=of_languages):
            locale = default_locale()
        try:
            file = read_source(options.folder, path)
            pages.append(read_any_page(file, default_locale=locale))
        except Refused as refusal:
            report.refuse(printable(path), refusal.line, refusal.reason)
            continue
        if file.cleaned:
            report.warn(path, None, "Characters that no channel can carry are left out.")
    return pages


def _stem(path: str) -> str:
    return path.rpartition(".")[0]


def _convert(
    groups: list[Group],
    matches: dict[str, Match],
    pictures: Pictures,
    options: Options,
    report: Report,
    knowledge: Knowledge,
) -> dict[str, Converted]:
    """Return every page's body by path. A link to an article that no reader would find is left
    out, since it would keep the page it stands on from being published."""
    public_ids = {key: match.public_id for key, match in matches.items()}
    around = Surroundings(
        site=Site(groups, public_ids),
        pictures=pictures,
        snippet_keys=knowledge.keys | frozenset(Snippet.objects.values_list("key", flat=True)),
    )
    attachments: frozenset[str] = frozenset()
    if any(page.own for group in groups for page in group.pages.values()):
        attachments = frozenset(Attachment.objects.values_list("name", flat=True))

    def convert_any(page: Page, around: Surroundings) -> Converted:
        if page.own:
            return take_as_it_is(page, pictures, attachments)
        return convert(page, around)

    told = _told_already(matches.values())
    pages = [page for group in groups for page in group.in_order()]
    converted, unsound = {}, {}
    for done, page in enumerate(pages):
        options.progress("converting", done, len(pages))
        converted[page.path] = convert_any(page, around)
        if problems := _problems(page, converted[page.path]):
            unsound[page.path] = problems
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
                converted[page.path] = convert_any(page, around)
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


def _problems(page: Page, converted: Converted) -> list[Notice]:
    """Return what a publish would refuse of a page."""
    problems = parse(converted.body, locale=page.locale).problems
    return [
        Notice(
            page.path,
            page.line(converted.lines[problem.line - 1]) if problem.line else None,
            problem.message,
        )
        for problem in problems
    ]


def _save(pieces: list[Piece], options: Options, pictures: Pictures, report: Report) -> None:
    """Save the pieces. One whose address another article still has waits until that one had its
    turn: it may have given the address up."""
    done, total = 0, len(pieces)
    while pieces:
        refused: list[tuple[Piece, Refused]] = []
        for piece in pieces:
            options.progress("saving", done, total)
            try:
                saved = save_piece(piece, options=options, pictures=pictures)
            except Refused as refusal:
                refused.append((piece, refusal))
                continue
            done += 1
            report.outcomes[piece.page.path] = saved.outcome
            report.texts.append(
                ImportedText(piece.page, piece.match.public_id, saved.revision, saved.outcome)
            )
        if len(refused) == len(pieces):
            for piece, reason in refused:
                report.refuse(piece.page.path, reason.line, reason.reason)
            return
        pieces = [piece for piece, _ in refused]
