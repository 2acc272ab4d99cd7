"""Agreement between the coders of a study: what is compared, how far they agree, and what they do not agree on."""
