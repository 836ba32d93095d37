"""The mails about accounts and seats: links for a password, and what the second hands are told."""

from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.crossings.mails.mail import Mail, page_at, subject_of
from clearinghouse.notices.models import Notice
from clearinghouse.people.models import Account
from clearinghouse.people.queries import Addressee, account_by_person, is_vouching, proposal_for
from clearinghouse.people.rules import Outcome
from clearinghouse.people.signin import links
from clearinghouse.people.signin.links import Purpose


def invited(notice: Notice, to: Addressee) -> Mail:
    """Raises Unseen where a password has been set meanwhile."""
    account = _account(notice)
    if account.has_usable_password():
        raise Unseen("invited, and in already")
    return Mail(
        subject=_("Your account of the committee's clearinghouse"),
        paragraphs=(
            _("An account has been made for you. Set a password with the link below."),
            _("The link can be used once, within seven days. Please do not pass it on."),
            _("Some seats need a second factor: you are led through it at your first sign-in."),
        ),
        link=_link(account, Purpose.INVITATION, notice, to),
        seen_by=_("You alone."),
    )


def asked(notice: Notice, to: Addressee) -> Mail:
    """Whoever may confirm is told that a link is not sent for the asking."""
    account = _account(notice)
    if is_vouching(account.person_id, notice.created_at):
        return _second_hand(to)
    return Mail(
        subject=_("A new password for the committee's clearinghouse"),
        paragraphs=(
            _("Somebody, perhaps you, has asked for a new password for this address."),
            _("The link below can be used once, within two hours. Please do not pass it on."),
            _("If it was not you, do nothing: your password stays as it is."),
        ),
        link=_link(account, Purpose.ASKED, notice, to),
        seen_by=_("You alone."),
    )


def reset(notice: Notice, to: Addressee) -> Mail:
    return Mail(
        subject=_("A new password for the committee's clearinghouse"),
        paragraphs=(
            _("An administrator has begun a reset of your password."),
            _("The link below can be used once, within two days. Please do not pass it on."),
            _("If you did not ask for this, tell the secretariat of the committee."),
        ),
        link=_link(_account(notice), Purpose.CONFIRMED, notice, to),
        seen_by=_("You alone."),
    )


def proposed(notice: Notice, to: Addressee) -> Mail:
    if proposal_for(to.actor, subject_of(notice.cause)).outcome != Outcome.OPEN:
        raise Unseen("it is decided")
    return Mail(
        subject=_("A proposal waits for a second hand"),
        paragraphs=(
            _("An administrator proposes a change that no one hand may make alone."),
            _("It concerns a seat that may confirm, or the account of somebody who holds one."),
            _("It takes effect only if an Expert or the Chair confirms it."),
        ),
        link=page_at(to.language, "desk/proposals/"),
        seen_by=_("The committee's Experts and the Chair."),
    )


DECIDED = {
    Outcome.CONFIRMED: lambda: _("It was confirmed by a second hand and is in effect."),
    Outcome.DECLINED: lambda: _("It was declined or taken back; nothing has changed."),
}


def decided(notice: Notice, to: Addressee) -> Mail:
    proposal = proposal_for(to.actor, subject_of(notice.cause))
    return Mail(
        subject=_("A proposal about a seat or an account is decided"),
        paragraphs=(
            _("A proposal that took a second hand is decided."),
            DECIDED[Outcome(proposal.outcome)](),
        ),
        link=page_at(to.language, "desk/proposals/"),
        seen_by=_("The committee's Experts and the Chair."),
    )


def seat_ended(_notice: Notice, to: Addressee) -> Mail:
    return Mail(
        subject=_("A seat of those who confirm has ended"),
        paragraphs=(
            _("The seat of an Expert or of the Chair has been ended by an administrator."),
        ),
        link=page_at(to.language, "desk/proposals/"),
        seen_by=_("The committee's Experts and the Chair."),
    )


def _second_hand(to: Addressee) -> Mail:
    return Mail(
        subject=_("A new password for the committee's clearinghouse"),
        paragraphs=(
            _("Somebody, perhaps you, has asked for a new password for this address."),
            _("Your seat is one of those whose password is reset by two hands only."),
            _("If it was you, ask an administrator to propose it. If not, do nothing."),
        ),
        link=page_at(to.language, "account/login/"),
        seen_by=_("You alone."),
    )


def _account(notice: Notice) -> Account:
    return account_by_person(notice.recipient)


def _link(account: Account, purpose: Purpose, notice: Notice, to: Addressee) -> str:
    token = links.make(account, purpose, notice.created_at)
    return page_at(to.language, f"account/link/{token}/")
