"""The editors' pages on what we tell: publishing, editions, releases, keys, readers' requests,
agents' calls."""

from channels.admin import api_keys, audit, calls, editions, knowledge, releases, requests

__all__ = ["api_keys", "audit", "calls", "editions", "knowledge", "releases", "requests"]
