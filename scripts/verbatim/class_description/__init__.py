"""What each class is made of: size and vocabulary, interviews and attributes, repeated segments, parts of speech."""
