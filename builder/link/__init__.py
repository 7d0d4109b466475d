"""From a draft to a course: names, targets, people and variables resolved, keys and codes given out."""

from builder.link.course import link

__all__ = ["link"]
