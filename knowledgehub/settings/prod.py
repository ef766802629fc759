"""A real installation: every secret comes from the environment or is made on first use."""

from knowledgehub.secret_key import secret_key

from .base import *  # noqa: F403
from .base import HOME, env

# It holds password hashes and the secret key: for its owner alone, unless the operator made it.
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
SECRET_KEY = secret_key(env.str("SECRET_KEY", default=""), home=HOME)

# Behind TLS (the usual case) cookies never travel in the clear; HTTPS=0 only for a local trial.
HTTPS = env.bool("HTTPS", default=True)
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", default=False)
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=0)
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
