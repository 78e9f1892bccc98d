-- What the web's role may do in PostgreSQL, and no more: it can neither write mail nor exchange a
-- letter's key. Run it in the installation's database as the worker's role, which owns the tables,
-- after each `undersigned setup`; harmless to repeat.
--
--   sudo -u undersigned-worker psql undersigned < deploy/postgresql-web.sql

BEGIN;

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "undersigned-web";

-- Pages, and the page behind a link
GRANT SELECT ON letters_letter, letters_edition, letters_translation, signatures_signature,
  signatures_confirmationlink, signatures_tally TO "undersigned-web";

-- Sign
GRANT INSERT ON signatures_signature TO "undersigned-web";

-- Confirm; "this wasn't me"; ask for a new link
GRANT UPDATE (state, visibility, consent_publication, confirmed_at, held_because, void_because,
  sealed_address, sealed_details, needs_mail) ON signatures_signature TO "undersigned-web";
GRANT INSERT, SELECT (id) ON signatures_change TO "undersigned-web";
GRANT DELETE ON signatures_confirmationlink TO "undersigned-web";

COMMIT;
