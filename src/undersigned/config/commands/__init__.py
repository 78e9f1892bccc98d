"""The commands of `undersigned`, one module each."""
