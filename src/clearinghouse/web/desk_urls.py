"""The desk's addresses. Each has a name, and every name a row in the access table."""

from django.urls import URLPattern, path

from clearinghouse.web.views import signing
from clearinghouse.web.views.desk import (
    circular,
    circulars,
    entries,
    home,
    ledger,
    letter,
    letter_bulk,
    letter_run,
    letter_steps,
    letter_writing,
    letters,
    need,
    need_writing,
    needs,
    outbox,
    people,
    plan,
    submission_page,
    submissions,
    writing,
)

SUBMISSION = "desk/submissions/<uuid:pk>/"
NEED = "desk/needs/<uuid:pk>/"
LETTER = "desk/letters/<uuid:pk>/"
BATCH = "desk/letters/batches/<uuid:pk>/"

account: list[URLPattern] = [
    path("account/login/", signing.SignIn.as_view(), name="account_login"),
    path("account/logout/", signing.SignOut.as_view(), name="account_logout"),
    path("account/inactive/", signing.inactive, name="account_inactive"),
]

desk: list[URLPattern] = [
    path("desk/", home.home, name="desk"),
    path("desk/submissions/", submissions.index, name="desk-submissions"),
    path("desk/submissions/new/<str:kind>/", writing.new, name="desk-submission-new"),
    path(SUBMISSION, submission_page.detail, name="desk-submission"),
    path(SUBMISSION + "edit/", writing.edit, name="desk-submission-edit"),
    path(SUBMISSION + "take-up/", submissions.take_up, name="desk-submission-take-up"),
    path(SUBMISSION + "return/", submissions.return_, name="desk-submission-return"),
    path(SUBMISSION + "list/", submissions.list_, name="desk-submission-list"),
    path(
        SUBMISSION + "authenticate/",
        submissions.authenticate,
        name="desk-submission-authenticate",
    ),
    path(SUBMISSION + "confirm/", submissions.confirm, name="desk-submission-confirm"),
    path(SUBMISSION + "withdraw/", submissions.withdraw, name="desk-submission-withdraw"),
    path(SUBMISSION + "revise/", submissions.revise, name="desk-submission-revise"),
    path("desk/entries/", entries.index, name="desk-entries"),
    path("desk/entries/<str:code>/confirm/", entries.confirm, name="desk-entry-confirm"),
    path("desk/needs/", needs.index, name="desk-needs"),
    path("desk/needs/identify/", need_writing.identify, name="desk-need-identify"),
    path(NEED, need.detail, name="desk-need"),
    path(NEED + "edit/", need_writing.revise, name="desk-need-revise"),
    path(NEED + "confirm/", need.confirm, name="desk-need-confirm"),
    path(NEED + "share/", need.share, name="desk-need-share"),
    path(NEED + "observe/", need.observe, name="desk-need-observe"),
    path(NEED + "withdraw/", need.withdraw, name="desk-need-withdraw"),
    path("desk/circulars/", circulars.index, name="desk-circulars"),
    path("desk/circulars/standing/", circulars.stand, name="desk-standing-clear"),
    path("desk/circulars/<str:number>/", circular.detail, name="desk-circular"),
    path("desk/circulars/<str:number>/clear/", circulars.clear, name="desk-circular-clear"),
    path("desk/clearances/<uuid:pk>/revoke/", circulars.revoke, name="desk-clearance-revoke"),
    # letters
    path("desk/letters/", letters.index, name="desk-letters"),
    path("desk/letters/new/", letter_writing.new, name="desk-letter-new"),
    path("desk/letters/bulk/", letter_bulk.choose, name="desk-letters-bulk"),
    path("desk/letters/run/", letter_run.index, name="desk-letters-run"),
    path("desk/letters/run/letters.zip", letter_run.file, name="desk-letters-run-file"),
    path(BATCH, letter_bulk.batch, name="desk-letters-batch"),
    path(BATCH + "<str:step>/", letter_bulk.step, name="desk-letters-batch-step"),
    path(LETTER, letter.detail, name="desk-letter"),
    path(LETTER + "edit/", letter_writing.edit, name="desk-letter-edit"),
    path(LETTER + "letter.<str:kind>", letter.file, name="desk-letter-file"),
    path(LETTER + "scans/<uuid:scan>/", letter.scan, name="desk-letter-scanned"),
    path(LETTER + "clear/", letter_steps.clear, name="desk-letter-clear"),
    path(LETTER + "initial/", letter_steps.initial, name="desk-letter-initial"),
    path(LETTER + "sign/", letter_steps.sign, name="desk-letter-sign"),
    path(LETTER + "send-back/", letter_steps.send_back, name="desk-letter-send-back"),
    path(LETTER + "dispatch/", letter_steps.dispatch, name="desk-letter-dispatch"),
    path(LETTER + "receive/", letter_steps.receive, name="desk-letter-receive"),
    path(LETTER + "reply/", letter_steps.reply, name="desk-letter-reply"),
    path(LETTER + "scan/", letter_steps.scan, name="desk-letter-scan"),
    path(LETTER + "cancel/", letter_steps.cancel, name="desk-letter-cancel"),
    path("desk/people/", people.index, name="desk-people"),
    path("desk/people/seat/", people.give, name="desk-seat-give"),
    path("desk/people/<uuid:pk>/end/", people.end, name="desk-seat-end"),
    path("desk/ledger/", ledger.index, name="desk-ledger"),
    path("desk/outbox/", outbox.index, name="desk-outbox"),
    path("desk/plan/", plan.index, name="desk-plan"),
]
