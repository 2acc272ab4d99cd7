# How far coders agree, and on what they do not.
