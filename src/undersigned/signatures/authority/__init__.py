"""Evidence that whoever signed for an organisation speaks for it."""
