"""The access table of the addresses: every route and method has a row, or it does not exist.

What a row lets through is still asked of the rooms' policies: the table says who may knock. To
anybody a row leaves out the address is not there (404); whoever is not signed in is led to the
sign-in page from every address under the desk, whether it exists or not.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from clearinghouse.access.actor import Actor, Role
from clearinghouse.people.asking import Asking

ANYONE = frozenset[Role]()
SIGNED_IN = frozenset(Role)
CONTRIBUTORS = frozenset({Role.FOCAL_POINT, Role.STATE, Role.SECRETARIAT})
REVIEWERS = CONTRIBUTORS | {Role.EXPERT}
SECRETARIAT = frozenset({Role.SECRETARIAT})
OWNERS = frozenset({Role.FOCAL_POINT})
STATE = frozenset({Role.STATE})
EXPERT = frozenset({Role.EXPERT})
MEMBER = frozenset({Role.MEMBER})
AUDITOR = frozenset({Role.AUDITOR})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
KEEPERS = ADMINISTRATOR | AUDITOR
SERVING = SECRETARIAT | EXPERT
COMMITTEE = frozenset({Role.SECRETARIAT, Role.EXPERT, Role.MEMBER})
CLEARING = frozenset({Role.EXPERT, Role.MEMBER})
NEEDS = frozenset({Role.STATE, Role.EXPERT, Role.SECRETARIAT, Role.MEMBER, Role.FOCAL_POINT})
VOUCHING = frozenset({Role.EXPERT, Role.MEMBER})
MONITORS = frozenset({Role.FOCAL_POINT, Role.EXPERT, Role.STATE})
PLAN = COMMITTEE | {Role.AUDITOR, Role.FOCAL_POINT, Role.STATE}

Row = Mapping[str, frozenset[Role]]
GET: Row = {"GET": ANYONE}


def get(who: frozenset[Role]) -> Row:
    return {"GET": who}


def post(who: frozenset[Role]) -> Row:
    return {"POST": who}


def both(who: frozenset[Role]) -> Row:
    return {"GET": who, "POST": who}


# fmt: off
TABLE: dict[str, Row] = {
    # the public's pages
    "root":                     GET,
    "home":                     GET,
    "patterns":                 GET,
    "standards":                GET,
    "standards-by-obligation":  GET,
    "instruments":              GET,
    "standard":                 GET,
    # the directory
    "plans":                    GET,
    "guidance":                 GET,
    "assistance":               GET,
    "cooperation":              GET,
    "starter-packs":            GET,
    "reports":                  GET,
    "mandates":                 GET,
    "contacts":                 GET,
    "desk-visits":              get(MONITORS),
    "entry":                    GET,
    "entry-history":            GET,
    "entry-copy":               GET,
    "directory-file":           GET,
    "confirmation":             both(ANYONE),
    "formats":                  GET,
    "format":                   both(ANYONE),
    "format-file":              GET,
    "organisations":            GET,
    "organisation":             GET,
    "states":                   GET,
    "state":                    GET,
    "state-print":              GET,
    "state-sheet":              GET,
    "matrix":                   GET,
    "matrix-archive":           GET,
    "matrix-issue":             GET,
    "matrix-file":              GET,
    "search":                   GET,
    "action-plan":              GET,
    "meetings":                 GET,
    "meeting":                  GET,
    "meeting-document":         GET,
    "calendar":                 GET,
    "calendar-seat":            GET,
    # for whoever watches the installation
    "healthz":                  GET,
    "metrics":                  GET,
    # the data, for programs
    "api-docs":                 GET,
    "api-v1:api-root":          GET,
    "api-v1:openapi":           GET,
    "api-v1:nowhere":           GET,
    "api-v1:standards":         GET,
    "api-v1:standard":          GET,
    "api-v1:instruments":       GET,
    "api-v1:organisations":     GET,
    "api-v1:organisation":      GET,
    "api-v1:states":            GET,
    "api-v1:state":             GET,
    "api-v1:obligations":       GET,
    "api-v1:areas":             GET,
    "api-v1:meetings":          GET,
    "api-v1:needs":             GET,
    "api-v1:need":              GET,
    "api-v1:issues":            GET,
    "api-v1:matrix":            GET,
    "api-v1:matrix-issue":      GET,
    "api-v1:commitments":       GET,
    "api-v1:figures":           GET,
    # by token, which the operation asks for
    "api-v1:check":             post(ANYONE),
    "api-v1:batch-new":         post(ANYONE),
    "api-v1:batch":             GET,
    "api-v1:batch-rows":        GET,
    "api-v1:batch-step":        post(ANYONE),
    "api-v1:submission-new":    post(ANYONE),
    "api-v1:submission":        {"GET": ANYONE, "PATCH": ANYONE},
    "api-v1:submission-submit": post(ANYONE),
    "api-v1:submission-copies": post(ANYONE),
    "api-v1:submission-copy-remove": post(ANYONE),
    "api-v1:entry-copies":      GET,
    # signing in and out
    "account_login":            both(ANYONE),
    "account_logout":           both(ANYONE),
    "account_inactive":         GET,
    "mfa_authenticate":         both(ANYONE),
    "account-reset":            both(ANYONE),
    "account-reset-sent":       GET,
    "account-link":             both(ANYONE),
    # one's own account: whoever is not signed in is led to sign in
    "account":                  GET,
    "account-factor":           both(ANYONE),
    "account-factor-remove":    post(ANYONE),
    "account-key":              both(ANYONE),
    "account-key-remove":       post(ANYONE),
    "account-codes":            post(ANYONE),
    "account-password":         both(ANYONE),
    "account-sessions-end":     post(ANYONE),
    # the desk
    "desk":                     get(SIGNED_IN),
    "desk-submissions":         get(REVIEWERS),
    "desk-submission-new":      both(CONTRIBUTORS),
    "desk-submission":          get(REVIEWERS),
    "desk-submission-edit":     both(CONTRIBUTORS),
    "desk-submission-take-up":  post(SECRETARIAT),
    "desk-submission-return":   post(SECRETARIAT),
    "desk-submission-list":     post(SECRETARIAT),
    "desk-submission-authenticate": post(SECRETARIAT),
    "desk-submission-confirm":  post(STATE),
    "desk-submission-withdraw": post(CONTRIBUTORS),
    "desk-submission-revise":   post(CONTRIBUTORS),
    "desk-submission-attach":   post(CONTRIBUTORS),
    "desk-submission-copy":     get(REVIEWERS),
    "desk-submission-detach":   post(CONTRIBUTORS),
    # files of many contributions
    "desk-batches":             {"GET": REVIEWERS, "POST": CONTRIBUTORS},
    "desk-batch":               get(REVIEWERS),
    "desk-batch-file":          get(REVIEWERS),
    "desk-batch-own":           get(OWNERS | STATE),
    "desk-batch-step":          post(CONTRIBUTORS),
    "desk-entries":             get(OWNERS | STATE),
    "desk-entry-confirm":       post(OWNERS | STATE),
    "desk-entries-confirm":     post(OWNERS | STATE),
    # what became of what was given
    "desk-became":              get(OWNERS | STATE),
    "desk-became-file":         get(OWNERS | STATE),
    "desk-stale":               get(COMMITTEE),
    # contact with bodies
    "desk-outreach":            get(SERVING),
    "desk-outreach-body":       get(SERVING),
    "desk-exchange-note":       post(SERVING),
    "desk-exchange-settle":     post(SERVING),
    "desk-exchange-erase":      post(SERVING),
    "desk-calls":               get(SERVING),
    "desk-call-new":            both(SERVING),
    "desk-call":                get(SERVING),
    "desk-call-letters":        post(SECRETARIAT),
    "desk-asked-answer":        post(SERVING),
    "desk-asked-thank":         post(SERVING),
    # what a body is asked, and its own answer
    "desk-invited":             get(OWNERS | STATE),
    "desk-invited-one":         get(OWNERS | STATE),
    "desk-invited-decline":     post(OWNERS | STATE),
    "desk-invited-reconsider":  post(OWNERS | STATE),
    # whose changes need no review
    "desk-trusted":             get(SERVING),
    "desk-trust-give":          post(SECRETARIAT),
    "desk-trust-revoke":        post(SECRETARIAT),
    # who takes part in the confidential exchange
    "desk-participation":       get(OWNERS | EXPERT),
    "desk-participation-join":  post(EXPERT),
    "desk-participant":         get(OWNERS | EXPERT),
    "desk-participant-amend":   post(EXPERT),
    "desk-participant-leave":   post(EXPERT),
    "desk-needs":               get(NEEDS),
    "desk-need":                get(NEEDS),
    "desk-need-identify":       both(SERVING),
    "desk-need-revise":         both(STATE | EXPERT),
    "desk-need-confirm":        post(STATE),
    "desk-need-share":          post(STATE),
    "desk-need-observe":        post(STATE),
    "desk-need-withdraw":       post(STATE | SERVING),
    "desk-circulars":           get(NEEDS),
    "desk-circular":            get(NEEDS),
    "desk-circular-clear":      post(CLEARING),
    "desk-clearance-revoke":    post(CLEARING),
    "desk-standing-clear":      post(MEMBER),
    # letters
    "desk-letters":             get(NEEDS),
    "desk-letter-new":          both(SECRETARIAT),
    "desk-letters-bulk":        both(SECRETARIAT),
    "desk-letters-run":         get(SERVING),
    "desk-letters-run-file":    get(SERVING),
    "desk-letters-batch":       get(COMMITTEE),
    "desk-letters-batch-step":  post(SECRETARIAT | MEMBER),
    "desk-letter":              get(NEEDS),
    "desk-letter-edit":         both(SECRETARIAT),
    "desk-letter-file":         get(NEEDS),
    "desk-letter-scanned":      get(NEEDS),
    "desk-letter-clear":        post(SECRETARIAT),
    "desk-letter-initial":      post(SECRETARIAT),
    "desk-letter-sign":         post(MEMBER),
    "desk-letter-send-back":    post(SECRETARIAT | MEMBER),
    "desk-letter-dispatch":     post(SECRETARIAT),
    "desk-letter-receive":      post(SECRETARIAT),
    "desk-letter-reply":        post(SECRETARIAT),
    "desk-letter-scan":         post(SECRETARIAT),
    "desk-letter-cancel":       post(SECRETARIAT),
    "desk-people":              get(KEEPERS),
    "desk-seat-give":           post(ADMINISTRATOR),
    "desk-seat-end":            post(ADMINISTRATOR),
    "desk-person":              get(KEEPERS),
    "desk-person-invite":       post(ADMINISTRATOR),
    "desk-person-reset":        post(ADMINISTRATOR),
    "desk-person-sign-out":     post(ADMINISTRATOR),
    "desk-proposals":           get(KEEPERS | VOUCHING),
    "desk-proposal-confirm":    post(VOUCHING),
    "desk-proposal-decline":    post(VOUCHING | ADMINISTRATOR),
    "desk-sign-ins":            get(AUDITOR),
    "desk-ledger":              get(AUDITOR),
    "desk-outbox":              get(SERVING),
    "desk-plan":                get(PLAN),
    # the tray
    "desk-intake":              get(REVIEWERS),
    "desk-intake-new":          both(SECRETARIAT),
    "desk-intake-form":         get(CONTRIBUTORS),
    "desk-intake-item":         get(REVIEWERS),
    "desk-intake-file":         get(REVIEWERS),
    "desk-intake-attribute":    post(SECRETARIAT),
    "desk-intake-accept":       post(SECRETARIAT),
    "desk-intake-reply":        post(SECRETARIAT),
    "desk-intake-refuse":       post(SECRETARIAT),
    "desk-intake-aside":        post(SECRETARIAT),
    # meetings and the calendar
    "desk-meetings":            get(NEEDS),
    "desk-meeting-new":         both(SECRETARIAT),
    "desk-meeting":             get(NEEDS),
    "desk-meeting-change":      both(SECRETARIAT),
    "desk-meeting-move":        both(SECRETARIAT | MEMBER),
    "desk-meeting-agenda":      post(SECRETARIAT),
    "desk-meeting-document":    post(SECRETARIAT),
    "desk-meeting-invite":      post(SECRETARIAT),
    "desk-meeting-document-file": post(SECRETARIAT),
    "desk-meeting-document-withdraw": post(SECRETARIAT),
    "desk-participant-answer":  post(SECRETARIAT),
    "desk-participant-reply":   post(OWNERS | STATE),
    "desk-holidays":            get(SECRETARIAT),
    "desk-figures":             both(SECRETARIAT),
    "desk-holiday-observe":     post(SECRETARIAT),
    "desk-holiday-strike":      post(SECRETARIAT),
    "desk-calendar":            get(SIGNED_IN),
    "desk-calendar-make":       post(SIGNED_IN),
    "desk-calendar-revoke":     post(SIGNED_IN),
    "desk-tokens":              get(OWNERS | STATE),
    "desk-token-make":          post(OWNERS | STATE),
    "desk-token-revoke":        post(OWNERS | STATE),
    "desk-settings":            both(SIGNED_IN),
}
if settings.ENV.demo:  # elsewhere these addresses do not exist
    TABLE |= {
        "demo-as":              post(ANYONE),
        "demo-outbox":          GET,
        "demo-mail":            GET,
        "demo-mail-file":       GET,
    }
if settings.ENV.oidc_server:  # through an organisation's identity provider, where one is named
    TABLE |= {
        "openid_connect_login":    post(ANYONE),
        "openid_connect_callback": GET,
    }
# fmt: on


# Where somebody may go who is signed in and owes a second factor.
PROVING = frozenset({"account-factor", "account_logout", "account_inactive"})


def may_knock(actor: Actor, who: frozenset[Role]) -> bool:
    return not who or actor.holds(*who)


class Doors:
    """Holds every request against the table before a view sees it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Asking, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        row = TABLE.get(match.view_name) if match else None
        if row is None:
            raise Http404
        if request.owes_factor and match and match.view_name not in PROVING:
            return redirect("account-factor")
        method = "GET" if request.method == "HEAD" else str(request.method)
        if method not in row:
            return self._wrong_method(request.actor, row)
        if may_knock(request.actor, row[method]):
            return None
        if request.actor.person_id is None and method == "GET":
            return redirect(f"{reverse('account_login')}?next={request.path}")
        raise Http404

    def _wrong_method(self, actor: Actor, row: Row) -> HttpResponse:
        """Which methods there are is told to those who may use one of them."""
        if not any(may_knock(actor, who) for who in row.values()):
            raise Http404
        return HttpResponseNotAllowed(sorted(row))
