"""Links as the templates of Hugo and Jekyll write them: the path that they stand for."""

from __future__ import annotations

import re

_QUOTED = r"""["'`]?([^"'`\s{}<>%|]+)["'`]?"""
# {{< ref "page.md" >}}, {{% relref path="page.md" %}}
_HUGO = re.compile(rf"\{{\{{[<%]\s*(?:rel)?ref\s+(?:path=)?{_QUOTED}[^{{}}]*[>%]\}}\}}")
# {% link page.md %}, {% post_url 2020-01-01-page %}; both are meant from the site's root.
_JEKYLL = re.compile(rf"\{{%-?\s*(link|post_url)\s+{_QUOTED}\s*-?%\}}")
# {{ '/page/' | relative_url }}
_FILTERED = re.compile(rf"\{{\{{-?\s*{_QUOTED}\s*\|\s*(?:relative|absolute)_url\s*-?\}}\}}")
_BASE = re.compile(r"\{\{-?\s*(?:site\.)?(?:baseurl|url|BaseURL)\s*-?\}\}")


def plain_target(target: str) -> str:
    """Return the target of a link without templates; one that is no template stays as it is."""
    if "{" not in target:
        return target
    target = _HUGO.sub(r"\1", target)
    target = _JEKYLL.sub(_jekyll, target)
    target = _FILTERED.sub(r"\1", target)
    return _BASE.sub("", target)


def _jekyll(found: re.Match[str]) -> str:
    folder = "_posts/" if found[1] == "post_url" else ""
    return f"/{folder}{found[2]}"
