-- The button behind each link of a file, once: confirm.lua ORIGIN FILE-OF-PATHS
done = require("report")

local paths = {}
local number = 0

function init(args)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  wrk.headers["Origin"] = args[1]
  wrk.body = "visibility=public&statement=on"
  for line in io.lines(args[2]) do paths[#paths + 1] = line end
end

function request()
  number = number + 1
  -- Once all are used up the last button is pressed again and again: harmless.
  return wrk.format(nil, paths[math.min(number, #paths)])
end
