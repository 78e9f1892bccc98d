"""What the private Postfix and Dovecot of `mail_servers` are told."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "secret"
# For the second, name servers know no policy: none of the domains called so exists (RFC 2606).
DOMAINS = ("example.org", "readers.example")


@dataclass(frozen=True)
class Ports:
    """Of 127.0.0.1. `submission`: for those with a password; `incoming`: for mail from others."""

    submission: int
    incoming: int
    imap: int


def write_files(folder: Path, ports: Ports) -> None:
    """Everything that they read, below `folder`, which everybody may enter."""
    postfix = folder / "postfix"
    postfix.mkdir()
    (postfix / "main.cf").write_text(_MAIN.format(folder=folder, domains=", ".join(DOMAINS)))
    (postfix / "master.cf").write_text(
        _MASTER.format(folder=folder, submission=ports.submission, incoming=ports.incoming)
    )
    (postfix / "transport").write_text("piped@example.org undersigned-bounce:\n")
    (folder / "dovecot.conf").write_text(
        _DOVECOT.format(folder=folder, imap=ports.imap, password=PASSWORD)
    )
    for name in ("gone", "full"):
        (folder / name).mkdir()
    (folder / "queue").mkdir()
    (folder / "postfix-data").mkdir()
    shutil.chown(folder / "postfix-data", "postfix")
    (folder / "dovecot.log").touch()
    (folder / "dovecot.log").chmod(0o666)
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", "nobody", "nogroup")
    script = folder / "deliver"
    script.write_text(_DELIVER.format(folder=folder))
    script.chmod(0o755)
    _write_certificate(postfix)


def _write_certificate(folder: Path) -> None:
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=localhost"),
            *("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", folder / "key.pem", "-out", folder / "certificate.pem"),
        ],
        capture_output=True,
        check=True,
    )


# texthash is read when a process starts; smtpd starts anew for each connection (master.cf).
_MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/postfix-data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.org
mydomain = example.org
myorigin = example.org
mynetworks =
mydestination =
default_transport = error:5.4.4 nothing leaves this machine
relay_transport = error:5.4.4 nothing leaves this machine
virtual_mailbox_domains = {domains}
virtual_mailbox_maps = texthash:{folder}/postfix/mailboxes
virtual_transport = deliver
deliver_destination_recipient_limit = 1
undersigned-bounce_destination_recipient_limit = 1
transport_maps = texthash:{folder}/postfix/transport
recipient_delimiter = +
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
smtpd_peername_lookup = no
smtpd_client_connection_count_limit = 20
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_tls_cert_file = {folder}/postfix/certificate.pem
smtpd_tls_key_file = {folder}/postfix/key.pem
smtpd_tls_security_level = may
smtpd_tls_received_header = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {folder}/dovecot/auth-client
smtpd_sasl_authenticated_header = yes
smtpd_tls_auth_only = yes
"""

_MASTER = """\
127.0.0.1:{submission} inet n - n - - smtpd
  -o max_use=1
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
127.0.0.1:{incoming} inet n - n - - smtpd
  -o max_use=1
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
deliver unix - n n - 10 pipe
  flags=DRhu user=nobody argv={folder}/deliver ${{user}} ${{sender}}
undersigned-bounce unix - n n - 2 pipe
  flags=q user=nobody argv={folder}/piped --to ${{original_recipient}}
"""

# What the script says begins the reason in the report that goes back (pipe(8)).
_DELIVER = """\
#!/bin/sh
if [ -e "{folder}/gone/$1" ]; then echo "5.1.1 There is no such mailbox here."; exit 67; fi
if [ -e "{folder}/full/$1" ]; then echo "5.2.2 The mailbox is full."; exit 77; fi
exec /usr/lib/dovecot/dovecot-lda -c {folder}/dovecot.conf -d "$1" -f "$2"
"""

_DOVECOT = """\
base_dir = {folder}/dovecot
state_dir = {folder}/dovecot-state
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
log_path = {folder}/dovecot.log
mail_location = maildir:{folder}/mail/%u
mail_uid = nobody
mail_gid = nogroup
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/mail/%u allow_all_users=yes
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
service auth {{
  unix_listener auth-userdb {{
    mode = 0666
  }}
  unix_listener auth-client {{
    mode = 0666
  }}
}}
postmaster_address = postmaster@example.org
recipient_delimiter = +
"""
