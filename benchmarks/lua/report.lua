-- The figures of a run as one line of JSON; wrk counts in microseconds.
local function report(summary, latency, requests)
  io.write(string.format(
    '{"requests": %d, "seconds": %.6f, "refused": %d, "broken": %d, ' ..
    '"median": %.3f, "p99": %.3f, "slowest": %.3f}\n',
    summary.requests, summary.duration / 1e6, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end

return report
