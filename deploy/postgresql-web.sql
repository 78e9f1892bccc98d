-- What the web's role may do in PostgreSQL, and no more: it cannot exchange the key that a letter's
-- signatures are sealed to, change or delete what stands in the trails of events and of changes,
-- delete a signature, change mail that waits, or make tables. What it can do is
-- everything that the studio does for people, since it is the web that knows who they are: see
-- docs/threat-model.md. Run it in the installation's database as the worker's role, which owns the
-- tables, after each `undersigned setup`; harmless to repeat.
--
--   sudo -u undersigned-worker psql undersigned < deploy/postgresql-web.sql

BEGIN;

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "undersigned-web";

-- Read
GRANT SELECT ON
  django_migrations, django_session, account_emailaddress, mfa_authenticator,
  usersessions_usersession, mail_message,
  teams_person, teams_team, teams_membership, teams_invitation, teams_teamevent,
  teams_installation,
  letters_letter, letters_edition, letters_translation, letters_draft, letters_draftversion,
  letters_handover, letters_letterevent, letters_wording, letters_wordingversion,
  letters_letterlanguage, letters_translator,
  signatures_signature, signatures_confirmationlink, signatures_signerlink, signatures_change,
  signatures_tally, signatures_daycount, signatures_organisation, signatures_case,
  signatures_decision, signatures_decided, signatures_correction, signatures_notice,
  signatures_holdingrule, signatures_authoritycheck, signatures_sweep, signatures_importbatch,
  signatures_export, signatures_lookup, signatures_vouching, signatures_signerrequest,
  signatures_consentchange, signatures_unsubscribelink, letters_update, letters_updatetext,
  letters_mailing, letters_forgetting, letters_partner, letters_partnerwording,
  signatures_partnerconsent,
  signatures_partnerfile, signatures_partnertally
  TO "undersigned-web";

-- What no restore may undo is noted with each act; only the worker reads it.
GRANT INSERT, SELECT (id) ON signatures_journalline TO "undersigned-web";

-- Sign; confirm; "this wasn't me"; ask for a new link; renew, appear otherwise, leave
GRANT INSERT ON signatures_signature, signatures_change TO "undersigned-web";
GRANT UPDATE (state, visibility, consent_publication, confirmed_at, held_because, void_because,
  sealed_address, sealed_details, needs_mail, edition_id, consent_updates, place, sorts_as,
  withdrawn_on, is_pseudonym)
  ON signatures_signature TO "undersigned-web";
GRANT INSERT ON signatures_consentchange TO "undersigned-web";
GRANT UPDATE (sealed_details) ON signatures_signerlink, signatures_confirmationlink
  TO "undersigned-web";
-- What signers ask of the worker, and think better of
GRANT INSERT, DELETE ON signatures_signerrequest TO "undersigned-web";
GRANT DELETE ON signatures_confirmationlink TO "undersigned-web";

-- Decide, feature, merge, bring in lists and take them back
GRANT UPDATE (name, title, affiliation, website, search, sort_key, is_featured, position,
  merged_into_id, organisation_id, authority, authority_by, authority_domain, authority_on)
  ON signatures_signature TO "undersigned-web";
GRANT INSERT ON signatures_decision, signatures_decided, signatures_correction, signatures_notice,
  signatures_holdingrule, signatures_authoritycheck, signatures_organisation, signatures_sweep,
  signatures_importbatch, signatures_tally, signatures_daycount TO "undersigned-web";
GRANT UPDATE ON signatures_organisation TO "undersigned-web";
GRANT UPDATE (act, at, undone_at, waits, sealed_words, approved_by) ON signatures_decision
  TO "undersigned-web";
GRANT DELETE, UPDATE (chose_anew, visibility_before) ON signatures_decided TO "undersigned-web";
-- Have the worker look for those of a hidden organisation whom the web cannot read
GRANT INSERT ON signatures_hiding TO "undersigned-web";
GRANT INSERT ON signatures_vouching TO "undersigned-web";
GRANT UPDATE (taken_back_at) ON signatures_vouching TO "undersigned-web";
GRANT UPDATE (is_applied, is_withdrawn, waits, sealed_for_studio) ON signatures_correction
  TO "undersigned-web";
GRANT UPDATE (is_active) ON signatures_holdingrule TO "undersigned-web";
GRANT UPDATE (is_stale) ON signatures_case TO "undersigned-web";
GRANT UPDATE (check_at, checked_at, outcome) ON signatures_authoritycheck TO "undersigned-web";
GRANT UPDATE (state, done, ended_at, wants_to_run) ON signatures_sweep TO "undersigned-web";
GRANT UPDATE (choices, step, sealed, saved_at, saved_rows, undone_at) ON signatures_importbatch
  TO "undersigned-web";
-- Sheets of paper: entered, corrected, taken back
GRANT SELECT, INSERT, UPDATE ON signatures_papersheet TO "undersigned-web";
GRANT SELECT, INSERT, DELETE ON signatures_papername TO "undersigned-web";
GRANT UPDATE (is_counted) ON signatures_change TO "undersigned-web";
GRANT UPDATE (total) ON signatures_tally, signatures_daycount TO "undersigned-web";
GRANT DELETE ON signatures_notice TO "undersigned-web";

-- Ask the worker: for files, for what is held of a person
GRANT INSERT ON signatures_export, signatures_lookup TO "undersigned-web";
GRANT UPDATE (state, ended_at, approved_by, expires_at) ON signatures_export TO "undersigned-web";

-- Write and publish. Everything of a letter but the key that its signatures are sealed to.
GRANT INSERT ON letters_letter, letters_edition, letters_translation, letters_letterevent
  TO "undersigned-web";
GRANT UPDATE (team_id, source_language, state, people_may_sign, organisations_may_sign,
  organisations_are_held, asks, launch_at, exit_hours, founders_key, founders_told_at, time_zone,
  withdrawals, cautious_countries, pseudonyms,
  launched_at, deadline, closed_at, addresses_until, goal, last_update, facilitator, drafters, contacts, hashtag, accent, logo,
  edition_id, revision) ON letters_letter TO "undersigned-web";
-- To lock a row, PostgreSQL asks for the right to change one of its columns.
GRANT UPDATE (note) ON letters_edition TO "undersigned-web";
GRANT INSERT, UPDATE ON letters_draft, letters_draftversion TO "undersigned-web";
GRANT INSERT, UPDATE, DELETE ON letters_handover TO "undersigned-web";

-- Write updates, have them mailed; count who wants no more of them
GRANT INSERT, UPDATE, DELETE ON letters_update, letters_updatetext TO "undersigned-web";
GRANT INSERT, DELETE ON letters_mailing TO "undersigned-web";
GRANT UPDATE (state, ended_at, is_taken_back, unsubscribed) ON letters_mailing
  TO "undersigned-web";

-- Partners: join, other words, their keys; consents to them; order files, fetch them
GRANT INSERT, UPDATE ON letters_partner TO "undersigned-web";
GRANT INSERT ON letters_partnerwording, signatures_partnerconsent, signatures_partnerfile,
  signatures_partnertally TO "undersigned-web";
GRANT UPDATE (replaced_at) ON letters_partnerwording TO "undersigned-web";
GRANT UPDATE (taken_back_at) ON signatures_partnerconsent TO "undersigned-web";
GRANT UPDATE (state, ended_at, expires_at, fetched_at, is_overtaken) ON signatures_partnerfile
  TO "undersigned-web";
GRANT UPDATE (total) ON signatures_partnertally TO "undersigned-web";

-- Translate
GRANT INSERT, UPDATE ON letters_wording, letters_letterlanguage, letters_translator
  TO "undersigned-web";
GRANT INSERT, DELETE ON letters_wordingversion TO "undersigned-web";
-- Whoever translated may have their name taken from what was published
GRANT UPDATE (credits) ON letters_translation TO "undersigned-web";

-- People: sign in, invite, leave. Mail to them is sealed to the worker, which sends it.
GRANT INSERT, UPDATE, DELETE ON django_session, usersessions_usersession, mfa_authenticator,
  teams_membership TO "undersigned-web";
GRANT INSERT, UPDATE ON teams_person, teams_invitation, account_emailaddress TO "undersigned-web";
GRANT INSERT ON teams_team, teams_teamevent, mail_message TO "undersigned-web";
-- What a mail service reports is the worker's to read; its number comes back from the insert
GRANT INSERT, SELECT (id) ON mail_servicereport TO "undersigned-web";
-- The web's own public key; Django writes the time beside it once more, as it was
GRANT UPDATE (studio_key, last_backup_at) ON teams_installation TO "undersigned-web";

-- Nothing of these is the web's: signatures_receivedmail, mail_allowance, mail_circular, mail_suppression, mail_pace, mail_spent
-- (whom we mailed, whom not, how fast), signatures_passedon (whom partners were given), account_emailconfirmation,
-- auth_group, auth_group_permissions, auth_permission, django_content_type.

COMMIT;
