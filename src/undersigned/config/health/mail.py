"""What the facts say of mail: whether it can leave, is believed, and comes back."""

from __future__ import annotations

from django.utils.translation import gettext

from undersigned.config.health.facts import Facts, IncomingFacts, MailOfADay, SenderFacts
from undersigned.config.health.levels import Judged, Level

# From here on mailbox providers begin to refuse everything.
MANY_RETURNS = 0.05
MANY_COMPLAINTS = 0.003
FEW = 50


def mail(facts: Facts) -> Judged:
    """Whether mail can leave."""
    found = facts.settings
    if not found.delivers_mail:
        yield (
            Level.WRONG if found.is_public else Level.NOTE,
            gettext("Mail is kept, not sent. Set UNDERSIGNED_SMTP_URL to send it."),
        )
        return
    if not found.mail_is_encrypted:
        yield (
            Level.WRONG,
            gettext(
                "Mail goes to another machine unencrypted. Let UNDERSIGNED_SMTP_URL begin with "
                "smtps:// or smtp+starttls://."
            ),
        )
    if facts.mail_answer == "":
        yield Level.FINE, gettext("The mail server answers.")
    elif facts.mail_answer is not None:
        yield (
            Level.WRONG,
            gettext(
                "The mail server does not answer (%(fault)s). See UNDERSIGNED_SMTP_URL and what "
                "the firewall lets out."
            )
            % {"fault": facts.mail_answer},
        )
    if facts.mail_of_a_day is not None:
        yield from _of_a_day(facts.mail_of_a_day)
    if facts.sender is not None:
        yield from _sender(facts.sender)
    if facts.signing is not None:
        yield from _signing(facts.signing)


def _of_a_day(mail: MailOfADay) -> Judged:
    if not mail.sent:
        return
    is_much = mail.sent >= FEW and (
        mail.came_back > MANY_RETURNS * mail.sent or mail.complaints > MANY_COMPLAINTS * mail.sent
    )
    yield (
        Level.NOTE if is_much else Level.FINE,
        gettext(
            "Mail of the last 24 hours: %(sent)d left, %(back)d came back, %(spam)d called spam."
        )
        % {"sent": mail.sent, "back": mail.came_back, "spam": mail.complaints},
    )


def _sender(sender: SenderFacts) -> Judged:
    faults = [*_spf(sender), *_dkim(sender), *_dmarc(sender)]
    yield from faults
    if not faults:
        yield (
            Level.FINE,
            gettext("%(domain)s has records for SPF, DKIM and DMARC.") % {"domain": sender.domain},
        )
    if sender.returned is None:
        yield (
            Level.NOTE,
            gettext(
                "Mail that comes back is not noticed. Set UNDERSIGNED_BOUNCE_ADDRESS, and how it "
                "is read."
            ),
        )
    else:
        yield from _returned(sender.returned, sender.domain)


def _spf(sender: SenderFacts) -> Judged:
    domain = {"domain": sender.returned.domain if sender.returned else sender.domain}
    if sender.spf is None:
        yield Level.NOTE, gettext("The SPF record of %(domain)s could not be looked up.") % domain
    elif not sender.spf:
        yield (
            Level.WRONG,
            gettext(
                "%(domain)s has no SPF record, and its mail may be taken for spam. Publish which "
                "servers send for it."
            )
            % domain,
        )
    elif len(sender.spf) > 1:
        yield (
            Level.WRONG,
            gettext("%(domain)s has several SPF records, which count as none. Make them one.")
            % domain,
        )
    elif sender.spf[0].lower().split()[-1] in {"all", "+all"}:
        yield (
            Level.WRONG,
            gettext(
                "The SPF record of %(domain)s lets everybody send in its name. Let it end with "
                "-all."
            )
            % domain,
        )


def _dkim(sender: SenderFacts) -> Judged:
    if not sender.selector:
        yield (
            Level.NOTE,
            gettext(
                "Whether mail is signed by DKIM cannot be seen from here. Name the key in "
                "UNDERSIGNED_DKIM_SELECTOR to have it checked."
            ),
        )
        return
    name = {"name": f"{sender.selector}._domainkey.{sender.domain}"}
    if sender.dkim is None:
        yield Level.NOTE, gettext("The DKIM key at %(name)s could not be looked up.") % name
    elif not sender.dkim:
        yield (
            Level.WRONG,
            gettext("There is no DKIM key at %(name)s. Publish the one that your mail server uses.")
            % name,
        )


def _dmarc(sender: SenderFacts) -> Judged:
    domain = {"domain": sender.domain}
    if sender.dmarc is None:
        yield Level.NOTE, gettext("The DMARC record of %(domain)s could not be looked up.") % domain
    elif not sender.dmarc:
        yield (
            Level.NOTE,
            gettext(
                "%(domain)s has no DMARC record, which large mailbox providers want of whoever "
                "sends updates."
            )
            % domain,
        )


def _returned(returned: IncomingFacts, sender: str) -> Judged:
    if returned.takes_mail is False:
        yield (
            Level.WRONG,
            gettext("No server takes mail for %(domain)s, so none can come back there.")
            % {"domain": returned.domain},
        )
    yield from _plus(returned)
    if not _belong_together(returned.domain, sender):
        yield (
            Level.NOTE,
            gettext(
                "Mail comes back to another domain, %(envelope)s, than it is from, %(domain)s: "
                "for DMARC only DKIM counts then."
            )
            % {"envelope": returned.domain, "domain": sender},
        )
    if returned.mailbox:
        yield (
            Level.WRONG,
            gettext(
                "The mailbox for mail that comes back cannot be read (%(fault)s). See "
                "UNDERSIGNED_BOUNCE_IMAP_URL."
            )
            % {"fault": returned.mailbox},
        )
    elif returned.mailbox == "":
        yield Level.FINE, gettext("The mailbox for mail that comes back can be read.")


def _signing(signing: IncomingFacts) -> Judged:
    if signing.takes_mail is False:
        yield (
            Level.WRONG,
            gettext("No server takes mail for %(domain)s, so nobody can sign by mail.")
            % {"domain": signing.domain},
        )
    yield from _plus(signing)
    if signing.mailbox:
        yield (
            Level.WRONG,
            gettext(
                "The mailbox for mail that signs cannot be read (%(fault)s). See "
                "UNDERSIGNED_SIGN_IMAP_URL."
            )
            % {"fault": signing.mailbox},
        )
    elif signing.mailbox == "":
        yield Level.FINE, gettext("The mailbox for mail that signs can be read.")


def _plus(incoming: IncomingFacts) -> Judged:
    if incoming.takes_plus is False:
        yield (
            Level.WRONG,
            gettext(
                "The mail server of %(address)s refuses addresses with a plus, on which we rely. "
                "Let it deliver them to the same mailbox."
            )
            % {"address": incoming.address},
        )


def _belong_together(one: str, other: str) -> bool:
    """One is the other or stands below it; DMARC asks for a little less (RFC 7489, 3.1)."""
    return f".{one}".endswith(f".{other}") or f".{other}".endswith(f".{one}")
