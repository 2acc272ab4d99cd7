# The page in which people code in their browser, offline.
