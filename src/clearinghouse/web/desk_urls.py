"""The desk's addresses. Each has a name, and every name a row in the access table."""

from django.urls import URLPattern, path

from clearinghouse.web.views import account as own
from clearinghouse.web.views import links, signing
from clearinghouse.web.views.desk import (
    calendar,
    circular,
    circulars,
    entries,
    home,
    ledger,
    meeting_steps,
    meetings,
    need,
    need_writing,
    needs,
    outbox,
    people,
    person,
    plan,
    proposals,
    sign_ins,
    submission_page,
    submissions,
    writing,
)

SUBMISSION = "desk/submissions/<uuid:pk>/"
PERSON = "desk/people/<uuid:pk>/"
PROPOSAL = "desk/proposals/<uuid:pk>/"
NEED = "desk/needs/<uuid:pk>/"
MEETING = "desk/meetings/<slug:code>/"

account: list[URLPattern] = [
    path("account/login/", signing.SignIn.as_view(), name="account_login"),
    path("account/logout/", signing.SignOut.as_view(), name="account_logout"),
    path("account/inactive/", signing.inactive, name="account_inactive"),
    path("account/code/", signing.Verify.as_view(), name="mfa_authenticate"),
    path("account/reset/", links.ask, name="account-reset"),
    path("account/reset/sent/", links.sent, name="account-reset-sent"),
    path("account/link/<str:token>/", links.follow, name="account-link"),
    path("account/", own.own, name="account"),
    path("account/factor/", own.factor, name="account-factor"),
    path("account/factor/remove/", own.remove_factor, name="account-factor-remove"),
    path("account/recovery-codes/", own.codes, name="account-codes"),
    path("account/password/", own.password, name="account-password"),
    path("account/sessions/end/", own.end_sessions, name="account-sessions-end"),
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
    path("desk/people/", people.index, name="desk-people"),
    path("desk/people/seat/", people.give, name="desk-seat-give"),
    path(PERSON, person.detail, name="desk-person"),
    path(PERSON + "invite/", person.invite, name="desk-person-invite"),
    path(PERSON + "reset/", person.reset, name="desk-person-reset"),
    path(PERSON + "sign-out/", person.sign_out, name="desk-person-sign-out"),
    path("desk/proposals/", proposals.index, name="desk-proposals"),
    path(PROPOSAL + "confirm/", proposals.confirm, name="desk-proposal-confirm"),
    path(PROPOSAL + "decline/", proposals.decline, name="desk-proposal-decline"),
    path("desk/sign-ins/", sign_ins.index, name="desk-sign-ins"),
    path("desk/people/<uuid:pk>/end/", people.end, name="desk-seat-end"),
    path("desk/ledger/", ledger.index, name="desk-ledger"),
    path("desk/outbox/", outbox.index, name="desk-outbox"),
    path("desk/plan/", plan.index, name="desk-plan"),
    # meetings and the calendar
    path("desk/meetings/", meetings.index, name="desk-meetings"),
    path("desk/meetings/new/", meetings.new, name="desk-meeting-new"),
    path(MEETING, meetings.detail, name="desk-meeting"),
    path(MEETING + "change/", meetings.change, name="desk-meeting-change"),
    path(MEETING + "move/", meeting_steps.move, name="desk-meeting-move"),
    path(MEETING + "agenda/", meeting_steps.agenda, name="desk-meeting-agenda"),
    path(MEETING + "document/", meeting_steps.add_document, name="desk-meeting-document"),
    path(MEETING + "invite/", meeting_steps.invite, name="desk-meeting-invite"),
    path(
        "desk/meeting-documents/<uuid:pk>/withdraw/",
        meeting_steps.withdraw_document,
        name="desk-meeting-document-withdraw",
    ),
    path(
        "desk/participants/<uuid:pk>/answer/",
        meeting_steps.answer,
        name="desk-participant-answer",
    ),
    path("desk/holidays/", calendar.holidays, name="desk-holidays"),
    path("desk/holidays/observe/", calendar.observe, name="desk-holiday-observe"),
    path("desk/holidays/<uuid:pk>/strike/", calendar.strike, name="desk-holiday-strike"),
    path("desk/calendar/", calendar.keys, name="desk-calendar"),
    path("desk/calendar/make/", calendar.make_key, name="desk-calendar-make"),
    path("desk/calendar/<uuid:pk>/revoke/", calendar.revoke_key, name="desk-calendar-revoke"),
    path("desk/settings/", calendar.own_settings, name="desk-settings"),
]
