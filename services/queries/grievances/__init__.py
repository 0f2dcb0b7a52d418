"""Questions about grievances: one case's trace and file, and lists of cases."""
