# The study as a REFI-QDA project and its codebook, for other programs.
