"""The loading side: read, map, validate, build and publish. Never imported by the serving side."""
