"""Signing by mail: reading what came, seeing whose it is, and what follows."""
