"""One thin script per page; `dashboard.ui` runs it with its context ready."""
