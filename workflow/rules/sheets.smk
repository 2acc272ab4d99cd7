# Sheets of themes and of interviews, in Word.
