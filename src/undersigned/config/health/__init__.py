"""Is the installation well? Facts are gathered, and pure functions make sentences of them."""
