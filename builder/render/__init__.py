"""From a course to the files of a site: pure functions, nothing is written here."""
