"""What each act in the trails of events is called: a sentence, without the person in front.

The trails (`LetterEvent.act`, `TeamEvent.act`) store short codes, so that they read the same in
every language and last longer than our words. A test finds every code in the source.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

Words = Mapping[str, str | Promise]

LETTER_ACTS: Words = {
    "create letter": gettext_lazy("Created the letter"),
    "publish edition": gettext_lazy("Published an edition"),
    "change settings": gettext_lazy("Changed the settings"),
    "set logo": gettext_lazy("Put up a logo"),
    "remove logo": gettext_lazy("Removed the logo"),
    "start gathering": gettext_lazy("Began to gather founders"),
    "replace founders' link": gettext_lazy("Made a new link for founders"),
    "plan launch": gettext_lazy("Planned the launch"),
    "cancel planned launch": gettext_lazy("Cancelled the planned launch"),
    "tell founders": gettext_lazy("Wrote to the founders before the launch"),
    "launch": gettext_lazy("Launched the letter"),
    "close": gettext_lazy("Closed the letter"),
    "close at deadline": gettext_lazy("Closed the letter at its deadline"),
    "reopen": gettext_lazy("Opened the letter again"),
    "archive": gettext_lazy("Archived the letter"),
    "take out of archive": gettext_lazy("Took the letter out of the archive"),
    "accept signature": gettext_lazy("Accepted a signature"),
    "decline signature": gettext_lazy("Declined a signature"),
    "accept signatures": gettext_lazy("Accepted signatures"),
    "decline signatures": gettext_lazy("Declined signatures"),
    "void signatures": gettext_lazy("Struck out signatures"),
    "hold signatures": gettext_lazy("Let signatures wait for a person"),
    "merge signatures": gettext_lazy("Merged signatures"),
    "ask to void signatures": gettext_lazy("Asked a second owner to strike out signatures"),
    "approve decision": gettext_lazy("Approved what a colleague asked for: struck out signatures"),
    "refuse decision": gettext_lazy("Refused to strike out signatures"),
    "take back decision": gettext_lazy("No longer asks to strike out signatures"),
    "undo decision": gettext_lazy("Took a decision back"),
    "hide signatures": gettext_lazy("Hid the names of a country or an organisation"),
    "show signatures again": gettext_lazy("Let hidden names be shown again"),
    "feature signatures": gettext_lazy("Featured signatures"),
    "unfeature signatures": gettext_lazy("Featured signatures no longer"),
    "order featured signatures": gettext_lazy("Changed the order of the featured"),
    "correct signature": gettext_lazy("Corrected a signature"),
    "withdraw correction": gettext_lazy("Took a correction back"),
    "accept corrected name": gettext_lazy("Accepted a name that a signer corrected"),
    "refuse corrected name": gettext_lazy("Left a name as it was that a signer had corrected"),
    "add holding rule": gettext_lazy("Added a rule that holds signatures"),
    "enter paper sheet": gettext_lazy("Entered a sheet of signatures on paper"),
    "correct paper sheet": gettext_lazy("Corrected a sheet of signatures on paper"),
    "take paper sheet back": gettext_lazy("Took a sheet of signatures on paper back"),
    "stop holding rule": gettext_lazy("Stopped a rule"),
    "run sweep": gettext_lazy("Applied a rule to the signatures that were there"),
    "ask for proof": gettext_lazy("Asked an organisation for proof"),
    "ask published contact": gettext_lazy("Wrote to an organisation's published address"),
    "note authority": gettext_lazy("Noted evidence for an organisation"),
    "take vouching back": gettext_lazy("Took back that organisations vouch for another one"),
    "register organisation": gettext_lazy("Added an organisation to the registry"),
    "add alias of organisation": gettext_lazy("Added a name to an organisation"),
    "add domain of organisation": gettext_lazy("Added a domain to an organisation"),
    "set contact of organisation": gettext_lazy("Set the published address of an organisation"),
    "merge organisations": gettext_lazy("Merged organisations in the registry"),
    "import signatories": gettext_lazy("Brought a list in"),
    "drop import": gettext_lazy("Dropped a list before it was saved"),
    "undo import": gettext_lazy("Took a list back"),
    "ask for export": gettext_lazy("Asked for a file"),
    "approve export": gettext_lazy("Approved a file of addresses"),
    "cancel export": gettext_lazy("Cancelled a file"),
    "fetch export": gettext_lazy("Downloaded a file"),
    "write export": gettext_lazy("Wrote a file with addresses"),
    "export": gettext_lazy("Wrote a file on the server"),
    "begin update": gettext_lazy("Began an update"),
    "correct update": gettext_lazy("Corrected an update that is public"),
    "remove update": gettext_lazy("Threw an update away"),
    "show update": gettext_lazy("Put an update on the letter's page"),
    "hide update": gettext_lazy("Took an update off the letter's page"),
    "order mailing": gettext_lazy("Ordered the mailing of an update"),
    "pause mailing": gettext_lazy("Paused a mailing"),
    "resume mailing": gettext_lazy("Let a mailing go on"),
    "cancel mailing": gettext_lazy("Cancelled a mailing"),
    "add partner": gettext_lazy("Added a partner"),
    "change partner": gettext_lazy("Changed a partner’s name, words or privacy notice"),
    "set partner key": gettext_lazy("Entered a partner’s key"),
    "confirm partner key": gettext_lazy("Confirmed a partner’s key"),
    "confirm partner key alone": gettext_lazy("Confirmed a partner’s key alone"),
    "remove partner key": gettext_lazy("Removed a partner’s key"),
    "change partner contact": gettext_lazy("Changed where a partner is mailed"),
    "set partner schedule": gettext_lazy("Chose when files are made for a partner"),
    "order partners": gettext_lazy("Changed the order of partners"),
    "end partner": gettext_lazy("Ended a partnership"),
    "ask for partner file": gettext_lazy("Asked for a file for a partner"),
    "write partner file": gettext_lazy("Wrote a file for a partner"),
    "fetch partner file": gettext_lazy("Downloaded a file for a partner"),
    "add handover": gettext_lazy("Wrote a handover down"),
    "change handover": gettext_lazy("Changed what is written of a handover"),
    "remove handover": gettext_lazy("Removed a handover"),
    "set end of addresses": gettext_lazy("Chose the day on which all addresses go"),
    "forget addresses after closing": gettext_lazy("Deleted addresses after the letter had closed"),
    "forget all addresses": gettext_lazy("Destroyed the letter’s key, and deleted all addresses"),
    "repair count": gettext_lazy("Repaired the count"),
    "erase on request": gettext_lazy("Erased people who asked for it"),
    "hand translation in": gettext_lazy("Handed a translation in"),
    "send translation back": gettext_lazy("Sent a translation back"),
    "approve translation": gettext_lazy("Let a translation through"),
    "offer to translate": gettext_lazy("Offered to translate"),
    "accept translator": gettext_lazy("Accepted an offer to translate"),
    "decline translator": gettext_lazy("Declined an offer to translate"),
    "invite translator": gettext_lazy("Invited somebody to translate"),
    "join as translator": gettext_lazy("Began to translate"),
    "leave as translator": gettext_lazy("Translates no longer"),
    "decline to translate": gettext_lazy("Would rather not translate"),
    "import translation": gettext_lazy("Took in a translator's file"),
    "stop translator": gettext_lazy("Took a translator's link back"),
    "ask machine for drafts": gettext_lazy("Asked a machine for drafts"),
}
TEAM_ACTS: Words = {
    "begin": gettext_lazy("Founded the team"),
    "invite": gettext_lazy("Invited somebody"),
    "withdraw invitation": gettext_lazy("Withdrew an invitation"),
    "join": gettext_lazy("Accepted an invitation"),
    "change role": gettext_lazy("Changed somebody's role"),
    "remove member": gettext_lazy("Removed somebody"),
    "forget second step": gettext_lazy("Let somebody in again who lost their second step"),
    "look up a person": gettext_lazy("Looked up what is held of somebody"),
    "export what is held": gettext_lazy("Downloaded what is held of somebody"),
    "ask for erasure": gettext_lazy("Had somebody erased who asked for it"),
    "answer look-up": gettext_lazy("Answered what is held of somebody"),
    "carry erasure out": gettext_lazy("Erased somebody who asked for it"),
}
# Who acts when nobody does.
ACTORS: Words = {
    "translator": gettext_lazy("A volunteer"),
    "signer": gettext_lazy("The signer"),
    "partner": gettext_lazy("The partner"),
    "worker": gettext_lazy("The worker"),
    "recount": gettext_lazy("The worker"),
    "command line": gettext_lazy("The command line"),
    "example": gettext_lazy("The installation"),
}


def act_words(acts: Words, act: str) -> str:
    """The sentence for an act; an act of another version is shown as it stands."""
    return str(acts.get(act, act))


def actor_words(actor: str) -> str:
    """A person's name, or what stands for the program."""
    return str(ACTORS.get(actor, actor))
