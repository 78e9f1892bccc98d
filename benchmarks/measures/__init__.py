"""One module per benchmark, each with `measure(site, options) -> Result`."""
