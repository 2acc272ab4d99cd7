# Transcripts given out to be coded in Word, and the table of all codings.
