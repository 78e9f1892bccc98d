"""Exchange with translators' own tools: files of a letter in one language, out and back in."""
