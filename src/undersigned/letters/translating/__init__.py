"""A letter in other languages: translated by blocks, checked, read by a second pair of eyes."""
