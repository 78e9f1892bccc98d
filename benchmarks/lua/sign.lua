-- The form, filled in by somebody else each time: sign.lua ORIGIN STAMP ROUND
done = require("report")

local number = 0
local before, after

function init(args)
  local origin, stamp, round = args[1], args[2], args[3]
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  wrk.headers["Origin"] = origin
  before = "language=en&stamp=" .. stamp .. "&kind=individual&name=Mar%C3%ADa+Person+" .. round .. "+"
  after = "&title=Professor+of+botany&affiliation=University+of+Example&country=MX" ..
    "&visibility=public&role=&website=&consent_publication=on&email=maria." .. round .. "."
end

function request()
  number = number + 1
  return wrk.format(nil, nil, nil, before .. number .. after .. number .. "%40example.org")
end
