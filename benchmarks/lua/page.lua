-- The same page, over and over.
done = require("report")
