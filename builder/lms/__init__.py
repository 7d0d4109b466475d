"""The strict LMS: a server on this machine, and the pages that packages are launched from."""
