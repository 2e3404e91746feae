"""Service-quality dashboard for real-estate sales support and property service."""

__version__ = "0.1.0"
