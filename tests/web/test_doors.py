"""Which URL answers whom: every route and method, every seat, and the status it is given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.urls import reverse

from clearinghouse.batches import actions as batches
from clearinghouse.batches.actions import trusting
from clearinghouse.circulars.queries.issues import clearances_for
from clearinghouse.files.actions import Offered
from clearinghouse.files.queries import files_of
from clearinghouse.files.rules import Type
from clearinghouse.intake import actions as intake
from clearinghouse.intake.actions import Incoming
from clearinghouse.intake.rules.workflow import Channel
from clearinghouse.ledger.models import Entry
from clearinghouse.letters import actions as letters
from clearinghouse.letters.queries.document import render
from clearinghouse.letters.queries.letters import letters_of as in_batch
from clearinghouse.letters.queries.letters import template_called
from clearinghouse.letters.rules.workflow import State as Letters
from clearinghouse.mandate.models import Holiday
from clearinghouse.needs.rules import Consent
from clearinghouse.people import queries
from clearinghouse.project.doors import TABLE
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State as Stage
from tests.batches.files import made as rows_in
from tests.batches.files import several, staged
from tests.committee import CAST, MERGED, NOW, Committee
from tests.files.samples import GOOD
from tests.hostile.rows import written
from tests.two_worlds.addresses import Ask, routes
from tests.two_worlds.crawl import Answer, Crawler
from tests.two_worlds.worlds import sign_in

# The things that addresses name: the organisation XIO's standard and its note, listed; its next one, handed in;
# XA's need, shared with the committee; XA's need, handed in by its capital; the issue of April; the
# standing clearance of the Chair; the seat and the person of XRO's focal point; the proposal by which
# the Chair was seated, decided.
PICTURE = """
#                                 pub nob xio xio xro XA  XA  XB  XC  exp chr mem sec sec aud adm
#                                             alt     mis cap mis mis                 2
# the public's pages
root                         GET  302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
home                         GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
patterns                     GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
standards                    GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
standards-by-obligation      GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
instruments                  GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
standard                     GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
# the directory
plans                        GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
guidance                     GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
assistance                   GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
cooperation                  GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
starter-packs                GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
reports                      GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
mandates                     GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
contacts                     GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
entry                        GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
entry-history                GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
entry-copy                   GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
directory-file               GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
formats                      GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
format                       GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
format                       POST 400 400 400 400 400 400 400 400 400 400 400 400 400 400 400 400
format-file                  GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
confirmation                 GET  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
confirmation                 POST 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
organisations                GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
organisation                 GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
states                       GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
state                        GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
state-print                  GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
state-sheet                  GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
matrix                       GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
matrix-archive               GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
matrix-issue                 GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
matrix-file                  GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
search                       GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
action-plan                  GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
meetings                     GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
meeting                      GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
meeting-document             GET  404 404 404 404 200 404 404 404 404 200 200 200 200 200 404 404
calendar                     GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
calendar-seat                GET  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
# for whoever watches the installation
healthz                      GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
metrics                      GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
# the data, for programs
api-docs                     GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:api-root              GET  301 301 301 301 301 301 301 301 301 301 301 301 301 301 301 301
api-v1:openapi               GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:nowhere               GET  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
api-v1:standards             GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:standard              GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:instruments           GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:organisations         GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:organisation          GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:states                GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:state                 GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:obligations           GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:areas                 GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:meetings              GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:needs                 GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:need                  GET  404 404 404 404 404 200 200 404 404 200 200 200 200 200 404 404
api-v1:issues                GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:matrix                GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:matrix-issue          GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:commitments           GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:figures               GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
api-v1:check                 POST 400 400 400 400 400 400 400 400 400 400 400 400 400 400 400 400
api-v1:batch-new             POST 401 401 401 401 401 401 401 401 401 401 401 401 401 401 401 401
api-v1:batch                 GET  404 404 200 200 404 404 404 404 404 200 404 404 200 200 404 404
api-v1:batch-rows            GET  404 404 200 200 404 404 404 404 404 200 404 404 200 200 404 404
api-v1:batch-step            POST 401 401 401 401 401 401 401 401 401 401 401 401 401 401 401 401
api-v1:submission-new        POST 401 401 401 401 401 401 401 401 401 401 401 401 401 401 401 401
api-v1:submission            GET  404 404 200 200 404 404 404 404 404 200 404 404 200 200 404 404
api-v1:submission            PATCH 401 401 401 401 401 401 401 401 401 401 401 401 401 401 401 401
api-v1:submission-submit     POST 401 401 401 401 401 401 401 401 401 401 401 401 401 401 401 401
api-v1:submission-copies     POST 401 401 401 401 401 401 401 401 401 401 401 401 401 401 401 401
api-v1:submission-copy-remove POST 401 401 401 401 401 401 401 401 401 401 401 401 401 401 401 401
api-v1:entry-copies          GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
# signing in and out
account_login                GET  200 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
account_login                POST 400 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
account_logout               GET  302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
account_logout               POST 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
account_inactive             GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
mfa_authenticate             GET  302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
mfa_authenticate             POST 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
account-reset                GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
account-reset                POST 400 400 400 400 400 400 400 400 400 400 400 400 400 400 400 400
account-reset-sent           GET  200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
account-link                 GET  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
account-link                 POST 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
# one's own account
account                      GET  302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
account-factor               GET  302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
account-factor               POST 302 400 400 400 400 400 400 400 400 400 400 400 400 400 400 400
account-factor-remove        POST 302 400 400 400 400 400 400 400 400 400 400 400 400 400 400 400
account-key                  GET  302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
account-key                  POST 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
account-key-remove           POST 302 400 400 400 400 400 400 400 400 400 400 400 400 400 400 400
account-codes                POST 302 400 400 400 400 400 400 400 400 400 400 400 400 400 400 400
account-password             GET  302 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200
account-password             POST 302 400 400 400 400 400 400 400 400 400 400 400 400 400 400 400
account-sessions-end         POST 302 303 303 303 303 303 303 303 303 303 303 303 303 303 303 303
# the desk
desk                         GET  302 404 200 200 200 200 200 200 200 200 200 200 200 200 200 200
desk-submissions             GET  302 404 200 200 200 200 200 200 200 200 404 404 200 200 404 404
desk-submission-new          GET  302 404 200 200 200 404 404 404 404 404 404 404 200 200 404 404
desk-submission-new          POST 404 404 303 303 303 404 404 404 404 404 404 404 400 400 404 404
desk-submission              GET  302 404 200 200 404 404 404 404 404 200 404 404 200 200 404 404
desk-submission-edit         GET  302 404 303 303 404 404 404 404 404 404 404 404 303 303 404 404
desk-submission-edit         POST 404 404 409 409 404 404 404 404 404 404 404 404 409 409 404 404
desk-submission-take-up      POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-submission-return       POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-submission-list         POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-submission-authenticate POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-submission-confirm      POST 404 404 404 404 404 409 409 404 404 404 404 404 404 404 404 404
desk-submission-withdraw     POST 404 404 409 409 404 404 404 404 404 404 404 404 409 409 404 404
desk-submission-revise       POST 404 404 409 409 404 404 404 404 404 404 404 404 409 409 404 404
desk-submission-attach       POST 404 404 409 409 404 404 404 404 404 404 404 404 409 409 404 404
desk-submission-copy         GET  302 404 200 200 404 404 404 404 404 200 404 404 200 200 404 404
desk-submission-detach       POST 404 404 409 409 404 404 404 404 404 404 404 404 409 409 404 404
desk-visits                  GET  302 404 200 200 200 200 200 200 200 200 404 404 404 404 404 404
desk-stale                   GET  302 404 404 404 404 404 404 404 404 200 200 200 200 200 404 404
desk-became                  GET  302 404 200 200 200 200 200 200 200 404 404 404 404 404 404 404
desk-became-file             GET  302 404 200 200 200 200 200 200 200 404 404 404 404 404 404 404
desk-batches                 GET  302 404 200 200 200 200 200 200 200 200 404 404 200 200 404 404
desk-batches                 POST 404 404 400 400 400 400 400 400 400 404 404 404 400 400 404 404
desk-batch                   GET  302 404 200 200 404 404 404 404 404 200 404 404 200 200 404 404
desk-batch-file              GET  302 404 200 200 404 404 404 404 404 200 404 404 200 200 404 404
desk-batch-own               GET  302 404 200 200 200 200 200 200 200 404 404 404 404 404 404 404
desk-batch-step              POST 404 404 409 409 404 404 404 404 404 404 404 404 409 409 404 404
# contact with bodies
desk-outreach                GET  302 404 404 404 404 404 404 404 404 200 404 404 200 200 404 404
desk-outreach-body           GET  302 404 404 404 404 404 404 404 404 200 404 404 200 200 404 404
desk-exchange-note           POST 404 404 404 404 404 404 404 404 404 400 404 404 400 400 404 404
desk-exchange-settle         POST 404 404 404 404 404 404 404 404 404 409 404 404 409 409 404 404
desk-exchange-erase          POST 404 404 404 404 404 404 404 404 404 409 404 404 409 409 404 404
desk-calls                   GET  302 404 404 404 404 404 404 404 404 200 404 404 200 200 404 404
desk-call-new                GET  302 404 404 404 404 404 404 404 404 200 404 404 200 200 404 404
desk-call-new                POST 404 404 404 404 404 404 404 404 404 400 404 404 400 400 404 404
desk-call                    GET  302 404 404 404 404 404 404 404 404 200 404 404 200 200 404 404
desk-call-letters            POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-asked-answer            POST 404 404 404 404 404 404 404 404 404 409 404 404 409 409 404 404
desk-asked-thank             POST 404 404 404 404 404 404 404 404 404 409 404 404 409 409 404 404
# what a body is asked, and its own answer
desk-invited                 GET  302 404 200 200 200 200 200 200 200 404 404 404 404 404 404 404
desk-invited-one             GET  302 404 404 404 200 404 404 404 404 404 404 404 404 404 404 404
desk-invited-decline         POST 404 404 404 404 409 404 404 404 404 404 404 404 404 404 404 404
desk-invited-reconsider      POST 404 404 404 404 409 404 404 404 404 404 404 404 404 404 404 404
# whose changes need no review
desk-trusted                 GET  302 404 404 404 404 404 404 404 404 200 404 404 200 200 404 404
desk-trust-give              POST 404 404 404 404 404 404 404 404 404 404 404 404 400 400 404 404
desk-trust-revoke            POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
# who takes part in the confidential exchange
desk-participation           GET  302 404 200 200 200 404 404 404 404 200 404 404 404 404 404 404
desk-participation-join      POST 404 404 404 404 404 404 404 404 404 400 404 404 404 404 404 404
desk-participant             GET  302 404 200 200 200 404 404 404 404 200 404 404 404 404 404 404
desk-participant-amend       POST 404 404 404 404 404 404 404 404 404 409 404 404 404 404 404 404
desk-participant-leave       POST 404 404 404 404 404 404 404 404 404 409 404 404 404 404 404 404
desk-entries                 GET  302 404 200 200 200 200 200 200 200 404 404 404 404 404 404 404
desk-entry-confirm           POST 404 404 409 409 409 409 409 409 409 404 404 404 404 404 404 404
desk-entries-confirm         POST 404 404 303 303 303 303 303 303 303 404 404 404 404 404 404 404
desk-needs                   GET  302 404 200 200 200 200 200 200 200 200 200 200 200 200 404 404
desk-need                    GET  302 404 404 404 404 200 200 404 404 200 200 200 200 200 404 404
desk-need-identify           GET  302 404 404 404 404 404 404 404 404 200 404 404 200 200 404 404
desk-need-identify           POST 404 404 404 404 404 404 404 404 404 400 404 404 400 400 404 404
desk-need-revise             GET  302 404 404 404 404 200 303 404 404 303 404 404 404 404 404 404
desk-need-revise             POST 404 404 404 404 404 409 403 404 404 403 404 404 404 404 404 404
desk-need-confirm            POST 404 404 404 404 404 409 409 404 404 404 404 404 404 404 404 404
desk-need-share              POST 404 404 404 404 404 409 409 404 404 404 404 404 404 404 404 404
desk-need-observe            POST 404 404 404 404 404 409 409 404 404 404 404 404 404 404 404 404
desk-need-withdraw           POST 404 404 404 404 404 409 409 404 404 409 404 404 409 409 404 404
desk-circulars               GET  302 404 200 200 200 200 200 200 200 200 200 200 200 200 404 404
desk-circular                GET  302 404 200 200 200 200 200 200 200 200 200 200 200 200 404 404
desk-circular-clear          POST 404 404 404 404 404 404 404 404 404 409 409 409 404 404 404 404
desk-clearance-revoke        POST 404 404 404 404 404 404 404 404 404 409 409 409 404 404 404 404
desk-standing-clear          POST 404 404 404 404 404 404 404 404 404 404 303 403 404 404 404 404
# letters
desk-letters                 GET  302 404 200 200 200 200 200 200 200 200 200 200 200 200 404 404
desk-letter-new              GET  302 404 404 404 404 404 404 404 404 404 404 404 200 200 404 404
desk-letter-new              POST 404 404 404 404 404 404 404 404 404 404 404 404 400 400 404 404
desk-letters-bulk            GET  302 404 404 404 404 404 404 404 404 404 404 404 200 200 404 404
desk-letters-bulk            POST 404 404 404 404 404 404 404 404 404 404 404 404 400 400 404 404
desk-letters-run             GET  302 404 404 404 404 404 404 404 404 200 404 404 200 200 404 404
desk-letters-run-file        GET  302 404 404 404 404 404 404 404 404 200 404 404 200 200 404 404
desk-letters-batch           GET  302 404 404 404 404 404 404 404 404 200 404 404 200 200 404 404
desk-letters-batch-step      POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-letter                  GET  302 404 404 404 404 200 200 404 404 200 404 404 200 200 404 404
desk-letter-file             GET  302 404 404 404 404 200 200 404 404 200 404 404 200 200 404 404
desk-letter-scanned          GET  302 404 404 404 404 200 200 404 404 200 404 404 200 200 404 404
desk-letter-edit             GET  302 404 404 404 404 404 404 404 404 404 404 404 200 200 404 404
desk-letter-edit             POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-letter-clear            POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-letter-initial          POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-letter-sign             POST 404 404 404 404 404 404 404 404 404 404 409 404 404 404 404 404
desk-letter-send-back        POST 404 404 404 404 404 404 404 404 404 404 409 404 409 409 404 404
desk-letter-dispatch         POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-letter-receive          POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-letter-reply            POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-letter-scan             POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-letter-cancel           POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-people                  GET  302 404 404 404 404 404 404 404 404 404 404 404 404 404 200 200
desk-seat-give               POST 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 400
desk-seat-end                POST 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 409
desk-person                  GET  302 404 404 404 404 404 404 404 404 404 404 404 404 404 200 200
desk-person-invite           POST 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 409
desk-person-reset            POST 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 409
desk-person-sign-out         POST 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 303
desk-proposals               GET  302 404 404 404 404 404 404 404 404 200 200 404 404 404 200 200
desk-proposal-confirm        POST 404 404 404 404 404 404 404 404 404 409 409 404 404 404 404 404
desk-proposal-decline        POST 404 404 404 404 404 404 404 404 404 409 409 404 404 404 404 409
desk-sign-ins                GET  302 404 404 404 404 404 404 404 404 404 404 404 404 404 200 404
desk-ledger                  GET  302 404 404 404 404 404 404 404 404 404 404 404 404 404 200 404
desk-outbox                  GET  302 404 404 404 404 404 404 404 404 200 404 404 200 200 404 404
desk-plan                    GET  302 404 200 200 200 200 200 200 200 200 200 200 200 200 200 404
# meetings and the calendar
desk-meetings                GET  302 404 200 200 200 200 200 200 200 200 200 200 200 200 404 404
desk-meeting-new             GET  302 404 404 404 404 404 404 404 404 404 404 404 200 200 404 404
desk-meeting-new             POST 404 404 404 404 404 404 404 404 404 404 404 404 400 400 404 404
desk-meeting                 GET  302 404 200 200 200 200 200 200 200 200 200 200 200 200 404 404
desk-meeting-change          GET  302 404 404 404 404 404 404 404 404 404 404 404 200 200 404 404
desk-meeting-change          POST 404 404 404 404 404 404 404 404 404 404 404 404 400 400 404 404
desk-meeting-move            GET  302 404 404 404 404 404 404 404 404 404 200 403 200 200 404 404
desk-meeting-move            POST 404 404 404 404 404 404 404 404 404 404 400 403 400 400 404 404
desk-meeting-agenda          POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-meeting-document        POST 404 404 404 404 404 404 404 404 404 404 404 404 400 400 404 404
desk-meeting-invite          POST 404 404 404 404 404 404 404 404 404 404 404 404 400 400 404 404
desk-meeting-document-withdraw POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-meeting-document-file   POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-participant-answer      POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-participant-reply       POST 404 404 404 404 409 404 404 404 404 404 404 404 404 404 404 404
desk-figures                 GET  302 404 404 404 404 404 404 404 404 404 404 404 200 200 404 404
desk-figures                 POST 404 404 404 404 404 404 404 404 404 404 404 404 400 400 404 404
desk-holidays                GET  302 404 404 404 404 404 404 404 404 404 404 404 200 200 404 404
desk-holiday-observe         POST 404 404 404 404 404 404 404 404 404 404 404 404 400 400 404 404
desk-holiday-strike          POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-calendar                GET  302 404 200 200 200 200 200 200 200 200 200 200 200 200 200 200
desk-calendar-make           POST 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
desk-calendar-revoke         POST 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
desk-tokens                  GET  302 404 200 200 200 200 200 200 200 404 404 404 404 404 404 404
desk-token-make              POST 404 404 400 400 400 400 400 400 400 404 404 404 404 404 404 404
desk-token-revoke            POST 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
desk-settings                GET  302 404 200 200 200 200 200 200 200 200 200 200 200 200 200 200
desk-settings                POST 404 404 400 400 400 400 400 400 400 400 400 400 400 400 400 400
# the tray
desk-intake                  GET  302 404 200 200 200 200 200 200 200 200 404 404 200 200 404 404
desk-intake-new              GET  302 404 404 404 404 404 404 404 404 404 404 404 200 200 404 404
desk-intake-new              POST 404 404 404 404 404 404 404 404 404 404 404 404 400 400 404 404
desk-intake-form             GET  302 404 404 404 404 200 200 404 404 404 404 404 200 200 404 404
desk-intake-item             GET  302 404 404 404 404 200 200 404 404 200 404 404 200 200 404 404
desk-intake-file             GET  302 404 404 404 404 200 200 404 404 200 404 404 200 200 404 404
desk-intake-attribute        POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-intake-accept           POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-intake-reply            POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-intake-refuse           POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
desk-intake-aside            POST 404 404 404 404 404 404 404 404 404 404 404 404 409 409 404 404
# through an identity provider: nobody answers there
openid_connect_login         POST 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
openid_connect_callback      GET  302 302 302 302 302 302 302 302 302 302 302 302 302 302 302 302
# the demonstration's own: there is none here
demo-as                      POST 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
demo-outbox                  GET  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
demo-mail                    GET  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
demo-mail-file               GET  404 404 404 404 404 404 404 404 404 404 404 404 404 404 404 404
"""
ARGUMENTS: dict[str, dict[str, str]] = {
    # argument → one of `Made.things`, or else what is written
    "standard": {"code": "entry"},
    # the directory
    "entry": {"code": "guidance"},
    "entry-history": {"code": "entry"},
    "entry-copy": {"code": "copied", "pk": "copy"},
    "directory-file": {"kind": "docx"},
    "format": {"kind": "standard"},
    "format-file": {"kind": "standard", "name": "schema.json"},
    "confirmation": {"token": "absent"},
    "organisation": {"code": "XIO"},
    "state": {"code": "XA"},
    "state-print": {"code": "XA"},
    "state-sheet": {"code": "XA"},
    "matrix-issue": {"number": "2025-04"},
    "matrix-file": {"number": "2025-04", "kind": "csv"},
    "api-v1:nowhere": {"rest": "nowhere"},
    "api-v1:check": {"kind": "standard"},
    "api-v1:batch-new": {"kind": "standard"},
    "api-v1:submission-new": {"kind": "standard"},
    "api-v1:submission": {"kind": "standard", "pk": "handed in"},
    "api-v1:submission-submit": {"kind": "standard", "pk": "handed in"},
    "api-v1:submission-copies": {"kind": "standard", "pk": "handed in"},
    "api-v1:submission-copy-remove": {"kind": "standard", "pk": "with copy", "file": "waiting"},
    "api-v1:entry-copies": {"code": "copied"},
    "api-v1:batch": {"kind": "guidance_note", "pk": "brought"},
    "api-v1:batch-rows": {"kind": "guidance_note", "pk": "brought"},
    "api-v1:batch-step": {"kind": "guidance_note", "pk": "brought", "step": "apply"},
    "desk-token-revoke": {"pk": "brought"},
    "api-v1:standard": {"code": "entry"},
    "api-v1:organisation": {"code": "XIO"},
    "api-v1:state": {"code": "XA"},
    "api-v1:need": {"pk": "need"},
    "api-v1:matrix-issue": {"number": "2025-04"},
    "demo-as": {"persona": "expert"},
    "demo-mail": {"name": "absent"},
    "demo-mail-file": {"name": "absent", "number": "1"},
    "desk-submission-new": {"kind": "standard"},
    "desk-submission": {"pk": "handed in"},
    "desk-submission-edit": {"pk": "handed in"},
    "desk-submission-take-up": {"pk": "handed in"},
    "desk-submission-return": {"pk": "handed in"},
    "desk-submission-list": {"pk": "handed in"},
    "desk-submission-authenticate": {"pk": "by the capital"},
    "desk-submission-confirm": {"pk": "by the capital"},
    "desk-submission-withdraw": {"pk": "handed in"},
    "desk-submission-revise": {"pk": "handed in"},
    "desk-submission-attach": {"pk": "with copy"},
    "desk-submission-copy": {"pk": "with copy", "copy": "waiting"},
    "desk-submission-detach": {"pk": "with copy", "copy": "waiting"},
    "desk-became-file": {"kind": "docx"},
    "desk-batch": {"pk": "brought"},
    "desk-batch-file": {"pk": "brought"},
    "desk-batch-own": {"kind": "contact", "ending": "csv"},
    "desk-batch-step": {"pk": "brought", "step": "apply"},
    "desk-entry-confirm": {"code": "entry"},
    # contact with bodies
    "desk-outreach-body": {"code": "XIO"},
    "desk-exchange-note": {"code": "XIO"},
    "desk-exchange-settle": {"pk": "exchange"},
    "desk-exchange-erase": {"pk": "exchange"},
    "desk-call": {"pk": "call"},
    "desk-call-letters": {"pk": "call"},
    "desk-asked-answer": {"pk": "asked"},
    "desk-asked-thank": {"pk": "asked"},
    "desk-invited-one": {"pk": "asked"},
    "desk-invited-decline": {"pk": "asked"},
    "desk-invited-reconsider": {"pk": "asked"},
    "desk-trust-revoke": {"pk": "trust"},
    # who takes part in the confidential exchange
    "desk-participant": {"code": "XIO"},
    "desk-participant-amend": {"code": "XIO"},
    "desk-participant-leave": {"code": "XIO"},
    "desk-need": {"pk": "need"},
    "desk-need-revise": {"pk": "need"},
    "desk-need-confirm": {"pk": "need"},
    "desk-need-share": {"pk": "need"},
    "desk-need-observe": {"pk": "need"},
    "desk-need-withdraw": {"pk": "need"},
    "desk-circular": {"number": "2025-04"},
    "desk-circular-clear": {"number": "2025-04"},
    "desk-clearance-revoke": {"pk": "clearance"},
    "desk-seat-end": {"pk": "seat"},
    "account-link": {"token": "absent"},
    "openid_connect_login": {"provider_id": "organisation"},
    "openid_connect_callback": {"provider_id": "organisation"},
    "desk-person": {"pk": "person"},
    "desk-person-invite": {"pk": "person"},
    "desk-person-reset": {"pk": "person"},
    "desk-person-sign-out": {"pk": "person"},
    "desk-proposal-confirm": {"pk": "proposal"},
    "desk-proposal-decline": {"pk": "proposal"},
    "meeting": {"code": "meeting-2025"},
    "meeting-document": {"pk": "document", "file": "paper"},
    "calendar-seat": {"key": "absent"},
    "desk-meeting": {"code": "meeting-2025"},
    "desk-meeting-change": {"code": "meeting-2025"},
    "desk-meeting-move": {"code": "meeting-2025"},
    "desk-meeting-agenda": {"code": "meeting-2025"},
    "desk-meeting-document": {"code": "meeting-2025"},
    "desk-meeting-invite": {"code": "meeting-2025"},
    "desk-meeting-document-file": {"pk": "document"},
    "desk-meeting-document-withdraw": {"pk": "document"},
    "desk-participant-answer": {"pk": "guest"},
    "desk-participant-reply": {"pk": "guest"},
    "desk-holiday-strike": {"pk": "holiday"},
    "desk-calendar-revoke": {"pk": "seat"},
    "desk-intake-form": {"code": "XA", "ending": "xlsx"},
    "desk-intake-item": {"pk": "item"},
    "desk-intake-file": {"pk": "item", "file": "file"},
    "desk-intake-attribute": {"pk": "item"},
    "desk-intake-accept": {"pk": "item"},
    "desk-intake-reply": {"pk": "item"},
    "desk-intake-refuse": {"pk": "item"},
    "desk-intake-aside": {"pk": "item"},
    # letters
    "desk-letters-batch": {"pk": "batch"},
    "desk-letters-batch-step": {"pk": "batch", "step": "clear"},
    "desk-letter": {"pk": "note"},
    "desk-letter-file": {"pk": "note", "kind": "pdf"},
    "desk-letter-scanned": {"pk": "note", "scan": "scan"},
    "desk-letter-edit": {"pk": "drafted"},
    "desk-letter-clear": {"pk": "drafted"},
    "desk-letter-initial": {"pk": "drafted"},
    "desk-letter-sign": {"pk": "to sign"},
    "desk-letter-send-back": {"pk": "to sign"},
    "desk-letter-dispatch": {"pk": "note"},
    "desk-letter-receive": {"pk": "note"},
    "desk-letter-reply": {"pk": "note"},
    "desk-letter-scan": {"pk": "note"},
    "desk-letter-cancel": {"pk": "drafted"},
}


def scan_of(committee: Committee) -> dict[str, Any]:
    """A scan that the secretariat put into the tray for XA."""
    scan = Incoming(
        channel=Channel.SCAN, content=GOOD[Type.PDF], name="scan.pdf", body=committee.body("XA")
    )
    item = intake.arrive(scan, by=committee.actor("secretariat"), now=NOW)
    return {"item": item.pk, "file": files_of(item)[0].pk}


def paper_of(committee: Committee) -> dict[str, Any]:
    """A restricted document before the meeting, with its file."""
    document = committee.document(file=Offered(name="draft.pdf", content=GOOD[Type.PDF]))
    return {"document": document.pk, "paper": files_of(document)[0].pk}


# Where a seat may knock and yet finds nothing: its 404 is that of the thing, not of the address.
EVERYBODY = set(CAST)
BODIES = {"focal_xio", "alternate_xio", "mission_xa", "capital_xa", "mission_xb", "mission_xc"}
COMMITTEE = {"expert", "chair", "member_xb", "secretariat", "secretariat_2"}
INVITED = {"focal_xio", "alternate_xio", "mission_xa", "capital_xa", "mission_xb", "mission_xc"}
NOTHING_THERE: dict[str, set[str]] = {
    "api-v1:nowhere": EVERYBODY,
    "api-v1:need": EVERYBODY,
    "api-v1:submission": EVERYBODY,
    "api-v1:batch": EVERYBODY,
    "api-v1:batch-rows": EVERYBODY,
    "desk-token-revoke": {"focal_xio", "mission_xa"},
    "desk-invited-one": INVITED,  # another's invitation
    "desk-invited-decline": INVITED,
    "desk-invited-reconsider": INVITED,
    "demo-as": EVERYBODY,
    "demo-outbox": EVERYBODY,
    "demo-mail": EVERYBODY,
    "demo-mail-file": EVERYBODY,
    "desk-submission-new": {"mission_xa"},  # a State contributes no standard
    "desk-batch": {"mission_xa"},
    "desk-batch-file": {"mission_xa"},
    "desk-batch-step": {"mission_xa"},
    "desk-submission": {"mission_xa"},
    "desk-submission-edit": {"mission_xa"},
    "desk-submission-withdraw": {"mission_xa"},
    "desk-submission-revise": {"mission_xa"},
    "desk-submission-attach": {"mission_xa"},
    "desk-submission-copy": {"mission_xa"},
    "desk-submission-detach": {"mission_xa"},
    "desk-need": {"focal_xio"},
    "account-link": EVERYBODY,
    "confirmation": EVERYBODY,
    "meeting-document": EVERYBODY - COMMITTEE - {"focal_xro"},  # restricted, and XRO is invited
    "desk-proposals": {"member_xb"},  # may not confirm
    "desk-proposal-confirm": {"member_xb"},
    "desk-proposal-decline": {"member_xb"},
    "desk-participant-reply": BODIES,  # another body is invited
    "calendar-seat": EVERYBODY,  # no key opens it
    "desk-calendar-make": EVERYBODY - {"public", "nobody"},  # no seat of theirs is named
    "desk-calendar-revoke": EVERYBODY - {"public", "nobody"},
    "desk-intake-form": {"focal_xio"},
    "desk-intake-item": {"focal_xio"},
    "desk-intake-file": {"focal_xio"},
    "desk-letter": {"focal_xio"},
    "desk-letter-file": {"focal_xio"},
    "desk-letter-scanned": {"focal_xio"},
}


@dataclass(frozen=True)
class Made:
    """The committee's site, with something at every address."""

    site: Crawler
    things: Mapping[str, Any]

    def address(self, route: str) -> str:
        wanted = ARGUMENTS.get(route, {})
        return reverse(route, kwargs={k: self.things.get(v, v) for k, v in wanted.items()})

    def ask(self, seat: str, route: str, method: str, **more: Any) -> Answer:
        """Asked, answered, and taken back."""
        with transaction.atomic():
            answer = self.site.ask(seat, Ask(route, method, self.address(route), **more))
            transaction.set_rollback(True)
        return answer


JSON = "application/json"
SIGNALS = (request_started, request_finished)


@pytest.fixture
def _kept_open(committee: Committee) -> Iterator[None]:
    """A request ends with its connection looked at, and the test's would be closed in mid-way."""
    _keep_open()
    yield
    for signal in SIGNALS:
        signal.connect(close_old_connections)


def _keep_open() -> None:
    for signal in SIGNALS:
        signal.disconnect(close_old_connections)


@pytest.fixture
def made(committee: Committee, _kept_open: None) -> Iterator[Made]:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        issue = committee.issue()
        things = {
            "entry": committee.standard().code,
            "guidance": committee.entry().code,
            "handed in": committee.submission(Stage.SUBMITTED).pk,
            "by the capital": committee.submission(Stage.SUBMITTED, Kind.NEED).pk,
            "need": committee.need("XA", "police", Consent.COMMITTEE).pk,
            "clearance": clearances_for(committee.actor("chair"), issue)[0].pk,
            "seat": committee.seats["focal_xro"].pk,
            "person": committee.person("focal_xro").pk,
            "proposal": queries.proposals_for(committee.actor("chair"))[0].pk,
            **paper_of(committee),
            "guest": committee.guest().pk,
            "holiday": Holiday.objects.values_list("pk", flat=True)[0],
            **scan_of(committee),
            "brought": file_of(committee),
            **contact_of(committee),
            **copies_in(committee),
        }
        things |= letters_of(committee)
        cookies = {name: sign_in(account) for name, account in committee.accounts.items()}
        _keep_open()  # again: the signing in was by a client that has put them back
        yield Made(Crawler(cookies), things)


def copies_in(committee: Committee) -> dict[str, Any]:
    """XIO's note with a copy, listed; and its standard with a copy, handed in."""
    note, shown = committee.with_copy(Stage.LISTED)
    waits, kept = committee.with_copy(Stage.SUBMITTED, Kind.STANDARD)
    return {"copied": note.entry, "copy": shown.pk, "with copy": waits.pk, "waiting": kept.pk}


def contact_of(committee: Committee) -> dict[str, Any]:
    """A line of the contact log, and XRO invited to contribute."""
    asked = committee.asked("XRO")
    exchange = committee.exchange(step="Call again")
    committee.takes_part("XIO")
    by, body = committee.actor("secretariat"), committee.body("XRO")
    trusted = trusting.trust(body, "Sound files.", by=by, now=NOW)
    return {
        "trust": trusted.pk,
        "exchange": exchange.pk,
        "asked": asked.pk,
        "call": asked.invitation_id,
    }


def file_of(committee: Committee) -> Any:
    """XIO's file of notes, handed in."""
    file = rows_in(Kind.GUIDANCE_NOTE, "json", several(Kind.GUIDANCE_NOTE, 2))
    batch = staged(committee, Kind.GUIDANCE_NOTE, file)
    batches.hand_in(batch, by=committee.actor("focal_xio"), now=committee.now)
    return batch.pk


def letters_of(committee: Committee) -> dict[str, Any]:
    """A note to XA that is out, with its scan; one drafted in a batch; a letter to be signed."""
    office, now = committee.actor("secretariat"), committee.now
    note = committee.letter(Letters.DISPATCHED)
    paper = Offered(name="scan.pdf", content=render(note, "pdf").content)
    template = template_called("note-invite")
    batch = letters.draft_batch(template, [committee.body("XA")], MERGED, by=office, now=now)
    return {
        "note": note.pk,
        "scan": letters.attach_scan(note, paper, by=office, now=now).pk,
        "batch": batch.pk,
        "drafted": in_batch(office, batch)[0].pk,
        "to sign": committee.letter(Letters.CLEARED, "XIO").pk,
    }


def picture() -> dict[tuple[str, str], dict[str, int]]:
    """By route and method: the status that each of the cast is given."""
    rows = [line.split() for line in PICTURE.strip().splitlines() if not line.startswith("#")]
    return {
        (route, method): dict(zip(CAST, map(int, statuses), strict=True))
        for route, method, *statuses in rows
    }


def test_every_route_and_method_has_a_row() -> None:
    rows = picture()
    assert {route for route, _ in rows} == routes() == set(TABLE)
    assert set(rows) == {(route, method) for route, row in TABLE.items() for method in row}


@pytest.mark.parametrize("seat", CAST)
def test_each_seat_is_answered_as_the_picture_has_it(made: Made, seat: str) -> None:
    """And whatever a signed-in reader is answered is kept nowhere."""
    wanted = {row: answers[seat] for row, answers in picture().items()}
    answers = {row: made.ask(seat, *row) for row in wanted}
    assert {row: answer.code for row, answer in answers.items()} == wanted
    kept = {row for row, a in answers.items() if "no-store" not in a.header("Cache-Control")}
    assert seat == "public" or not kept


@pytest.mark.parametrize("seat", ["public", "focal_xio", "mission_xa", "expert", "administrator"])
def test_a_verb_without_a_row_is_405_for_those_inside_and_404_for_the_rest(
    made: Made, seat: str
) -> None:
    """Who may use an address by one verb is told which there are; to others it is not there."""
    rows, recorded = picture(), Entry.objects.unscoped("counted").count()
    verbs = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
    for number, route in enumerate(TABLE):
        known = {m for r, m in rows if r == route} | (
            {"HEAD"} if (route, "GET") in rows else set()
        )
        inside = any(route_is_open(rows, route, m, seat) for m in known & {"GET", "POST"})
        others = [verb for verb in verbs if verb not in known]
        verb = others[number % len(others)]
        assert made.ask(seat, route, verb).code == (405 if inside else 404), (route, verb)
    assert Entry.objects.unscoped("counted").count() == recorded


def route_is_open(
    rows: Mapping[tuple[str, str], Mapping[str, int]], route: str, method: str, seat: str
) -> bool:
    """Whether the address is there for a seat, whatever it is answered about the thing."""
    found = rows.get((route, method), {}).get(seat, 404)
    led_to_sign_in = seat == "public" and route.startswith("desk")
    return (found != 404 and not led_to_sign_in) or seat in NOTHING_THERE.get(route, ())


def test_no_header_and_no_field_makes_one_verb_another(made: Made) -> None:
    """A GET is a GET and a POST is a POST, whatever they say they want to be."""
    rows = picture()
    names = ("HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_X_HTTP_METHOD", "HTTP_X_METHOD_OVERRIDE")
    disguised = tuple((name, "POST") for name in names)
    form = (("_method", "GET"), ("_HttpMethod", "GET"))
    for route in TABLE:
        if (route, "GET") not in rows:
            assert made.ask("secretariat", route, "GET", headers=disguised).code in {404, 405}, (
                route
            )
        elif (route, "POST") not in rows:
            assert made.ask("secretariat", route, "POST", form=form).code in {404, 405}, route
    assert made.ask("mission_xa", "desk-need-confirm", "GET", headers=disguised).code == 405
    assert made.ask("expert", "home", "POST", form=form).code == 405


def test_a_form_from_elsewhere_is_refused(made: Made) -> None:
    """Without the token of our own pages nothing that changes anything is so much as looked at."""
    for (route, method), answers in picture().items():
        if method == "POST" and not route.startswith("api-v1:"):
            for seat in {"public", *(s for s in CAST if answers[s] not in {404, 302})}:
                assert made.ask(seat, route, "POST", foreign=True).code == 403, (route, seat)


def test_a_program_is_asked_for_no_token_of_a_page_and_a_cookie_writes_nothing(made: Made) -> None:
    """What a page from elsewhere may send with a reader's cookies is what everybody may do.

    A write is answered 401 without a token of a seat, whoever is signed in. The check alone is
    answered: it stores nothing, looks at nothing that stands, and says the same to all.
    """
    before = written()
    sent = b'[{"title": {"en": "Code of conduct"}}]'
    for (route, method), answers in picture().items():
        if route.startswith("api-v1:") and method != "GET":
            asked = Ask(route, method, made.address(route), body=sent, kind=JSON, foreign=True)
            told = {seat: made.site.ask(seat, asked) for seat in CAST}
            wanted = 200 if route == "api-v1:check" else 401
            assert {answer.code for answer in told.values()} == {wanted}, route
            assert len({answer.body for answer in told.values()}) == 1, route
            assert set(answers.values()) <= {400, 401}
    assert written() == before


def test_a_head_is_answered_as_its_get(made: Made) -> None:
    for route, method in picture():
        if method == "GET":
            whole, head = (made.ask("expert", route, verb) for verb in ("GET", "HEAD"))
            assert (head.status, head.headers) == (whole.status, whole.headers), route


def test_an_address_that_is_none_is_404_for_all(made: Made) -> None:
    for seat in ("public", "expert", "administrator"):
        for address in ("/en/absent/", "/en/desk/absent/", "/absent", "/en/matrix/absent/x/y"):
            assert made.site.ask(seat, Ask("", "GET", address)).code == 404, (seat, address)
