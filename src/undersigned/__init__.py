"""Undersigned: open letters that people can trust."""
