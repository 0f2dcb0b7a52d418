"""HTTP: submissions, their status, and questions, for every front end."""
