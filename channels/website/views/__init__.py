"""The website's pages. `page_not_found` is for the project's `handler404`."""

from channels.website.views.errors import page_not_found

__all__ = ["page_not_found"]
