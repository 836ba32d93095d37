"""One settings file. Installations differ in their environment, not in code."""

from pathlib import Path

from django.conf.locale import LANG_INFO

from clearinghouse.kernel import languages
from clearinghouse.project import env, sqlite

sqlite.use_carried()

ENV = env.read()
PACKAGE = Path(__file__).parents[1]


def _secret_key() -> str:
    """From the environment, else from the file that `init` wrote into the data folder."""
    kept = ENV.data_dir / "secret_key"
    return ENV.secret_key or (kept.read_text(encoding="utf-8").strip() if kept.is_file() else "")


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = [host for host in ENV.allowed_hosts.split(",") if host]
DATABASES = {"default": env.database(ENV.database_url or f"sqlite:///{ENV.sqlite_file()}")}
if ENV.database_owner_url:  # who migrates; the application's role owns no table
    DATABASES["owner"] = env.database(ENV.database_owner_url)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["account.W001"]  # we set the login methods below

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "clearinghouse.ledger",
    "clearinghouse.notices",
    "clearinghouse.mandate",
    "clearinghouse.people",
    "clearinghouse.files",
    "clearinghouse.search",
    "clearinghouse.letters",
    "clearinghouse.directory",
    "clearinghouse.outreach",
    "clearinghouse.standards",
    "clearinghouse.needs",
    "clearinghouse.submissions",
    "clearinghouse.batches",
    "clearinghouse.intake",
    "clearinghouse.plan",
    "clearinghouse.meetings",
    "clearinghouse.assistance",
    "clearinghouse.circulars",
    "clearinghouse.web",
]
MIDDLEWARE = [
    "clearinghouse.project.watched.Watched",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clearinghouse.web.middleware.Utf8",
    "clearinghouse.web.middleware.Headers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "clearinghouse.people.asking.WhoIsAsking",
    "clearinghouse.web.middleware.ReadersClock",
    "clearinghouse.project.doors.Doors",
    "clearinghouse.web.middleware.DomainErrors",
]
ROOT_URLCONF = "clearinghouse.project.urls"
WSGI_APPLICATION = "clearinghouse.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANG_INFO.setdefault(
    languages.PSEUDO.code,
    {"bidi": True, "code": languages.PSEUDO.code, "name": "Pseudo-Arabic", "name_local": "ar-xb"},
)
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
if ENV.demo:  # the pseudo-translation proves right-to-left; no reader is to meet it elsewhere
    LANGUAGES.append((languages.PSEUDO.code, "Pseudo-Arabic"))
LOCALE_PATHS = [PACKAGE / "web" / "locale"]

STATIC_URL = "/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
ACCOUNT_ADAPTER = "clearinghouse.people.signin.adapters.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {
    "login": "60/h/ip",
    "login_failed": "5/5m/key,10/h/ip",
    "reset_password": "20/h/ip",
    "reset_mail": "3/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.trusted_proxies
MFA_ADAPTER = "clearinghouse.people.signin.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a clock may be a step off; what was used is refused for longer than that
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "clearinghouse.people.signin.factors.CodeForm",
    "authenticate_webauthn": "clearinghouse.people.signin.keys.KeyForm",
}
SOCIALACCOUNT_ADAPTER = "clearinghouse.people.signin.elsewhere.ElsewhereAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": ENV.oidc_name,
                "client_id": ENV.oidc_client_id,
                "secret": ENV.oidc_client_secret,
                "settings": {"server_url": ENV.oidc_server},
            }
        ],
    }
}
OIDC_FACTOR = {one.strip() for one in ENV.oidc_factor.split(",") if one.strip()}
IDLE_MINUTES = ENV.idle_minutes

SESSION_ENGINE = "clearinghouse.people.signin.store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
_SECURE = ENV.site_url.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _SECURE else None
CSRF_TRUSTED_ORIGINS = [ENV.site_url]
CSRF_FAILURE_VIEW = "clearinghouse.web.views.errors.forged"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'", *([env.origin(ENV.oidc_server)] if ENV.oidc_server else [])],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
SITE_URL = ENV.site_url.rstrip("/")
MAIL_FROM = ENV.mail_from
REPLY_TO = ENV.reply_to
MAIL_SERVER = env.mail(ENV.mail_url) if ENV.mail_url else None
OUTBOX_FOLDER = ENV.data_dir / "outbox"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # used by nobody
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "files": env.storage(ENV.storage, ENV.data_dir),
}
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 26 * 1024 * 1024  # the largest file that is taken; none on disk
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
CACHES = {  # limits of rate and used codes, the same for all workers: in the database
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "attempts",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # so that nobody pushes a limit out by making others
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"()": "clearinghouse.watch.logs.Words"},
        "json": {"()": "clearinghouse.watch.logs.JsonLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": ENV.log}},
    "loggers": {
        "clearinghouse.requests": {"level": "INFO" if ENV.log == "json" else "WARNING"},
        "django.request": {"level": "ERROR"},  # what was not found is in the line of its request
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
