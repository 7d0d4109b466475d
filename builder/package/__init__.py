"""What each standard adds to a site, and the zip that holds it."""
