"""Backups: one file that is encrypted with age, and the way back from it.

An age file (https://age-encryption.org/v1) of a tar archive: `manifest.json` first, then the
database and the media, or the keys; `SHA256SUMS` last. With the programs `age`, `tar` and
`sha256sum` it can be opened without us.
"""
