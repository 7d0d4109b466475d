"""Reading a package as an LMS would, ours or another's."""
